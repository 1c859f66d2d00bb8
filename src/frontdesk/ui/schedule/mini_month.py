"""A month at a glance: how full each day is, by tint and by a bar; keys and clicks choose a day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from frontdesk.kernel.months import months_later, next_month
from frontdesk.services.schedule.month import DayLoad
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import Role, theme

_CELL_HEIGHT = 24
_HEAD_HEIGHT = 18


class MiniMonth(QWidget):
    """One month with its load; asks for another, and says which day was chosen."""

    day_chosen = Signal(date)
    month_asked = Signal(date)
    """The first day of a month whose load is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "strong")
        before = IconButton("chevron-left", tr("Month before"))
        after = IconButton("chevron-right", tr("Next month"))
        before.clicked.connect(self._before)
        after.clicked.connect(self._after)
        self._days = _Days()
        self._days.day_chosen.connect(self.day_chosen)
        self.setLayout(
            column(row(self._title, None, before, after, gap=4), self._days, gap=4, margins=(12, 8, 8, 8))
        )
        self._first = date.min

    @property
    def first_day(self) -> date:
        """The first day of the month that is shown."""
        return self._first

    def show_month(self, first: date, chosen: date, today: date) -> None:
        """Another month, its load still to come."""
        self._first = first
        self._title.setText(f"{first:%B} {first.year}")
        self._days.show_month(first, chosen, today)

    def show_load(self, load: Sequence[DayLoad]) -> None:
        """How full the days are."""
        self._days.show_load({each.day: each for each in load})

    def _before(self) -> None:
        self.month_asked.emit(months_later(self._first, -1))

    def _after(self) -> None:
        self.month_asked.emit(next_month(self._first))


class _Days(QWidget):
    day_chosen = Signal(date)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Days of the month"))
        self._first = self._chosen = self._today = date.min
        self._load: Mapping[date, DayLoad] = {}

    def show_month(self, first: date, chosen: date, today: date) -> None:
        if first != self._first:
            self._load = {}
        self._first, self._chosen, self._today = first, chosen, today
        self.updateGeometry()
        self.update()

    def show_load(self, load: Mapping[date, DayLoad]) -> None:
        self._load = load
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        return QSize(px(190), px(_HEAD_HEIGHT) + 6 * px(_CELL_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.day_chosen.emit(self._chosen + timedelta(step))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.day_chosen.emit(day)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(event.pos())
            load = self._load.get(day) if day else None
            QToolTip.showText(event.globalPos(), _said(load) if load else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = theme().px
        for place, letter in enumerate("SMTWTFS"):
            head = QRect(round(place * self.width() / 7), 0, self.width() // 7, px(_HEAD_HEIGHT))
            draw.words(painter, head, letter, "caption", "text-3", Qt.AlignmentFlag.AlignHCenter, elide=False)
        if self._first == date.min:
            return
        day = self._first
        while day.month == self._first.month:
            self._paint_day(painter, day)
            day += timedelta(1)
        if self.hasFocus():
            draw.focus_ring(painter, self._cell(self._chosen).adjusted(-1, -1, 1, 1), 5)
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        px = theme().px
        cell = self._cell(day)
        load = self._load.get(day)
        heat = load.heat if load and load.open_minutes else None
        if heat is not None:
            draw.box(painter, cell, theme().color(f"heat-{heat}"), radius=4)
            share = load.share if load else 0.0
            bar = QRect(cell.x() + px(5), cell.bottom() - px(4), round((cell.width() - px(10)) * share), 2)
            painter.fillRect(bar, theme().color("heat-4-tx" if heat == 4 else "accent"))
        if day == self._chosen:
            draw.box(painter, cell, None, theme().color("text"), radius=4)
            draw.box(painter, cell.adjusted(1, 1, -1, -1), None, theme().color("text"), radius=3)
        color = "text-3" if heat is None else "heat-4-tx" if heat == 4 else "text"
        role: Role = "card-strong" if day in (self._today, self._chosen) else "secondary"
        draw.words(
            painter,
            cell.adjusted(0, 0, 0, -px(3)),
            str(day.day),
            role,
            color,
            Qt.AlignmentFlag.AlignHCenter,
            elide=False,
        )

    def _cell(self, day: date) -> QRect:
        px = theme().px
        offset = (self._first.weekday() + 1) % 7
        line, place = divmod(offset + day.day - 1, 7)
        if day.month != self._first.month:
            return QRect()
        left = round(place * self.width() / 7)
        return QRect(
            left + 1,
            px(_HEAD_HEIGHT) + line * px(_CELL_HEIGHT) + 1,
            self.width() // 7 - 3,
            px(_CELL_HEIGHT) - 3,
        )

    def _day_at(self, point: QPoint) -> date | None:
        day = self._first
        while day.month == self._first.month and day != date.min:
            if self._cell(day).adjusted(-1, -1, 2, 2).contains(point):
                return day
            day += timedelta(1)
        return None


def _said(load: DayLoad) -> str:
    if load.holiday:
        return load.holiday
    if not load.open_minutes:
        return tr("Closed")
    return tr(
        "{booked} of {open} hours booked",
        booked=f"{load.booked_minutes / 60:.0f}",
        open=f"{load.open_minutes / 60:.0f}",
    )
