"""Booking a visit with all its rules, committed for good, against a check and its rows by the bare driver."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from benchmarks.measure import Measure, compared
from benchmarks.on_engines import ENGINES, Fresh, Writes, bare_cursor, office_on
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.slot import Slot
from tests.builders.registration import danielle
from tests.builders.schedule import doctor, visit_type
from tests.office import Office

NAMES = tuple(f"book_{engine}" for engine in ENGINES)
ACTS = 8
_FIRST = date(2026, 3, 18)
_HOURS = (8, 9, 10, 11, 13, 14, 15)
_RECORDED = datetime(2026, 3, 18, 16, 45)
_IS_TAKEN = {
    "sqlite": "SELECT id FROM resource_booking"
    " WHERE resource_id = ? AND is_active AND starts < ? AND ends > ?",
    "postgres": "SELECT id FROM resource_booking"
    " WHERE resource_id = %s AND is_active AND starts < %s AND ends > %s",
}


def measures(wanted: set[str]) -> Iterator[Measure]:
    """One row for each engine that is wanted."""
    for engine in ENGINES:
        if f"book_{engine}" in wanted:
            with office_on(engine) as office:
                yield _booking(office, engine)


def _booking(office: Office, engine: str) -> Measure:
    patient, lee, kind = danielle(office), doctor(office), visit_type(office)
    free = _slots()

    def book(starts: datetime) -> None:
        office.do(booking.book, patient_id=patient, slot=Slot(lee, starts), visit_type_id=kind)

    book(next(free))
    writes = Writes(office, lambda: book(_RECORDED))
    times: Fresh = _later(_RECORDED) | _later(_RECORDED + timedelta(minutes=15))
    runs = 0
    with bare_cursor(office) as cursor:

        def limit() -> None:
            nonlocal runs
            for _ in range(ACTS):
                runs += 1
                starts = _RECORDED + timedelta(days=runs)
                wanted: tuple[Any, ...] = (lee, starts + timedelta(minutes=15), starts)
                if engine == "sqlite":
                    wanted = (lee, str(wanted[1]), str(wanted[2]))
                assert not cursor.execute(_IS_TAKEN[engine], wanted).fetchall()
                writes.send(cursor, times)

        def ours() -> None:
            for _ in range(ACTS):
                book(next(free))

        return compared(f"book_{engine}", ours, limit, goal=3.0, per=ACTS)


def _slots() -> Iterator[datetime]:
    """Quarters of an hour on working days."""
    on = _FIRST
    while True:
        if on.weekday() < 5:
            for hour in _HOURS:
                for minute in (0, 15, 30, 45):
                    yield datetime.combine(on, time(hour, minute))
        on += timedelta(days=1)


def _later(recorded: datetime) -> Fresh:
    """As many days later as there were runs, in the form that either driver knows."""
    return {
        recorded: lambda run: recorded + timedelta(days=run),
        f"{recorded}.000000": lambda run: f"{recorded + timedelta(days=run)}.000000",
    }
