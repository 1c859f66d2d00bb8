"""A full day of twelve providers: its sheet, the same behind a million past visits, and how it will run."""

from collections.abc import Iterator
from datetime import timedelta
from math import erf, exp, pi, sqrt

from benchmarks.measure import Measure, compared
from benchmarks.on_days import PROVIDERS, TODAY, VISITS, practice
from frontdesk.services.database import Database
from frontdesk.services.schedule.simulation import Expected, Length, project
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import day
from frontdesk.services.work import SYSTEM

NAMES = ("day_sheet", "scale_visits", "projection")
FEW, MANY = 10_000, 1_000_000
_OPENS, _EACH, _SPREAD = 8 * 60, 20, 4
_JOIN = """
SELECT a.id, a.version, a.patient_id, a.provider_id, a.visit_type_id, a.starts, a.ends, a.lifecycle, a.stage,
    a.stage_at, a.confirmation, a.provider_in_at, a.reason, a.note, a.is_new_patient, a.is_overbooked,
    p.legal_last, p.legal_first, p.preferred_name, p.chart_number, p.born_on, p.interpreter_needed,
    p.language, v.name, v.is_video, r.name,
    (SELECT group_concat(c.id || v.result) FROM coverage c LEFT JOIN coverage_verification v
        ON v.coverage_id = c.id WHERE c.patient_id = p.id),
    (SELECT group_concat(s.id) FROM consent s WHERE s.patient_id = p.id),
    (SELECT group_concat(w.sentence) FROM patient_alert w WHERE w.patient_id = p.id AND w.ended_at IS NULL),
    (SELECT sum(j.amount_cents) FROM account_member m JOIN journal_entry j ON j.account_id = m.account_id
        WHERE m.patient_id = p.id AND j.responsible = 'patient')
FROM appointment a JOIN patient p ON p.id = a.patient_id JOIN visit_type v ON v.id = a.visit_type_id
LEFT JOIN resource r ON r.id = a.room_id
WHERE a.starts >= ? AND a.starts < ? AND a.lifecycle <> 'entered_in_error' ORDER BY a.starts, a.id
"""


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The rows that are wanted; the practices are made once."""
    if "day_sheet" in wanted:
        database = practice(FEW)
        yield _sheet(database)
        database.close()
    if "scale_visits" in wanted:
        many, few = practice(MANY), practice(FEW)
        yield compared("scale_visits", lambda: _show(many), lambda: _show(few), goal=1.3)
        many.close()
        few.close()
    if "projection" in wanted:
        yield _projection()


def _show(database: Database) -> None:
    shown = database.ask(SYSTEM, day.flagged_day, day=TODAY)
    assert len(shown.sheet.visits) == PROVIDERS * VISITS


def _sheet(database: Database) -> Measure:
    """The limit: one prepared join of the same columns, what the flags are made of included."""
    with database.engines.read.connect() as connection:
        cursor = connection.connection.cursor()

        def limit() -> None:
            found = cursor.execute(_JOIN, (str(TODAY), str(TODAY + timedelta(days=1)))).fetchall()
            assert len(found) == PROVIDERS * VISITS

        return compared("day_sheet", lambda: _show(database), limit, goal=2.0)


def _projection() -> Measure:
    """Every provider's rest of the day, after each stamp of it: patients are called in and sent out.

    The limit: the same recurrences (starts, and by when they are on four days of five) in a plain loop
    over plain numbers.
    """
    days = [[*_after(stamp)] for stamp in range(2 * VISITS)]
    plain = [
        [(visit.starts, visit.length.usual, _SPREAD) for visit in each if visit.status is Status.CONFIRMED]
        for each in days
    ]

    def ours() -> None:
        for stamp, visits in enumerate(days):
            for _ in range(PROVIDERS):
                project(visits, _OPENS + _EACH // 2 * stamp)

    root, root_2 = sqrt(2 * pi), sqrt(2)

    def limit() -> None:
        for stamp, visits in enumerate(plain):
            for _ in range(PROVIDERS):
                mean = free = float(_OPENS + _EACH // 2 * stamp)
                variance, starts, latest = 0.0, [], []
                for booked, length, spread in visits:
                    starts.append(max(booked, free))
                    deviation = sqrt(variance) or 1e-9
                    latest.append(max(booked, mean + 0.8416 * deviation))
                    after = mean - booked
                    density = deviation * exp(-0.5 * (after / deviation) ** 2) / root
                    chance = 0.5 + 0.5 * erf(after / deviation / root_2)
                    over = after * chance + density
                    variance = (after**2 + variance) * chance + after * density - over**2
                    mean = booked + over + length
                    variance += (spread / 0.8416) ** 2
                    free = starts[-1] + length

    return compared("projection", ours, limit, goal=2.0)


def _after(stamp: int) -> Iterator[Expected]:
    """A day of which so many visits have begun or ended."""
    for place in range(VISITS):
        begun, ended = 2 * place < stamp, 2 * place + 1 < stamp
        status = Status.DONE if ended else Status.IN_VISIT if begun else Status.CONFIRMED
        starts = _OPENS + _EACH * place
        yield Expected(place, starts, Length(_EACH, _EACH + _SPREAD), status, starts + 3 if begun else None)
