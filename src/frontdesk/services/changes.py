"""What a finished command changed, told to this window and to the other desks."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.models.security.audit import AuditEntry
from frontdesk.services import audit
from frontdesk.services.audit import CHANNEL, Entry
from frontdesk.services.engines import Engines
from frontdesk.services.server_clock import ServerClock

LOOK_EVERY_SECONDS = 0.25
OVERLAP = 256
"""How many entries are read again: on a server, positions may commit out of their order."""
AT_ONCE = 1000
"""How many entries are read in one go, after a time without the server; more than `OVERLAP`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """One command's changes: the tables it touched (the topics), the rows, the patients."""

    entry_id: int
    command: str
    user_id: int | None
    topics: frozenset[str]
    rows: frozenset[tuple[str, int | str]]
    """Of an act on thousands of rows only the last: whoever asks for rows by name waits for small acts."""
    patient_ids: frozenset[int]
    here: bool = True
    """Whether it was done by this process."""


def changes_in(entry: Entry, *, here: bool) -> Changes:
    """The notice of an audit entry."""
    return Changes(
        entry.intent.id,
        entry.intent.command,
        entry.intent.user_id,
        frozenset(table for change in entry.changes for table in change.tables),
        frozenset((change.table, change.id) for change in entry.changes if not change.is_part),
        frozenset(entry.patient_ids),
        here,
    )


class Watcher:
    """Follows the audit log for what other processes did, on a thread of its own.

    SQLite: a change of `data_version` wakes it; PostgreSQL: NOTIFY. Either way the log tells.
    """

    def __init__(
        self, engines: Engines, tell: Callable[[Changes], None], clock: ServerClock | None = None
    ) -> None:
        """`clock`: kept right meanwhile."""
        self._engines = engines
        self._clock = clock
        self._tell = tell
        self._seen: set[int] = set()
        self._cursor = 0
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._follow, name="changes", daemon=True)
        self.reachable = True

    def start(self) -> None:
        with Session(self._engines.read) as session:
            self._cursor = session.scalar(select(func.max(AuditEntry.position))) or 0
            start = self._cursor - OVERLAP
            lately = select(AuditEntry.position).where(AuditEntry.position > start)
            self._seen = set(session.scalars(lately))
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=2 * LOOK_EVERY_SECONDS + 1)

    def commit(self, session: Session, entry: Entry) -> None:
        """Commit what this process did, which tells its window itself.

        No look falls between the commit and the note of it: it would be told as another's, and twice.
        """
        with self._lock:
            session.commit()
            self._seen.add(entry.position)

    def look(self) -> None:
        """Tell everything in the log that was not told yet."""
        while self._told_some():
            pass

    def _told_some(self) -> bool:
        """Whether there may be more."""
        with Session(self._engines.read) as session, self._lock:
            entries = list(audit.after(session, max(0, self._cursor - OVERLAP), limit=AT_ONCE))
            new = [entry for entry in entries if entry.position not in self._seen]
            if entries:
                self._cursor = max(self._cursor, entries[-1].position)
            self._seen = {position for position in self._seen if position > self._cursor - 2 * OVERLAP}
            self._seen.update(entry.position for entry in entries)
        for entry in new:
            if self._stop.is_set():  # the window that would hear of it is going
                return False
            self._tell(changes_in(entry, here=False))
        return len(entries) == AT_ONCE

    def _follow(self) -> None:
        wait = self._follow_server if self._engines.on_server else self._follow_file
        # The driver is used without SQLAlchemy here, and its errors arrive as they are.
        driver: Any = self._engines.read.dialect.loaded_dbapi
        while not self._stop.is_set():
            try:
                wait()
            except (SQLAlchemyError, OSError, driver.Error):
                self.reachable = False
                self._stop.wait(1.0)

    def _follow_file(self) -> None:
        with self._engines.read.connect() as connection:
            connection.rollback()
            raw = connection.connection.cursor()
            known = None
            while not self._stop.wait(LOOK_EVERY_SECONDS):
                version = raw.execute("PRAGMA data_version").fetchone()
                if version != known:
                    known = version
                    self.look()
                self.reachable = True

    def _follow_server(self) -> None:
        with self._engines.write.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            driver = connection.connection.driver_connection
            assert driver is not None
            self.look()
            while not self._stop.is_set():
                self.reachable = True
                if self._clock is not None:
                    self._clock.look(connection)
                for _ in driver.notifies(timeout=LOOK_EVERY_SECONDS * 2, stop_after=1):
                    self.look()
