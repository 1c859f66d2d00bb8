"""Looks through the watch folder while the client is open, whoever is signed in, beside the window."""

import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.work import SYSTEM
from frontdesk.ui.desk import Desk

if TYPE_CHECKING:
    from frontdesk.services.records.watching import FolderRounds

EVERY_MS: Final = 5_000
"""A file is taken when it did not grow from one round to the next."""


class FolderWatcher(QObject):
    """One round at a time, on a thread of the desk. What was refused lies in it, with its sentence."""

    def __init__(self, desk: Desk, every_ms: int = EVERY_MS) -> None:
        super().__init__(desk)
        self._desk = desk
        self._stopped = threading.Event()
        self._is_looking = False
        self._rounds: FolderRounds | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(every_ms)

    def look(self) -> None:
        """Begin a round, unless one is under way."""
        if self._is_looking or self._stopped.is_set():
            return
        self._is_looking = True
        self._desk.run(self, self._looked, self._round)

    def stop(self) -> None:
        """Finish the file that is being taken, and take no more."""
        self._timer.stop()
        self._stopped.set()

    def refused(self, error: FrontdeskError) -> None:
        """Unreachable database and the like: the status bar says so already."""
        self._is_looking = False

    def _looked(self, _: object) -> None:
        self._is_looking = False

    def _round(self) -> object:
        from frontdesk.services.records.watching import FolderRounds  # loaded at the first round

        if self._rounds is None:
            self._rounds = FolderRounds(self._desk.database, SYSTEM, is_stopped=self._stopped.is_set)
        return self._rounds.go()
