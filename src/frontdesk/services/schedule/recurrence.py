"""On which days a series falls: a rule over dates. Plain values, no database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count as counting
from itertools import islice

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.months import months_later
from frontdesk.kernel.text import us_date

MOST = 104
"""Two years of weekly visits; what is longer is continued from its last visit."""
_FAR = timedelta(days=5 * 366)
_ONE_DAY = timedelta(1)


class Unit(StrEnum):
    """What the rhythm counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class WhenClosed(StrEnum):
    """What becomes of a visit that would fall on a closed day."""

    SKIP = "skip"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many days, weeks or months; so many visits (the first included), or until a day."""

    unit: Unit
    every: int = 1
    weekdays: tuple[int, ...] = ()
    """0 is Monday. Of weeks: the days it falls on (none: the first visit's). Else: those it may fall on."""
    count: int | None = None
    until: date | None = None
    when_closed: WhenClosed = WhenClosed.SKIP


def problems(rule: Rule, first: date) -> list[Finding]:
    """What is wrong with a rule, in sentences."""
    findings = []
    if not 1 <= rule.every <= 99:
        findings.append(Finding("Repeat every 1 to 99 days, weeks or months.", field="every"))
    if any(not 0 <= weekday <= 6 for weekday in rule.weekdays):
        findings.append(Finding("Choose days from Monday to Sunday.", field="weekdays"))
    if rule.count is None and rule.until is None:
        findings.append(Finding("Say how many visits, or until when.", field="count"))
    if rule.count is not None and rule.count < 2:
        findings.append(Finding("A series has at least 2 visits.", field="count"))
    if rule.count is not None and rule.count > MOST:
        findings.append(Finding(too_many(rule.count), field="count"))
    if rule.until is not None and rule.until <= first:
        said = us_date(first)
        findings.append(Finding(f"Choose a day after the first visit on {said}.", field="until"))
    return findings


def too_many(wanted: int | None = None) -> str:
    """Why not, and what to do."""
    said = f", not {wanted}" if wanted is not None else ""
    return f"A series has at most {MOST} visits{said}. Book these first, then continue from the last one."


def days(rule: Rule, first: date, is_open: Callable[[date], bool]) -> list[date]:
    """The days of a series, ascending, none twice; the first visit's day is always the first.

    Gives at most one more than `MOST`, so that the caller sees that there are too many.
    """
    wanted = MOST + 1 if rule.count is None else min(rule.count, MOST + 1)
    return list(islice(_days(rule, first, is_open), wanted))


def _days(rule: Rule, first: date, is_open: Callable[[date], bool]) -> Iterator[date]:
    yield first
    last = first
    horizon = first + _FAR
    for regular in _regular(rule, first):
        day: date | None = regular
        if not _may_fall(rule, regular, is_open):
            shifts = rule.when_closed is WhenClosed.SHIFT
            day = _next_open(rule, regular, is_open, horizon) if shifts else None
        if regular > horizon or (rule.until is not None and regular > rule.until):
            return
        if day is not None and day > last and (rule.until is None or day <= rule.until):
            yield day
            last = day


def _regular(rule: Rule, first: date) -> Iterator[date]:
    """The rhythm, as if no day were closed; from the first day on, without end."""
    if rule.unit is Unit.DAY:
        for step in counting(1):
            yield first + timedelta(step * rule.every)
    elif rule.unit is Unit.WEEK:
        monday = first - timedelta(first.weekday())
        for step in counting():
            for weekday in sorted(set(rule.weekdays)) or [first.weekday()]:
                yield monday + timedelta(7 * step * rule.every + weekday)
    else:
        for step in counting(1):
            yield months_later(first, step * rule.every)


def _may_fall(rule: Rule, day: date, is_open: Callable[[date], bool]) -> bool:
    is_excluded = rule.unit is not Unit.WEEK and rule.weekdays and day.weekday() not in rule.weekdays
    return not is_excluded and is_open(day)


def _next_open(rule: Rule, day: date, is_open: Callable[[date], bool], horizon: date) -> date | None:
    while day <= horizon:
        day += _ONE_DAY
        if _may_fall(rule, day, is_open):
            return day
    return None
