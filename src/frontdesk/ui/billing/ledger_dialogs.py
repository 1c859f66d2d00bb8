"""The acts on an account's ledger: each asks for an amount and a reason, and says what will stand then."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import account_transfers, charges, household_ledger, payments
from frontdesk.services.billing.charges import Party
from frontdesk.services.billing.household_ledger import Household, Ledger, LedgerCredit, LedgerLine
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr


class FeeDialog(ActDialog):
    """A fee of the office: a returned check, copies, a form."""

    def __init__(self, parent: QWidget, desk: Desk, people: tuple[tuple[int, str], ...]) -> None:
        super().__init__(
            parent,
            desk,
            tr("Add a fee?"),
            tr("The patient owes it; no insurer is asked."),
            verb=tr("Add fee"),
            icon="plus",
        )
        self.patient: Combo[int] = Combo(people)
        self.label = TextEdit(hint=tr("Returned check, copy of records, …"))
        self.amount = AmountEdit()
        self.on = DateEdit()
        self.on.set_value(desk.today)
        self.form.add("patient_id", tr("For"), self.patient)
        self.form.add("label", tr("What for"), self.label)
        self.form.add("amount_cents", tr("Amount"), self.amount, span=6)
        self.form.add("on", tr("Of"), self.on, span=6)
        self.label.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Added the fee")),
            charges.add_fee,
            patient_id=self.patient.value() or 0,
            label=self.label.value(),
            amount_cents=self.amount.value() or 0,
            on=self.on.value() or self.desk.today,
        )


class _LineDialog(ActDialog):
    """An amount of a line and why."""

    def __init__(
        self, parent: QWidget, desk: Desk, question: str, consequence: str, *, verb: str, icon: str
    ) -> None:
        super().__init__(parent, desk, question, consequence, verb=verb, icon=icon)
        self.amount = AmountEdit()
        self.reason = TextEdit()

    def ask(self, cents: int) -> None:
        """The amount that is proposed, and the reason; what was added before stands above."""
        if cents > 0:
            self.amount.set_value(cents)
        self.form.add("amount_cents", tr("Amount"), self.amount, span=6)
        self.form.add("reason", tr("Why"), self.reason)
        self.reason.setFocus()


class WriteOffLineDialog(_LineDialog):
    """A part of what one side owes is given up."""

    def __init__(self, parent: QWidget, desk: Desk, line: LedgerLine) -> None:
        super().__init__(
            parent,
            desk,
            tr("Write off a part of {service}?", service=line.line.label),
            _owed(line),
            verb=tr("Write off"),
            icon="coins",
        )
        self._line = line
        self.side = _sides(line)
        self.form.add("responsible", tr("Owed by"), self.side, span=6)
        self.ask(line.line.patient_cents if line.line.patient_cents > 0 else line.line.payer_cents)

    def act(self) -> None:
        cents = self.amount.value() or 0
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Wrote off {amount}", amount=dollars(cents))),
            charges.write_off,
            charge_line_id=self._line.line.charge_line_id,
            responsible=self.side.value() or Party.PATIENT,
            amount_cents=cents,
            reason=self.reason.value(),
        )


class TransferDialog(_LineDialog):
    """A part moves from the insurer to the patient, or back; the line's total stays."""

    def __init__(self, parent: QWidget, desk: Desk, line: LedgerLine) -> None:
        super().__init__(
            parent,
            desk,
            tr("Who owes {service}?", service=line.line.label),
            _owed(line),
            verb=tr("Move it"),
            icon="arrow-right",
        )
        self._line = line
        ways = ((Party.PATIENT, tr("To the patient")), (Party.PAYER, tr("To the insurer")))
        self.to: Combo[Party] = Combo(ways if line.line.payer_cents > 0 else ways[1:])
        self.form.add("to", tr("Move"), self.to, span=6)
        self.ask(line.line.payer_cents if line.line.payer_cents > 0 else line.line.patient_cents)

    def act(self) -> None:
        cents = self.amount.value() or 0
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Moved {amount}", amount=dollars(cents))),
            charges.transfer,
            charge_line_id=self._line.line.charge_line_id,
            to=self.to.value() or Party.PATIENT,
            amount_cents=cents,
            reason=self.reason.value(),
        )


class CorrectDialog(_LineDialog):
    """What one side owes is raised, or with a minus lowered."""

    def __init__(self, parent: QWidget, desk: Desk, line: LedgerLine) -> None:
        super().__init__(
            parent,
            desk,
            tr("Correct what is owed on {service}?", service=line.line.label),
            tr("{owed} An amount above zero raises it, one with a minus lowers it.", owed=_owed(line)),
            verb=tr("Correct"),
            icon="pencil",
        )
        self._line = line
        self.amount = AmountEdit(negative=True)
        self.side = _sides(line, only_open=False)
        self.form.add("responsible", tr("Owed by"), self.side, span=6)
        self.ask(0)
        self.amount.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Corrected the balance")),
            charges.correct,
            charge_line_id=self._line.line.charge_line_id,
            responsible=self.side.value() or Party.PATIENT,
            amount_cents=self.amount.value() or 0,
            reason=self.reason.value(),
        )


class UseCreditDialog(ActDialog):
    """A credit of the household goes on one line."""

    def __init__(self, parent: QWidget, desk: Desk, line: LedgerLine, held: tuple[LedgerCredit, ...]) -> None:
        super().__init__(
            parent,
            desk,
            tr("Put credit on {service}?", service=line.line.label),
            _owed(line),
            verb=tr("Use it"),
            icon="wallet",
        )
        self._line = line
        self._left = {each.credit.receipt_id: each.credit.left_cents for each in held}
        self.receipt: Combo[int] = Combo(
            tuple(
                (
                    each.credit.receipt_id,
                    tr("{number}, {left} left", number=each.number, left=dollars(each.credit.left_cents)),
                )
                for each in held
            )
        )
        self.amount = AmountEdit()
        self.form.add("receipt_id", tr("Receipt"), self.receipt, span=7)
        self.form.add("amount_cents", tr("Amount"), self.amount, span=5)
        self.receipt.chosen.connect(self._propose)
        self._propose()
        self.amount.setFocus()

    def act(self) -> None:
        cents = self.amount.value() or 0
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Used {amount} of the credit", amount=dollars(cents))),
            payments.apply_credit,
            receipt_id=self.receipt.value() or 0,
            charge_line_id=self._line.line.charge_line_id,
            amount_cents=cents,
        )

    def _propose(self) -> None:
        left = self._left.get(self.receipt.value() or 0, 0)
        self.amount.set_value(min(left, self._line.line.patient_cents))


class MoveDialog(_LineDialog):
    """What the patient owes on a line, or a credit, goes to the household of another patient."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger, what: LedgerLine | LedgerCredit) -> None:
        is_line = isinstance(what, LedgerLine)
        question = (
            tr("Move {service} to another household?", service=what.line.label)
            if isinstance(what, LedgerLine)
            else tr("Move the credit of {number} to another household?", number=what.number)
        )
        super().__init__(
            parent,
            desk,
            question,
            tr("It is owed there from now on, as old as it is. What the insurer owes stays here.")
            if is_line
            else tr("It can be used there from now on. The receipt stays as it is."),
            verb=tr("Move it"),
            icon="users",
        )
        self._ledger, self._what, self._to_id = ledger, what, 0
        self.who = PatientBox(desk)
        self.to = Label(tr("Nobody is chosen yet."), "secondary", "text-2", wrap=True)
        self.form.add("to_account_id", tr("The household that pays for"), self.who)
        self.form.add_wide(self.to)
        self.who.chosen.connect(self._chosen)
        self.ask(what.line.patient_cents if isinstance(what, LedgerLine) else what.credit.left_cents)
        if ledger.elsewhere:
            self.propose(ledger.elsewhere[0])
        else:
            self.who.setFocus()

    def propose(self, household: Household) -> None:
        """The household it goes to unless another is chosen."""
        self._to_id = household.account_id
        words = tr("Account {number} of {holder}", number=household.number, holder=household.holder)
        self.to.setText(words)

    def act(self) -> None:
        what, cents, reason = self._what, self.amount.value() or 0, self.reason.value()
        words = tr("Moved {amount} to another household", amount=dollars(cents))
        if not self._to_id:
            self.form.row("to_account_id").set_error(tr("Choose a patient of the other household."))
        elif isinstance(what, LedgerLine):
            self.desk.do(
                self,
                lambda _: self.close_with(words),
                account_transfers.move_line,
                charge_line_id=what.line.charge_line_id,
                to_account_id=self._to_id,
                amount_cents=cents,
                reason=reason,
            )
        else:
            self.desk.do(
                self,
                lambda _: self.close_with(words),
                account_transfers.move_credit,
                receipt_id=what.credit.receipt_id,
                account_id=what.credit.account_id,
                appointment_id=what.credit.appointment_id,
                to_account_id=self._to_id,
                amount_cents=cents,
                reason=reason,
            )

    def _chosen(self, found: FoundPatient) -> None:
        self.desk.ask(self, self.propose, household_ledger.household_of, patient_id=found.patient_id)


def _owed(line: LedgerLine) -> str:
    return tr(
        "The insurer owes {payer}, the patient {patient}.",
        payer=dollars(line.line.payer_cents),
        patient=dollars(line.line.patient_cents),
    )


def _sides(line: LedgerLine, *, only_open: bool = True) -> Combo[Party]:
    """The patient, and where one was asked the insurer."""
    found = []
    if line.line.patient_cents > 0 or not only_open:
        found.append((Party.PATIENT, tr("The patient")))
    if line.line.payer_cents > 0 or (line.has_payer and not only_open):
        found.append((Party.PAYER, tr("The insurer")))
    return Combo(tuple(found))
