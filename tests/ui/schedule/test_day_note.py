"""The note on the day: nothing until there is one; a key writes, changes and takes it off; others see it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.database import Database
from frontdesk.services.schedule import day_note
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.schedule.day_note import DayNoteDialog
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.shell.undo import UndoList
from tests.builders.schedule import TODAY
from tests.conftest import TUESDAY
from tests.office import KEY, Office
from tests.twin import file_of
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]
PLAY = "Dr. Lee leaves at 3 for a school play"


@pytest.fixture
def page(practice: Office, show: Show[DayPage]) -> DayPage:
    opened = show(DayPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


@pytest.fixture
def says(page: DayPage, qtbot: QtBot) -> Callable[[str], None]:
    """Waits until the line says this; nothing: there is no line. A topic reloads only after the act."""
    return lambda text: qtbot.waitUntil(
        lambda: (page.note.words.text(), page.note.line.isVisible()) == (text, bool(text))
    )


@pytest.fixture
def by_key(page: DayPage, settle: Settle, qtbot: QtBot) -> Callable[[], DayNoteDialog]:
    """Presses D; the dialog with the note in it."""

    def press() -> DayNoteDialog:
        page.activateWindow()  # without a screen nobody does it when a dialog closes
        qtbot.waitUntil(page.isActiveWindow)
        QTest.keyClick(page.grid, Qt.Key.Key_D)
        settle()
        return next(
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, DayNoteDialog) and each.isVisible()
        )

    return press


def test_a_key_writes_it_and_its_writer_is_named(
    page: DayPage, by_key: Callable[[], DayNoteDialog], says: Callable[[str], None]
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    assert page.note.height() == 0
    dialog = by_key()
    assert not dialog.take_off.isVisible()
    QTest.keyClicks(dialog.text, PLAY)
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    says(PLAY)
    assert page.note.by.text() == "Dana Brooks, 10:42 AM"
    assert told == ["Left a note on Tuesday, March 17"]


def test_it_is_changed_taken_off_and_undone(
    page: DayPage,
    by_key: Callable[[], DayNoteDialog],
    practice: Office,
    desk: Desk,
    says: Callable[[str], None],
) -> None:
    practice.do(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    says(PLAY)
    undo = UndoList(desk, page)
    dialog = by_key()
    assert dialog.text.text() == PLAY
    QTest.keyClicks(dialog.text, "Dr. Lee stays")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    says("Dr. Lee stays")
    QTest.keyClick(by_key().take_off, Qt.Key.Key_Space)
    says("")
    for text in ("Dr. Lee stays", PLAY):
        undo.undo()
        says(text)


def test_another_desk_writes_and_it_appears(practice: Office, says: Callable[[str], None]) -> None:
    practice.database.watch_others()
    other = Database.open_file(
        file_of(practice.database), KEY, station="Front desk 1", clock=practice.database.clock
    )
    other.do(practice.actor, day_note.write, day=TODAY, text=PLAY, instead_of=None)
    says(PLAY)
    other.close()


def test_what_another_desk_wrote_meanwhile_is_not_lost(
    page: DayPage, by_key: Callable[[], DayNoteDialog], practice: Office, settle: Settle
) -> None:
    dialog = by_key()
    practice.do(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    QTest.keyClicks(dialog.text, "Lunch is at 1")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    settle()
    assert dialog.banner.text.startswith("Another desk changed the note on this day.")
    assert dialog.text.text() == "Lunch is at 1"
    dialog.reject()


def test_a_long_one_is_refused_beside_its_field(
    page: DayPage, by_key: Callable[[], DayNoteDialog], settle: Settle
) -> None:
    dialog = by_key()
    dialog.text.set_value("x" * 501)
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    settle()
    row = dialog.form.row("text")
    assert row.error == "A note has at most 500 characters, this one 501. Shorten it."
    dialog.reject()


def test_each_day_has_its_own_and_an_older_one_says_its_date(
    page: DayPage, practice: Office, says: Callable[[str], None]
) -> None:
    practice.clock.set(TUESDAY - timedelta(1))
    practice.do(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    practice.clock.set(TUESDAY)
    says(PLAY)
    assert page.note.by.text() == "Dana Brooks, 03/16/2026, 10:42 AM"
    page.turn(1)
    says("")


def test_who_may_only_look_sees_no_way_to_write(page: DayPage, desk: Desk, settle: Settle) -> None:
    desk.sign_in(Actor(None, "Lou", "L", frozenset({"schedule.view", "visit.view"})))
    page.note.reload()
    settle()
    assert not page.note.button.isVisible()
    page.note.edit()
    assert not any(isinstance(each, DayNoteDialog) for each in QApplication.topLevelWidgets())
