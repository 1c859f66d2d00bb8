"""What must be said on the page itself: banners, empty panes, panes that failed."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.theme import theme

_ICONS = {"ok": "circle-check", "info": "info", "warn": "triangle-alert", "block": "circle-alert"}


class Banner(QFrame):
    """Severity, sentence, and the action that mends it on the right. Hidden until it has something to say."""

    acted = Signal()

    def __init__(
        self,
        tone: str = "info",
        text: str = "",
        *,
        action: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._width = 0
        self._icon = IconLabel(icon or _ICONS[tone], tone)
        self._words = Label(text, "body", f"{tone}-tx", wrap=True)
        self._button = Button(action, height="small")
        self._button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(10), theme().px(4), theme().px(6), theme().px(4))
        row.setSpacing(theme().px(8))
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.setMinimumHeight(theme().px(28))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(tone, text, action=action, icon=icon)

    @property
    def text(self) -> str:
        return self._words.text()

    def sizeHint(self) -> QSize:
        """As high as its lines need at the width it has: the policy allows no more than this."""
        hint = super().sizeHint()
        lines = self.layout()
        if self._width and lines is not None:
            hint.setHeight(max(self.minimumHeight(), lines.totalHeightForWidth(self._width)))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._width:
            self._width = self.width()
            self.updateGeometry()

    def say(self, tone: str, text: str, *, action: str = "", icon: str = "") -> None:
        """Shows the sentence; an empty one hides the banner."""
        self._tone = tone
        self._icon.show_icon(icon or _ICONS[tone], tone)
        self._words.setText(text)
        self._words.recolor(f"{tone}-tx")
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        set_shown(self, bool(text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, _, mark = draw.tone_colors(self._tone)
        draw.box(painter, self.rect(), fill, mark if theme().is_high_contrast else None, radius=6)
        painter.end()


class Banners(QWidget):
    """Below each other with air around them; without room for itself while none has something to say."""

    def __init__(self, *banners: Banner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners = banners
        lines = QVBoxLayout(self)
        lines.setContentsMargins(*[theme().px(8)] * 4)
        lines.setSpacing(theme().px(6))
        for banner in banners:
            lines.addWidget(banner)
            banner.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return False

    def _fit(self) -> None:
        set_shown(self, any(banner.text for banner in self._banners))


class EmptyState(QWidget):
    """What is so, what could be done now, one button. It has the focus where a list would have it."""

    acted = Signal()

    def __init__(
        self, icon: str, title: str, text: str = "", *, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon, "text-2", 24)
        self._title = Label(title, "strong")
        self._text = Label(text, "secondary", "text-2", wrap=True)
        self._button = Button(action)
        self._button.clicked.connect(self.acted)
        self.setProperty(DRAWS_OWN_FOCUS, True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme().px(16)] * 4)
        column.setSpacing(theme().px(6))
        column.addStretch()
        for widget in (self._icon, self._title):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setMaximumWidth(theme().px(280))
        middle = QHBoxLayout()  # an alignment would keep the text from growing downwards
        middle.addStretch(1)
        middle.addWidget(self._text, 100)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(theme().px(4))
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.say(icon, title, text, action=action)

    def say(self, icon: str, title: str, text: str = "", *, action: str = "") -> None:
        self._icon.show_icon(icon, "text-2")
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{title}. {text}" if text else title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if action else Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring stands round the words: the pane may be as large as the page."""
        if self.hasFocus():
            words = (each for each in (self._title, self._text) if each.isVisibleTo(self))
            around = self._icon.geometry()
            for each in words:
                around = around.united(each.geometry())
            room = theme().px(12)
            painter = QPainter(self)
            draw.focus_ring(painter, around.adjusted(-room, -room, room, room), radius=8)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._button.isVisibleTo(self):
            self._button.setFocus(event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class FailedState(QFrame):
    """A pane whose answer did not come: what happened, what still holds, and the ways on."""

    chosen = Signal(str)

    def __init__(
        self, title: str, text: str, actions: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme().px(14)] * 4)
        row.setSpacing(theme().px(8))
        row.addWidget(IconLabel("cloud-off", "block"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme().px(4))
        column.addWidget(Label(title, "strong"))
        column.addWidget(Label(text, "secondary", "text-2", wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme().px(8))
        for action in actions:
            button = Button(action, height="small")
            button.clicked.connect(lambda _checked=False, action=action: self.chosen.emit(action))
            buttons.addWidget(button)
        buttons.addStretch()
        column.addLayout(buttons)
        row.addLayout(column, 1)
