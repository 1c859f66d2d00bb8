"""The days of a month as a calendar: how full each provider is, in tint and by a bar; keys walk it."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from frontdesk.services.schedule.month_density import Density, MonthDay, MonthSheet
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_HEAD = 28
_LINE = 19
_LEAST = 76
_NAMES = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_WEEKEND = 0.55
"""How wide Saturday and Sunday are against a weekday, where nobody works on them."""


class MonthGrid(QWidget):
    """Says which day is chosen and opened."""

    chosen = Signal(date)
    opened = Signal(date)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty(DRAWS_OWN_FOCUS, True)
        self.setAccessibleName(tr("Days of the month"))
        self._month: MonthSheet | None = None
        self._day = self._today = date.min
        self._provider: int | None = None

    def show_month(self, month: MonthSheet, day: date, today: date, provider_id: int | None) -> None:
        """Of one provider, or of all; `day` is the chosen one."""
        self._month, self._day, self._today, self._provider = month, day, today, provider_id
        chosen = self._of(day)
        self.setAccessibleDescription(self._said(chosen) if chosen else "")
        self.updateGeometry()
        self.update()

    def day_rect(self, day: date) -> QRect:
        """Where a day of the month is."""
        assert self._month is not None, "a month is shown"
        line, place = divmod((self._month.first.weekday() + 1) % 7 + day.day - 1, 7)
        lefts = self._lefts()
        top, height = theme().px(_HEAD), self.height() - theme().px(_HEAD)
        y, below = (top + round(height * each / self._lines()) for each in (line, line + 1))
        return QRect(lefts[place], y, lefts[place + 1] - lefts[place], below - y)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(900), theme().px(_HEAD + 116 * self._lines()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(_HEAD + _LEAST * self._lines()))

    # -- keys and mouse -------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.chosen.emit(self._day + timedelta(step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.chosen.emit(day.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.opened.emit(day.day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(event.pos())
            QToolTip.showText(event.globalPos(), self._said(day) if day else "", self)
            return True
        return super().event(event)

    # -- painting -------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color = QPainter(self), theme().color
        painter.fillRect(self.rect(), color("surface"))
        lefts = self._lefts()
        painter.fillRect(0, 0, self.width(), theme().px(_HEAD), color("subtle"))
        for name, left, right in zip(_NAMES, lefts, lefts[1:], strict=False):
            head = QRect(left + theme().px(8), 0, right - left - theme().px(8), theme().px(_HEAD))
            draw.words(painter, head, tr(name), "caption", "text-3")
        if self._month is not None:
            for day in self._month.days:
                self._paint_day(painter, self.day_rect(day.day), day)
            self._paint_chosen(painter)
        painter.end()

    def _paint_day(self, painter: QPainter, rect: QRect, day: MonthDay) -> None:
        px, color = theme().px, theme().color
        density = self._density(day)
        is_open = bool(density.working_minutes or density.visits)
        if not is_open:
            painter.fillRect(rect, color("band-lunch"))
        if day.holiday:
            draw.hatch(painter, rect, color("band-lunch-h"))
        painter.setPen(color("line"))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inner = rect.adjusted(px(8), px(5), -px(8), -px(5))
        first = QRect(inner.x(), inner.y(), inner.width(), px(20))
        number = QRect(first)
        if day.day == self._today:
            width = draw.role_width(str(day.day.day), "card-strong") + px(12)
            number.setWidth(width)
            draw.box(painter, number.adjusted(-px(4), px(1), -px(4), -px(1)), color("now"), radius=9)
            number.translate(px(2), 0)
        ink = "on-now" if day.day == self._today else "text" if is_open else "text-3"
        used = draw.words(painter, number, str(day.day.day), "card-strong", ink, elide=False)
        rest = first.adjusted(used + px(14), 0, 0, 0)
        if day.holiday or not is_open:
            draw.words(painter, rest, day.holiday, "secondary", "text-2")
            return
        visits = counted(density.visits, "{count} visit", "{count} visits")
        if draw.role_width(visits, "secondary") > rest.width():
            visits = str(density.visits)
        draw.words(painter, rest, visits, "secondary", "text-2", Qt.AlignmentFlag.AlignRight, elide=False)
        self._paint_loads(painter, inner.adjusted(0, px(22), 0, 0), day)

    def _paint_loads(self, painter: QPainter, place: QRect, day: MonthDay) -> None:
        """A line for each provider, as many as find room; else the whole day in one."""
        px = theme().px
        density = self._density(day)
        open_words = counted(density.open_count, "{count} open", "{count} open") if density.open_count else ""
        room = place.height() - px(18)
        named = self._named(day)
        if self._most() * px(_LINE) > room:
            named = [("", density)]
        wide = place.width() >= px(96)
        for number, (name, each) in enumerate(named):
            line = QRect(place.x(), place.y() + number * px(_LINE), place.width(), px(_LINE))
            _paint_load(painter, line, name if wide else "", each)
        below = QRect(place.x(), place.bottom() - px(17), place.width(), px(18))
        if open_words and below.top() >= place.y() + len(named) * px(_LINE) - 1:
            draw.words(painter, below, open_words, "secondary", "accent-text")

    def _paint_chosen(self, painter: QPainter) -> None:
        if self._month is None or self._of(self._day) is None:
            return
        rect = self.day_rect(self._day).adjusted(0, 0, -1, -1)
        if self.hasFocus():
            draw.focus_ring(painter, rect, 4)
        else:
            draw.box(painter, rect, None, theme().color("accent"), radius=3)

    # -- inside ---------------------------------------------------------------

    def _named(self, day: MonthDay) -> list[tuple[str, Density]]:
        assert self._month is not None, "a month is shown"
        names = {each.id: each.last_name for each in self._month.providers}
        return [(names[id], each) for id, each in day.by_provider if self._provider in (None, id)]

    def _most(self) -> int:
        """So many providers has a day at most: either all days name theirs, or none."""
        days = self._month.days if self._month is not None else ()
        return 1 if self._provider is not None else max((len(day.by_provider) for day in days), default=0)

    def _density(self, day: MonthDay) -> Density:
        if self._provider is None:
            return day.whole
        return dict(day.by_provider).get(self._provider, Density(0, 0, 0, 0))

    def _lines(self) -> int:
        """How many weeks the month touches."""
        if self._month is None:
            return 5
        return -(-((self._month.first.weekday() + 1) % 7 + len(self._month.days)) // 7)

    def _lefts(self) -> list[int]:
        """Where the weekdays begin; a weekend on which nobody works is narrow."""
        shares = [1.0] * 7
        for place in (0, 6):
            days = self._month.days if self._month is not None else ()
            of_place = [day for day in days if (day.day.weekday() + 1) % 7 == place]
            if not any(day.by_provider for day in of_place):
                shares[place] = _WEEKEND
        lefts, at = [0], 0.0
        for share in shares:
            at += share
            lefts.append(round(self.width() * at / sum(shares)))
        return lefts

    def _day_at(self, point: QPoint) -> MonthDay | None:
        days = self._month.days if self._month is not None else ()
        return next((day for day in days if self.day_rect(day.day).contains(point)), None)

    def _of(self, day: date) -> MonthDay | None:
        return next((each for each in self._month.days if each.day == day), None) if self._month else None

    def _said(self, day: MonthDay) -> str:
        """A day for a screen reader and the tooltip."""
        density = self._density(day)
        parts = [f"{day.day:%A, %B} {day.day.day}"]
        if day.holiday or not (density.working_minutes or density.visits):
            parts.append(day.holiday or tr("closed"))
        else:
            parts.append(counted(density.visits, "{count} visit", "{count} visits"))
            parts.append(tr("{percent} percent booked", percent=round(100 * density.share)))
            parts.append(counted(density.open_count, "{count} slot open", "{count} slots open"))
            parts += [
                tr("{name} {percent} percent", name=name, percent=round(100 * each.share))
                for name, each in self._named(day)
            ]
        return ", ".join(parts)


def _paint_load(painter: QPainter, line: QRect, name: str, density: Density) -> None:
    """The tint of the heat, and a bar as long as the load, so that tint is not the only carrier."""
    px, color = theme().px, theme().color
    track = QRect(line.x(), line.y() + 1, line.width(), line.height() - px(2))
    draw.box(painter, track, color(f"heat-{density.heat}"), radius=3)
    if density.share:
        bar = QRect(track.x() + px(3), track.bottom() - px(2), track.width() - px(6), px(2))
        bar.setWidth(round(bar.width() * density.share))
        painter.fillRect(bar, color("heat-4-tx" if density.heat == 4 else "accent"))
    ink = "heat-4-tx" if density.heat == 4 else "text"
    words = track.adjusted(px(5), 0, -px(5), -px(3))
    figure = tr("{percent}%", percent=round(100 * density.share))
    right = Qt.AlignmentFlag.AlignRight
    draw.words(painter, words, figure, "caption", ink, right, elide=False)
    words.setRight(words.right() - draw.role_width(figure, "caption") - px(4))
    draw.words(painter, words, name, "caption", ink)
