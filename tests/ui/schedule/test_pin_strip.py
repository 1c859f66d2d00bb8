"""The pinboard beside the day: pinned with a key, carried over another day, put down, taken off."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import booking, pinboard, visits
from frontdesk.services.schedule.words import CancelledBy, Lifecycle
from frontdesk.ui.desk import Desk
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.findings_panel import FindingsPanel
from frontdesk.ui.shell.undo import UndoList
from tests.builders import schedule
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show
from tests.ui.schedule.test_series_panels import open_dialog

Settle = Callable[[], None]


@pytest.fixture
def one(practice: Office) -> int:
    """Danielle with Dr. Lee today at 1:00 PM."""
    return schedule.book(practice, at("1:00", TODAY), reason="Migraine")


@pytest.fixture
def page(one: int, show: Show[DayPage]) -> DayPage:
    opened = show(DayPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    opened.grid.choose(one)
    return opened


def pinned(page: DayPage, settle: Settle, qtbot: QtBot) -> None:
    QTest.keyClick(page.grid, Qt.Key.Key_P)
    settle()
    qtbot.waitUntil(lambda: len(page.pins.cards()) == 1)


def test_a_pinned_visit_is_carried_to_another_day_by_keys(
    page: DayPage, one: int, practice: Office, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    undo = UndoList(desk, page)
    pinned(page, settle, qtbot)
    (card,) = page.pins.cards()
    assert card.accessibleName() == "Foster, Danielle, Migraine, Tue 3/17 1:00 PM"
    page.turn(1)
    settle()
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert page.grid.carried is not None
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    settle()
    tomorrow = TODAY + timedelta(1)
    assert practice.ask(visits.visit, appointment_id=one).starts == at("1:15", tomorrow)
    assert practice.ask(pinboard.pins) == ()
    undo.undo()
    settle()
    assert practice.ask(visits.visit, appointment_id=one).starts == at("1:00", TODAY)
    assert len(practice.ask(pinboard.pins)) == 1


def test_a_card_is_dragged_onto_the_day(
    page: DayPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    pinned(page, settle, qtbot)
    (card,) = page.pins.cards()
    geometry, viewport = page.grid._geometry, page.grid.viewport()
    place = geometry.span_rect(0, at("3:00", TODAY), at("3:15", TODAY)).center() - page.grid._shift()
    place.setY(geometry.y_of(at("3:00", TODAY)) + 2 - page.grid._shift().y())
    there = card.mapFromGlobal(viewport.mapToGlobal(place))
    QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(card, QPoint(10, -40))
    QTest.mouseMove(card, there)
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=there)
    settle()
    assert practice.ask(visits.visit, appointment_id=one).starts == at("3:00", TODAY)


def test_a_visit_dropped_below_the_day_is_pinned(
    page: DayPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    card = page.grid._geometry.card_of(one)
    assert card is not None
    viewport, start = page.grid.viewport(), card.rect.center() - page.grid._shift()
    below = QPoint(start.x(), viewport.height() + 8)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + QPoint(0, 40))
    QTest.mouseMove(viewport, below)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=below)
    settle()
    assert [each.appointment_id for each in practice.ask(pinboard.pins)] == [one]
    assert practice.ask(visits.visit, appointment_id=one).starts == at("1:00", TODAY)


def test_what_is_in_the_way_of_a_pinned_visit_is_shown_in_the_panel(
    page: DayPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    schedule.book(practice, at("1:15", TODAY), patient_id=schedule.walter(practice))
    pinned(page, settle, qtbot)
    page.pinning.pick_up(page.pins.pins[0])
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    settle()
    settle()
    panel = open_dialog(FindingsPanel)
    panel.go_there.click()
    settle()
    assert practice.ask(visits.visit, appointment_id=one).starts == at("1:30", TODAY)
    assert practice.ask(pinboard.pins) == ()


def test_delete_takes_a_card_off_and_the_visit_stays(
    page: DayPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    pinned(page, settle, qtbot)
    (card,) = page.pins.cards()
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Delete)
    settle()
    assert practice.ask(pinboard.pins) == ()
    assert practice.ask(visits.visit, appointment_id=one).lifecycle is Lifecycle.BOOKED


def test_a_called_off_visit_is_put_down_as_a_new_one(
    page: DayPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    practice.do(booking.cancel, appointment_id=one, by=CancelledBy.PATIENT)
    practice.do(pinboard.pin, appointment_id=one)
    qtbot.waitUntil(lambda: len(page.pins.cards()) == 1)
    page.pinning.pick_up(page.pins.pins[0])
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    QTest.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    old = practice.ask(visits.visit, appointment_id=one)
    assert old.lifecycle is Lifecycle.RESCHEDULED
