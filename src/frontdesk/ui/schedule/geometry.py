"""Where things of the day view stand: columns by provider, 20 px a quarter of an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect

from frontdesk.services.schedule.day import DaySheet, DayVisit
from frontdesk.ui.schedule import look
from frontdesk.ui.theme import theme

QUARTER_PX = 20
GUTTER_PX = 44
NARROWEST_PX = 140
TWO_BELOW_PX = 700
"""Where there is less room, two providers are shown and the others scrolled to."""
RAIL_PX = 9
_EARLIEST, _LATEST = time(8), time(17)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the day: whose, and from when."""

    provider_id: int
    starts: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit and its rectangle in the content."""

    visit: DayVisit
    rect: QRect
    column: int


class DayGeometry:
    """The rectangles of one day at one width, in pixels of the scrolled content."""

    def __init__(self, sheet: DaySheet, width: int) -> None:
        px = theme().px
        self.sheet = sheet
        self.gutter = px(GUTTER_PX)
        self.quarter = px(QUARTER_PX)
        count = max(1, len(sheet.columns))
        room = width - self.gutter
        narrowest = px(NARROWEST_PX) if room >= px(TWO_BELOW_PX) else room / 2
        self.column_width = max(narrowest, room / count)
        self.width = round(self.gutter + self.column_width * count)
        self.first, self.last = _hours(sheet)
        self.height = round((self.last - self.first) / timedelta(minutes=15) * self.quarter)
        self.placed = self._place()

    @property
    def day(self) -> date:
        return self.sheet.day

    def y_of(self, at: datetime) -> int:
        return round((at - self.first) / timedelta(minutes=15) * self.quarter)

    def column_rect(self, column: int) -> QRect:
        left = round(self.gutter + column * self.column_width)
        right = round(self.gutter + (column + 1) * self.column_width)
        return QRect(left, 0, right - left, self.height)

    def span_rect(self, column: int, starts: datetime, ends: datetime) -> QRect:
        """The stretch of a column between two times, within the hours shown."""
        whole = self.column_rect(column)
        top = max(0, self.y_of(starts))
        bottom = min(self.height, self.y_of(ends))
        return QRect(whole.x() + 1, top, whole.width() - 1, bottom - top)

    def slot_at(self, point: QPoint, *, step_minutes: int = 15) -> Slot | None:
        """The quarter of an hour under a point of the content."""
        if point.x() < self.gutter or not self.sheet.columns:
            return None
        column = int((point.x() - self.gutter) / self.column_width)
        if column >= len(self.sheet.columns):
            return None
        minutes = point.y() / self.quarter * 15
        starts = self.first + timedelta(minutes=int(minutes // step_minutes) * step_minutes)
        return Slot(self.sheet.columns[column].provider_id, starts)

    def visit_at(self, point: QPoint) -> Placed | None:
        """The topmost card under a point."""
        return next((card for card in reversed(self.placed) if card.rect.contains(point)), None)

    def card_of(self, visit_id: int) -> Placed | None:
        return next((card for card in self.placed if card.visit.id == visit_id), None)

    def column_of(self, provider_id: int) -> int | None:
        for place, column in enumerate(self.sheet.columns):
            if column.provider_id == provider_id:
                return place
        return None

    def has_rail(self, column: int) -> bool:
        """Whether the provider runs late, so that predictions are drawn beside the cards."""
        return self.sheet.columns[column].pace.startswith("Running")

    def _place(self) -> list[Placed]:
        placed = []
        px = theme().px
        for place, column in enumerate(self.sheet.columns):
            mine = [visit for visit in self.sheet.visits if visit.provider_id == column.provider_id]
            rail = px(RAIL_PX + 3) if self.has_rail(place) else 0
            whole = self.column_rect(place)
            for lane, lanes, visit in side_by_side(mine):
                room = whole.width() - px(5) - rail
                left = whole.x() + px(3) + round(room * lane / lanes)
                width = round(room / lanes) - (px(2) if lane < lanes - 1 else 0)
                top = self.y_of(visit.starts) + 1
                height = max(px(QUARTER_PX) * 3 // 4, self.y_of(visit.ends) - top - 1)
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


def _hours(sheet: DaySheet) -> tuple[datetime, datetime]:
    """Whole hours around everything there is; at least the usual day."""
    starts = [datetime.combine(sheet.day, _EARLIEST)]
    ends = [datetime.combine(sheet.day, _LATEST)]
    for column in sheet.columns:
        starts += [session.starts for session in column.sessions]
        ends += [session.ends for session in column.sessions]
    starts += [visit.starts for visit in sheet.visits]
    ends += [visit.ends for visit in sheet.visits]
    first = min(starts).replace(minute=0)
    last = max(ends)
    if last.minute:
        last = last.replace(minute=0) + timedelta(hours=1)
    return first, last
