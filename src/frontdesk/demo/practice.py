"""Builds the demo practice: set up as an office would be, filled in bulk, its past days closed."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from frontdesk.demo import (
    asking,
    awaited,
    away,
    charts,
    claim_rules,
    closing,
    copying,
    covering,
    estimating,
    fill,
    in_tray,
    office,
    owing,
    paper,
    payer_accounts,
    recurring,
    releasing,
    reminding,
    remittance,
    retiring,
    sending,
    statements,
    superbill_sheets,
    twice,
    verifying,
    waiting,
)
from frontdesk.demo.start import PATIENTS, SEED, STARTS_AT, STATION, Progress, no_progress
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.ids import IdMaker
from frontdesk.services.database import Database, watched
from frontdesk.services.engines import Engines, local_file
from frontdesk.services.records import text_reading
from frontdesk.services.work import SYSTEM

OPENED_AT: Final = datetime(2024, 1, 2, 17, 0, tzinfo=UTC)


def build(
    target: Engines | tuple[Path, bytes],
    *,
    patients: int = PATIENTS,
    seed: int = SEED,
    progress: Progress = no_progress,
) -> str:
    """Fill an empty database, or a new encrypted file (its path and key), with the demo practice.

    The same numbers give the same rows, ids included, on either engine. Gives back the text of an 835
    that waits to be imported; empty for a practice so small that no claim is out.
    """
    engines = local_file(*target) if isinstance(target, tuple) else target
    clock = SetClock(OPENED_AT)
    database = Database(engines, station=STATION, clock=clock, ids=IdMaker(Random(f"{seed} ids").getrandbits))
    incoming = ""
    try:
        progress(0, 100, "Practice")
        office.set_up(database, lambda what: progress(0, 100, what))
        clock.set(STARTS_AT)
        with watched(lambda done, of: progress(5 + 90 * done // max(of, 1), 100, "Patients and visits")):
            database.do(SYSTEM, fill.fill, patients=patients, seed=seed)
        progress(95, 100, "Documents")
        charts.bring_in(database, clock)
        in_tray.bring(database, clock)
        paper.keep(database, clock)
        statements.send(database, clock)
        owing.leave(database, clock)
        progress(96, 100, "Claims")
        claim_rules.keep(database, clock)
        sending.send(database, clock)
        claim_rules.make_exceptions(database)
        payer_accounts.leave(database, clock)
        progress(97, 100, "Past days closed")
        closing.close_days(database, clock)
        superbill_sheets.write_templates(database, STARTS_AT.date())
        waiting.leave(database, clock)
        twice.register(database, clock)
        asking.leave(database, clock)
        recurring.leave(database, clock)
        away.note(database, clock)
        covering.leave(database, clock)
        reminding.begin(database, clock)
        estimating.leave(database, clock)
        verifying.ask(database, clock)
        releasing.send_past(database, clock)
        copying.leave(database, clock)
        releasing.state_fees(database, clock)
        awaited.leave(database, clock)
        retiring.leave(database, clock)
        text_reading.read_all(database)
        incoming = remittance.waiting(database)
        progress(100, 100, "Ready")
    finally:
        if isinstance(target, tuple):
            database.close()
    return incoming
