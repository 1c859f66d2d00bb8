"""The weekly rules of a provider or a member of staff, as the set-up shows them: one shape for all kinds."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from frontdesk.kernel.text import clock_time, us_date, us_date_time, us_time
from frontdesk.services.schedule.staff_hours import StaffHoursView
from frontdesk.services.schedule.templates import ProviderTemplate, Weekly
from frontdesk.services.schedule.words import BlockKind, ExceptionKind
from frontdesk.ui.schedule import look
from frontdesk.ui.text import counted, tr

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RHYTHMS = ((1, "Every week"), (2, "Every other week"), (3, "Every third week"), (4, "Every fourth week"))


class What(StrEnum):
    """Which kind of rule it is."""

    HOURS = "hours"
    KEPT = "kept"
    STAFF = "staff"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its words."""

    what: What
    id: int
    title: str
    when: str
    holds: str
    """From when until when, and how often."""
    detail: str
    weekly: Weekly | None = None
    """None for an exception."""
    kept: BlockKind | None = None
    release_hours: int | None = None
    room_names: tuple[str, ...] = ()
    caps: tuple[int | None, int | None, int] = field(default=(None, None, 2))
    """Most visits, most new patients, most overbooked."""


def of_provider(found: ProviderTemplate) -> tuple[Rule, ...]:
    """Hours, kept time, then what is different on single days."""
    hours = (
        Rule(
            what=What.HOURS,
            id=each.id,
            title=tr("Sees patients"),
            when=_when(each.weekly),
            holds=_holds(each.weekly),
            detail=_detail(each.rooms, each.most_visits, each.most_new_patients, each.most_overbooked),
            weekly=each.weekly,
            room_names=each.rooms,
            caps=(each.most_visits, each.most_new_patients, each.most_overbooked),
        )
        for each in found.sessions
    )
    kept = (
        Rule(
            what=What.KEPT,
            id=each.id,
            title=tr(look.KEPT_NAME[each.kind.value]),
            when=_when(each.weekly),
            holds=_holds(each.weekly),
            detail=_released(each.release_hours),
            weekly=each.weekly,
            kept=each.kind,
            release_hours=each.release_hours,
        )
        for each in found.blocks
    )
    other = (
        Rule(
            what=What.EXCEPTION,
            id=each.id,
            title=tr("Away") if each.kind is ExceptionKind.OUT else tr("Extra hours"),
            when=_span(each.starts, each.ends),
            holds="",
            detail=each.reason,
        )
        for each in found.exceptions
    )
    return (*hours, *kept, *other)


def of_staff(found: tuple[StaffHoursView, ...]) -> tuple[Rule, ...]:
    """The hours of one member of staff."""
    rules = []
    for each in found:
        hours = each.hours
        weekly = Weekly(
            provider_id=hours.staff_id,
            weekday=hours.weekday,
            starts=hours.starts,
            ends=hours.ends,
            effective_from=hours.effective_from,
            effective_until=hours.effective_until,
            every_weeks=hours.every_weeks,
        )
        rules.append(Rule(What.STAFF, each.id, tr("Works"), _when(weekly), _holds(weekly), "", weekly=weekly))
    return tuple(rules)


def holds_on(rule: Rule, day: date) -> bool:
    """Whether a weekly rule has begun by a day, and has not ended."""
    weekly = rule.weekly
    if weekly is None:
        return False
    return weekly.effective_from <= day and (weekly.effective_until is None or weekly.effective_until >= day)


def said_time(at: time) -> str:
    """ "8:00 AM"."""
    return us_time(datetime.combine(date.min, at))


def _when(weekly: Weekly) -> str:
    starts, ends = (clock_time(datetime.combine(date.min, at)) for at in (weekly.starts, weekly.ends))
    return tr("{day} {starts} to {ends}", day=tr(DAY_NAMES[weekly.weekday]), starts=starts, ends=ends)


def _holds(weekly: Weekly) -> str:
    since = tr("since {day}", day=us_date(weekly.effective_from))
    parts = [since]
    if weekly.effective_until is not None:
        parts.append(tr("until {day}", day=us_date(weekly.effective_until)))
    if weekly.every_weeks > 1:
        parts.append(tr(dict(RHYTHMS)[weekly.every_weeks]).lower())
    return ", ".join(parts)


def _detail(rooms: tuple[str, ...], visits: int | None, new: int | None, overbooked: int) -> str:
    parts = [", ".join(rooms)] if rooms else []
    if visits is not None:
        parts.append(counted(visits, "{count} visit at most", "{count} visits at most"))
    if new is not None:
        parts.append(counted(new, "{count} new patient at most", "{count} new patients at most"))
    parts.append(tr("{count} overbooked at most", count=overbooked))
    return "; ".join(parts)


def _released(hours: int | None) -> str:
    if hours is None:
        return tr("Never released")
    if hours == 0:
        return tr("Released when it begins")
    return counted(hours, "Released {count} hour before", "Released {count} hours before")


def _span(starts: datetime, ends: datetime) -> str:
    if starts.date() == ends.date():
        return f"{us_date(starts.date())}, {clock_time(starts)} to {clock_time(ends)}"
    return f"{us_date_time(starts)} to {us_date_time(ends)}"
