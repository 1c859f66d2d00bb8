"""Another desk changes the book: it shows here, and scroll, choice, words half typed and dialogs stay."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.database import Database
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.schedule.calling_off_dialog import CallingOffDialog
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.schedule.series_dialog import SeriesDialog
from tests.builders import registration, schedule
from tests.builders.schedule import TODAY, at
from tests.office import DANA, Office
from tests.patience import settled
from tests.ui.schedule.test_series_panels import open_dialog

P = TypeVar("P", bound=Page)
"""Milliseconds, on the slowest machine; how soon it really is: `change_seen` of the benchmarks."""


@pytest.fixture
def practice(office: Office) -> Office:
    """Two doctors, follow-ups of 15 minutes and two patients; what it does, another desk does."""
    for name in ("Lee", "Okafor"):
        schedule.doctor(office, name)
    schedule.visit_type(office)
    registration.danielle(office)
    schedule.walter(office)
    return office


@pytest.fixture
def here(practice: Office, another: Callable[[], Database], qtbot: QtBot) -> Iterator[Desk]:
    """This desk, with a database of its own on the same data."""
    database = another()
    database.watch_others()
    desk = Desk(database, DANA)
    yield desk
    settled(qtbot, desk)
    desk.close()


@pytest.fixture
def show(here: Desk, qtbot: QtBot) -> Callable[[type[P]], P]:
    def open_page(kind: type[P]) -> P:
        page = kind(here)
        qtbot.addWidget(page)
        page.resize(1160, 500)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        quiet(here, qtbot)
        return page

    return open_page


def quiet(desk: Desk, qtbot: QtBot) -> None:
    for _ in range(2):
        QApplication.processEvents()
        settled(qtbot, desk)


def test_the_day_shows_it_and_keeps_scroll_choice_and_an_open_dialog(
    practice: Office, here: Desk, show: Callable[[type[DayPage]], DayPage], qtbot: QtBot
) -> None:
    one = schedule.book(practice, at("3:00", TODAY))
    page = show(DayPage)
    qtbot.waitUntil(lambda: page.grid._geometry.card_of(one) is not None)
    page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    page.grid.choose(one)
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum() - 30)
    scroll = page.grid.verticalScrollBar().value()
    assert scroll > 0
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    quiet(here, qtbot)
    dialog = open_dialog(CallingOffDialog)
    QTest.keyClicks(dialog.reason, "Her mother")

    two = schedule.book(practice, at("1:00", TODAY), patient_id=schedule.walter(practice))
    qtbot.waitUntil(lambda: page.grid._geometry.card_of(two) is not None)

    assert dialog.isVisible()
    assert dialog.reason.value() == "Her mother"
    assert page.grid.verticalScrollBar().value() == scroll
    assert page.grid.current is not None
    assert page.grid.current.id == one
    dialog.reject()


def test_find_a_slot_offers_anew_and_keeps_the_request(
    practice: Office, here: Desk, show: Callable[[type[FindSlotPage]], FindSlotPage], qtbot: QtBot
) -> None:
    page = show(FindSlotPage)
    page.open_with(Errand("book", patient_id=registration.danielle(practice)))
    quiet(here, qtbot)
    page.request.visit_type.set_value(schedule.visit_type(practice))
    page.request.visit_type.chosen.emit(schedule.visit_type(practice))
    page.request.note.setFocus()
    QTest.keyClicks(page.request.note, "Brings her mo")
    qtbot.waitUntil(lambda: bool(page.openings.openings))
    first = page.openings.openings[0]

    schedule.book(
        practice,
        first.starts,
        patient_id=schedule.walter(practice),
        provider_id=first.slot.provider_id,
        minutes=first.slot.minutes,
    )
    qtbot.waitUntil(lambda: page.openings.openings[0].slot != first.slot)

    assert page.request.note.text() == "Brings her mo"
    assert page.request.note.hasFocus()
    assert page.request.caller is not None
    assert page.request.caller.patient_id == registration.danielle(practice)


def test_a_series_whose_time_was_taken_meanwhile_is_refused_and_the_dialog_stays(
    practice: Office, here: Desk, show: Callable[[type[DayPage]], DayPage], qtbot: QtBot
) -> None:
    one = schedule.book(practice, at("3:00", TODAY))
    page = show(DayPage)
    qtbot.waitUntil(lambda: page.grid._geometry.card_of(one) is not None)
    page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    page.grid.choose(one)
    QTest.keyClick(page.grid, Qt.Key.Key_S)
    quiet(here, qtbot)
    dialog = open_dialog(SeriesDialog)
    qtbot.waitUntil(dialog.verb.isEnabled)
    schedule.book(practice, at("3:00", TODAY + timedelta(7)), patient_id=schedule.walter(practice))
    dialog.verb.click()
    quiet(here, qtbot)
    assert dialog.isVisible()
    assert dialog.banner.text == (
        "Tue, Mar 24, 3:00 PM: Dr. Lee is booked from 3:00 to 3:15. The next opening is 3:15 PM."
    )
    dialog.reject()
