"""A visit on its way to another time, room, device or person: all that it holds goes along."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.words import ResourceKind
from frontdesk.ui.schedule import ground
from frontdesk.ui.schedule.drag import STEP_MINUTES
from frontdesk.ui.schedule.geometry import Slot
from frontdesk.ui.schedule.resource_geometry import PlacedBar, ResourceGeometry

_QUARTER = timedelta(minutes=15)


class ResourceMove:
    """Where a visit would go when one of its bars is taken to another row or time."""

    def __init__(
        self,
        placed: PlacedBar,
        day: ResourceGeometry,
        grip: QPoint | None = None,
        *,
        by_keys: bool = False,
        copies: bool = False,
    ) -> None:
        assert placed.visit is not None, "a held time is not moved"
        row = day.lines[placed.line].row
        assert row is not None, "a bar stands in a row"
        self.visit: DayVisit = placed.visit
        self.is_stay = placed.bar.is_stay
        self.by_keys = by_keys
        self.copies = copies
        self.starts = placed.visit.starts
        self.from_id = self.to_id = row.id
        self._kind: ResourceKind = row.kind
        self._held = day.held_by(placed.visit)
        self._grip = grip

    @property
    def goes_elsewhere(self) -> bool:
        return self.starts != self.visit.starts or self.to_id != self.from_id

    def follow(self, day: ResourceGeometry, point: QPoint) -> None:
        """To the time under the mouse; to its row, where that is of the same kind."""
        if self._grip is None:
            return
        minutes = round((point.x() - self._grip.x()) / day.per_minute / STEP_MINUTES) * STEP_MINUTES
        self._set_time(day, self.visit.starts + timedelta(minutes=minutes))
        number = day.row_at(point)
        self._set_row(day, number)

    def step(self, day: ResourceGeometry, rows: int, quarters: int) -> None:
        """By the arrows: a row of the same kind, or a quarter of an hour."""
        self._set_time(day, self.starts + quarters * _QUARTER)
        same = [line.row.id for line in day.lines if line.row and line.row.kind is self._kind]
        if rows and self.to_id in same:
            self.to_id = same[max(0, min(len(same) - 1, same.index(self.to_id) + rows))]

    def turn_to(self, day: date) -> None:
        """The same time on another day."""
        if not self.is_stay:
            self.starts = datetime.combine(day, self.starts.time())

    def slot(self, day: ResourceGeometry) -> Slot:
        """The place in the book that is meant, with everything else that the visit holds."""
        number = day.row_of(self.to_id)
        row = day.lines[number].row if number is not None else None
        place = row.name if row is not None and self.to_id != self.from_id else ""
        if self._kind is ResourceKind.PROVIDER:
            return Slot(self.to_id, self.starts, self._held, place)
        held = tuple(self.to_id if id == self.from_id else id for id in self._held)
        return Slot(self.visit.provider_id, self.starts, held, place)

    def paint(self, painter: QPainter, day: ResourceGeometry) -> None:
        """Each of the visit's bars where it would be."""
        by = self.starts - self.visit.starts
        words = f"{clock_time(self.starts)} {self.visit.patient.partition(', ')[0]}"
        moving = [
            each
            for each in day.bars_of(self.visit.id)
            if not each.bar.is_cleaning and each.bar.is_stay == self.is_stay
        ]
        for each in moving:
            row = day.lines[each.line].row
            number = day.row_of(self.to_id) if row and row.id == self.from_id else each.line
            if number is not None and self.starts.date() == day.day:
                rect: QRect = day.bar_rect(number, each.bar.starts + by, each.bar.ends + by)
                ground.paint_target(painter, rect, words)

    def rect(self, day: ResourceGeometry) -> QRect | None:
        """The bar that is carried, where it would be; None on another day."""
        number = day.row_of(self.to_id)
        if number is None or self.starts.date() != day.day:
            return None
        return day.bar_rect(number, self.starts, self.starts + (self.visit.ends - self.visit.starts))

    def _set_time(self, day: ResourceGeometry, starts: datetime) -> None:
        if self.is_stay:
            return
        latest = day.last - (self.visit.ends - self.visit.starts)
        self.starts = max(day.first, min(latest, starts))

    def _set_row(self, day: ResourceGeometry, number: int | None) -> None:
        row = day.lines[number].row if number is not None else None
        if row is not None and row.kind is self._kind:
            self.to_id = row.id
