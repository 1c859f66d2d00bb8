"""What the tints of the month mean."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule.month import HEATS
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LINE = 22


class HeatLegend(QWidget):
    """A line for each step, the emptiest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("How full a day is, in five steps"))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(190), theme().px(_LINE) * (len(HEATS) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        for heat in range(len(HEATS) + 1):
            line = QRect(px(12), heat * px(_LINE), self.width() - px(24), px(_LINE))
            swatch = QRect(line.x(), line.y() + px(4), px(36), px(14))
            draw.box(painter, swatch, theme().color(f"heat-{heat}"), theme().color("line-2"), radius=3)
            share = 0.0 if heat == 0 else (HEATS[heat] if heat < len(HEATS) else 1.0)
            bar = QRect(swatch.x() + px(3), swatch.bottom() - 3, round((swatch.width() - px(6)) * share), 2)
            painter.fillRect(bar, theme().color("heat-4-tx" if heat == 4 else "accent"))
            words = line.adjusted(px(46), 0, 0, 0)
            draw.words(painter, words, _words(heat), "secondary", "text-2")
        painter.end()


def _words(heat: int) -> str:
    if heat == 0:
        return tr("Under {most}%", most=round(100 * HEATS[0]))
    least = round(100 * HEATS[heat - 1])
    if heat == len(HEATS):
        return tr("{least}% and more", least=least)
    return tr("{least} to {most}%", least=least, most=round(100 * HEATS[heat]))
