"""A search through the text of very many documents, beside the bare statements on the same index."""

import atexit
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from benchmarks.measure import Measure, compared
from benchmarks.on_documents import SEED, asked, fill, with_documents
from benchmarks.on_engines import ENGINES
from benchmarks.on_patients import NOW, opened
from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.prepared import Prepared
from frontdesk.services.records import search
from frontdesk.services.work import SYSTEM
from tests import postgres_server

COUNT = 200_000
QUESTIONS = 30
NAMES = tuple(f"search_documents_200k_{engine}" for engine in ENGINES)


def measures(wanted: set[str]) -> Iterator[Measure]:
    """A row for each engine."""
    for engine in ENGINES:
        name = f"search_documents_200k_{engine}"
        if name in wanted:
            with _filled(engine) as database:
                yield _beside_the_driver(name, database)


@contextmanager
def _filled(engine: str) -> Iterator[Database]:
    if engine == "sqlite":
        database = opened(with_documents(COUNT))
        yield database
        database.close()
        return
    atexit.register(postgres_server.release)
    name = f"bench_documents_{os.getpid()}"
    database = Database.open_server(
        postgres_server.create_database(name), station="Front desk 2", clock=SetClock(NOW)
    )
    try:
        fill(database, COUNT)
        yield database
    finally:
        database.close()
        postgres_server.drop_database(name)


def _beside_the_driver(name: str, database: Database) -> Measure:
    """The limit: the statements that a search sends, prepared by the driver, their rows fetched."""
    typed = list(asked(Random(SEED), QUESTIONS))
    sent = [_statements(database, each) for each in typed]
    with database.engines.read.connect() as connection:
        connection.rollback()
        driver: Any = connection.connection.driver_connection  # Any: either driver's own
        if database.engines.on_server:
            driver.autocommit = True
            driver.prepare_threshold = 1
        cursor = driver.cursor()

        def limit() -> None:
            for statements in sent:
                cursor.execute("BEGIN")
                for statement, values in statements:
                    cursor.execute(statement, values).fetchall()
                cursor.execute("ROLLBACK")

        def ours() -> None:
            for each in typed:
                database.ask(SYSTEM, search.find, typed=each)

        found = compared(name, ours, limit, goal=2.0, per=QUESTIONS)
        cursor.close()
        if database.engines.on_server:
            driver.autocommit = False
        return found


def _statements(database: Database, typed: str) -> list[tuple[str, Any]]:
    """What one question sends, as the driver gets it."""
    sent: list[tuple[str, Any]] = []
    rows = Prepared.rows

    def heard(self: Prepared, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        sent.append(self.sent(session.connection(), values))
        return rows(self, session, values)

    Prepared.rows = heard  # type: ignore[method-assign] # the driver's cursor has no event to listen to
    try:
        database.ask(SYSTEM, search.find, typed=typed)
    finally:
        Prepared.rows = rows  # type: ignore[method-assign]
    return sent
