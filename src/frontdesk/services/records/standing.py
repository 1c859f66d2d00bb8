"""Where a patient stands with each form of the library: signed, expired, missing, refused, revoked."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sqlalchemy import bindparam, or_, select

from frontdesk.kernel.text import age_on
from frontdesk.models.records.consent import Answer, Consent, ConsentForm, Medium, Needed, Signer
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.records.forms import FormFace, current_forms
from frontdesk.services.records.release_asking import FORM_KEY
from frontdesk.services.work import Work


class Standing(StrEnum):
    """What the last answer is worth on a given day."""

    SIGNED = "signed"
    EXPIRED = "expired"
    MISSING = "missing"
    REFUSED = "refused"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class FormStanding:
    """One form of the list at check-in."""

    key: str
    form_id: int
    title: str
    standing: Standing
    is_open: bool
    """Whether the desk must still ask: a refusal that the patient is free to make does not count."""
    answered_on: date | None
    expires_on: date | None
    consent_id: int | None
    on_paper: bool
    needs_guardian: bool
    needs_witness: bool = False


@dataclass(frozen=True, slots=True)
class Covered:
    """The payer of a patient's first coverage on a day."""

    payer_id: int
    kind: PayerKind


@dataclass(frozen=True, slots=True)
class OpenForms:
    """The titles that a patient must still sign."""

    patient_id: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answered:
    patient_id: int
    consent_id: int
    key: str
    edition: int
    answer: Answer
    medium: Medium
    answered_on: date
    expires_on: date | None


@query(permission="records.view")
def required_for(
    work: Work,
    *,
    patient_id: int,
    on: date | None = None,
    named: Set[str] = frozenset(),
    release_since: date | None = None,
) -> tuple[FormStanding, ...]:
    """Each form in force on the day of a visit (today), in the patient's language where there is one.

    `named` are the keys of the forms that the patient's visits of that day need. A request for copies that
    waits for a signature asks for the records release too; one signed before `release_since` does not count.
    """
    day = on or work.today
    patient = work.get(Patient, patient_id)
    answers = _last_answers(work, (patient_id,), day)
    forms = in_language(current_forms(work, on=day), patient.language)
    payer = first_payers(work, (patient_id,), day).get(patient_id) if _asks_payer(forms) else None
    age = age_on(patient.born_on, day)
    return tuple(
        standing_of(
            form, _counting(form, answers.get((patient_id, form.key)), release_since), day, patient.born_on
        )
        for form in forms
        if is_asked(form, _with_release(named, release_since), age, payer)
    )


@query(permission="records.view")
def open_forms(
    work: Work,
    *,
    patient_ids: tuple[int, ...],
    on: date | None = None,
    named: Mapping[int, Set[str]] = MappingProxyType({}),
    release_since: Mapping[int, date] = MappingProxyType({}),
) -> tuple[OpenForms, ...]:
    """Which of these patients must still sign something on that day; a constant number of statements.

    `named` are the keys of the forms that each patient's visits of that day need.
    """
    day = on or work.today
    found = []
    for patient_id, standings in standings_of(work, patient_ids, day, named, release_since).items():
        titles = tuple(stands.title for stands in standings if stands.is_open)
        if titles:
            found.append(OpenForms(patient_id, titles))
    return tuple(found)


def standings_of(
    work: Work,
    patient_ids: tuple[int, ...],
    day: date,
    named: Mapping[int, Set[str]],
    release_since: Mapping[int, date] = MappingProxyType({}),
) -> dict[int, tuple[FormStanding, ...]]:
    """Every form that each of these patients is asked for on a day, in a constant number of statements."""
    forms = current_forms(work, on=day)
    answers = _last_answers(work, patient_ids, day)
    payers = first_payers(work, patient_ids, day) if _asks_payer(forms) else {}
    patients = _PATIENTS.rows(work.session, {"patients": patient_ids})
    return {
        patient_id: tuple(
            standing_of(
                form,
                _counting(form, answers.get((patient_id, form.key)), release_since.get(patient_id)),
                day,
                born_on,
            )
            for form in in_language(forms, language)
            if is_asked(
                form,
                _with_release(named.get(patient_id, frozenset()), release_since.get(patient_id)),
                age_on(born_on, day),
                payers.get(patient_id),
            )
        )
        for patient_id, language, born_on in patients
    }


def is_asked(form: FormFace, named: Set[str], age: int, payer: Covered | None) -> bool:
    """Whether a patient of this age and payer is asked for a form whose visits name these."""
    if form.needed is Needed.VISIT_TYPE and form.key not in named:
        return False
    if form.age_from is not None and age < form.age_from:
        return False
    if form.age_until is not None and age > form.age_until:
        return False
    if not form.payer_kinds and not form.payer_ids:
        return True
    return payer is not None and (payer.kind in form.payer_kinds or payer.payer_id in form.payer_ids)


def _with_release(named: Set[str], since: date | None) -> Set[str]:
    return named if since is None else named | {FORM_KEY}


def _counting(form: FormFace, last: _Answered | None, since: date | None) -> _Answered | None:
    """The last answer, unless it was given before the request for copies that asks for the release."""
    if form.key == FORM_KEY and since is not None and last is not None and last.answered_on < since:
        return None
    return last


def first_payers(work: Work, patient_ids: tuple[int, ...], on: date) -> dict[int, Covered]:
    """The payer of each patient's coverage in first place on a day; one statement."""
    rows = _FIRST_PAYERS.rows(work.session, {"patients": patient_ids, "on": on})
    return {patient_id: Covered(payer_id, kind) for patient_id, payer_id, kind in rows}


def _asks_payer(forms: Iterable[FormFace]) -> bool:
    return any(form.payer_kinds or form.payer_ids for form in forms)


def in_language(forms: Iterable[FormFace], language: str) -> tuple[FormFace, ...]:
    """One wording per form: the patient's language, else English."""
    wanted = "es" if language.lower() in {"spanish", "español", "es"} else "en"
    chosen: dict[str, FormFace] = {}
    for form in forms:
        if form.key not in chosen or form.language == wanted:
            chosen[form.key] = form
    return tuple(chosen.values())


def standing_of(form: FormFace, last: _Answered | None, on: date, born_on: date) -> FormStanding:
    """What the patient's last answer to a form is worth on a day."""
    if last is None:
        standing = Standing.MISSING
    elif last.edition < form.asks_since:  # whatever was said, it was said to other words
        standing = Standing.EXPIRED
    elif last.answer is Answer.SIGNED:
        expired = last.expires_on is not None and last.expires_on < on
        standing = Standing.EXPIRED if expired else Standing.SIGNED
    else:
        standing = Standing(last.answer.value)
    is_open = standing in (Standing.MISSING, Standing.EXPIRED) or (
        standing is not Standing.SIGNED and not form.may_be_refused
    )
    return FormStanding(
        key=form.key,
        form_id=form.id,
        title=form.title,
        standing=standing,
        is_open=is_open,
        answered_on=last.answered_on if last else None,
        expires_on=last.expires_on if last else None,
        consent_id=last.consent_id if last else None,
        on_paper=last is not None and last.medium is Medium.PAPER,
        needs_guardian=age_on(born_on, on) < form.guardian_below_age or form.signer is Signer.REPRESENTATIVE,
        needs_witness=form.needs_witness,
    )


def _last_answers(work: Work, patient_ids: tuple[int, ...], on: date) -> dict[tuple[int, str], _Answered]:
    """The last answer of each patient to each form that counts on a day, by patient and form key."""
    rows = _ANSWERS.rows(work.session, {"patients": patient_ids, "on": on})
    answers = (_Answered(*row) for row in rows)
    return {(answered.patient_id, answered.key): answered for answered in answers}


_PATIENTS: Final = Prepared(
    select(Patient.id, Patient.language, Patient.born_on)
    .where(among(Patient.id, "patients"))
    .order_by(Patient.id)
)
_FIRST_PAYERS: Final = Prepared(
    select(Coverage.patient_id, Payer.id, Payer.kind)
    .join(Policy, Policy.id == Coverage.policy_id)
    .join(Plan, Plan.id == Policy.plan_id)
    .join(Payer, Payer.id == Plan.payer_id)
    .where(
        among(Coverage.patient_id, "patients"),
        Coverage.is_active,
        Coverage.effective_from <= bindparam("on"),
        or_(Coverage.effective_until.is_(None), Coverage.effective_until >= bindparam("on")),
    )
    .order_by(Coverage.patient_id, Coverage.rank.desc())
)
_ANSWERS: Final = Prepared(
    select(
        Consent.patient_id,
        Consent.id,
        ConsentForm.key,
        ConsentForm.edition,
        Consent.answer,
        Consent.medium,
        Consent.answered_on,
        Consent.expires_on,
    )
    .join(ConsentForm, ConsentForm.id == Consent.form_id)
    .where(
        among(Consent.patient_id, "patients"),
        or_(Consent.counts_from.is_(None), Consent.counts_from <= bindparam("on")),
    )
    .order_by(Consent.answered_on, Consent.recorded_at, Consent.id)
)
