"""Squeeze-ins as cards below the openings: a letter picks one, the right end says what it costs."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule.openings import Opening
from frontdesk.services.schedule.squeeze import SqueezeIn
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.opening_list import OpeningList
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

LETTERS = "ABCD"
_ONE_CARD = 82


class SqueezeList(OpeningList):
    """As high as its cards where there is room; else it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Sequence[SqueezeIn] = ()
        self.setAccessibleName(tr("Squeeze-ins, cheapest first"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), max(1, self.content_height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), min(self.content_height(), theme().px(_ONE_CARD)))

    def show_squeeze_ins(self, found: Sequence[SqueezeIn], today: date) -> None:
        self._found = found
        self.show_openings([as_opening(each) for each in found], today)
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def mark(self, place: int) -> str:
        return LETTERS[place : place + 1]

    def end(self, place: int) -> str:
        return tr("wait +{minutes} min", minutes=self._found[place].greatest)

    def _grow(self) -> None:
        if self.maximumHeight() != max(1, self.content_height()):
            self.setMaximumHeight(max(1, self.content_height()))
            self.updateGeometry()


class SqueezeSection(Frame):
    """The head and the cards; hidden while there is nothing to squeeze in."""

    picked = Signal(object)
    """SqueezeIn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent=parent)
        self.found: tuple[SqueezeIn, ...] = ()
        self.list = SqueezeList()
        self.list.picked.connect(self.pick)
        self._hint = EndingLabel("", "secondary", "text-2")
        head = Frame(
            "bar",
            row(
                IconLabel("zap", "warn"),
                Label(tr("Squeeze-ins"), "section"),
                None,
                self._hint,
                margins=(14, 0, 14, 0),
            ),
        )
        head.setFixedHeight(theme().px(32))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(column(head, self.list, gap=0))
        self.show_found((), date.min)

    def show_found(self, found: tuple[SqueezeIn, ...], today: date) -> None:
        """The cheapest first."""
        self.found = found
        keys = LETTERS[: len(found)]
        pressed = keys if len(keys) < 2 else f"{keys[0]}–{keys[-1]}"
        self._hint.setText(tr("They change somebody's day. Press {keys}", keys=pressed))
        self.list.show_squeeze_ins(found, today)
        set_shown(self, bool(found))

    def pick(self, place: int) -> None:
        """By its letter, by Enter or by a click."""
        if 0 <= place < len(self.found):
            self.picked.emit(self.found[place])


def as_opening(found: SqueezeIn) -> Opening:
    """The place as an opening is shown, its price among the reasons."""
    return Opening(
        slot=found.slot,
        starts=found.starts,
        ends=found.ends,
        arrive_at=found.arrive_at,
        provider=found.provider,
        things=(found.said, *found.things),
        reasons=found.reasons,
    )
