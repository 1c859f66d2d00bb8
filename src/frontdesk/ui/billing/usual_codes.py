"""The office's usual codes, ticked off as on the paper sheet."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing.entering import Priced
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDTH = 316
_CODE_WIDTH = 76


class UsualCodes(Frame):
    """A box for each usual code; up and down move between them, the space bar ticks."""

    ticked = Signal(object)
    """The Priced that was ticked off."""
    unticked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent=parent)
        self._boxes: dict[str, CheckBox] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        inner = QWidget()
        inner.setLayout(column(self._list, None, margins=(14, 4, 14, 12)))
        head = row(Label(tr("Usual codes"), "caption", "text-3"), margins=(14, 12, 14, 4))
        self.setLayout(column(head, scrolled(inner), gap=0))
        self.setFixedWidth(theme().px(_WIDTH))

    def show_codes(self, codes: tuple[Priced, ...]) -> None:
        """The codes of another visit."""
        while (item := self._list.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        self._boxes = {}
        for code in codes:
            box = CheckBox(code.code)
            box.setAccessibleName(f"{code.code} {code.label}")
            box.clicked.connect(lambda on, code=code: self._clicked(on, code))
            box.installEventFilter(self)
            self._boxes[code.code] = box
            self._list.addWidget(_line(box, code))

    def show_ticks(self, codes: set[str], *, read_only: bool) -> None:
        """Which of them stand on the superbill."""
        for code, box in self._boxes.items():
            box.setChecked(code in codes)
            box.setEnabled(not read_only)

    def box(self, code: str) -> CheckBox:
        return self._boxes[code]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            boxes = list(self._boxes.values())
            if step and watched in boxes:
                there = next(n for n, box in enumerate(boxes) if box is watched) + step
                if 0 <= there < len(boxes):
                    boxes[there].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _clicked(self, on: bool, code: Priced) -> None:
        if on:
            self.ticked.emit(code)
        else:
            self.unticked.emit(code.code)


def _line(box: CheckBox, code: Priced) -> QWidget:
    price = tr("no fee") if code.unit_cents is None else ledger(code.unit_cents)
    box.setFixedWidth(theme().px(_CODE_WIDTH))
    line = QWidget()
    layout = row(box, gap=8, margins=(0, 2, 0, 2))
    layout.addWidget(EndingLabel(code.label, "body", "text-2"), 1)
    layout.addWidget(Label(price, "secondary", "text-3"))
    line.setLayout(layout)
    return line
