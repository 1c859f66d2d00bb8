"""What the desk reads back to a patient at check-in, and all of it saved at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration import addresses, contacts, edits, phones
from frontdesk.services.registration.drafts import (
    AddressDraft,
    AddressKind,
    ContactDraft,
    DetailsDraft,
    IdentityDraft,
    PhoneDraft,
)
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sections as the desk types them; the contact is the one for an emergency."""

    identity: IdentityDraft
    details: DetailsDraft
    phones: tuple[PhoneDraft, ...]
    address: AddressDraft | None
    contact: ContactDraft | None
    contact_id: int | None


@dataclass(frozen=True, slots=True)
class OnFile:
    """What is on file now, and the address that held until yesterday, where it was changed today."""

    sheet: Sheet
    moved_from: str
    is_confidential: bool = False
    """Whether mail goes to an address that is never read out (45 CFR 164.522(b))."""


@query(permission="registration.view")
def on_file(work: Work, *, patient_id: int) -> OnFile:
    """Everything that is read back; a constant number of statements."""
    past = addresses.history(work, patient_id=patient_id)
    home = [each for each in past if each.address.kind is AddressKind.HOME]
    moved = len(home) > 1 and home[0].valid_from == work.today
    before = addresses.one_line(home[1].address) if moved else ""
    hidden = any(
        each.address.kind is AddressKind.CONFIDENTIAL
        and (each.valid_until is None or each.valid_until >= work.today)
        for each in past
    )
    return OnFile(sheet(work, patient_id=patient_id), before, hidden)


@query(permission="registration.view")
def sheet(work: Work, *, patient_id: int) -> Sheet:
    """The sections as they are now."""
    patient = work.get(Patient, patient_id)
    home = addresses.current(work, patient_id, AddressKind.HOME)
    known = contacts.contacts(work, patient_id=patient_id)
    emergency = next((each for each in known if each.draft.is_emergency), None)
    return Sheet(
        identity=edits.identity_of(patient),
        details=edits.details_of(patient),
        phones=tuple(phones.draft_of(row) for row in phones.in_use(work, patient_id)),
        address=addresses.draft_of(home) if home else None,
        contact=emergency.draft if emergency else None,
        contact_id=emergency.id if emergency else None,
    )


def _saved_back(done: Performed) -> Undo:
    return Undo(
        save,
        patient_id=done.arguments["patient_id"],
        before=done.result,
        after=done.arguments["before"],
    )


@command("Save demographics", permission="registration.edit", undo=_saved_back)
def save(work: Work, *, patient_id: int, before: Sheet, after: Sheet) -> Sheet:
    """Change what differs, section by section; all that is wrong in any of them is refused at once.

    Another desk's change is a conflict only in a section that is changed here too.
    """
    work.concerns(patient_id)
    findings: list[Finding] = []
    kept = after
    if after.identity != before.identity:
        findings += _found(
            lambda: edits.change_identity(
                work, patient_id=patient_id, before=before.identity, after=after.identity
            )
        )
    if after.details != before.details:
        findings += _found(
            lambda: edits.change_details(
                work, patient_id=patient_id, before=before.details, after=after.details
            )
        )
    if after.phones != before.phones:
        findings += _found(
            lambda: phones.change(work, patient_id=patient_id, before=before.phones, after=after.phones)
        )
    if after.address != before.address:
        findings += _found(
            lambda: addresses.change(
                work,
                patient_id=patient_id,
                before=before.address,
                after=after.address,
                kind=AddressKind.HOME,
            )
        )
    if after.contact != before.contact:
        try:
            kept = replace(after, contact_id=_contact(work, patient_id, before, after))
        except Refused as refused:
            findings += [replace(each, field=f"contact.{each.field}") for each in refused.findings]
    # Raised last: the transaction takes back the sections that would have gone through.
    refuse_if_any(findings)
    return kept


def _found(change: Callable[[], None]) -> tuple[Finding, ...]:
    try:
        change()
    except Refused as refused:
        return refused.findings
    return ()


def _contact(work: Work, patient_id: int, before: Sheet, after: Sheet) -> int | None:
    """The id of the contact that stands afterwards."""
    if before.contact is None and after.contact is not None:
        if after.contact_id is None:
            return contacts.add(work, patient_id=patient_id, draft=after.contact)
        contacts.resume(work, contact_id=after.contact_id)
        return after.contact_id
    if before.contact is None or before.contact_id is None:
        return None
    if after.contact is None:
        contacts.end(work, contact_id=before.contact_id)
    else:
        contacts.change(work, contact_id=before.contact_id, before=before.contact, after=after.contact)
    return before.contact_id
