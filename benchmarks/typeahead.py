"""A keystroke in the search field: its answer among very many patients, and its paint."""

from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.measure import Measure, compared
from benchmarks.on_patients import SEED, fragments, opened, with_patients
from frontdesk.kernel.text import us_phone
from frontdesk.services.database import Database
from frontdesk.services.registration import search_statements
from frontdesk.services.registration.search import search
from frontdesk.services.registration.typed import understand
from frontdesk.services.work import SYSTEM

NAMES = ("typeahead_200k", "typeahead_1m", "scale_patients")
COUNTS = {"typeahead_200k": 200_000, "typeahead_1m": 1_000_000}
KEYSTROKES = 50
MANY, FEW = 1_000_000, 10_000


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The rows that are wanted, on files that are made once."""
    for name, count in COUNTS.items():
        if name in wanted:
            database = opened(with_patients(count))
            yield _beside_a_statement(name, database)
            database.close()
    if "scale_patients" in wanted:
        many, few = opened(with_patients(MANY)), opened(with_patients(FEW))
        typed = list(fragments(Random(SEED), KEYSTROKES))
        yield compared(
            "scale_patients", lambda: _type(many, typed), lambda: _type(few, typed), goal=1.3, per=KEYSTROKES
        )
        many.close()
        few.close()


def _type(database: Database, typed: list[str]) -> None:
    for each in typed:
        database.ask(SYSTEM, search, typed=each)


def _beside_a_statement(name: str, database: Database) -> Measure:
    """The limit: the driver runs the same statement, prepared, and gives the twelve lines as plain tuples."""
    typed = list(fragments(Random(SEED), KEYSTROKES))
    today = database.clock.now().date()
    asked = []
    for each in typed:
        terms = understand(each, today)
        statement = search_statements.hits(search_statements.shape_of(terms), 41)
        compiled = statement.compile(database.engines.read)
        values = {**compiled.params, **search_statements.bounds_of(terms, today)}
        places: Any = compiled.positiontup  # Any: a private list of names in SQLAlchemy's own type
        asked.append(
            (
                str(compiled),
                tuple(
                    str(values[place]) if "since" in place or "today" in place else values[place]
                    for place in places
                ),
            )
        )
    with database.engines.read.connect() as connection:
        cursor = connection.connection.cursor()

        def limit() -> None:
            for statement, values in asked:
                rows = cursor.execute(statement, values).fetchall()
                rows.sort(key=lambda row: row[4])
                for row in rows[:12]:
                    (row[0], f"{row[1]} {row[2]}", row[5], us_phone(row[8] or ""), row[6])

        return compared(name, lambda: _type(database, typed), limit, goal=2.0, per=KEYSTROKES)
