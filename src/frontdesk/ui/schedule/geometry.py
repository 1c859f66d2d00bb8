"""Where things of the book's grid stand: a column for each day of somebody, 20 px a quarter of an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect

from frontdesk.kernel.timespan import Span
from frontdesk.services.schedule.day import DayAway, DayBlock, DaySheet, DayVisit
from frontdesk.services.schedule.held import Held
from frontdesk.ui.schedule import look
from frontdesk.ui.theme import theme

QUARTER_PX = 20
GUTTER_PX = 44
NARROWEST_PX = 140
TWO_BELOW_PX = 700
"""Where there is less room, two columns are shown and the others scrolled to."""
RAIL_PX = 9
_EARLIEST, _LATEST = 8 * 60, 17 * 60
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the book: whose, and from when."""

    provider_id: int
    starts: datetime
    resource_ids: tuple[int, ...] = ()
    """Rooms, devices and staff, where the place names them."""
    place: str = ""
    """What it is called, where it is not only a time: "Room 9"."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """What one column shows: a day of a provider."""

    provider_id: int
    day: date
    said: str
    """Whose day it is, for a screen reader."""
    sessions: tuple[Span, ...]
    away: tuple[DayAway, ...]
    blocks: tuple[DayBlock, ...]
    holds: tuple[Held, ...]
    runs_late: bool
    """Whether predictions are drawn beside the cards."""
    visits: tuple[DayVisit, ...]

    def slot(self, at: time) -> Slot:
        return Slot(self.provider_id, datetime.combine(self.day, at))

    def held_at(self, at: datetime) -> Held | None:
        """The kept time that the person at the desk may take up there."""
        return next((each for each in self.holds if each.is_own and each.starts <= at < each.ends), None)

    def is_of(self, slot: Slot) -> bool:
        return self.provider_id == slot.provider_id and self.day == slot.starts.date()


def by_provider(sheet: DaySheet) -> tuple[GridColumn, ...]:
    """The columns of a day."""
    return tuple(
        GridColumn(
            provider_id=column.provider_id,
            day=sheet.day,
            said=column.name,
            sessions=column.sessions,
            away=column.away,
            blocks=column.blocks,
            holds=column.holds,
            runs_late=column.runs_late,
            visits=tuple(visit for visit in sheet.visits if visit.provider_id == column.provider_id),
        )
        for column in sheet.columns
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit and its rectangle in the content."""

    visit: DayVisit
    rect: QRect
    column: int


class DayGeometry:
    """The rectangles of some columns at one width, in pixels of the scrolled content."""

    def __init__(self, columns: Sequence[GridColumn], width: int, quarter_px: int = QUARTER_PX) -> None:
        px = theme().px
        self.columns = tuple(columns)
        self.gutter = px(GUTTER_PX)
        self.quarter = px(quarter_px)
        count = max(1, len(self.columns))
        room = width - self.gutter
        narrowest = px(NARROWEST_PX) if room >= px(TWO_BELOW_PX) else room / 2
        self.column_width = max(narrowest, room / count)
        self.width = round(self.gutter + self.column_width * count)
        self.first, self.last = _hours(self.columns)
        self.height = self.y_at(self.last)
        self.placed = self._place()

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the columns, from left to right."""
        return tuple(column.day for column in self.columns)

    def y_at(self, minute: float) -> int:
        """Where a minute of the day stands, counted from midnight."""
        return round((minute - self.first) / 15 * self.quarter)

    def y_of(self, at: datetime) -> int:
        return self.y_at(at.hour * 60 + at.minute + at.second / 60)

    def shows(self, at: datetime) -> bool:
        """Whether that moment is on the grid, in one of its columns at least."""
        return at.date() in self.days and self.first <= at.hour * 60 + at.minute < self.last

    def column_rect(self, column: int) -> QRect:
        left = round(self.gutter + column * self.column_width)
        right = round(self.gutter + (column + 1) * self.column_width)
        return QRect(left, 0, right - left, self.height)

    def span_rect(self, column: int, starts: datetime, ends: datetime) -> QRect:
        """The stretch of a column between two times, within the hours shown."""
        whole = self.column_rect(column)
        day = self.columns[column].day
        top = max(0, self.y_at(_minute(starts, day)))
        bottom = min(self.height, self.y_at(_minute(ends, day)))
        return QRect(whole.x() + 1, top, whole.width() - 1, bottom - top)

    def hours_of(self, column: int) -> tuple[datetime, datetime]:
        """When a column begins and ends on the screen."""
        midnight = datetime.combine(self.columns[column].day, time())
        return midnight + timedelta(minutes=self.first), midnight + timedelta(minutes=self.last)

    def slot_at(self, point: QPoint, *, step_minutes: int = 15) -> Slot | None:
        """The quarter of an hour under a point of the content."""
        if point.x() < self.gutter or not self.columns:
            return None
        column = int((point.x() - self.gutter) / self.column_width)
        if column >= len(self.columns):
            return None
        minutes = self.first + int(point.y() / self.quarter * 15 // step_minutes) * step_minutes
        minutes = max(0, min(_DAY - step_minutes, minutes))
        return self.columns[column].slot(time(minutes // 60, minutes % 60))

    def visit_at(self, point: QPoint) -> Placed | None:
        """The topmost card under a point."""
        return next((card for card in reversed(self.placed) if card.rect.contains(point)), None)

    def card_of(self, visit_id: int) -> Placed | None:
        return next((card for card in self.placed if card.visit.id == visit_id), None)

    def column_of(self, slot: Slot) -> int | None:
        """The column in which a place is, where that is shown."""
        return next((place for place, column in enumerate(self.columns) if column.is_of(slot)), None)

    def has_rail(self, column: int) -> bool:
        """Whether predictions are drawn beside the cards."""
        return self.columns[column].runs_late

    def _place(self) -> list[Placed]:
        placed = []
        px = theme().px
        least = self.quarter * 3 // 4
        for place, column in enumerate(self.columns):
            rail = px(RAIL_PX + 3) if column.runs_late else 0
            whole = self.column_rect(place)
            for lane, lanes, visit in side_by_side(column.visits):
                room = whole.width() - px(5) - rail
                left = whole.x() + px(3) + round(room * lane / lanes)
                width = round(room / lanes) - (px(2) if lane < lanes - 1 else 0)
                top = self.y_at(_minute(visit.starts, column.day)) + 1
                height = max(least, self.y_at(_minute(visit.ends, column.day)) - top - 1)
                placed.append(Placed(visit, QRect(left, top, width, height), place))
        return placed


def side_by_side(visits: Sequence[DayVisit]) -> list[tuple[int, int, DayVisit]]:
    """Each visit with its lane and how many its neighbours need; one called off yields to one that is on."""
    on = [visit for visit in visits if visit.status not in look.CALLED_OFF]
    off = [
        visit
        for visit in visits
        if visit.status in look.CALLED_OFF
        and not any(visit.starts < other.ends and other.starts < visit.ends for other in on)
    ]
    out: list[tuple[int, int, DayVisit]] = []
    cluster: list[DayVisit] = []
    for visit in sorted([*on, *off], key=lambda visit: (visit.starts, visit.id)):
        if cluster and visit.starts >= max(other.ends for other in cluster):
            out += _lanes(cluster)
            cluster = []
        cluster.append(visit)
    return out + _lanes(cluster)


def _lanes(cluster: Sequence[DayVisit]) -> list[tuple[int, int, DayVisit]]:
    ends: list[datetime] = []
    chosen: list[tuple[int, DayVisit]] = []
    for visit in cluster:
        lane = next((i for i, end in enumerate(ends) if end <= visit.starts), len(ends))
        ends[lane : lane + 1] = [visit.ends]
        chosen.append((lane, visit))
    return [(lane, len(ends), visit) for lane, visit in chosen]


def _minute(at: datetime, day: date) -> int:
    """Counted from the midnight with which a day begins; beyond that day where it lies beyond."""
    minute = at.hour * 60 + at.minute
    return minute if at.date() == day else minute + (at.date() - day).days * _DAY


def _hours(columns: Sequence[GridColumn]) -> tuple[int, int]:
    """Whole hours around everything there is, in minutes from midnight; at least the usual day."""
    starts, ends = [_EARLIEST], [_LATEST]
    for column in columns:
        spans = [*column.sessions, *(Span(visit.starts, visit.ends) for visit in column.visits)]
        starts += [_minute(span.starts, column.day) for span in spans]
        ends += [_minute(span.ends, column.day) for span in spans]
    return max(0, min(starts)) // 60 * 60, -(-min(_DAY, max(ends)) // 60) * 60
