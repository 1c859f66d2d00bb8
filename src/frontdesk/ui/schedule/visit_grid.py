"""What every painted view of visits has in common, so that the same acts, keys and menus work on all."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from frontdesk.services.schedule.day import DayVisit


class VisitGrid(QAbstractScrollArea):
    """Says which visit is chosen and opened, and can carry it by the keys."""

    chosen = Signal(object)
    """DayVisit or None."""
    opened = Signal(object)
    """DayVisit: Enter or double click."""
    moved = Signal(object, object)
    """DayVisit, and the Slot it was dropped on."""
    copied = Signal(object, object)
    """DayVisit, and the Slot at which another of its kind is wanted."""
    menu_asked = Signal(object, QPoint)
    """DayVisit, and where on the screen its menu opens."""

    @property
    def current(self) -> DayVisit | None:
        """The chosen visit."""
        raise NotImplementedError

    def pick_up(self, *, copies: bool = False) -> None:
        """Take the chosen visit or a copy along: arrows carry, `put_down` moves it, Escape lets it be."""
        raise NotImplementedError

    def put_down(self) -> None:
        """Where it was carried to."""
        raise NotImplementedError
