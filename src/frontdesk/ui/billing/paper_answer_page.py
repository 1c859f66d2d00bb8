"""A payer's answer that came on paper: its check, its claims line by line, the sums; then entered as one."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Conflict, Finding, FrontdeskError, Refused
from frontdesk.services.billing import paper_answer_claims, paper_answer_sums, paper_answers
from frontdesk.services.billing.paper_answer_claims import ClaimHead, OpenedClaim
from frontdesk.services.billing.paper_answer_sums import Decided, Paper, PaperClaim
from frontdesk.services.billing.paper_answers import Entered, OpenedPaper, PayerChoice, Saved, WaitingPaper
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.billing.paper_answer_body import PaperBody
from frontdesk.ui.billing.paper_answer_entry import PaperClaimEntry
from frontdesk.ui.billing.paper_answer_foot import PaperFoot
from frontdesk.ui.billing.paper_answer_head import PaperHead
from frontdesk.ui.billing.paper_answer_lists import ParkedPaper, entered_words, typed_claims
from frontdesk.ui.billing.paper_answer_scan import ScanDialog, look_at
from frontdesk.ui.billing.paper_answer_side import PaperSide
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.page import Errand, Key, Parked
from frontdesk.ui.text import tr

_OTHER_DESK = (
    "Another desk changed this paper meanwhile. What you typed stays here and is put aside as a paper of its "
    "own. Look at both, and drop one."
)


class PaperAnswerPage(BillingPage):
    """The check on top, its claims on the left, the chosen one's lines on the right, the sums at the foot."""

    title = "Paper remittance"
    part = "remittances"
    permission = "billing.remittances"
    topics = frozenset({"paper_remittance"})
    parks = ParkedPaper

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._paper, self._saved = Paper(), Paper()
        self._paper_id: int | None = None
        self._version: int | None = None
        self._wanted: int | None = None
        self._heads: dict[int, ClaimHead] = {}
        back = IconButton("arrow-left", tr("Put aside, to the remittances"), keys="Esc")
        back.clicked.connect(self.put_aside)
        self.toolbar.add(Label(tr("Paper remittance"), "medium"), back)
        self.head = PaperHead()
        self.head.changed.connect(self._head_typed)
        self.head.number_given.connect(self._ask_known)
        self.warning = Banner("warn")
        self.side = PaperSide()
        self.search, self.claims = self.side.search, self.side.claims
        self.search.searched.connect(self._find)
        self.search.picked.connect(self.add_claim)
        self.search.returnPressed.connect(self._nothing_more)
        self.claims.chosen.connect(self._choose)
        self.side.items.changed.connect(self._items_typed)
        self.side.waiting.opened.connect(lambda waiting: self._go_on_with(waiting.paper_id))
        self.entry = PaperClaimEntry(desk)
        self.claims.opened.connect(self.entry.begin)
        self.entry.changed.connect(self._claim_typed)
        self.entry.finished.connect(self._to_search)
        self.entry.removed.connect(self.remove_claim)
        self.foot = PaperFoot()
        for button, act in (
            (self.foot.scan_button, self.scan),
            (self.foot.drop_button, self.drop),
            (self.foot.aside_button, self.put_aside),
            (self.foot.enter_button, self.enter),
        ):
            button.clicked.connect(act)
        self._build()
        self.bind_keys()
        self._show_paper()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+N", tr("Add claim"), self._to_search),
            Key("Enter", tr("Next field")),
            Key("=", tr("Rest to contract")),
            Key("A", tr("Another reason")),
            Key("D C P", tr("Deductible, coinsurance, copay")),
            Key("Ctrl+Return", tr("Enter remittance"), self.enter),
            Key("Esc", tr("Put aside"), self.put_aside),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.claims, self.entry, self.search, self.head.payer)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_payers, paper_answers.payers)
        self.desk.ask(self, self._show_papers, paper_answers.waiting)

    def open_with(self, errand: Errand) -> None:
        """Go on with a paper."""
        if errand.about_id is not None:
            self._go_on_with(errand.about_id)

    def park(self) -> Parked | None:
        """F12: what is typed waits for this person, the paper that was put aside for any desk."""
        if self._paper == Paper():
            return None
        typed = ParkedPaper(
            self._paper, self._saved, self._paper_id, self._version, tuple(self._heads.values())
        )
        title = tr("Paper remittance {trace}", trace=self._paper.trace).strip()
        self._clear()
        return Parked(title, typed)

    def take_up(self, state: object) -> None:
        assert isinstance(state, ParkedPaper)
        self._paper, self._saved = state.paper, state.saved
        self._paper_id, self._version = state.paper_id, state.version
        self._heads = {head.claim_id: head for head in state.heads}
        self._show_paper()
        self._ask_known()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere loses nothing, and another desk can go on."""
        super().hideEvent(event)
        if self._paper != self._saved and self.desk.is_signed_in:
            self._save(self._kept)

    # -- what is done -------------------------------------------------------------

    def add_claim(self, claim_id: object) -> None:
        """One more claim; one that stands here already is shown, unless it is taken back and decided anew."""
        if not isinstance(claim_id, int):
            return
        self.clear_complaints()
        places = [
            place
            for place, each in enumerate(self._paper.claims)
            if each.claim_id == claim_id and each.decided is not Decided.TAKEN_BACK
        ]
        if places:
            self.claims.choose(places[0])
            self.entry.begin()
        else:
            self.desk.ask(
                self,
                self._add,
                paper_answer_claims.open_claim,
                payer_id=self._paper.payer_id,
                claim_id=claim_id,
            )
        self.search.clear()

    def remove_claim(self) -> None:
        """Take the chosen claim out of the paper."""
        place = self._place()
        if place is not None:
            claims = self._paper.claims
            self._paper = replace(self._paper, claims=(*claims[:place], *claims[place + 1 :]))
            self._show_claims()
            self.claims.choose_near(max(0, place - 1))
            self._to_search()

    def scan(self) -> None:
        """Choose the scan of the paper, or look at the one that is chosen."""
        if self._paper.document_id is not None:
            look_at(self, self.desk, self._paper.document_id)
        else:
            ScanDialog(self, self.desk, self._attach).open()

    def enter(self) -> None:
        """Make a remittance of it; the service says everything that is wrong at once."""
        if self._can_be_read():
            self.desk.do(
                self,
                self._entered,
                paper_answers.enter,
                paper=self._paper,
                paper_id=self._paper_id,
                version=self._version,
            )

    def put_aside(self) -> None:
        """Esc: keep what is typed in for any desk, and back to the remittances."""
        if self._paper == self._saved:
            self._leave()
        elif self._can_be_read():
            self._save(self._put_aside)

    def drop(self) -> None:
        """Out of the work; Undo brings it back."""
        if self._paper == Paper() and self._paper_id is None:
            self._leave()
        else:
            self._save(self._drop)

    def refused(self, error: FrontdeskError) -> None:
        """What another desk saved meanwhile stands; what is typed here becomes a paper of its own."""
        if isinstance(error, Conflict):
            self._paper_id = self._version = None
            error = Refused(Finding(tr(_OTHER_DESK)))
        super().refused(error)

    # -- answers ------------------------------------------------------------------

    def _add(self, found: OpenedClaim) -> None:
        self._heads[found.head.claim_id] = found.head
        self._paper = replace(self._paper, claims=(*self._paper.claims, found.claim))
        self._show_claims()
        self.claims.choose(len(self._paper.claims) - 1)
        self.entry.begin()

    def _attach(self, document_id: int, title: str) -> None:
        self._paper = replace(self._paper, document_id=document_id)
        self._show_scan(title)

    def _save(self, then: object) -> None:
        assert callable(then)
        self.desk.do(
            self,
            then,
            paper_answers.save,
            paper=self._paper,
            paper_id=self._paper_id,
            version=self._version,
        )

    def _kept(self, saved: Saved) -> None:
        self._paper_id, self._version, self._saved = saved.paper_id, saved.version, self._paper
        self.told.emit(tr("Put the paper aside"))

    def _put_aside(self, saved: Saved) -> None:
        self._kept(saved)
        self._leave()

    def _drop(self, saved: Saved) -> None:
        self._kept(saved)
        self.desk.do(self, self._dropped, paper_answers.drop, paper_id=saved.paper_id, version=saved.version)

    def _dropped(self, _: object) -> None:
        self.told.emit(tr("Dropped the paper"))
        self._leave()

    def _entered(self, made: Entered) -> None:
        self.told.emit(entered_words(made))
        self._clear()
        entered = made.remittance_id
        self.go.emit("remittances", Errand("remittance", about_id=entered) if entered is not None else None)

    def _leave(self) -> None:
        self._clear()
        self.go.emit("remittances", None)

    def _clear(self) -> None:
        self._paper, self._saved, self._paper_id, self._version = Paper(), Paper(), None, None
        self._heads = {}
        self._show_paper()

    def _go_on_with(self, paper_id: int) -> None:
        """Another paper: what is typed in of this one is kept first."""
        self._wanted = paper_id
        if self._paper != self._saved:
            self._save(self._kept_for_another)
        else:
            self._open(paper_id)

    def _kept_for_another(self, saved: Saved) -> None:
        self._kept(saved)
        if self._wanted is not None:
            self._open(self._wanted)

    def _open(self, paper_id: int) -> None:
        self.desk.ask(self, self._opened, paper_answers.opened, paper_id=paper_id)

    def _opened(self, found: OpenedPaper) -> None:
        self._paper = self._saved = found.paper
        self._paper_id, self._version = found.paper_id, found.version
        self._heads = {head.claim_id: head for head in found.heads}
        self._show_paper()
        self._show_scan(found.document)
        self._ask_known()
        self.reload()
        (self.claims if found.paper.claims else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is typed ------------------------------------------------------------

    def _head_typed(self) -> None:
        self._paper = self.head.onto(self._paper)
        self.entry.for_payer(self._paper.payer_id)
        self._show_sums()

    def _items_typed(self) -> None:
        self._paper = replace(self._paper, items=self.side.items.items())
        self._show_sums()

    def _claim_typed(self, claim: object) -> None:
        place = self._place()
        if isinstance(claim, PaperClaim) and place is not None:
            claims = self._paper.claims
            self._paper = replace(self._paper, claims=(*claims[:place], claim, *claims[place + 1 :]))
            self._show_claims()

    def _find(self, typed: str) -> None:
        self.desk.ask(
            self,
            lambda found: self.side.show_found(typed, found),
            paper_answer_claims.find,
            payer_id=self._paper.payer_id,
            typed=typed,
        )

    def _ask_known(self) -> None:
        self.desk.ask(
            self,
            self.head.form.row("trace").set_error,
            paper_answers.known_check,
            payer_id=self._paper.payer_id,
            trace=self._paper.trace,
            besides=self._paper_id,
        )

    def _can_be_read(self) -> bool:
        self.clear_complaints()
        problems = (*self.entry.lines.problems(), *self.side.items.problems())
        if problems:
            self.refused(Refused(*(Finding(problem) for problem in problems)))
        return self.head.form.check() and not problems

    def _place(self) -> int | None:
        chosen = self.claims.current()
        return chosen.place if chosen is not None else None

    def _nothing_more(self) -> None:
        """Enter in the empty search field: to the verb, once all is there."""
        self.search.hide_found()
        if not self.search.value():
            self.foot.enter_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what is shown ------------------------------------------------------------

    def _show_payers(self, payers: tuple[PayerChoice, ...]) -> None:
        self.head.show_payers(payers)
        self.head.payer.set_value(self._paper.payer_id)

    def _show_papers(self, found: tuple[WaitingPaper, ...]) -> None:
        others = [each for each in found if each.paper_id != self._paper_id]
        self.side.show_waiting(others)

    def _show_paper(self) -> None:
        self.clear_complaints()
        self.head.show_paper(self._paper)
        self.entry.for_payer(self._paper.payer_id)
        self.side.items.show_items(self._paper.items)
        self._show_claims()
        self.claims.choose_first()
        self._show_scan("")

    def _show_claims(self) -> None:
        self.side.claim_model.show(typed_claims(self._paper, self._heads))
        self._body.show_lines(bool(self._paper.claims))
        self._show_sums()

    def _show_sums(self) -> None:
        sums = paper_answer_sums.sums(self._paper)
        self.foot.sums.show_sums(sums)
        self.warning.say("warn", " ".join(sums.warnings))

    def _show_scan(self, title: str) -> None:
        self.foot.show_scan(title, has_scan=self._paper.document_id is not None)

    def _choose(self, chosen: object) -> None:
        place = self._place()
        if chosen is not None and place is not None and place < len(self._paper.claims):
            claim = self._paper.claims[place]
            self.entry.show_claim(place, self._heads[claim.claim_id], claim)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the lines stand below the claims, in two rows each, the verbs below the sums."""
        super().resizeEvent(event)
        self.foot.set_narrow(self._body.fit(self.width()))

    def _build(self) -> None:
        self._body = PaperBody(self.head, self.side, self.entry)
        content = column(self.warning, gap=0)
        content.addWidget(self._body, 1)
        content.addWidget(Rule())
        content.addWidget(self.foot)
        self.set_content(Frame("surface", content))
