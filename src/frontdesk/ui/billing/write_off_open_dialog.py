"""What of an open amount is written off, and what becomes of the rest: one decision."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import remittances
from frontdesk.services.billing.remittance_views import AnswerRow, Verdict
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.text import tr


class WriteOffOpenDialog(ActDialog):
    """All of it is proposed; with less typed in, it asks who owes the rest."""

    def __init__(self, parent: QWidget, desk: Desk, answer: AnswerRow, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            desk,
            tr("Write off {amount}, or a part of it?", amount=dollars(answer.open_cents)),
            tr("It is done when the remittance is posted; until then you can decide anew."),
            verb=tr("Write off"),
            icon="coins",
            told=told,
        )
        self._answer = answer
        self.amount = AmountEdit()
        self.amount.set_value(answer.open_cents)
        self.rest: Segmented[Verdict] = Segmented(
            (
                (Verdict.PATIENT, tr("The patient owes it")),
                (Verdict.KEEP, tr("Stays open with the payer")),
            ),
            says=tr("The rest"),
            fills=True,
        )
        self.reason = TextEdit()
        self.form.add("write_off_cents", tr("Amount"), self.amount, span=4)
        self.form.add("rest", tr("The rest, where it is a part"), self.rest)
        self.form.add("reason", tr("Why"), self.reason)
        self.amount.value_changed.connect(self._follow)
        self._follow()
        self.amount.setFocus()
        self.amount.selectAll()

    def act(self) -> None:
        cents = self.amount.value() or 0
        is_whole = cents == self._answer.open_cents
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Decided on {patient}", patient=self._answer.patient)),
            remittances.decide,
            remittance_claim_id=self._answer.id,
            verdict=Verdict.WRITE_OFF if is_whole else self.rest.value(),
            reason=self.reason.value(),
            write_off_cents=0 if is_whole else cents,
            version=self._answer.version,
        )

    def _follow(self) -> None:
        """The rest is asked about where there is one."""
        self.rest.setEnabled(self.amount.value() != self._answer.open_cents)
