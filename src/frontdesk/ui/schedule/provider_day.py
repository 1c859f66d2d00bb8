"""A provider's day as a bar: what is booked, what is closed, and where the new visit would stand."""

from datetime import datetime, timedelta

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.kernel.timespan import Span
from frontdesk.services.schedule.day import DayColumn, DaySheet, DayVisit
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEAD, _LINE, _LEFT = 18, 24, 84
_FIRST, _LAST = 8, 17


class ProviderDay(QWidget):
    """Empty until the day's sheet has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: DayColumn | None = None
        self._visits: tuple[DayVisit, ...] = ()
        self._span: Span | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_span(self, span: Span | None) -> None:
        """Another time; its day is still to come."""
        self._span, self._column, self._visits = span, None, ()
        self.update()

    def show_sheet(self, sheet: DaySheet) -> None:
        if self._span is not None and sheet.day == self._span.starts.date() and sheet.columns:
            self._column = sheet.columns[0]
            self._visits = tuple(v for v in sheet.visits if v.status not in look.CALLED_OFF)
            self.setAccessibleName(tr("{name}: {said}", name=self._column.name, said=self.said))
        self.update()

    @property
    def said(self) -> str:
        """ "5 h 15 booked, 5 h 45 with this visit"."""
        if self._span is None or self._column is None:
            return ""
        before = sum(int((visit.ends - visit.starts).total_seconds() // 60) for visit in self._visits)
        after = before + self._span.minutes
        return tr("{before} booked, {after} with this visit", before=_hours(before), after=_hours(after))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(280), theme().px(_HEAD + _LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._span is None:
            return
        painter, px, color = QPainter(self), theme().px, theme().color
        for hour in range(_FIRST, _LAST):
            place = QRect(self._x(self._at(hour)) - px(10), 0, px(20), px(_HEAD))
            words = str(hour % 12 or 12)
            center = Qt.AlignmentFlag.AlignHCenter
            draw.words(painter, place, words, "secondary", "text-2", center, elide=False)
        line = QRect(0, px(_HEAD), self.width(), px(_LINE - 4))
        bar = QRect(px(_LEFT), line.y(), line.width() - px(_LEFT), line.height())
        draw.box(painter, bar, color("surface"), color("line-2"), radius=3)
        if self._column is not None:
            name = QRect(0, line.y(), px(_LEFT - 6), line.height())
            draw.words(painter, name, self._column.name, "secondary")
            self._paint_closed(painter, line, self._column)
            for visit in self._visits:
                painter.fillRect(self._rect(line, visit.starts, visit.ends), color("line-2"))
        chosen = self._rect(line, self._span.starts, self._span.ends).adjusted(0, -1, 0, 1)
        draw.box(painter, chosen, color("accent"), radius=3)
        painter.end()

    def _paint_closed(self, painter: QPainter, line: QRect, column: DayColumn) -> None:
        at = self._at(_FIRST)
        for session in sorted(column.sessions):
            if session.starts > at:
                self._hatch(painter, line, at, session.starts)
            at = max(at, session.ends)
        if at < self._at(_LAST):
            self._hatch(painter, line, at, self._at(_LAST))
        for away in column.away:
            self._hatch(painter, line, away.starts, away.ends)

    def _hatch(self, painter: QPainter, line: QRect, starts: datetime, ends: datetime) -> None:
        rect = self._rect(line, starts, ends)
        painter.fillRect(rect, theme().color("band-lunch"))
        draw.hatch(painter, rect, theme().color("band-lunch-h"))

    def _rect(self, line: QRect, starts: datetime, ends: datetime) -> QRect:
        left, right = self._x(starts), self._x(ends)
        return QRect(left, line.y() + 1, max(3, right - left), line.height() - 2)

    def _at(self, hour: int) -> datetime:
        assert self._span is not None, "a time is shown"
        return self._span.starts.replace(hour=hour, minute=0)

    def _x(self, at: datetime) -> int:
        left = theme().px(_LEFT)
        share = (at - self._at(_FIRST)) / timedelta(hours=_LAST - _FIRST)
        return round(left + (self.width() - left - 1) * min(1.0, max(0.0, share)))


def _hours(minutes: int) -> str:
    return tr("{hours} h {minutes}", hours=minutes // 60, minutes=f"{minutes % 60:02d}")
