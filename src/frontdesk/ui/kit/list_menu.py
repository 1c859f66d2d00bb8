"""A menu of things with names: arrows walk it, typing jumps to a name, Enter chooses."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

_PAUSE_SECONDS = 1.0
"""After so long the next letter begins a new word."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Its words, the count at its end, whether it is the one that is shown, and what choosing it does."""

    words: str
    count: str
    is_chosen: bool
    choose: Callable[[], object]


class ListMenu(QMenu):
    """Begins at the one that is chosen, else at the first."""

    def __init__(self, parent: QWidget, entries: Sequence[Entry], *, says: str) -> None:
        super().__init__(parent)
        self._place = parent
        self.setAccessibleName(says)
        self._typed, self._typed_at = "", 0.0
        begins: QAction | None = None
        for entry in entries:
            words = entry.words.replace("&", "&&")
            action = self.addAction(f"{words}\t{entry.count}" if entry.count else words)
            action.setCheckable(entry.is_chosen)
            action.setChecked(entry.is_chosen)
            action.triggered.connect(lambda _=False, choose=entry.choose: choose())
            if entry.is_chosen or begins is None:
                begins = action
        if begins is not None:
            self.setActiveAction(begins)

    def open_below(self, at: QPoint) -> None:
        """At a point of the window, and within it."""
        window = self._place.window()
        size = self.sizeHint()
        x = max(0, min(at.x(), window.width() - size.width()))
        y = max(0, min(at.y(), window.height() - size.height()))
        self.popup(window.mapToGlobal(QPoint(x, y)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = event.text()
        if not letters.strip() or not letters.isprintable():
            super().keyPressEvent(event)
            return
        now = time.monotonic()
        self._typed = letters if now - self._typed_at > _PAUSE_SECONDS else self._typed + letters
        self._typed_at = now
        sought = self._typed.casefold()
        for action in self.actions():
            if action.text().replace("&&", "&").casefold().startswith(sought):
                self.setActiveAction(action)
                return
