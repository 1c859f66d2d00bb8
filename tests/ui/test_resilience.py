"""The office's database is gone in the middle of the work: said plainly, and nothing typed is lost."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection, event

from frontdesk.kernel.clock import SetClock
from frontdesk.services import engines
from frontdesk.services.database import Database
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.label import Label
from frontdesk.ui.registration.register import RegisterPage
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from tests import postgres_server
from tests.builders.office import site
from tests.office import DANA, KEY, Office
from tests.patience import settled
from tests.postgres_server import OwnServer
from tests.twin import file_of

NOT_REACHED = "The office's database cannot be reached. Nothing was saved; your entries are still here."
HELD = "Another program is using the office's file. Nothing was saved. Try again in a moment."
READ_ONLY = "The office's file can only be read, not written. Nothing was saved."
WALTER = ("Walter", "Harris", "02/09/1951")
"""Milliseconds: until a loss is noticed, and until the server is found again."""

Opener = Callable[[Database], Window]


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with postgres_server.of_ones_own() as own:
        yield own


@pytest.fixture
def opener(preferences: Preferences, clock: SetClock, qtbot: QtBot) -> Iterator[Opener]:
    """Opens the whole window on a database, with Dana in it, the form for a new patient filled in."""
    opened: list[Desk] = []

    def open_it(database: Database) -> Window:
        site(Office(database, clock))
        database.watch_others()
        desk = Desk(database)
        opened.append(desk)
        window = Window(desk, preferences=preferences)
        qtbot.addWidget(window)
        window.show()
        window.let_in(DANA)
        settled(qtbot, desk)
        assert window.workplace is not None
        window.workplace.go("registration")
        form = form_of(window).form
        for edit, text in zip((form.first, form.last, form.born_on), WALTER, strict=True):
            QTest.keyClicks(edit, text)
        settled(qtbot, desk)
        return window

    yield open_it
    settled(qtbot, *opened)
    for desk in opened:
        desk.close()


def form_of(window: Window) -> RegisterPage:
    assert window.workplace is not None
    page = window.workplace.page
    assert isinstance(page, RegisterPage)
    return page


def typed(page: RegisterPage) -> tuple[str, str, str]:
    return page.form.first.text(), page.form.last.text(), page.form.born_on.text()


def register(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    settled(qtbot, window.desk)


def test_the_server_stops_and_comes_back(
    opener: Opener, server: OwnServer, clock: SetClock, qtbot: QtBot
) -> None:
    window = opener(Database.open_server(server.url, station="Front desk 2", clock=clock))
    page, workplace = form_of(window), window.workplace
    assert workplace is not None

    def wait_for_header(words: str) -> None:
        labels = workplace.header.findChildren(Label)
        qtbot.waitUntil(lambda: words in {label.text() for label in labels})

    wait_for_header("Office server")
    server.stop()
    wait_for_header("Office server: not reachable")
    register(window, qtbot)
    assert page.banner.text == NOT_REACHED
    assert typed(page) == WALTER

    # Every page says so in a sentence, and the desk can still be locked.
    for name in workplace.page_names:
        workplace.go(name)
        settled(qtbot, window.desk)
    workplace.undo()
    window.lock()
    window.let_in(DANA)
    settled(qtbot, window.desk)
    workplace.go("claims")
    claims = workplace.page
    assert claims is not None
    settled(qtbot, window.desk)

    server.start()
    wait_for_header("Office server")
    qtbot.waitUntil(lambda: not claims.banner.text)
    workplace.go("registration")
    settled(qtbot, window.desk)
    assert (typed(page), page.banner.text) == (WALTER, "")
    register(window, qtbot)
    assert workplace.status.said == "Registered Walter Harris"


def test_another_program_holds_the_file(
    opener: Opener, file_database: Database, clock: SetClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.3)  # it is ten in earnest
    window = opener(Database.open_file(file_of(file_database), KEY, station="Front desk 2", clock=clock))
    page = form_of(window)
    with file_database.engines.write.connect() as holder, holder.begin():
        register(window, qtbot)
        assert page.banner.text == HELD
        assert typed(page) == WALTER
    register(window, qtbot)
    assert typed(page) == ("", "", "")


def test_the_file_may_only_be_read(opener: Opener, file_database: Database, qtbot: QtBot) -> None:
    window = opener(file_database)
    page = form_of(window)

    def close_off(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.rollback()

    event.listen(file_database.engines.write, "engine_connect", close_off)
    register(window, qtbot)
    assert page.banner.text == READ_ONLY
    assert typed(page) == WALTER
