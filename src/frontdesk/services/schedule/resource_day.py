"""A day by people, rooms and equipment: what each is booked for, minute by minute."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeAlias

from sqlalchemy import Row, select

from frontdesk.kernel.text import us_time
from frontdesk.kernel.timespan import Span
from frontdesk.models.office.resources import (
    Device,
    Provider,
    Resource,
    ResourceKind,
    Room,
    RoomState,
    StaffMember,
)
from frontdesk.models.schedule.downtime import ResourceDowntime
from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.command import query
from frontdesk.services.schedule import staff_hours
from frontdesk.services.schedule.day import DayBlock, DayColumn, DaySheet, day_sheet
from frontdesk.services.schedule.intervals import time_of
from frontdesk.services.schedule.resource_bars import Bar, booked, double_bookings, stays
from frontdesk.services.schedule.simulation import ON_TIME_WITHIN
from frontdesk.services.work import Work

# Any: a row's columns have their types where they are read.
_Row: TypeAlias = Row[*tuple[Any, ...]]
_LONGEST_BREAK = timedelta(hours=2)


class Part(StrEnum):
    """The groups of rows."""

    PEOPLE = "people"
    ROOMS = "rooms"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of the day in which something cannot be booked; `words` say why and until when."""

    id: int | None
    """The downtime's; None for a provider's absence."""
    starts: datetime
    ends: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One provider, member of staff, room or device with its day."""

    id: int
    kind: ResourceKind
    name: str
    detail: str
    """Room kind, device kind or skill; how late a provider runs."""
    hours: tuple[Span, ...] | None
    """When it can be booked; None: whenever somebody works."""
    blocks: tuple[DayBlock, ...]
    outages: tuple[Outage, ...]
    bars: tuple[Bar, ...]

    @property
    def is_out(self) -> bool:
        """Whether it is out of service at any time of the day."""
        return any(outage.id is not None for outage in self.outages)


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    """Rows of one kind, and what there is to know about them together."""

    part: Part
    note: str
    """ "5 providers, 1 sonographer", "3 free now", "1 out for service"."""
    rows: tuple[ResourceRow, ...]


@dataclass(frozen=True, slots=True)
class ResourceDay:
    """All that the resources view draws."""

    sheet: DaySheet
    groups: tuple[ResourceGroup, ...]
    double_bookings: int

    @property
    def day(self) -> date:
        return self.sheet.day

    def only(self, resource_ids: Collection[int]) -> "ResourceDay":
        """With some of the rows; all, where none of these is there."""
        groups = [
            replace(group, rows=rows)
            for group in self.groups
            if (rows := tuple(each for each in group.rows if each.id in resource_ids))
        ]
        return replace(self, groups=tuple(groups)) if groups else self


@query(permission="schedule.view")
def resource_day(work: Work, *, day: date) -> ResourceDay:
    """The resources of a day with their bars; a constant number of statements, whatever is booked."""
    sheet = day_sheet(work, day=day)
    origin = datetime.combine(day, time())
    visits = {visit.id: visit for visit in sheet.visits}
    taken = booked(work, origin)
    named = {(bar.resource_id, bar.visit_id) for bar in taken}
    been = [bar for bar in stays(work, origin, visits) if (bar.resource_id, bar.visit_id) not in named]
    bars: dict[int, list[Bar]] = {}
    for bar in sorted([*taken, *been], key=lambda bar: (bar.starts, bar.ends, bar.visit_id or 0)):
        bars.setdefault(bar.resource_id, []).append(bar)
    outages = _outages(work, origin)
    rows = _resources(work)
    shifts = _shifts(work, day, rows)
    columns = {column.provider_id: column for column in sheet.columns}
    found: dict[Part, list[tuple[_Row, ResourceRow]]] = {part: [] for part in Part}
    for row in rows:
        if row.kind is ResourceKind.PROVIDER:
            if (column := columns.get(row.id)) is not None:
                its_bars = [*bars.get(row.id, ()), *_called_off(sheet, row.id, bars.get(row.id, ()))]
                found[Part.PEOPLE].append((row, _provider(row, column, its_bars)))
        elif row.is_active or row.id in bars:
            part = _PARTS[row.kind]
            found[part].append(
                (row, _thing(row, shifts.get(row.id), outages.get(row.id, []), bars.get(row.id, [])))
            )
    now = work.local_now if day == work.today else None
    return ResourceDay(
        sheet=sheet,
        groups=tuple(
            ResourceGroup(part, _NOTES[part](several, now), tuple(each for _, each in several))
            for part, several in found.items()
            if several
        ),
        double_bookings=double_bookings(taken),
    )


_PARTS = {
    ResourceKind.STAFF: Part.PEOPLE,
    ResourceKind.ROOM: Part.ROOMS,
    ResourceKind.DEVICE: Part.EQUIPMENT,
}
_ORDER = (ResourceKind.PROVIDER, ResourceKind.STAFF, ResourceKind.ROOM, ResourceKind.DEVICE)


def _resources(work: Work) -> list[_Row]:
    """Providers first, then staff, rooms and devices, each in the office's order."""
    asked = (
        select(
            Resource.id,
            Resource.kind,
            Resource.name,
            Resource.is_active,
            Provider.short_name,
            Room.room_kind,
            Room.state,
            Device.device_kind,
            StaffMember.skill,
        )
        .outerjoin(Provider, Provider.id == Resource.id)
        .outerjoin(Room, Room.id == Resource.id)
        .outerjoin(Device, Device.id == Resource.id)
        .outerjoin(StaffMember, StaffMember.id == Resource.id)
        .order_by(Resource.sort_order, Provider.last_name, Resource.name, Resource.id)
    )
    return sorted(work.session.execute(asked).all(), key=lambda row: _ORDER.index(row.kind))


def _provider(row: _Row, column: DayColumn, bars: Iterable[Bar]) -> ResourceRow:
    late = column.late_minutes >= ON_TIME_WITHIN
    return ResourceRow(
        id=row.id,
        kind=row.kind,
        name=row.short_name,
        detail=f"+{column.late_minutes} min" if late else column.pace.lower(),
        hours=column.sessions,
        blocks=column.blocks,
        outages=tuple(Outage(None, away.starts, away.ends, "Away") for away in column.away),
        bars=tuple(bars),
    )


def _thing(row: _Row, shifts: list[Span] | None, outages: list[Outage], bars: list[Bar]) -> ResourceRow:
    return ResourceRow(
        id=row.id,
        kind=row.kind,
        name=row.name,
        detail=str(row.room_kind or row.device_kind or row.skill),
        hours=tuple(shifts) if shifts is not None else None,
        blocks=tuple(_breaks(shifts or [])),
        outages=tuple(outages),
        bars=tuple(bars),
    )


def _called_off(sheet: DaySheet, provider_id: int, standing: Iterable[Bar]) -> list[Bar]:
    """Canceled and missed visits, where nobody else has taken their time."""
    has = list(standing)
    on = {bar.visit_id for bar in has}
    return [
        Bar(provider_id, visit.starts, visit.ends, visit.id)
        for visit in sheet.visits
        if visit.provider_id == provider_id
        and visit.id not in on
        and not any(bar.starts < visit.ends and visit.starts < bar.ends for bar in has)
    ]


def _breaks(shifts: list[Span]) -> Iterable[DayBlock]:
    """What lies between two shifts of one day, where it is a break and not an afternoon off."""
    for before, after in pairwise(shifts):
        if before.ends < after.starts <= before.ends + _LONGEST_BREAK:
            yield DayBlock(before.ends, after.starts, BlockKind.LUNCH, is_released=False)


def _shifts(work: Work, day: date, rows: Iterable[_Row]) -> dict[int, list[Span]]:
    """The hours of the staff who have any; an empty list where none are on this day."""
    origin = datetime.combine(day, time())
    ids = [row.id for row in rows if row.kind is ResourceKind.STAFF]
    return {
        staff_id: [Span(time_of(starts, origin), time_of(ends, origin)) for starts, ends in spans]
        for staff_id, spans in staff_hours.load(work, day, day, ids).items()
    }


def _outages(work: Work, origin: datetime) -> dict[int, list[Outage]]:
    until = origin + timedelta(1)
    asked = (
        select(ResourceDowntime)
        .where(ResourceDowntime.is_active, ResourceDowntime.starts < until, ResourceDowntime.ends > origin)
        .order_by(ResourceDowntime.starts, ResourceDowntime.id)
    )
    found: dict[int, list[Outage]] = {}
    for row in work.session.scalars(asked):
        words = f"Out for {row.reason[:1].lower()}{row.reason[1:]} until {_said_until(row.ends, origin)}"
        found.setdefault(row.resource_id, []).append(
            Outage(row.id, max(row.starts, origin), min(row.ends, until), words)
        )
    return found


def _said_until(ends: datetime, origin: datetime) -> str:
    """ "3:00 PM" on the day itself, "Thu, March 19" on another; midnight ends the day before."""
    last = ends - timedelta(minutes=1)
    if last.date() == origin.date():
        return us_time(ends) if ends.date() == origin.date() else "the end of the day"
    return f"{last:%a}, {last:%B} {last.day}"


def _of_people(rows: list[tuple[_Row, ResourceRow]], now: datetime | None) -> str:
    counted = Counter("provider" if each.kind is ResourceKind.PROVIDER else each.detail for _, each in rows)
    return ", ".join(f"{count} {what}{'s' if count > 1 else ''}" for what, count in counted.items())


def _of_rooms(rows: list[tuple[_Row, ResourceRow]], now: datetime | None) -> str:
    if now is None:
        return f"{len(rows)} rooms" if len(rows) > 1 else "1 room"
    free = sum(row.state is RoomState.FREE and not _is_taken(each, now) for row, each in rows)
    return f"{free} free now"


def _of_devices(rows: list[tuple[_Row, ResourceRow]], now: datetime | None) -> str:
    out = sum(bool(each.outages) for _, each in rows)
    if out:
        return f"{out} out for service"
    return f"{len(rows)} devices" if len(rows) > 1 else "1 device"


def _is_taken(row: ResourceRow, now: datetime) -> bool:
    taken = [Span(each.starts, each.ends) for each in row.bars]
    out = [Span(each.starts, each.ends) for each in row.outages]
    return any(span.starts <= now < span.ends for span in (*taken, *out))


_NOTES = {Part.PEOPLE: _of_people, Part.ROOMS: _of_rooms, Part.EQUIPMENT: _of_devices}
