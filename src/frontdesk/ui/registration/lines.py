"""Lines of the patient panel: a strong part that is never cut, and words that give way."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.label import Label
from frontdesk.ui.theme import Role, theme

_LINES: dict[str, int] = {"body": 18, "strong": 18, "section": 20}
_LONGEST_WORD = 18


def breakable(name: str) -> str:
    """A name that may break after its hyphens, and within a word too long for any line."""
    words = (
        "\u200b".join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
        for word in name.replace("-", "-\u200b").split(" ")
    )
    return " ".join(words)


class Said(QWidget):
    """One line: `strong` whole, then `words` cut at the end; the tooltip has it all."""

    def __init__(
        self,
        words: str,
        *,
        strong: str = "",
        color: str = "text",
        role: Role = "secondary",
        at_end: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._strong, self._words, self._color = strong, words, color
        self._align = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        self._role: Role = role
        self.setAccessibleName(f"{strong} {words}".strip())
        self.setToolTip(f"{strong} {words}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(60), theme().px(_LINES.get(self._role, 16)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rest = self.rect()
        if self._strong:
            used = draw.words(painter, rest, self._strong, "strong", "text", elide=False)
            rest.setLeft(rest.left() + used + theme().px(3))
        draw.words(painter, rest, self._words, self._role, self._color, self._align)
        painter.end()


class Named(QWidget):
    """Names on the left in a narrow column, what belongs to them on the right."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnMinimumWidth(0, theme().px(width))
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, said: QWidget) -> None:
        line = self._grid.rowCount()
        self._grid.addWidget(Label(name, "secondary", "text-3"), line, 0)
        self._grid.addWidget(said, line, 1)


class Tile(QAbstractButton):
    """An action of the panel: icon and key above, its word below."""

    def __init__(self, icon: str, word: str, keys: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._keys = icon, keys
        self.setText(word)
        self.setAccessibleName(says)
        self.setToolTip(f"{says} ({keys})" if keys else says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(56), theme().px(48))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        over = self.underMouse() or self.isDown()
        fill = theme().color("sunken" if self.isDown() else "hover" if over else "surface")
        draw.box(painter, self.rect(), fill, theme().color("line-strong" if over else "line-2"), radius=6)
        keys = draw.text_width(self._keys, theme().font("key")) + px(4) if self._keys else 0
        x = (self.width() - px(16) - keys) // 2
        top = QRect(x, px(6), px(16), px(18))
        draw.icon(painter, top, self._icon, "accent-text")
        if self._keys:
            place = QRect(top.right() + px(5), top.y(), keys, top.height())
            draw.words(painter, place, self._keys, "key", "text-3", elide=False)
        below = QRect(0, px(24), self.width(), px(20))
        center = Qt.AlignmentFlag.AlignHCenter
        draw.words(painter, below.adjusted(px(2), 0, -px(2), 0), self.text(), "medium", "text", center)
        painter.end()


class NextAction(QAbstractButton):
    """What is likely next, over the whole width: icon and words on the left, the key on the right."""

    def __init__(self, icon: str, words: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._keys = icon, keys
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({keys})" if keys else words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(32))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        edge = "accent" if self.underMouse() or self.isDown() else "accent-line"
        draw.box(painter, self.rect(), theme().color("accent-soft"), theme().color(edge), radius=6)
        draw.icon(painter, QRect(px(14), 0, px(16), self.height()), self._icon, "accent-text")
        hint = draw.key_hint_width(self._keys) if self._keys else 0
        words = QRect(px(37), 0, self.width() - px(37 + 20) - hint, self.height())
        draw.words(painter, words, self.text(), "strong", "accent-text")
        if self._keys:
            cap = QRect(self.width() - hint - px(14), 0, hint, self.height())
            color = theme().color
            draw.key_hint(painter, cap, self._keys, color("accent-text"), color("accent-line"))
        painter.end()
