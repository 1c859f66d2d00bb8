"""A counted drawer: what was found, what should have been there, what goes to the bank."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing.counting import Counted
from frontdesk.ui.billing import amounts
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import Amount, Offer, explains
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class CountResult(QWidget):
    """Three lines of counted against expected; the deposit slip."""

    slip_wanted = Signal()
    batch_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = Card(tr("Counted"), "circle-check")
        self._state = Chip()
        self._card.add_to_head(self._state)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(24))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnStretch(0, 1)
        self._reason = Label("", "secondary", "text-2", wrap=True)
        self._deposit = Label("", "figure")
        self._whys: tuple[Amount, ...] = ()
        Offer(self._deposit, lambda: self._whys)
        self.slip_button = Button(tr("Deposit slip…"), icon="printer")
        self.slip_button.clicked.connect(self.slip_wanted)
        self.batch_button = Button(tr("Card batch…"), icon="credit-card")
        self.batch_button.clicked.connect(self.batch_wanted)
        self._card.body.addLayout(self._grid)
        self._card.body.addWidget(self._reason)
        self._card.body.addLayout(
            row(
                Label(tr("To the bank"), "secondary", "text-2"),
                self._deposit,
                None,
                self.batch_button,
                self.slip_button,
            )
        )
        self.setLayout(column(self._card, None))

    def show_count(self, counted: Counted) -> None:
        self._card.show_title(counted.drawer)
        off = counted.over_short_cents
        if off:
            way = tr("over") if off > 0 else tr("short")
            self._state.show_state(f"{ledger(abs(off))} {way}", "warn", "triangle-alert")
        else:
            self._state.show_state(tr("Agrees"), "ok", "circle-check")
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        right = Qt.AlignmentFlag.AlignRight
        whys = amounts.of_count(counted)
        self._whys = whys[4:]
        for place, head in enumerate(("", tr("Counted"), tr("Expected"), tr("Difference"))):
            self._grid.addWidget(Label(head, "caption", "text-2"), 0, place, right)
        kinds = (
            (tr("Cash, with the float"), counted.counted_cash_cents, counted.expected_cash_cents),
            (tr("Checks"), counted.counted_check_cents, counted.expected_check_cents),
            (tr("Cards, terminal batch"), counted.batch_card_cents, counted.expected_card_cents),
        )
        for line, (words, found, expected) in enumerate(kinds, 1):
            differs = found - expected
            self._grid.addWidget(Label(words), line, 0)
            seen = Label(ledger(found), "strong")
            if line == 1:
                explains(seen, whys[3])
            self._grid.addWidget(seen, line, 1, right)
            should = Label(ledger(expected), "body", "text-2")
            explains(should, whys[line - 1])
            self._grid.addWidget(should, line, 2, right)
            color = "warn-tx" if differs else "text-3"
            self._grid.addWidget(Label(ledger(differs) if differs else "–", "body", color), line, 3, right)
        explained = tr("Reason, {name}: {reason}", name=counted.explained_by, reason=counted.reason)
        self._reason.setText(explained if counted.reason else "")
        set_shown(self._reason, bool(counted.reason))
        self._deposit.setText(ledger(counted.deposit_cents))
