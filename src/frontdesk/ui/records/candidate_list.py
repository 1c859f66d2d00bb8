"""Whose chart it may be: a line for each, with the reason and the key that takes it."""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records.candidates import SURE, Candidate
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class CandidateList(QWidget):
    """At most five lines. Alt and the digit take one, from any field; the digit alone from the table."""

    taken = Signal(object)
    """The Candidate that somebody took."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._most = 5
        self._lines = column(gap=2)
        self.setLayout(self._lines)
        self.setAccessibleName(tr("Charts it may belong to"))
        self.hide()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self._candidates

    def show_candidates(self, candidates: tuple[Candidate, ...]) -> None:
        self._candidates = candidates
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, candidate in enumerate(candidates, start=1):
            line = _Line(number, candidate)
            line.clicked.connect(lambda _=False, place=number: self.take(place))
            self._lines.addWidget(line)
            line.setVisible(number <= self._most)
        set_shown(self, bool(candidates))
        self.updateGeometry()

    def keys(self) -> tuple[Key, ...]:
        """One for each line."""
        return tuple(
            Key(
                f"Alt+{number}",
                tr("Take chart {number} of those it may belong to", number=number),
                partial(self.take, number),
            )
            for number in range(1, 6)
        )

    def show_most(self, count: int) -> None:
        """How many lines there is room for; the keys take the others too."""
        if count != self._most:
            self._most = count
            self.show_candidates(self._candidates)

    def take(self, number: int) -> bool:
        """The line of this number, from 1; says whether there is one."""
        if not self.isHidden() and 1 <= number <= len(self._candidates):
            self.taken.emit(self._candidates[number - 1])
            return True
        return False


class _Line(QAbstractButton):
    """ "1  Harris, Walter  02/09/1951  HP-09177", and below it why."""

    def __init__(self, number: int, candidate: Candidate) -> None:
        super().__init__()
        self._candidate = candidate
        self._keys = f"Alt+{number}"
        self._who = f"{candidate.name}, {us_date(candidate.born_on)}, {candidate.chart_number}"
        self.setText(self._who)
        self.setAccessibleName(f"{self._who}. {candidate.reason}")
        self.setToolTip(f"{self._who}\n{candidate.reason}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        fill = color("hover") if self.underMouse() or self.isDown() else color("surface")
        draw.box(painter, self.rect(), fill, color("line-2"), radius=6)
        is_sure = self._candidate.weight >= SURE
        mark = QRect(px(8), 0, px(18), self.height())
        draw.icon(painter, mark, "user-check" if is_sure else "user", "ok" if is_sure else "text-2")
        hint = draw.key_hint_width(self._keys)
        left, right = mark.right() + px(8), self.width() - hint - px(16)
        room = max(0, right - left)
        draw.words(painter, QRect(left, px(3), room, px(17)), self._who, "strong", "text")
        draw.words(painter, QRect(left, px(19), room, px(16)), self._candidate.reason, "secondary", "text-2")
        cap = QRect(self.width() - hint - px(8), 0, hint, self.height())
        draw.key_hint(painter, cap, self._keys, color("text-2"), color("line-2"))
        if self.hasFocus():
            draw.focus_ring(painter, self.rect())
        painter.end()
