"""An urgent request: questions first, a yes stops, then what is free and what could be squeezed in."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from frontdesk.models.schedule.red_flag import RedFlagAnswer
from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.schedule import red_flags, visits
from frontdesk.services.schedule.red_flags import STARTING_SCRIPT
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.urgent_page import UrgentPage
from frontdesk.ui.shell.undo import UndoList
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at, doctor, keeps, visit_type
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]


@pytest.fixture
def office(practice: Office) -> Office:
    """Two questions; Dr. Lee keeps 11:30 for urgent visits and 2:30 for procedures."""
    for draft in STARTING_SCRIPT[:2]:
        practice.do(red_flags.add, draft=draft)
    keeps(practice, doctor(practice), "11:30", "11:45", weekday=1)
    keeps(practice, doctor(practice), "2:30", "3:00", BlockKind.PROCEDURE, weekday=1)
    visit_type(practice, "Urgent", 15, opens_blocks=(BlockKind.URGENT,))
    return practice


@pytest.fixture
def page(office: Office, show: Show[UrgentPage], settle: Settle) -> UrgentPage:
    opened = show(UrgentPage)
    opened.open_with(Errand("urgent", patient_id=danielle(office)))
    settle()
    opened.script.no.setFocus()
    return opened


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def answers(office: Office) -> list[bool]:
    with office.database.engines.read.connect() as connection:
        return list(connection.scalars(select(RedFlagAnswer.is_yes).order_by(RedFlagAnswer.id)))


def texts(page: UrgentPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def test_the_questions_come_one_after_another(page: UrgentPage) -> None:
    assert STARTING_SCRIPT[0].question in texts(page)
    assert "Question 1 of 2" in texts(page)
    press(Qt.Key.Key_N)
    assert STARTING_SCRIPT[1].question in texts(page)
    assert f"No: {STARTING_SCRIPT[0].question}" in texts(page)
    assert not page.is_cleared


def test_a_yes_stops_with_the_words_and_is_recorded(page: UrgentPage, office: Office, settle: Settle) -> None:
    press(Qt.Key.Key_N, Qt.Key.Key_Y)
    settle()
    assert STARTING_SCRIPT[1].what_to_do in texts(page)
    assert "Nothing is booked. The answer is on record, with your name and the time." in texts(page)
    assert answers(office) == [False, True]
    assert not page.is_cleared
    press(Qt.Key.Key_1, Qt.Key.Key_A)
    settle()
    assert page.window().findChildren(Dialog) == []
    assert not office.ask(visits.visits_of_patient, patient_id=danielle(office)).today


def test_all_no_leads_to_what_is_free_and_one_key_books_it(
    page: UrgentPage, office: Office, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    undo = UndoList(desk, page)
    press(Qt.Key.Key_N, Qt.Key.Key_N)
    settle()
    assert answers(office) == [False, False]
    assert page.is_cleared
    first = page.choices.openings[0]
    with qtbot.waitSignal(page.go):
        press(Qt.Key.Key_1)
    (booked,) = office.ask(visits.visits_of_patient, patient_id=danielle(office)).today
    assert booked.starts == first.starts
    undo.undo()
    settle()
    assert not office.ask(visits.visits_of_patient, patient_id=danielle(office)).today


def test_a_letter_squeezes_in_for_a_reason(
    page: UrgentPage, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, Qt.Key.Key_N)
    settle()
    (found,) = page.choices.squeeze_ins.found
    assert found.starts == at("2:30", TODAY)
    press(Qt.Key.Key_A)
    (asked,) = page.window().findChildren(Dialog)
    (why,) = asked.findChildren(TextEdit)
    QTest.keyClicks(why, "Back spasm")
    with qtbot.waitSignal(page.go):
        QTest.keyClick(why, Qt.Key.Key_Return)
    (booked,) = office.ask(visits.visits_of_patient, patient_id=danielle(office)).today
    assert booked.starts == at("2:30", TODAY)


def test_letters_that_are_typed_answer_nothing(page: UrgentPage) -> None:
    page.note.setFocus()
    QTest.keyClicks(page.note, "ny")
    assert page.note.value() == "ny"
    assert "Question 1 of 2" in texts(page)


def test_without_a_patient_nothing_is_booked(page: UrgentPage, office: Office, settle: Settle) -> None:
    page.open_with(Errand("urgent"))
    settle()
    press(Qt.Key.Key_N, Qt.Key.Key_N)
    settle()
    page.choices.list.setFocus()
    press(Qt.Key.Key_1)
    settle()
    assert "Choose the patient." in texts(page)
    assert not office.ask(visits.visits_of_patient, patient_id=danielle(office)).today


def test_it_is_put_aside_and_taken_up(page: UrgentPage, settle: Settle) -> None:
    press(Qt.Key.Key_N, Qt.Key.Key_N)
    settle()
    page.note.set_value("Fever")
    parked = page.park()
    assert parked is not None
    assert parked.title == "Urgent: Danielle Foster"
    assert (page.note.value(), page.is_cleared) == ("", False)
    page.take_up(parked.state)
    settle()
    assert (page.note.value(), page.is_cleared) == ("Fever", True)
    assert page.choices.openings


def test_an_office_without_a_script_says_so(practice: Office, show: Show[UrgentPage]) -> None:
    opened = show(UrgentPage)
    assert opened.no_script.text.startswith("No red-flag questions are set up.")
    assert opened.is_cleared
