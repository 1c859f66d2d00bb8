"""A visit for the patient's own calendar (RFC 5545, METHOD:PUBLISH): place and time, never why."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One visit. Times are wall times of `zone`."""

    uid: str
    """The same for the same visit: a later message about it changes the entry."""
    sequence: int
    """Grows with each move."""
    starts: datetime
    ends: datetime
    summary: str
    place: str
    description: str


def calendar_ics(entries: tuple[CalendarEntry, ...], *, zone: str, stamped_at: datetime) -> bytes:
    """The entries as a file that calendars read; wall times with the rules of their zone."""
    # Loaded here: it takes a while, and only who sends e-mail needs it.
    from icalendar import Calendar, Event, Timezone

    calendar = Calendar()
    calendar.add("prodid", "-//Frontdesk//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    here = ZoneInfo(zone)
    years = [entry.starts.year for entry in entries]
    calendar.add_component(
        Timezone.from_tzinfo(
            here,
            zone,
            first_date=datetime(min(years) - 1, 1, 1).date(),
            last_date=datetime(max(years) + 2, 1, 1).date(),
        )
    )
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", stamped_at)
        event.add("dtstart", entry.starts.replace(tzinfo=here))
        event.add("dtend", entry.ends.replace(tzinfo=here))
        event.add("summary", entry.summary)
        event.add("location", entry.place)
        event.add("description", entry.description)
        event.add("class", "PRIVATE")
        event.add("status", "CONFIRMED")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
