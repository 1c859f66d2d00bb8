"""The Collections part of Billing: old debts, credits, refunds and small balances."""

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.services.billing import collection_list, credit_list, small_balances
from frontdesk.services.billing.collection_list import CollectionRow
from frontdesk.services.billing.credit_list import CreditRow, RefundRow
from frontdesk.services.billing.refunds import RefundState
from frontdesk.services.billing.small_balances import SmallBalance, SmallBalances
from frontdesk.ui.billing import amounts, collection_look
from frontdesk.ui.billing.collection_acts import CollectionActs
from frontdesk.ui.billing.collection_look import COUNTERS, EMPTY
from frontdesk.ui.billing.collection_panel import CollectionPanel
from frontdesk.ui.billing.counters import CounterStrip
from frontdesk.ui.billing.credit_acts import CreditActs
from frontdesk.ui.billing.credit_panel import CreditPanel
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.text import tr

_REFUNDS = (RefundState.ASKED, RefundState.APPROVED, RefundState.PAID)
_TOPICS = {
    "journal_entry",
    "collection_step",
    "collection_call",
    "payment_promise",
    "hardship",
    "payment_plan",
    "refund",
    "statement_rule",
}


class CollectionsPage(BillingPage):
    """Figures on top; what the chosen one counts on the left; the chosen household or credit on the right."""

    title = "Collections"
    part = "collections"
    topics = frozenset(_TOPICS)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: tuple[CollectionRow, ...] = ()
        self.export_button = Button(tr("Agency file"), icon="file-up", keys="Ctrl+E")
        self.import_button = Button(tr("Agency's payments"), icon="file-down", keys="Ctrl+O")
        self.toolbar.add(self.export_button)
        self.toolbar.add(self.import_button)
        self.strip = CounterStrip(COUNTERS, says=tr("Collections"))
        self.strip.set_value("due")
        self.strip.chosen.connect(self._list_chosen)
        self._accounts = collection_look.accounts()
        self._credits = collection_look.credits()
        self._refunds = collection_look.refunds()
        self._small = collection_look.small()
        self._small_balances = SmallBalances()
        self.account_table = Table(self._accounts, says=tr("Households with old debts"))
        self.credit_table = Table(self._credits, says=tr("Credits"))
        self.refund_table = Table(self._refunds, says=tr("Refunds"))
        self.small_table = Table(self._small, says=tr("Small balances"))
        ColumnFit(
            self.account_table,
            self._accounts.columns,
            least=130,
            first_to_go=("Oldest debt", "Next look", "Agreed"),
        )
        ColumnFit(self.credit_table, self._credits.columns, least=120, first_to_go=("Since", "Asked for"))
        ColumnFit(self.refund_table, self._refunds.columns, least=120, first_to_go=("Asked by", "Refund"))
        Offer(self.account_table, lambda: amounts.of_debt(self.account_table.current(), desk.today))
        Offer(self.small_table, lambda: _owed(self.small_table.current()))
        Offer(self.credit_table, lambda: amounts.of_credit(self.credit_table.current()))
        Offer(self.refund_table, lambda: amounts.of_refund(self.refund_table.current()))
        self._nothing = EmptyState("circle-check", "")
        self._left = QStackedWidget()
        self.panel = CollectionPanel(desk)
        self.credit_panel = CreditPanel()
        self._right = QStackedWidget()
        self.acts = CollectionActs(desk, self, self.panel)
        self.credit_acts = CreditActs(desk, self, self.credit_panel)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        panel, credit, following = self.panel, self.credit_panel.buttons, self._next_words()
        return (
            Key("↑↓", tr("Household or credit"), when=self._right),
            Key("Ctrl+Return", following or tr("Next step"), self.go_on, lambda: bool(following)),
            Key("C", tr("Log a call"), self.acts.call, panel.call_button),
            Key("P", tr("Note a promise"), self.acts.promise, panel.promise_button),
            Key("D", tr("A plan that is missed: anew, or ended"), self.acts.plan, panel.plan_button),
            Key("A", tr("Hardship"), self.acts.hardship, panel.hardship_button),
            Key("B", tr("Approve the placement with the agency"), self.acts.place, panel.place_button),
            Key("R", tr("Recall from the agency"), self.acts.recall, panel.recall_button),
            Key("M", tr("Record what the agency was paid"), self.acts.agency_paid, panel.agency_paid_button),
            Key("U", tr("Use the credit on open charges"), self.credit_acts.use, credit["use"]),
            Key("L", tr("Letter of a refund"), self.credit_acts.letter, credit["letter"]),
            Key("K", tr("Check request of a refund"), self.credit_acts.request, credit["request"]),
            Key("Ctrl+E", tr("File for the agency"), self.acts.export),
            Key("Ctrl+O", tr("Post the agency's payments from its file"), self.acts.take_in),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.strip, self._right, self._left)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_accounts, collection_list.worklist)
        self.desk.ask(self, self._show_credits, credit_list.worklist)
        self.desk.ask(self, self._show_refunds, credit_list.refund_list, states=_REFUNDS)
        self.desk.ask(self, self._show_small, small_balances.worklist)

    def go_on(self) -> None:
        """Ctrl+Enter: the primary verb of what is shown."""
        if self._is_about_accounts():
            self.acts.step()
        else:
            self.credit_acts.go_on()

    def _next_words(self) -> str:
        """What Ctrl+Enter does now; nothing where the panel offers no verb."""
        offered = [self.panel.recall_button, self.panel.step_button]
        if not self._is_about_accounts():
            offered = [button for button in self.credit_panel.buttons.values() if button.kind == "primary"]
        return next((button.text() for button in offered if button.isVisible()), "")

    # -- what is shown ------------------------------------------------------------

    def _show_accounts(self, found: tuple[CollectionRow, ...]) -> None:
        self._rows = found
        for which in ("due", "start", "work", "decide", "placed"):
            self.strip.show_count(which, sum(collection_look.belongs(each, which) for each in found))
        self._list()

    def _show_credits(self, found: tuple[CreditRow, ...]) -> None:
        self.strip.show_count("credits", len(found))
        self._credits.show(found)
        self._turn()

    def _show_refunds(self, found: tuple[RefundRow, ...]) -> None:
        self.strip.show_count("refunds", sum(each.state is not RefundState.PAID for each in found))
        self._refunds.show_groups(collection_look.refund_groups(found))
        self._turn()

    def _show_small(self, found: SmallBalances) -> None:
        self._small_balances = found
        self.strip.show_count("small", len(found.rows))
        self._small.show(found.rows)
        self._turn()

    def _list_chosen(self, _: str) -> None:
        self.clear_complaints()
        self._list()

    def _list(self) -> None:
        if self._is_about_accounts():
            which = self.strip.value()
            self._accounts.show([each for each in self._rows if collection_look.belongs(each, which)])
        self._turn()

    def _turn(self) -> None:
        """The table of the chosen figure with its panel, or why there is nothing."""
        which = self.strip.value()
        table, model = self._listed()
        rows = model.rows()
        if not rows:
            title, text = EMPTY[which]
            self._nothing.say("circle-check", tr(title), tr(text))
        self._left.setCurrentWidget(table if rows else self._nothing)
        self._right.setCurrentWidget(self.panel if self._is_about_accounts() else self.credit_panel)
        set_shown(self._right, bool(rows))
        if rows and table.current() is None:
            table.choose_first()
        if which == "small" and rows:
            self.credit_acts.show_small(self._small_balances)
        elif rows:
            self._choose(table.current())
        self.keys_changed.emit()

    def _choose(self, chosen: object) -> None:
        """The panel follows the list that is turned to."""
        if isinstance(chosen, CollectionRow) and self._is_about_accounts():
            self.acts.show_row(chosen)
        elif isinstance(chosen, CreditRow) and self.strip.value() == "credits":
            self.credit_acts.show_credit(chosen)
        elif isinstance(chosen, RefundRow) and self.strip.value() == "refunds":
            self.credit_acts.show_refund(chosen)
        self.keys_changed.emit()

    def _is_about_accounts(self) -> bool:
        return self.strip.value() not in ("credits", "refunds", "small")

    def _listed(self) -> tuple[Table[Any], TableModel[Any]]:  # Any: four tables of four kinds of rows
        others: dict[str, tuple[Table[Any], TableModel[Any]]] = {
            "credits": (self.credit_table, self._credits),
            "refunds": (self.refund_table, self._refunds),
            "small": (self.small_table, self._small),
        }
        return others.get(self.strip.value(), (self.account_table, self._accounts))

    def _build(self) -> None:
        for table in (self.account_table, self.credit_table, self.refund_table, self.small_table):
            table.chosen.connect(self._choose)
            self._left.addWidget(table)
        self._left.addWidget(self._nothing)
        self._right.addWidget(self.panel)
        self._right.addWidget(self.credit_panel)
        self.export_button.clicked.connect(self.acts.export)
        self.import_button.clicked.connect(self.acts.take_in)
        beside = ListDetail(
            self._left,
            self._right,
            opens=(self.account_table, self.credit_table, self.refund_table, self.small_table),
            back=tr("Collections"),
            show=tr("Open the row"),
            above=self.strip,
            detail_width=492,
        )
        self.set_content(Frame("surface", column(beside, gap=0)))


def _owed(row: SmallBalance | None) -> tuple[Amount, ...]:
    """What a household of a list owes."""
    return (amounts.owed_by(row.account_id, row.name, row.owed_cents),) if row is not None else ()
