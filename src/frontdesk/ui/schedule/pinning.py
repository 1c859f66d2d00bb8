"""The pinboard and the day together: laid aside from the day, carried back onto whatever day is shown."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from frontdesk.services.schedule import pinboard
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.pinboard import Pin
from frontdesk.ui.kit.page import Page
from frontdesk.ui.schedule.day_grid import DayGrid
from frontdesk.ui.schedule.moving import Moving, spoken
from frontdesk.ui.schedule.pin_strip import PinStrip, as_visit
from frontdesk.ui.text import tr


class Pinning:
    """Connects a page's grid with its strip."""

    def __init__(self, page: Page, grid: DayGrid, strip: PinStrip, moving: Moving) -> None:
        self._page, self._grid, self._strip, self._moving = page, grid, strip, moving
        strip.carried.connect(self.pick_up)
        strip.dragged.connect(self._dragged)
        strip.dropped.connect(self._dropped)
        strip.changed.connect(self._show_pins)
        grid.dropped_out.connect(self._dropped_out)
        delete = QShortcut(QKeySequence("Del"), strip)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self._take_off)

    def pin(self, visit: DayVisit) -> None:
        """Lay a visit on the board; it keeps its place."""
        words = tr("Pinned {name}; the visit keeps its place", name=spoken(visit))
        self._page.clear_complaints()
        self._page.desk.do(
            self._page, lambda _: self._page.told.emit(words), pinboard.pin, appointment_id=visit.id
        )

    def pick_up(self, pin: Pin) -> None:
        """Carry a card over the day that is shown; Enter or Ctrl+V puts it down, Escape lets it be."""
        self._grid.carry(as_visit(pin))
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pins(self, pins: tuple[Pin, ...]) -> None:
        self._moving.pins = {pin.appointment_id: pin.id for pin in pins}

    def _dragged(self, pin: Pin, at: QPoint) -> None:
        if self._grid.carried is None:
            self._grid.carry(as_visit(pin))
        self._grid.follow(self._grid.viewport().mapFromGlobal(at))

    def _dropped(self, _: Pin, at: QPoint) -> None:
        viewport = self._grid.viewport()
        if viewport.rect().contains(viewport.mapFromGlobal(at)):
            self._grid.put_down()
        else:
            self._grid.let_be()

    def _dropped_out(self, visit: DayVisit, at: QPoint) -> None:
        """Below the day, where the board is or would be."""
        below = self._grid.mapToGlobal(self._grid.rect().bottomLeft()).y()
        if at.y() >= below:
            self.pin(visit)

    def _take_off(self) -> None:
        card = next((card for card in self._strip.cards() if card.hasFocus()), None)
        if card is not None:
            self._strip.take_off(card.pin)
