"""A fresh office on an engine that keeps its commits, and the writes of a command as bare statements."""

import atexit
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.ids import RANDOM_BITS, IdMaker
from frontdesk.services.database import Database
from tests import postgres_server
from tests.office import KEY, Office

NOW = datetime(2026, 3, 17, 17, 42, tzinfo=UTC)
ENGINES = ("sqlite", "postgres")
_SEQUENCE = 900_000_000
_IDS_OF_AN_ACT = 1 << RANDOM_BITS

# Any, in this file: the drivers' values.
Fresh = dict[Any, Callable[[int], Any]]
"""What must not repeat: how a recorded value looks in the n-th run."""


@contextmanager
def office_on(engine: str) -> Iterator[Office]:
    """An empty office: "sqlite" is an encrypted file, "postgres" a server that flushes each commit."""
    clock = SetClock(NOW)
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            database = Database.open_file(Path(folder) / "office.db", KEY, station="Desk 2", clock=clock)
        else:
            atexit.register(postgres_server.release)
            name = f"bench_{os.getpid()}"
            postgres_server.drop_database(name, durable=True)
            url = postgres_server.create_database(name, durable=True)
            database = Database.open_server(url, station="Desk 2", clock=clock)
        try:
            yield Office(database, clock)
        finally:
            database.close()
            if engine != "sqlite":
                postgres_server.drop_database(name, durable=True)


class Writes:
    """The rows that one act wrote, sent again by the bare driver, each time with ids of their own."""

    def __init__(self, office: Office, act: Callable[[], object]) -> None:
        self._office = office
        self._told: list[tuple[str, Any, bool]] = []
        self._runs = 0
        engine = office.database.engines.write
        # A sequence that no other number looks like, so that it can be told apart.
        with engine.begin() as connection:
            connection.execute(text("UPDATE station SET audit_sequence = :at"), {"at": _SEQUENCE})
        other = Database(office.database.engines, station="Bare driver", clock=office.clock)
        self._stations = {office.database.station.id: other.station.id}  # two chains in one log
        office.clock.advance(seconds=1)  # ids grow with time: what is older was there before
        self._first_id = IdMaker(lambda _: 0).first_of_block(office.clock.now())
        event.listen(engine, "before_cursor_execute", self._hear)
        act()
        event.remove(engine, "before_cursor_execute", self._hear)

    def _hear(self, _c: object, _u: object, statement: str, values: Any, _x: object, many: bool) -> None:
        if statement.lstrip().startswith(("INSERT", "UPDATE", "NOTIFY")):
            self._told.append((statement, values, many))

    def send(self, cursor: Any, fresh: Fresh) -> None:
        """One transaction with these rows, on a driver's cursor."""
        self._runs += 1
        run = self._runs

        def renewed(value: Any) -> Any:
            if isinstance(value, int) and value >= self._first_id:
                return value + run * _IDS_OF_AN_ACT
            if isinstance(value, int) and _SEQUENCE <= value < _SEQUENCE + _IDS_OF_AN_ACT:
                return value + run
            if isinstance(value, (str, datetime)) and value in fresh:
                return fresh[value](run)
            return self._stations.get(value, value) if isinstance(value, int) else value

        on_server = self._office.database.engines.on_server
        cursor.execute("BEGIN" if on_server else "BEGIN IMMEDIATE")
        for statement, values, many in self._told:
            rows = [_mapped(row, renewed) for row in (values if many else (values,))]
            if many:
                cursor.executemany(statement, rows)
            elif rows[0]:
                cursor.execute(statement, rows[0])
            else:
                cursor.execute(statement)
        cursor.execute("COMMIT")


@contextmanager
def bare_cursor(office: Office) -> Iterator[Any]:
    """The driver itself, on a connection of its own, in autocommit; psycopg prepares what it sees twice."""
    with office.database.engines.write.connect() as connection:
        connection.rollback()
        driver: Any = connection.connection.driver_connection
        if office.database.engines.on_server:
            driver.autocommit = True
            driver.prepare_threshold = 1
        with_cursor = driver.cursor()
        yield with_cursor
        with_cursor.close()
        if office.database.engines.on_server:
            driver.autocommit = False


def _mapped(row: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(row, dict):
        return {name: change(value) for name, value in row.items()}
    return tuple(change(value) for value in row)
