"""Providers' weeks, kinds of visit, and visits in the book."""

from datetime import date, datetime, time
from typing import Any

from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.schedule import booking, templates, visit_types
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.templates import BlockDraft, SessionDraft, Weekly
from frontdesk.services.schedule.visit_types import PhaseDraft, VisitTypeDraft
from tests.builders.office import provider
from tests.builders.registration import danielle, patient
from tests.office import Office

TODAY = date(2026, 3, 17)
WEDNESDAY = date(2026, 3, 18)
SINCE = date(2026, 1, 1)


def at(said: str, on: date = WEDNESDAY) -> datetime:
    """ "9:30" in the morning, "1:30" in the afternoon: as the desk says it."""
    hour, minute = (int(part) for part in said.split(":"))
    return datetime.combine(on, time(hour + 12 if hour < 7 else hour, minute))


def works(office: Office, provider_id: int, starts: str, ends: str, *, weekday: int, **draft: Any) -> int:
    """A weekly session; 0 is Monday."""
    weekly = Weekly(provider_id, weekday, at(starts).time(), at(ends).time(), SINCE)
    return office.do(templates.add_session, draft=SessionDraft(weekly, **draft))


def keeps(
    office: Office,
    provider_id: int,
    starts: str,
    ends: str,
    kind: BlockKind = BlockKind.URGENT,
    *,
    weekday: int = 2,
    release_hours: int | None = None,
) -> int:
    """Kept time each week, by default on Wednesdays."""
    weekly = Weekly(provider_id, weekday, at(starts).time(), at(ends).time(), SINCE)
    return office.do(templates.add_block, draft=BlockDraft(weekly, kind, release_hours))


def doctor(office: Office, last_name: str = "Lee") -> int:
    """A provider who works from Monday to Friday, 8:00 to 12:00 and 1:00 to 5:00."""
    known = f"works:{last_name}"
    if known not in office.made:
        office.made[known] = made = provider(office, last_name)
        for weekday in range(5):
            works(office, made, "8:00", "12:00", weekday=weekday)
            works(office, made, "1:00", "5:00", weekday=weekday)
    found: int = office.made[known]
    return found


def visit_type(
    office: Office,
    name: str = "Follow-up",
    minutes: int | None = 15,
    *phases: PhaseDraft,
    **draft: Any,
) -> int:
    """A kind of visit, by default of 15 minutes with the provider alone; the same one for the same name."""
    known = f"visit_type:{name}"
    if known not in office.made:
        office.made[known] = office.do(
            visit_types.add_visit_type, draft=VisitTypeDraft(name, minutes, phases=phases, **draft)
        )
    found: int = office.made[known]
    return found


def book(
    office: Office,
    starts: str | datetime = "9:30",
    *,
    patient_id: int | None = None,
    provider_id: int | None = None,
    visit_type_id: int | None = None,
    minutes: int | None = None,
    **others: Any,
) -> int:
    """A booked visit, by default of Danielle Foster with Dr. Lee on Wednesday morning."""
    return office.do(
        booking.book,
        patient_id=patient_id or danielle(office),
        slot=Slot(provider_id or doctor(office), at(starts) if isinstance(starts, str) else starts, minutes),
        visit_type_id=visit_type_id or visit_type(office),
        **others,
    )


def walter(office: Office) -> int:
    """Another patient, Walter Harris; the same one each time."""
    if "patient:walter" not in office.made:
        office.made["patient:walter"] = patient(office, "Walter", "Harris", date(1951, 2, 9))
    found: int = office.made["patient:walter"]
    return found
