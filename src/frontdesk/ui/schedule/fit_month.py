"""The month of a request: each day fits, has too little time, or is full; by tint and by a mark."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from frontdesk.kernel.months import months_later, next_month
from frontdesk.kernel.text import weekday_date
from frontdesk.services.schedule import month_finder
from frontdesk.services.schedule.month_finder import DayFit, FoundDay
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import Role, theme

_CELL, _HEAD, _LEGEND = 27, 18, 22
_WORDS = {DayFit.FITS: "Fits", DayFit.SHORT: "Time, but too short", DayFit.FULL: "Full"}


class FitMonth(Frame):
    """Asks for a month, and says from which day to search."""

    day_chosen = Signal(date)
    month_asked = Signal(date)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._title = Label("", "strong")
        before = IconButton("chevron-left", tr("Month before"))
        after = IconButton("chevron-right", tr("Next month"))
        before.clicked.connect(lambda: self.month_asked.emit(months_later(self.first_day, -1)))
        after.clicked.connect(lambda: self.month_asked.emit(next_month(self.first_day)))
        self.days = _Days()
        self.days.day_chosen.connect(self.day_chosen)
        self.setLayout(
            column(
                row(self._title, None, before, after, gap=4),
                self.days,
                _Legend(),
                gap=4,
                margins=(14, 8, 14, 8),
            )
        )

    @property
    def first_day(self) -> date:
        return self.days.first_day

    def ask(self, page: Page, request: OpeningRequest | None, first: date) -> None:
        """Another month, none that has passed; its days come where there is something to look for."""
        today = page.desk.today
        self.show_month(max(first, today.replace(day=1)), today)
        if request is not None:
            page.desk.ask(
                page, self.show_days, month_finder.month_fit, request=request, first_day=self.first_day
            )

    def show_month(self, first: date, today: date) -> None:
        self._title.setText(tr("Where it fits in {month}", month=f"{first:%B} {first.year}"))
        self.days.show_month(first, today)

    def show_days(self, found: tuple[FoundDay, ...]) -> None:
        """What each day has; an answer for another month is dropped."""
        if found and found[0].day == self.first_day:
            self.days.show_days({each.day: each for each in found})


class _Days(QWidget):
    day_chosen = Signal(date)

    def __init__(self) -> None:
        super().__init__()
        self.first_day = self._today = date.min
        self._chosen = date.min
        self._found: Mapping[date, FoundDay] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(DRAWS_OWN_FOCUS, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Days of the month, by what they have for this visit"))

    def show_month(self, first: date, today: date) -> None:
        if first != self.first_day:
            self._found = {}
            self._chosen = max(first, today) if first.month == today.month else first
        self.first_day, self._today = first, today
        self.update()

    def show_days(self, found: Mapping[date, FoundDay]) -> None:
        self._found = found
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(260), theme().px(_HEAD) + 6 * theme().px(_CELL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            day = self._chosen + timedelta(step)
            if day.month == self.first_day.month:
                self._chosen = day
                self._describe()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self._choose(day)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(event.pos())
            QToolTip.showText(event.globalPos(), self._said(day) if day else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        for place, letter in enumerate("SMTWTFS"):
            head = QRect(round(place * self.width() / 7), 0, self.width() // 7, px(_HEAD))
            draw.words(painter, head, letter, "caption", "text-3", Qt.AlignmentFlag.AlignHCenter, elide=False)
        day = self.first_day
        while day != date.min and day.month == self.first_day.month:
            self._paint_day(painter, day)
            day += timedelta(1)
        if self.hasFocus():
            draw.focus_ring(painter, self._cell(self._chosen).adjusted(-1, -1, 1, 1), 5)
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        cell = self._cell(day)
        found = self._found.get(day)
        fit = found.fit if found else DayFit.CLOSED
        if fit is not DayFit.CLOSED:
            paint_fit(painter, cell, fit)
        words = cell.adjusted(0, 0, 0, -theme().px(6))
        ink = "text-3" if fit is DayFit.CLOSED else "text"
        center = Qt.AlignmentFlag.AlignHCenter
        role: Role = "card-strong" if day == self._today else "secondary"
        draw.words(painter, words, str(day.day), role, ink, center, elide=False)

    def _choose(self, day: date) -> None:
        self._chosen = day
        self._describe()
        if day >= self._today:
            self.day_chosen.emit(day)

    def _describe(self) -> None:
        self.setAccessibleDescription(self._said(self._chosen))
        self.update()

    def _said(self, day: date) -> str:
        found = self._found.get(day)
        if found is None or found.fit is DayFit.CLOSED:
            return tr("{day}: closed", day=weekday_date(day))
        words = tr(_WORDS[found.fit])
        if found.starts:
            words = counted(found.starts, "{count} start fits", "{count} starts fit")
        return tr("{day}: {what}", day=weekday_date(day), what=words)

    def _cell(self, day: date) -> QRect:
        px = theme().px
        line, place = divmod((self.first_day.weekday() + 1) % 7 + day.day - 1, 7)
        left = round(place * self.width() / 7)
        return QRect(left + 2, px(_HEAD) + line * px(_CELL) + 1, self.width() // 7 - 4, px(_CELL) - 3)

    def _day_at(self, point: QPoint) -> date | None:
        day = self.first_day
        while day != date.min and day.month == self.first_day.month:
            if self._cell(day).adjusted(-1, -1, 2, 2).contains(point):
                return day
            day += timedelta(1)
        return None


class _Legend(QWidget):
    """What the marks mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("; ".join(tr(words) for words in _WORDS.values()))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(260), theme().px(_LEGEND))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        x = 0
        for fit, words in _WORDS.items():
            paint_fit(painter, QRect(x, px(3), px(22), px(16)), fit)
            place = QRect(x + px(28), 0, self.width() - x - px(28), self.height())
            x += px(28 + 16) + draw.words(painter, place, tr(words), "caption", "text-2")
        painter.end()


def paint_fit(painter: QPainter, cell: QRect, fit: DayFit) -> None:
    """A tint, and below it a whole line, half a line, or hatching across: colour is not alone."""
    px, color = theme().px, theme().color
    tints = {DayFit.FITS: "ok-bg", DayFit.SHORT: "warn-bg", DayFit.FULL: "sunken"}
    draw.box(painter, cell, color(tints[fit]), color("line-strong") if theme().is_high_contrast else None, 4)
    line = QRect(cell.x() + px(4), cell.bottom() - px(4), cell.width() - px(8), px(3))
    if fit is DayFit.FITS:
        painter.fillRect(line, color("ok"))
    elif fit is DayFit.SHORT:
        painter.fillRect(line.x(), line.y(), line.width() // 2, line.height(), color("warn"))
    else:
        draw.hatch(painter, cell.adjusted(1, 1, -1, -1), color("line-strong"))
