"""The people around a patient: for an emergency, as guardian, or to be told things."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, refuse_if_any
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration.drafts import ContactDraft
from frontdesk.services.registration.phone_numbers import stored_phone
from frontdesk.services.registration.rules import check_contact
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as it stands."""

    id: int
    draft: ContactDraft


@query(permission="registration.view")
def contacts(work: Work, *, patient_id: int) -> tuple[Contact, ...]:
    """The patient's contacts, in the order in which they are to be called."""
    rows = work.session.scalars(
        select(PatientContact)
        .where(PatientContact.patient_id == patient_id, PatientContact.ended_on.is_(None))
        .order_by(PatientContact.rank, PatientContact.id)
    )
    return tuple(Contact(row.id, draft_of(row)) for row in rows)


def _add_undone(done: Performed) -> Undo:
    return Undo(end, contact_id=done.result)


@command(
    "Add contact",
    permission="registration.edit",
    undo=_add_undone,
)
def add(work: Work, *, patient_id: int, draft: ContactDraft) -> int:
    """The new contact's id."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    refuse_if_any(_findings(patient_id, draft))
    return start(work, patient_id, draft).id


def _change_undone(done: Performed) -> Undo:
    return Undo(
        change,
        contact_id=done.arguments["contact_id"],
        before=done.arguments["after"],
        after=done.arguments["before"],
    )


@command(
    "Change contact",
    permission="registration.edit",
    undo=_change_undone,
)
def change(work: Work, *, contact_id: int, before: ContactDraft, after: ContactDraft) -> None:
    """Put `after` in the place of `before`, which is what the desk saw."""
    row = work.get(PatientContact, contact_id)
    work.concerns(row.patient_id)
    refuse_if_any(_findings(row.patient_id, after))
    if _values(draft_of(row)) != _values(before):
        raise Conflict(
            "Another desk changed this contact. Nothing of yours was saved. "
            "Look at what changed, then save again."
        )
    for name, value in _values(after).items():
        setattr(row, name, value)


def _end_undone(done: Performed) -> Undo:
    return Undo(resume, contact_id=done.arguments["contact_id"])


@command(
    "End contact",
    permission="registration.edit",
    undo=_end_undone,
)
def end(work: Work, *, contact_id: int) -> None:
    """The person no longer speaks for the patient; the row is kept."""
    row = work.get(PatientContact, contact_id)
    work.concerns(row.patient_id)
    row.ended_on = work.today


def _resume_undone(done: Performed) -> Undo:
    return Undo(end, contact_id=done.arguments["contact_id"])


@command(
    "Resume contact",
    permission="registration.edit",
    undo=_resume_undone,
)
def resume(work: Work, *, contact_id: int) -> None:
    """Take back that a contact ended."""
    row = work.get(PatientContact, contact_id)
    work.concerns(row.patient_id)
    row.ended_on = None


def start(work: Work, patient_id: int, draft: ContactDraft) -> PatientContact:
    """A checked contact of a patient."""
    return work.add(PatientContact(patient_id=patient_id, **_values(draft)))


def draft_of(row: PatientContact) -> ContactDraft:
    """A stored contact as the desk would type it."""
    return ContactDraft(
        name=row.name,
        relationship=row.relationship,
        phone=row.phone,
        is_emergency=row.is_emergency,
        is_guardian=row.is_guardian,
        may_discuss=row.may_discuss,
        authority=row.authority,
        contact_patient_id=row.contact_patient_id,
        authority_until=row.authority_until,
        rank=row.rank,
    )


def _values(draft: ContactDraft) -> dict[str, object]:
    return {
        "name": " ".join(draft.name.split()),
        "relationship": draft.relationship.strip(),
        "phone": stored_phone(draft.phone) if draft.phone.strip() else "",
        "is_emergency": draft.is_emergency,
        "is_guardian": draft.is_guardian,
        "may_discuss": draft.may_discuss,
        "authority": draft.authority.strip(),
        "contact_patient_id": draft.contact_patient_id,
        "authority_until": draft.authority_until,
        "rank": max(1, draft.rank),
    }


def _findings(patient_id: int, draft: ContactDraft) -> list[Finding]:
    findings = check_contact(draft)
    if draft.contact_patient_id == patient_id:
        findings.append(Finding("A patient cannot be their own contact. Choose somebody else.", "name"))
    return findings
