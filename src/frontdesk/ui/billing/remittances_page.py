"""The Remittances part of Billing: taken in, matched, balanced, then posted as a whole."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import auto_post, eob, paper_answers, remittance_views, remittances
from frontdesk.services.billing.answer_pages import Way
from frontdesk.services.billing.remittance_views import (
    AnswerDetail,
    AnswerRow,
    AnswerState,
    RemittanceRow,
    RemittanceSheet,
    RemittanceState,
    Verb,
)
from frontdesk.ui.billing import amounts, answer_list
from frontdesk.ui.billing.answer_bar import AnswerBar
from frontdesk.ui.billing.answer_panel import AnswerPanel
from frontdesk.ui.billing.decide import act, keep_unapplied, match, release, take_off, unmatch, void
from frontdesk.ui.billing.deposit_equation import WhenPostedBar
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.billing.paper_answer_verbs import EnterPaperButton
from frontdesk.ui.billing.remittance_head import RemittanceHead
from frontdesk.ui.billing.remittance_policy_dialogs import TreatDialog
from frontdesk.ui.billing.remittance_steps import WAITING, RemittanceSteps
from frontdesk.ui.billing.review_list import VERB_KEYS, ReviewList
from frontdesk.ui.billing.taking_in import chosen, take_in
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.front_stack import FrontStack
from frontdesk.ui.kit.label import Rule
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.table import Table
from frontdesk.ui.text import tr


class RemittancesPage(BillingPage):
    """One remittance at a time: the equation on top, its claims on the left, the chosen one on the right."""

    title = "Remittances"
    part = "remittances"
    topics = frozenset({"remittance", "remittance_claim", "paper_remittance", "claim", "refund"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sheet: RemittanceSheet | None = None
        self._wanted: int | None = None
        self._build_toolbar()
        self.head = RemittanceHead(may_void=desk.may("billing.void_remittance"))
        self.head.post_button.clicked.connect(self.post)
        self.head.discard_button.clicked.connect(self.discard)
        self.head.check_button.clicked.connect(self.check_again)
        self.head.void_button.clicked.connect(self.void)
        self.head.paper.acted_on(self, desk)
        self._model = answer_list.model()
        self.table = Table(self._model, says=tr("Claims of the remittance"))
        Offer(self.table, lambda: amounts.of_answer(self.table.current()))
        self.table.chosen.connect(self._choose)
        to_go = ("Visit", "Claim", "Other", "Write-off", "Billed", "Pt. share")
        ColumnFit(self.table, self._model.columns, least=130, first_to_go=to_go)
        self.bar = AnswerBar(desk)
        self.bar.wished.connect(self._turn_page)
        self.bar.found.connect(self._go_to)
        self.reviews = ReviewList()
        self.reviews.wanted.connect(self._act)
        self.when_posted = WhenPostedBar()
        for widget in (self.head, self.when_posted):
            Offer(widget, lambda: amounts.of_remittance(self._sheet))
        self.panel = AnswerPanel(desk)
        self.panel.match_wanted.connect(self._match)
        self.panel.unmatch_wanted.connect(self._unmatch)
        self.panel.unapplied_wanted.connect(self._keep_unapplied)
        self.panel.claim_wanted.connect(self._open_claim)
        self.panel.policy_wanted.connect(self._set_policy)
        self.panel.eob_wanted.connect(self.print_eob)
        self.panel.take_off_wanted.connect(self.take_off)
        self._nothing = EmptyState(
            "inbox",
            tr("No remittance waits"),
            tr("Import the 835 files that payers send with their payments, or enter what came on paper."),
            action=tr("Import 835…"),
        )
        self._nothing.acted.connect(self.choose_file)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Claim"), when=self.table),
            Key("M", tr("Match"), self.match_first, lambda: self.panel.match_button is not None),
            *(
                Key(key, tr(words), partial(self.act, verb), partial(self._calls_for, verb))
                for key, words, verb in VERB_KEYS
            ),
            Key("Ctrl+Return", tr("Post"), self.post, self.head.post_button),
            Key("U", tr("Take match back, keep unapplied"), self.turn_match, self._is_open),
            Key("P", tr("Print EOB"), self.print_eob, self.table),
            Key("X", tr("Posted on the wrong claim"), self.take_off, self.head.void_button),
            Key("K", tr("Check again what is held"), self.check_again, self.head.check_button),
            Key("V", tr("Void what was posted"), self.void, self.head.void_button),
            Key("Ctrl+N", tr("Import 835"), self.choose_file),
            Key("Ctrl+Shift+N", tr("Enter paper"), partial(self.go.emit, "paper_answers", None)),
            Key("Ctrl+Shift+A", tr("Payers' accounts"), partial(self.go.emit, "payer_accounts", None)),
            Key("Ctrl+Shift+U", tr("Below contract"), lambda: self.go.emit("underpaid", None)),
            Key("Ctrl+H", tr("Waiting or posted"), self.turn_to_posted),
            Key("/", tr("Find a claim"), self.bar.to_search, self.bar),
            Key("Shift+PgUp", tr("Page before"), partial(self.bar.turn, Way.BEFORE), self.bar),
            Key("Shift+PgDown", tr("Next page"), partial(self.bar.turn, Way.AFTER), self.bar),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.panel, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self.paper_button.show_waiting, paper_answers.waiting)
        self.desk.ask(self, self._show_listed, remittance_views.remittances_in, states=self._steps.states)

    def open_with(self, errand: Errand) -> None:
        """One remittance."""
        if errand.about_id is not None:
            self._open(errand.about_id)

    # -- what is done -------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for 835 files, and take them in."""
        path = chosen(self)
        if path is not None:
            self.take_in(path)

    def take_in(self, path: Path) -> None:
        take_in(self, self.desk, path, self._open)

    def match_first(self) -> None:
        """M: the likeliest claim is the one meant."""
        claim_id = self.panel.first_candidate()
        if claim_id is not None and not self._is_typing():
            self._match(claim_id)

    def turn_match(self) -> None:
        """U: this claim is not meant after all; without one its money is kept apart, or decided again."""
        answer = self.table.current()
        if answer is None or answer_list.is_total(answer) or not self._is_open() or self._is_typing():
            return
        if answer.claim_id is not None:
            self._unmatch()
        else:
            self._keep_unapplied(answer.state is not AnswerState.UNAPPLIED)

    def act(self, verb: Verb) -> None:
        """A, W, B, R: what is done about the chosen claim, until it is posted."""
        answer = self.table.current()
        if answer is not None and (self._is_open() or verb in answer.verbs) and not self._is_typing():
            self._act(answer, verb)

    def void(self) -> None:
        """V: the posted remittance should not have been; everything it did goes back."""
        if self._sheet is not None and self._sheet.row.state is RemittanceState.POSTED:
            void(self, self.desk, self._sheet.row, self._decided)

    def check_again(self) -> None:
        """K: what it is held for was put right, or a person says why it is right."""
        sheet = self._sheet
        if sheet is not None and sheet.row.state is RemittanceState.HELD and not self._is_typing():
            release(self, self.desk, sheet, self._decided)

    def print_eob(self) -> None:
        """P: the chosen patient's part of the remittance as a sheet."""
        answer = self.table.current()
        if answer is not None and not answer_list.is_total(answer) and not self._is_typing():
            title = tr("Explanation of benefits: {patient}", patient=answer.patient)
            dialog = PaperDialog(self, self.desk, title, f"eob-{answer.id}.pdf")
            dialog.open()
            self.desk.ask(dialog, dialog.show_pdf, eob.eob_pdf, remittance_claim_id=answer.id)

    def take_off(self) -> None:
        """X: a posted answer belongs to another claim, or to one that nobody found yet."""
        answer = self.table.current()
        is_posted = self._sheet is not None and self._sheet.row.state is RemittanceState.POSTED
        if answer is not None and is_posted and answer.claim_id is not None and not self._is_typing():
            take_off(self, self.desk, answer, self._decided)

    def turn_to_posted(self) -> None:
        """Ctrl+H: what was posted before, and back to what waits."""
        self._steps.turn_over()
        self._sheet = None
        self.reload()

    def post(self) -> None:
        """Write the whole remittance into the ledger; the service says why not."""
        if self._sheet is not None and self._sheet.row.state is not RemittanceState.POSTED:
            self.clear_complaints()
            row = self._sheet.row
            self.desk.job(self, self._posted, remittances.post, remittance_id=row.id, version=row.version)

    def discard(self) -> None:
        """Put it out of the work; Undo brings it back."""
        if self._sheet is not None:
            self.clear_complaints()
            self.desk.do(self, self._discarded, remittances.discard, remittance_ids=(self._sheet.row.id,))

    def _match(self, claim_id: object) -> None:
        answer = self.table.current()
        if answer is not None and isinstance(claim_id, int):
            match(self, self.desk, answer, claim_id, self._decided)

    def _unmatch(self) -> None:
        answer = self.table.current()
        if answer is not None:
            unmatch(self, self.desk, answer, self._decided)

    def _is_typing(self) -> bool:
        fields = (self.panel.another, self.bar.search)
        return any(field is not None and field.hasFocus() for field in fields)

    def _act(self, answer: AnswerRow, verb: Verb) -> None:
        if verb is Verb.OPEN:
            self._go_to(answer.id)
        else:
            act(self, self.desk, answer, verb, self._decided)

    def _calls_for(self, verb: Verb) -> bool:
        """Whether the finding of the chosen claim asks for it."""
        answer = self.table.current()
        return answer is not None and verb in answer.verbs

    def _is_open(self) -> bool:
        return self._sheet is not None and self._sheet.row.state in WAITING

    def _set_policy(self, code: str) -> None:
        """Always treat a reason of this payer so."""
        payer_id = self._sheet.payer_id if self._sheet is not None else None
        self.desk.ask(
            self,
            lambda found: TreatDialog(
                self, self.desk, found, self._decided, code=code, payer_id=payer_id
            ).open(),
            auto_post.levels,
        )

    def _keep_unapplied(self, is_unapplied: bool) -> None:
        answer = self.table.current()
        if answer is not None:
            keep_unapplied(self, self.desk, answer, self._decided, is_unapplied=is_unapplied)

    def _decided(self, words: str) -> None:
        self.told.emit(words)
        self._ask_again()

    def _posted(self, _: object) -> None:
        if self._sheet is not None:
            self.told.emit(tr("Posted {name}", name=self._sheet.row.name))
            self._open(self._sheet.row.id)

    def _discarded(self, _: object) -> None:
        if self._sheet is not None:
            self.told.emit(tr("Discarded {name}", name=self._sheet.row.name))
            self._sheet = None
            self._steps.show_shown(None)
            self.reload()

    # -- what is shown ------------------------------------------------------------

    def _show_listed(self, found: tuple[RemittanceRow, ...]) -> None:
        self._steps.show_listed(found)
        if self._wanted is not None:
            self._ask_sheet(self._wanted)
        elif self._sheet is not None:
            self._ask_again()
        elif self._steps.first is not None:
            self._ask_sheet(self._steps.first)
        else:
            self._whole.setCurrentWidget(self._nothing)
            if self.table.hasFocus():
                self._nothing.setFocus()
        self.keys_changed.emit()

    def _turn_page(self) -> None:
        self.table.keeper.choose(-1)
        self._ask_again()

    def _open(self, remittance_id: int) -> None:
        self._wanted = remittance_id
        self._ask_sheet(remittance_id)

    def _ask_again(self) -> None:
        if self._sheet is not None:
            self._ask_sheet(self._sheet.row.id)

    def _ask_sheet(self, remittance_id: int) -> None:
        if self._sheet is None or self._sheet.row.id != remittance_id:
            self.bar.start()
        self.desk.ask(
            self, self._show_sheet, remittance_views.sheet, remittance_id=remittance_id, wish=self.bar.wish
        )

    def _show_sheet(self, sheet: RemittanceSheet) -> None:
        is_other = self._sheet is None or self._sheet.row.id != sheet.row.id
        self._sheet, self._wanted = sheet, None
        self._whole.setCurrentWidget(self._work)
        self.head.show_sheet(sheet)
        self.bar.show_page(sheet.row.id, sheet.page)
        stood = self.table.keeper.current()
        self._model.show((*sheet.answers, sheet.total))
        is_posted = sheet.row.state is RemittanceState.POSTED
        self.reviews.show_answers(sheet.answers, sheet.to_review, is_open=self._is_open())
        self.when_posted.show_amounts(sheet.when_posted, is_posted=is_posted)
        self._steps.show_shown(sheet.row.id)
        current = self.table.current()
        if self.bar.sought is not None:
            self._go_to(self.bar.sought)
            self.bar.sought = None
        elif current is None and not is_other:
            self.table.choose_near(stood)
        elif current is None or is_other:
            self.table.choose(answer_list.first_to_look_at(sheet.answers))
        else:
            self._choose(current)

    def _go_to(self, answer_id: int) -> None:
        self.table.choose(answer_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, answer: AnswerRow | None) -> None:
        if answer is not None and not answer_list.is_total(answer):
            self.desk.ask(
                self, self._show_answer, remittance_views.answer_detail, remittance_claim_id=answer.id
            )

    def _show_answer(self, detail: AnswerDetail) -> None:
        self.panel.show_answer(detail, is_open=self._is_open())
        self.keys_changed.emit()

    def _open_claim(self, claim_id: object) -> None:
        if isinstance(claim_id, int):
            self.go.emit("claims", Errand("claim", about_id=claim_id))

    def _turn_to(self, remittance_id: int) -> None:
        self.clear_complaints()
        self._ask_sheet(remittance_id)

    def _build_toolbar(self) -> None:
        self._steps = RemittanceSteps()
        self._steps.wanted.connect(self._turn_to)
        self.import_button = Button(tr("Import 835…"), icon="file-down", keys="Ctrl+N")
        self.import_button.clicked.connect(self.choose_file)
        posted = IconButton("history", tr("Waiting or posted"), keys="Ctrl+H")
        accounts = IconButton("landmark", tr("Payers' accounts"), keys="Ctrl+Shift+A")
        below = IconButton("badge-percent", tr("Below contract"), keys="Ctrl+Shift+U")
        posted.clicked.connect(self.turn_to_posted)
        accounts.clicked.connect(partial(self.go.emit, "payer_accounts", None))
        below.clicked.connect(lambda: self.go.emit("underpaid", None))
        self.paper_button = EnterPaperButton()
        self.paper_button.clicked.connect(partial(self.go.emit, "paper_answers", None))
        self.toolbar.add(self._steps, posted, accounts, below, self.paper_button, self.import_button)

    def _build(self) -> None:
        self.table.keep_rows(3)
        left = column(self.bar, self.table, self.reviews, Rule(), self.when_posted, gap=0)
        left.setStretch(1, 1)
        self.beside = ListDetail(
            left,
            self.panel,
            opens=(self.table,),
            back=tr("Claims of the remittance"),
            show=tr("Open the claim"),
            above=self.head,
            detail_width=452,
        )
        self._work = Frame("surface", column(self.beside, gap=0))
        self._whole = FrontStack()
        self._whole.addWidget(self._nothing)
        self._whole.addWidget(self._work)
        self.set_content(Frame("surface", column(self._whole, gap=0)))
