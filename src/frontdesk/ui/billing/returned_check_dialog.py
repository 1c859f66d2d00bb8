"""A check that the bank sent back: which one, why, the office's fee; and that it was paid after all."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import returned_checks
from frontdesk.services.billing.returned_checks import Checks, ReturnDraft, ReturnReason, TakenCheck
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr


class ReturnedCheckDialog(ActDialog):
    """One act: the payment is taken back, the fee charged, the household marked."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        found: Checks,
        *,
        told: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("Did a check come back from the bank?"),
            tr("What it paid is owed again. The receipt, its day and the deposit stay as they are."),
            verb=tr("Take it back"),
            icon="undo-2",
            width=560,
            told=told,
        )
        self._fee_cents = found.fee_cents
        self.check = _choice(each for each in found.checks if each.returned_id is None)
        self.because: Segmented[ReturnReason] = Segmented(
            (
                (ReturnReason.NSF, tr("NSF")),
                (ReturnReason.STOPPED, tr("Stopped")),
                (ReturnReason.CLOSED, tr("Account closed")),
                (ReturnReason.OTHER, tr("Other")),
            ),
            says=tr("Why it came back"),
            fills=True,
        )
        self.note = TextEdit(hint=tr("What the bank writes"))
        fee = tr("Charge the office's fee of {amount}", amount=dollars(found.fee_cents))
        self.fee = CheckBox(fee, checked=bool(found.fee_cents))
        self.no_checks = CheckBox(tr("Take no more checks from this household"))
        self.form.add("tender_id", tr("Check"), self.check)
        self.form.add("because", tr("Why it came back"), self.because)
        self.form.add("note", tr("Note (optional, but for another reason)"), self.note)
        self.form.add_wide(self.fee)
        self.form.add_wide(self.no_checks)
        set_shown(self.fee, bool(found.fee_cents))
        set_shown(self.no_checks, found.marked is None)
        self.check.setFocus()

    def act(self) -> None:
        draft = ReturnDraft(
            tender_id=self.check.value() or 0,
            because=self.because.value(),
            note=self.note.value(),
            fee_cents=self._fee_cents if self.fee.isChecked() else 0,
            no_checks=self.no_checks.isChecked(),
        )
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Took the returned check back")),
            returned_checks.record,
            draft=draft,
        )


class PaidAfterAllDialog(ActDialog):
    """The bank paid it the second time, or it was another check."""

    def __init__(
        self, parent: QWidget, desk: Desk, found: Checks, *, told: Callable[[str], object] | None = None
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("Was the returned check paid after all?"),
            tr("It pays again what it had paid; its fee is voided, and checks are taken again."),
            verb=tr("It was paid"),
            icon="check",
            told=told,
        )
        self.check = _choice((each for each in found.checks if each.returned_id is not None), returned=True)
        self.reason = TextEdit(hint=tr("The bank paid it the second time"))
        self.form.add("returned_id", tr("Check"), self.check)
        self.form.add("reason", tr("How the office knows"), self.reason)
        self.reason.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            lambda _: self.close_with(tr("The check pays again what it had paid")),
            returned_checks.take_back,
            returned_id=self.check.value() or 0,
            reason=self.reason.value(),
        )


def _choice(found: Iterable[TakenCheck], *, returned: bool = False) -> Combo[int]:
    return Combo(
        tuple(((each.returned_id or 0) if returned else each.tender_id, _said(each)) for each in found)
    )


def _said(each: TakenCheck) -> str:
    return tr(
        "{number} over {amount}, {day}, {patient}",
        number=each.check_number,
        amount=dollars(each.amount_cents),
        day=us_date(each.received_on),
        patient=each.patient,
    )
