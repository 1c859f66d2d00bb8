"""The list of what to ask for, each with its tick and its reason, and the sum of what is ticked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing.asking import AskFor, AskItem
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.label import EndingLabel, Label, Rule
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class AskedFor(QWidget):
    """Each item is ticked at first; the desk takes out what the patient does not pay now."""

    total_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[AskItem, ...] = ()
        self._boxes: list[CheckBox] = []
        self._total = Label("", "section")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))

    @property
    def ticked(self) -> tuple[AskItem, ...]:
        return tuple(item for item, box in zip(self._items, self._boxes, strict=True) if box.isChecked())

    @property
    def total(self) -> int:
        return sum(item.amount_cents for item in self.ticked)

    @property
    def due(self) -> int:
        """All that there is to ask for."""
        return sum(item.amount_cents for item in self._items)

    def show_items(self, ask_for: AskFor) -> None:
        """Other items; one that was unticked stays so."""
        if ask_for.items == self._items and self._boxes:
            return
        off = {item.label for item, box in zip(self._items, self._boxes, strict=True) if not box.isChecked()}
        while (taken := self._column.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._items, self._boxes = ask_for.items, []
        for item in ask_for.items:
            self._column.addWidget(self._line(item, is_on=item.label not in off))
        if not ask_for.items:
            self._column.addWidget(
                Label(tr("Nothing is due. A payment ahead can be taken."), "body", "text-2")
            )
        if ask_for.credit_cents:
            self._column.addWidget(
                Label(
                    tr("{credit} to the household’s credit", credit=dollars(ask_for.credit_cents)),
                    "secondary",
                    "text-2",
                )
            )
        self._column.addWidget(Rule())
        self._total = Label("", "section")
        foot = QWidget()
        foot.setLayout(row(Label(tr("Total to take"), "strong"), None, self._total))
        self._column.addWidget(foot)
        self._add_up()

    def _line(self, item: AskItem, *, is_on: bool) -> QWidget:
        box = CheckBox(item.label, checked=is_on)
        box.setAccessibleDescription(f"{dollars(item.amount_cents)}, {item.because}")
        box.toggled.connect(self._add_up)
        self._boxes.append(box)
        why = EndingLabel(f"({item.because})" if not item.because.endswith(".") else "", "body", "text-3")
        line = QWidget()
        pieces = row(box, why, Label(dollars(item.amount_cents), "strong"))
        pieces.setStretch(1, 1)
        line.setLayout(pieces)
        line.setToolTip(item.because)
        return line

    def _add_up(self) -> None:
        self._total.setText(dollars(self.total))
        self.total_changed.emit()
