"""The month by keys alone: walk its days, turn it, open a day."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.month_page import MonthPage
from tests.builders import schedule
from tests.builders.office import site
from tests.builders.schedule import TODAY, WEDNESDAY
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]


@pytest.fixture
def page(practice: Office, show: Show[MonthPage]) -> MonthPage:
    schedule.book(practice, "1:00", minutes=240)
    opened = show(MonthPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def press(page: MonthPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.grid, key)


def test_a_day_says_how_full_it_is(page: MonthPage) -> None:
    press(page, Qt.Key.Key_Right)
    assert page.grid.accessibleDescription() == (
        "Wednesday, March 18, 1 visit, 25 percent booked, 48 slots open, Lee 50 percent, Okafor 0 percent"
    )
    assert page.toolbar.title.text() == "March 2026"


def test_enter_opens_the_day(page: MonthPage) -> None:
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert gone == [("schedule", Errand("show", starts=datetime(2026, 3, 23)))]


def test_the_keys_turn_the_month(page: MonthPage, settle: Settle) -> None:
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    settle()
    assert page.toolbar.title.text() == "April 2026"
    assert page.grid.accessibleDescription().startswith("Tuesday, April 7")
    press(page, Qt.Key.Key_PageDown)
    settle()
    assert page.toolbar.title.text() == "May 2026"
    press(page, Qt.Key.Key_T)
    settle()
    assert page.grid.accessibleDescription().startswith("Tuesday, March 17")
    page.show_day(date(2026, 1, 31))
    page.turn(1)
    settle()
    assert page.grid.accessibleDescription().startswith("Saturday, February 28, closed")


def test_one_providers_month_is_chosen_in_the_list(page: MonthPage, practice: Office) -> None:
    page.providers.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.providers, Qt.Key.Key_Down)
    page.show_day(WEDNESDAY)
    assert "50 percent booked" in page.grid.accessibleDescription()
    assert "Okafor" not in page.grid.accessibleDescription()
    assert page._in_view().provider_id == schedule.doctor(practice)


def test_another_desk_books_and_the_chosen_day_stays(page: MonthPage, practice: Office, qtbot: QtBot) -> None:
    page.resize(1160, 420)
    page.show_day(date(2026, 3, 31))
    scrolled = page._scroll.verticalScrollBar().value()
    schedule.book(practice, datetime(2026, 3, 31, 9, 0), patient_id=schedule.walter(practice))
    qtbot.waitUntil(lambda: "1 visit" in page.grid.accessibleDescription())
    assert page.grid.accessibleDescription().startswith("Tuesday, March 31")
    assert page._scroll.verticalScrollBar().value() == scrolled > 0


def test_an_office_without_providers_has_an_empty_month(
    file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    site(file_office)
    page = MonthPage(desk)
    qtbot.addWidget(page)
    page.show()
    settle()
    assert page.grid.accessibleDescription() == "Tuesday, March 17, closed"
    page.grab()


def test_a_click_chooses_and_a_double_click_opens(page: MonthPage) -> None:
    opened: list[date] = []
    page.grid.opened.connect(opened.append)
    at = page.grid.day_rect(TODAY.replace(day=20)).center()
    QTest.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=at)
    assert page.grid.accessibleDescription().startswith("Friday, March 20")
    QTest.mouseDClick(page.grid, Qt.MouseButton.LeftButton, pos=at)
    assert opened == [date(2026, 3, 20)]
