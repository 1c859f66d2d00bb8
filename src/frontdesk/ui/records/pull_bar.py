"""The bar above the lists of paper charts: which list, which day, whose, and the scanner's field."""

from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from frontdesk.services.records.movements import Takers
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, row
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

PULL: Final = "pull"
OUT_NOW: Final = "out"
MISSING: Final = "missing"
_ALL_PROVIDERS: Final = 0
_NARROW: Final = 1060
"""Design pixels below which the bar has two lines."""


class PullBar(Frame):
    """Tells that another list is wanted, or that a barcode was scanned."""

    turned = Signal()
    scanned = Signal(str)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self.day: date = day
        self.view: Segmented[str] = Segmented(
            ((PULL, tr("Pull list")), (OUT_NOW, tr("Out now")), (MISSING, tr("Missing"))),
            says=tr("Which charts"),
        )
        self.view.chosen.connect(self.turned)
        self.provider: Combo[int] = Combo(((_ALL_PROVIDERS, tr("All providers")),))
        self.provider.setFixedWidth(theme().px(150))
        self.provider.setAccessibleName(tr("Provider"))
        self.provider.chosen.connect(self.turned)
        self.all_volumes = CheckBox(tr("All volumes"))
        self.all_volumes.toggled.connect(self.turned)
        self.scan = TextEdit(hint=tr("Scan a barcode"))
        self.scan.setAccessibleName(tr("Scan a barcode"))
        self.scan.setFixedWidth(theme().px(150))
        self.scan.returnPressed.connect(self._scanned)
        self.printing = Button(tr("Print list"), icon="printer", keys="Ctrl+P")
        self.packets = Button(tr("Packets"), icon="book-open-check", keys="Ctrl+Shift+P")
        self._day_words = Label("", "strong")
        self._count = EndingLabel("", "secondary", "text-2")
        before = IconButton("chevron-left", tr("Day before"), keys="PgUp")
        after = IconButton("chevron-right", tr("Next day"), keys="PgDown")
        before.clicked.connect(partial(self.turn, -1))
        after.clicked.connect(partial(self.turn, 1))
        self._of_day = QWidget()
        self._of_day.setLayout(row(before, self._day_words, after, self.provider, self.all_volumes, gap=4))
        acts = row(gap=8)
        acts.addWidget(self._count, 1)
        acts.addWidget(self.scan)
        acts.addWidget(self.packets)
        acts.addWidget(self.printing)
        self._rows = row(row(self.view, self._of_day, None, gap=10), gap=8, margins=(12, 4, 12, 4))
        self._rows.addLayout(acts, 1)
        self.setLayout(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_view(PULL)

    @property
    def provider_id(self) -> int | None:
        """None for all."""
        return self.provider.value() or None

    def show_view(self, view: str) -> None:
        """Without telling."""
        self.view.set_value(view)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What acts stands below what chooses, where one line has no room for both."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._rows.setDirection(below if is_narrow else beside)

    def refresh(self) -> None:
        """What belongs to a day is shown with the pull list only."""
        self._day_words.setText(f"{self.day:%a, %B} {self.day.day}")
        for part in (self._of_day, self.printing, self.packets):
            set_shown(part, self.view.value() == PULL)

    def turn(self, by: int, _checked: bool = False) -> None:
        self.go_to(self.day + timedelta(by))

    def go_to(self, day: date) -> None:
        """Another day's list."""
        self.day = day
        self.refresh()
        self.turned.emit()

    def show_takers(self, takers: Takers) -> None:
        self.provider.set_options(((_ALL_PROVIDERS, tr("All providers")), *takers.providers))

    def show_count(self, words: str, *, keeps_paper: bool = True, can_print: bool = False) -> None:
        self._count.setText(words)
        for part in (self.view, self._of_day, self.scan):
            part.setEnabled(keeps_paper)
        self.printing.setEnabled(can_print)

    def to_scan(self) -> None:
        self.scan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _scanned(self) -> None:
        barcode = self.scan.value()
        self.scan.clear()
        if barcode:
            self.scanned.emit(barcode)
