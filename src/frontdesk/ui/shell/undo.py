"""What was done from this window, newest last: said in the status bar, taken back with Ctrl+Z."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.database import Done
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import tr

_QUIET = ("security.", "visit.presence.", "visit.unfinished.")
"""Acts of coming and going: not said, and not taken back by the next person's Ctrl+Z."""


class UndoList(QObject):
    """Tells what to say, and whether it can be undone."""

    said = Signal(str, bool)
    complained = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._user_id = desk.actor.user_id
        self._done: list[tuple[int, str]] = []
        self._under_way = ""
        self._last_can_undo = False
        desk.done.connect(self._was_done)

    def reword(self, text: str) -> None:
        """The page's own words for the newest act."""
        if self._done and self._last_can_undo:
            self._done[-1] = (self._done[-1][0], text)
        self.said.emit(text, self._last_can_undo)

    def undo(self) -> None:
        """Takes back the newest act that can be; again for the one before."""
        if self._under_way:
            return
        if not self._done:
            self.complained.emit(tr("There is nothing to undo."))
            return
        entry_id, self._under_way = self._done.pop()
        self._desk.undo(self, self._was_undone, entry_id)

    def refused(self, error: FrontdeskError) -> None:
        self._under_way = ""
        self.complained.emit(str(error))

    def _was_done(self, done: Done[Any]) -> None:  # Any: of every command
        is_mine = done.changes.user_id == self._user_id
        if not is_mine or done.changes.command.startswith(_QUIET):
            return
        if not done.changes.topics:
            return  # something was only looked at: what was said before, and its Undo, stay
        self._last_can_undo = done.can_undo
        if done.can_undo:
            self._done.append((done.entry_id, tr(done.title)))
        self.said.emit(tr(done.title), done.can_undo)

    def _was_undone(self, _done: object) -> None:
        words, self._under_way = self._under_way, ""
        self._last_can_undo = bool(self._done)
        self.said.emit(tr("Undone: {what}", what=words), bool(self._done))
