"""The heads of the day's columns: who, how much is still open, and whether the day runs late."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from frontdesk.services.schedule.day import DayColumn
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 56


class DayHeads(QWidget):
    """One head above each column; `lefts` are the columns' edges, one more than there are columns."""

    late_opened = Signal(object)
    """The provider whose lateness was clicked."""
    out_asked = Signal(object)
    """The provider of whom the head's menu says that they are out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._columns: Sequence[DayColumn] = ()
        self._lefts: Sequence[int] = ()
        self._seen = QRect()
        self._late: list[tuple[QRect, int]] = []
        self.setMouseTracking(True)

    def show_columns(self, columns: Sequence[DayColumn], lefts: Sequence[int], seen: QRect) -> None:
        """`seen` is how far the columns are on the screen."""
        self._columns, self._lefts, self._seen = columns, lefts, seen
        self.setAccessibleName("; ".join(f"{column.name}: {column.pace}" for column in columns))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), theme().px(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        provider_id = self._late_at(event.position().toPoint())
        if provider_id is not None:
            self.late_opened.emit(provider_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_late = self._late_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_late else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tr("Whom to tell") if is_late else "")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu_at(event.pos().x())
        if menu is not None:
            menu.popup(event.globalPos())

    def menu_at(self, x: int) -> QMenu | None:
        """What can be done about the provider of the column there."""
        spans = zip(self._columns, self._lefts, self._lefts[1:], strict=False)
        column = next((column for column, left, right in spans if left <= x < right), None)
        if column is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = menu.addAction(theme().icon("user-x", "text-2"), tr("{name} is out…", name=column.name))
        entry.triggered.connect(lambda _=False: self.out_asked.emit(column.provider_id))
        return menu

    def _late_at(self, point: QPoint) -> int | None:
        return next((provider_id for chip, provider_id in self._late if chip.contains(point)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._late = []
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("subtle"))
        painter.setPen(theme().color("line-2"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setClipRect(self._seen.x(), 0, self._seen.width(), self.height())
        for column, left, right in zip(self._columns, self._lefts, self._lefts[1:], strict=False):
            self._paint_head(painter, QRect(left, 0, right - left, self.height() - 1), column)
        painter.end()

    def _paint_head(self, painter: QPainter, rect: QRect, column: DayColumn) -> None:
        px = theme().px
        painter.setPen(theme().color("line"))
        painter.drawLine(rect.x(), 0, rect.x(), rect.bottom())
        inner = rect.adjusted(px(8), px(6), -px(8), 0)
        first = QRect(inner.x(), inner.y(), inner.width(), px(20))
        left = f"{column.open_minutes // 60}:{column.open_minutes % 60:02d}"
        width = draw.text_width(left, theme().font("secondary"))
        draw.words(painter, first, left, "secondary", "text-2", Qt.AlignmentFlag.AlignRight, elide=False)
        mark = QRect(first.right() - width - px(19), first.y(), px(14), first.height())
        draw.icon(painter, mark, "calendar-plus", "text-3", 14)
        name = QRect(first.x(), first.y(), first.width() - width - px(26), first.height())
        draw.words(painter, name, column.name, "strong")
        second = QRect(inner.x(), first.bottom() + px(4), inner.width(), px(draw.CHIP_HEIGHT))
        used = 0
        if column.pace:
            late = column.runs_late
            tone, icon = ("warn", "clock-alert") if late else ("ok", "check")
            used = draw.chip_width(column.pace, icon)
            if used > second.width():
                words = tr("{minutes} min late", minutes=column.late_minutes) if late else column.pace
                used = draw.chip_width(words, icon)
            else:
                words = column.pace
            chip = QRect(second.x(), second.y(), min(used, second.width()), second.height())
            draw.chip(painter, chip, words, tone, icon)
            if late:
                self._late.append((chip, column.provider_id))
        rooms = _rooms(column.rooms)
        rest = second.adjusted(used + px(8), 0, 0, 0)
        if rooms and draw.text_width(rooms, theme().font("secondary")) <= rest.width():
            draw.words(painter, rest, rooms, "secondary", "text-2", Qt.AlignmentFlag.AlignRight, elide=False)


def _rooms(rooms: Sequence[str]) -> str:
    if not rooms:
        return ""
    plain = [room.removeprefix("Room ") for room in rooms]
    return tr("Rm {rooms}", rooms=plain[0] if len(plain) == 1 else f"{plain[0]}–{plain[-1]}")
