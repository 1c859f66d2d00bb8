"""Rooms, devices and staff out of service: repair, calibration, leave."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.office.resources import Resource, ResourceKind
from frontdesk.models.schedule.downtime import LONGEST, ResourceDowntime
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import Interval, minute_of, time_of
from frontdesk.services.schedule.words import from_to
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_REASON = f"Say why in 1 to {LONGEST} characters: repair, calibration, leave."

says("ck_resource_downtime_ends_after_start", "It comes back after it goes out of service.", field="ends")
says("ck_resource_downtime_reason", _REASON, field="reason")


@dataclass(frozen=True, slots=True)
class Downtime:
    """A stretch in which a thing cannot be booked; wall times."""

    id: int
    version: int
    resource_id: int
    name: str
    kind: ResourceKind
    starts: datetime
    ends: datetime
    reason: str
    visit_ids: tuple[int, ...]
    """Visits that stand in the book then and have to be moved."""


@query(permission="schedule.view")
def downtimes(
    work: Work, *, starts: datetime, ends: datetime, resource_id: int | None = None
) -> tuple[Downtime, ...]:
    """What is out of service at some time of a span, of one thing or all; two statements."""
    asked = (
        select(ResourceDowntime, Resource.name, Resource.kind)
        .join(Resource, Resource.id == ResourceDowntime.resource_id)
        .where(ResourceDowntime.is_active, ResourceDowntime.starts < ends, ResourceDowntime.ends > starts)
        .order_by(ResourceDowntime.starts, Resource.sort_order, Resource.name, ResourceDowntime.id)
    )
    if resource_id is not None:
        asked = asked.where(ResourceDowntime.resource_id == resource_id)
    rows = work.session.execute(asked).all()
    visits = _visits_in_the_way(work, [row for row, _, _ in rows])
    return tuple(
        Downtime(
            id=row.id,
            version=row.version,
            resource_id=row.resource_id,
            name=name,
            kind=kind,
            starts=row.starts,
            ends=row.ends,
            reason=row.reason,
            visit_ids=tuple(visits.get(row.id, ())),
        )
        for row, name, kind in rows
    )


def _back_in_service(done: Performed) -> Undo:
    return Undo(put_back, downtime_id=done.result)


@command("Take out of service", permission="schedule.book", undo=_back_in_service)
def take_out(
    work: Work, *, resource_id: int, starts: datetime, ends: datetime, reason: str, visits_stay: bool = False
) -> int:
    """Notes that a thing cannot be booked. Visits that are booked on it then stay in the book.

    Raises `Refused`, overridable, with their number first: `visits_stay` says that it was read. What
    is broken is broken; the book must be able to say so before the visits are moved.
    """
    starts, ends = starts.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    thing = work.get(Resource, resource_id)
    findings = []
    if thing.kind is ResourceKind.PROVIDER:
        findings.append(Finding("Note a provider's absence in their week.", field="resource_id"))
    if ends <= starts:
        findings.append(Finding("The end comes after the start.", field="ends"))
    elif ends <= work.local_now:
        findings.append(Finding("This time has passed. Choose a later end.", field="ends"))
    if not 1 <= len(reason.strip()) <= LONGEST:
        findings.append(Finding(_REASON, field="reason"))
    if not findings and not visits_stay and (count := _count_of_visits(work, resource_id, starts, ends)):
        are = "visit is" if count == 1 else "visits are"
        findings.append(
            Finding(
                f"{count} {are} booked on {thing.name} then. Nothing moves by itself: "
                f"take {thing.name} out of service, then move {'it' if count == 1 else 'them'}.",
                field="starts",
                overridable=True,
            )
        )
    if findings:
        raise Refused(*findings)
    return work.add(
        ResourceDowntime(resource_id=resource_id, starts=starts, ends=ends, reason=reason.strip())
    ).id


def _out_again(done: Performed) -> Undo:
    return Undo(bring_back, downtime_id=done.arguments["downtime_id"], ends=done.result)


@command("Put back into service", permission="schedule.book", undo=_out_again)
def put_back(work: Work, *, downtime_id: int, version: int | None = None) -> datetime:
    """Ends a downtime now, or withdraws one that has not begun. Gives back when it would have ended."""
    row = work.get(ResourceDowntime, downtime_id, version)
    now = work.local_now.replace(second=0, microsecond=0)
    if not row.is_active or row.ends <= now:
        raise Refused(Finding("This is back in service already."))
    before = row.ends
    if row.starts < now:
        row.ends = now
    else:
        row.is_active = False
    return before


def _put_back_again(done: Performed) -> Undo:
    return Undo(put_back, downtime_id=done.arguments["downtime_id"])


@command("Bring downtime back", permission="schedule.book", undo=_put_back_again)
def bring_back(work: Work, *, downtime_id: int, ends: datetime) -> None:
    """Takes a thing out of service again, until the time that was said before."""
    row = work.get(ResourceDowntime, downtime_id)
    row.is_active, row.ends = True, ends


class Out(NamedTuple):
    """A stretch out of service, in minutes from the origin."""

    starts: int
    ends: int
    reason: str

    def after(self, minute: int) -> "Out":
        """The same, counted from that minute."""
        return Out(self.starts - minute, self.ends - minute, self.reason)


def load(
    work: Work, origin: datetime, until: datetime, resource_ids: Collection[int]
) -> dict[int, list[Out]]:
    """When these things are out of service, sorted; one statement, none for nothing."""
    found: dict[int, list[Out]] = {}
    if not resource_ids:
        return found
    wanted = {"resources": resource_ids, "begin": origin, "end": until}
    for resource_id, starts, ends, reason in _OUT.rows(work.session, wanted):
        found.setdefault(resource_id, []).append(
            Out(minute_of(starts, origin), minute_of(ends, origin), reason)
        )
    return found


def spans(out: Collection[Out]) -> list[Interval]:
    """Only when."""
    return [(each.starts, each.ends) for each in out]


def said(name: str, out: Out, origin: datetime) -> str:
    """ "Ultrasound 1 is out of service from 10:00 to 12:00 (calibration)", on the day of `origin`."""
    starts, ends = max(out.starts, 0), min(out.ends, DAY)
    span = (
        "all day"
        if ends - starts == DAY
        else f"from {from_to(time_of(starts, origin), time_of(ends, origin))}"
    )
    return f"{name} is out of service {span} ({out.reason})"


def against(name: str, outs: Iterable[Out], stretches: Collection[Interval], origin: datetime) -> str:
    """Why a thing cannot be had in these stretches of the day of `origin`; empty where it can."""
    for out in outs:
        if any(out.starts < ends and starts < out.ends for starts, ends in stretches):
            return f"{said(name, out, origin)}."
    return ""


_OUT: Final = Prepared(
    select(
        ResourceDowntime.resource_id,
        ResourceDowntime.starts,
        ResourceDowntime.ends,
        ResourceDowntime.reason,
    )
    .where(
        among(ResourceDowntime.resource_id, "resources"),
        ResourceDowntime.ends > bindparam("begin"),
        ResourceDowntime.starts < bindparam("end"),
        ResourceDowntime.is_active,
    )
    .order_by(ResourceDowntime.starts, ResourceDowntime.id)
)


def _count_of_visits(work: Work, resource_id: int, starts: datetime, ends: datetime) -> int:
    asked = (
        select(ResourceBooking.appointment_id)
        .where(
            ResourceBooking.resource_id == resource_id,
            ResourceBooking.is_active,
            ResourceBooking.appointment_id.is_not(None),
            ResourceBooking.starts >= max(starts, work.local_now) - timedelta(1),
            ResourceBooking.starts < ends,
            ResourceBooking.ends > max(starts, work.local_now),
        )
        .distinct()
    )
    return len(work.session.scalars(asked).all())


def _visits_in_the_way(work: Work, rows: Collection[ResourceDowntime]) -> dict[int, list[int]]:
    """The standing visits on a thing while it is out, by downtime, in the book's order."""
    if not rows:
        return {}
    asked = (
        select(ResourceDowntime.id, ResourceBooking.appointment_id)
        .join(
            ResourceBooking,
            (ResourceBooking.resource_id == ResourceDowntime.resource_id)
            & (ResourceBooking.starts < ResourceDowntime.ends)
            & (ResourceBooking.ends > ResourceDowntime.starts),
        )
        .where(
            ResourceDowntime.id.in_([row.id for row in rows]),
            # A booking lies within one day: those that began earlier have ended.
            ResourceBooking.starts > min(row.starts for row in rows) - timedelta(1),
            ResourceBooking.is_active,
            ResourceBooking.appointment_id.is_not(None),
            ResourceBooking.ends > work.local_now,
        )
        .order_by(ResourceBooking.starts, ResourceBooking.id)
    )
    found: dict[int, list[int]] = {}
    for downtime_id, appointment_id in work.session.execute(asked):
        ids = found.setdefault(downtime_id, [])
        if appointment_id is not None and appointment_id not in ids:
            ids.append(appointment_id)
    return found
