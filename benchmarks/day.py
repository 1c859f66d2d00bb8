"""A full day of twelve providers: its sheet, the same behind a million past visits, and how it will run."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.measure import Measure, compared
from benchmarks.on_days import PROVIDERS, TODAY, VISITS, practice
from frontdesk.services.database import Database
from frontdesk.services.schedule.projection import Expected, projection
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import day
from frontdesk.services.work import SYSTEM

NAMES = ("day_sheet", "scale_visits", "projection")
FEW, MANY = 10_000, 1_000_000
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
    """The limit: the same recurrence over plain numbers, for each provider in turn."""
    start = datetime.combine(TODAY, datetime.min.time()).replace(hour=8)
    visits = [
        [Expected(at, start + timedelta(minutes=20 * at), 20, Status.CONFIRMED) for at in range(VISITS)]
        for _ in range(PROVIDERS)
    ]
    plain = [
        [(start + timedelta(minutes=20 * at), timedelta(minutes=20)) for at in range(VISITS)]
    ] * PROVIDERS
    now = start + timedelta(hours=2)

    def ours() -> None:
        for of_provider in visits:
            projection(of_provider, now)

    def limit() -> None:
        for of_provider in plain:
            free = now
            starts = []
            for booked, length in of_provider:
                begins = max(booked, free)
                starts.append(begins)
                free = begins + length

    return compared("projection", ours, limit, goal=2.0)
