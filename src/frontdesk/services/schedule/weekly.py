"""Rules that come back each week: what makes one whole, and whether two meet."""

from datetime import date, datetime, time, timedelta
from math import lcm
from typing import Protocol

from frontdesk.kernel.errors import Finding
from frontdesk.services.schedule.hours import Week
from frontdesk.services.schedule.words import from_to

_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


class Recurring(Protocol):
    """When a rule holds; 0 is Monday."""

    @property
    def weekday(self) -> int: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def effective_until(self) -> date | None: ...
    @property
    def every_weeks(self) -> int: ...


def problems(rule: Recurring) -> list[Finding]:
    """What makes a rule impossible by itself."""
    findings = []
    if not 0 <= rule.weekday <= 6:
        findings.append(Finding("Choose a day of the week.", field="weekday"))
    if rule.ends <= rule.starts:
        findings.append(Finding("The end comes after the start, on the same day.", field="ends"))
    if not 1 <= rule.every_weeks <= 4:
        findings.append(
            Finding("A rule comes back every week, or every second to fourth.", field="every_weeks")
        )
    if rule.effective_until is not None and rule.effective_until < rule.effective_from:
        findings.append(Finding("The last day is not before the first.", field="effective_until"))
    return findings


def overlap(one: Recurring, other: Recurring) -> bool:
    """Whether two rules share a minute of some day."""
    return (
        one.weekday == other.weekday
        and other.starts < one.ends
        and one.starts < other.ends
        and _share_a_day(one, other)
    )


def said(rule: Recurring) -> str:
    """ "on Wednesdays from 11:30 to 11:45"."""
    span = from_to(*(datetime.combine(date.min, at) for at in (rule.starts, rule.ends)))
    return f"on {_DAYS[rule.weekday]} from {span}"


def _share_a_day(one: Recurring, other: Recurring) -> bool:
    first = max(one.effective_from, other.effective_from)
    last = first + timedelta(weeks=lcm(one.every_weeks, other.every_weeks))
    days = (
        set(Week(each.weekday, each.every_weeks, each.effective_from, each.effective_until).days(first, last))
        for each in (one, other)
    )
    return bool(set.intersection(*days))
