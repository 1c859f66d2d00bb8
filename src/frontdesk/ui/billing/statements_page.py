"""The Statements part of Billing: whom a run asks, whom it leaves out and why, and the runs made before."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.money import dollars
from frontdesk.services.billing import papers, statement_holds, statement_mail, statement_run, statements
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.billing.statement_mail import Mailed
from frontdesk.services.billing.statement_run import Candidate, RunMade, RunPreview
from frontdesk.ui.billing import amounts, statement_lists
from frontdesk.ui.billing.account_panel import AccountPanel
from frontdesk.ui.billing.counters import CounterStrip
from frontdesk.ui.billing.explain import ExplainDialog
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.billing.statement_filters import StatementFilters
from frontdesk.ui.billing.statement_hold import HoldDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, Banners, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import Dialog, confirm
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table
from frontdesk.ui.text import counted, tr

_EMPTY = {
    "asked": (
        "No statement is due",
        "Households that owe something and were not asked lately show up here.",
    ),
    "left_out": ("Nobody is left out", "Every household that owes something would be asked."),
    "runs": ("No run was made yet", "Runs stay here; Enter opens the statements of one."),
}


class StatementsPage(BillingPage):
    """Figures on top, the households on the left, the chosen one on the right."""

    title = "Statements"
    part = "statements"
    topics = frozenset(
        {
            "journal_entry",
            "statement",
            "account",
            "statement_hold",
            "statement_rule",
            "statement_mail",
            "collection_step",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found = RunPreview((), ())
        self.make_button = Button(tr("Make statements"), icon="files")
        self.make_button.clicked.connect(self.make_all)
        self.toolbar.add(self.make_button)
        self.strip = CounterStrip(statement_lists.COUNTERS, says=tr("Statements"))
        self.strip.set_value("asked")
        self.strip.chosen.connect(self._list_chosen)
        self.filters = StatementFilters()
        self.filters.changed.connect(self._look)
        self._model = statement_lists.households()
        self.table = Table(self._model, says=tr("Households with a balance"))
        self.table.chosen.connect(self._choose)
        Offer(self.table, lambda: amounts.of_household(self.table.current()))
        ColumnFit(self.table, self._model.columns, least=150, first_to_go=("Oldest debt", "Account"))
        self._runs = statement_lists.runs()
        self.run_table = Table(self._runs, says=tr("Runs of statements"))
        self.run_table.opened.connect(self._open_run)
        Offer(self.run_table, lambda: amounts.of_run(self.run_table.current()))
        self._nothing = EmptyState("circle-check", "")
        self._left = QStackedWidget()
        for widget in (self.table, self.run_table, self._nothing):
            self._left.addWidget(widget)
        self._progress = Banner("info")
        self.panel = AccountPanel(desk)
        self.panel.preview_wanted.connect(self.preview)
        self.panel.issue_wanted.connect(self.make_one)
        self.panel.paper_wanted.connect(self._open_paper)
        self.panel.hold_wanted.connect(self.hold)
        left = column(self.filters, Banners(self._progress), gap=0)
        left.addWidget(self._left, 1)
        beside = ListDetail(
            left,
            self.panel,
            opens=(self.table,),
            back=tr("Households"),
            show=tr("Open the household"),
            above=self.strip,
            detail_width=492,
        )
        self.set_content(Frame("surface", column(beside, gap=0)))
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Household"), when=self.table),
            Key("↑↓", tr("Run"), when=self.run_table),
            Key("Enter", tr("Open the run"), when=self.run_table),
            Key("Ctrl+Return", tr("Make statement"), self.make_one, self._has_household),
            Key("Ctrl+P", tr("Preview"), self.preview, self._has_household),
            Key("Ctrl+Shift+Return", tr("Make all that are listed"), self.make_all, self.make_button),
            Key("H", tr("Hold, or release"), self.hold, self._has_household),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.strip, self.filters, self.panel, self.table)

    def reload(self) -> None:
        super().reload()
        self._look()

    def open_with(self, errand: Errand) -> None:
        """Explains the balance of a patient."""
        if errand.act == "explain_balance" and errand.patient_id is not None:
            self.explain(errand.patient_id)

    def explain(self, patient_id: int) -> Dialog:
        """Why a patient's balance is what it is."""
        dialog = ExplainDialog(self, self.desk, Subject(About.PATIENT, patient_id))
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

    def hold(self) -> None:
        """No statements for the chosen household for a while; or release it."""
        account = self.table.current()
        if account is None:
            return
        self.clear_complaints()
        if account.hold_id is not None:
            self.desk.do(self, self._released, statement_holds.release, hold_id=account.hold_id)
        else:
            dialog = HoldDialog(self, self.desk, account)
            dialog.held.connect(self.told)
            dialog.open()

    def make_all(self) -> None:
        """Ask, then make the statements of all that are to be sent."""
        listed = self._found.asked
        if not listed or not self.make_button.isEnabled():
            return
        words = tr(
            "They ask for {total} together. They go into the archive as they are sent, "
            "and cannot be taken back.",
            total=dollars(self._found.total_cents),
        )
        if self._found.by_email:
            words += " " + tr(
                "{count} go by e-mail, the others and what fails on paper.", count=self._found.by_email
            )
        confirm(
            self,
            counted(len(listed), "Make {count} statement?", "Make {count} statements?"),
            words,
            verb=counted(len(listed), "Make {count} statement", "Make {count} statements"),
            keep=tr("Not yet"),
            then=self._make_listed,
            icon="files",
        )

    def _make_listed(self) -> None:
        self.clear_complaints()
        job = self.desk.job(
            self,
            self._made_all,
            statement_run.issue_all,
            account_ids=tuple(account.account_id for account in self._found.asked),
            filters=self.filters.value(),
        )
        job.progressed.connect(self._show_progress)
        self._progress.acted.connect(job.cancel)
        self._show_progress(0, len(self._found.asked))

    def _show_progress(self, done: int, of: int) -> None:
        self.make_button.setEnabled(False)
        words = tr("Making statement {done} of {all}.", done=min(done + 1, of), all=of)
        self._progress.say("info", words, action=tr("Stop"))

    def refused(self, error: FrontdeskError) -> None:
        """A run that was stopped or refused made nothing."""
        self._progress.say("info", "")
        self.make_button.setEnabled(bool(self._found.asked))
        super().refused(error)

    def _made_one(self, statement_id: int) -> None:
        self.told.emit(tr("Made a statement"))
        self._open_paper(statement_id)

    def _released(self, _: object) -> None:
        self.told.emit(tr("Released the statements of this household"))

    def _made_all(self, run_id: int) -> None:
        self._progress.say("info", "")
        self.told.emit(tr("Made the statements"))
        self.send(run_id)

    def send(self, run_id: int) -> None:
        """What of a run waits for e-mail is sent; then its paper is shown."""
        self._progress.say("info", tr("Sending by e-mail. You may go on meanwhile."))
        self.desk.run(
            self,
            partial(self._sent, run_id),
            statement_mail.send_run,
            self.desk.database,
            self.desk.actor,
            run_id=run_id,
        )

    def _sent(self, run_id: int, mailed: Mailed) -> None:
        self._progress.say("info", "")
        if mailed.sent or mailed.failed:
            words = counted(
                mailed.sent, "{count} statement went by e-mail", "{count} statements went by e-mail"
            )
            back = tr("{count} come on paper instead", count=mailed.failed) if mailed.failed else ""
            self.told.emit(", ".join(part for part in (words, back) if part))
        self._show_run(run_id)

    def _open_run(self, run: RunMade | None) -> None:
        """Its paper; where a run was left before all was sent, that first."""
        if run is not None:
            self.send(run.id) if run.mailed.waits else self._show_run(run.id)

    def _show_run(self, run_id: int) -> None:
        dialog = self._paper(tr("Statements of the run"), f"statements-{self.desk.today}.pdf")
        self.desk.ask(dialog, dialog.show_pdf, statement_run.run_pdf, run_id=run_id)

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
        self.clear_complaints()
        self._progress.say("info", "")
        self.desk.ask(self, self._show, statement_run.preview, filters=self.filters.value())
        self.desk.ask(self, self._show_runs, statement_run.runs)

    def _list_chosen(self, _: str) -> None:
        self.table.clearSelection()
        self._show(self._found)

    def _show_runs(self, found: tuple[RunMade, ...]) -> None:
        self.strip.show_count("runs", len(found))
        self._runs.show(found)
        self._turn()

    def _show(self, found: RunPreview) -> None:
        self._found = found
        self.strip.show_count("asked", len(found.asked))
        self.strip.show_count("left_out", len(found.left_out))
        many = counted(len(found.asked), "Make {count} statement", "Make {count} statements")
        self.make_button.setText(many if found.asked else tr("Make statements"))
        self.make_button.setEnabled(bool(found.asked))
        self.make_button.updateGeometry()
        listed = found.left_out if self.strip.value() == "left_out" else found.asked
        self._model.show(listed)
        self._turn()
        if listed and self.table.current() is None and self.strip.value() != "runs":
            self.table.choose(listed[0].account_id)

    def _turn(self) -> None:
        """The table of the chosen figure, or why there is none."""
        which = self.strip.value()
        set_shown(self.filters, which != "runs")
        table: Table[RunMade] | Table[Candidate] = self.run_table if which == "runs" else self.table
        rows = self._runs.rows() if which == "runs" else self._model.rows()
        if not rows:
            title, text = _EMPTY[which]
            self._nothing.say("circle-check", tr(title), tr(text))
        self._left.setCurrentWidget(table if rows else self._nothing)
        set_shown(self.panel, bool(rows) and which != "runs")
        self.keys_changed.emit()

    def _has_household(self) -> bool:
        return self.strip.value() != "runs" and self.table.current() is not None

    def _choose(self, account: Candidate | None) -> None:
        if account is not None:
            self.panel.show_account(account)
