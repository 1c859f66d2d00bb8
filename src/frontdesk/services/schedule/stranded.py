"""Visits that stand where nobody works any more: after hours, a holiday or an absence have changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import func, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import weekday_date
from frontdesk.models.office.resources import Resource, ResourceKind
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.services.command import query
from frontdesk.services.schedule import hours, resources, staff_hours
from frontdesk.services.schedule.hours import DAY, Hours
from frontdesk.services.schedule.intervals import Interval, covers, minute_of
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Stranded:
    """A booked visit outside the hours as they are now. Nothing moves it but a person."""

    appointment_id: int
    patient_id: int
    patient: str
    resource_id: int
    """The provider, or the member of staff, who has no hours then."""
    starts: datetime
    ends: datetime
    why: str
    reason: str
    """With which it was booked all the same; empty for most."""


@dataclass(frozen=True, slots=True)
class _Booked:
    """What one person is booked for by one visit, in minutes from the origin."""

    found: Stranded
    kind: ResourceKind
    name: str
    span: Interval


@query(permission="schedule.view")
def stranded(work: Work) -> tuple[Stranded, ...]:
    """The visits to come that no hours of their people cover; a constant number of statements."""
    origin = datetime.combine(work.today, time())
    booked = list(_booked(work, origin))
    if not booked:
        return ()
    last = max(each.found.starts for each in booked).date()
    names = resources.providers(work)
    worked = hours.load(work, work.today, last, tuple(names))
    staff = sorted({each.found.resource_id for each in booked if each.kind is ResourceKind.STAFF})
    shifts = staff_hours.load(work, work.today, last, staff)
    out: list[Stranded] = []
    for each in booked:
        if each.kind is ResourceKind.PROVIDER:
            known = names.get(each.found.resource_id)
            why = _of_provider(worked, each, known.name) if known else f"{each.name} no longer sees patients"
        else:
            why = _of_staff(shifts.get(each.found.resource_id), each)
        if why:
            out.append(replace(each.found, why=why))
    return tuple(out)


def _of_provider(worked: Hours, each: _Booked, name: str) -> str:
    on = each.found.starts.date()
    if on in worked.holidays:
        return f"Closed: {worked.holidays[on]}"
    starts, ends = each.span
    id = each.found.resource_id
    for away in worked.away.get(id, ()):
        if away.starts < ends and starts < away.ends:
            return f"{name} is away" + (f": {away.reason}" if away.reason else "")
    spans = worked.open_sessions(id)
    return "" if covers(spans, starts, ends) else _no_hours(name, spans, each)


def _of_staff(shifts: list[Interval] | None, each: _Booked) -> str:
    """Whoever has no hours at all can be booked whenever a provider is in."""
    if shifts is None or covers(shifts, *each.span):
        return ""
    return _no_hours(each.name, shifts, each)


def _no_hours(name: str, spans: list[Interval], each: _Booked) -> str:
    midnight = each.span[0] // DAY * DAY
    if any(starts < midnight + DAY and midnight < ends for starts, ends in spans):
        return f"Outside {name}'s hours"
    return f"{name} has no hours on {weekday_date(each.found.starts.date())}"


def _booked(work: Work, origin: datetime) -> Iterator[_Booked]:
    """From the first to the last minute that each person is needed by each visit to come."""
    asked = (
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.override_reason,
            Patient.legal_last,
            Patient.legal_first,
            Patient.preferred_name,
            Appointment.starts,
            Appointment.ends,
            Resource.id.label("resource_id"),
            Resource.kind,
            Resource.name,
            func.min(ResourceBooking.starts).label("first"),
            func.max(ResourceBooking.ends).label("last"),
        )
        .join(ResourceBooking, ResourceBooking.appointment_id == Appointment.id)
        .join(Resource, Resource.id == ResourceBooking.resource_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts > work.local_now,
            ResourceBooking.is_active,
            ResourceBooking.starts >= origin,
            Resource.kind.in_((ResourceKind.PROVIDER, ResourceKind.STAFF)),
        )
        .group_by(Appointment.id, Patient.id, Resource.id)
        .order_by(Appointment.starts, Appointment.id, Resource.kind, Resource.id)
    )
    for row in work.session.execute(asked):
        found = Stranded(
            appointment_id=row.id,
            patient_id=row.patient_id,
            patient=last_first(row.legal_last, row.preferred_name or row.legal_first),
            resource_id=row.resource_id,
            starts=row.starts,
            ends=row.ends,
            why="",
            reason=row.override_reason,
        )
        yield _Booked(found, row.kind, row.name, (minute_of(row.first, origin), minute_of(row.last, origin)))
