"""The grid of the book: painted columns of visits; keys walk it, the mouse drags on it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QToolTip, QWidget

from frontdesk.services.schedule.day import DaySheet, DayVisit
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.flags import Flag
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.schedule import grid_paint, scrolling, visit_card, walking
from frontdesk.ui.schedule.drag import STEP_MINUTES, Move, Stretch
from frontdesk.ui.schedule.geometry import QUARTER_PX, DayGeometry, GridColumn, Placed, by_provider
from frontdesk.ui.schedule.grid_paint import GridLook
from frontdesk.ui.schedule.visit_grid import VisitGrid
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class DayGrid(VisitGrid):
    """Shows columns; says what is chosen, opened, dragged to, and which free place is meant."""

    dropped_out = Signal(object, QPoint)
    """DayVisit, and where on the screen it was let go outside the day."""
    resized = Signal(object, object)
    """DayVisit, and the datetime at which it is to end."""
    slot_opened = Signal(object)
    """A free Slot: double click, or Enter on it."""
    width_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, quarter_px: int = QUARTER_PX) -> None:
        super().__init__(parent)
        self._quarter_px = quarter_px
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Day by provider"))
        self.setProperty(DRAWS_OWN_FOCUS, True)
        self.viewport().setMouseTracking(True)
        self._day: DayGeometry | None = None
        self._flags: Mapping[int, tuple[Flag, ...]] = {}
        self._now: datetime | None = None
        self._chosen: int | None = None
        self._hovered: int | None = None
        self._pressed_at: QPoint | None = None
        self._grip = timedelta()
        self._drag: Move | Stretch | None = None
        self.still: QPixmap | None = None
        """What lies behind a visit that is dragged: painted once, as long as nothing else changes."""
        self._has_key_focus = False
        self._is_new_day = True
        self._only: Status | None = None

    # -- what is shown --------------------------------------------------------

    def show_day(self, sheet: DaySheet, flags: Mapping[int, tuple[Flag, ...]], now: datetime) -> None:
        """Draw the columns of a day's providers."""
        self.show_columns(by_provider(sheet), flags, now)

    def show_columns(
        self, columns: Sequence[GridColumn], flags: Mapping[int, tuple[Flag, ...]], now: datetime
    ) -> None:
        """Draw columns; the chosen visit and the scroll stay where they are on the same days."""
        days = tuple(column.day for column in columns)
        self._is_new_day = self._day is None or set(self._day.days) != set(days)
        self._flags, self._now = flags, now
        self._lay_out(columns)
        if isinstance(self._drag, Move):
            self._drag.turn_to(self._geometry)
        if self._chosen is not None and self._geometry.card_of(self._chosen) is None:
            self.choose(None)
        if self._is_new_day and self.viewport().height() > 0:
            scrolling.to_now(self, self._geometry, self._now)
        self._repaint()

    def tick(self, now: datetime) -> None:
        """Move the line; nothing else of the day has changed."""
        self._now = now
        self._repaint()

    def show_only(self, status: Status | None) -> None:
        """Dim every visit of another status; None: all as they are."""
        self._only = status
        self._repaint()

    @property
    def current(self) -> DayVisit | None:
        """The chosen visit."""
        card = self._geometry.card_of(self._chosen) if self._day and self._chosen is not None else None
        return card.visit if card else None

    @property
    def columns_seen(self) -> QRect:
        """Where columns are on the screen: right of the hours, left of the scroll bar."""
        gutter = self._day.gutter if self._day is not None else 0
        return self.viewport().rect().adjusted(gutter, 0, 0, 0)

    @property
    def column_lefts(self) -> tuple[int, ...]:
        """Where the columns begin on the screen, and where the last one ends: for the heads above."""
        if self._day is None:
            return ()
        shift = self.horizontalScrollBar().value()
        rects = [self._day.column_rect(place) for place in range(len(self._day.columns))]
        return tuple(rect.x() - shift for rect in rects) + tuple(
            rect.right() + 1 - shift for rect in rects[-1:]
        )

    def choose(self, visit_id: int | None) -> None:
        """Make a visit the current one, and bring it into view."""
        self._chosen = visit_id
        card = self._geometry.card_of(visit_id) if self._day and visit_id is not None else None
        if card is not None:
            scrolling.bring_into_view(self, self._geometry, card.rect)
            self.setAccessibleDescription(self._said(card))
        self._repaint()
        self.chosen.emit(card.visit if card else None)

    @property
    def columns(self) -> Sequence[GridColumn]:
        return self._day.columns if self._day is not None else ()

    # -- carrying by keys -----------------------------------------------------

    @property
    def carried(self) -> DayVisit | None:
        """The visit that was picked up with the keys, and is not put down yet."""
        return self._drag.visit if isinstance(self._drag, Move) and self._drag.by_keys else None

    def pick_up(self, *, copies: bool = False) -> None:
        if self.current is not None:
            self.carry(self.current, copies=copies)

    def carry(self, visit: DayVisit, *, copies: bool = False) -> None:
        """Take a visit along that may stand on another day, as from the pinboard."""
        self._drag = move = Move(visit, by_keys=True, copies=copies)
        move.turn_to(self._geometry)
        self._repaint()

    def put_down(self) -> None:
        if self.carried is not None:
            self._drop()

    # -- keys -----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._day is None:
            return
        across = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if (across or down) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._has_key_focus = True
            self._go(across, down)
        elif is_enter and self.carried is not None:
            self._drop()
        elif is_enter and self.current is not None:
            self.opened.emit(self.current)
        elif event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self.let_be()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._has_key_focus = event.reason() in _BY_KEYS
        if self._has_key_focus and self._chosen is None and self._day is not None:
            self._walk(1)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._day is None:
            return
        at = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            under = self._day.visit_at(self._content(at))
            self.choose(under.visit.id if under else None)
        card = self._day.card_of(self._chosen) if self._chosen is not None else None
        if card is not None:
            if event.reason() != QContextMenuEvent.Reason.Mouse:
                at = card.rect.center() - self._shift()
            self.menu_asked.emit(card.visit, self.viewport().mapToGlobal(at))

    def _go(self, across: int, down: int) -> None:
        carried = self._drag if isinstance(self._drag, Move) and self._drag.by_keys else None
        if carried is not None:
            self._carry(lambda _: carried.step(self._geometry, across, down))
            if (rect := carried.rect(self._geometry)) is not None:
                scrolling.bring_into_view(self, self._geometry, rect)
        elif across:
            self._cross(across)
        else:
            self._walk(down)

    def _walk(self, step: int) -> None:
        found = walking.along(self._geometry, self._chosen, step, self._now)
        if found is not None:
            self.choose(found)

    def _cross(self, step: int) -> None:
        found = walking.across(self._geometry, self._chosen, step)
        if found is not None:
            self.choose(found)
        elif self.current is None:
            self._walk(1)

    # -- the mouse ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._day is None:
            return
        point = self._content(event.position().toPoint())
        self._has_key_focus = False
        if self.carried is not None:
            self._drop()
            return
        card = self._day.visit_at(point)
        self.choose(card.visit.id if card else None)
        self._pressed_at = point if card else None
        if card is not None:
            slot = self._day.slot_at(point, step_minutes=STEP_MINUTES)
            self._grip = slot.starts - card.visit.starts if slot else timedelta()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._day is None:
            return
        at = event.position().toPoint()
        if self._drag is None and self._pressed_at is not None:
            self._begin_drag(self._pressed_at, self._content(at))
        elif self._drag is None:
            self._hover(self._content(at))
        self.follow(at)

    def follow(self, at: QPoint) -> None:
        if self._drag is not None:
            self._carry(lambda drag: drag.follow(self._geometry, self._content(at)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, drag = event.position().toPoint(), self._drag
        if isinstance(drag, Move) and not self.viewport().rect().contains(at):
            self.let_be()
            self.dropped_out.emit(drag.visit, self.viewport().mapToGlobal(at))
        elif self._pressed_at is not None:
            self._drop()

    def _begin_drag(self, pressed_at: QPoint, point: QPoint) -> None:
        far = (point - pressed_at).manhattanLength() >= QApplication.startDragDistance()
        card = self._geometry.visit_at(pressed_at)
        if far and card is not None:
            on_edge = self._on_edge(card.rect, pressed_at)
            self._drag = Stretch(card.visit, pressed_at.x()) if on_edge else Move(card.visit, self._grip)

    def _drop(self) -> None:
        drag = self._drag
        self.let_be()
        if isinstance(drag, Move) and drag.goes_elsewhere:
            (self.copied if drag.copies else self.moved).emit(drag.visit, drag.target)
        elif isinstance(drag, Stretch) and drag.until != drag.visit.ends:
            self.resized.emit(drag.visit, drag.until)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day is None:
            return
        point = self._content(event.position().toPoint())
        card = self._day.visit_at(point)
        slot = self._day.slot_at(point)
        if card is not None:
            self.opened.emit(card.visit)
        elif slot is not None:
            self.slot_opened.emit(slot)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self._repaint()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._day is not None:
            card = self._day.visit_at(self._content(event.pos()))
            QToolTip.showText(event.globalPos(), self._said(card) if card else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _hover(self, point: QPoint) -> None:
        card = self._geometry.visit_at(point)
        hovered = card.visit.id if card else None
        on_edge = card is not None and self._on_edge(card.rect, point)
        self.viewport().setCursor(Qt.CursorShape.SizeVerCursor if on_edge else Qt.CursorShape.ArrowCursor)
        if hovered != self._hovered:
            self._hovered = hovered
            self._repaint()

    def _on_edge(self, rect: QRect, point: QPoint) -> bool:
        return rect.bottom() - point.y() <= theme().px(4)

    def _carry(self, on: Callable[[Move | Stretch], None]) -> None:
        """Only where the dragged visit was and is gets painted anew."""
        assert self._drag is not None, "a visit is dragged"
        before = self._drag.rect(self._geometry)
        on(self._drag)
        for rect in (before, self._drag.rect(self._geometry)):
            if rect is not None:
                self.viewport().update(rect.translated(-self._shift()).adjusted(-2, -2, 2, 2))

    def let_be(self) -> None:
        """What is carried stays where it was."""
        self._pressed_at = self._drag = None
        self._repaint()

    # -- painting -------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self._day is None:
            painter.fillRect(event.rect(), theme().color("surface"))
        elif self._drag is None:
            self._paint(painter, event.rect())
        else:
            if self.still is None:
                self.still = grid_paint.picture_of(self.viewport(), self._paint)
            painter.drawPixmap(0, 0, self.still)
            painter.translate(-self._shift())
            self._drag.paint(painter, self._day)
        painter.end()

    def _paint(self, painter: QPainter, rect: QRect) -> None:
        shift = self._shift()
        how = GridLook(
            now=self._now,
            chosen=self._chosen,
            hovered=self._hovered,
            dragged=self._drag.visit.id if isinstance(self._drag, Move) else None,
            is_focused=self._has_key_focus and self.hasFocus(),
            only=self._only,
        )
        grid_paint.paint(painter, self._geometry, self._flags, rect.translated(shift), shift, how)

    # -- inside ---------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._day is not None:
            self._lay_out(self._day.columns)
            if self._is_new_day:
                scrolling.to_now(self, self._geometry, self._now)

    def _repaint(self) -> None:
        self.still = None
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._repaint()
        if dx:
            self.width_changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(800), theme().px(720))

    @property
    def _geometry(self) -> DayGeometry:
        assert self._day is not None, "a day is shown"
        return self._day

    def _lay_out(self, columns: Sequence[GridColumn]) -> None:
        self.still = None
        self._day = DayGeometry(columns, self.viewport().width(), self._quarter_px)
        scrolling.set_ranges(self, self._day)
        self.width_changed.emit()

    def _content(self, point: QPoint) -> QPoint:
        return point + self._shift()

    def _shift(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _said(self, card: Placed) -> str:
        flags = self._flags.get(card.visit.id, ())
        return visit_card.said(card.visit, flags, self._geometry.columns[card.column].said)
