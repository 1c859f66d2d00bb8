"""The names a patient had before: several, each until a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, refuse_if_any
from frontdesk.models.registration.former_name import FormerName
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration import search_keys
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class FormerNameDraft:
    """A name as it was; without a first name only the last name was another."""

    last: str
    first: str = ""
    used_until: date | None = None


@query(permission="registration.view")
def former_names(work: Work, *, patient_id: int) -> tuple[FormerNameDraft, ...]:
    """The names in force, the newest first; one known from an import alone is among them, without a day."""
    patient = work.get(Patient, patient_id)
    found = tuple(draft_of(row) for row in in_force(work, patient_id))
    only = patient.former_last_name
    if only and only not in {draft.last for draft in found}:
        return (*found, FormerNameDraft(only))
    return found


def _change_undone(done: Performed) -> Undo:
    return Undo(
        change,
        patient_id=done.arguments["patient_id"],
        before=done.arguments["after"],
        after=done.arguments["before"],
    )


@command("Change former names", permission="registration.edit", undo=_change_undone)
def change(
    work: Work,
    *,
    patient_id: int,
    before: tuple[FormerNameDraft, ...],
    after: tuple[FormerNameDraft, ...],
) -> None:
    """Put the list `after` in the place of `before`, which is what the desk saw; what falls out is kept."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    refuse_if_any(check_former_names(after, patient.born_on, work.today))
    if former_names(work, patient_id=patient_id) != tuple(_tidied(draft) for draft in before):
        raise Conflict(
            "Another desk changed the former names of this patient. Nothing of yours was saved. "
            "Look at what changed, then save again."
        )
    wanted = [_tidied(draft) for draft in after]
    for row in in_force(work, patient_id):
        if (known := draft_of(row)) in wanted:
            wanted.remove(known)
        else:
            row.withdrawn_at = work.now
    for draft in wanted:
        _add(work, patient_id, draft)
    work.flush()
    left = in_force(work, patient_id)
    patient.former_last_name = left[0].last if left else ""
    search_keys.rebuild(work, patient_id)


def check_former_names(drafts: tuple[FormerNameDraft, ...], born_on: date, today: date) -> list[Finding]:
    """Fields are named `former.0.last`."""
    findings: list[Finding] = []
    for place, draft in enumerate(drafts):
        field = f"former.{place}"
        if not draft.last.strip():
            findings.append(Finding("Enter the last name that was used before.", f"{field}.last"))
        for part, name in (("last", draft.last), ("first", draft.first)):
            if len(name.strip()) > 60:
                findings.append(Finding("This is longer than 60 letters. Shorten it.", f"{field}.{part}"))
            elif any(letter.isdigit() for letter in name):
                findings.append(Finding("A name has no digits. Check it.", f"{field}.{part}"))
        if draft.used_until is not None and draft.used_until > today:
            findings.append(
                Finding(
                    "This name is still used on that day. Choose a day that has passed.", f"{field}.until"
                )
            )
        if draft.used_until is not None and draft.used_until < born_on:
            findings.append(Finding("This day is before the birth date. Check both.", f"{field}.until"))
    if len({_tidied(draft) for draft in drafts}) < len(drafts):
        findings.append(Finding("The same name stands here twice. Take one of them out.", "former.0.last"))
    return findings


def start(work: Work, patient_id: int, last: str) -> None:
    """The former name of a new patient, as it was said."""
    if last.strip():
        _add(work, patient_id, _tidied(FormerNameDraft(last)))


def follow(work: Work, patient: Patient, first: str, last: str) -> None:
    """A former last name that was typed with the name itself goes into the list too."""
    typed = patient.former_last_name
    known = {row.last for row in in_force(work, patient.id)}
    if typed and typed not in known:
        today = work.today if typed == last and last != patient.legal_last else None
        _add(work, patient.id, FormerNameDraft(typed, first if first != patient.legal_first else "", today))


def in_force(work: Work, patient_id: int) -> list[FormerName]:
    """The rows, the newest first; those without a day come last."""
    return list(
        work.session.scalars(
            select(FormerName)
            .where(FormerName.patient_id == patient_id, FormerName.withdrawn_at.is_(None))
            .order_by(FormerName.used_until.is_(None), FormerName.used_until.desc(), FormerName.id.desc())
        )
    )


def draft_of(row: FormerName) -> FormerNameDraft:
    """A stored name as the desk would type it."""
    return FormerNameDraft(row.last, row.first, row.used_until)


def _add(work: Work, patient_id: int, draft: FormerNameDraft) -> None:
    work.add(
        FormerName(patient_id=patient_id, first=draft.first, last=draft.last, used_until=draft.used_until)
    )


def _tidied(draft: FormerNameDraft) -> FormerNameDraft:
    return FormerNameDraft(" ".join(draft.last.split()), " ".join(draft.first.split()), draft.used_until)
