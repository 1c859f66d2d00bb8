"""A walk-in by keyboard: found or registered, the soonest time, and the check-in opens."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.visit import board, check_in
from frontdesk.services.visit.check_in import Stage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.registration.register import RegisterPage
from frontdesk.ui.visit.walk_in_page import WalkInPage
from tests.builders.registration import danielle
from tests.builders.schedule import doctor, visit_type
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> WalkInPage:
    danielle(file_office)
    doctor(file_office)
    visit_type(file_office)
    made = WalkInPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 820)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_with(Errand("walk_in"))
    settle()
    return made


def find(page: WalkInPage, text: str, qtbot: QtBot, settle: Settle) -> None:
    QTest.keyClicks(page.patient, text)
    qtbot.waitUntil(lambda: page.patient._found is not None and page.patient._found.isVisible())
    settle()


def test_a_known_patient_is_in_the_check_in_after_a_few_keys(
    page: WalkInPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    went: list[tuple[str, object]] = []
    page.go.connect(lambda name, errand: went.append((name, errand)))
    find(page, "foster", qtbot, settle)
    QTest.keyClick(page.patient, Qt.Key.Key_Return)
    settle()
    assert page.choices.openings, page.choices.nothing.accessibleName()
    assert page.choices.list.hasFocus()
    QTest.keyClick(page.choices.list, Qt.Key.Key_Return)
    settle()
    ((name, errand),) = went
    assert isinstance(errand, Errand)
    assert (name, errand.patient_id) == ("check_in_visit", danielle(file_office))
    assert errand.appointment_id is not None
    shown = file_office.ask(check_in.check_in, appointment_id=errand.appointment_id)
    assert shown.stage is Stage.CHECKING_IN
    assert len(file_office.ask(board.board).cards) == 1


def test_whoever_is_not_found_is_registered_and_comes_back(
    page: WalkInPage, desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    went: list[tuple[str, object]] = []
    page.go.connect(lambda name, errand: went.append((name, errand)))
    find(page, "okonjo", qtbot, settle)
    QTest.keyClick(page.patient, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert went == [("registration", Errand("walk_in", typed="okonjo"))]
    register = RegisterPage(desk)
    qtbot.addWidget(register)
    register.go.connect(lambda name, errand: went.append((name, errand)))
    register.open_with(Errand("walk_in"))
    register.look_alikes.opened.emit(danielle(file_office))
    assert went[-1] == ("walk_in", Errand("walk_in", danielle(file_office)))
    page.open_with(Errand("walk_in", danielle(file_office)))
    settle()
    assert page.patient.text() == "Danielle Foster, 06/14/1982"
    assert page.choices.list.hasFocus()


def test_nothing_is_taken_for_nobody(page: WalkInPage, settle: Settle) -> None:
    assert page.choices.openings == ()
    page.back()
    QApplication.processEvents()
