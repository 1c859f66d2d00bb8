"""Drives the real window as a person would: keys, clicks, and patience until everything has arrived."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractListModel, QEventLoop, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QWidget,
)

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.capture import capture
from frontdesk.ui.kit.form import FieldRow
from frontdesk.ui.kit.page import Page
from frontdesk.ui.shell.window import Window
from frontdesk.ui.shell.workplace import Workplace

W = TypeVar("W", bound=QWidget)
PATIENCE_SECONDS = 60
"""How long a step may take on the slowest machine; nothing is measured here."""
_PAUSE_MS = 400
"""Searches wait about so long for the next letter, and the driver waits for them."""


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
        self._come_to_front()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        QTest.keyClicks(widget, text)
        self.keystrokes += len(text) + 1
        self.settle()

    def enter(self, texts: Mapping[str, str], within: QWidget | None = None) -> None:
        """Fill fields by their labels: enter({"Birth date": "06/14/1982"})."""
        for label, text in texts.items():
            self.fill(self.field(label, within), text)

    def choose(self, label: str, words: str, within: QWidget | None = None) -> None:
        """Go down a list to what begins with these words."""
        box = self.field(label, within)
        assert isinstance(box, QComboBox)
        wanted = [n for n in range(box.count()) if box.itemText(n).startswith(words)]
        assert wanted, f"“{label}” does not offer “{words}”"
        box.setFocus(Qt.FocusReason.TabFocusReason)
        while box.currentIndex() != wanted[0]:
            key = Qt.Key.Key_Down if box.currentIndex() < wanted[0] else Qt.Key.Key_Up
            QTest.keyClick(box, key)
            self.keystrokes += 1
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self._come_to_front()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        self.settle()

    def click_button(self, words: str, within: QWidget | None = None) -> None:
        """Click the visible button whose text begins so."""
        button = self.button(words, within)
        assert button.isEnabled(), f"“{words}” is off"
        self.click(button)

    def click_row(self, words: str, within: QWidget | None = None) -> None:
        """Click the row that is read out with these words in it."""
        view, index = self.row(words, within)
        view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self.click(view.viewport(), view.visualRect(index).center())

    def open_row(self, words: str, within: QWidget | None = None) -> None:
        """Click the row, and press Enter on it."""
        view, _ = self.row(words, within)
        self.click_row(words, within)
        QTest.keyClick(view, Qt.Key.Key_Return)
        self.settle()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Press, move in steps as a hand does, release."""
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 9):
            QTest.mouseMove(widget, start + (end - start) * step / 8)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)
        self.settle()

    def answer_file_question(self, path: Path, asked_by: Callable[[], object]) -> None:
        """Do what asks for a file or a folder, type its path into the dialog, and press Enter."""
        asked = QTimer(self.window)
        asked.setInterval(20)

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                asked.stop()
                name = dialog.findChild(QLineEdit)
                assert name is not None
                name.setText(str(path))
                QTest.keyClick(name, Qt.Key.Key_Return)

        asked.timeout.connect(answer)
        asked.start()
        asked_by()
        asked.stop()
        asked.deleteLater()

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
        """The visible button whose text or spoken name begins so."""
        for found in self.buttons(within):
            texts = (found.text().replace("&", ""), found.accessibleName())
            if any(text.startswith(words) for text in texts):
                return found
        raise AssertionError(f"there is no button “{words}”")

    def buttons(self, within: QWidget | None = None) -> Iterator[QAbstractButton]:
        """All buttons in sight."""
        return self._seen(QAbstractButton, within)

    def field(self, label: str, within: QWidget | None = None) -> QWidget:
        """The visible field of that label."""
        for found in self._seen(QWidget, within):
            if isinstance(found, QLineEdit | QComboBox) and found.accessibleName() == label:
                return found
        raise AssertionError(f"there is no field “{label}”")

    def row(self, words: str, within: QWidget | None = None) -> tuple[QAbstractItemView, QModelIndex]:
        """The first row, in any list or table that can be seen, that is read out with these words."""
        for view in self._seen(QAbstractItemView, within):
            for index, said in self.rows(view):
                if words in said and not isinstance(view, QHeaderView):
                    return view, index
        raise AssertionError(f"there is no row “{words}”")

    def rows(self, view: QAbstractItemView) -> Iterator[tuple[QModelIndex, str]]:
        """Each row of a list or table, and what is read out for it."""
        model = view.model()
        # A list's model hides its count of columns, which is one.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        for number in range(model.rowCount()):
            cells = [model.index(number, column) for column in range(columns)]
            said = (str(cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data() or "") for cell in cells)
            yield cells[0], ", ".join(said)

    def one(self, kind: type[W], within: QWidget | None = None) -> W:
        """The only visible widget of a kind."""
        found = list(self._seen(kind, within))
        assert len(found) == 1, f"{len(found)} of {kind.__name__} are visible"
        return found[0]

    def reads(self, words: str, within: QWidget | None = None) -> bool:
        """Whether these words stand somewhere in sight, or are read out for something in sight."""
        return any(words in text for text in self._texts(within))

    def expect(self, words: str, within: QWidget | None = None) -> None:
        """Wait until these words can be read."""
        self.until(lambda: self.reads(words, within), f"“{words}” is not to be read")

    def refusals(self, within: QWidget | None = None) -> list[str]:
        """The sentences that stand under fields."""
        return [row.error for row in self._seen(FieldRow, within) if row.error]

    def look(self, path: Path) -> None:
        """A picture of what the person sees now; a document's page is drawn on a thread of Qt's own."""
        self.settle()
        self.until(_pages_are_drawn, "a document's page is not drawn")
        capture(self.window).save(str(path))

    def settle(self) -> None:
        """Wait until everything that was asked and done has arrived and is painted."""
        self.until(lambda: self.desk.is_idle)
        # Pages reload in the turn after a change was told.
        for _ in range(3):
            QApplication.processEvents()
        self.until(lambda: self.desk.is_idle and not self._is_about_to_ask())

    def until(self, is_so: Callable[[], bool], what: str = "it did not happen") -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, what
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    # -- inside ---------------------------------------------------------------

    def _is_about_to_ask(self) -> bool:
        """Whether a field waits for the next letter before it searches."""
        return any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= _PAUSE_MS
            for top in QApplication.topLevelWidgets()
            for timer in top.findChildren(QTimer)
        )

    def _seen(self, kind: type[W], within: QWidget | None) -> Iterator[W]:
        around = within or QApplication.activeModalWidget() or self.window
        found = around.findChildren(kind)
        if isinstance(around, kind):
            found.insert(0, around)
        return (each for each in found if each.isVisible())

    def _texts(self, within: QWidget | None) -> Iterator[str]:
        for widget in self._seen(QWidget, within):
            if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
                yield widget.text()
            elif isinstance(widget, QComboBox):
                yield widget.currentText()
            elif isinstance(widget, QAbstractItemView):
                yield from (said for _, said in self.rows(widget))
            yield widget.accessibleName()
            yield widget.accessibleDescription()

    def _target(self) -> QWidget:
        """Where a key goes: the focus, else the window in front."""
        front = self._come_to_front()
        return QApplication.focusWidget() or front

    def _come_to_front(self) -> QWidget:
        """This window, or the dialog before it, is the one with the focus."""
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
        if QApplication.activeWindow() is not front.window():
            front.activateWindow()  # without a display nobody does it when a dialog closes
            self.until(lambda: QApplication.activeWindow() is front.window(), "the window stays behind")
        return front


def _pages_are_drawn() -> bool:
    views = (view for top in QApplication.topLevelWidgets() for view in top.findChildren(QPdfView))
    shown = [view for view in views if view.isVisible() and view.document().pageCount()]
    return all(_has_ink(view.viewport()) for view in shown)


def _has_ink(widget: QWidget) -> bool:
    """Whether something dark is to be seen on it."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return min(bytes(picture.constBits())) < 100
