"""The day: keys walk it, the mouse drags on it, acts ask what they must and say what they did."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import visits
from frontdesk.services.schedule.words import CancelledBy, Confirmation, Lifecycle
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.calling_off_dialog import CallingOffDialog
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.visit_dialogs import ConfirmDialog, NoteDialog
from frontdesk.ui.shell.undo import UndoList
from tests.builders import schedule
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def nine(practice: Office) -> int:
    """Danielle with Dr. Lee today at 1:00 PM."""
    return schedule.book(practice, at("1:00", TODAY))


@pytest.fixture
def page(nine: int, practice: Office, show: Show[DayPage], settle: Settle) -> DayPage:
    schedule.book(practice, at("2:00", TODAY), patient_id=schedule.walter(practice))
    opened = show(DayPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def center(page: DayPage, visit_id: int) -> QPoint:
    card = page.grid._geometry.card_of(visit_id)
    assert card is not None
    return card.rect.center() - page.grid._shift()


def drag(page: DayPage, visit_id: int, by: QPoint) -> None:
    viewport, start = page.grid.viewport(), center(page, visit_id)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + by / 2)
    QTest.mouseMove(viewport, start + by)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start + by)


def dialog_of(kind: type[Dialog] = Dialog) -> Dialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def stands(practice: Office, visit_id: int) -> visits.VisitDetail:
    return practice.ask(visits.visit, appointment_id=visit_id)


def test_the_keys_walk_the_visits_and_the_patient_follows(page: DayPage, nine: int) -> None:
    seen: list[object] = []
    page.patient_chosen.connect(seen.append)
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.current is not None
    assert page.grid.current.id == nine
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.current.patient == "Harris, Walter"
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.current.patient == "Harris, Walter"
    assert len(seen) == 3
    assert "2:00, Harris, Walter" in page.grid.accessibleDescription()


def test_a_drag_moves_and_undo_brings_back(
    page: DayPage, nine: int, practice: Office, desk: Desk, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    undo = UndoList(desk, page)
    drag(page, nine, QPoint(0, 2 * page.grid._geometry.quarter))
    settle()
    assert stands(practice, nine).starts == at("1:30", TODAY)
    assert told == ["Moved Danielle Foster to 1:30 PM"]
    assert page.grid.current is not None
    assert page.grid.current.starts == at("1:30", TODAY)
    undo.undo()
    settle()
    assert stands(practice, nine).starts == at("1:00", TODAY)


def test_what_is_dragged_is_painted_alone(page: DayPage, nine: int, settle: Settle) -> None:
    viewport, start = page.grid.viewport(), center(page, nine)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + QPoint(0, 40))
    page.grid.grab()
    before = page.grid.still
    QTest.mouseMove(viewport, start + QPoint(0, 60))
    page.grid.grab()
    assert before is not None
    assert page.grid.still is before
    page.grid.tick(at("10:43", TODAY))
    page.grid.grab()
    assert page.grid.still is not before
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start)
    settle()


def test_a_drag_to_another_column_changes_the_provider(
    page: DayPage, nine: int, practice: Office, settle: Settle
) -> None:
    drag(page, nine, QPoint(round(page.grid._geometry.column_width), 0))
    settle()
    assert stands(practice, nine).provider_id == schedule.doctor(practice, "Okafor")


def test_the_edge_of_a_card_lengthens_it(page: DayPage, nine: int, practice: Office, settle: Settle) -> None:
    card = page.grid._geometry.card_of(nine)
    assert card is not None
    viewport, edge = page.grid.viewport(), QPoint(card.rect.center().x(), card.rect.bottom() - 1)
    edge -= page.grid._shift()
    down = edge + QPoint(0, page.grid._geometry.quarter)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(viewport, down)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=down)
    settle()
    assert stands(practice, nine).ends == at("1:30", TODAY)


def test_a_visit_is_carried_by_keys(page: DayPage, nine: int, practice: Office, settle: Settle) -> None:
    page.grid.choose(nine)
    QTest.keyClick(page.grid, Qt.Key.Key_X, CTRL)
    assert page.grid.carried is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(page.grid, key)
    QTest.keyClick(page.grid, Qt.Key.Key_V, CTRL)
    settle()
    detail = stands(practice, nine)
    assert (detail.starts, detail.provider_id) == (at("1:30", TODAY), schedule.doctor(practice, "Okafor"))
    assert page.grid.carried is None


def test_a_visit_is_carried_to_another_day(
    page: DayPage, nine: int, practice: Office, settle: Settle
) -> None:
    page.grid.choose(nine)
    QTest.keyClick(page.grid, Qt.Key.Key_X, CTRL)
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    settle()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    settle()
    assert stands(practice, nine).starts == at("1:00", TODAY + timedelta(1))


def test_escape_leaves_a_carried_visit_where_it_was(
    page: DayPage, nine: int, practice: Office, settle: Settle
) -> None:
    page.grid.choose(nine)
    QTest.keyClick(page.grid, Qt.Key.Key_X, CTRL)
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    QTest.keyClick(page.grid, Qt.Key.Key_V, CTRL)
    settle()
    assert stands(practice, nine).starts == at("1:00", TODAY)


def test_what_speaks_against_a_move_asks_for_a_reason(
    page: DayPage, nine: int, practice: Office, settle: Settle
) -> None:
    drag(page, nine, QPoint(0, 4 * page.grid._geometry.quarter))
    settle()
    dialog = dialog_of()
    reason = dialog.findChild(TextEdit)
    assert isinstance(reason, TextEdit)
    QTest.keyClicks(reason, "Both agreed")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    settle()
    assert stands(practice, nine).starts == at("2:00", TODAY)
    assert stands(practice, nine).override_reason == "Both agreed"


def test_a_refusal_is_said_on_the_page(page: DayPage, nine: int, settle: Settle) -> None:
    page.grid.choose(nine)
    QTest.keyClick(page.grid, Qt.Key.Key_N)
    settle()
    assert page.banner.text.startswith("Danielle Foster is expected at 1:00 PM.")


def test_canceling_asks_who_and_can_be_restored(
    page: DayPage, nine: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    page.grid.choose(nine)
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    settle()
    dialog = dialog_of(CallingOffDialog)
    assert isinstance(dialog, CallingOffDialog)
    dialog.by.set_value(CancelledBy.OFFICE)
    QTest.keyClicks(dialog.reason, "Dr. Lee is ill")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    page.activateWindow()  # which the platform without a screen does not do by itself
    qtbot.waitUntil(page.grid.hasFocus)
    detail = stands(practice, nine)
    assert (detail.lifecycle, detail.cancelled_by) == (Lifecycle.CANCELLED, CancelledBy.OFFICE)
    page.grid.choose(nine)
    qtbot.waitUntil(lambda: page.grid.current is not None and page.grid.current.version == detail.version)
    QTest.keyClick(page.grid, Qt.Key.Key_R)
    settle()
    assert stands(practice, nine).lifecycle is Lifecycle.BOOKED
    assert told == ["Canceled Danielle Foster, 1:00 PM", "Restored Danielle Foster, 1:00 PM"]


def test_a_call_is_recorded_and_the_note_corrected(
    page: DayPage, nine: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    page.grid.choose(nine)
    QTest.keyClick(page.grid, Qt.Key.Key_C)
    call = dialog_of(ConfirmDialog)
    assert isinstance(call, ConfirmDialog)
    QTest.keyClick(call.note, Qt.Key.Key_Return)
    settle()
    assert stands(practice, nine).confirmation is Confirmation.CONFIRMED
    page.activateWindow()  # which the platform without a screen does not do by itself
    qtbot.waitUntil(page.grid.hasFocus)
    QTest.keyClick(page.grid, Qt.Key.Key_E)
    settle()
    note = dialog_of(NoteDialog)
    assert isinstance(note, NoteDialog)
    QTest.keyClicks(note.note, "brings her mother")
    QTest.keyClick(note.note, Qt.Key.Key_Return)
    settle()
    assert stands(practice, nine).note == "brings her mother"


def test_the_menu_offers_what_the_visit_allows(page: DayPage, nine: int) -> None:
    page.grid.choose(nine)
    visit = page.grid.current
    assert visit is not None
    offered = [entry.text() for entry in page.acts.menu(visit).actions() if entry.text()]
    assert "Cancel visit" in offered
    assert "Restore visit" not in offered


def test_a_double_click_on_free_time_goes_to_book_it(page: DayPage, practice: Office) -> None:
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    day = page.grid._geometry
    rect = day.span_rect(0, at("3:00", TODAY), at("3:15", TODAY))
    pos = rect.center() - page.grid._shift()
    QTest.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=pos)
    lee = schedule.doctor(practice)
    assert gone == [("find_slot", Errand("book", provider_id=lee, starts=at("3:00", TODAY)))]


def test_a_closed_day_says_so_and_leads_on(page: DayPage, settle: Settle) -> None:
    page.show_day(date(2026, 3, 21))
    settle()
    assert page.closed.isVisible()
    page.to_next_working_day()
    settle()
    assert page.toolbar.title.text() == "Monday, March 23"
    assert page.grid.isVisible()


def test_an_errand_shows_the_visit_on_its_day(page: DayPage, practice: Office, settle: Settle) -> None:
    friday = schedule.book(practice, datetime(2026, 3, 20, 9, 0))
    page.open_with(Errand("show", appointment_id=friday))
    settle()
    assert page.grid.current is not None
    assert page.grid.current.id == friday


def test_only_the_newest_day_is_shown(page: DayPage, settle: Settle) -> None:
    for _ in range(5):
        page.turn(1)
    page.turn(-2)
    settle()
    assert page.grid._geometry.days[0] == date(2026, 3, 20)
    assert page.toolbar.title.text() == "Friday, March 20"


def test_where_it_is_narrow_the_side_is_a_drawer(page: DayPage) -> None:
    assert page.side.isVisible()
    page.resize(676, 420)
    assert not page.side.isVisible()
    QTest.mouseClick(page.side.button, Qt.MouseButton.LeftButton)
    assert page.side.isVisible()
