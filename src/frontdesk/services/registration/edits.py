"""Changing who a patient is, section by section.

Each change says what the desk saw before: another desk's change of the same section is a
conflict, one of another section is none; and the way back is the same command the other way.
"""

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.registration import former_names, match_keys, patients, search_keys
from frontdesk.services.registration.drafts import DetailsDraft, IdentityDraft
from frontdesk.services.registration.rules import check_details, check_identity
from frontdesk.services.work import Work


def _change_identity_undone(done: Performed) -> Undo:
    return Undo(
        change_identity,
        patient_id=done.arguments["patient_id"],
        before=done.arguments["after"],
        after=done.arguments["before"],
    )


@command(
    "Change name or birth date",
    permission="registration.edit",
    undo=_change_identity_undone,
)
def change_identity(work: Work, *, patient_id: int, before: IdentityDraft, after: IdentityDraft) -> None:
    """Put `after` in the place of `before`; the patient is found by the new names at once."""
    patient = _editable(work, patient_id)
    findings = check_identity(after, work.today)
    if patient.died_on is not None and after.born_on > patient.died_on:
        findings.append(Finding("The birth date is after the date of death. Check both.", "born_on"))
    refuse_if_any(findings)
    was = patient.legal_first, patient.legal_last
    _replace(
        patient, patients.identity_values(before), patients.identity_values(after), "name and birth date"
    )
    former_names.follow(work, patient, *was)
    search_keys.rebuild(work, patient_id)


def _change_details_undone(done: Performed) -> Undo:
    return Undo(
        change_details,
        patient_id=done.arguments["patient_id"],
        before=done.arguments["after"],
        after=done.arguments["before"],
    )


@command(
    "Change patient details",
    permission="registration.edit",
    undo=_change_details_undone,
)
def change_details(work: Work, *, patient_id: int, before: DetailsDraft, after: DetailsDraft) -> None:
    """Put `after` in the place of `before`: language, e-mail, employer and the like."""
    patient = _editable(work, patient_id)
    refuse_if_any(check_details(after))
    _replace(patient, patients.details_values(before), patients.details_values(after), "details")
    if before.email != after.email:
        match_keys.rebuild(work, patient_id)


def identity_of(patient: Patient) -> IdentityDraft:
    """Names and birth date as the desk would type them."""
    return IdentityDraft(
        legal_first=patient.legal_first,
        legal_middle=patient.legal_middle,
        legal_last=patient.legal_last,
        suffix=patient.suffix,
        preferred_name=patient.preferred_name,
        former_last_name=patient.former_last_name,
        born_on=patient.born_on,
        sex=patient.sex,
    )


def details_of(patient: Patient) -> DetailsDraft:
    """The details as the desk would type them."""
    return DetailsDraft(
        gender_identity=patient.gender_identity,
        pronouns=patient.pronouns,
        language=patient.language,
        interpreter_needed=patient.interpreter_needed,
        race=patient.race,
        marital_status=patient.marital_status,
        email=patient.email,
        reminder_way=patient.reminder_way,
        second_way=patient.second_way,
        employer=patient.employer,
        pharmacy=patient.pharmacy,
        primary_care=patient.primary_care,
        referring=patient.referring,
        usual_provider_id=patient.usual_provider_id,
    )


def _editable(work: Work, patient_id: int) -> Patient:
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    if patient.status is PatientStatus.MERGED:
        raise Refused(Finding("This chart was merged into another. Change that one."))
    return patient


def _replace(patient: Patient, before: dict[str, object], after: dict[str, object], section: str) -> None:
    if any(getattr(patient, name) != value for name, value in before.items()):
        raise Conflict(
            f"Another desk changed the {section} of this patient. Nothing of yours was saved. "
            "Look at what changed, then save again."
        )
    for name, value in after.items():
        setattr(patient, name, value)
