"""Where things of the resources view stand: time runs to the right, a row per person, room, device."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect

from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.resource_bars import Bar
from frontdesk.services.schedule.resource_day import ResourceDay, ResourceGroup, ResourceRow
from frontdesk.services.schedule.words import ResourceKind
from frontdesk.ui.theme import theme

HEAD_PX = 178
AXIS_PX = 28
GROUP_PX = 26
ROW_PX = 29
LANE_PX = 25
NARROWEST_HOUR_PX = 96
_EARLIEST, _LATEST = time(8), time(17)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the view: the name of a group, or the row of a resource."""

    rect: QRect
    group: ResourceGroup
    row: ResourceRow | None


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """A bar and its rectangle in the content."""

    bar: Bar
    visit: DayVisit | None
    rect: QRect
    line: int


class ResourceGeometry:
    """The rectangles of one day at one width, in pixels of the scrolled content, the axis included."""

    def __init__(self, day: ResourceDay, width: int) -> None:
        px = theme().px
        self.source = day
        self.head = px(HEAD_PX)
        self.axis = px(AXIS_PX)
        self.first, self.last = _hours(day)
        minutes = (self.last - self.first) / _MINUTE
        self.per_minute = max(px(NARROWEST_HOUR_PX) / 60, (width - self.head) / minutes)
        self.width = round(self.head + minutes * self.per_minute)
        self._visits = {visit.id: visit for visit in day.sheet.visits}
        self.lines: list[Line] = []
        self.placed: list[PlacedBar] = []
        self.height = self._place()

    @property
    def day(self) -> date:
        return self.source.day

    def x_of(self, at: datetime) -> int:
        return round(self.head + (at - self.first) / _MINUTE * self.per_minute)

    def at_x(self, x: int) -> datetime:
        """The minute at a place of the content."""
        return self.first + timedelta(minutes=int((x - self.head) / self.per_minute))

    def span_rect(self, line: int, starts: datetime, ends: datetime) -> QRect:
        """The stretch of a row between two times, within the hours shown."""
        whole = self.lines[line].rect
        left = max(self.head, self.x_of(starts))
        right = min(self.width, self.x_of(ends))
        return QRect(left, whole.y(), max(0, right - left), whole.height())

    def bar_rect(self, line: int, starts: datetime, ends: datetime, lane: int = 0) -> QRect:
        """Where a bar stands in its row; it never gets too thin to be hit."""
        px = theme().px
        span = self.span_rect(line, max(starts, self.first), ends)
        top = span.y() + px(3) + lane * px(LANE_PX)
        return QRect(span.x() + 1, top, max(px(8), span.width() - 2), px(ROW_PX - 6))

    def row_at(self, point: QPoint) -> int | None:
        """The line of the resource under a point."""
        for number, line in enumerate(self.lines):
            if line.row is not None and line.rect.top() <= point.y() <= line.rect.bottom():
                return number
        return None

    def bar_at(self, point: QPoint) -> PlacedBar | None:
        return next((each for each in reversed(self.placed) if each.rect.contains(point)), None)

    def row_of(self, resource_id: int) -> int | None:
        for number, line in enumerate(self.lines):
            if line.row is not None and line.row.id == resource_id:
                return number
        return None

    def visit(self, visit_id: int) -> DayVisit | None:
        return self._visits.get(visit_id)

    def bars_of(self, visit_id: int) -> list[PlacedBar]:
        """Everything that a visit holds."""
        return [each for each in self.placed if each.visit is not None and each.visit.id == visit_id]

    def held_by(self, visit: DayVisit) -> tuple[int, ...]:
        """The rooms, devices and staff that a visit is booked on."""
        return tuple(
            dict.fromkeys(
                row.id
                for line in self.lines
                if (row := line.row) is not None and row.kind is not ResourceKind.PROVIDER
                for bar in row.bars
                if bar.visit_id == visit.id and not bar.is_stay
            )
        )

    def _place(self) -> int:
        px = theme().px
        top = self.axis
        for group in self.source.groups:
            self.lines.append(Line(QRect(0, top, self.width, px(GROUP_PX)), group, None))
            top += px(GROUP_PX)
            for row in group.rows:
                laid = lanes(row.bars)
                height = px(ROW_PX) + max((lane for lane, _ in laid), default=0) * px(LANE_PX)
                number = len(self.lines)
                self.lines.append(Line(QRect(0, top, self.width, height), group, row))
                for lane, bar in laid:
                    visit = self._visits.get(bar.visit_id) if bar.visit_id is not None else None
                    rect = self.bar_rect(number, bar.starts, bar.ends, lane)
                    self.placed.append(PlacedBar(bar, visit, rect, number))
                top += height
        return top


def lanes(bars: Sequence[Bar]) -> list[tuple[int, Bar]]:
    """Each bar with the lane in which nothing else is at that time: 0 but for double bookings."""
    ends: list[datetime] = []
    out: list[tuple[int, Bar]] = []
    for bar in sorted(bars, key=lambda bar: (bar.starts, bar.ends)):
        lane = next((i for i, end in enumerate(ends) if end <= bar.starts), len(ends))
        ends[lane : lane + 1] = [bar.ends]
        out.append((lane, bar))
    return out


def _hours(day: ResourceDay) -> tuple[datetime, datetime]:
    """Whole hours around everything that is booked; at least the usual day."""
    starts = [datetime.combine(day.day, _EARLIEST)]
    ends = [datetime.combine(day.day, _LATEST)]
    for group in day.groups:
        for row in group.rows:
            bars = [bar for bar in row.bars if not bar.is_stay]
            starts += [span.starts for span in row.hours or ()] + [bar.starts for bar in bars]
            ends += [span.ends for span in row.hours or ()] + [bar.ends for bar in bars]
    first, last = min(starts).replace(minute=0), max(ends)
    if last.minute:
        last = last.replace(minute=0) + timedelta(hours=1)
    return first, last
