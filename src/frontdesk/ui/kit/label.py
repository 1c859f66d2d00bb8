"""Words on the screen: labels in the roles of the type scale, icons, initials, rules."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.theme import Role, theme


class Label(QLabel):
    """Text in a type role and the colour of a token."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        color: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role: Role = role
        self._color = color
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._dress()
        theme().changed.connect(self._dress)

    def recolor(self, color: str) -> None:
        self._color = color
        self._dress()

    def _dress(self) -> None:
        self.setFont(theme().font(self._role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme().color(self._color))
        self.setPalette(palette)


class EndingLabel(Label):
    """One line that gives way to what stands beside it: shortened with an ellipsis, whole in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        is_cut = draw.text_width(self.text(), self.font()) > self.width()
        self.setToolTip(self.text() if is_cut else "")
        painter = QPainter(self)
        draw.words(painter, self.rect(), self.text(), self._role, self._color)
        painter.end()


class IconLabel(QWidget):
    """An icon on its own; with words beside it that say the same it needs no name."""

    def __init__(
        self,
        name: str,
        color: str = "text-2",
        size: int = 16,
        *,
        says: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._color = color
        self._side = size
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, color: str, says: str = "") -> None:
        self._name, self._color = name, color
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._side), theme().px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.icon(painter, self.rect(), self._name, self._color, self._side)
        painter.end()


class Avatar(QWidget):
    """Initials on a soft square."""

    def __init__(self, initials: str = "", size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = initials
        self._side = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_initials(self, initials: str) -> None:
        self._initials = initials
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._side), theme().px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.box(painter, self.rect(), theme().color("accent-soft"), radius=8)
        role: Role = "section" if self._side >= 36 else "caption"
        center = Qt.AlignmentFlag.AlignHCenter
        draw.words(painter, self.rect(), self._initials, role, "accent-text", center, elide=False)
        painter.end()


class Rule(QFrame):
    """A one pixel line between groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "rule")
        self.setFixedHeight(1)


class KeyHint(QWidget):
    """The keys of an action in a small frame."""

    def __init__(
        self, keys: str, color: str = "text-2", frame: str = "line-2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = draw.key_text(keys)
        self._color = color
        self._frame = frame
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(draw.key_hint_width(self._keys), theme().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = theme().color
        draw.key_hint(painter, self.rect(), self._keys, color(self._color), color(self._frame))
        painter.end()


class Badge(QWidget):
    """A count in a pill; hidden while it is zero."""

    def __init__(self, count: int = 0, tone: str = draw.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(count)

    def show_count(self, count: int) -> None:
        self._text = str(count)
        self.setAccessibleName(self._text)
        set_shown(self, count > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(draw.badge_width(self._text), theme().px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.badge(painter, self.rect(), self._text, self._tone)
        painter.end()
