"""Drives the real window as a person would: keys, clicks, and patience until everything has arrived."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.capture import capture
from frontdesk.ui.kit.page import Page
from frontdesk.ui.shell.window import Window
from frontdesk.ui.shell.workplace import Workplace

W = TypeVar("W", bound=QWidget)
PATIENCE_SECONDS = 60
"""How long a step may take on the slowest machine; nothing is measured here."""


class Driver:
    """Hands and eyes at one window. Counts the keystrokes."""

    def __init__(self, window: Window, desk: Desk) -> None:
        self.window = window
        self.desk = desk
        self.keystrokes = 0

    # -- hands ----------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press shortcuts or single keys, one after another: press("Ctrl+K", "Down", "Return")."""
        for sequence in keys:
            combination = QKeySequence(sequence)[0]  # type: ignore[index] # the stubs miss it
            QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
            self.keystrokes += 1
            self.settle()

    def write(self, text: str) -> None:
        """Type letters into whatever has the focus."""
        for letter in text:
            QTest.keyClicks(self._target(), letter)  # each where the focus is by then
        self.keystrokes += len(text)
        self.settle()

    def fill(self, widget: QWidget, text: str) -> None:
        """Put the focus on a field and replace what is in it."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        QTest.keyClicks(widget, text)
        self.keystrokes += len(text) + 1
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        self.settle()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Press, move in steps as a hand does, release."""
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 9):
            QTest.mouseMove(widget, start + (end - start) * step / 8)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)
        self.settle()

    # -- eyes -----------------------------------------------------------------

    @property
    def workplace(self) -> Workplace:
        assert self.window.workplace is not None, "nobody is signed in"
        return self.window.workplace

    @property
    def page(self) -> Page:
        assert self.workplace.page is not None
        return self.workplace.page

    @property
    def dialog(self) -> QDialog:
        """The dialog in front."""
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog), "no dialog is open"
        return found

    def button(self, words: str, within: QWidget | None = None) -> QAbstractButton:
        """The visible button whose text begins so."""
        for found in (within or self.page).findChildren(QAbstractButton):
            if found.isVisible() and found.text().replace("&", "").startswith(words):
                return found
        raise AssertionError(f"there is no button “{words}”")

    def one(self, kind: type[W], within: QWidget | None = None) -> W:
        """The only visible widget of a kind."""
        found = [each for each in (within or self.page).findChildren(kind) if each.isVisible()]
        assert len(found) == 1, f"{len(found)} of {kind.__name__} are visible"
        return found[0]

    def look(self, path: Path) -> None:
        """A picture of what the person sees now."""
        self.settle()
        capture(self.window).save(str(path))

    def settle(self) -> None:
        """Wait until everything that was asked and done has arrived and is painted."""
        self.until(lambda: self.desk.is_idle)
        # Pages reload in the turn after a change was told.
        for _ in range(3):
            QApplication.processEvents()
        self.until(lambda: self.desk.is_idle)

    def until(self, is_so: Callable[[], bool], what: str = "it did not happen") -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, what
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    def _target(self) -> QWidget:
        """Where a key goes: the focus, else the window in front."""
        return QApplication.focusWidget() or QApplication.activeModalWidget() or self.window
