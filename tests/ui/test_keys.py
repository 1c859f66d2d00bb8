"""No key does two things, and every page leaves the keyboard to the window.

Where two shortcuts of one window wait for a key, Qt calls neither.
"""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.records import forms
from frontdesk.services.visit import starting_set
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.pages import PAGES
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from tests.builders.office import provider
from tests.office import DANA, Office
from tests.patience import settled


def test_no_page_binds_a_key_that_is_bound_already(
    file_office: Office, desk: Desk, preferences: Preferences, qtbot: QtBot
) -> None:
    provider(file_office)
    file_office.do(starting_set.prepare, shipped=forms.shipped_forms())
    window = Window(desk, preferences=preferences)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.let_in(DANA)
    settled(qtbot, desk)
    workplace = window.workplace
    assert workplace is not None
    twice: dict[str, list[str]] = {}
    for entry in PAGES:
        workplace.go(entry.name)
        settled(qtbot, desk)
        assert workplace.page is not None
        # A part that flashes up as a window of its own takes the keyboard away from this one.
        assert QApplication.activeWindow() is window, entry.name
        of_the_page = workplace.page.keys()
        listed = Counter(key.keys for key in of_the_page if key.handler is not None)
        bound = Counter(_waiting(window))
        found = [key for keys in (listed, bound) for key, times in keys.items() if times > 1]
        if found:
            twice[entry.name] = found
    assert twice == {}


def _waiting(window: Window) -> list[str]:
    waiting = []
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        shown = isinstance(owner, QWidget) and owner.isVisible()
        if shown and shortcut.isEnabled() and shortcut.context() is Qt.ShortcutContext.WindowShortcut:
            sequences = shortcut.keys()
            waiting += [sequence.toString() for sequence in sequences]
    return waiting
