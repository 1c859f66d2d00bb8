"""Payers' own accounts: what a payer took, added or sent without a claim, and how each is settled."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import payer_accounts, payer_settling
from frontdesk.services.billing.payer_accounts import AccountItem, PayerAccount
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.claim_choice import ClaimDialog
from frontdesk.ui.billing.frame import BillingPage, ReasonDialog, ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import tr


class PayerAccountsPage(BillingPage):
    """The payers on the left, what stands on the chosen one's account on the right."""

    title = "Payers' accounts"
    part = "remittances"
    topics = frozenset({"journal_entry", "posting", "payer_settlement", "remittance_claim"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        back = IconButton("arrow-left", tr("Remittances"), keys="Esc")
        back.clicked.connect(self.back)
        self.toolbar.add(Label(tr("Payers' accounts"), "medium"), back)
        self.payer_model = TableModel[PayerAccount](
            [
                Column("Payer", lambda each: Cell(each.payer, role="strong")),
                Column("Open", lambda each: str(each.open_items or ""), width=50, align="right"),
                Column("Balance", lambda each: ledger(each.balance_cents), width=88, align="right"),
            ],
            key=lambda each: each.payer_id,
        )
        self.payers = Table(self.payer_model, says=tr("Payers with money on their account"))
        self.payers.chosen.connect(self._choose_payer)
        Offer(self.payers, lambda: amounts.of_payer(self.payers.current()))
        self.item_model = TableModel[AccountItem](
            [
                Column("Date", lambda each: Cell(us_date(each.posted_on), color="text-2"), width=92),
                Column("Remittance", lambda each: Cell(each.remittance, color="text-2"), width=110),
                Column("What it is", _what),
                Column("About", lambda each: Cell(each.about, color="text-2"), width=210),
                Column("Amount", lambda each: Cell(ledger(each.amount_cents)), width=88, align="right"),
                Column("Balance", lambda each: Cell(ledger(each.balance_cents)), width=88, align="right"),
                Column("State", _state, width=96),
            ],
            key=lambda each: each.posting_id,
        )
        self.items = Table(self.item_model, says=tr("What stands on this payer's account"))
        self.items.chosen.connect(self._choose)
        self.items.opened.connect(self._open_remittance)
        Offer(self.items, lambda: amounts.of_matter(self.items.current()))
        ColumnFit(self.items, self.item_model.columns, least=180, first_to_go=("Remittance", "About"))
        self.says = EndingLabel("", "body")
        self.match_button = Button(tr("Match to claim…"), "primary", icon="link", keys="M")
        self.put_button = Button(tr("Put on claim…"), icon="file-input", keys="C")
        self.off_button = Button(tr("Settle without claim…"), icon="eraser", keys="S")
        self.income_button = Button(tr("Take as income…"), icon="circle-dollar-sign", keys="I")
        self.back_button = Button(tr("Take settlement back"), icon="undo-2", keys="U")
        for button, act in (
            (self.match_button, self.match),
            (self.put_button, self.put_on_claim),
            (self.off_button, self.write_off),
            (self.income_button, self.take_as_income),
            (self.back_button, self.take_back),
        ):
            button.clicked.connect(act)
        self._nothing = EmptyState(
            "landmark",
            tr("Nothing stands on a payer's account"),
            tr("Money that payers take back, carry over or send without a claim is kept here."),
        )
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Item"), when=self.items),
            Key("Enter", tr("Open remittance"), when=self.items),
            Key("M", tr("Match to claim"), self.match, self.match_button),
            Key("C", tr("Put on claim"), self.put_on_claim, self.put_button),
            Key("S", tr("Settle without claim"), self.write_off, self.off_button),
            Key("I", tr("Take as income"), self.take_as_income, self.income_button),
            Key("U", tr("Take settlement back"), self.take_back, self.back_button),
            Key("Esc", tr("Remittances"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.payers, self.items)

    def home(self) -> QWidget:
        return self.items if self.items.isVisible() else self.payers

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_payers, payer_accounts.accounts)

    def back(self) -> None:
        """To the remittances."""
        self.go.emit("remittances", None)

    # -- what is done -------------------------------------------------------------

    def match(self) -> None:
        """M: money that was posted without a claim has found it."""
        item = self.items.current()
        if item is not None and item.remittance_claim_id is not None:
            answer_id = item.remittance_claim_id
            ClaimDialog(
                self,
                self.desk,
                tr("Which claim was paid?"),
                tr("{amount} leaves the payer's account for it.", amount=dollars(abs(item.amount_cents))),
                then=lambda dialog, claim_id, _: self.desk.do(
                    dialog,
                    lambda _: self._done(dialog, tr("Matched")),
                    payer_settling.match_later,
                    remittance_claim_id=answer_id,
                    claim_id=claim_id,
                ),
            ).open()

    def put_on_claim(self) -> None:
        """C: what was taken or added belongs to a claim."""
        item = self.items.current()
        if item is not None and item.open_cents and item.remittance_claim_id is None:
            posting_id = item.posting_id
            taken = item.open_cents > 0
            ClaimDialog(
                self,
                self.desk,
                tr("To which claim does it belong?"),
                tr("{amount} is owed by the payer on it again.", amount=dollars(item.open_cents))
                if taken
                else tr("{amount} pays what is open on it.", amount=dollars(-item.open_cents)),
                wants_reason=True,
                then=lambda dialog, claim_id, reason: self.desk.do(
                    dialog,
                    lambda _: self._done(dialog, tr("Put on the claim")),
                    payer_settling.put_on_claim,
                    posting_id=posting_id,
                    claim_id=claim_id,
                    reason=reason,
                ),
            ).open()

    def write_off(self) -> None:
        """S: it belongs to no claim."""
        item = self.items.current()
        if item is not None and item.open_cents and item.remittance_claim_id is None:
            posting_id = item.posting_id
            ask_why(
                self,
                tr("Settle {amount} without a claim?", amount=dollars(abs(item.open_cents))),
                tr("It leaves the payer's account by a correction, and is on no visit."),
                verb=tr("Settle"),
                then=lambda dialog, reason: self.desk.do(
                    dialog,
                    lambda _: self._done(dialog, tr("Settled")),
                    payer_settling.write_off,
                    posting_id=posting_id,
                    reason=reason,
                ),
            )

    def take_as_income(self) -> None:
        """I: the payer paid it on no visit, and it is the office's."""
        item = self.items.current()
        if item is not None and item.open_cents < 0 and item.remittance_claim_id is None:
            posting_id = item.posting_id
            ask_why(
                self,
                tr("Take {amount} as income?", amount=dollars(-item.open_cents)),
                tr("It is on no visit and has a line of its own in the day's roll-forward and the reports."),
                verb=tr("Take as income"),
                hint=tr("Capitation for March, bonus, …"),
                then=lambda dialog, reason: self.desk.do(
                    dialog,
                    lambda _: self._done(dialog, tr("Taken as income")),
                    payer_settling.take_as_income,
                    posting_id=posting_id,
                    reason=reason,
                ),
            )

    def take_back(self) -> None:
        """U: a settlement was wrong."""
        item = self.items.current()
        if item is not None and item.is_settlement:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Took the settlement back")),
                payer_settling.take_settlement_back,
                posting_id=item.posting_id,
            )

    def _done(self, dialog: ReasonDialog | ClaimDialog, words: str) -> None:
        dialog.accept()
        self.told.emit(words)

    # -- what is shown ------------------------------------------------------------

    def _show_payers(self, found: tuple[PayerAccount, ...]) -> None:
        self.payer_model.show(found)
        show_instead(*((self._work, self._nothing) if found else (self._nothing, self._work)))
        if found and self.payers.current() is None:
            self.payers.choose_first()
        else:
            self._choose_payer(self.payers.current())
        self.keys_changed.emit()

    def _choose_payer(self, account: PayerAccount | None) -> None:
        if account is not None:
            self.desk.ask(self, self._show_items, payer_accounts.items, payer_id=account.payer_id)

    def _show_items(self, found: tuple[AccountItem, ...]) -> None:
        self.item_model.show(found)
        if found and self.items.current() is None:
            self.items.choose_first()
        else:
            self._choose(self.items.current())

    def _choose(self, item: AccountItem | None) -> None:
        is_loose = item is not None and item.remittance_claim_id is not None and item.open_cents != 0
        is_open = item is not None and item.open_cents != 0 and not is_loose and not item.is_settlement
        self.says.setText(_sentence(item) if item is not None else "")
        set_shown(self.match_button, is_loose)
        set_shown(self.put_button, is_open)
        set_shown(self.off_button, is_open)
        set_shown(self.income_button, is_open and item is not None and item.open_cents < 0)
        set_shown(self.back_button, item is not None and item.is_settlement and item.open_cents == 0)
        self.keys_changed.emit()

    def _open_remittance(self, item: AccountItem) -> None:
        if item.remittance_id is not None:
            self.go.emit("remittances", Errand("remittance", about_id=item.remittance_id))

    def _build(self) -> None:
        foot = wrapped(self.says, None, gap=8, margins=(14, 10, 14, 10))
        for button in (
            self.back_button,
            self.off_button,
            self.income_button,
            self.put_button,
            self.match_button,
        ):
            foot.addWidget(button)
        right = column(gap=0)
        right.addWidget(self.items, 1)
        right.addWidget(Frame("bar", foot))
        beside = ListDetail(
            self.payers,
            Frame("detail", right),
            opens=(self.payers,),
            back=tr("Payers"),
            show=tr("Open the account"),
            list_width=300,
            narrow_below=860,
        )
        self._work = Frame("surface", column(beside, gap=0))
        self.set_content(Frame("surface", column(self._work, self._nothing, gap=0)))


def _what(item: AccountItem) -> Cell:
    return Cell(item.text, color="text" if item.open_cents else "text-2")


def _state(item: AccountItem) -> Cell:
    if not item.open_cents:
        return Cell(tr("Settled"), icon="circle-check", icon_color="ok", color="text-2")
    return Cell(tr("Open"), "strong", "warn-tx", icon="triangle-alert", icon_color="warn")


def _sentence(item: AccountItem) -> str:
    if not item.open_cents:
        return tr("Nothing of this is open.")
    amount = dollars(abs(item.open_cents))
    if item.remittance_claim_id is not None:
        return tr("{amount} was paid for a claim that nobody found yet.", amount=amount)
    if item.open_cents > 0:
        return tr("The payer kept {amount} for which no claim gives a reason yet.", amount=amount)
    return tr("The payer gave {amount} that it will take again, or that belongs to a claim.", amount=amount)
