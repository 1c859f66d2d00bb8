"""Taking a patient's answer to a form: signed on the screen or on paper, refused, later revoked."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import age_on, us_date
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.consent import Answer, Consent, ConsentForm, Medium, Needed
from frontdesk.models.records.document import Document
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import seal
from frontdesk.services.records.seal import Strokes
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_consent", "A consent is never changed or deleted. Revoke it, or have a new one signed.")
says("append_only_consent_form", "A form that is in use keeps its words. Adopt a new edition instead.")
says("uq_consent_revokes_id", "This consent was revoked already.")


@dataclass(frozen=True, slots=True)
class Representative:
    """Who signs in the patient's place, and by what right."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class FormToSign:
    """What the patient reads; `fingerprint` goes back with the signature."""

    form_id: int
    title: str
    text: str
    fingerprint: str
    language: str
    languages: tuple[tuple[str, int], ...]
    """The same edition in each language, with its form id."""
    patient_name: str
    needs_guardian: bool
    may_be_refused: bool
    guardians: tuple[Representative, ...]


@query(permission="records.view")
def form_to_sign(work: Work, *, patient_id: int, form_id: int) -> FormToSign:
    """A form in the words that this patient will sign."""
    patient = work.get(Patient, patient_id)
    form = work.get(ConsentForm, form_id)
    text = _words(work, form)
    languages = work.session.execute(
        select(ConsentForm.language, ConsentForm.id)
        .where(ConsentForm.key == form.key, ConsentForm.edition == form.edition)
        .order_by(ConsentForm.language)
    )
    guardians = work.session.execute(
        select(PatientContact.name, PatientContact.relationship)
        .where(
            PatientContact.patient_id == patient_id,
            PatientContact.is_guardian,
            PatientContact.ended_on.is_(None),
        )
        .order_by(PatientContact.id)
    )
    return FormToSign(
        form_id=form.id,
        title=form.title,
        text=text,
        fingerprint=seal.text_fingerprint(form.title, text),
        language=form.language,
        languages=tuple((language, found) for language, found in languages),
        patient_name=first_last(patient.legal_first, patient.legal_last),
        needs_guardian=age_on(patient.born_on, work.today) < form.guardian_below_age,
        may_be_refused=form.may_be_refused,
        guardians=tuple(Representative(name, relation) for name, relation in guardians),
    )


@command(
    "Sign consent form",
    permission="records.take_consent",
    undo=irreversible("A signature stays on record. Revoke the consent, with the patient's reason."),
)
def sign(
    work: Work,
    *,
    patient_id: int,
    form_id: int,
    fingerprint: str,
    strokes: Strokes,
    representative: Representative | None = None,
    note: str = "",
) -> int:
    """Seal a signature drawn on the screen together with the very words that were shown."""
    patient, form = work.get(Patient, patient_id), work.get(ConsentForm, form_id)
    findings = [*_who_may_sign(patient, form, representative, work.today), *_once(work, patient, form)]
    if fingerprint != seal.text_fingerprint(form.title, _words(work, form)):
        findings.append(
            Finding("The form's words changed while it was open. Open it again and have it read again.")
        )
    if not seal.is_real(strokes):
        findings.append(Finding("There is no signature yet. Have it drawn above the line.", "strokes"))
    elif sum(len(stroke) for stroke in strokes) > seal.MOST_POINTS:
        findings.append(Finding("This is too much ink for a signature. Clear it and sign again.", "strokes"))
    refuse_if_any(findings)
    return _answer(
        work,
        patient,
        form,
        Answer.SIGNED,
        Medium.SCREEN,
        representative=representative,
        strokes=seal.write_strokes(strokes),
        note=note,
    )


@command(
    "Record paper consent",
    permission="records.take_consent",
    undo=irreversible("A signature stays on record. Revoke the consent, with the patient's reason."),
)
def sign_on_paper(
    work: Work,
    *,
    patient_id: int,
    form_id: int,
    signed_on: date,
    representative: Representative | None = None,
    document_id: int | None = None,
    note: str = "",
) -> int:
    """Record that the form was signed in ink; the sheet may be named where it is scanned already."""
    patient, form = work.get(Patient, patient_id), work.get(ConsentForm, form_id)
    findings = [*_who_may_sign(patient, form, representative, signed_on), *_once(work, patient, form)]
    if signed_on > work.today:
        findings.append(
            Finding(f"{us_date(signed_on)} is still to come. Enter the day it was signed.", "signed_on")
        )
    elif signed_on < form.effective_on:
        findings.append(
            Finding(
                f"This edition of the form is in use since {us_date(form.effective_on)}. "
                "Have the form signed in its present words.",
                "signed_on",
            )
        )
    if document_id is not None and work.get(Document, document_id).patient_id != patient_id:
        findings.append(Finding("This sheet lies in another patient's chart. Move it first.", "document_id"))
    refuse_if_any(findings)
    return _answer(
        work,
        patient,
        form,
        Answer.SIGNED,
        Medium.PAPER,
        representative=representative,
        signed_on=signed_on,
        document_id=document_id,
        note=note,
    )


@command(
    "Record refused consent",
    permission="records.take_consent",
    undo=irreversible("A refusal stays on record. The patient may still sign the form."),
)
def refuse(
    work: Work, *, patient_id: int, form_id: int, reason: str, representative: Representative | None = None
) -> int:
    """Record that the patient was asked and said no (45 CFR 164.520(c)(2)(ii) wants the reason kept)."""
    patient, form = work.get(Patient, patient_id), work.get(ConsentForm, form_id)
    findings = list(_once(work, patient, form))
    if not reason.strip():
        findings.append(
            Finding("Write what the patient said, so that the record shows that the office asked.", "reason")
        )
    refuse_if_any(findings)
    return _answer(
        work, patient, form, Answer.REFUSED, Medium.SPOKEN, representative=representative, note=reason.strip()
    )


@command(
    "Revoke consent",
    permission="records.take_consent",
    undo=irreversible("A revocation stays on record. The patient may sign the form again."),
)
def revoke(work: Work, *, consent_id: int, reason: str, representative: Representative | None = None) -> int:
    """End a signed consent from now on; what was signed stays readable."""
    consent = work.get(Consent, consent_id)
    findings: list[Finding] = []
    if consent.answer is not Answer.SIGNED:
        findings.append(Finding("Only a signed consent can be revoked."))
    elif work.session.scalar(select(Consent.id).where(Consent.revokes_id == consent_id)) is not None:
        findings.append(Finding("This consent was revoked already."))
    if not reason.strip():
        findings.append(Finding("Write how the patient revoked it, and why if they said so.", "reason"))
    refuse_if_any(findings)
    return _answer(
        work,
        work.get(Patient, consent.patient_id),
        work.get(ConsentForm, consent.form_id),
        Answer.REVOKED,
        Medium.SPOKEN,
        representative=representative,
        note=reason.strip(),
        revokes_id=consent_id,
    )


def _words(work: Work, form: ConsentForm) -> str:
    practice = work.session.scalar(select(Practice.name)) or "this office"
    return form.text.replace("{practice}", practice)


def _who_may_sign(
    patient: Patient, form: ConsentForm, representative: Representative | None, on: date
) -> list[Finding]:
    if representative is None:
        age = age_on(patient.born_on, on)
        if age >= form.guardian_below_age:
            return []
        return [
            Finding(
                f"The patient is {age}. A parent or guardian signs, with name and relation.",
                "representative",
            )
        ]
    findings = []
    if not representative.name.strip():
        findings.append(Finding("Enter the name of the person who signs.", "representative_name"))
    if not representative.relation.strip():
        findings.append(
            Finding(
                "Enter what this person is to the patient, such as mother or guardian.",
                "representative_relation",
            )
        )
    return findings


def _once(work: Work, patient: Patient, form: ConsentForm) -> list[Finding]:
    """Two desks, or a second click, must not take the same answer twice."""
    last = work.session.scalars(
        select(Consent)
        .join(ConsentForm, ConsentForm.id == Consent.form_id)
        .where(
            Consent.patient_id == patient.id,
            ConsentForm.key == form.key,
            ConsentForm.edition == form.edition,
        )
        .order_by(Consent.answered_on.desc(), Consent.recorded_at.desc(), Consent.id.desc())
        .limit(1)
    ).first()
    if last is None or last.answer is not Answer.SIGNED:
        return []
    if last.expires_on is not None and last.expires_on < work.today + timedelta(days=30):
        return []  # it may be renewed shortly before it runs out
    until = f" It is good until {us_date(last.expires_on)}." if last.expires_on else ""
    return [Finding(f"“{last.title}” was signed on {us_date(last.answered_on)} already.{until}")]


def _answer(
    work: Work,
    patient: Patient,
    form: ConsentForm,
    answer: Answer,
    medium: Medium,
    *,
    representative: Representative | None,
    signed_on: date | None = None,
    strokes: str = "",
    note: str = "",
    revokes_id: int | None = None,
    document_id: int | None = None,
) -> int:
    work.concerns(patient.id)
    on = signed_on or work.today
    if representative is None:
        by = Representative(first_last(patient.legal_first, patient.legal_last), "")
    else:
        by = Representative(representative.name.strip(), representative.relation.strip())
    consent = Consent(
        patient_id=patient.id,
        form_id=form.id,
        answer=answer,
        medium=medium,
        title=form.title,
        text_frozen=_words(work, form),
        answered_on=on,
        recorded_at=work.now,
        expires_on=_expires(patient, form, on, representative) if answer is Answer.SIGNED else None,
        signer_name=by.name,
        relation=by.relation,
        note=note,
        strokes=strokes,
        revokes_id=revokes_id,
        document_id=document_id,
        taken_by_id=work.actor.user_id,
    )
    consent.sha256 = seal.seal_of(consent)
    return work.add(consent).id


def _expires(
    patient: Patient, form: ConsentForm, on: date, representative: Representative | None
) -> date | None:
    """The last day on which a signature counts."""
    ends = []
    if form.needed in (Needed.EACH_VISIT, Needed.VISIT_TYPE):
        ends.append(on)
    elif form.needed is Needed.YEARLY:
        ends.append(_anniversary(on, 1))
    if representative is not None and age_on(patient.born_on, on) < form.guardian_below_age:
        # From that birthday on the patient answers for themselves.
        ends.append(_anniversary(patient.born_on, form.guardian_below_age) - timedelta(days=1))
    return min(ends, default=None)


def _anniversary(on: date, years: int) -> date:
    leap_day = (on.month, on.day) == (2, 29)
    return date(on.year + years, 3, 1) - timedelta(days=1) if leap_day else on.replace(year=on.year + years)
