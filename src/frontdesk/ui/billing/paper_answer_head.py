"""The top of a paper remittance: whose check it is, and whether the claims come to it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing.paper_answer_sums import Paper, Way
from frontdesk.services.billing.paper_answers import PayerChoice
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_HALVES_BELOW = 720


class PaperHead(Frame):
    """The fields of the check, as they stand on it from left to right."""

    changed = Signal()
    number_given = Signal()
    """The payer or the number is another one: is the check here already?"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self.payer: Combo[int] = Combo(hint=tr("Choose"))
        self.way: Combo[Way] = Combo(
            ((Way.CHECK, tr("Check")), (Way.EFT, tr("EFT")), (Way.LETTER, tr("Letter, no money")))
        )
        self.trace, self.paid_on = TextEdit(), DateEdit()
        self.amount, self.deposited_on = AmountEdit(), DateEdit()
        self.form = Form(widens_below=_HALVES_BELOW)
        for name, words, control in (
            ("payer_id", tr("Pa&yer"), self.payer),
            ("way", tr("Came &as"), self.way),
            ("trace", tr("&Number"), self.trace),
            ("paid_on", tr("&Date on it"), self.paid_on),
            ("paid_cents", tr("A&mount"), self.amount),
            ("deposited_on", tr("De&posited"), self.deposited_on),
        ):
            self.form.add(name, words, control, span=2)
        self.setLayout(column(self.form, margins=(14, 8, 14, 10)))
        for combo in (self.payer, self.way):
            combo.chosen.connect(self._edited)
        self.payer.chosen.connect(self.number_given)
        self.trace.textEdited.connect(self._edited)
        self.trace.editingFinished.connect(self.number_given)
        for edit in (self.paid_on, self.amount, self.deposited_on):
            edit.value_changed.connect(self._edited)

    def show_payers(self, payers: tuple[PayerChoice, ...]) -> None:
        self.payer.set_options(tuple((each.payer_id, each.name) for each in payers))

    def show_paper(self, paper: Paper) -> None:
        """The fields of another paper."""
        self.payer.set_value(paper.payer_id)
        self.way.set_value(paper.way)
        self.trace.set_value(paper.trace)
        self.paid_on.set_value(paper.paid_on)
        self.amount.set_value(paper.paid_cents)
        self.deposited_on.set_value(paper.deposited_on)
        self.form.clear_errors()
        self._fit()

    def onto(self, paper: Paper) -> Paper:
        """The paper with what stands in the fields."""
        return replace(
            paper,
            payer_id=self.payer.value(),
            way=self.way.value() or paper.way,
            trace=self.trace.value(),
            paid_on=self.paid_on.value(),
            paid_cents=self.amount.value(),
            deposited_on=self.deposited_on.value(),
        )

    def _edited(self, _: object = None) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """A letter has no money, and nothing to deposit."""
        has_money = self.way.value() is not Way.LETTER
        if not has_money:
            self.amount.set_value(None)
            self.deposited_on.set_value(None)
        self.amount.setEnabled(has_money)
        self.deposited_on.setEnabled(has_money)
