"""What narrows the openings: limits as chips, and the month from which a day is chosen."""

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule.month_finder import DayFit
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.schedule.limits import Limits
from tests.builders import schedule
from tests.builders.registration import danielle
from tests.office import Office
from tests.ui.schedule.conftest import Show
from tests.ui.schedule.test_find_slot import press

Settle = Callable[[], None]


@pytest.fixture
def page(show: Show[FindSlotPage], practice: Office, settle: Settle) -> FindSlotPage:
    opened = show(FindSlotPage)
    opened.open_with(Errand("book", danielle(practice)))
    settle()
    press(Qt.Key.Key_F)
    settle()
    return opened


def test_limits_narrow_the_openings_and_are_taken_away(
    page: FindSlotPage, practice: Office, settle: Settle
) -> None:
    limits = page.request.limits
    menu = limits.menu()
    not_before, done_by, not_with = menu.findChildren(QMenu)
    next(each for each in not_before.actions() if each.text() == "3:00 PM").trigger()
    next(each for each in not_with.actions() if each.text() == "Dr. Okafor").trigger()
    settle()
    assert limits.limits == Limits(after=time(15), not_with=(schedule.doctor(practice, "Okafor"),))
    assert {each.provider for each in page.openings.openings} == {"Dr. Lee"}
    assert all(each.starts.hour >= 15 for each in page.openings.openings)
    assert [chip.text() for chip in limits.chips] == ["After 3:00 PM", "Not with Dr. Okafor"]
    assert done_by.actions()

    for _ in range(2):
        limits.chips[0].click()
    settle()
    assert limits.limits == Limits()
    assert {each.provider for each in page.openings.openings} == {"Dr. Lee", "Dr. Okafor"}


def test_limits_are_parked_with_the_request(page: FindSlotPage, settle: Settle) -> None:
    page.request.limits.set(before=time(11))
    parked = page.park()
    assert parked is not None
    assert page.request.limits.limits == Limits()
    page.take_up(parked.state)
    settle()
    assert page.request.limits.limits == Limits(before=time(11))


def test_a_day_of_the_month_is_chosen_by_keys(page: FindSlotPage, qtbot: QtBot, settle: Settle) -> None:
    page.openings.by_month.click()
    settle()
    days = page.openings.month.days
    assert days.hasFocus()
    assert days._found[date(2026, 3, 18)].fit is DayFit.FITS
    assert days._found[date(2026, 3, 21)].fit is DayFit.CLOSED
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(days, key)
    settle()
    assert days.accessibleDescription().startswith("Wednesday, March 25: ")
    assert page.openings.openings[0].starts.date() == date(2026, 3, 25)
    assert [chip.text() for chip in page.request.limits.chips] == ["From Wed, March 25"]


def test_the_next_month_is_asked_for(page: FindSlotPage, settle: Settle) -> None:
    page.openings.show_month(True)
    settle()
    page.openings.month.month_asked.emit(date(2026, 4, 1))
    settle()
    assert page.openings.month.days._found[date(2026, 4, 6)].fit is DayFit.FITS


def test_what_a_time_does_to_the_day_is_shown(page: FindSlotPage, settle: Settle) -> None:
    page.openings.pick(0)
    settle()
    assert page.confirm.bars.accessibleName().startswith("Dr. Lee 10:45 AM to 11:00 AM")
    assert page.confirm.load.accessibleName() == (
        "Booked time: 0 h 00, 0 h 15; Predicted longest wait: 0 min, 0 min"
    )
    assert page.openings.list.said(0).endswith("wait +0 min")


def test_an_authorization_is_asked_for(
    page: FindSlotPage, practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    scan = schedule.visit_type(practice, "Scan", 30, needs_authorization=True, authorization_days=2)
    types = page.request.visit_type
    qtbot.waitUntil(lambda: types.findText("Scan") >= 0)
    types.set_value(scan)
    types.chosen.emit(scan)
    settle()
    assert "Authorization needed 2 days" in page.request.needs.accessibleName()
    page.openings.pick(0)
    settle()
    assert page.confirm.authorization.text == (
        "Scan needs an authorization. Ask the payer today: the answer takes 2 working days. "
        "None is on file: the visit will be on the list of authorizations."
    )
    assert any(reason.text == "2 days for authorization" for reason in page.openings.openings[0].reasons)
