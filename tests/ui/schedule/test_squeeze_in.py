"""Squeeze-ins on the page that finds a slot: a letter, the price, one reason, one undo."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.schedule import visits
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.shell.undo import UndoList
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at, book, doctor, keeps, walter
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]


@pytest.fixture
def page(practice: Office, show: Show[FindSlotPage], settle: Settle) -> FindSlotPage:
    """Dr. Lee keeps 2:30 for procedures; Danielle wants a follow-up."""
    keeps(practice, doctor(practice), "2:30", "3:00", BlockKind.PROCEDURE, weekday=1)
    opened = show(FindSlotPage)
    opened.open_with(Errand("book", patient_id=danielle(practice)))
    settle()
    opened.request.visit_type.setFocus()
    QTest.keyClick(opened.request.visit_type, Qt.Key.Key_F)
    settle()
    opened.openings.list.setFocus()
    return opened


def dialog(page: FindSlotPage) -> Dialog:
    (found,) = page.window().findChildren(Dialog)
    return found


def test_a_letter_asks_with_the_price_and_books_for_a_reason(
    page: FindSlotPage, practice: Office, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    undo = UndoList(desk, page)
    (found, *_) = page.openings.squeeze_ins.found
    assert (found.starts, found.said) == (at("2:30", TODAY), "in the procedure block")
    QTest.keyClick(page.openings.list, Qt.Key.Key_A)
    asked = dialog(page)
    assert "Nobody waits longer." in [label.text() for label in asked.findChildren(Label)]
    (why,) = asked.findChildren(TextEdit)
    QTest.keyClick(why, Qt.Key.Key_Return)
    settle()
    assert not practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today, "without a reason"
    QTest.keyClicks(why, "High fever")
    with qtbot.waitSignal(page.go):
        QTest.keyClick(why, Qt.Key.Key_Return)
    (booked,) = practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today
    assert booked.starts == at("2:30", TODAY)
    assert practice.ask(visits.visit, appointment_id=booked.id).override_reason == "High fever"
    undo.undo()
    settle()
    assert not practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today


def test_a_change_in_the_book_brings_other_places(
    practice: Office, page: FindSlotPage, settle: Settle, qtbot: QtBot
) -> None:
    book(practice, at("2:15", TODAY), patient_id=walter(practice), minutes=15)
    qtbot.waitUntil(lambda: len(page.openings.squeeze_ins.found) == 2)
    page.openings.squeeze_ins.pick(0)
    assert dialog(page).windowTitle().startswith("Squeeze Danielle Foster in at ")


def test_a_letter_does_nothing_while_somebody_types(page: FindSlotPage) -> None:
    page.request.note.setFocus()
    QTest.keyClick(page.request.note, Qt.Key.Key_A)
    assert page.request.note.text().lower() == "a"
    assert page.window().findChildren(Dialog) == []


def test_without_a_patient_it_asks_for_one(page: FindSlotPage, settle: Settle) -> None:
    page.request.patient.setFocus()
    QTest.keyClicks(page.request.patient, "x")
    settle()
    page.openings.squeeze_ins.pick(0)
    assert page.window().findChildren(Dialog) == []


def test_who_may_not_overbook_sees_none(
    practice: Office, desk: Desk, page: FindSlotPage, settle: Settle
) -> None:
    desk.sign_in(Actor(None, "Theo", "T", frozenset({"schedule.view", "schedule.book", "registration.view"})))
    page.clear()
    page.open_with(Errand("book", patient_id=danielle(practice)))
    settle()
    page.request.visit_type.setFocus()
    QTest.keyClick(page.request.visit_type, Qt.Key.Key_F)
    settle()
    assert not page.openings.squeeze_ins.isVisible()


def test_a_question_hides_them(page: FindSlotPage) -> None:
    assert page.openings.squeeze_ins.isVisible()
    page.clear()
    assert not page.openings.squeeze_ins.isVisible()
