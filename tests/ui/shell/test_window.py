"""The window: pages, keys, patient panel, undo, parking, lock, look."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.office import practice
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.shell.keys_sheet import KeysSheet
from frontdesk.ui.shell.palette import Palette
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from frontdesk.ui.shell.workplace import Workplace
from frontdesk.ui.theme import theme
from tests.builders import registration, security
from tests.office import Office
from tests.patience import settled
from tests.ui.shell.rooms import ENTRIES, PANEL, FirstPage, PatientPanel


@pytest.fixture
def dana(file_office: Office) -> Actor:
    user_id = security.user(file_office, "Dana Brooks", login="dana", role="administrator")
    return Actor(user_id, "Dana Brooks", "DB", frozenset({"*"}))


@pytest.fixture
def window(desk: Desk, dana: Actor, preferences: Preferences, qtbot: QtBot) -> Iterator[Window]:
    """The window with Dana in it."""
    made = Window(desk, entries=ENTRIES, patient_panel=PANEL, preferences=preferences)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.let_in(dana)
    settled(qtbot, desk)
    yield made
    settled(qtbot, desk)


def workplace_of(window: Window) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def page_of(window: Window) -> FirstPage:
    page = workplace_of(window).page
    assert isinstance(page, FirstPage)
    return page


def panel_width(window: Window) -> str:
    slot = workplace_of(window).slot
    assert slot is not None
    return slot.shown


def is_locked(window: Window) -> bool:
    return window.workplace is None


def panel_of(window: Window) -> PatientPanel:
    panel = window.findChild(PatientPanel)
    assert isinstance(panel, PatientPanel)
    return panel


def test_a_tab_is_reached_by_its_digit(window: Window) -> None:
    assert page_of(window).title == "Schedule"
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window).title == "Check-in"


def test_the_panel_rests_as_a_rail_where_the_page_shows_the_patient(window: Window) -> None:
    workplace = workplace_of(window)
    assert panel_width(window) == "panel"
    workplace.go("check_in")
    assert panel_width(window) == "rail"
    workplace.go("schedule")
    for expected in ("rail", "hidden", "panel"):
        QTest.keyClick(window, Qt.Key.Key_F9)
        assert panel_width(window) == expected


def test_an_action_takes_the_patient_in_focus_along(window: Window) -> None:
    workplace = workplace_of(window)
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert workplace.status.said == "Choose a patient first. Ctrl+K finds one."
    page_of(window).patient_chosen.emit(7)
    assert panel_of(window).shown == [7]
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert page_of(window).errands == [Errand("check_in", patient_id=7)]


def test_the_pages_own_keys_go_before_the_windows(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window).note.text() == "found"


def test_parked_work_comes_back_as_it_was_left(window: Window) -> None:
    page = page_of(window)
    page.note.setText("half a booking")
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert page.note.text() == ""
    workplace_of(window).go("check_in")
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window) is page
    assert page.note.text() == "half a booking"
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert workplace_of(window).status.said == "Nothing is parked."


def test_what_was_done_is_said_and_undone(
    window: Window, file_office: Office, desk: Desk, settle: Callable[[], None]
) -> None:
    workplace = workplace_of(window)
    before = file_office.ask(practice.practice).draft
    changed = replace(before, name="Harbor Point Clinic")
    desk.do(workplace, lambda _: None, practice.edit_practice, draft=changed)
    settle()
    assert workplace.status.said == "Change practice"
    page_of(window).told.emit("Renamed the practice")
    assert workplace.status.said == "Renamed the practice"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert workplace.status.said == "Undone: Renamed the practice"
    assert file_office.ask(practice.practice).draft == before


def test_nothing_to_undo_is_said(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert workplace_of(window).status.said == "There is nothing to undo."


def test_the_panes_are_walked_with_f6(window: Window) -> None:
    page = page_of(window)
    page.note.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert page.button.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.note.hasFocus()


def test_locking_hides_the_work_and_keeps_it(window: Window, desk: Desk, dana: Actor) -> None:
    page_of(window).note.setText("half a booking")
    before = workplace_of(window)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert is_locked(window)
    assert not before.isVisible()
    assert not desk.is_signed_in
    window.let_in(dana)
    assert window.workplace is before
    assert page_of(window).note.text() == "half a booking"


def test_each_person_has_a_workplace_of_their_own(
    window: Window, file_office: Office, dana: Actor, settle: Callable[[], None]
) -> None:
    before = workplace_of(window)
    window.lock()
    settle()
    rita = replace(dana, user_id=security.user(file_office), name="Rita Gomez")
    window.let_in(rita)
    assert window.workplace is not before
    window.lock()
    window.let_in(dana)
    assert window.workplace is before


def test_a_page_without_the_right_to_it_stays_shut(window: Window, dana: Actor) -> None:
    window.lock()
    window.let_in(replace(dana, permissions=frozenset({"schedule.*"})))
    workplace = workplace_of(window)
    workplace.go("billing")
    assert workplace.current_name == "schedule"
    assert workplace.status.said == "You do not have the right to open this page. Ask the office manager."


def test_the_look_changes_at_once_and_is_kept(window: Window, preferences: Preferences) -> None:
    page_of(window).note.setText("half a booking")
    window.change_look("dark", 0)
    assert theme().name == "dark"
    window.change_look("", 150)
    assert theme().scale == 150
    assert page_of(window).note.text() == "half a booking"
    theme().use("light", 100)
    preferences.apply()
    assert (theme().name, theme().scale) == ("dark", 150)


def test_a_running_window_follows_another_scale(window: Window) -> None:
    page_of(window).note.setText("half a booking")
    for scale in (200, 100):
        theme().use(scale=scale)
        workplace = workplace_of(window)
        assert (workplace.header.height(), workplace.status.height()) == (theme().px(44), theme().px(28))
        assert page_of(window).note.text() == "half a booking"


def test_who_comes_back_at_another_scale_finds_their_workplace_in_it(window: Window, dana: Actor) -> None:
    page_of(window).note.setText("half a booking")
    window.lock()
    maria = replace(dana, user_id=None, name="Maria Hess", initials="MH")
    window.let_in(maria)
    window.change_look("", 150)
    window.lock()
    window.let_in(dana)
    assert workplace_of(window).header.height() == theme().px(44)
    assert page_of(window).note.text() == "half a booking"


def test_f1_shows_the_keys_of_the_page_and_the_window(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = next(w for w in QApplication.topLevelWidgets() if isinstance(w, KeysSheet) and w.isVisible())
    words = {label.text() for label in sheet.findChildren(Label)}
    assert {"Keys", "Schedule", "Find here", "Everywhere", "Lock"} <= words
    sheet.close()


def test_the_command_field_finds_patients_and_carries_their_acts(
    window: Window, file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    danielle = registration.danielle(file_office)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Palette) and w.isVisible())
    QTest.keyClicks(palette.field, "fost")
    qtbot.waitUntil(lambda: any(row.title == "Danielle Foster" for row in palette.rows))
    found = next(row for row in palette.rows if row.title == "Danielle Foster")
    assert found.marks == ((9, 4),)
    assert [verb.words for verb in found.verbs] == ["Check in", "Pay", "Book"]
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert page_of(window).errands == [Errand("check_in", patient_id=danielle)]
    settle()


def test_the_command_field_runs_every_action(window: Window, settle: Callable[[], None]) -> None:
    workplace_of(window).open_palette()
    palette = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Palette) and w.isVisible())
    QTest.keyClicks(palette.field, "> dark")
    assert [row.title for row in palette.rows if not row.is_heading] == ["View: dark"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert theme().name == "dark"
    settle()


def test_a_local_file_and_the_practice_are_named(
    window: Window, desk: Desk, settle: Callable[[], None]
) -> None:
    settle()
    said = {label.text() for label in window.findChildren(Label)}
    assert "Local, encrypted" in said
    assert f"{desk.database.station.name} · Harbor Point Family Medicine" in said
