"""First openings over ninety days, beside a bare sweep over the same bookings, both with their loading."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from benchmarks.measure import Measure, compared
from benchmarks.on_days import TODAY, practice
from frontdesk.services.schedule.openings import first_openings
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.work import SYSTEM

NAMES = ("first_openings",)
DAYS, MINUTES, DEVICE_MINUTES = 90, 30, 15
_SESSIONS = ((480, 720), (780, 1020))
_LOAD = (
    "SELECT resource_id, starts, ends FROM resource_booking WHERE is_active AND starts >= ? AND starts < ?"
)

Spans = list[tuple[int, int]]


def measures(wanted: set[str]) -> Iterator[Measure]:
    """A visit of half an hour that needs a provider, an exam room and an ultrasound; 85 % are taken."""
    database = practice(10_000, ahead_percent=85)
    with database.engines.read.connect() as connection:
        kind = connection.execute(text("SELECT id FROM visit_type WHERE name = 'Scan'")).scalar_one()
        kinds: dict[str, list[int]] = {}
        for id, of_kind in connection.execute(text("SELECT id, kind FROM resource ORDER BY id")):
            kinds.setdefault(of_kind, []).append(id)
        cursor = connection.connection.cursor()
        request = OpeningRequest(visit_type_id=kind, first_day=TODAY + timedelta(days=1), days=DAYS)

        def ours() -> None:
            assert database.ask(SYSTEM, first_openings, request=request).found

        def limit() -> None:
            assert _swept(cursor, kinds)

        yield compared("first_openings", ours, limit, goal=3.0)
    database.close()


def _swept(cursor: Any, kinds: dict[str, list[int]]) -> list[int]:  # Any: the driver has no types
    """The first six starts, on quarters of an hour."""
    first = TODAY + timedelta(days=1)
    origin = datetime.combine(first, datetime.min.time())
    taken: dict[int, Spans] = {}
    for resource, starts, ends in cursor.execute(_LOAD, (str(first), str(first + timedelta(days=DAYS)))):
        at = (int(starts[11:13]) * 60) + int(starts[14:16])
        day = (datetime.fromisoformat(starts[:10]) - origin).days * 1440
        until = (int(ends[11:13]) * 60) + int(ends[14:16])
        taken.setdefault(resource, []).append((day + at, day + until))
    work = [
        (day * 1440 + starts, day * 1440 + ends)
        for day in range(DAYS)
        if (first + timedelta(days=day)).weekday() < 5
        for starts, ends in _SESSIONS
    ]
    free = {
        kind: {
            at
            for id in ids
            for starts, ends in _gaps(work, sorted(taken.get(id, [])))
            for at in range(-(-starts // 15) * 15, ends - minutes + 1, 15)
        }
        for kind, ids, minutes in (
            ("provider", kinds["provider"], MINUTES),
            ("room", kinds["room"], MINUTES),
            ("device", kinds["device"], DEVICE_MINUTES),
        )
    }
    return sorted(free["provider"] & free["room"] & free["device"])[:6]


def _gaps(work: Spans, taken: Spans) -> Spans:
    gaps: Spans = []
    at = 0
    for starts, ends in work:
        while at < len(taken) and taken[at][1] <= starts:
            at += 1
        while at < len(taken) and taken[at][0] < ends:
            if starts < taken[at][0]:
                gaps.append((starts, taken[at][0]))
            starts = max(starts, taken[at][1])
            at += 1
        if starts < ends:
            gaps.append((starts, ends))
    return gaps
