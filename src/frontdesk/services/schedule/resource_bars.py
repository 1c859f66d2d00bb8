"""What takes each resource of a day: the minutes that are booked, and the rooms that patients were in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, zip_longest

from sqlalchemy import or_, select

from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent, EventKind
from frontdesk.models.schedule.resource_booking import ResourceBooking, SlotHold
from frontdesk.models.schedule.visit_type import PhaseKind
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.standing import live
from frontdesk.services.schedule.status import Status
from frontdesk.services.work import Work

_ROOM_EVENTS = (
    EventKind.ROOMED,
    EventKind.CHECK_OUT_STARTED,
    EventKind.COMPLETED,
    EventKind.LEFT,
    EventKind.TAKEN_BACK,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of one resource."""

    resource_id: int
    starts: datetime
    ends: datetime
    visit_id: int | None = None
    """None: a time held for a caller."""
    is_cleaning: bool = False
    held_by: str = ""
    is_stay: bool = False
    """Whether it is where the patient really was, in a room that the booking does not name."""


def booked(work: Work, origin: datetime) -> list[Bar]:
    """The bookings and live holds of a day, phases that follow each other joined: one statement."""
    asked = (
        select(
            ResourceBooking.resource_id,
            ResourceBooking.appointment_id,
            ResourceBooking.slot_hold_id,
            ResourceBooking.phase,
            ResourceBooking.starts,
            ResourceBooking.ends,
            SlotHold.held_by,
        )
        .outerjoin(SlotHold, SlotHold.id == ResourceBooking.slot_hold_id)
        .where(
            ResourceBooking.is_active,
            ResourceBooking.starts >= origin,
            ResourceBooking.starts < origin + timedelta(1),
            or_(ResourceBooking.slot_hold_id.is_(None), SlotHold.expires_at > work.now),
        )
        .order_by(
            ResourceBooking.resource_id,
            ResourceBooking.appointment_id,
            ResourceBooking.slot_hold_id,
            ResourceBooking.starts,
            ResourceBooking.id,
        )
    )
    bars: list[Bar] = []
    for (resource_id, visit_id, _), rows in groupby(
        work.session.execute(asked), key=lambda row: (row.resource_id, row.appointment_id, row.slot_hold_id)
    ):
        before: Bar | None = None
        for row in rows:
            cleaning = row.phase is PhaseKind.CLEANING
            if before and before.ends == row.starts and before.is_cleaning == cleaning:
                bars.pop()
                starts = before.starts
            else:
                starts = row.starts
            before = Bar(resource_id, starts, row.ends, visit_id, cleaning, row.held_by or "")
            bars.append(before)
    return bars


def stays(work: Work, origin: datetime, visits: Mapping[int, DayVisit]) -> list[Bar]:
    """In which rooms the day's patients were, and are: from their stamps; one statement."""
    asked = (
        select(AppointmentEvent)
        .join(Appointment, Appointment.id == AppointmentEvent.appointment_id)
        .where(
            Appointment.starts >= origin,
            Appointment.starts < origin + timedelta(1),
            AppointmentEvent.kind.in_(_ROOM_EVENTS),
        )
        .order_by(AppointmentEvent.appointment_id, AppointmentEvent.id)
    )
    found: list[Bar] = []
    for visit_id, events in groupby(work.session.scalars(asked), key=lambda event: event.appointment_id):
        if visit_id in visits:
            found += _stays_of(work, visits[visit_id], live(list(events)))
    return found


def _stays_of(work: Work, visit: DayVisit, events: list[AppointmentEvent]) -> Iterable[Bar]:
    for event, after in zip_longest(events, events[1:]):
        if event.kind is not EventKind.ROOMED or event.room_id is None:
            continue
        since = _minute(work.wall(event.at))
        until = _minute(work.wall(after.at)) if after else expected_end(visit, _minute(work.local_now))
        if until > since:
            yield Bar(event.room_id, since, until, visit.id, is_stay=True)


def expected_end(visit: DayVisit, now: datetime) -> datetime:
    """When the room of a patient who is in it will be left, as the day runs."""
    begun = visit.predicted or visit.starts
    if visit.status is Status.IN_VISIT and visit.status_since is not None:
        begun = _minute(visit.status_since)
    return max(begun + (visit.ends - visit.starts), now)


def double_bookings(bars: Iterable[Bar]) -> int:
    """How many pairs of visits share a minute of any resource; one pair counts once, whatever it shares."""
    pairs: set[tuple[int, int]] = set()
    by_resource = sorted(bars, key=lambda bar: (bar.resource_id, bar.starts, bar.ends))
    for _, several in groupby(by_resource, key=lambda bar: bar.resource_id):
        running: list[Bar] = []
        for bar in several:
            if bar.visit_id is None or bar.is_stay:
                continue
            running = [other for other in running if other.ends > bar.starts]
            for other in running:
                if other.visit_id is not None and other.visit_id != bar.visit_id:
                    pairs.add((min(other.visit_id, bar.visit_id), max(other.visit_id, bar.visit_id)))
            running.append(bar)
    return len(pairs)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
