"""What is in the way, in one panel: a single visit, the visits of a series, and a copy."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import pinboard, series, visits
from frontdesk.services.schedule.recurrence import Rule, Unit
from frontdesk.services.schedule.series_changes import Scope
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.findings_panel import FindingsPanel
from frontdesk.ui.schedule.occurrence_list import Choice
from frontdesk.ui.schedule.series_dialog import SeriesDialog
from frontdesk.ui.schedule.series_panel import SeriesPanel
from frontdesk.ui.schedule.visit_dialogs import NoteDialog
from frontdesk.ui.shell.undo import UndoList
from tests.builders import schedule
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
D = TypeVar("D", bound=Dialog)


def open_dialog(kind: type[D]) -> D:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def press(page: DayPage, *keys: Qt.Key, ctrl: bool = False) -> None:
    for key in keys:
        QTest.keyClick(page.grid, key, CTRL if ctrl else Qt.KeyboardModifier.NoModifier)


def starts(practice: Office, *ids: int) -> list[str]:
    return [f"{practice.ask(visits.visit, appointment_id=id).starts:%m/%d %H:%M}" for id in ids]


@pytest.fixture
def one(practice: Office) -> int:
    """Danielle with Dr. Lee today at 1:00 PM; Walter from 1:15 to 1:30."""
    schedule.book(practice, at("1:15", TODAY), patient_id=schedule.walter(practice))
    return schedule.book(practice, at("1:00", TODAY))


@pytest.fixture
def page(one: int, show: Show[DayPage]) -> DayPage:
    opened = show(DayPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    opened.grid.choose(one)
    return opened


def weekly(practice: Office, first: int, count: int = 3) -> tuple[int, ...]:
    wanted = practice.ask(series.preview, appointment_id=first, rule=Rule(Unit.WEEK, count=count))
    made = practice.do(series.make, appointment_id=first, slots=tuple(each.slot for each in wanted))
    return (first, *made.appointment_ids)


def carry_down(page: DayPage, settle: Settle, key: Qt.Key = Qt.Key.Key_X) -> None:
    press(page, key, ctrl=True)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_V, ctrl=True)
    settle()
    settle()


def test_the_next_opening_is_an_act_of_the_panel(
    page: DayPage, one: int, practice: Office, settle: Settle
) -> None:
    carry_down(page, settle)
    panel = open_dialog(FindingsPanel)
    assert panel.windowTitle() == "Move Danielle Foster to 1:15 PM?"
    assert panel.go_there.text() == "Next opening 1:30 PM"
    panel.go_there.click()
    settle()
    assert starts(practice, one) == ["03/17 13:30"]


def test_escape_keeps_it_where_it_was(page: DayPage, one: int, practice: Office, settle: Settle) -> None:
    carry_down(page, settle)
    panel = open_dialog(FindingsPanel)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    settle()
    assert starts(practice, one) == ["03/17 13:00"]


def test_a_reason_is_asked_for_in_the_same_panel(
    page: DayPage, one: int, practice: Office, settle: Settle
) -> None:
    carry_down(page, settle)
    panel = open_dialog(FindingsPanel)
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert panel.form.row("override_reason").error == "Say why, for whoever asks later."
    QTest.keyClicks(panel.reason, "Both agreed")
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    settle()
    assert starts(practice, one) == ["03/17 13:15"]


def test_a_copy_is_another_visit(
    page: DayPage, one: int, practice: Office, desk: Desk, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    undo = UndoList(desk, page)
    press(page, Qt.Key.Key_C, ctrl=True)
    press(page, *[Qt.Key.Key_Down] * 4)
    press(page, Qt.Key.Key_V, ctrl=True)
    settle()
    assert told == ["Booked another visit for Danielle Foster, 2:00 PM"]
    assert starts(practice, one) == ["03/17 13:00"]
    coming = practice.ask(visits.visits_of_patient, patient_id=practice.made["patient:danielle"])
    assert [f"{line.starts:%H:%M}" for line in coming.today] == ["13:00", "14:00"]
    undo.undo()
    settle()
    coming = practice.ask(visits.visits_of_patient, patient_id=practice.made["patient:danielle"])
    assert len(coming.today) == 1


def test_a_series_asks_which_of_its_visits_and_moves_them_as_one(
    page: DayPage, one: int, practice: Office, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    ids = weekly(practice, one)
    qtbot.waitUntil(lambda: page.grid.current is not None and page.grid.current.series_id == one)
    undo = UndoList(desk, page)
    press(page, Qt.Key.Key_X, ctrl=True)
    press(page, *[Qt.Key.Key_Down] * 4)
    press(page, Qt.Key.Key_V, ctrl=True)
    settle()
    panel = open_dialog(SeriesPanel)
    panel.scope.set_value(Scope.FOLLOWING)
    panel.scope.chosen.emit(Scope.FOLLOWING)
    settle()
    assert panel.verb.text() == "Move 3 visits"
    panel.verb.click()
    settle()
    assert starts(practice, *ids) == ["03/17 14:00", "03/24 14:00", "03/31 14:00"]
    undo.undo()
    settle()
    assert starts(practice, *ids) == ["03/17 13:00", "03/24 13:00", "03/31 13:00"]


def test_a_pinned_visit_of_a_series_asks_which_visits_when_it_is_put_down(
    page: DayPage, one: int, practice: Office, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    ids = weekly(practice, one)
    qtbot.waitUntil(lambda: page.grid.current is not None and page.grid.current.is_in_series)
    page.grid.choose(one)
    assert "one of a series" in page.grid.accessibleDescription()
    undo = UndoList(desk, page)
    press(page, Qt.Key.Key_P)
    settle()
    qtbot.waitUntil(lambda: len(page.pins.cards()) == 1)
    page.pins.cards()[0].click()
    press(page, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Return)
    settle()
    panel = open_dialog(SeriesPanel)
    panel.scope.set_value(Scope.ALL)
    panel.scope.chosen.emit(Scope.ALL)
    settle()
    panel.verb.click()
    settle()
    assert starts(practice, *ids) == ["03/17 14:00", "03/24 14:00", "03/31 14:00"]
    assert practice.ask(pinboard.pins) == ()
    undo.undo()
    settle()
    assert starts(practice, *ids) == ["03/17 13:00", "03/24 13:00", "03/31 13:00"]
    assert len(practice.ask(pinboard.pins)) == 1


def test_each_blocked_visit_has_its_own_way(
    page: DayPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    ids = weekly(practice, one)
    schedule.book(practice, at("2:00", TODAY + timedelta(7)), patient_id=schedule.walter(practice))
    qtbot.waitUntil(lambda: page.grid.current is not None and page.grid.current.series_id == one)
    press(page, Qt.Key.Key_X, ctrl=True)
    press(page, *[Qt.Key.Key_Down] * 4)
    press(page, Qt.Key.Key_V, ctrl=True)
    settle()
    panel = open_dialog(SeriesPanel)
    panel.scope.set_value(Scope.ALL)
    panel.scope.chosen.emit(Scope.ALL)
    settle()
    blocked = panel.lines.table.current()
    assert blocked is not None
    assert [finding.message for finding in blocked.then.findings] == ["Dr. Lee is booked from 2:00 to 2:15."]
    ways = []
    for _ in range(3):
        ways.append(panel.lines._choices[blocked.key])
        QTest.keyClick(panel.lines.table, Qt.Key.Key_Space)
    assert ways == [Choice.INSTEAD, Choice.LEFT_OUT, Choice.WITH_REASON]
    panel.verb.click()
    settle()
    assert starts(practice, *ids) == ["03/17 14:00", "03/24 13:45", "03/31 14:00"]


def test_a_series_is_made_from_a_visit(
    page: DayPage, one: int, practice: Office, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    undo = UndoList(desk, page)
    told: list[str] = []
    page.told.connect(told.append)
    press(page, Qt.Key.Key_S)
    settle()
    dialog = open_dialog(SeriesDialog)
    assert dialog.verb.text() == "Book 7 more visits"
    dialog.count.selectAll()
    QTest.keyClicks(dialog.count, "4")
    qtbot.waitUntil(lambda: dialog.verb.text() == "Book 3 more visits")
    dialog.verb.click()
    settle()
    assert told == ["Booked a series of 4 visits for Danielle Foster"]
    visit = practice.ask(visits.visit, appointment_id=one)
    assert visit.series_id == one
    undo.undo()
    settle()
    assert practice.ask(visits.visit, appointment_id=one).series_id is None


def test_the_note_is_written_on_this_and_the_following(
    page: DayPage, one: int, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    ids = weekly(practice, one)
    qtbot.waitUntil(lambda: page.grid.current is not None and page.grid.current.series_id == one)
    press(page, Qt.Key.Key_E)
    settle()
    dialog = open_dialog(NoteDialog)
    QTest.keyClicks(dialog.note, "Elevator")
    dialog.scope.set_value(Scope.FOLLOWING)
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    settle()
    assert {practice.ask(visits.visit, appointment_id=id).note for id in ids} == {"Elevator"}


def test_a_series_of_400_is_refused_in_the_dialog(page: DayPage, settle: Settle, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_S)
    settle()
    dialog = open_dialog(SeriesDialog)
    dialog.count.selectAll()
    QTest.keyClicks(dialog.count, "400")
    said = "A series has at most 104 visits, not 400. Book these first, then continue from the last one."
    qtbot.waitUntil(lambda: dialog.form.row("count").error == said)
    assert not dialog.verb.isEnabled()
