"""The pinboard below the day: the visits laid aside, to be picked up on whatever day is shown."""

from datetime import date, datetime

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QScrollArea, QWidget

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import pinboard
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.pinboard import Pin
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.words import Confirmation, Lifecycle
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Badge, IconLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDE, _HIGH = 196, 42


class PinCard(QAbstractButton):
    """A visit of the board: Enter or a click picks it up, a drag carries it, Delete takes it off."""

    dragged = Signal(object, QPoint)
    """The Pin, and where on the screen it is."""
    dropped = Signal(object, QPoint)
    removed = Signal(object)

    def __init__(self, pin: Pin, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pin = pin
        self._from: QPoint | None = None
        self._is_dragged = False
        self.setFixedSize(theme().px(_WIDE), theme().px(_HIGH))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(f"{pin.patient}, {pin.reason}, {_stands(pin)}")
        self.setToolTip(tr("Pick up: Enter. Take off the pinboard: Delete."))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        draw.box(painter, self.rect(), theme().color("surface"), theme().color("line-2"), radius=4)
        stripe = QRect(0, 0, px(3), self.height())
        painter.fillRect(stripe, theme().color("st-canc" if self.pin.is_called_off else "st-sched"))
        words = self.rect().adjusted(px(10), px(3), -px(8), -px(3))
        half = words.height() // 2
        left = Qt.AlignmentFlag.AlignLeft
        draw.words(painter, words.adjusted(0, 0, 0, -half), self.pin.patient, "strong", align=left)
        below = f"{_stands(self.pin)}  {self.pin.reason}"
        draw.words(painter, words.adjusted(0, half, 0, 0), below, "secondary", "text-2", align=left)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from, self._is_dragged = event.position().toPoint(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._from is not None:
            far = (at - self._from).manhattanLength() >= QApplication.startDragDistance()
            self._is_dragged = self._is_dragged or far
            if self._is_dragged:
                self.dragged.emit(self.pin, self.mapToGlobal(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged, self._from = self._is_dragged, None
        if was_dragged:
            self.setDown(False)
            self.dropped.emit(self.pin, self.mapToGlobal(event.position().toPoint()))
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.removed.emit(self.pin)


class PinStrip(Panel):
    """Hidden while nothing is pinned."""

    topics = frozenset({"pinned_visit", "appointment", "patient"})

    carried = Signal(object)
    """A Pin was picked up with the keys or a click."""
    dragged = Signal(object, QPoint)
    dropped = Signal(object, QPoint)
    changed = Signal(object)
    """The Pins as they are now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.pins: tuple[Pin, ...] = ()
        self._cards = row(None, gap=8)
        self._count = Badge()
        held = QWidget()
        held.setLayout(self._cards)
        # Many cards scroll in a line of their own; the day keeps its width.
        line = QScrollArea()
        line.setFrameShape(QFrame.Shape.NoFrame)
        line.setWidgetResizable(True)
        line.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.setFixedHeight(theme().px(_HIGH + 10))
        line.setWidget(held)
        line.viewport().setAutoFillBackground(False)
        held.setAutoFillBackground(False)
        frame = Frame(
            "column",
            row(
                IconLabel("pin", "text-2", 14),
                Label(tr("Pinboard"), "strong"),
                self._count,
                line,
                gap=8,
                margins=(12, 6, 12, 6),
            ),
        )
        self._frame = frame
        self.setLayout(column(self.banner, frame, gap=0))
        set_shown(frame, False)

    def reload(self) -> None:
        self.desk.ask(self, self._show, pinboard.pins)

    def first_card(self) -> QWidget | None:
        """For F6, while there is any."""
        return next(iter(self.cards()), None)

    def cards(self) -> list[PinCard]:
        return self.findChildren(PinCard)

    def take_off(self, pin: Pin) -> None:
        """The visit stays as it is."""
        self.desk.do(self, lambda _: self._taken_off(pin), pinboard.unpin, pin_id=pin.id)

    def _taken_off(self, pin: Pin) -> None:
        self.told.emit(tr("Took {name} off the pinboard", name=spoken(pin)))

    def _show(self, pins: tuple[Pin, ...]) -> None:
        if pins != self.pins:
            self.pins = pins
            for gone in self.cards():
                gone.setParent(None)
                gone.deleteLater()
            for place, pin in enumerate(pins):
                card = PinCard(pin, self._frame)
                card.clicked.connect(lambda _=False, pin=pin: self.carried.emit(pin))
                card.dragged.connect(self.dragged)
                card.dropped.connect(self.dropped)
                card.removed.connect(self.take_off)
                self._cards.insertWidget(place, card)
                card.show()
        self._count.show_count(len(pins))
        set_shown(self._frame, bool(pins))
        self.changed.emit(pins)


def spoken(pin: Pin) -> str:
    """ "Danielle Foster"."""
    return " ".join(reversed(pin.patient.split(", ")))


def as_visit(pin: Pin) -> DayVisit:
    """The card as a visit that can be carried over the day."""
    return DayVisit(
        id=pin.appointment_id,
        version=pin.version,
        patient_id=pin.patient_id,
        patient=pin.patient,
        chart_number="",
        born_on=date.min,
        provider_id=pin.provider_id,
        visit_type_id=pin.visit_type_id,
        starts=pin.starts,
        ends=pin.ends,
        lifecycle=Lifecycle.CANCELLED if pin.is_called_off else Lifecycle.BOOKED,
        confirmation=Confirmation.NONE,
        status=Status.CANCELED if pin.is_called_off else Status.SCHEDULED,
        status_since=None,
        late_minutes=0,
        reason=pin.reason,
        note="",
        room="",
        is_new_patient=False,
        is_overbooked=False,
        is_video=False,
        interpreter="",
        predicted=None,
        series_id=pin.series_id,
    )


def _stands(pin: Pin) -> str:
    """Where it stands in the book: "Wed 3/18 9:30 AM"."""
    at: datetime = pin.starts
    return f"{at:%a} {at.month}/{at.day} {us_time(at)}"
