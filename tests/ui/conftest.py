"""A desk for the windows: a real database behind it, and a way to wait until all has arrived."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.database import Database
from frontdesk.ui.desk import Desk
from frontdesk.ui.garbage import keep_in_this_thread
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.theme import theme
from tests.office import DANA
from tests.patience import settled
from tests.ui import window_thread

window_thread.guard()


@pytest.fixture(autouse=True)
def _plain_look(qapp: QApplication) -> Iterator[None]:
    """Each test begins and ends with the light theme at 100 %."""
    keep_in_this_thread(qapp)
    theme().use("light", 100)
    yield
    if theme().name != "light" or theme().scale != 100:
        theme().use("light", 100)


@pytest.fixture
def desk(file_database: Database, qtbot: QtBot) -> Iterator[Desk]:
    """Dana's desk, with every right."""
    made = Desk(file_database, DANA)
    yield made
    settled(qtbot, made)
    made.close()


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    """Waits until everything that was asked and done has arrived."""

    def wait() -> None:
        settled(qtbot, desk)

    return wait


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Preferences in a file of the test's own."""
    return Preferences(QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat))
