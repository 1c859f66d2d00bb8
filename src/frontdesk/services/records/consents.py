"""Taking a patient's answer to a form: signed on the screen or on paper, refused, later revoked."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.records.consent import Answer, Consent, ConsentForm, ConsentPrint, Medium
from frontdesk.models.records.consent_form import AnswerKind
from frontdesk.models.records.document import Document
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import answering, seal, signers
from frontdesk.services.records.seal import Answered, Strokes
from frontdesk.services.records.signers import Representative as Representative
from frontdesk.services.records.signers import Witness as Witness
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_consent", "A consent is never changed or deleted. Revoke it, or have a new one signed.")
says("append_only_consent_form", "A form that is in use keeps its words. Adopt a new edition instead.")
says("uq_consent_revokes_id", "This consent was revoked already.")
says("uq_consent_print_id", "This sheet was recorded already.")

_SIGNED_IRREVERSIBLY: Final = "A signature stays on record. Revoke the consent, with the patient's reason."


@dataclass(frozen=True, slots=True)
class Question:
    """A question within a form as it is asked."""

    words: str
    kind: AnswerKind
    is_required: bool


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
    needs_witness: bool = False
    questions: tuple[Question, ...] = ()


@query(permission="records.view")
def form_to_sign(work: Work, *, patient_id: int, form_id: int) -> FormToSign:
    """A form in the words that this patient will sign."""
    patient = work.get(Patient, patient_id)
    form = work.get(ConsentForm, form_id)
    text = answering.words_of(work, form)
    questions = answering.questions_of(work, form)
    return FormToSign(
        form_id=form.id,
        title=form.title,
        text=text,
        fingerprint=answering.fingerprint_of(work, form),
        language=form.language,
        languages=tuple((face.language, face.id) for face in answering.wordings_of(work, form)),
        patient_name=first_last(patient.legal_first, patient.legal_last),
        needs_guardian=signers.needs_representative(patient, form, work.today),
        may_be_refused=form.may_be_refused,
        guardians=signers.guardians(work, patient_id),
        needs_witness=form.needs_witness,
        questions=tuple(Question(each.words, each.kind, each.is_required) for each in questions),
    )


@command("Sign consent form", permission="records.take_consent", undo=irreversible(_SIGNED_IRREVERSIBLY))
def sign(
    work: Work,
    *,
    patient_id: int,
    form_id: int,
    fingerprint: str,
    strokes: Strokes,
    representative: Representative | None = None,
    witness: Witness | None = None,
    answers: tuple[str, ...] = (),
    interpreter: str = "",
    note: str = "",
) -> int:
    """Seal a signature drawn on the screen together with the very words that were shown.

    `answers` are to the form's questions, in their order: "yes", "no", words, or empty.
    """
    patient, form = work.get(Patient, patient_id), work.get(ConsentForm, form_id)
    by = signers.settled(work, patient, representative, work.today)
    signer = by.name if by else first_last(patient.legal_first, patient.legal_last)
    findings = [
        *signers.findings(work, patient, form, by, work.today),
        *answering.once(work, patient, form),
        *answering.in_force(work, form, work.today),
    ]
    if fingerprint != answering.fingerprint_of(work, form):
        findings.append(
            Finding("The form's words changed while it was open. Open it again and have it read again.")
        )
    questions = answering.questions_of(work, form)
    findings += answering.answers_missing(questions, answers)
    findings += answering.ink(strokes)
    findings += signers.witness_findings(form, witness, signer)
    if witness is not None and strokes and witness.strokes == strokes:
        findings.append(
            Finding("The witness signs with their own hand. Clear the second pad.", "witness_strokes")
        )
    refuse_if_any(findings)
    return _answer(
        work,
        patient,
        form,
        Answer.SIGNED,
        Medium.SCREEN,
        by=by,
        strokes=strokes,
        witness=witness,
        answers=answering.answered(questions, answers),
        interpreter=interpreter,
        note=note,
    )


@command("Record paper consent", permission="records.take_consent", undo=irreversible(_SIGNED_IRREVERSIBLY))
def sign_on_paper(
    work: Work,
    *,
    patient_id: int,
    form_id: int,
    signed_on: date,
    representative: Representative | None = None,
    document_id: int | None = None,
    print_id: int | None = None,
    witness_name: str = "",
    answers: tuple[str, ...] = (),
    interpreter: str = "",
    note: str = "",
) -> int:
    """Record that the form was signed in ink; the sheet may be named where it is scanned already."""
    patient, form = work.get(Patient, patient_id), work.get(ConsentForm, form_id)
    by = signers.settled(work, patient, representative, signed_on)
    findings = [*signers.findings(work, patient, form, by, signed_on), *answering.once(work, patient, form)]
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
    elif signed_on < patient.born_on:
        findings.append(Finding("This is before the patient was born. Look at the date.", "signed_on"))
    if document_id is not None and work.get(Document, document_id).patient_id not in (None, patient_id):
        findings.append(Finding("This sheet lies in another patient's chart. Move it first.", "document_id"))
    if form.needs_witness and not witness_name.strip():
        findings.append(
            Finding("This form needs a witness. Enter the name on the witness's line.", "witness_name")
        )
    elif witness_name.strip():
        signer = by.name if by else first_last(patient.legal_first, patient.legal_last)
        findings += signers.witness_on_paper(witness_name, signer)
    if print_id is not None:
        sheet = work.get(ConsentPrint, print_id)
        if (sheet.patient_id, sheet.form_id) != (patient_id, form_id):
            findings.append(Finding("This sheet was printed for another patient or form.", "print_id"))
    questions = answering.questions_of(work, form)
    if answers:
        findings += answering.answers_missing(questions, answers)
    refuse_if_any(findings)
    return _answer(
        work,
        patient,
        form,
        Answer.SIGNED,
        Medium.PAPER,
        by=by,
        signed_on=signed_on,
        document_id=document_id,
        print_id=print_id,
        witness=Witness(witness_name) if witness_name.strip() else None,
        answers=answering.answered(questions, answers),
        interpreter=interpreter,
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
    findings = [*answering.once(work, patient, form), *answering.in_force(work, form, work.today)]
    if not reason.strip():
        findings.append(
            Finding("Write what the patient said, so that the record shows that the office asked.", "reason")
        )
    refuse_if_any(findings)
    by = signers.settled(work, patient, representative, work.today)
    return _answer(work, patient, form, Answer.REFUSED, Medium.SPOKEN, by=by, note=reason.strip())


@command(
    "Revoke consent",
    permission="records.take_consent",
    undo=irreversible("A revocation stays on record. The patient may sign the form again."),
)
def revoke(
    work: Work,
    *,
    consent_id: int,
    reason: str,
    representative: Representative | None = None,
    told_on: date | None = None,
    counts_from: date | None = None,
) -> int:
    """End a signed consent from the day it was told (today), or a later one; it stays readable."""
    consent = work.get(Consent, consent_id)
    told = told_on or work.today
    counts = counts_from or told
    findings: list[Finding] = []
    if consent.answer is not Answer.SIGNED:
        findings.append(Finding("Only a signed consent can be revoked."))
    elif work.session.scalar(select(Consent.id).where(Consent.revokes_id == consent_id)) is not None:
        findings.append(Finding("This consent was revoked already."))
    if not reason.strip():
        findings.append(Finding("Write how the patient revoked it, and why if they said so.", "reason"))
    if told > work.today:
        findings.append(
            Finding(
                f"{us_date(told)} is still to come. Enter the day the patient told the office.", "told_on"
            )
        )
    elif told < consent.answered_on:
        findings.append(
            Finding(
                f"The form was signed on {us_date(consent.answered_on)}, which is later. Look at the date.",
                "told_on",
            )
        )
    if counts < told:
        findings.append(
            Finding("A revocation does not count before the patient told the office.", "counts_from")
        )
    refuse_if_any(findings)
    patient = work.get(Patient, consent.patient_id)
    return _answer(
        work,
        patient,
        work.get(ConsentForm, consent.form_id),
        Answer.REVOKED,
        Medium.SPOKEN,
        by=signers.settled(work, patient, representative, work.today),
        signed_on=told,
        counts_from=counts,
        note=reason.strip(),
        revokes_id=consent_id,
    )


def _answer(
    work: Work,
    patient: Patient,
    form: ConsentForm,
    answer: Answer,
    medium: Medium,
    *,
    by: Representative | None,
    signed_on: date | None = None,
    strokes: Strokes = (),
    witness: Witness | None = None,
    answers: tuple[Answered, ...] = (),
    interpreter: str = "",
    note: str = "",
    revokes_id: int | None = None,
    counts_from: date | None = None,
    document_id: int | None = None,
    print_id: int | None = None,
) -> int:
    work.concerns(patient.id)
    on = signed_on or work.today
    signer = by or Representative(first_last(patient.legal_first, patient.legal_last), "")
    consent = Consent(
        patient_id=patient.id,
        sealed_patient_id=patient.id,
        form_id=form.id,
        answer=answer,
        medium=medium,
        title=form.title,
        text_frozen=answering.words_of(work, form),
        answered_on=on,
        recorded_at=work.now,
        expires_on=answering.expires(patient, form, on, by) if answer is Answer.SIGNED else None,
        signer_name=signer.name,
        relation=signer.relation,
        authority=signer.authority,
        contact_id=signer.contact_id,
        note=note.strip(),
        interpreter=" ".join(interpreter.split()),
        answers=seal.write_answers(answers),
        strokes=seal.write_strokes(strokes),
        witness_name=" ".join(witness.name.split()) if witness else "",
        witness_strokes=seal.write_strokes(witness.strokes) if witness else "",
        revokes_id=revokes_id,
        counts_from=counts_from,
        document_id=document_id,
        print_id=print_id,
        taken_by_id=work.actor.user_id,
    )
    seal.put_on(consent)
    return work.add(consent).id
