"""The week of one provider, by keys alone: walk, carry, call, and turn to others."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import booking, visits
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.words import Confirmation
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.visit_dialogs import ConfirmDialog
from frontdesk.ui.schedule.week_page import WeekPage
from frontdesk.ui.shell.undo import UndoList
from tests.builders import schedule
from tests.builders.office import site
from tests.builders.schedule import TODAY, WEDNESDAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show, in_the_way

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
FRIDAY = date(2026, 3, 20)


@pytest.fixture
def one(practice: Office) -> int:
    """Danielle with Dr. Lee today at 1:00 PM."""
    return schedule.book(practice, at("1:00", TODAY))


@pytest.fixture
def page(one: int, practice: Office, show: Show[WeekPage]) -> WeekPage:
    schedule.book(practice, at("1:30", WEDNESDAY), patient_id=schedule.walter(practice))
    opened = show(WeekPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def press(widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def current(page: WeekPage) -> DayVisit:
    assert page.grid.current is not None
    return page.grid.current


def stands(practice: Office, visit_id: int) -> visits.VisitDetail:
    return practice.ask(visits.visit, appointment_id=visit_id)


def test_the_keys_walk_days_and_visits(page: WeekPage, one: int) -> None:
    press(page.grid, Qt.Key.Key_Down)
    assert current(page).id == one
    press(page.grid, Qt.Key.Key_Right)
    assert current(page).patient == "Harris, Walter"
    assert page.grid.accessibleDescription().endswith("Dr. Lee, Wednesday")
    press(page.grid, Qt.Key.Key_Left)
    assert current(page).id == one


def test_page_keys_turn_to_the_next_provider_in_the_same_week(page: WeekPage, settle: Settle) -> None:
    page.turn(1)
    settle()
    assert page.toolbar.title.text() == "March 23–27"
    press(page.grid, Qt.Key.Key_PageDown)
    settle()
    assert (page.toolbar.title.text(), page.toolbar.detail.text()) == ("March 23–27", "Dr. Grace Okafor")
    press(page.grid, Qt.Key.Key_PageDown)  # there is no other
    press(page.grid, Qt.Key.Key_T)
    settle()
    assert (page.toolbar.title.text(), page.toolbar.detail.text()) == ("March 16–20", "Dr. Grace Okafor")
    press(page.grid, Qt.Key.Key_PageUp)
    settle()
    assert page.toolbar.detail.text() == "Dr. Grace Lee"
    press(page.grid, Qt.Key.Key_PageUp, modifier=CTRL)
    settle()
    assert page.toolbar.title.text() == "March 9–13"


def test_the_list_of_providers_is_walked_by_arrows(page: WeekPage, settle: Settle) -> None:
    page.providers.list.setFocus(Qt.FocusReason.TabFocusReason)
    press(page.providers.list, Qt.Key.Key_Down)
    settle()
    assert page.toolbar.detail.text() == "Dr. Grace Okafor"
    current_row = page.providers.list.current()
    assert current_row is not None
    assert current_row.name == "Dr. Okafor"


def test_a_visit_is_carried_to_another_day_and_undone(
    page: WeekPage, one: int, practice: Office, desk: Desk, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    undo = UndoList(desk, page)
    page.grid.choose(one)
    press(page.grid, Qt.Key.Key_X, modifier=CTRL)
    press(page.grid, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)
    settle()
    assert stands(practice, one).starts == at("1:15", date(2026, 3, 19))
    assert told == ["Moved Danielle Foster to Thu 1:15 PM"]
    undo.undo()
    settle()
    assert stands(practice, one).starts == at("1:00", TODAY)


def test_a_visit_is_carried_to_another_providers_next_week(
    page: WeekPage, one: int, practice: Office, settle: Settle
) -> None:
    page.grid.choose(one)
    press(page.grid, Qt.Key.Key_X, modifier=CTRL)
    press(page.grid, Qt.Key.Key_PageDown, modifier=CTRL)
    settle()
    press(page.grid, Qt.Key.Key_PageDown)
    settle()
    press(page.grid, Qt.Key.Key_V, modifier=CTRL)
    settle()
    detail = stands(practice, one)
    okafor = schedule.doctor(practice, "Okafor")
    assert (detail.starts, detail.provider_id) == (at("1:00", TODAY + timedelta(7)), okafor)


def test_a_drag_moves_to_another_day(page: WeekPage, one: int, practice: Office, settle: Settle) -> None:
    card = page.grid._geometry.card_of(one)
    assert card is not None
    viewport, start = page.grid.viewport(), card.rect.center() - page.grid._shift()
    there = start + QPoint(round(3 * page.grid._geometry.column_width), 0)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, (start + there) / 2)
    QTest.mouseMove(viewport, there)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=there)
    settle()
    assert stands(practice, one).starts == at("1:00", FRIDAY)


def test_a_refused_move_says_why_and_changes_nothing(
    page: WeekPage, one: int, practice: Office, settle: Settle
) -> None:
    page.grid.choose(one)
    press(page.grid, Qt.Key.Key_X, modifier=CTRL)
    press(page.grid, Qt.Key.Key_Left, Qt.Key.Key_Return)
    settle()
    assert in_the_way().startswith("03/16/2026 has passed.")
    assert stands(practice, one).starts == at("1:00", TODAY)


def test_the_call_list_records_a_call(
    page: WeekPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    calls = page.calls.list
    assert calls.model().rowCount() == 2
    calls.setFocus(Qt.FocusReason.TabFocusReason)
    press(calls, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert current(page).id == one
    press(calls, Qt.Key.Key_Return)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ConfirmDialog))
    press(dialog.note, Qt.Key.Key_Return)
    settle()
    assert stands(practice, one).confirmation is Confirmation.CONFIRMED
    qtbot.waitUntil(lambda: calls.model().rowCount() == 1)


def test_another_desk_changes_a_visit_and_nothing_else_moves(
    page: WeekPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    page.resize(1160, 420)
    page.grid.choose(one)
    page.grid.verticalScrollBar().setValue(150)
    practice.do(booking.resize, appointment_id=one, minutes=30, version=current(page).version)
    qtbot.waitUntil(lambda: current(page).ends == at("1:30", TODAY))
    assert current(page).id == one
    assert page.grid.verticalScrollBar().value() == 150


def test_the_switch_leads_to_the_day_of_the_chosen_visit(page: WeekPage, practice: Office) -> None:
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    press(page.grid, Qt.Key.Key_Down, Qt.Key.Key_Right)
    day = next(each for each in page.switch.findChildren(QAbstractButton) if each.text() == "Day")
    day.setFocus(Qt.FocusReason.TabFocusReason)
    press(day, Qt.Key.Key_Space)
    lee = schedule.doctor(practice)
    shown = Errand("show", provider_id=lee, starts=datetime(2026, 3, 18))
    assert gone == [("schedule", shown)]


def test_an_errand_shows_the_week_of_its_provider(page: WeekPage, practice: Office, settle: Settle) -> None:
    okafor = schedule.doctor(practice, "Okafor")
    page.open_with(Errand("show", provider_id=okafor, starts=datetime(2026, 3, 30)))
    settle()
    assert page.toolbar.title.text() == "March 30–April 3"
    assert page.toolbar.detail.text() == "Dr. Grace Okafor"


def test_an_office_without_providers_says_so(
    file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    site(file_office)
    page = WeekPage(desk)
    qtbot.addWidget(page)
    page.show()
    settle()
    settle()
    assert page.nobody.isVisible()


def test_where_it_is_narrow_the_side_is_a_drawer(page: WeekPage) -> None:
    page.resize(676, 420)
    assert not page.side.isVisible()
    QTest.mouseClick(page.side.button, Qt.MouseButton.LeftButton)
    assert page.side.isVisible()
