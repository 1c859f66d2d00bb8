"""The heads of the week's columns: which day, how full it is, how much is still open."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule.day import DaySheet
from frontdesk.services.schedule.month import DayLoad
from frontdesk.services.schedule.week import WeekSheet
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import Role, theme

_HEIGHT = 56
_BAR = 6


class WeekHeads(QWidget):
    """One head above each column; `lefts` are the columns' edges, one more than there are columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._days: Sequence[tuple[DaySheet, DayLoad]] = ()
        self._lefts: Sequence[int] = ()
        self._seen = QRect()
        self._today = date.min

    def show_week(self, week: WeekSheet, lefts: Sequence[int], seen: QRect, today: date) -> None:
        """`seen` is how far the columns are on the screen."""
        self._days = tuple(zip(week.days, week.loads, strict=False))
        self._lefts, self._seen, self._today = lefts, seen, today
        self.setAccessibleName("; ".join(said(day, load, today) for day, load in self._days))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("subtle"))
        painter.setPen(theme().color("line-2"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setClipRect(self._seen.x(), 0, self._seen.width(), self.height())
        for (day, load), left, right in zip(self._days, self._lefts, self._lefts[1:], strict=False):
            self._paint_head(painter, QRect(left, 0, right - left, self.height() - 1), day, load)
        painter.end()

    def _paint_head(self, painter: QPainter, rect: QRect, day: DaySheet, load: DayLoad) -> None:
        px, is_today = theme().px, day.day == self._today
        if is_today:
            painter.fillRect(rect, theme().color("accent-soft"))
        painter.setPen(theme().color("line"))
        painter.drawLine(rect.x(), 0, rect.x(), rect.bottom())
        inner = rect.adjusted(px(8), px(6), -px(6), 0)
        first = QRect(inner.x(), inner.y(), inner.width(), px(20))
        words = open_words(day, load, self._today)
        width = draw.role_width(words, "secondary")
        name = QRect(first)
        ink = "accent-text" if is_today else "text"
        parts: tuple[tuple[str, Role], ...] = ((f"{day.day:%a}", "body"), (str(day.day.day), "section"))
        for part, role in (*parts, *(((tr("Today"), "strong"),) if is_today else ())):
            kept = width + px(6) if role == "strong" else 0  # how much is open is never cut for it
            if draw.role_width(part, role) <= name.width() - kept:
                name.setLeft(name.left() + draw.words(painter, name, part, role, ink, elide=False) + px(4))
        right = Qt.AlignmentFlag.AlignRight
        place = QRect(max(name.left(), first.right() - width), first.y(), 0, first.height())
        place.setRight(first.right())
        draw.words(painter, place, words, "secondary", "text-2", right)
        self._paint_load(painter, QRect(inner.x(), first.bottom() + px(4), inner.width(), px(18)), load)

    def _paint_load(self, painter: QPainter, line: QRect, load: DayLoad) -> None:
        """A bar as long as the day is full, and the same in figures."""
        if not load.open_minutes:
            return
        px = theme().px
        words = tr("{percent}%", percent=round(100 * load.share))
        width = draw.role_width("100%", "secondary")
        track = QRect(line.x(), line.center().y() - px(_BAR) // 2, line.width() - width - px(8), px(_BAR))
        draw.box(painter, track, theme().color("sunken"), radius=3)
        if load.share:
            track.setWidth(max(px(_BAR), round(track.width() * load.share)))
            draw.box(painter, track, theme().color("accent"), radius=3)
        right = Qt.AlignmentFlag.AlignRight
        draw.words(painter, line, words, "secondary", "text-2", right, elide=False)


def open_words(day: DaySheet, load: DayLoad, today: date) -> str:
    """ "3 open", "full", "closed", or the holiday; nothing of a day that has passed."""
    if day.holiday:
        return day.holiday
    if not load.open_minutes:
        return tr("out") if day.columns and day.columns[0].away else tr("closed")
    if day.day < today:
        return ""
    return tr("{count} open", count=day.open_count) if day.open_count else tr("full")


def said(day: DaySheet, load: DayLoad, today: date) -> str:
    """A head for a screen reader."""
    parts = [f"{day.day:%A}, {day.day:%B} {day.day.day}", open_words(day, load, today)]
    if load.open_minutes:
        parts.append(tr("{percent} percent booked", percent=round(100 * load.share)))
    return ", ".join(part for part in parts if part)
