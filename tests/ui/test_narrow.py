"""Every page at 200 % and on a small screen: nothing is wider than the window, and every detail is reached.

Qt's own warnings fail a test (pyproject.toml).
"""

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.setup_page import SetupPage
from frontdesk.ui.kit.table import Table
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.shell.page_view import PageView
from frontdesk.ui.shell.pages import PAGES
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from frontdesk.ui.shell.workplace import Workplace
from frontdesk.ui.theme import theme
from tests.office import DANA, Office
from tests.patience import settled
from tests.ui.test_every_page import OF_A_VISIT, long_names

LOOKS = ((200, 1440, 900), (100, 1280, 720))


@pytest.fixture(params=LOOKS, ids=["large", "small"])
def window(
    request: pytest.FixtureRequest,
    file_office: Office,
    desk: Desk,
    preferences: Preferences,
    qtbot: QtBot,
) -> Iterator[Window]:
    scale, width, height = cast("tuple[int, int, int]", request.param)
    errand = long_names(file_office)
    theme().use("light", scale)
    preferences.keep()
    made = Window(desk, preferences=preferences)
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show()
    made.activateWindow()
    made.let_in(DANA)
    settled(qtbot, desk)
    made.setProperty("errand", errand)
    yield made
    settled(qtbot, desk)


def test_no_page_is_wider_than_the_window_and_the_keyboard_reaches_its_detail(
    window: Window, settle: Callable[[], None]
) -> None:
    workplace = window.workplace
    assert workplace is not None
    view = workplace.findChild(PageView)
    assert isinstance(view, PageView)
    size = window.size()
    wide: dict[str, int] = {}
    taking_turns = set()
    for entry in PAGES:
        workplace.go(entry.name, window.property("errand") if entry.name in OF_A_VISIT else None)
        for _ in range(3):
            settle()
        over = view.horizontalScrollBar().maximum()
        for beside in _besides(workplace):
            if not beside.is_narrow:
                continue
            taking_turns.add(entry.name)
            if not beside.open_button.isVisible():
                continue  # no row is chosen, and there is no detail
            over = max(over, _there_and_back(beside, workplace, view, settle))
        if over or window.size() != size:
            wide[entry.name] = over
    assert wide == {}
    at_billing = {"superbills", "claims", "statements", "collections", "day_close"}
    assert at_billing <= taking_turns or theme().scale == 100


@pytest.mark.parametrize("name", ["check_in_setup", "billing_setup"])
def test_no_part_of_a_set_up_and_none_of_its_tables_is_wider_than_the_window(
    name: str, window: Window, settle: Callable[[], None]
) -> None:
    workplace = window.workplace
    assert workplace is not None
    view = workplace.findChild(PageView)
    assert isinstance(view, PageView)
    workplace.go(name)
    page = workplace.page
    assert isinstance(page, SetupPage)
    wide = []
    for part in page.declared:
        page.show_part(part.name)
        settle()
        QApplication.processEvents()
        tables = [each for each in page.part(part.name).findChildren(Table) if each.isVisible()]
        if view.horizontalScrollBar().maximum() or any(t.horizontalScrollBar().maximum() for t in tables):
            wide.append(part.name)
    assert wide == []


def _besides(workplace: Workplace) -> list[ListDetail]:
    page = workplace.page
    assert page is not None
    return [each for each in page.findChildren(ListDetail) if each.isVisible()]


def _there_and_back(
    beside: ListDetail, workplace: Workplace, view: PageView, settle: Callable[[], None]
) -> int:
    """F6 comes to the detail, Esc to the row again; how far the detail would scroll sideways."""
    page = workplace.page
    assert page is not None
    for _ in range(len(page.panes()) + 1):
        if not _is_turned(beside):
            workplace.next_pane()
    if not _is_turned(beside):  # its panes have nothing to show yet: the cue is a Tab away
        beside.open_button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(beside.open_button, Qt.Key.Key_Space)
    settle()
    assert _is_turned(beside), workplace.current_name
    focus = QApplication.focusWidget()
    assert focus is not None
    assert beside.isAncestorOf(focus)
    assert beside.back_button.isVisible()
    over = view.horizontalScrollBar().maximum()
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    settle()
    assert not _is_turned(beside)
    return over


def _shown(*parts: QWidget) -> tuple[bool, ...]:
    return tuple(part.isVisible() for part in parts)


def _is_turned(beside: ListDetail) -> bool:
    return beside.is_turned


def test_claims_take_turns_by_enter_page_keys_and_f6(window: Window, settle: Callable[[], None]) -> None:
    workplace = window.workplace
    assert workplace is not None
    workplace.go("claims")
    settle()
    (beside,) = _besides(workplace)
    page = workplace.page
    assert page is not None
    strip, panel, table = page.panes()
    ready = strip.findChildren(QAbstractButton)[2]
    QTest.mouseClick(ready, Qt.MouseButton.LeftButton)
    for _ in range(3):
        settle()
    table.setFocus()
    if not beside.is_narrow:
        assert panel.isVisible()
        assert table.isVisible()
        return
    assert _shown(strip, panel, table) == (True, False, True)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle()
    assert _shown(strip, panel, table) == (False, True, False)
    assert [key.keys for key in page.keys_now()[:3]] == ["Esc", "Ctrl+PgUp", "Ctrl+PgDown"]
    workplace.next_pane()  # from the bar to the strip, which stands with the list
    assert not _is_turned(beside)
    workplace.pane_before()
    workplace.pane_before()
    assert _is_turned(beside)
    assert _shown(strip, panel, table) == (False, True, False)


def test_tabs_without_room_stand_in_a_menu_and_the_chosen_one_stays_in_sight(qtbot: QtBot) -> None:
    names = ("Superbills", "Claims", "Remittances", "Statements", "Collections", "Day close", "Reports")
    tabs = SubTabs(tuple((name, name) for name in names), says="Billing")
    qtbot.addWidget(tabs)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    tabs.resize(300, 44)
    tabs.show()
    tabs.show_count("Collections", 4)
    assert tabs.offered() == names
    menu = tabs.open_more()
    inside = [action.text() for action in menu.actions()]
    assert "Collections\t4" in inside
    assert "Superbills" not in inside
    QTest.keyClicks(menu, "rep")
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert chosen == ["Reports"]
    assert tabs.value() == "Reports"
    in_sight = [tab for tab in tabs.findChildren(QWidget) if tab.isVisible() and tab.property("checked")]
    assert len(in_sight) == 1
    assert tabs.rect().contains(in_sight[0].geometry())
    tabs.turn(1)
    assert chosen == ["Reports", "Superbills"]
    tabs.turn(-1)
    assert tabs.value() == "Reports"


def test_a_tall_dialog_scrolls_inside_with_its_verbs_in_sight(qtbot: QtBot) -> None:
    theme().use("light", 200)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    dialog = Dialog(window, "What else does the claim say?", "It is checked again.", width=720)
    form = Form()
    fields = [TextEdit() for _ in range(24)]
    for place, field in enumerate(fields):
        form.add(f"field{place}", f"Field {place}", field, span=12)
    dialog.body.addWidget(form)
    dialog.add_verb("Keep as it is", keys="Esc")
    dialog.add_verb("Save what was entered", lambda: None, kind="primary")
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    assert window.geometry().contains(dialog.geometry())
    for button in dialog.findChildren(QPushButton):
        if button.isVisible():
            assert dialog.rect().contains(
                button.rect().translated(button.mapTo(dialog, button.rect().topLeft()))
            )
    fields[-1].setFocus()
    QApplication.processEvents()
    assert not fields[-1].visibleRegion().isEmpty()
