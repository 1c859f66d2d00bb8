"""Reads the text of what comes in while the client is open, beside the window."""

import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.changes import Changes
from frontdesk.ui.desk import Desk

if TYPE_CHECKING:
    from frontdesk.services.records.text_reading import PdfReader

EVERY_MS: Final = 60_000
SOON_MS: Final = 800


class TextReader(QObject):
    """Short rounds, one at a time, on a thread of the desk; soon after something came in, and each minute."""

    def __init__(self, desk: Desk, every_ms: int = EVERY_MS) -> None:
        super().__init__(desk)
        self._desk = desk
        self._reader: PdfReader | None = None
        self._stopped = threading.Event()
        self._is_reading = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.read)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.read)
        self._timer.start(every_ms)
        desk.changed.connect(self._heard)
        self._soon.start()

    def read(self) -> None:
        """Begin a round, unless one is under way."""
        if not self._is_reading and not self._stopped.is_set():
            self._is_reading = True
            self._desk.run(self, self._was_read, self._round)

    def stop(self) -> None:
        """Give up what is being read; it waits for the next start."""
        self._timer.stop()
        self._soon.stop()
        self._stopped.set()
        if self._reader is not None:
            self._reader.stop()

    def refused(self, error: FrontdeskError) -> None:
        """Unreachable database and the like: the status bar says so already."""
        self._is_reading = False

    def _heard(self, changes: Changes) -> None:
        if "document" in changes.topics and changes.here and not self._stopped.is_set():
            self._soon.start()

    def _was_read(self, count: int) -> None:
        self._is_reading = False
        if count and not self._stopped.is_set():
            self._soon.start()  # there may be more

    def _round(self) -> int:
        # Loaded at the first round, not at the start.
        from frontdesk.services.records.text_reading import PdfReader, read_round

        if self._reader is None:
            self._reader = PdfReader()
        count = read_round(self._desk.database, self._reader, is_stopped=self._stopped.is_set)
        if not count:
            self._reader.close()  # the process is started again when something comes
        return count
