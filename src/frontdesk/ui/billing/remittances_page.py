"""The Remittances part of Billing: taken in, matched, balanced, then posted as a whole."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from frontdesk.services.billing import auto_post, eob, remittance_views, remittances
from frontdesk.services.billing.remittance_views import (
    AnswerDetail,
    AnswerRow,
    AnswerState,
    RemittanceRow,
    RemittanceSheet,
    RemittanceState,
    Treatment,
)
from frontdesk.services.billing.remittances import TakenIn
from frontdesk.services.records import content
from frontdesk.services.records.sniff import Seen
from frontdesk.ui.billing import amounts, answer_list
from frontdesk.ui.billing.answer_panel import AnswerPanel
from frontdesk.ui.billing.decide import decide, take_off
from frontdesk.ui.billing.deposit_equation import WhenPostedBar
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.billing.remittance_head import RemittanceHead
from frontdesk.ui.billing.remittance_policy_dialogs import TreatDialog
from frontdesk.ui.billing.review_list import ReviewList
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.table import Table
from frontdesk.ui.text import counted, tr


class RemittancesPage(BillingPage):
    """One remittance at a time: the equation on top, its claims on the left, the chosen one on the right."""

    title = "Remittances"
    part = "remittances"
    topics = frozenset({"remittance", "remittance_claim", "claim"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._listed: tuple[int, ...] = ()
        self._sheet: RemittanceSheet | None = None
        self._wanted: int | None = None
        self._shows_posted = False
        self._build_toolbar()
        self.head = RemittanceHead()
        self.head.post_button.clicked.connect(self.post)
        self.head.discard_button.clicked.connect(self.discard)
        self._model = answer_list.model()
        self.table = Table(self._model, says=tr("Claims of the remittance"))
        Offer(self.table, lambda: amounts.of_answer(self.table.current()))
        self.table.chosen.connect(self._choose)
        to_go = ("Visit", "Claim", "Other", "Write-off", "Billed", "Pt. share")
        ColumnFit(self.table, self._model.columns, least=130, first_to_go=to_go)
        self.reviews = ReviewList()
        self.reviews.opened.connect(self._open_answer)
        self.reviews.decided.connect(self._decide)
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
            tr("Import the 835 files that payers send with their payments."),
            action=tr("Import 835..."),
        )
        self._nothing.acted.connect(self.choose_file)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Claim")),
            Key("M", tr("Match"), self.match_first),
            Key("W", tr("Write off"), lambda: self.decide(Treatment.WRITE_OFF)),
            Key("B", tr("Bill patient"), lambda: self.decide(Treatment.PATIENT)),
            Key("Ctrl+Return", tr("Post"), self.post),
            Key("P", tr("Print EOB"), self.print_eob),
            Key("X", tr("Posted on the wrong claim"), self.take_off),
            Key("Ctrl+N", tr("Import 835"), self.choose_file),
            Key("Ctrl+Shift+A", tr("Payers' accounts"), self.open_accounts),
            Key("Ctrl+H", tr("Waiting or posted"), self.turn_to_posted),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.panel, self.table)

    def reload(self) -> None:
        super().reload()
        states = (
            (RemittanceState.POSTED,) if self._shows_posted else (RemittanceState.OPEN, RemittanceState.HELD)
        )
        self.desk.ask(self, self._show_listed, remittance_views.remittances_in, states=states)

    def open_with(self, errand: Errand) -> None:
        """One remittance."""
        if errand.about_id is not None:
            self._wanted = errand.about_id
            self._ask_sheet(errand.about_id)

    # -- what is done -------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for 835 files, and take them in."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Import 835"), "", tr("Remittances (*.835 *.edi *.x12 *.txt);;All files (*)")
        )
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Keep the file's bytes, then take in every remittance of it."""
        self.clear_complaints()
        self.desk.run(self, self._kept, content.store, self.desk.database, path)

    def match_first(self) -> None:
        """M: the likeliest claim is the one meant."""
        claim_id = self.panel.first_candidate()
        if claim_id is not None and not self._is_typing():
            self._match(claim_id)

    def decide(self, treatment: Treatment) -> None:
        """W, B: what becomes of the open amount of the chosen claim."""
        answer = self.table.current()
        if answer is not None and answer.open_cents and not self._is_typing():
            self._decide(answer, treatment)

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
        self._shows_posted = not self._shows_posted
        self._sheet = None
        self.reload()

    def open_accounts(self) -> None:
        """The payers' own accounts."""
        self.go.emit("payer_accounts", None)

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

    def _kept(self, seen: Seen) -> None:
        self.desk.job(self, self._taken_in, remittances.take_in, sha256=seen.sha256)

    def _taken_in(self, taken: TakenIn) -> None:
        if taken.remittance_ids:
            words = counted(
                len(taken.remittance_ids), "Imported {count} remittance", "Imported {count} remittances"
            )
            if taken.posted:
                words = tr("{words}, {count} posted by themselves", words=words, count=len(taken.posted))
                self.banner.say("info", " ".join((words + ".", *taken.waiting)))
            self.told.emit(words)
        elif taken.known:
            self.banner.say("info", tr("This remittance was taken in before. Nothing was changed."))
        first = next(iter(taken.remittance_ids or taken.known), None)
        if first is not None:
            self._wanted = first
            self._ask_sheet(first)

    def _match(self, claim_id: object) -> None:
        answer = self.table.current()
        if answer is not None and isinstance(claim_id, int):
            self.clear_complaints()
            self.desk.do(
                self,
                lambda _: self._decided(tr("Matched {patient}", patient=answer.patient)),
                remittances.match,
                remittance_claim_id=answer.id,
                claim_id=claim_id,
                version=answer.version,
            )

    def _unmatch(self) -> None:
        answer = self.table.current()
        if answer is not None:
            self.desk.do(
                self,
                lambda _: self._decided(tr("Took the match of {patient} back", patient=answer.patient)),
                remittances.unmatch,
                remittance_claim_id=answer.id,
                version=answer.version,
            )

    def _is_typing(self) -> bool:
        return self.panel.another is not None and self.panel.another.hasFocus()

    def _decide(self, answer: AnswerRow, treatment: Treatment | None) -> None:
        words = tr("Decided on {patient}", patient=answer.patient)
        decide(self, self.desk, answer, treatment, lambda: self._decided(words))

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
            self.desk.do(
                self,
                lambda _: self._decided(tr("Decided on the money of {patient}", patient=answer.patient)),
                remittances.keep_unapplied,
                remittance_claim_id=answer.id,
                is_unapplied=is_unapplied,
            )

    def _decided(self, words: str) -> None:
        self.told.emit(words)
        if self._sheet is not None:
            self._ask_sheet(self._sheet.row.id)

    def _posted(self, _: object) -> None:
        if self._sheet is not None:
            self.told.emit(tr("Posted {name}", name=self._sheet.row.name))
            self._wanted = self._sheet.row.id
            self._ask_sheet(self._sheet.row.id)

    def _discarded(self, _: object) -> None:
        if self._sheet is not None:
            self.told.emit(tr("Discarded {name}", name=self._sheet.row.name))
            self._sheet = None
            self.reload()

    # -- what is shown ------------------------------------------------------------

    def _show_listed(self, found: tuple[RemittanceRow, ...]) -> None:
        self._listed = tuple(row.id for row in found)
        if self._wanted is not None:
            self._ask_sheet(self._wanted)
        elif self._sheet is not None:
            self._ask_sheet(self._sheet.row.id)
        elif self._listed:
            self._ask_sheet(self._listed[0])
        else:
            self._whole.setCurrentWidget(self._nothing)
        self._show_place()

    def _ask_sheet(self, remittance_id: int) -> None:
        self.desk.ask(self, self._show_sheet, remittance_views.sheet, remittance_id=remittance_id)

    def _show_sheet(self, sheet: RemittanceSheet) -> None:
        is_other = self._sheet is None or self._sheet.row.id != sheet.row.id
        self._sheet, self._wanted = sheet, None
        self._whole.setCurrentWidget(self._work)
        self.head.show_sheet(sheet)
        self._model.show((*sheet.answers, sheet.total))
        is_posted = sheet.row.state is RemittanceState.POSTED
        is_open = sheet.row.state in (RemittanceState.OPEN, RemittanceState.HELD)
        self.reviews.show_answers(sheet.answers, is_open=is_open)
        self.when_posted.show_amounts(sheet.when_posted, is_posted=is_posted)
        self._show_place()
        current = self.table.current()
        if is_other or current is None:
            states = (AnswerState.NO_MATCH, AnswerState.REVIEW, AnswerState.DENIED)
            wanted = [answer for state in states for answer in sheet.answers if answer.state is state]
            first = next(iter(wanted or sheet.answers), None)
            if first is not None:
                self.table.choose(first.id)
        else:
            self._choose(current)

    def _choose(self, answer: AnswerRow | None) -> None:
        if answer is not None and not answer_list.is_total(answer):
            self.desk.ask(
                self, self._show_answer, remittance_views.answer_detail, remittance_claim_id=answer.id
            )

    def _show_answer(self, detail: AnswerDetail) -> None:
        is_open = self._sheet is not None and self._sheet.row.state in (
            RemittanceState.OPEN,
            RemittanceState.HELD,
        )
        self.panel.show_answer(detail, is_open=is_open)

    def _open_answer(self, answer_id: object) -> None:
        if isinstance(answer_id, int):
            self.table.choose(answer_id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_claim(self, claim_id: object) -> None:
        if isinstance(claim_id, int):
            self.go.emit("claims", Errand("claim", about_id=claim_id))

    def _show_place(self) -> None:
        shown = self._sheet.row.id if self._sheet is not None else None
        place = self._listed.index(shown) + 1 if shown in self._listed else 0
        many = len(self._listed)
        said = tr("Posted {place} of {many}") if self._shows_posted else tr("Remittance {place} of {many}")
        words = said.format(place=place, many=many) if place else ""
        self._place.setText(words)
        self._before.setEnabled(place > 1)
        self._after.setEnabled(bool(self._listed) and place < many)

    def _turn(self, by: int) -> None:
        shown = self._sheet.row.id if self._sheet is not None else None
        here = self._listed.index(shown) if shown in self._listed else -1
        if 0 <= here + by < len(self._listed):
            self.clear_complaints()
            self._ask_sheet(self._listed[here + by])

    def _build_toolbar(self) -> None:
        self._place = Label("", "secondary", "text-2")
        self._before = IconButton("chevron-left", tr("Remittance before"))
        self._after = IconButton("chevron-right", tr("Next remittance"))
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self.import_button = Button(tr("Import 835..."), icon="file-down", keys="Ctrl+N")
        self.import_button.clicked.connect(self.choose_file)
        posted = IconButton("history", tr("Waiting or posted"), keys="Ctrl+H")
        posted.clicked.connect(self.turn_to_posted)
        accounts = IconButton("landmark", tr("Payers' accounts"), keys="Ctrl+Shift+A")
        accounts.clicked.connect(self.open_accounts)
        self.toolbar.add(self._place, self._before, self._after, posted, accounts, self.import_button)

    def _build(self) -> None:
        left = column(gap=0)
        left.addWidget(self.table, 1)
        for widget in (self.reviews, Rule(), self.when_posted):
            left.addWidget(widget)
        lower = row(gap=0)
        lower.addLayout(left, 1)
        lower.addWidget(self.panel)
        whole = column(self.head, gap=0)
        whole.addLayout(lower, 1)
        self._work = Frame("surface", whole)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._nothing)
        self._whole.addWidget(self._work)
        self.set_content(self._whole)
