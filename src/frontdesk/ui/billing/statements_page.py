"""The Statements part of Billing: who owes what since when, why, and the paper that asks for it."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import papers, statement_run, statements
from frontdesk.services.billing.statements import Candidate
from frontdesk.ui.billing.account_panel import AccountPanel
from frontdesk.ui.billing.explain import ExplainDialog
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_LEVELS = (
    ("to 30 days", "neutral"),
    ("over 30 days", "warn"),
    ("over 60 days", "warn"),
    ("over 90 days", "block"),
)
_SMALLEST_CENTS = 500
_QUIET_DAYS = 25


class StatementsPage(BillingPage):
    """The households on the left, the chosen one on the right."""

    title = "Statements"
    part = "statements"
    topics = frozenset({"journal_entry", "statement", "account"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found: tuple[Candidate, ...] = ()
        self.which: Segmented[str] = Segmented(
            (("due", tr("To send")), ("all", tr("All balances"))), says=tr("Which households")
        )
        self.which.chosen.connect(self._look)
        self.age: Combo[int] = Combo(
            (
                (0, tr("Any age")),
                (1, tr("Over 30 days")),
                (2, tr("Over 60 days")),
                (3, tr("Over 90 days")),
            )
        )
        self.age.setFixedWidth(theme().px(140))
        self.age.setAccessibleName(tr("Age of the debt"))
        self.age.chosen.connect(self._narrow)
        self.make_button = Button(tr("Make statements"), icon="files")
        self.make_button.clicked.connect(self.make_all)
        self.toolbar.add(self.which, self.age, self.make_button)
        self._model = TableModel[Candidate](
            [
                Column("Account", lambda account: account.account_number, width=96),
                Column("Household", lambda account: Cell(account.name, role="strong")),
                Column("Oldest debt", _age, width=200),
                Column("Last statement", _last, width=120),
                Column(
                    "Owes",
                    lambda account: Cell(ledger(account.due_cents), role="strong"),
                    width=96,
                    align="right",
                ),
            ],
            key=lambda account: account.account_id,
        )
        self.table = Table(self._model, says=tr("Households with a balance"))
        self.table.chosen.connect(self._choose)
        self._nothing = EmptyState(
            "circle-check",
            tr("No statement is due"),
            tr("Households that owe something, and had no statement for 25 days, show up here."),
        )
        self._left = QStackedWidget()
        self._left.addWidget(self.table)
        self._left.addWidget(self._nothing)
        self.panel = AccountPanel(desk)
        self.panel.preview_wanted.connect(self.preview)
        self.panel.issue_wanted.connect(self.make_one)
        self.panel.paper_wanted.connect(self._open_paper)
        content = row(gap=0)
        content.addWidget(self._left, 1)
        content.addWidget(self.panel)
        self.set_content(Frame("surface", content))
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Household")),
            Key("Ctrl+Return", tr("Make statement"), self.make_one),
            Key("Ctrl+P", tr("Preview"), self.preview),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.panel, self.table)

    def reload(self) -> None:
        super().reload()
        self._look()

    def open_with(self, errand: Errand) -> None:
        """Explains the balance of a patient."""
        if errand.act == "explain_balance" and errand.patient_id is not None:
            self.explain(errand.patient_id)

    def explain(self, patient_id: int) -> Dialog:
        """Why a patient's balance is what it is."""
        dialog = ExplainDialog(self, self.desk, patient_id)
        dialog.open()
        return dialog

    # -- what is done -------------------------------------------------------------

    def preview(self) -> None:
        """The statement as it would be sent today."""
        account = self.table.current()
        if account is not None:
            dialog = self._paper(tr("Statement for {name}", name=account.name), "statement-preview.pdf")
            self.desk.ask(
                dialog, dialog.show_pdf, papers.statement_preview_pdf, account_id=account.account_id
            )

    def make_one(self) -> None:
        """Freeze the chosen household's statement, and show its paper."""
        account = self.table.current()
        if account is not None:
            self.clear_complaints()
            self.desk.do(self, self._made_one, statements.issue, account_id=account.account_id)

    def make_all(self) -> None:
        """Ask, then make the statements of all that are listed."""
        listed = self._model.rows()
        if not listed:
            return
        total = dollars(sum(account.due_cents for account in listed))
        many = counted(len(listed), "Make {count} statement?", "Make {count} statements?")
        dialog = Dialog(
            self,
            many,
            tr("They ask for {total} together, and go into the archive as they are sent.", total=total),
            icon="files",
            icon_color="accent",
        )
        dialog.add_verb(tr("Cancel"), keys="Esc")
        dialog.add_verb(tr("Make statements"), self._make_listed, kind="primary")
        dialog.open()

    def _make_listed(self) -> None:
        self.clear_complaints()
        self.desk.job(
            self,
            self._made_all,
            statements.issue_all,
            account_ids=tuple(account.account_id for account in self._model.rows()),
        )

    def _made_one(self, statement_id: int) -> None:
        self.told.emit(tr("Made a statement"))
        self._open_paper(statement_id)

    def _made_all(self, statement_ids: tuple[int, ...]) -> None:
        words = counted(len(statement_ids), "Made {count} statement", "Made {count} statements")
        self.told.emit(words)
        if statement_ids:
            dialog = self._paper(words, f"statements-{self.desk.today}.pdf")
            self.desk.ask(dialog, dialog.show_pdf, statement_run.run_pdf, statement_ids=statement_ids)

    def _open_paper(self, statement_id: object) -> None:
        if isinstance(statement_id, int):
            dialog = self._paper(tr("Statement"), f"statement-{self.desk.today}.pdf")
            self.desk.ask(dialog, dialog.show_pdf, papers.statement_pdf, statement_id=statement_id)

    def _paper(self, title: str, file_name: str) -> PaperDialog:
        dialog = PaperDialog(self, self.desk, title, file_name)
        dialog.open()
        return dialog

    # -- what is shown ------------------------------------------------------------

    def _look(self) -> None:
        is_due = self.which.value() == "due"
        self.desk.ask(
            self,
            self._show,
            statements.candidates,
            minimum_cents=_SMALLEST_CENTS if is_due else 1,
            quiet_days=_QUIET_DAYS if is_due else 0,
        )

    def _show(self, found: tuple[Candidate, ...]) -> None:
        self._found = found
        self._narrow()

    def _narrow(self) -> None:
        least = self.age.value() or 0
        listed = [account for account in self._found if account.dunning_level >= least]
        self._model.show(listed)
        is_due = self.which.value() == "due"
        self.make_button.setText(
            counted(len(listed), "Make {count} statement", "Make {count} statements")
            if listed
            else tr("Make statements")
        )
        self.make_button.setEnabled(bool(listed) and is_due)
        self.make_button.updateGeometry()
        self._left.setCurrentWidget(self.table if listed else self._nothing)
        set_shown(self.panel, bool(listed))
        if listed and self.table.current() is None:
            self.table.choose(listed[0].account_id)

    def _choose(self, account: Candidate | None) -> None:
        if account is not None:
            self.panel.show_account(account)


def _age(account: Candidate) -> Cell:
    words, tone = _LEVELS[account.dunning_level]
    return Cell(tr(words), tone=tone, detail=us_date(account.oldest_on), color="text-2")


def _last(account: Candidate) -> Cell:
    written = us_date(account.last_statement_on) if account.last_statement_on else tr("never")
    return Cell(written, color="text-2")
