"""A visit on its way to another place or length: followed by the mouse, stepped by the keys."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.day import DayVisit
from frontdesk.ui.schedule import ground
from frontdesk.ui.schedule.geometry import DayGeometry, Slot
from frontdesk.ui.text import tr

STEP_MINUTES = 5
_QUARTER = timedelta(minutes=15)


class Move:
    """Where a visit would go. `grip` is how far below its start it was taken."""

    def __init__(
        self,
        visit: DayVisit,
        grip: timedelta = timedelta(),
        *,
        by_keys: bool = False,
        copies: bool = False,
    ) -> None:
        self.visit = visit
        self.by_keys = by_keys
        self.copies = copies
        self.target = Slot(visit.provider_id, visit.starts)
        self._grip = grip

    @property
    def goes_elsewhere(self) -> bool:
        return self.target != Slot(self.visit.provider_id, self.visit.starts)

    def follow(self, day: DayGeometry, point: QPoint) -> None:
        """To the place under the mouse; outside the columns it stays where it was."""
        slot = day.slot_at(point, step_minutes=STEP_MINUTES)
        if slot is not None:
            self.target = Slot(slot.provider_id, _snapped(slot.starts - self._grip))

    def step(self, day: DayGeometry, columns: int, quarters: int) -> None:
        """By the arrows: a column, or a quarter of an hour, within what is shown."""
        at = day.column_of(self.target) or 0
        column = min(len(day.columns) - 1, max(0, at + columns))
        to = day.columns[column].slot(self.target.starts.time())
        first, last = day.hours_of(column)
        latest = last - (self.visit.ends - self.visit.starts)
        self.target = replace(to, starts=max(first, min(latest, to.starts + quarters * _QUARTER)))

    def turn_to(self, day: DayGeometry) -> None:
        """The same time and, where there are several, the same weekday on what is shown now."""
        if not day.columns or day.column_of(self.target) is not None:
            return
        at, providers = self.target.starts, {column.provider_id for column in day.columns}
        column = min(day.columns, key=lambda column: column.day.weekday() != at.weekday())
        provider = column.provider_id if len(providers) == 1 else self.target.provider_id
        self.target = Slot(provider, datetime.combine(column.day, at.time()))

    def rect(self, day: DayGeometry) -> QRect | None:
        """Where it would stand; None when that is not shown."""
        column = day.column_of(self.target)
        if column is None:
            return None
        ends = self.target.starts + (self.visit.ends - self.visit.starts)
        return day.span_rect(column, self.target.starts, ends).adjusted(3, 1, -3, -1)

    def paint(self, painter: QPainter, day: DayGeometry) -> None:
        rect = self.rect(day)
        if rect is not None:
            words = f"{clock_time(self.target.starts)} {self.visit.patient}"
            ground.paint_target(painter, rect, words)


class Stretch:
    """A visit whose end is drawn; it stays in its column."""

    def __init__(self, visit: DayVisit, x: int) -> None:
        self.visit = visit
        self.until = visit.ends
        self._x = x

    def follow(self, day: DayGeometry, point: QPoint) -> None:
        slot = day.slot_at(QPoint(self._x, point.y()), step_minutes=STEP_MINUTES)
        least = timedelta(minutes=STEP_MINUTES)
        if slot is not None:
            self.until = max(self.visit.starts + least, slot.starts + least)

    def rect(self, day: DayGeometry) -> QRect | None:
        """From its start to where its end is drawn; None when it is not shown."""
        card = day.card_of(self.visit.id)
        if card is None:
            return None
        rect = QRect(card.rect)
        rect.setBottom(day.y_of(self.until))
        return rect

    def paint(self, painter: QPainter, day: DayGeometry) -> None:
        rect = self.rect(day)
        if rect is not None:
            minutes = int((self.until - self.visit.starts).total_seconds() // 60)
            ground.paint_target(painter, rect, tr("{minutes} min", minutes=minutes))


def _snapped(at: datetime) -> datetime:
    return at.replace(minute=at.minute // STEP_MINUTES * STEP_MINUTES, second=0, microsecond=0)
