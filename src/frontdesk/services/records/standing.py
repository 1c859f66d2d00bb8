"""Where a patient stands with each form of the library: signed, expired, missing, refused, revoked."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import select

from frontdesk.kernel.text import age_on
from frontdesk.models.records.consent import Answer, Consent, ConsentForm, Medium, Needed
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records.forms import FormFace, current_forms
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
    work: Work, *, patient_id: int, on: date | None = None, named: Set[str] = frozenset()
) -> tuple[FormStanding, ...]:
    """Each form in force on the day of a visit (today), in the patient's language where there is one.

    `named` are the keys of the forms that the patient's visits of that day need.
    """
    day = on or work.today
    patient = work.get(Patient, patient_id)
    answers = _last_answers(work, (patient_id,))
    forms = in_language(current_forms(work, on=day), patient.language)
    return tuple(
        standing_of(form, answers.get((patient_id, form.key)), day, patient.born_on)
        for form in forms
        if is_asked(form, named)
    )


@query(permission="records.view")
def open_forms(
    work: Work,
    *,
    patient_ids: tuple[int, ...],
    on: date | None = None,
    named: Mapping[int, Set[str]] = MappingProxyType({}),
) -> tuple[OpenForms, ...]:
    """Which of these patients must still sign something on that day; a constant number of statements.

    `named` are the keys of the forms that each patient's visits of that day need.
    """
    day = on or work.today
    forms = current_forms(work, on=day)
    answers = _last_answers(work, patient_ids)
    patients = work.session.execute(
        select(Patient.id, Patient.language, Patient.born_on)
        .where(Patient.id.in_(patient_ids))
        .order_by(Patient.id)
    )
    found = []
    for patient_id, language, born_on in patients:
        titles = tuple(
            stands.title
            for form in in_language(forms, language)
            if is_asked(form, named.get(patient_id, frozenset()))
            and (stands := standing_of(form, answers.get((patient_id, form.key)), day, born_on)).is_open
        )
        if titles:
            found.append(OpenForms(patient_id, titles))
    return tuple(found)


def is_asked(form: FormFace, named: Set[str]) -> bool:
    """Whether a patient is asked for a form whose visits name these."""
    return form.needed is not Needed.VISIT_TYPE or form.key in named


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
    elif last.edition < form.edition:  # whatever was said, it was said to other words
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
        needs_guardian=age_on(born_on, on) < form.guardian_below_age,
    )


def _last_answers(work: Work, patient_ids: tuple[int, ...]) -> dict[tuple[int, str], _Answered]:
    """The last answer of each patient to each form, by patient and form key."""
    rows = work.session.execute(
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
        .where(Consent.patient_id.in_(patient_ids))
        .order_by(Consent.answered_on, Consent.recorded_at, Consent.id)
    )
    return {(row.patient_id, row.key): _Answered(*row) for row in rows}
