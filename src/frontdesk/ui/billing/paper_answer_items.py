"""What a payer adds to a check or takes from it apart from the claims: interest, overpayments, the rest."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.billing.paper_answer_sums import ITEMS, PaperItem
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_AMOUNT = 100


class PaperItems(QWidget):
    """A row each: what it is, the payer's reference, the amount."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[PaperItem] = []
        self.rows: list[tuple[Combo[tuple[str, bool]], TextEdit, AmountEdit]] = []
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme().px(4))
        self.add_button = Button(tr("Add"), "ghost", icon="plus", height="small")
        self.add_button.setAccessibleName(tr("Add an amount apart from the claims"))
        self.add_button.clicked.connect(self.add)
        head = row(Label(tr("Apart from the claims"), "caption", "text-2"), None, self.add_button)
        self.setLayout(column(head, self._rows, gap=4))

    def show_items(self, items: tuple[PaperItem, ...]) -> None:
        self._items = list(items)
        self._lay_out()

    def items(self) -> tuple[PaperItem, ...]:
        return tuple(self._items)

    def problems(self) -> tuple[str, ...]:
        """What cannot be read, a sentence each."""
        return tuple(why for _, _, amount in self.rows if (why := amount.problem()))

    def add(self) -> None:
        """One more, first taken as interest."""
        (reason, adds), _ = ITEMS[0]
        self._items.append(PaperItem(reason, adds))
        self._lay_out()
        self.rows[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def remove(self, place: int) -> None:
        del self._items[place]
        self._lay_out()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _set(self, place: int) -> None:
        what, reference, amount = self.rows[place]
        reason, adds = what.value() or ITEMS[0][0]
        self._items[place] = replace(
            self._items[place], reason=reason, adds=adds, reference=reference.value(), cents=amount.value()
        )
        self.changed.emit()

    def _lay_out(self) -> None:
        while (gone := self._rows.takeAt(0)) is not None:
            widget = gone.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for place, item in enumerate(self._items):
            self._rows.addWidget(self._row(place, item))

    def _row(self, place: int, item: PaperItem) -> QWidget:
        what: Combo[tuple[str, bool]] = Combo(tuple((value, tr(words)) for value, words in ITEMS))
        reference, amount = TextEdit(hint=tr("What the payer names it by")), AmountEdit()
        what.set_value((item.reason, item.adds))
        reference.set_value(item.reference)
        amount.set_value(item.cents)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        amount.setFixedWidth(theme().px(_AMOUNT))
        number = place + 1
        what.setAccessibleName(tr("What amount {number} is", number=number))
        reference.setAccessibleName(tr("Reference of amount {number}", number=number))
        amount.setAccessibleName(tr("Amount {number} apart from the claims", number=number))
        what.chosen.connect(lambda _: self._set(place))
        reference.textEdited.connect(lambda _: self._set(place))
        amount.value_changed.connect(lambda: self._set(place))
        away = IconButton("x", tr("Remove amount {number}", number=number))
        away.clicked.connect(lambda: self.remove(place))
        self.rows.append((what, reference, amount))
        whole = QWidget()
        below = row(gap=6)
        below.addWidget(reference, 1)
        for widget in (amount, away):
            below.addWidget(widget)
        whole.setLayout(column(what, below, gap=4))
        return whole
