"""Dialogs: the title is the question, the buttons are the verbs, the safe one is the default."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, Kind
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.theme import theme

_EDGES = 4
"""Pixels of the frame and of the margin within it, left and right."""


class Scrim(QWidget):
    """Dims a window while something stands before it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("scrim"))
        painter.end()


class _Inner(QWidget):
    """Asks for the height of its lines at the width that it has, not at the least width they could have."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__()
        self._dialog = dialog

    def minimumSizeHint(self) -> QSize:
        lines = self.layout()
        width = lines.totalMinimumSize().width() if lines is not None else 0
        return QSize(width, _height(self, self._dialog.width() - _EDGES, is_least=True))


class _Middle(QScrollArea):
    """Between the edge and the verbs: as high as what is in it; where the window is lower, it scrolls."""

    def __init__(self, inner: QWidget, dialog: QDialog, foot: QWidget) -> None:
        super().__init__()
        self._inner, self._dialog, self._foot = inner, dialog, foot
        window = dialog.parentWidget()
        self._window = window if window is not None else dialog
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        inner.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        width = self._dialog.width() - _EDGES
        return QSize(width, min(_height(self._inner, width, is_least=False), self._most()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._inner.minimumSizeHint().height(), self._most()))

    def settle(self) -> None:
        """What was put in just now counts at once."""
        lines = self._inner.layout()
        if lines is not None:
            lines.activate()
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False

    def _most(self) -> int:
        """What the window leaves for it."""
        foot = self._foot.heightForWidth(self._dialog.width() - _EDGES)
        return max(theme().px(80), self._window.height() - foot - theme().px(16))

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, theme().px(8), theme().px(8))


class Dialog(QDialog):
    """Add content to `body`, verbs with `add_verb`, then `open()`. Escape takes the safe way out."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        consequence: str = "",
        *,
        icon: str = "",
        icon_color: str = "warn",
        width: int = 440,
    ) -> None:
        super().__init__(parent.window(), Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question)
        self.setAccessibleDescription(consequence)
        self._scrim: Scrim | None = None
        self.banner = Banner("block")
        frame = QFrame(self)
        frame.setProperty("look", "dialog")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        px = theme().px
        top = QHBoxLayout()
        top.setContentsMargins(px(16), px(14), px(16), px(14))
        top.setSpacing(px(10))
        if icon:
            top.addWidget(IconLabel(icon, icon_color, 18), 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        self.body.addWidget(Label(question, "section", wrap=True))
        if consequence:
            self.body.addWidget(Label(consequence, "secondary", "text-2", wrap=True))
        self.body.addWidget(self.banner)
        top.addLayout(self.body, 1)
        inner = _Inner(self)
        inner.setLayout(top)
        foot = QFrame()
        foot.setProperty("look", "dialog-foot")
        self._foot = wrapped(None, margins=(12, 8, 12, 8))
        foot.setLayout(self._foot)
        self._middle = _Middle(inner, self, foot)
        column.addWidget(self._middle, 1)
        column.addWidget(foot)
        self.setFixedWidth(min(px(width), max(px(320), parent.window().width() - px(24))))

    def add_verb(
        self,
        text: str,
        handler: Callable[[], object] | None = None,
        *,
        kind: Kind = "default",
        keys: str = "",
        closes: bool = True,
    ) -> Button:
        """A button of the foot. A primary one is the default. With `closes` off the handler closes."""
        button = Button(text, kind, keys=keys)
        button.setDefault(kind == "primary")
        if kind == "primary":
            button.setFocus()
        if handler is not None:
            button.clicked.connect(lambda: handler())
        if closes:
            button.clicked.connect(self.accept if handler is not None else self.reject)
        if keys == "Esc" and kind != "primary" and self._foot.count():
            self._put_first(button)
        else:
            self._foot.addWidget(button)
        return button

    def _put_first(self, button: Button) -> None:
        """The way out stands left of what acts, whichever was added first."""
        following = self._foot.itemAt(0)
        acts = following.widget() if following is not None else None
        self._foot.insert_first(button)
        if acts is not None:
            QWidget.setTabOrder(button, acts)

    def refused(self, error: FrontdeskError) -> None:
        """Findings beside their fields, the rest in the dialog's banner: a dialog may own an act."""
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        for form in self.findChildren(Form):
            findings = form.show_findings(findings)
        self.banner.say("block", " ".join(finding.message for finding in findings))
        self.adjustSize()

    def adjustSize(self) -> None:
        """As high as what is in it now, or as the window."""
        self._middle.settle()
        super().adjustSize()

    def showEvent(self, event: QShowEvent) -> None:
        window = self.parentWidget()
        if window is not None and self._scrim is None:
            self._scrim = Scrim(window)
            self.adjustSize()
            self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What grows stays where it is, and within its window."""
        super().resizeEvent(event)
        window = self.parentWidget()
        if window is not None and self._scrim is not None:
            top = window.mapToGlobal(window.rect().topLeft()).y()
            lowest = top + window.height() - self.height() - theme().px(12)
            if self.y() > lowest:
                self.move(self.x(), max(top, lowest))

    def done(self, result: int) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().done(result)


def _height(inner: QWidget, width: int, *, is_least: bool) -> int:
    lines = inner.layout()
    if lines is None:
        return 0
    if lines.hasHeightForWidth():
        return lines.totalMinimumHeightForWidth(width) if is_least else lines.totalHeightForWidth(width)
    return (lines.totalMinimumSize() if is_least else lines.totalSizeHint()).height()


def confirm(
    parent: QWidget,
    question: str,
    consequence: str,
    *,
    verb: str,
    keep: str,
    then: Callable[[], object],
    icon: str = "triangle-alert",
) -> Dialog:
    """Asks before what cannot be undone; `keep` names the safe way out, and is the default."""
    dialog = Dialog(parent, question, consequence, icon=icon)
    dialog.add_verb(verb, then, kind="danger")
    dialog.add_verb(keep, kind="primary", keys="Esc")
    dialog.open()
    return dialog
