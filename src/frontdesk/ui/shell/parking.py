"""Work put aside with F12 when the next person interrupts, and taken up again with Ctrl+J."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.changes import Changes
from frontdesk.services.security import parking
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Parked
from frontdesk.ui.text import tr

_MINUTE_MS = 60_000
_TOPIC = "parked_work"


@dataclass(slots=True)
class _Put:
    page: str
    title: str
    at: datetime
    state: object = None
    content: str = ""
    """What the office's data keeps; empty: it lasts as long as the programme."""
    id: int | None = None
    is_taken: bool = False


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
        desk.changed.connect(self._heard)
        self._ask()

    def put(self, page: str, work: Parked, kind: Any = None) -> None:  # Any: the type of a page's own state
        """`kind`: what the state can be read back as; without one it is kept in this window only."""
        content = msgspec.json.encode(work.state, order="deterministic").decode() if kind is not None else ""
        made = _Put(page, work.title, self._desk.local_now, work.state, content)
        self._put.append(made)
        self.tell()
        if content:
            self._desk.do(
                self,
                lambda parked_id: self._is_kept(made, parked_id),
                parking.put,
                page=page,
                title=work.title,
                content=content,
            )

    def take(self) -> "_Put | None":
        """What was put aside last; None when nothing is."""
        if not self._put:
            return None
        newest = self._put.pop()
        newest.is_taken = True
        self._take(newest)
        self.tell()
        return newest

    def tell(self) -> None:
        """Says again what is parked."""
        if not self._put:
            self.changed.emit("", "")
            return
        newest = self._put[-1]
        minutes = int((self._desk.local_now - newest.at).total_seconds() // 60)
        age = tr("{minutes} min", minutes=minutes)
        if minutes >= 120:
            age = tr("{hours} h", hours=minutes // 60)
        more = tr(", {count} more", count=len(self._put) - 1) if len(self._put) > 1 else ""
        self.changed.emit(newest.title, f"{age}{more}")

    def refused(self, error: FrontdeskError) -> None:
        """What cannot be kept stays in this window."""

    def _is_kept(self, made: _Put, parked_id: int) -> None:
        made.id = parked_id
        if made.is_taken:
            self._take(made)

    def _take(self, taken: _Put) -> None:
        if taken.id is not None and self._desk.is_signed_in:
            self._desk.do(self, _nothing, parking.take, parked_id=taken.id)

    def _heard(self, changes: Changes) -> None:
        """The same person at another desk."""
        if _TOPIC in changes.topics and not changes.here:
            self._ask()

    def _ask(self) -> None:
        if self._desk.is_signed_in and self._desk.may("own.park"):
            self._desk.ask(self, self._show, parking.waiting)

    def _show(self, waiting: tuple[parking.Put, ...]) -> None:
        if any(each.content and each.id is None for each in self._put):
            return  # its own row is on the way; the next change asks again
        known = {each.id: each for each in self._put if each.id is not None}
        kept = [
            known.get(row.id) or _Put(row.page, row.title, row.at, content=row.content, id=row.id)
            for row in waiting
        ]
        here_only = [each for each in self._put if each.id is None]
        self._put = sorted([*kept, *here_only], key=lambda each: each.at)
        self.tell()


def state_of(taken: _Put, kind: Any) -> object:  # Any: the type of a page's own state
    """What the page goes on with. Raises FrontdeskError where this version cannot read it."""
    if taken.state is not None or kind is None:
        return taken.state
    try:
        state: object = msgspec.json.decode(taken.content, type=kind)
    except msgspec.MsgspecError as error:
        raise FrontdeskError(
            tr("What was parked was kept by another version, and cannot be read.")
        ) from error
    return state


def _nothing(_: None) -> None:
    """What was taken up needs no word."""
