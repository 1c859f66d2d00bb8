"""What is worth a word while the patient is on the line: what else is due, and what to ask again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select

from frontdesk.kernel.text import us_phone
from frontdesk.models.registration.patient import Patient, ReminderWay
from frontdesk.models.registration.reach import AddressKind, PermissionSource, PhoneKind
from frontdesk.models.registration.review import DemographicsReview, Section
from frontdesk.services.command import query
from frontdesk.services.registration import addresses, phones
from frontdesk.services.registration.drafts import PhoneDraft
from frontdesk.services.schedule import recall, reminder_reach
from frontdesk.services.work import Work

ASK_AGAIN_AFTER = timedelta(days=182)
"""An address that was confirmed longer ago is asked for."""
MOST, MOST_DUE = 3, 2


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A visit that comes round again."""

    visit_type_id: int
    visit_type: str
    due_on: date


@dataclass(frozen=True, slots=True)
class OldAddress:
    """Where the patient lives, as it was last given or confirmed."""

    address: str
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class NoTexts:
    """Reminders are to go by text, and no number may be texted: the phones as they are, and with a yes."""

    number: str
    before: tuple[PhoneDraft, ...]
    after: tuple[PhoneDraft, ...]


@dataclass(frozen=True, slots=True)
class OnTheLine:
    """At most three things; empty where there is nothing to say."""

    due: tuple[DueVisit, ...]
    address: OldAddress | None
    texts: NoTexts | None


@query(permission="schedule.view")
def on_the_line(work: Work, *, patient_id: int) -> OnTheLine:
    """Of one patient; ten statements at most, however much came before."""
    due = tuple(
        DueVisit(line.visit_type_id, line.visit_type, line.due_on)
        for line in recall.due_of(work, patient_id)[:MOST_DUE]
    )
    if not work.actor.may("registration.view"):
        return OnTheLine(due, None, None)
    address = _old_address(work, patient_id)
    if len(due) + (address is not None) == MOST:
        return OnTheLine(due, address, None)
    return OnTheLine(due, address, _no_texts(work, patient_id))


def _no_texts(work: Work, patient_id: int) -> NoTexts | None:
    """Not of whoever said no to messages, or wants to be reminded in another way."""
    patient = work.get(Patient, patient_id)
    known = tuple(phones.draft_of(row) for row in phones.in_use(work, patient_id))
    mobile = next((phone for phone in known if phone.kind is PhoneKind.MOBILE), None)
    can_be_written_to = bool(patient.email) or any(phone.text_ok for phone in known)
    if mobile is None or can_be_written_to or patient.reminder_way is not ReminderWay.TEXT:
        return None
    if patient_id in reminder_reach.no_messages(work, [patient_id]):
        return None
    allowed = replace(mobile, text_ok=True, permission_source=PermissionSource.BY_PHONE)
    after = tuple(allowed if phone is mobile else phone for phone in known)
    return NoTexts(us_phone(mobile.number), known, after)


def _old_address(work: Work, patient_id: int) -> OldAddress | None:
    home = addresses.current(work, patient_id, AddressKind.HOME)
    if home is None or addresses.current(work, patient_id, AddressKind.CONFIDENTIAL) is not None:
        return None  # who has a confidential address is read none (45 CFR 164.522(b))
    reviewed_at = work.session.scalar(
        select(func.max(DemographicsReview.reviewed_at)).where(
            DemographicsReview.patient_id == patient_id, DemographicsReview.section == Section.ADDRESS
        )
    )
    confirmed_on = home.valid_from
    if reviewed_at is not None:
        confirmed_on = max(confirmed_on, work.wall(reviewed_at).date())
    if confirmed_on > work.today - ASK_AGAIN_AFTER:
        return None
    return OldAddress(addresses.one_line(addresses.draft_of(home)), confirmed_on)
