"""The page of who runs late: one key notes how a patient was told; undo brings them back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import late, lifecycle
from frontdesk.services.schedule.day import day_sheet
from frontdesk.services.schedule.late import LatePatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.day_heads import DayHeads
from frontdesk.ui.schedule.late_page import LatePage
from tests.builders.office import room
from tests.builders.registration import danielle, patient
from tests.builders.schedule import TODAY, at, book, doctor, walter
from tests.office import Office


@pytest.fixture
def page(file_office: Office, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> LatePage:
    """Two patients wait longer than they think."""
    first = book(file_office, at("10:45", TODAY), patient_id=danielle(file_office), minutes=30)
    book(file_office, at("11:15", TODAY), patient_id=walter(file_office), minutes=30)
    book(file_office, at("11:45", TODAY), patient_id=patient(file_office, "Ana", "Ruiz"))
    file_office.do(lifecycle.arrive, appointment_id=first)
    file_office.do(lifecycle.room, appointment_id=first, room_id=room(file_office, "Room 2"))
    file_office.clock.advance(minutes=23)
    file_office.do(lifecycle.with_provider, appointment_id=first)
    made = LatePage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    settle()
    made.list.setFocus()
    return made


def current(page: LatePage) -> LatePatient:
    found = page.list.current()
    assert isinstance(found, LatePatient)
    return found


def test_the_first_patient_to_tell_is_chosen_with_what_to_say(page: LatePage) -> None:
    assert current(page).patient == "Harris, Walter"
    assert page.detail.by_phone.isVisible()
    assert not page.detail.message.isVisible(), "no phone of his allows it"
    assert page._head.text() == "1 provider runs late, 2 patients to tell. As of 11:05."


def test_a_key_notes_it_and_goes_on_to_the_next(
    page: LatePage, file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    heard: list[str] = []
    page.told.connect(heard.append)
    QTest.keyClick(page.list, Qt.Key.Key_T)
    settle()
    qtbot.waitUntil(lambda: current(page).patient == "Ruiz, Ana")
    assert heard == ["Told by phone: Harris, Walter"]
    assert file_office.ask(late.running_late).to_tell == 1


def test_letters_do_nothing_where_the_list_has_no_focus(
    page: LatePage, file_office: Office, settle: Callable[[], None]
) -> None:
    page.detail.to_day.setFocus()
    QTest.keyClick(page.detail.to_day, Qt.Key.Key_T)
    settle()
    assert file_office.ask(late.running_late).to_tell == 2


def test_enter_shows_the_visit_in_the_day(page: LatePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.go) as gone:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    name, errand = gone.args or ("", None)
    assert name == "schedule"
    assert isinstance(errand, Errand)
    assert errand.appointment_id == current(page).appointment_id


def test_time_alone_brings_a_new_projection(
    page: LatePage, file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    """Who has not come a quarter of an hour after their time is not waited for."""
    file_office.clock.advance(minutes=26)
    page.reload_soon()
    qtbot.waitUntil(page.nobody.isVisible)


def test_the_chip_of_a_late_column_leads_here(
    page: LatePage, file_office: Office, desk: Desk, qtbot: QtBot
) -> None:
    heads = DayHeads()
    qtbot.addWidget(heads)
    heads.resize(400, 56)
    heads.show_columns(file_office.ask(day_sheet, day=TODAY).columns, (0, 400), heads.rect())
    heads.show()
    heads.grab()
    with qtbot.waitSignal(heads.late_opened) as opened:
        QTest.mouseClick(heads, Qt.MouseButton.LeftButton, pos=QPoint(30, 38))
    assert opened.args == [doctor(file_office)]
