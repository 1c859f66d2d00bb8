"""Buttons: verbs with their object, an icon where it helps, the keys drawn inside."""

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.theme import theme

Kind = Literal["primary", "default", "tonal", "ghost", "danger"]
Height = Literal["small", "normal", "large"]

_HEIGHTS: dict[str, int] = {"small": 24, "normal": 28, "large": 32}
_PADDING: dict[str, int] = {"small": 8, "normal": 11, "large": 12}
_GAP = 7


class Button(QPushButton):
    """One primary per page. `keys` is drawn inside; binding them is the page's or the action table's."""

    def __init__(
        self,
        text: str,
        kind: Kind = "default",
        *,
        icon: str = "",
        keys: str = "",
        height: Height = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._icon = icon
        self._keys = self._all_keys = draw.key_text(keys)
        self._tall = height
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if keys:
            self.setToolTip(f"{text.replace('&', '')} ({keys})")

    @property
    def kind(self) -> Kind:
        return self._kind

    def restyle(self, kind: Kind) -> None:
        """As another kind, when what a page asks for first changes."""
        self._kind = kind
        self.update()

    def show_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def show_keys(self, shown: bool) -> None:
        """Whether there is room for the keys; the tooltip has them in any case."""
        keys = self._all_keys if shown else ""
        if keys != self._keys:
            self._keys = keys
            self.updateGeometry()
            self.update()

    def wish(self) -> int:
        """How wide it is with its keys."""
        return self._width_with(self._all_keys)

    def wish_without_keys(self) -> int:
        return self._width_with("")

    def _width_with(self, keys: str) -> int:
        px = theme().px
        width = 2 * px(_PADDING[self._tall]) + draw.text_width(self._plain(), theme().font("strong"))
        width += px(16 + (_GAP if self.text() else 0)) if self._icon else 0
        return width + (px(_GAP) + draw.key_hint_width(keys) if keys else 0)

    def sizeHint(self) -> QSize:
        return QSize(self._width_with(self._keys), theme().px(_HEIGHTS[self._tall]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _plain(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        fill, frame, ink = self._colors()
        draw.box(painter, self.rect(), _color(fill), _color(frame), radius=6)
        content = self.sizeHint().width() - 2 * px(_PADDING[self._tall])
        x = max(px(_PADDING[self._tall]), (self.width() - content) // 2)
        if self._icon:
            draw.icon(painter, QRect(x, 0, px(16), self.height()), self._icon, ink)
            x += px(16 + _GAP)
        rest = QRect(x, 0, self.width() - x, self.height())
        x += draw.words(painter, rest, self._plain(), "strong", ink, elide=False) + px(_GAP)
        if self._keys:
            place = QRect(x, 0, self.width() - x, self.height())
            edge = ink if self._kind == "primary" and self.isEnabled() else "line-2"
            draw.key_hint(painter, place, self._keys, theme().color(ink), theme().color(edge))
        painter.end()

    def _colors(self) -> tuple[str, str, str]:
        """Tokens of fill, frame and ink in the present state."""
        if not self.isEnabled():
            return ("", "" if self._kind == "ghost" else "line", "text-off")
        pressed, over = self.isDown() or self.isChecked(), self.underMouse()
        if self._kind == "primary":
            return ("accent-hover" if pressed or over else "accent", "", "on-accent")
        if self._kind == "tonal":
            return ("accent-soft", "accent" if pressed or over else "accent-line", "accent-text")
        if self._kind == "danger":
            return ("block-bg" if pressed or over else "surface", "block", "block-tx")
        fill = "sunken" if pressed else "hover" if over else "" if self._kind == "ghost" else "surface"
        frame = "line-strong" if over or pressed else "" if self._kind == "ghost" else "line-2"
        return (fill, frame, "text")


class IconButton(QAbstractButton):
    """An icon alone; `says` is its accessible name and its tooltip."""

    def __init__(
        self, icon: str, says: str, *, keys: str = "", color: str = "text-2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._color = color
        self.setAccessibleName(says)
        self.setToolTip(f"{says} ({keys})" if keys else says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, color: str = "") -> None:
        self._icon = name
        self._color = color or self._color
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(28), theme().px(28))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isEnabled() and (self.isDown() or self.isChecked() or self.underMouse()):
            on_header = self.property("place") == "header"
            over = "header-2" if on_header else "sunken" if self.isDown() or self.isChecked() else "hover"
            draw.box(painter, self.rect(), theme().color(over), radius=6)
        draw.icon(painter, self.rect(), self._icon, self._color if self.isEnabled() else "text-off")
        painter.end()


class LinkButton(QAbstractButton):
    """Words that act: "Undo", "Compare", "Add"."""

    def __init__(self, text: str, color: str = "accent-text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = color
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(draw.text_width(self.text(), theme().font("strong")) + 2, theme().px(24))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self._color if self.isEnabled() else "text-off"
        width = draw.words(painter, self.rect(), self.text(), "strong", ink, elide=False)
        if self.underMouse() and self.isEnabled():
            line = self.rect().center().y() + theme().px(9)
            painter.setPen(theme().color(ink))
            painter.drawLine(0, line, width, line)
        painter.end()


def _color(token: str) -> QColor | None:
    return theme().color(token) if token else None
