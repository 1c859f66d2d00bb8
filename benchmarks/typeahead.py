"""A keystroke in the search field: its answer among very many patients, and its paint."""

import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from benchmarks.measure import PAIRS, Measure, compared, of_pairs
from benchmarks.on_patients import SEED, fragments, opened, with_patients
from frontdesk.kernel.text import us_phone
from frontdesk.services.database import Database
from frontdesk.services.prepared import Prepared
from frontdesk.services.registration.search import search
from frontdesk.services.registration.search_statements import Hit
from frontdesk.services.work import SYSTEM
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.palette import Palette
from frontdesk.ui.shell.window import Window
from frontdesk.ui.theme import theme

NAMES = ("typeahead_200k", "typeahead_1m", "typeahead_paint_1m", "scale_patients")
COUNTS = {"typeahead_200k": 200_000, "typeahead_1m": 1_000_000}
KEYSTROKES = 50
MANY, FEW = 1_000_000, 10_000
FRAME_MS = 1000 / 60
GIVE_UP_SECONDS = 10.0
WORDS = 2
"""How many words are typed for each pair."""


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The rows that are wanted, on files that are made once."""
    for name, count in COUNTS.items():
        if name in wanted:
            database = opened(with_patients(count))
            yield _beside_the_driver(name, database)
            database.close()
    if "typeahead_paint_1m" in wanted:
        yield _painted()
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


def _beside_the_driver(name: str, database: Database) -> Measure:
    """The limit: the same statements in a read transaction by the driver, and the lines as plain tuples.

    All of a keystroke's statements are its answer: who begins so, who of today's patients is in a crowd,
    whose names hold it. The driver keeps them prepared.
    """
    typed = list(fragments(Random(SEED), KEYSTROKES))
    asked = [_statements(database, each) for each in typed]
    with database.engines.read.connect() as connection:
        connection.rollback()
        cursor = connection.connection.cursor()

        def limit() -> None:
            for statements in asked:
                cursor.execute("BEGIN")
                found: dict[int, Hit] = {}
                for statement, values in statements:
                    found |= {row[0]: Hit._make(row) for row in cursor.execute(statement, values).fetchall()}
                cursor.execute("ROLLBACK")
                for hit in sorted(found.values(), key=lambda hit: hit.search_name)[:12]:
                    name = f"{hit.legal_first} {hit.legal_last}"
                    (hit.id, name, hit.born_on, us_phone(hit.phone or ""), hit.chart_number)

        return compared(name, lambda: _type(database, typed), limit, goal=2.0, per=KEYSTROKES)


def _statements(database: Database, typed: str) -> list[tuple[str, Any]]:
    """What one keystroke sends, as the driver gets it."""
    sent: list[tuple[str, Any]] = []
    rows = Prepared.rows

    def heard(self: Prepared, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        sent.append(self.sent(session.connection(), values))
        return rows(self, session, values)

    Prepared.rows = heard  # type: ignore[method-assign] # the driver's cursor has no event to listen to
    try:
        database.ask(SYSTEM, search, typed=typed)
    finally:
        Prepared.rows = rows  # type: ignore[method-assign]
    return sent


def _painted() -> Measure:
    """From the key to the painted list of the command field, in the real window; the limit: a 60 Hz frame."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme().use("light", 100)
    desk = Desk(opened(with_patients(MANY)))
    window = Window(desk, actor=SYSTEM)
    window.show()
    assert window.workplace is not None
    window.workplace.open_palette()
    palette = next(each for each in app.topLevelWidgets() if isinstance(each, Palette))
    taken: list[float] = []
    for typed in fragments(Random(SEED), PAIRS * WORDS):
        palette.field.clear()
        _wait(app, desk)
        for letter in typed:
            begun = time.perf_counter()
            QTest.keyClicks(palette.field, letter)
            _wait(app, desk)
            app.processEvents()  # what the answer asked to be painted
            taken.append(time.perf_counter() - begun)
    window.close()
    desk.close()
    pairs = [(each, FRAME_MS / 1000) for each in taken]
    return of_pairs("typeahead_paint_1m", pairs, goal=1.0, unit="ms", scale=1000.0)


def _wait(app: QApplication, desk: Desk) -> None:
    end = time.perf_counter() + GIVE_UP_SECONDS
    while not desk.is_idle:  # resting as the real loop does, so that the answer has the processor
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        assert time.perf_counter() < end, "no answer came"
