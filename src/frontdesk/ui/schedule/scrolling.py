"""How the grid of the book scrolls: as far as its content goes, and to what is meant."""

from datetime import datetime

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea

from frontdesk.ui.schedule.geometry import DayGeometry
from frontdesk.ui.theme import theme


def set_ranges(area: QAbstractScrollArea, day: DayGeometry) -> None:
    """As far as the content is larger than what is seen; a quarter of an hour with each step."""
    down, across, seen = area.verticalScrollBar(), area.horizontalScrollBar(), area.viewport()
    down.setRange(0, max(0, day.height - seen.height()))
    down.setPageStep(seen.height())
    down.setSingleStep(day.quarter)
    across.setRange(0, max(0, day.width - seen.width()))
    across.setPageStep(seen.width())
    across.setSingleStep(theme().px(40))


def to_now(area: QAbstractScrollArea, day: DayGeometry, now: datetime | None) -> None:
    """Now at one third of the height, and its column in view, where the content does not fit."""
    if now is None or not day.shows(now):
        return
    area.verticalScrollBar().setValue(day.y_of(now) - area.viewport().height() // 3)
    if now.date() != day.days[0]:
        column = day.column_rect(day.days.index(now.date()))
        right = column.right() + 1 - area.viewport().width()
        area.horizontalScrollBar().setValue(min(max(0, right), column.left() - day.gutter))


def bring_into_view(area: QAbstractScrollArea, day: DayGeometry, rect: QRect) -> None:
    """No further than it must."""
    down, across, seen = area.verticalScrollBar(), area.horizontalScrollBar(), area.viewport()
    margin = theme().px(8)
    if rect.top() < down.value():
        down.setValue(rect.top() - margin)
    elif rect.bottom() > down.value() + seen.height():
        down.setValue(rect.bottom() - seen.height() + margin)
    if rect.left() < across.value() + day.gutter:
        across.setValue(rect.left() - day.gutter)
    elif rect.right() > across.value() + seen.width():
        across.setValue(rect.right() - seen.width() + margin)
