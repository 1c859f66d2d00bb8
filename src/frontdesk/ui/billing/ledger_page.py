"""The ledger of one household: its charges and credits, why each stands so, and what the office may do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import (
    account_transfers,
    charges,
    household_ledger,
    no_checks,
    returned_checks,
)
from frontdesk.services.billing.household_ledger import Household, Ledger, LedgerCredit, LedgerLine
from frontdesk.services.billing.returned_checks import Checks
from frontdesk.ui.billing import amounts, ledger_lists
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.frame import BillingPage, ask_why
from frontdesk.ui.billing.ledger_dialogs import (
    CorrectDialog,
    FeeDialog,
    MoveDialog,
    TransferDialog,
    UseCreditDialog,
    WriteOffLineDialog,
)
from frontdesk.ui.billing.ledger_side import LedgerSide
from frontdesk.ui.billing.returned_check_dialog import ReturnedCheckDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, Banners, EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import PAGE_BEFORE, Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table
from frontdesk.ui.text import tr

_CREDITS = 4
"""Credits in sight at once."""


class LedgerPage(BillingPage):
    """Opened for a patient or a household from anywhere; Esc leads back to where one was."""

    title = "Account ledger"
    part = "statements"
    topics = frozenset({"journal_entry", "charge_line", "account", "account_member", "receipt", "no_checks"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._account_id: int | None = None
        self._shown: Ledger | None = None
        back = IconButton("arrow-left", tr("Back"), keys="Esc")
        back.clicked.connect(self.back)
        self._name = Label("", "medium")
        self.fee_button = Button(tr("Add fee…"), icon="plus", keys="N")
        self.fee_button.clicked.connect(self.add_fee)
        self.check_button = Button(tr("Returned check…"), icon="undo-2", keys="K")
        self.check_button.clicked.connect(self.return_check)
        set_shown(self.fee_button, False)
        set_shown(self.check_button, False)
        self.toolbar.add(self._name, self.check_button, self.fee_button, back)
        self._sums = EndingLabel("", "body")
        Offer(self._sums, lambda: amounts.of_ledger(self._shown))
        self.elsewhere = Banner("info")
        self.elsewhere.acted.connect(self.turn_to_other)
        self.no_checks = Banner("warn")
        self.no_checks.acted.connect(self.take_checks_again)
        self.line_model = ledger_lists.lines()
        self.lines = Table(self.line_model, says=tr("Charges of this household"))
        self.lines.chosen.connect(self._choose)
        Offer(self.lines, lambda: amounts.of_ledger_line(self.lines.current()))
        ColumnFit(self.lines, self.line_model.columns, least=190, first_to_go=ledger_lists.FIRST_TO_GO)
        self.credit_model = ledger_lists.credits()
        self.credits = Table(self.credit_model, says=tr("Credits of this household"))
        self.credits.keep_rows(_CREDITS)
        self.credits.chosen.connect(self._choose)
        Offer(self.credits, lambda: amounts.of_ledger(self._shown))
        acts = {
            "void": self.void,
            "correct": self.correct,
            "write_off": self.write_off,
            "transfer": self.transfer,
            "use": self.use_credit,
            "move": self.move_elsewhere,
            "back": self.move_back,
        }
        self.side = LedgerSide(desk)
        self.side.wanted.connect(lambda verb: acts[verb]())
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Charge or credit"), when=self._work),
            Key("N", tr("Add a fee"), self.add_fee, self.fee_button),
            Key("K", tr("A check came back"), self.return_check, self.check_button),
            Key("V", tr("Void the charge"), self.void, self.side.buttons["void"]),
            Key("C", tr("Correct what is owed"), self.correct, self.side.buttons["correct"]),
            Key("W", tr("Write off"), self.write_off, self.side.buttons["write_off"]),
            Key("T", tr("Move between insurer and patient"), self.transfer, self.side.buttons["transfer"]),
            Key("U", tr("Put credit on the charge"), self.use_credit, self.side.buttons["use"]),
            Key("H", tr("Move to another household"), self.move_elsewhere, self.side.buttons["move"]),
            Key("B", tr("Move back"), self.move_back, self.side.buttons["back"]),
            Key("O", tr("Other household of this patient"), self.turn_to_other, self.elsewhere),
            Key("Esc", tr("Back"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.lines, self.credits)

    def home(self) -> QWidget | None:
        return self.lines if self._shown is not None else self._stack.currentWidget()

    def open_with(self, errand: Errand) -> None:
        """The household of a patient, or one by its id."""
        if errand.patient_id is None and errand.about_id is None:
            return
        self._patient_id, self._account_id = errand.patient_id, errand.about_id
        self._shown = None
        self.clear_complaints()
        if errand.patient_id is not None:
            self.patient_chosen.emit(errand.patient_id)
        self.reload()

    def reload(self) -> None:
        super().reload()
        if self._patient_id is not None or self._account_id is not None:
            self.desk.ask(
                self,
                self._show,
                household_ledger.ledger,
                patient_id=self._patient_id,
                account_id=self._account_id,
            )

    def back(self) -> None:
        """To the page that was open before."""
        self.go.emit(PAGE_BEFORE, None)

    # -- what is done -------------------------------------------------------------

    def add_fee(self) -> None:
        """N: a fee for a patient of the household."""
        if self._shown is not None and self._shown.people and self.fee_button.isVisible():
            self._open(FeeDialog(self, self.desk, self._shown.people))

    def return_check(self) -> None:
        """K: the bank did not pay a check of the household."""
        if self._shown is not None and self._shown.may_return:
            account = self._shown.account_id
            self.desk.ask(self, self._open_return, returned_checks.checks, account_id=account)

    def take_checks_again(self) -> None:
        """The household pays by check as any other."""
        if self._shown is not None:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Checks of this household are taken again")),
                no_checks.allow,
                account_id=self._shown.account_id,
            )

    def void(self) -> None:
        """V: the charge is taken back; what was paid on it stays to the credit."""
        if (line := self.side.line("void")) is not None:
            ask_why(
                self,
                tr("Void {service}?", service=line.line.label),
                tr("What the patient paid on it stays to the household's credit."),
                verb=tr("Void it"),
                then=lambda dialog, reason: self.desk.do(
                    dialog,
                    dialog.close_done,
                    charges.void,
                    charge_line_id=line.line.charge_line_id,
                    reason=reason,
                ),
            )

    def correct(self) -> None:
        """C: what one side owes is raised or lowered."""
        if (line := self.side.line("correct")) is not None:
            self._open(CorrectDialog(self, self.desk, line))

    def write_off(self) -> None:
        """W: a part is given up."""
        if (line := self.side.line("write_off")) is not None:
            self._open(WriteOffLineDialog(self, self.desk, line))

    def transfer(self) -> None:
        """T: another side owes it."""
        if (line := self.side.line("transfer")) is not None:
            self._open(TransferDialog(self, self.desk, line))

    def use_credit(self) -> None:
        """U: a credit of the household goes on the line."""
        if (line := self.side.line("use")) is not None and self._shown is not None:
            self._open(UseCreditDialog(self, self.desk, line, self._shown.credits))

    def move_elsewhere(self) -> None:
        """H: the line's debt, or the credit, becomes another household's."""
        chosen = self.side.chosen
        if self._shown is not None and chosen is not None and self.side.offers("move"):
            self._open(MoveDialog(self, self.desk, self._shown, chosen))

    def move_back(self) -> None:
        """B: as before the newest move of the line."""
        line = self.side.line("back")
        if line is not None and line.moved_by_id is not None:
            posting_id = line.moved_by_id
            ask_why(
                self,
                tr("Move {service} back?", service=line.line.label),
                tr("The household it came from owes it again."),
                verb=tr("Move it back"),
                then=lambda dialog, reason: self.desk.do(
                    dialog,
                    dialog.close_done,
                    account_transfers.take_back,
                    posting_id=posting_id,
                    reason=reason,
                ),
            )

    def turn_to_other(self) -> None:
        """O: another household on which money of the patient stands."""
        if self._shown is not None and self._shown.elsewhere:
            self._account_id = self._shown.elsewhere[0].account_id
            self.reload()

    # -- what is shown ------------------------------------------------------------

    def _show(self, shown: Ledger) -> None:
        is_first = self._shown is None or self._shown.account_id != shown.account_id
        self._shown = shown
        is_begun = self._nobody.hasFocus()
        self._stack.setCurrentWidget(self._work)
        self._name.setText(tr("{number}, {holder}", number=shown.number, holder=shown.holder))
        self._sums.setText(_sums(shown))
        other = shown.elsewhere[0] if shown.elsewhere else None
        self.elsewhere.say("info", _elsewhere(other) if other else "", action=tr("Open it") if other else "")
        may_take = self.desk.may("billing.take_payment")
        again = tr("Take checks again") if may_take else ""
        self.no_checks.say("warn", shown.no_checks, action=again)
        set_shown(self.check_button, shown.may_return)
        set_shown(self.fee_button, bool(shown.people) and self.desk.may("billing.enter_charges"))
        self.line_model.show(shown.lines)
        self.credit_model.show(shown.credits)
        set_shown(self.credits, bool(shown.credits))
        if is_first:
            rows = self.lines if shown.lines else self.credits
            rows.choose_first()
            if is_begun:
                rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose(self._still(shown))

    def _still(self, shown: Ledger) -> LedgerLine | LedgerCredit | None:
        """What was chosen, as it stands now."""
        if isinstance(self.side.chosen, LedgerCredit):
            return self.credits.current()
        return self.lines.current()

    def _choose(self, what: LedgerLine | LedgerCredit | None) -> None:
        self.side.show_chosen(what, self)
        self.keys_changed.emit()

    def _open_return(self, found: Checks) -> None:
        self._open(ReturnedCheckDialog(self, self.desk, found))

    def _open(self, dialog: ActDialog) -> None:
        self.clear_complaints()
        dialog.told.connect(self.told)
        dialog.open()

    def _build(self) -> None:
        left = column(gap=0)
        left.addWidget(self.lines, 1)
        left.addWidget(self.credits)
        above = QWidget()
        above.setLayout(
            column(
                Frame("bar", row(self._sums, margins=(14, 8, 14, 8))),
                Banners(self.no_checks, self.elsewhere),
                gap=0,
            )
        )
        beside = ListDetail(
            left,
            self.side,
            opens=(self.lines, self.credits),
            back=tr("Charges"),
            show=tr("Why, and what can be done"),
            above=above,
            detail_width=400,
        )
        self._work = Frame("surface", column(beside, gap=0))
        self._nobody = EmptyState(
            "receipt-text", tr("Nobody is chosen"), tr("Ctrl+K finds a patient and their ledger.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nobody)
        self._stack.addWidget(self._work)
        self.set_content(Frame("surface", column(self._stack, gap=0)))


def _sums(shown: Ledger) -> str:
    balance = shown.balance
    return tr(
        "Insurers owe {payer}. Patients owe {patient}. Credit {credit}. Together {total}.",
        payer=dollars(balance.payer_cents),
        patient=dollars(balance.patient_cents),
        credit=dollars(balance.credit_cents),
        total=dollars(balance.total_cents),
    )


def _elsewhere(other: Household) -> str:
    words = {"number": other.number, "holder": other.holder, "cents": dollars(abs(other.balance_cents))}
    if other.balance_cents > 0:
        return tr("{cents} for this patient is owed on account {number} of {holder}.", **words)
    if other.balance_cents < 0:
        return tr("{cents} of this patient is a credit on account {number} of {holder}.", **words)
    return tr("New charges of this patient go to account {number} of {holder}.", **words)
