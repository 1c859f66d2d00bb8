"""The focus ring: two pixels, one pixel off the control, following the focus about the window."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from frontdesk.ui.kit import draw
from frontdesk.ui.theme import theme

_OUTSET = 3  # one pixel of gap and two of ring

DRAWS_OWN_FOCUS = "drawsOwnFocus"
"""Set this property on a widget that shows the focus itself."""


class FocusRing(QWidget):
    """Laid over whichever control has the focus; never takes a click, a key or a tab stop."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None

    def follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        self.hide()
        if now is None or now.isWindow() or _shows_itself(now):
            return
        self._target = now
        now.destroyed.connect(self._forget)
        self._place()

    def _place(self) -> None:
        target = self._target
        ground = target.parentWidget() if target is not None else None
        if target is None or ground is None:
            return
        chain = [target]
        while not _holds(ground, target) and (above := ground.parentWidget()) is not None:
            chain.append(ground)
            ground = above
        if self.parentWidget() is not ground:
            self.setParent(ground)
        self.setGeometry(_around(target, ground))
        if self._watched != chain:
            self._watched = chain
            for widget in chain:
                widget.installEventFilter(self)
        self.raise_()
        self.setVisible(target.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        token = (
            "focus-header"
            if self._target is not None and self._target.property("place") == "header"
            else "focus"
        )
        draw.focus_ring(painter, self.rect(), radius=8, color=token)
        painter.end()

    def _forget(self) -> None:
        self._target = None
        self._watched = []


def _around(target: QWidget, ground: QWidget) -> QRect:
    out = theme().px(_OUTSET)
    return QRect(target.mapTo(ground, target.rect().topLeft()), target.size()).adjusted(-out, -out, out, out)


def _holds(ground: QWidget, target: QWidget) -> bool:
    """Whether the ring belongs on `ground`: it has room for it, or is a window, or scrolls."""
    parent = ground.parentWidget()
    scrolls = isinstance(parent, QAbstractScrollArea) and parent.viewport() is ground
    return ground.isWindow() or scrolls or ground.rect().contains(_around(target, ground))


def _shows_itself(widget: QWidget) -> bool:
    """Views mark the row or card that has the focus; a ring round all of them would say less."""
    is_view = isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QPlainTextEdit | QTextEdit)
    return is_view or isinstance(widget, QMenu) or bool(widget.property(DRAWS_OWN_FOCUS))


class _RingKeeper(QObject):
    """Makes a new ring when the window that held the old one went, and took it along."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._ring is None:
            self._ring = FocusRing()
            self._ring.destroyed.connect(self._lost)
        self._ring.follow(old, now)

    def _lost(self) -> None:
        self._ring = None


def show_focus(app: QApplication) -> None:
    """From now on the focused control of every window wears the ring."""
    if app.findChild(_RingKeeper) is None:
        _RingKeeper(app)
