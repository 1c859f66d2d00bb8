"""The head of a step: its number, its title, and a hint at the right."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 40


class PaneHead(QWidget):
    """ "2 Openings (4)   Best first. Press 1-4"."""

    def __init__(self, number: int, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._title, self._hint = number, title, hint
        self._count = ""
        self.setAccessibleName(tr("{number} {title}", number=number, title=title))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, hint: str) -> None:
        self._count, self._hint = str(count) if count else "", hint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, color = QPainter(self), theme().px, theme().color
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line-2"))
        mark = QRect(px(14), (self.height() - px(20)) // 2, px(20), px(20))
        draw.box(painter, mark, color("accent"), radius=10)
        center = Qt.AlignmentFlag.AlignHCenter
        draw.words(painter, mark, str(self._number), "card-strong", "on-accent", center, elide=False)
        title = QRect(mark.right() + px(9), 0, self.width() - mark.right() - px(22), self.height())
        used = draw.words(painter, title, self._title, "section")
        if self._count:
            draw.badge(painter, title.adjusted(used + px(8), 0, 0, 0), self._count)
            used += px(36)
        rest = title.adjusted(used + px(12), 0, 0, 0)
        if draw.text_width(self._hint, theme().font("secondary")) <= rest.width():
            right = Qt.AlignmentFlag.AlignRight
            draw.words(painter, rest, self._hint, "secondary", "text-2", right, elide=False)
        painter.end()
