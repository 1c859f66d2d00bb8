"""The call list in the window: one key per call, the next patient by itself, declining asks first."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.database import Done
from frontdesk.services.schedule import calls
from frontdesk.ui.desk import Desk
from frontdesk.ui.schedule.calling_off_dialog import CallingOffDialog
from frontdesk.ui.schedule.calls_page import CallsPage
from tests.builders.schedule import at, book, walter
from tests.office import Office

THURSDAY = date(2026, 3, 19)


@pytest.fixture
def visits(file_office: Office) -> tuple[int, int]:
    return book(file_office, at("9:00")), book(file_office, at("10:00"), patient_id=walter(file_office))


@pytest.fixture
def page(visits: tuple[int, int], desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> CallsPage:
    made = CallsPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    settle()
    made.table.setFocus()
    settle()
    return made


def listed(office: Office) -> list[int]:
    return [call.appointment_id for call in office.ask(calls.call_list)]


def test_one_key_confirms_and_the_next_patient_comes(
    page: CallsPage, visits: tuple[int, int], file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    assert page.panel._name.text() == "Foster, Danielle"
    QTest.keyClick(page.table, Qt.Key.Key_C)
    settle()
    qtbot.waitUntil(lambda: page.panel._name.text() == "Harris, Walter")
    assert told == ["Foster, Danielle confirmed Wed 3/18, 9:00"]
    assert listed(file_office) == [visits[1]]


def test_undo_brings_a_call_back(
    page: CallsPage, visits: tuple[int, int], desk: Desk, file_office: Office, settle: Callable[[], None]
) -> None:
    done: list[Done[object]] = []
    desk.done.connect(done.append)
    QTest.keyClick(page.table, Qt.Key.Key_M)
    settle()
    assert listed(file_office) == [visits[1]]
    desk.undo(page, lambda _: None, done[0].entry_id)
    settle()
    assert listed(file_office) == list(visits)


def test_whoever_does_not_come_is_asked_about_and_nothing_is_cancelled_by_itself(
    page: CallsPage, file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_D)
    settle()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CallingOffDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CallingOffDialog)
    before = [entry.intent.command for entry in file_office.database.log_after(0)]
    assert "visit.calling_off.call_off" not in before
    dialog.reason.set_value("Feels better")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    after = [entry.intent.command for entry in file_office.database.log_after(0)]
    assert after[-1] == "visit.calling_off.call_off"


def test_an_empty_list_says_so(desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> None:
    made = CallsPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    assert made._left.currentWidget() is made._nothing
    QTest.keyClick(made.table, Qt.Key.Key_C)
    settle()
