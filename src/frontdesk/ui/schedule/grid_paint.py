"""Paints the grid of the book: its ground, the cards, and the line of now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.flags import Flag
from frontdesk.ui.schedule import ground, visit_card
from frontdesk.ui.schedule.geometry import DayGeometry
from frontdesk.ui.schedule.visit_card import CardLook

PLAIN = CardLook()


@dataclass(frozen=True, slots=True)
class GridLook:
    """How the grid stands on the screen, beside what it shows."""

    now: datetime | None
    chosen: int | None
    hovered: int | None
    dragged: int | None
    """The visit that is on its way elsewhere."""
    is_focused: bool
    only: Status | None
    """The one status that is not dimmed."""

    def card(self, visit_id: int) -> CardLook:
        if visit_id not in (self.chosen, self.hovered, self.dragged):
            return PLAIN
        return CardLook(
            selected=visit_id == self.chosen,
            hovered=visit_id == self.hovered,
            focused=self.is_focused,
            dragged=visit_id == self.dragged,
        )


def paint(
    painter: QPainter,
    day: DayGeometry,
    flags: Mapping[int, tuple[Flag, ...]],
    seen: QRect,
    shift: QPoint,
    look: GridLook,
) -> None:
    """What of the content is `seen`, which is scrolled by `shift`; the hours stay at the left edge."""
    painter.translate(-shift)
    ground.paint_ground(painter, day, seen, look.now)
    ground.paint_predictions(painter, day)
    for card in day.placed:
        if card.rect.intersects(seen):
            visit = card.visit
            if look.only is not None:
                painter.setOpacity(1.0 if look.only is visit.status else 0.25)
            visit_card.paint(painter, card.rect, visit, flags.get(visit.id, ()), look.card(visit.id))
    painter.setOpacity(1.0)
    ground.paint_now(painter, day, look.now)
    painter.translate(shift.x(), 0)
    ground.paint_gutter(painter, day, look.now)


def picture_of(viewport: QWidget, paint: Callable[[QPainter, QRect], object]) -> QPixmap:
    """The whole of a viewport as `paint` paints it, at its screen's resolution."""
    ratio = viewport.devicePixelRatioF()
    picture = QPixmap(viewport.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    paint(painter, viewport.rect())
    painter.end()
    return picture
