"""How many visits of the day stand where; a click shows only those."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule.status import Status
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LINE = 21
_SHORT = {Status.READY: "Ready", Status.NOT_ARRIVED: "Not arrived"}


class StatusCounts(QWidget):
    """Two columns of status, icon and count, in the order of the day; arrived and waiting on the right."""

    status_chosen = Signal(object)
    """Status, or None for all."""

    _LEFT = (
        Status.SCHEDULED,
        Status.CONFIRMED,
        Status.NOT_ARRIVED,
        Status.NO_SHOW,
        Status.CANCELED,
        Status.DONE,
    )
    _RIGHT = (Status.CHECKING_IN, Status.READY, Status.IN_ROOM, Status.IN_VISIT, Status.CHECK_OUT)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._counts: dict[Status, int] = {}
        self._only: Status | None = None

    def show_counts(self, counts: Sequence[tuple[Status, int]]) -> None:
        self._counts = dict(counts)
        self.setAccessibleName(
            ", ".join(f"{look.STATUS_NAME[status]}: {count}" for status, count in counts if count)
        )
        self.update()

    @property
    def only(self) -> Status | None:
        """The one status that is shown; None: all."""
        return self._only

    def show_only(self, status: Status | None) -> None:
        self._only = status
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(190), theme().px(_LINE) * len(self._LEFT) + theme().px(12))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        status = self._status_at(event.position().toPoint())
        if status is not None:
            self.show_only(None if status is self._only else status)
            self.status_chosen.emit(self._only)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = theme().px
        for status, rect in self._places():
            if status is self._only:
                draw.box(painter, rect.adjusted(-px(3), 0, px(3), 0), theme().color("accent-soft"))
            tone = look.STATUS_TONE[status]
            count = self._counts.get(status, 0)
            mark = QRect(rect.x(), rect.y(), px(16), rect.height())
            draw.icon(painter, mark, look.STATUS_ICON[status], tone if count else "text-off", 14)
            number = str(count)
            words = rect.adjusted(px(18), 0, -draw.text_width(number, theme().font("secondary")) - 1, 0)
            name = tr(_SHORT.get(status, look.STATUS_NAME[status]))
            draw.words(painter, words, name, "secondary", "text" if count else "text-3")
            draw.words(
                painter,
                rect,
                number,
                "secondary",
                "text-2" if count else "text-3",
                Qt.AlignmentFlag.AlignRight,
                elide=False,
            )
        painter.end()

    def _places(self) -> list[tuple[Status, QRect]]:
        px = theme().px
        half = (self.width() - px(16) - px(6)) // 2
        places = []
        for side, statuses in enumerate((self._LEFT, self._RIGHT)):
            left = px(9) + side * (half + px(6))
            for line, status in enumerate(statuses):
                places.append((status, QRect(left, px(2) + line * px(_LINE), half, px(_LINE))))
        return places

    def _status_at(self, point: QPoint) -> Status | None:
        return next((status for status, rect in self._places() if rect.contains(point)), None)
