"""A second database with the same content, and the comparison of two: for replay."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from frontdesk.models import every_table
from frontdesk.services.database import Database
from tests import postgres_server
from tests.office import KEY, Office

LOG = {"audit_entry", "audit_part", "audit_patient", "station"}
SECRET = {"document_key": "key", "document_chunk": "bytes"}
"""What each database has of its own for the same content: a key, and what that key makes of the bytes."""


@contextmanager
def copy_of(database: Database, folder: Path) -> Iterator[Callable[[], Database]]:
    """Copies the database as it is now; the yielded function opens the copy at the same station."""
    opened: list[Database] = []
    address = database.engines.write.url
    if database.engines.on_server:
        assert address.database is not None
        name = f"{address.database[:50]}_twin"
        database.engines.close()  # a template may have no connections
        url = postgres_server.create_database(name, template=address.database)

        def reopen() -> Database:
            return Database.open_server(url, station=database.station.name, clock=database.clock)
    else:
        source = file_of(database)
        target = folder / "twin.db"
        with database.engines.write.connect() as connection:  # BEGIN IMMEDIATE: nobody writes meanwhile
            for suffix in ("", "-wal"):
                if source.with_name(source.name + suffix).exists():
                    shutil.copy(
                        source.with_name(source.name + suffix), target.with_name(target.name + suffix)
                    )
            connection.rollback()

        def reopen() -> Database:
            return Database.open_file(target, KEY, station=database.station.name, clock=database.clock)

    def open_it() -> Database:
        opened.append(reopen())
        return opened[-1]

    try:
        yield open_it
    finally:
        for twin in opened:
            twin.close()
        if database.engines.on_server:
            postgres_server.drop_database(name)


def file_of(database: Database) -> Path:
    """The file of a database that has one."""
    with database.engines.read.connect() as connection:
        return Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])


def rows_of(database: Database, *, log: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order of their keys."""
    found = {}
    with database.engines.read.connect() as connection:
        for table in every_table():
            if log or table.name not in LOG:
                columns = [column for column in table.columns if column.name != SECRET.get(table.name)]
                rows = connection.execute(select(*columns).order_by(*table.primary_key.columns))
                found[table.name] = [tuple(row) for row in rows]
    return found


def replayed(recorded: Database, onto: Database, *, after: int = 0) -> int:
    """Carry out on another database what the first one's log holds behind a position."""
    entries = recorded.log_after(after, limit=100_000)
    return onto.replay((entry.intent, entry.undoes_id) for entry in entries)


def position_of(office: Office) -> int:
    """Where the log stands now."""
    entries = office.database.log_after(0, limit=1_000_000)
    return entries[-1].position if entries else 0
