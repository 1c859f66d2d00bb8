"""When members of staff can be booked: weekly hours; one who has none, whenever a provider is in."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import weekday_date
from frontdesk.models.office.resources import Resource, StaffMember
from frontdesk.models.schedule.template import StaffSession
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule import weekly
from frontdesk.services.schedule.hours import DAY, Week
from frontdesk.services.schedule.intervals import Interval, covers, normal, time_of
from frontdesk.services.schedule.words import from_to
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class StaffHours:
    """A stretch of each week in which a member of staff can be booked; 0 is Monday."""

    staff_id: int
    weekday: int
    starts: time
    ends: time
    effective_from: date
    effective_until: date | None = None
    every_weeks: int = 1


@dataclass(frozen=True, slots=True)
class StaffHoursView:
    """Hours as they are kept."""

    id: int
    version: int
    name: str
    hours: StaffHours


@query(permission="schedule.view")
def staff_hours(work: Work, *, staff_id: int | None = None) -> tuple[StaffHoursView, ...]:
    """The hours of one, or of everybody, that hold now or later; one statement."""
    asked = (
        select(StaffSession, Resource.name)
        .join(Resource, Resource.id == StaffSession.staff_id)
        .where(StaffSession.is_active)
        .order_by(
            Resource.sort_order, Resource.name, StaffSession.weekday, StaffSession.starts, StaffSession.id
        )
    )
    if staff_id is not None:
        asked = asked.where(StaffSession.staff_id == staff_id)
    return tuple(
        StaffHoursView(row.id, row.version, name, _hours(row))
        for row, name in work.session.execute(asked)
        if row.effective_until is None or row.effective_until >= work.today
    )


def _withdrawn(done: Performed) -> Undo:
    return Undo(set_staff_hours_active, staff_session_id=done.result, is_active=False)


@command("Add staff hours", permission="schedule.edit_templates", undo=_withdrawn)
def add_staff_hours(work: Work, *, hours: StaffHours) -> int:
    """Gives a member of staff weekly hours; raises `Refused` where they overlap others of theirs."""
    findings = weekly.problems(hours)
    refuse_if_any(findings or _overlaps(work, hours))
    work.get(StaffMember, hours.staff_id)
    return work.add(StaffSession(**_columns(hours))).id


def _ended_before(done: Performed) -> Undo:
    return Undo(end_staff_hours, staff_session_id=done.arguments["staff_session_id"], last_day=done.result)


@command("End staff hours", permission="schedule.edit_templates", undo=_ended_before)
def end_staff_hours(work: Work, *, staff_session_id: int, last_day: date | None) -> date | None:
    """Says on which day the hours hold for the last time. Gives back what was said before."""
    row = work.get(StaffSession, staff_session_id)
    if last_day is not None and last_day < row.effective_from:
        raise Refused(Finding("This would end before it begins. Withdraw it instead.", field="last_day"))
    before, row.effective_until = row.effective_until, last_day
    refuse_if_any(_overlaps(work, _hours(row), beside_id=row.id))
    return before


def _switched_back(done: Performed) -> Undo:
    return Undo(
        set_staff_hours_active,
        staff_session_id=done.arguments["staff_session_id"],
        is_active=not done.arguments["is_active"],
    )


@command("Withdraw staff hours or bring them back", permission="schedule.edit_templates", undo=_switched_back)
def set_staff_hours_active(work: Work, *, staff_session_id: int, is_active: bool) -> None:
    """Withdraws hours as if they had not been, or brings them back."""
    row = work.get(StaffSession, staff_session_id)
    if is_active:
        refuse_if_any(_overlaps(work, _hours(row), beside_id=row.id))
    row.is_active = is_active


def load(work: Work, first: date, last: date, staff_ids: Collection[int]) -> dict[int, list[Interval]]:
    """The hours of those who have any, in minutes from midnight of `first`; one statement at most."""
    found: dict[int, list[Interval]] = {}
    if not staff_ids:
        return found
    for staff_id, weekday, every_weeks, since, until, starts, ends in _ALL.rows(
        work.session, {"staff": staff_ids}
    ):
        spans = found.setdefault(staff_id, [])
        for day in Week(weekday, every_weeks, since, until).days(first, last):
            midnight = (day - first).days * DAY
            spans.append(
                (midnight + starts.hour * 60 + starts.minute, midnight + ends.hour * 60 + ends.minute)
            )
    return {staff_id: normal(spans) for staff_id, spans in found.items()}


def against(
    name: str, at_work: list[Interval] | None, stretches: Collection[Interval], origin: datetime
) -> str:
    """Why a member of staff cannot be had in these stretches of the day of `origin`; None: has no hours."""
    if at_work is None or all(covers(at_work, *stretch) for stretch in stretches):
        return ""
    spans = " and ".join(from_to(time_of(starts, origin), time_of(ends, origin)) for starts, ends in at_work)
    if spans:
        return f"{name} works from {spans} that day."
    return f"{name} has no hours on {weekday_date(origin.date())}."


_ALL: Final = Prepared(
    select(
        StaffSession.staff_id,
        StaffSession.weekday,
        StaffSession.every_weeks,
        StaffSession.effective_from,
        StaffSession.effective_until,
        StaffSession.starts,
        StaffSession.ends,
    )
    .where(StaffSession.is_active, among(StaffSession.staff_id, "staff"))
    .order_by(StaffSession.id)
)


def _overlaps(work: Work, hours: StaffHours, *, beside_id: int | None = None) -> list[Finding]:
    rows = (
        select(StaffSession)
        .where(StaffSession.staff_id == hours.staff_id, StaffSession.is_active)
        .order_by(StaffSession.weekday, StaffSession.starts, StaffSession.id)
    )
    others = [_hours(row) for row in work.session.scalars(rows) if row.id != beside_id]
    name = work.get(Resource, hours.staff_id).name
    return [
        Finding(f"This overlaps {name}'s hours {weekly.said(other)}.", field="starts")
        for other in others
        if weekly.overlap(hours, other)
    ]


def _hours(row: StaffSession) -> StaffHours:
    return StaffHours(
        staff_id=row.staff_id,
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        every_weeks=row.every_weeks,
    )


def _columns(hours: StaffHours) -> dict[str, Any]:
    """Any: a mapped class takes its columns by name."""
    return asdict(hours)
