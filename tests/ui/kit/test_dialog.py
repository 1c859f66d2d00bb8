"""Dialogs: Enter means one thing at a time."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.kernel.errors import Finding
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule.reason_dialog import ask_for_reason


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_in_a_field_that_answers_it_does_not_press_the_default_button_too(window: QWidget) -> None:
    done: list[str] = []
    dialog = Dialog(window, "Record the call?")
    note = TextEdit()
    note.returnPressed.connect(lambda: done.append("field"))
    dialog.body.addWidget(note)
    dialog.add_verb("Record", lambda: done.append("button"), kind="primary")
    dialog.open()
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert done == ["field"]


@pytest.mark.parametrize("is_opened", [True, False])
def test_enter_on_a_row_opens_it_where_rows_are_opened_and_is_the_default_button_elsewhere(
    window: QWidget, is_opened: bool
) -> None:
    done: list[str] = []
    dialog = Dialog(window, "Which file?")
    model = TableModel[str]([Column("File", lambda each: each)], key=lambda each: each)
    table = Table(model, says="Files")
    model.show(["one", "two"])
    table.choose("two")
    if is_opened:
        table.opened.connect(done.append)
    dialog.body.addWidget(table)
    dialog.add_verb("Mark as sent", lambda: done.append("button"), kind="primary", closes=False)
    dialog.open()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert done == (["two"] if is_opened else ["button"])


def test_enter_in_an_empty_reason_asks_for_it_and_keeps_the_dialog(window: QWidget) -> None:
    told: list[str] = []
    dialog = ask_for_reason(window, (Finding("The hold is for urgent visits."),), told.append)
    reason = dialog.findChild(TextEdit)
    assert isinstance(reason, TextEdit)
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClicks(reason, "Fever since last night")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert told == ["Fever since last night"]
    assert not dialog.isVisible()


def test_the_way_out_stands_left_of_what_acts_in_whatever_order_they_are_added(window: QWidget) -> None:
    dialog = Dialog(window, "Record the call?")
    record = dialog.add_verb("Record call", lambda: None, kind="primary", keys="Return")
    leave = dialog.add_verb("Do not record", keys="Esc")
    dialog.open()
    assert leave.x() < record.x()
    assert leave.nextInFocusChain() is record


def test_a_dialog_that_grows_stays_within_its_window(window: QWidget) -> None:
    dialog = Dialog(window, "What does the plan pay?")
    tall = QWidget()
    dialog.body.addWidget(tall)
    dialog.add_verb("Close", kind="primary", keys="Esc")
    dialog.open()
    tall.setMinimumHeight(420)
    dialog.adjustSize()
    bottom = window.mapToGlobal(window.rect().bottomLeft()).y()
    assert dialog.geometry().bottom() < bottom
    dialog.reject()


@pytest.mark.parametrize("words", range(8, 24))
def test_what_nearly_fills_a_line_is_in_sight_without_scrolling(qtbot: QtBot, words: int) -> None:
    window = QWidget()
    window.resize(1440, 900)
    qtbot.addWidget(window)
    window.show()
    dialog = Dialog(window, "How much?", " ".join(["stays"] * words), width=420)
    dialog.add_verb("Close", keys="Esc")
    dialog.open()
    areas = dialog.findChildren(QScrollArea)
    assert [area.verticalScrollBar().maximum() for area in areas] == [0]
    assert [area.viewport().width() for area in areas] == [dialog.width() - 4]
    dialog.reject()
