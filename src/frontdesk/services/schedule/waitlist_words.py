"""What is said about those who wait: when they can come, where they fit, and the offer on the phone."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from frontdesk.kernel.text import clock_time, us_time, weekday_date
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.services.schedule.search import Window

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PLACES = {
    BlockKind.URGENT: "urgent hold",
    BlockKind.NEW_PATIENT: "new patient hold",
    BlockKind.PROCEDURE: "in procedure block",
    BlockKind.LUNCH: "over lunch",
    BlockKind.CHARTING: "in charting time",
}
_SOON = {Urgency.TODAY: "Today", Urgency.THIS_WEEK: "This week", Urgency.ROUTINE: "Routine"}
_NOON = time(12)


def how_soon(urgency: Urgency) -> str:
    """ "This week"."""
    return _SOON[urgency]


def place(kind: BlockKind | None) -> str:
    """What the time is otherwise kept for; "open" where it is not."""
    return "open" if kind is None else _PLACES[kind]


def wish(reason: str, providers: Sequence[str], windows: Sequence[Window], urgency: Urgency) -> str:
    """ "Back spasm, after 11:30": why, with whom, and when the patient can come."""
    parts = [reason, " or ".join(providers)]
    if windows:
        parts.append(times(windows))
    elif providers and urgency is Urgency.ROUTINE:
        parts.append("any day")
    elif not providers:
        parts.append("any provider")
    return ", ".join(part for part in parts if part)


def briefly(name: str, last_name: str) -> str:
    """ "Dr. Lee"; "Raman" where the name has letters after a comma, which would read like a list."""
    return last_name if "," in name else name


def times(windows: Sequence[Window]) -> str:
    """ "PM", "after 11:30", "Thu, Fri AM", "Mon 9:00 to 10:00": no days where each weekday is the same."""
    by_day: dict[int, list[str]] = {}
    for window in windows:
        by_day.setdefault(window.weekday, []).append(_span(window.starts, window.ends))
    groups: dict[str, list[int]] = {}
    for weekday, spans in sorted(by_day.items()):
        groups.setdefault(" and ".join(spans), []).append(weekday)
    said = []
    for hours, weekdays in groups.items():
        every_day = set(weekdays) >= set(range(5))
        days = "" if every_day else ", ".join(_DAYS[weekday] for weekday in weekdays)
        said.append(" ".join(part for part in (days, hours) if part) or "any day")
    return "; ".join(said)


def _span(starts: time, ends: time | None) -> str:
    if starts == time.min and ends is None:
        return ""
    if ends is None:
        return "PM" if starts == _NOON else f"after {_clock(starts)}"
    if starts == time.min:
        return "AM" if ends == _NOON else f"until {_clock(ends)}"
    return f"{_clock(starts)} to {_clock(ends)}"


def _clock(at: time) -> str:
    return clock_time(datetime.combine(date.min, at))


def short(at: datetime, today: date) -> str:
    """ "11:15" today, "Thu 9:15" in the next days, "03/30 9:15" later."""
    if at.date() == today:
        return clock_time(at)
    if at.date() < today + timedelta(7):
        return f"{_DAYS[at.weekday()]} {clock_time(at)}"
    return f"{at:%m/%d} {clock_time(at)}"


def spoken(at: datetime, today: date) -> str:
    """ "today at 11:15 AM", "tomorrow at 9:00 AM", "Thursday, March 19 at 9:15 AM"."""
    days = (at.date() - today).days
    day = {0: "today", 1: "tomorrow"}.get(days, weekday_date(at.date()))
    return f"{day} at {us_time(at)}"


def offer(provider: str, starts: datetime, today: date, *, until: str, own: datetime | None) -> str:
    """What is said on the phone; for a visit that moves up, that the old time stays until they accept."""
    if own is None:
        return (
            f"A time has come free with {provider}, {spoken(starts, today)}. "
            f"I can keep it for you until {until}. Would you like it?"
        )
    return (
        f"Your visit {spoken(own, today)} could be earlier: with {provider}, {spoken(starts, today)}. "
        f"Your old time stays yours until you say yes. I can keep the new one until {until}. "
        "Would you like it?"
    )
