"""The resources a visit takes: written at each placement, given back and taken again as the visit stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.visit_type import PhaseKind
from frontdesk.services import audit
from frontdesk.services.schedule import downtime, openings, staff_hours, taken
from frontdesk.services.schedule.intervals import Interval, minute_of, time_of
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.standing import Standing
from frontdesk.services.schedule.words import from_to, when
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "no_overlap_resource_booking",
    "Another desk has just booked this time. Nothing was saved. Choose another opening.",
    field="slot",
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One resource from a time to a time."""

    resource_id: int
    starts: datetime
    ends: datetime
    phase: PhaseKind


def reserve(
    work: Work,
    stretches: Iterable[Stretch],
    *,
    appointment_id: int | None = None,
    event_id: int | None = None,
    slot_hold_id: int | None = None,
    beside_others: frozenset[int] = frozenset(),
) -> None:
    """Takes the resources for a visit's placement or a hold; `beside_others` are overbooked."""
    rows = [
        {
            "id": work.new_id(),
            "resource_id": stretch.resource_id,
            "appointment_id": appointment_id,
            "event_id": event_id,
            "slot_hold_id": slot_hold_id,
            "phase": stretch.phase,
            "starts": stretch.starts,
            "ends": stretch.ends,
            "is_active": True,
            "is_exclusive": stretch.resource_id not in beside_others,
        }
        for stretch in stretches
    ]
    audit.insert_rows(work, ResourceBooking, rows)


def set_aside(work: Work, appointment_ids: Collection[int]) -> None:
    """Gives back what visits take that change places together, before each takes its new place."""
    rows = work.session.scalars(
        select(ResourceBooking)
        .where(ResourceBooking.appointment_id.in_(sorted(appointment_ids)), ResourceBooking.is_active)
        .order_by(ResourceBooking.id)
    )
    for row in rows.all():
        row.is_active = row.is_exclusive = False
    work.flush()


def follow(work: Work, appointment: Appointment, before: Standing, after: Standing) -> None:
    """Gives back what the visit no longer takes, then takes again what it did before."""
    if before.occupying_event_id == after.occupying_event_id:
        return
    rows = work.session.scalars(
        select(ResourceBooking)
        .where(ResourceBooking.appointment_id == appointment.id)
        .order_by(ResourceBooking.id)
    ).all()
    for row in rows:
        if row.event_id != after.occupying_event_id:
            row.is_active = row.is_exclusive = False
    work.flush()
    back = [row for row in rows if row.event_id == after.occupying_event_id]
    if not back:
        return
    place = after.place
    beside_others = place.provider_id if place is not None and place.is_overbooked else None
    _refuse_if_gone(work, appointment, [row for row in back if row.resource_id != beside_others])
    for row in back:
        row.is_active = True
        row.is_exclusive = row.resource_id != beside_others


def who_has(name: str, span: tuple[datetime, datetime], hold: taken.Taken) -> str:
    """ "Dr. Lee is booked from 9:30 to 9:45.", or who holds that time and until when."""
    if hold.held_by:
        return f"{hold.held_by} holds {name} from {from_to(*span)}."
    return f"{name} is booked from {from_to(*span)}."


def next_opening_sentence(
    work: Work,
    *,
    visit_type_id: int,
    provider_id: int,
    patient_id: int | None,
    minutes: int,
    wanted: datetime,
) -> str:
    """ "The next opening is 9:45 AM.": with this provider, from the wanted time on."""
    after = max(wanted, work.local_now)
    request = OpeningRequest(
        visit_type_id=visit_type_id,
        patient_id=patient_id,
        provider_ids=(provider_id,),
        minutes=minutes,
        first_day=after.date(),
    )
    at = openings.next_opening(work, request, after)
    if at is None:
        return "There is no opening in the next 90 days."
    return f"The next opening is {when(at, wanted.date())}."


def _refuse_if_gone(work: Work, appointment: Appointment, rows: list[ResourceBooking]) -> None:
    """As a booking would be: what is out of service, off its hours or taken meanwhile cannot be had again."""
    if not rows:
        return
    origin = datetime.combine(rows[0].starts, time())
    until = origin + timedelta(1)
    ids = sorted({row.resource_id for row in rows})
    out = downtime.load(work, origin, until, ids)
    at_work = staff_hours.load(work, origin.date(), origin.date(), ids)
    busy = taken.load(work, origin, until, ids, beside_appointment=appointment.id)
    for row in rows:
        stretch = (minute_of(row.starts, origin), minute_of(row.ends, origin))
        provider = work.session.get(Provider, row.resource_id)
        name = provider.short_name if provider else work.get(Resource, row.resource_id).name
        why = (
            downtime.against(name, out.get(row.resource_id, ()), (stretch,), origin)
            or staff_hours.against(name, at_work.get(row.resource_id), (stretch,), origin)
            or _who_has(name, busy[row.resource_id], stretch, origin)
        )
        if why:
            then = next_opening_sentence(
                work,
                visit_type_id=appointment.visit_type_id,
                provider_id=appointment.provider_id,
                patient_id=appointment.patient_id,
                minutes=int((appointment.ends - appointment.starts).total_seconds() // 60),
                wanted=row.starts,
            )
            raise Refused(Finding(f"{why} {then}", field="slot"))


def _who_has(name: str, busy: Iterable[taken.Taken], stretch: Interval, origin: datetime) -> str:
    for other in busy:
        if other.starts < stretch[1] and stretch[0] < other.ends:
            return who_has(name, (time_of(other.starts, origin), time_of(other.ends, origin)), other)
    return ""
