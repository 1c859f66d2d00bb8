"""Lines that a payer allowed less than its contract: each explains itself, is appealed or let go."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import underpaid
from frontdesk.services.billing.underpaid import PayerShort, Underpaid, UnderpaidList
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.claim_appeals import AppealDialog
from frontdesk.ui.billing.frame import BillingPage, ReasonDialog, ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.edits import AmountEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LIST = 280
_NARROW = 900
"""Below it the payers give their room to the lines, which then are of all of them."""


class UnderpaidPage(BillingPage):
    """The payers with their sums on the left, the chosen one's lines on the right."""

    title = "Below contract"
    part = "remittances"
    topics = frozenset(
        {
            "remittance",
            "remittance_claim",
            "claim",
            "fee",
            "fee_schedule",
            "accepted_underpayment",
            "contract_rule",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found = UnderpaidList((), (), 0)
        self._is_narrow = False
        back = IconButton("arrow-left", tr("Remittances"), keys="Esc")
        back.clicked.connect(self.back)
        self.rule_button = Button("", icon="settings-2", keys="T")
        self.rule_button.clicked.connect(self.set_tolerance)
        self.toolbar.add(Label(tr("Below contract"), "medium"), self.rule_button, back)
        self.payer_model = TableModel[PayerShort](
            [
                Column("Payer", lambda each: Cell(each.payer, role="strong")),
                Column("Lines", lambda each: str(each.lines or ""), width=52, align="right"),
                Column("Short", lambda each: ledger(each.short_cents), width=84, align="right"),
            ],
            key=lambda each: each.payer_id,
        )
        self.payers = Table(self.payer_model, says=tr("Payers that allowed less than agreed"))
        self.payers.setFixedWidth(theme().px(_LIST))
        self.payers.chosen.connect(self._choose_payer)
        self.line_model = TableModel[Underpaid](
            [
                Column("Claim", lambda each: Cell(each.claim_number, color="text-2"), width=92),
                Column("Patient", lambda each: Cell(each.patient, role="strong")),
                Column("Visit", lambda each: us_date(each.service_on), width=96),
                Column("Code", lambda each: each.code, width=92),
                Column("Agreed", lambda each: ledger(each.agreed_cents), width=80, align="right"),
                Column("Allowed", lambda each: ledger(each.allowed_cents), width=80, align="right"),
                Column(
                    "Short", lambda each: Cell(ledger(each.short_cents), "strong"), width=80, align="right"
                ),
                Column("State", _state, width=104),
            ],
            key=lambda each: each.line_id,
        )
        self.lines = Table(self.line_model, says=tr("Lines that were allowed less than agreed"))
        self.lines.chosen.connect(self._choose)
        self.lines.opened.connect(self._open_claim)
        ColumnFit(
            self.lines,
            self.line_model.columns,
            least=130,
            first_to_go=("Claim", "Visit", "Agreed", "Allowed", ""),
        )
        self.says = Label("", "body", wrap=True)
        self.appeal_button = Button(tr("Appeal…"), "primary", icon="scale", keys="A")
        self.accept_button = Button(tr("Accept…"), icon="check", keys="C")
        self.back_button = Button(tr("Put on the list again"), icon="undo-2", keys="U")
        self.appeal_button.clicked.connect(self.appeal)
        self.accept_button.clicked.connect(self.accept)
        self.back_button.clicked.connect(self.take_back)
        self._nothing = EmptyState(
            "badge-check",
            tr("No payer allowed less than its contract"),
            tr("Posted answers are compared with the contracts of the billing set-up (Fees)."),
        )
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Line"), when=self.lines),
            Key("Enter", tr("Open claim"), when=self.lines),
            Key("A", tr("Appeal"), self.appeal, self.appeal_button),
            Key("C", tr("Accept what was allowed"), self.accept, self.accept_button),
            Key("U", tr("Put on the list again"), self.take_back, self.back_button),
            Key("T", tr("What nobody minds"), self.set_tolerance),
            Key("Esc", tr("Remittances"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.payers, self.lines)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, underpaid.worklist)

    def back(self) -> None:
        """To the remittances."""
        self.go.emit("remittances", None)

    # -- what is done -------------------------------------------------------------

    def appeal(self) -> None:
        """A: the payer is asked to decide the claim again."""
        line = self.lines.current()
        if line is None or not line.is_open or not underpaid.may_appeal(line):
            return
        words = underpaid.appeal_words(line)
        number, version = line.claim_number, line.claim_version
        dialog = AppealDialog(self, self.desk, line.claim_id, number, version, words)
        dialog.told.connect(self.told)
        dialog.open()

    def accept(self) -> None:
        """C: the difference is let go."""
        line = self.lines.current()
        if line is not None and line.is_open:
            ask_why(
                self,
                tr("Let {cents} of {code} go?", cents=dollars(line.short_cents), code=line.code),
                tr("The line leaves the list; the ledger stays as it is."),
                verb=tr("Accept"),
                then=lambda dialog, reason: self.desk.do(
                    dialog,
                    lambda _: self._done(dialog, tr("Accepted what was allowed")),
                    underpaid.accept,
                    line_id=line.line_id,
                    because=reason,
                ),
            )

    def take_back(self) -> None:
        """U: what was let go is on the list again."""
        line = self.lines.current()
        if line is not None and line.accepted_id is not None:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Put on the list again")),
                underpaid.take_back,
                accepted_id=line.accepted_id,
            )

    def set_tolerance(self) -> None:
        """T: up to how much of a line nobody minds."""
        dialog = ToleranceDialog(self, self.desk, self._found.tolerance_cents)
        dialog.told.connect(self.told)
        dialog.open()

    def _done(self, dialog: ReasonDialog, words: str) -> None:
        dialog.accept()
        self.told.emit(words)

    # -- what is shown ------------------------------------------------------------

    def _show(self, found: UnderpaidList) -> None:
        self._found = found
        self.rule_button.setText(tr("Over {cents} a line", cents=dollars(found.tolerance_cents)))
        self.payer_model.show(found.payers)
        show_instead(*((self._work, self._nothing) if found.lines else (self._nothing, self._work)))
        if found.payers and self.payers.current() is None:
            self.payers.choose_first()
        else:
            self._choose_payer(self.payers.current())
        self.keys_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.window().width() < theme().px(_NARROW)
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            set_shown(self.payers, not is_narrow)
            self._choose_payer(self.payers.current())

    def _choose_payer(self, payer: PayerShort | None) -> None:
        if payer is not None:
            wanted = None if self._is_narrow else payer.payer_id
            self.line_model.show([each for each in self._found.lines if wanted in (None, each.payer_id)])
            if self.lines.current() is None:
                self.lines.choose_first()
            self._choose(self.lines.current())

    def _choose(self, line: Underpaid | None) -> None:
        self.says.setText(_sentence(line) if line is not None else "")
        set_shown(self.appeal_button, line is not None and line.is_open and underpaid.may_appeal(line))
        set_shown(self.accept_button, line is not None and line.is_open)
        set_shown(self.back_button, line is not None and line.accepted_id is not None)
        self.keys_changed.emit()

    def _open_claim(self, line: Underpaid) -> None:
        self.go.emit("claims", Errand("claim", about_id=line.claim_id))

    def _build(self) -> None:
        verbs = row(None, self.back_button, self.accept_button, self.appeal_button)
        right = column(gap=0)
        right.addWidget(self.lines, 1)
        right.addWidget(Frame("bar", column(self.says, verbs, gap=8, margins=(14, 10, 14, 10))))
        whole = row(self.payers, gap=0)
        whole.addWidget(Frame("detail", right), 1)
        self._work = Frame("surface", whole)
        self.set_content(Frame("surface", column(self._work, self._nothing, gap=0)))


class ToleranceDialog(ActDialog):
    """Up to how many cents of a line nobody is bothered."""

    def __init__(self, parent: QWidget, desk: Desk, cents: int) -> None:
        super().__init__(
            parent,
            desk,
            tr("How much less of a line is still as agreed?"),
            tr("Lines that are short by no more stay off the list, also those that were posted before."),
            verb=tr("Save"),
            icon="settings-2",
        )
        self.amount = AmountEdit()
        self.amount.set_value(cents)
        self.form.add("tolerance_cents", tr("Up to"), self.amount, span=6)
        self.amount.setFocus()

    def act(self) -> None:
        self.desk.do(self, self._done, underpaid.set_tolerance, tolerance_cents=self.amount.value() or 0)

    def _done(self, _: int) -> None:
        self.close_with(tr("Saved what nobody minds"))


def _state(line: Underpaid) -> Cell:
    if line.accepted_id is not None:
        return Cell(tr("Accepted"), icon="circle-check", icon_color="ok", color="text-2")
    if line.is_appealed:
        return Cell(tr("Appealed"), icon="scale", icon_color="info", color="text-2")
    return Cell(tr("Open"), "strong", "warn-tx", icon="triangle-alert", icon_color="warn")


def _sentence(line: Underpaid) -> str:
    if line.accepted_id is not None:
        return tr("{says} Let go: {why}", says=line.says, why=line.because)
    if line.is_appealed:
        return tr("{says} The claim was appealed.", says=line.says)
    return line.says
