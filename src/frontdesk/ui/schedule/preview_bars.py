"""The day of a picked time: a bar for the provider, each room, device and person, and the patient."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.kernel.text import us_time
from frontdesk.kernel.timespan import Span
from frontdesk.services.schedule.preview import Bar, Preview
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEAD, _LINE, _LEFT = 18, 25, 92
_FIRST, _LAST = 8, 17


class PreviewBars(QWidget):
    """Empty until the day has come. Earlier and later hours are shown where the visit needs them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._midnight = datetime.min
        self._hours = (_FIRST, _LAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_preview(self, preview: Preview | None) -> None:
        self._bars = preview.bars if preview is not None else ()
        if preview is not None:
            self._midnight = datetime.combine(preview.slot.starts, time())
            needed = [span for bar in self._bars for span in (*bar.needed, *bar.cleaning)]
            first = min((self._hour(span.starts) for span in needed), default=_FIRST)
            last = max((self._hour(span.ends) for span in needed), default=_LAST)
            self._hours = (min(_FIRST, int(first)), max(_LAST, -int(-last // 1)))
        self.setAccessibleName("; ".join(_said(bar) for bar in self._bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(280), theme().px(_HEAD) + theme().px(_LINE) * max(1, len(self._bars)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter, px = QPainter(self), theme().px
        first, last = self._hours
        center = Qt.AlignmentFlag.AlignHCenter
        for hour in range(first, last):
            place = QRect(self._x(hour) - px(10), 0, px(20), px(_HEAD))
            draw.words(painter, place, str(hour % 12 or 12), "caption", "text-2", center, elide=False)
        for place_of, bar in enumerate(self._bars):
            line = QRect(0, px(_HEAD) + place_of * px(_LINE), self.width(), px(_LINE - 5))
            self._paint_bar(painter, line, bar)
        painter.end()

    def _paint_bar(self, painter: QPainter, line: QRect, bar: Bar) -> None:
        px, color = theme().px, theme().color
        name = QRect(0, line.y(), px(_LEFT - 8), line.height())
        draw.words(painter, name, bar.name, "secondary")
        frame = QRect(px(_LEFT), line.y(), line.width() - px(_LEFT), line.height())
        draw.box(painter, frame, color("surface"), color("line-2"), radius=3)
        at = self._midnight + timedelta(hours=self._hours[0])
        for span in (*bar.open, Span(self._midnight + timedelta(hours=self._hours[1]), datetime.max)):
            if span.starts > at:
                self._hatch(painter, line, Span(at, span.starts), "band-lunch", "band-lunch-h")
            at = max(at, span.ends)
        for span in bar.busy:
            painter.fillRect(self._rect(line, span).adjusted(0, 1, 0, -1), color("line-2"))
        for span in bar.cleaning:
            self._hatch(painter, line, span, "surface", "accent-line")
        for span in bar.needed:
            draw.box(painter, self._rect(line, span), color("accent"), radius=3)

    def _hatch(self, painter: QPainter, line: QRect, span: Span, ground: str, strokes: str) -> None:
        rect = self._rect(line, span).adjusted(0, 1, 0, -1)
        painter.fillRect(rect, theme().color(ground))
        draw.hatch(painter, rect, theme().color(strokes))

    def _rect(self, line: QRect, span: Span) -> QRect:
        left, right = self._x(self._hour(span.starts)), self._x(self._hour(span.ends))
        return QRect(left, line.y(), max(3, right - left), line.height())

    def _hour(self, at: datetime) -> float:
        return min(24.0, max(0.0, (at - self._midnight) / timedelta(hours=1)))

    def _x(self, hour: float) -> int:
        first, last = self._hours
        left = theme().px(_LEFT)
        share = (hour - first) / (last - first)
        return round(left + 1 + (self.width() - left - 2) * min(1.0, max(0.0, share)))


def _said(bar: Bar) -> str:
    spans = (*bar.needed, *bar.cleaning)
    if not spans:
        return bar.name
    starts, ends = min(span.starts for span in spans), max(span.ends for span in spans)
    return tr("{name} {start} to {end}", name=bar.name, start=us_time(starts), end=us_time(ends))
