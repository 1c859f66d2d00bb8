"""What stands around an empty command, and how soon another desk hears of one."""

import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Measure, compared, of_pairs
from frontdesk.kernel.clock import SetClock
from frontdesk.services.changes import Changes
from frontdesk.services.command import command, irreversible
from frontdesk.services.database import Database
from frontdesk.services.engines import local_file
from frontdesk.services.work import SYSTEM, Work
from tests.builders.office import site
from tests.office import KEY, Office

NAMES = ("command_overhead", "change_seen")
ACTS = 50
SEEN_WITHIN_SECONDS = 2.0


@command("Do nothing", permission="office.edit", undo=irreversible("There is nothing to take back."))
def do_nothing(work: Work) -> None:
    """An act without a change, to see what stands around it."""


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The rows that are wanted, on a fresh encrypted file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        database = Database.open_file(path, KEY, station="Front desk 2")
        site(Office(database, SetClock(database.clock.now())))
        if "command_overhead" in wanted:
            yield _overhead(database, Path(folder))
        if "change_seen" in wanted:
            yield _seen(database, path)
        database.close()


def _overhead(database: Database, folder: Path) -> Measure:
    engines = local_file(folder / "bare.db", KEY)
    with engines.write.connect() as connection:
        connection.rollback()
        raw = connection.connection.cursor()
        raw.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, told TEXT)")

        def ours() -> None:
            for _ in range(ACTS):
                database.do(SYSTEM, do_nothing)

        def limit() -> None:
            for _ in range(ACTS):
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("INSERT INTO entry (told) VALUES (?)", ("x" * 600,))
                raw.execute("COMMIT")

        measure = compared("command_overhead", ours, limit, goal=2.0, per=ACTS)
    engines.close()
    return measure


def _seen(database: Database, path: Path) -> Measure:
    """Without the paint, which takes a frame: from the click at one desk to the notice at another."""
    other = Database.open_file(path, KEY, station="Front desk 1")
    heard = threading.Event()

    def hear(changes: Changes) -> None:
        heard.set()

    other.listen(hear)
    other.watch_others()
    pairs = []
    for _ in range(9):
        heard.clear()
        begun = time.perf_counter()
        database.do(SYSTEM, do_nothing)
        assert heard.wait(SEEN_WITHIN_SECONDS * 5)
        pairs.append((time.perf_counter() - begun, SEEN_WITHIN_SECONDS))
        time.sleep(0.05)
    other.close()
    return of_pairs("change_seen", pairs, goal=0.5, unit="s")
