"""The day by people, rooms and equipment: painted rows; keys walk them, the mouse drags on them."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QToolTip, QWidget

from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.resource_day import ResourceDay, ResourceRow
from frontdesk.services.schedule.words import ResourceKind
from frontdesk.services.visit.flags import Flag
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.schedule import resource_bar, resource_ground, resource_walking
from frontdesk.ui.schedule.geometry import Slot
from frontdesk.ui.schedule.resource_bar import BarLook
from frontdesk.ui.schedule.resource_drag import ResourceMove
from frontdesk.ui.schedule.resource_geometry import PlacedBar, ResourceGeometry
from frontdesk.ui.schedule.visit_grid import VisitGrid
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class ResourceGrid(VisitGrid):
    """Shows the resources of a day; says what is chosen, opened, and dragged where."""

    roomed = Signal(object, object, str)
    """DayVisit, and the room that its patient is taken to, with its name."""
    slot_opened = Signal(object)
    """A free Slot of a provider: double click."""
    row_menu_asked = Signal(object, QPoint)
    """ResourceRow, and where on the screen its menu opens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Day by people, rooms and equipment"))
        self.setProperty(DRAWS_OWN_FOCUS, True)
        self.viewport().setMouseTracking(True)
        self._day: ResourceGeometry | None = None
        self._flags: Mapping[int, tuple[Flag, ...]] = {}
        self._now: datetime | None = None
        self._row_id: int | None = None
        self._chosen: int | None = None
        self._pressed_at: QPoint | None = None
        self._drag: ResourceMove | None = None
        self._has_key_focus = False

    # -- what is shown --------------------------------------------------------

    def show_day(self, day: ResourceDay, flags: Mapping[int, tuple[Flag, ...]], now: datetime) -> None:
        """Draw a day; the chosen bar and the scroll stay where they are on the same day."""
        is_new = self._day is None or self._day.day != day.day
        self._flags, self._now = flags, now
        self._lay_out(day)
        if is_new and self._drag is not None:
            self._drag.turn_to(day.day)
        if self._chosen is not None and not self._geometry.bars_of(self._chosen):
            self.choose(None)
        if is_new and now.date() == day.day:
            x = self._geometry.x_of(now) - self.viewport().width() // 3
            self.horizontalScrollBar().setValue(x)
        self.viewport().update()

    def tick(self, now: datetime) -> None:
        """Move the line; nothing else of the day has changed."""
        self._now = now
        self.viewport().update()

    @property
    def current(self) -> DayVisit | None:
        placed = self._current_bar()
        return placed.visit if placed else None

    @property
    def row(self) -> ResourceRow | None:
        """The row that the keys are in."""
        number = self._geometry.row_of(self._row_id) if self._day and self._row_id is not None else None
        return self._geometry.lines[number].row if number is not None else None

    def choose(self, visit_id: int | None, row_id: int | None = None) -> None:
        """Make a visit the current one in a row, by default its provider's, and bring it into view."""
        bars = self._geometry.bars_of(visit_id) if self._day and visit_id is not None else []
        placed = next((each for each in bars if each.bar.resource_id == row_id), bars[0] if bars else None)
        self._chosen = placed.visit.id if placed and placed.visit else None
        self._row_id = placed.bar.resource_id if placed else row_id
        if placed is not None:
            self._bring_into_view(placed.rect)
            self.setAccessibleDescription(self._said(placed))
        elif self.row is not None:
            self.setAccessibleDescription(f"{self.row.name}, {tr(self.row.detail)}")
        self.viewport().update()
        self.chosen.emit(self.current)

    # -- carrying by keys -----------------------------------------------------

    @property
    def carried(self) -> DayVisit | None:
        """The visit that was picked up with the keys, and is not put down yet."""
        return self._drag.visit if self._drag is not None and self._drag.by_keys else None

    def pick_up(self, *, copies: bool = False) -> None:
        placed = self._current_bar()
        if placed is not None and placed.visit is not None:
            self._drag = ResourceMove(placed, self._geometry, by_keys=True, copies=copies)
            self.viewport().update()

    def put_down(self) -> None:
        if self.carried is not None:
            self._drop()

    # -- keys -----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._day is None:
            return
        key = Qt.Key(event.key())
        down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        along = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if (down or along) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._has_key_focus = True
            self._go(down, along)
        elif is_enter and self.carried is not None:
            self._drop()
        elif is_enter and self.current is not None:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Escape and self._drag is not None:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _go(self, down: int, along: int) -> None:
        day = self._geometry
        if self.carried is not None and self._drag is not None:
            self._drag.step(day, down, along)
            rect = self._drag.rect(day)
            if rect is not None:
                self._bring_into_view(rect)
            self.viewport().update()
        elif down:
            self._to_row(down)
        else:
            self._to_bar(along)

    def _to_row(self, step: int) -> None:
        """The next row, at the bar nearest in time; a row without bars is chosen itself."""
        day, here = self._geometry, self._current_bar()
        row = resource_walking.row_beside(day, self._row_id, step)
        if row is None:
            return
        middle = here.rect.center().x() if here else self._x_of_now()
        self.choose(resource_walking.nearest(day, row.id, middle), row.id)
        number = day.row_of(row.id)
        if self._chosen is None and number is not None:
            line = day.lines[number].rect
            self._bring_into_view(QRect(day.head, line.y(), 1, line.height()))

    def _to_bar(self, step: int) -> None:
        if self._row_id is None:
            self._to_row(0)
            return
        found = resource_walking.along(self._geometry, self._row_id, self._chosen, step)
        if found is not None:
            self.choose(found, self._row_id)

    def _x_of_now(self) -> int:
        day = self._geometry
        is_today = self._now is not None and self._now.date() == day.day
        return day.x_of(self._now) if is_today and self._now is not None else day.head

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._has_key_focus = event.reason() in _BY_KEYS
        if self._has_key_focus and self._row_id is None and self._day is not None:
            self._to_row(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._day is None:
            return
        at = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._choose_at(at)
        placed, row = self._current_bar(), self.row
        if event.reason() != QContextMenuEvent.Reason.Mouse and placed is not None:
            at = placed.rect.center() - self._shift()
        if placed is not None and placed.visit is not None:
            self.menu_asked.emit(placed.visit, self.viewport().mapToGlobal(at))
        elif row is not None:
            self.row_menu_asked.emit(row, self.viewport().mapToGlobal(at))

    # -- the mouse ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._day is None:
            return
        self._has_key_focus = False
        if self.carried is not None:
            self._drop()
            return
        at = event.position().toPoint()
        self._choose_at(at)
        self._pressed_at = self._content(at) if self._under(at) is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._day is None:
            return
        at = event.position().toPoint()
        point = self._content(at)
        if self._drag is None and self._pressed_at is not None:
            far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
            placed = self._day.bar_at(self._pressed_at)
            if far and placed is not None and placed.visit is not None:
                self._drag = ResourceMove(placed, self._day, self._pressed_at)
        if self._drag is not None:
            self._drag.follow(self._day, point)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None:
            self._drop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day is None:
            return
        at = event.position().toPoint()
        placed = self._under(at)
        point = self._content(at)
        number = self._day.row_at(point)
        row = self._day.lines[number].row if number is not None else None
        if placed is not None and placed.visit is not None:
            self.opened.emit(placed.visit)
        elif row is not None and row.kind is ResourceKind.PROVIDER and at.x() > self._day.head:
            starts = self._day.at_x(point.x())
            self.slot_opened.emit(Slot(row.id, starts.replace(minute=starts.minute // 15 * 15)))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._day is not None:
            placed = self._under(event.pos())
            QToolTip.showText(event.globalPos(), self._said(placed) if placed else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _choose_at(self, at: QPoint) -> None:
        placed = self._under(at)
        number = self._geometry.row_at(self._content(at))
        row = self._geometry.lines[number].row if number is not None else None
        self.choose(placed.visit.id if placed and placed.visit else None, row.id if row else None)

    def _under(self, at: QPoint) -> PlacedBar | None:
        """The bar under a point of the screen, not under the names and the hours."""
        day = self._geometry
        if at.x() < day.head or at.y() < day.axis:
            return None
        return day.bar_at(self._content(at))

    def _drop(self) -> None:
        drag = self._drag
        self._let_go()
        if drag is None or not drag.goes_elsewhere:
            return
        slot = drag.slot(self._geometry)
        if drag.is_stay:
            self.roomed.emit(drag.visit, drag.to_id, slot.place)
        else:
            (self.copied if drag.copies else self.moved).emit(drag.visit, slot)

    def _let_go(self) -> None:
        self._pressed_at = self._drag = None
        self.viewport().update()

    # -- painting -------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self._day is None:
            painter.fillRect(event.rect(), theme().color("surface"))
            return
        day, shift = self._day, self._shift()
        painter.translate(-shift)
        seen = event.rect().translated(shift)
        resource_ground.paint_rows(painter, day, seen)
        for placed in day.placed:
            if placed.rect.intersects(seen):
                resource_bar.paint(painter, placed, self._look(placed))
        bottom = max(day.height, shift.y() + self.viewport().height())
        resource_ground.paint_now(painter, day, self._now, bottom)
        if self._drag is not None:
            self._drag.paint(painter, day)
        wide = self.viewport().width()
        chosen = day.row_of(self._row_id) if self._row_id is not None else None
        resource_ground.paint_heads(painter, day, chosen, shift.x(), wide)
        resource_ground.paint_axis(painter, day, self._now, (shift.x(), shift.y()), wide)
        painter.end()

    def _look(self, placed: PlacedBar) -> BarLook:
        is_its = self._chosen is not None and placed.bar.visit_id == self._chosen
        is_here = is_its and placed.bar.resource_id == self._row_id and not placed.bar.is_cleaning
        return BarLook(
            is_chosen=is_here,
            is_of_chosen=is_its and not is_here and not placed.bar.is_cleaning,
            is_focused=self._has_key_focus and self.hasFocus(),
            is_dragged=self._drag is not None and placed.bar.visit_id == self._drag.visit.id,
        )

    # -- inside ---------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._day is not None:
            self._lay_out(self._day.source)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(800), theme().px(640))

    @property
    def _geometry(self) -> ResourceGeometry:
        assert self._day is not None, "a day is shown"
        return self._day

    def _current_bar(self) -> PlacedBar | None:
        if self._day is None or self._chosen is None:
            return None
        bars = self._day.bars_of(self._chosen)
        here = [each for each in bars if each.bar.resource_id == self._row_id]
        return next(iter([*here, *bars]), None)

    def _lay_out(self, day: ResourceDay) -> None:
        self._day = ResourceGeometry(day, self.viewport().width())
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._day.height - self.viewport().height()))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(theme().px(30))
        across.setRange(0, max(0, self._day.width - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        across.setSingleStep(theme().px(40))

    def _bring_into_view(self, rect: QRect) -> None:
        day, down, across = self._geometry, self.verticalScrollBar(), self.horizontalScrollBar()
        margin = theme().px(8)
        if rect.top() < down.value() + day.axis:
            down.setValue(rect.top() - day.axis - margin)
        elif rect.bottom() > down.value() + self.viewport().height():
            down.setValue(rect.bottom() - self.viewport().height() + margin)
        if rect.left() < across.value() + day.head:
            across.setValue(rect.left() - day.head - margin)
        elif rect.right() > across.value() + self.viewport().width():
            across.setValue(rect.right() - self.viewport().width() + margin)

    def _content(self, point: QPoint) -> QPoint:
        return point + self._shift()

    def _shift(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _said(self, placed: PlacedBar) -> str:
        day = self._geometry
        row = day.lines[placed.line].row
        name = row.name if row else ""
        visit = placed.visit
        number = day.row_of(visit.provider_id) if visit else None
        provider = day.lines[number].row if number is not None else None
        flags = self._flags.get(visit.id, ()) if visit else ()
        return resource_bar.said(placed, name, flags, provider.name if provider else "")
