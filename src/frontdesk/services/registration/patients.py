"""Registering patients, and what becomes of them: inactive, deceased, restricted."""

from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import fold
from frontdesk.models.office.practice import Practice
from frontdesk.models.registration.patient import Patient, PatientStatus, Race
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.prepared import Prepared
from frontdesk.services.registration import (
    accounts,
    addresses,
    contacts,
    former_names,
    match_keys,
    phones,
    required,
    search_keys,
)
from frontdesk.services.registration.drafts import DetailsDraft, IdentityDraft, PatientDraft
from frontdesk.services.registration.findable import findable
from frontdesk.services.registration.person import person_of
from frontdesk.services.registration.rules import check_patient, insist
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_patient_chart_number",
    "This chart number belongs to another patient. Each chart has its own.",
    field="chart_number",
)


def _register_undone(done: Performed) -> Undo:
    return Undo(deactivate, patient_id=done.result, reason="Registered in error")


@command(
    "Register patient",
    permission="registration.register",
    undo=_register_undone,
)
def register(work: Work, *, draft: PatientDraft, override: str = "") -> int:
    """The new patient's id. `override` is the reason for a look-alike, or for a child without guarantor."""
    findings = check_patient(draft, work.today) + required.missing_of_new(work, draft)
    if all(finding.overridable for finding in findings):
        findings += _look_alikes(work, draft)
    insist(findings, override)
    patient = Patient(
        chart_number=next_chart_number(work),
        status=PatientStatus.PROSPECTIVE if draft.is_prospective else PatientStatus.ACTIVE,
        registered_at=work.now,
        **identity_values(draft.identity),
        **details_values(draft.details),
    )
    work.add(patient)
    work.flush()
    work.concerns(patient.id)
    phones.add(work, patient.id, draft.phones)
    if draft.address is not None:
        addresses.start(work, patient.id, draft.address, work.today)
    for contact in draft.contacts:
        contacts.start(work, patient.id, contact)
    former_names.start(work, patient.id, draft.identity.former_last_name)
    accounts.open_for(work, patient, draft.guarantor)
    search_keys.write(work, patient.id, findable(draft, patient.chart_number))
    match_keys.write(work, ((patient.id, key) for key in match_keys.kept(person_of(draft))))
    search_keys.mark_recent(work, patient.id)
    if override:
        # Loaded here, as below: who registers nobody pays nothing for the search of duplicates.
        from frontdesk.services.registration import duplicate_pairs

        duplicate_pairs.registered_all_the_same(work, patient.id)
    return patient.id


def _deactivate_undone(done: Performed) -> Undo:
    return Undo(reactivate, patient_id=done.arguments["patient_id"])


@command(
    "Make patient inactive",
    permission="registration.edit",
    undo=_deactivate_undone,
)
def deactivate(work: Work, *, patient_id: int, reason: str) -> None:
    """Typing no longer finds the patient; a look-alike check still does."""
    patient = _of_status(work, patient_id, PatientStatus.ACTIVE, PatientStatus.PROSPECTIVE)
    if not reason.strip():
        raise Refused(Finding("Enter why the patient is made inactive, such as moved away.", "reason"))
    if len(reason.strip()) > 200:
        raise Refused(Finding("This is longer than 200 letters. Shorten it.", "reason"))
    patient.status, patient.status_reason = PatientStatus.INACTIVE, reason.strip()
    search_keys.rebuild(work, patient_id)


def _reactivate_undone(done: Performed) -> Undo:
    return Undo(deactivate, patient_id=done.arguments["patient_id"], reason=done.result)


@command(
    "Make patient active",
    permission="registration.edit",
    undo=_reactivate_undone,
)
def reactivate(work: Work, *, patient_id: int) -> str:
    """The reason for which the patient had been inactive."""
    patient = _of_status(work, patient_id, PatientStatus.INACTIVE)
    reason = patient.status_reason
    patient.status, patient.status_reason = PatientStatus.ACTIVE, ""
    search_keys.rebuild(work, patient_id)
    return reason


def _record_death_undone(done: Performed) -> Undo:
    return Undo(withdraw_death, patient_id=done.arguments["patient_id"])


@command(
    "Record death",
    permission="registration.edit",
    undo=_record_death_undone,
)
def record_death(work: Work, *, patient_id: int, died_on: date) -> None:
    """The patient stays findable: family asks for records, and bills are settled."""
    patient = _of_status(work, patient_id, *search_keys.FINDABLE - {PatientStatus.DECEASED})
    if died_on > work.today:
        raise Refused(Finding("The date of death is in the future. Check the year.", "died_on"))
    if died_on < patient.born_on:
        raise Refused(Finding("The date of death is before the birth date. Check both.", "died_on"))
    patient.status, patient.died_on = PatientStatus.DECEASED, died_on
    search_keys.rebuild(work, patient_id)


def _withdraw_death_undone(done: Performed) -> Undo:
    return Undo(record_death, patient_id=done.arguments["patient_id"], died_on=done.result)


@command(
    "Withdraw record of death",
    permission="registration.edit",
    undo=_withdraw_death_undone,
)
def withdraw_death(work: Work, *, patient_id: int) -> date:
    """The date that had been recorded in error."""
    patient = _of_status(work, patient_id, PatientStatus.DECEASED)
    died_on = patient.died_on
    assert died_on is not None
    patient.status, patient.died_on = PatientStatus.ACTIVE, None
    search_keys.rebuild(work, patient_id)
    return died_on


def _restrict_undone(done: Performed) -> Undo:
    return Undo(
        restrict, patient_id=done.arguments["patient_id"], restricted=not done.arguments["restricted"]
    )


@command(
    "Restrict record",
    permission="registration.restrict",
    undo=_restrict_undone,
)
def restrict(work: Work, *, patient_id: int, restricted: bool) -> None:
    """Only those with the right open the record, others with a reason that is reviewed."""
    work.concerns(patient_id)
    work.get(Patient, patient_id).is_restricted = restricted


@command(
    "Open record",
    permission="registration.view",
    undo=irreversible("A look at a record stays in the access log."),
)
def open_record(work: Work, *, patient_id: int, reason: str = "") -> None:
    """Write that this person looked at this record; a restricted one needs the right, or a reason."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    if patient.is_restricted and not work.actor.may("registration.open_restricted") and not reason.strip():
        raise Refused(
            Finding(
                "This record is restricted. Enter why you need it now; each reason is reviewed.",
                "reason",
                overridable=True,
            )
        )
    search_keys.mark_recent(work, patient_id)


def next_chart_number(work: Work) -> str:
    """The practice's initials and a number never used before: "HP-00001"."""
    return f"{chart_prefix(work)}-{work.next_number('chart'):05d}"


def chart_prefix(work: Work) -> str:
    """The initials of the practice's first two words."""
    found = _PRACTICE.rows(work.session, {})
    name = (found and found[0][0]) or "Practice"
    return "".join(word[0] for word in fold(name).upper().split()[:2])


_PRACTICE: Final = Prepared(select(Practice.name))


def identity_values(draft: IdentityDraft) -> dict[str, object]:
    """The columns of a patient that an identity fills, tidied."""
    first, last = " ".join(draft.legal_first.split()), " ".join(draft.legal_last.split())
    return {
        "legal_first": first,
        "legal_middle": " ".join(draft.legal_middle.split()),
        "legal_last": last,
        "suffix": draft.suffix.strip(),
        "preferred_name": " ".join(draft.preferred_name.split()),
        "former_last_name": " ".join(draft.former_last_name.split()),
        "search_name": fold(f"{last} {first}"),
        "born_on": draft.born_on,
        "sex": draft.sex,
    }


def details_values(draft: DetailsDraft) -> dict[str, object]:
    """The columns of a patient that the details fill, tidied."""
    return {
        "gender_identity": draft.gender_identity.strip(),
        "pronouns": draft.pronouns.strip(),
        "language": draft.language.strip() or "English",
        "interpreter_needed": draft.interpreter_needed,
        "race": tuple(race for race in Race if race in draft.race),
        "marital_status": draft.marital_status.strip(),
        "email": draft.email.strip(),
        "reminder_way": draft.reminder_way,
        "second_way": draft.second_way,
        "employer": draft.employer.strip(),
        "pharmacy": draft.pharmacy.strip(),
        "primary_care": draft.primary_care.strip(),
        "referring": draft.referring.strip(),
        "usual_provider_id": draft.usual_provider_id,
    }


def _look_alikes(work: Work, draft: PatientDraft) -> list[Finding]:
    from frontdesk.services.registration import duplicates

    return [
        Finding(
            f"{other.name}, chart {other.chart_number}, seems to be the same person: "
            f"{'; '.join(other.reasons)}. Open that chart, or say why this is somebody else.",
            "identity",
            overridable=True,
        )
        for other in duplicates.look_alikes(work, person_of(draft))
        if other.is_certain
    ]


def _of_status(work: Work, patient_id: int, *allowed: PatientStatus) -> Patient:
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    if patient.status not in allowed:
        raise Refused(Finding(f"This chart is {patient.status}. Nothing was changed."))
    return patient
