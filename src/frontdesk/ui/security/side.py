"""The dark side of the screens before the pages: the programme's sign, the clock, counts without names."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from frontdesk.kernel.text import clock_time, weekday_date
from frontdesk.services.database import Database
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LOOK_AT_CLOCK_MS = 1000
_FACES = ((92, QFont.Weight.DemiBold), (24, QFont.Weight.Medium), (20, QFont.Weight.Normal))
"""Of the time, of AM or PM, and of the day: pixels and weight."""
_MARGIN = 56
_NARROW = 10
"""A margin is never more than one part in so many of the side's width."""

Count = tuple[int, str]
"""A number and what it counts: (3, "patients ready and waiting")."""


class Sign(QWidget):
    """The bell in its tile, and the programme's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Frontdesk")

    def sizeHint(self) -> QSize:
        return QSize(theme().px(140), theme().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        tile = QRect(0, 0, px(32), px(32))
        draw.box(painter, tile, theme().color("focus-header"), radius=7)
        draw.icon(painter, tile, "concierge-bell", "header", 18)
        rest = self.rect().adjusted(px(40), 0, 0, 0)
        draw.words(painter, rest, "Frontdesk", "page", "header-text", elide=False)
        painter.end()


class BigClock(QWidget):
    """What the office's clock on the wall shows."""

    def __init__(self, database: Database, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._shown = self._now()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_AT_CLOCK_MS)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(360), theme().px(148))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme().px(148))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where the side is too narrow, all of it is drawn smaller."""
        px = theme().px
        painter = QPainter(self)
        time, half = clock_time(self._shown), "AM" if self._shown.hour < 12 else "PM"
        day = weekday_date(self._shown.date())
        large, small, under = (_font(*each) for each in _FACES)
        after_time = QFontMetrics(large).horizontalAdvance(time) + px(16)
        wide = max(
            after_time + QFontMetrics(small).horizontalAdvance(half),
            QFontMetrics(under).horizontalAdvance(day),
        )
        fits = min(1.0, self.width() / wide)
        painter.scale(fits, fits)
        painter.setPen(theme().color("header-text"))
        painter.setFont(large)
        painter.drawText(-px(4), px(84), time)  # the first figure stands on the line of the words below
        painter.setPen(theme().color("header-dim"))
        painter.setFont(small)
        painter.drawText(after_time, px(84), half)
        painter.setFont(under)
        painter.drawText(0, px(140), day)
        painter.end()

    def _now(self) -> datetime:
        now = self._database.clock.now().astimezone(self._database.zone)
        return now.replace(second=0, microsecond=0, tzinfo=None)

    def _look(self) -> None:
        now = self._now()
        if now != self._shown:
            self._shown = now
            self.update()


class Counts(QWidget):
    """Numbers with what they count, a line above and below each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)

    def show_counts(self, counts: Sequence[Count]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, (number, words) in enumerate(counts):
            figure = Label(str(number), "figure", "header-text")
            figure.setFont(_font(24, QFont.Weight.DemiBold))
            figure.setFixedWidth(theme().px(56))
            figure.setMinimumHeight(theme().px(52))
            said = Label(words, "body", "header-dim")
            said.setAccessibleName(f"{number} {words}")
            self._grid.addWidget(_line(), 2 * place, 0, 1, 2)
            self._grid.addWidget(figure, 2 * place + 1, 0)
            self._grid.addWidget(said, 2 * place + 1, 1)
        if counts:
            self._grid.addWidget(_line(), 2 * len(counts), 0, 1, 2)
        self._grid.setColumnStretch(1, 1)


class Side(QFrame):
    """Sign, clock, counts, and the promise that no name is shown."""

    def __init__(self, database: Database, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "header")
        self._counts = Counts()
        self._counts.setMaximumWidth(theme().px(380))
        self._promise = QWidget()
        promise = row(
            IconLabel("eye-off", "header-dim"),
            Label(tr("Locked screens show counts only, never names."), "secondary", "header-dim", wrap=True),
        )
        promise.setStretch(1, 1)
        self._promise.setLayout(promise)
        px = theme().px
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, px(44), 0, px(44))
        column.setSpacing(0)
        column.addWidget(Sign())
        column.addStretch(2)
        column.addWidget(BigClock(database))
        column.addSpacing(px(40))
        column.addWidget(self._counts)
        column.addStretch(3)
        column.addWidget(self._promise)
        self._promise.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme().px
        margin = min(px(_MARGIN), self.width() // _NARROW)
        self._column.setContentsMargins(margin, px(44), margin, px(44))

    def show_counts(self, counts: Sequence[Count]) -> None:
        """What waits, in numbers: anybody may read this screen."""
        self._counts.show_counts(counts)
        self._promise.setVisible(bool(counts))


def side_by_side(side: QWidget, middle: QWidget) -> QHBoxLayout:
    """The dark side left, and in the middle of the light ground what asks."""
    ground = QFrame()
    ground.setProperty("look", "canvas")
    center = QVBoxLayout(ground)
    center.addWidget(middle, 0, Qt.AlignmentFlag.AlignCenter)
    whole = row(side, ground, gap=0)
    whole.setStretch(0, 560)
    whole.setStretch(1, 880)
    return whole


def _line() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    palette = line.palette()
    palette.setColor(line.backgroundRole(), theme().color("header-line"))
    line.setPalette(palette)
    line.setAutoFillBackground(True)
    return line


def _font(pixels: int, weight: QFont.Weight) -> QFont:
    """Larger than the type scale goes: to be read from across the room."""
    font = QFont(theme().font("page"))
    font.setPixelSize(theme().px(pixels))
    font.setWeight(weight)
    font.unsetFeature(QFont.Tag("tnum"))
    return font
