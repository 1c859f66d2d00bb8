"""Chips: a state in a word, or a filter that can be taken away."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.theme import Role, theme


class Chip(QAbstractButton):
    """`tone` is a severity ("ok", "info", "warn", "block"), a status ("st-arr"), or one of draw's.

    With `acts` it takes the focus and is clicked; without, it only says.
    """

    def __init__(
        self,
        text: str = "",
        tone: str = draw.NEUTRAL,
        icon: str = "",
        *,
        acts: bool = False,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = icon
        self._role: Role = "strong" if tall else "medium"
        self._height = 24 if tall else draw.CHIP_HEIGHT
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if acts else Qt.FocusPolicy.NoFocus)
        if acts:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, tone: str, icon: str = "") -> None:
        """Another state; hidden when there is nothing to say."""
        self._tone, self._icon = tone, icon
        self.setText(text)
        self.setAccessibleName(text)
        set_shown(self, bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(draw.chip_width(self.text(), self._icon, self._role), theme().px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.chip(painter, self.rect(), self.text(), self._tone, self._icon, self._role)
        painter.end()
