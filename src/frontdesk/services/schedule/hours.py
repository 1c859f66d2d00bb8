"""When providers work: weekly sessions and blocks, exceptions and holidays, laid out over days."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, bindparam, or_, select

from frontdesk.models.office.practice import Holiday
from frontdesk.models.schedule.template import (
    BlockKind,
    ExceptionKind,
    ScheduleException,
    TemplateBlock,
    TemplateSession,
)
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule.intervals import (
    Interval,
    difference,
    intersection,
    minute_of,
    normal,
    time_of,
)
from frontdesk.services.schedule.words import from_to, kept_for, when
from frontdesk.services.work import Work

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Week:
    """When a weekly rule holds: its weekday (0 is Monday), its rhythm and its dates."""

    weekday: int
    every_weeks: int
    effective_from: date
    effective_until: date | None

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last` on which it holds."""
        start = max(first, self.effective_from)
        day = start + timedelta((self.weekday - start.weekday()) % 7)
        rhythm_monday = self.effective_from - timedelta(self.effective_from.weekday())
        until = last if self.effective_until is None else min(last, self.effective_until)
        while day <= until:
            if (day - rhythm_monday).days // 7 % self.every_weeks == 0:
                yield day
            day += timedelta(7)


@dataclass(frozen=True, slots=True)
class Session:
    """Working time of a provider on one day, in minutes from the origin, and what it takes at most."""

    starts: int
    ends: int
    site_id: int
    id: int = 0
    """The template's; 0 for extra hours."""
    most_visits: int | None = None
    most_new_patients: int | None = None
    most_overbooked: int = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Kept time of a provider on one day, in minutes from the origin."""

    starts: int
    ends: int
    kind: BlockKind
    release_hours: int | None = None
    id: int = 0

    def is_open(self, to: Collection[BlockKind], now: int) -> bool:
        """Whether a type that opens these kinds may be booked here, or anybody may by now."""
        released = self.release_hours is not None and now >= self.starts - 60 * self.release_hours
        return self.kind in to or released

    def said(self, name: str, origin: datetime) -> str:
        """ "Dr. Lee keeps 11:30 to 11:45 for urgent visits until 9:30 AM"."""
        starts, ends = time_of(self.starts, origin), time_of(self.ends, origin)
        kept = f"{name} keeps {from_to(starts, ends)} for {kept_for(self.kind)}"
        if self.release_hours is None:
            return kept
        return f"{kept} until {when(starts - timedelta(hours=self.release_hours), starts.date())}"


@dataclass(frozen=True, slots=True)
class Away:
    """A provider's absence, in minutes from the origin."""

    starts: int
    ends: int
    reason: str


@dataclass(slots=True)
class Hours:
    """The working time of some providers over some days."""

    origin: datetime
    """Midnight of the first day: minute 0."""
    days: int
    sessions: dict[int, list[Session]] = field(default_factory=dict)
    blocks: dict[int, list[Block]] = field(default_factory=dict)
    away: dict[int, list[Away]] = field(default_factory=dict)
    holidays: dict[date, str] = field(default_factory=dict)
    """Days on which the whole practice is closed."""

    def on(self, day: date) -> "Hours":
        """Of these days only one, as if it had been loaded alone."""
        midnight = (day - self.origin.date()).days * DAY
        return Hours(
            origin=datetime.combine(day, time()),
            days=1,
            sessions=_on(self.sessions, midnight),
            blocks=_on(self.blocks, midnight),
            away=_on(self.away, midnight),
            holidays={day: self.holidays[day]} if day in self.holidays else {},
        )

    def session_at(self, provider_id: int, minute: int) -> Session | None:
        """The session to which a visit belongs whose provider begins at that minute: the first of two."""
        several = self.sessions.get(provider_id, ())
        return next((each for each in several if each.starts <= minute < each.ends), None)

    def own_minutes(self, provider_id: int) -> Iterator[tuple[Session, Interval]]:
        """Each session with the minutes at which `session_at` gives it."""
        until = 0
        for each in self.sessions.get(provider_id, ()):
            if max(each.starts, until) < each.ends:
                yield each, (max(each.starts, until), each.ends)
                until = each.ends

    def sites(self) -> tuple[int, ...]:
        """Where anybody works."""
        return tuple(sorted({each.site_id for several in self.sessions.values() for each in several}))

    def open_sessions(self, provider_id: int, site_id: int | None = None) -> list[Interval]:
        """When the provider is in, blocks included; at one site or anywhere."""
        sessions = normal(
            (each.starts, each.ends)
            for each in self.sessions.get(provider_id, ())
            if site_id is None or each.site_id == site_id
        )
        return difference(
            sessions, normal((each.starts, each.ends) for each in self.away.get(provider_id, ()))
        )

    def bookable(
        self, provider_id: int, opens: Collection[BlockKind], now: int, site_id: int | None = None
    ) -> list[Interval]:
        """When a type that opens some kinds of block may be booked, were nothing booked yet."""
        kept = normal(
            (block.starts, block.ends)
            for block in self.blocks.get(provider_id, ())
            if not block.is_open(opens, now)
        )
        future = intersection(self.open_sessions(provider_id, site_id), [(now, self.days * DAY)])
        return difference(future, kept)


_Span = TypeVar("_Span", Session, Block, Away)


def _on(spans: dict[int, list[_Span]], midnight: int) -> dict[int, list[_Span]]:
    """What touches the day that begins with a minute, counted from there."""
    found: dict[int, list[_Span]] = {}
    for id, several in spans.items():
        for each in several:
            if each.starts < midnight + DAY and midnight < each.ends:
                moved = replace(each, starts=each.starts - midnight, ends=each.ends - midnight)
                found.setdefault(id, []).append(moved)
    return found


def load(work: Work, first: date, last: date, provider_ids: Collection[int]) -> Hours:
    """The hours of these providers from `first` to `last`: four statements."""
    hours = Hours(datetime.combine(first, time()), (last - first).days + 1)
    closed = _load_holidays(work, hours, first, last)

    asked = {"first": first, "last": last, "providers": provider_ids}
    for rule in _SESSIONS.named(work.session, asked):
        for day, starts, ends in _laid_out(rule, hours, first, last):
            if day not in hours.holidays and (day, rule.site_id) not in closed:
                hours.sessions.setdefault(rule.provider_id, []).append(
                    Session(
                        starts=starts,
                        ends=ends,
                        site_id=rule.site_id,
                        id=rule.id,
                        most_visits=rule.most_visits,
                        most_new_patients=rule.most_new_patients,
                        most_overbooked=rule.most_overbooked,
                    )
                )
    for kept in _BLOCKS.named(work.session, asked):
        for day, starts, ends in _laid_out(kept, hours, first, last):
            if day not in hours.holidays:
                hours.blocks.setdefault(kept.provider_id, []).append(
                    Block(starts, ends, kept.kind, kept.release_hours, kept.id)
                )
    _load_exceptions(work, hours, provider_ids, closed)
    for sessions_of in hours.sessions.values():
        sessions_of.sort(key=lambda session: session.starts)
    for blocks_of in hours.blocks.values():
        blocks_of.sort(key=lambda block: block.starts)
    return hours


def holidays(work: Work, first: date, last: date) -> frozenset[date]:
    """The days on which the whole practice is closed; one statement."""
    found = _HOLIDAYS.rows(work.session, {"first": first, "last": last})
    return frozenset(on for on, _, site_id in found if site_id is None)


def _load_holidays(work: Work, hours: Hours, first: date, last: date) -> set[tuple[date, int]]:
    """Notes the practice's holidays; gives back the days on which one site is closed."""
    closed: set[tuple[date, int]] = set()
    for on, name, site_id in _HOLIDAYS.rows(work.session, {"first": first, "last": last}):
        if site_id is None:
            hours.holidays[on] = name
        else:
            closed.add((on, site_id))
    return closed


def _load_exceptions(
    work: Work, hours: Hours, provider_ids: Collection[int], closed: set[tuple[date, int]]
) -> None:
    """Absences, and extra hours: these neither open a holiday nor a site that is closed."""
    asked = {
        "providers": provider_ids,
        "begin": hours.origin,
        "end": hours.origin + timedelta(hours.days),
    }
    for each in _EXCEPTIONS.named(work.session, asked):
        starts, ends = minute_of(each.starts, hours.origin), minute_of(each.ends, hours.origin)
        if each.kind is ExceptionKind.OUT:
            hours.away.setdefault(each.provider_id, []).append(Away(starts, ends, each.reason))
        else:
            shut = [
                (day * DAY, (day + 1) * DAY)
                for day in range(hours.days)
                if (on := hours.origin.date() + timedelta(day)) in hours.holidays
                or (on, each.site_id) in closed
            ]
            hours.sessions.setdefault(each.provider_id, []).extend(
                Session(*piece, each.site_id) for piece in difference([(starts, ends)], shut)
            )


def _in_force(rule: type[TemplateSession] | type[TemplateBlock]) -> tuple[ColumnElement[bool], ...]:
    return (
        rule.is_active.is_(True),
        rule.effective_from <= bindparam("last"),
        or_(rule.effective_until.is_(None), rule.effective_until >= bindparam("first")),
        among(rule.provider_id, "providers"),
    )


_SESSIONS: Final = Prepared(
    select(TemplateSession).where(*_in_force(TemplateSession)).order_by(TemplateSession.id)
)
_BLOCKS: Final = Prepared(select(TemplateBlock).where(*_in_force(TemplateBlock)).order_by(TemplateBlock.id))
_HOLIDAYS: Final = Prepared(
    select(Holiday.on, Holiday.name, Holiday.site_id).where(
        Holiday.on.between(bindparam("first"), bindparam("last"))
    )
)
_EXCEPTIONS: Final = Prepared(
    select(ScheduleException)
    .where(
        ScheduleException.is_active,
        among(ScheduleException.provider_id, "providers"),
        ScheduleException.starts < bindparam("end"),
        ScheduleException.ends > bindparam("begin"),
    )
    .order_by(ScheduleException.starts, ScheduleException.id)
)


def _laid_out(
    rule: TemplateSession | TemplateBlock, hours: Hours, first: date, last: date
) -> Iterator[tuple[date, int, int]]:
    week = Week(rule.weekday, rule.every_weeks, rule.effective_from, rule.effective_until)
    starts = rule.starts.hour * 60 + rule.starts.minute
    ends = rule.ends.hour * 60 + rule.ends.minute
    for day in week.days(first, last):
        midnight = (day - hours.origin.date()).days * DAY
        yield day, midnight + starts, midnight + ends
