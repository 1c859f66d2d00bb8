"""Work put aside with F12 when the next person interrupts, and taken up again with Ctrl+J."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Parked
from frontdesk.ui.text import tr

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Put:
    page: str
    work: Parked
    at: datetime


class Parking(QObject):
    """The newest comes back first; tells its title and its age each minute."""

    changed = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._put: list[_Put] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tell)
        self._timer.start(_MINUTE_MS)

    def put(self, page: str, work: Parked) -> None:
        self._put.append(_Put(page, work, self._desk.local_now))
        self.tell()

    def take(self) -> tuple[str, object] | None:
        """The page and the state of what was put aside last; None when nothing is."""
        if not self._put:
            return None
        newest = self._put.pop()
        self.tell()
        return newest.page, newest.work.state

    def tell(self) -> None:
        """Says again what is parked."""
        if not self._put:
            self.changed.emit("", "")
            return
        newest = self._put[-1]
        minutes = int((self._desk.local_now - newest.at).total_seconds() // 60)
        more = tr(", {count} more", count=len(self._put) - 1) if len(self._put) > 1 else ""
        self.changed.emit(newest.work.title, tr("{minutes} min{more}", minutes=minutes, more=more))
