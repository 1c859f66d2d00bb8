"""First openings over ninety days, beside a bare sweep of sorted gaps; loading and solving also apart."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from typing import Any

from sqlalchemy import text

from benchmarks.measure import Measure, compared
from benchmarks.on_days import TODAY, practice
from frontdesk.services.command import query
from frontdesk.services.schedule import openings
from frontdesk.services.schedule.search import OpeningRequest, Search, prepare
from frontdesk.services.work import SYSTEM, Work

NAMES = ("first_openings", "first_openings_load", "first_openings_solve")
DAYS, MINUTES, DEVICE_MINUTES, SHOWN = 90, 30, 15, 6
_SESSIONS = ((480, 720), (780, 1020))
_LOAD = (
    "SELECT resource_id, starts, ends FROM resource_booking "
    "WHERE is_active AND starts >= ? AND starts < ? ORDER BY starts"
)

Spans = list[tuple[int, int]]


@query(permission="schedule.view")
def loaded(work: Work, *, request: OpeningRequest) -> tuple[Search, ...]:
    """All that a request depends on."""
    return prepare(work, request)


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
        searches, taken = database.ask(SYSTEM, loaded, request=request), _taken(cursor)
        found = openings.best(searches, request).found
        assert found[0].starts == _time(_swept(taken, kinds)[0])
        runs = {
            "first_openings": (
                lambda: database.ask(SYSTEM, openings.first_openings, request=request),
                lambda: _swept(_taken(cursor), kinds),
            ),
            "first_openings_load": (
                lambda: database.ask(SYSTEM, loaded, request=request),
                lambda: _taken(cursor),
            ),
            "first_openings_solve": (
                lambda: openings.best(searches, request),
                lambda: _swept(taken, kinds),
            ),
        }
        for name, (ours, limit) in runs.items():
            if name in wanted:
                yield compared(name, ours, limit, goal=3.0)
    database.close()


def _taken(cursor: Any) -> dict[int, Spans]:  # Any: the driver has no types
    """When each resource is taken, in minutes from the first midnight, sorted; by one prepared statement."""
    first = TODAY + timedelta(days=1)
    midnights = {str(first + timedelta(days=day)): day * 1440 for day in range(DAYS)}
    taken: dict[int, Spans] = {}
    for resource, starts, ends in cursor.execute(_LOAD, (str(first), str(first + timedelta(days=DAYS)))):
        midnight = midnights[starts[:10]]
        taken.setdefault(resource, []).append(
            (
                midnight + int(starts[11:13]) * 60 + int(starts[14:16]),
                midnight + int(ends[11:13]) * 60 + int(ends[14:16]),
            )
        )
    return taken


def _swept(taken: dict[int, Spans], kinds: dict[str, list[int]]) -> list[int]:
    """The first starts, on quarters of an hour: gaps long enough, of any of each kind, of all kinds."""
    first = TODAY + timedelta(days=1)
    work = [
        (day * 1440 + starts, day * 1440 + ends)
        for day in range(DAYS)
        if (first + timedelta(days=day)).weekday() < 5
        for starts, ends in _SESSIONS
    ]
    free = [
        _joined([_gaps(work, taken.get(id, []), minutes) for id in kinds[kind]])
        for kind, minutes in (("provider", MINUTES), ("room", MINUTES), ("device", DEVICE_MINUTES))
    ]
    starts = [
        at
        for begin, end in _common(_common(free[0], free[1]), free[2])
        for at in range(-(-begin // 15) * 15, end, 15)
    ]
    return starts[:SHOWN]


def _gaps(work: Spans, taken: Spans, minutes: int) -> Spans:
    """From when to when a visit of so many minutes may start."""
    gaps: Spans = []
    at, count = 0, len(taken)
    for starts, ends in work:
        while at < count and taken[at][1] <= starts:
            at += 1
        while at < count and taken[at][0] < ends:
            if taken[at][0] - starts >= minutes:
                gaps.append((starts, taken[at][0] - minutes + 1))
            starts = max(starts, taken[at][1])
            at += 1
        if ends - starts >= minutes:
            gaps.append((starts, ends - minutes + 1))
    return gaps


def _joined(several: list[Spans]) -> Spans:
    joined: Spans = []
    for starts, ends in merge(*several):
        if joined and starts <= joined[-1][1]:
            if ends > joined[-1][1]:
                joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((starts, ends))
    return joined


def _common(one: Spans, other: Spans) -> Spans:
    common: Spans = []
    a = b = 0
    while a < len(one) and b < len(other):
        starts, ends = max(one[a][0], other[b][0]), min(one[a][1], other[b][1])
        if starts < ends:
            common.append((starts, ends))
        if one[a][1] <= other[b][1]:
            a += 1
        else:
            b += 1
    return common


def _time(minute: int) -> datetime:
    return datetime.combine(TODAY + timedelta(days=1), datetime.min.time()) + timedelta(minutes=minute)
