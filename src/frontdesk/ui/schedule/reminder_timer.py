"""Sends reminders while the client is open, whoever is signed in: a round each minute, beside the window."""

import threading
from typing import Final

from PySide6.QtCore import QObject, QTimer

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.work import SYSTEM
from frontdesk.ui.desk import Desk

EVERY_MS: Final = 60_000


class ReminderSender(QObject):
    """One round at a time, on a thread of the desk. A failed round is not shown: the next one tries again."""

    def __init__(self, desk: Desk, every_ms: int = EVERY_MS) -> None:
        super().__init__(desk)
        self._desk = desk
        self._stopped = threading.Event()
        self._is_sending = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.send)
        self._timer.start(every_ms)

    def send(self) -> None:
        """Begin a round, unless one is under way."""
        if self._is_sending or self._stopped.is_set():
            return
        self._is_sending = True
        self._desk.run(self, self._sent, self._round)

    def stop(self) -> None:
        """Finish the message that is being sent, and send no more."""
        self._timer.stop()
        self._stopped.set()

    def refused(self, error: FrontdeskError) -> None:
        """Unreachable database and the like: the status bar says so already."""
        self._is_sending = False

    def _sent(self, _: object) -> None:
        self._is_sending = False

    def _round(self) -> object:
        from frontdesk.services.schedule import reminder_sender  # loaded at the first round, not at the start

        return reminder_sender.send_due(self._desk.database, SYSTEM, is_stopped=self._stopped.is_set)
