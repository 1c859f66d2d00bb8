"""The Claims part of Billing: what stands in the way of each claim, put right and sent."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import batches, claim_detail, claim_views, claims
from frontdesk.services.billing.batches import Built
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.claim_views import ClaimCount, ClaimRow, ClaimState
from frontdesk.services.registration import payers
from frontdesk.services.registration.payers import PlanChoice
from frontdesk.ui.billing import claim_correction, claim_fixes, claim_reasons
from frontdesk.ui.billing import claim_dates_dialog as dates_dialog
from frontdesk.ui.billing import claim_more_dialog as more_dialog
from frontdesk.ui.billing import claim_parts_dialog as parts_dialog
from frontdesk.ui.billing.claim_appeals import ClaimAppeals
from frontdesk.ui.billing.claim_attachments import ClaimAttachments
from frontdesk.ui.billing.claim_deadlines import ClaimDeadlines
from frontdesk.ui.billing.claim_files import ClaimFiles
from frontdesk.ui.billing.claim_fixes import Fix, only_fixes
from frontdesk.ui.billing.claim_list import ClaimList
from frontdesk.ui.billing.claim_look import COUNTERS, LISTS, WITH_PAYER
from frontdesk.ui.billing.claim_mail import ClaimMail
from frontdesk.ui.billing.claim_panel import ClaimPanel
from frontdesk.ui.billing.claim_paper import ClaimPaper
from frontdesk.ui.billing.claim_reasons import Reason
from frontdesk.ui.billing.claim_search import ClaimSearch
from frontdesk.ui.billing.claim_verbs import FIXED_HERE, ClaimVerbs, LetGo
from frontdesk.ui.billing.counters import CounterStrip
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banners
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_ALL = 0
_ENTRIES = {"parts": parts_dialog.open_for, "dates": dates_dialog.open_for, "more": more_dialog.open_for}


class ClaimsPage(BillingPage):
    """Figures by state on top, the claims on the left, the chosen one on the right."""

    title = "Claims"
    part = "claims"
    topics = frozenset(
        {
            "claim",
            "claim_answer",
            "claim_attachment",
            "claim_batch",
            "claim_event",
            "paper_payer",
            "patient",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._claim: ClaimDetail | None = None
        self._wanted: int | None = None
        self._following: int | None = None
        self._is_sent_for = False
        self._counts: tuple[ClaimCount, ...] = ()
        self._ready = self._on_paper = 0
        self.payer: Combo[int] = Combo(((_ALL, tr("All payers")),))
        self._fit()
        theme().changed.connect(self._fit)
        self.payer.setAccessibleName(tr("Payer"))
        self.payer.chosen.connect(self._look_again)
        self.send_button = Button("", icon="send")
        self.send_button.clicked.connect(self.send_ready)
        self.search = ClaimSearch(desk)
        self.search.wanted.connect(self.open_with)
        self.strip = CounterStrip(COUNTERS, says=tr("Claims by state"))
        self.strip.set_value("fix")
        self.strip.chosen.connect(self._list_chosen)
        self.files = ClaimFiles(desk, self)
        self.mail = ClaimMail(desk, self, self.files)
        self.paper = ClaimPaper(desk, self)
        self.paper.ready_counted.connect(self._show_on_paper)
        self.attachments = ClaimAttachments(desk, self)
        self.appeals = ClaimAppeals(desk, self)
        self.deadlines = ClaimDeadlines(desk, self)
        for told in (self.files.told, self.mail.told, self.paper.told, self.appeals.told):
            told.connect(self.told)
        for wrong in (self.mail, self.paper, self.attachments, self.search):
            wrong.refused_with.connect(self.complain)
        self.mail_button = Button(tr("Import answers"), icon="mail-open", keys="Ctrl+N")
        self.mail_button.clicked.connect(self.mail.choose_files)
        self.toolbar.add(self.search, self.payer, self.send_button, self.mail_button)
        self.list = ClaimList()
        self.table = self.list.table
        self.table.chosen.connect(self._choose)
        self.panel = ClaimPanel()
        self.panel.fix_wanted.connect(self.fix)
        self.panel.explain_wanted.connect(self.explain_balance)
        self.panel.print_wanted.connect(self.print_claim)
        self.panel.parts_wanted.connect(lambda: self.enter("parts"))
        self.panel.dates_wanted.connect(lambda: self.enter("dates"))
        self.panel.more_wanted.connect(lambda: self.enter("more"))
        self.panel.attachments_wanted.connect(self.show_attachments)
        self.panel.note_wanted.connect(self.add_note)
        self.verbs = ClaimVerbs(self.panel.foot)
        for button, handler in (
            (self.verbs.hold, lambda: self.decide(claim_reasons.HOLD)),
            (self.verbs.check, self.check_again),
            (self.verbs.correct, lambda: claim_correction.correct(self, self._claim)),
            (self.verbs.appeal, lambda: self._with_claim(self.appeals.appeal)),
            (self.verbs.letter, lambda: self._with_claim(self.appeals.show_letter)),
            (self.verbs.next_payer, lambda: self.decide(claim_reasons.NEXT_PAYER)),
            (self.verbs.close, lambda: self.decide(claim_reasons.CLOSE)),
            (self.verbs.reopen, lambda: self._with_claim(partial(claim_reasons.reopen, self, desk))),
            (self.verbs.void, lambda: self.decide(claim_reasons.VOID)),
            (self.verbs.ask, self.ask_payer),
            (self.verbs.next, self.fix_and_next),
        ):
            button.clicked.connect(handler)
        banners = (self.files.banner, self.paper.banner, *self.deadlines.banners, self.attachments.banner)
        self.beside = ListDetail(
            column(Banners(*banners, *self.mail.banners), self.list, gap=0),
            self.panel,
            opens=(self.table,),
            back=tr("Claims"),
            show=tr("Open the claim"),
            above=self.strip,
            detail_width=506,
        )
        self.set_content(Frame("surface", column(self.beside, gap=0)))
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        panel, verbs = self.panel, self.verbs
        return (
            Key("↑↓", tr("Claim"), when=self.table),
            Key("Ctrl+Return", verbs.next.text(), self.fix_and_next, verbs.next),
            Key("/", tr("Find a claim"), self.search.take_keys),
            Key("F5", tr("Check again"), self.check_again, verbs.check),
            Key("Ctrl+N", tr("Import answers of payers"), self.mail.choose_files),
            Key("Q", tr("Ask the payer"), self.ask_payer, verbs.ask),
            Key("P", tr("Print CMS-1500"), self.print_claim, panel.print_button),
            Key("A", tr("Accident, other providers, drugs"), lambda: self.enter("parts"), panel.parts_button),
            Key("D", tr("Dates, work, hospital, case"), lambda: self.enter("dates"), panel.dates_button),
            Key("O", tr("What else the payer asks"), lambda: self.enter("more"), panel.more_button),
            Key("T", tr("Attachments"), self.show_attachments, panel.attachments_button),
            Key("N", tr("Add a note"), self.add_note, panel.note_button),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.strip, self.panel, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_payers, payers.plans)
        self._look_again()

    def open_with(self, errand: Errand) -> None:
        """One claim; or the newest one of a patient."""
        if errand.about_id is not None:
            self._wanted, self._is_sent_for = errand.about_id, True
            self.desk.ask(self, self._show_claim, claim_detail.detail, claim_id=errand.about_id)

    # -- what is shown ------------------------------------------------------------

    def _fit(self) -> None:
        self.payer.setFixedWidth(theme().px(150))

    def _look_again(self) -> None:
        payer_id = self.payer.value() or None
        self.desk.ask(self, self._show_counts, claim_views.counts, payer_id=payer_id)
        self.desk.ask(
            self,
            self._show_claims,
            claim_views.worklist,
            states=LISTS[self.strip.value()],
            payer_id=payer_id,
        )
        self.files.look()
        self.paper.look(payer_id)
        self.attachments.look()
        self.deadlines.look(payer_id)
        self.mail.look(with_late=self.strip.value() == "sent")

    def _show_payers(self, plans: tuple[PlanChoice, ...]) -> None:
        names = {plan.payer_row_id: plan.payer for plan in plans}
        self.payer.set_options(((_ALL, tr("All payers")), *names.items()))

    def _show_counts(self, found: tuple[ClaimCount, ...]) -> None:
        self._counts = found
        by_state = {count.state: count.claims for count in found}
        for counter in COUNTERS:
            self.strip.show_count(counter.name, sum(by_state.get(state, 0) for state in counter.states))
        self._ready = by_state.get(ClaimState.READY, 0)
        self._show_send()

    def _show_on_paper(self, claims: int) -> None:
        self._on_paper = claims
        self._show_send()

    def _show_send(self) -> None:
        """What goes into files; the banner names what goes on paper."""
        ready = max(self._ready - self._on_paper, 0)
        self.send_button.setText(tr("Send {count} ready", count=ready) if ready else tr("Send"))
        self.send_button.setEnabled(ready > 0)
        self.send_button.setToolTip("" if ready else tr("No claim is ready to send."))

    def _show_claims(self, found: tuple[ClaimRow, ...]) -> None:
        self.list.show_claims(self.strip.value(), found, self._counts)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif self.table.current() is None and self._wanted is None:
            self._choose_first()
        elif self._claim is not None:
            self._ask_claim(self._claim.row.id)

    def _choose_first(self) -> None:
        """The claim after the one just done; else the first of the chosen figure, else the first of all."""
        if self._following is not None and self.table.choose(self._following):
            self._following = None
            return
        first = self.list.first_of(self.strip.value())
        if first is not None:
            self.table.choose(first)
        else:
            self._claim = None
        set_shown(self.panel, first is not None)
        self.keys_changed.emit()

    def _list_chosen(self, _: str) -> None:
        self.clear_complaints()
        self.table.clearSelection()
        self._claim = None
        self._look_again()

    def _choose(self, claim: ClaimRow | None) -> None:
        if claim is not None:
            self.patient_chosen.emit(claim.patient_id)
            self._ask_claim(claim.id)

    def _ask_claim(self, claim_id: int) -> None:
        self.desk.ask(self, self._show_claim, claim_detail.detail, claim_id=claim_id)

    def _show_claim(self, claim: ClaimDetail) -> None:
        if self._claim is None or self._claim.row.id != claim.row.id:
            self.clear_complaints()
        self._claim = claim
        set_shown(self.panel, True)
        if self._is_sent_for:
            self._is_sent_for = False
            self.beside.show_detail()
        self.panel.show_claim(claim)
        self.verbs.show_for(claim.row.state)
        self.keys_changed.emit()

    # -- what is done -------------------------------------------------------------

    def fix(self, fix: Fix) -> None:
        """Carry out one way out of a problem, unless another desk has changed the claim meanwhile."""
        if self._claim is not None:
            self.clear_complaints()
            self._carry_out(fix, self._claim, self._claim.row.version)

    def _carry_out(self, fix: Fix, seen: ClaimDetail, version: int | None) -> None:
        if fix.act == "superbill":
            self.go.emit("superbills", Errand("superbill", seen.row.patient_id, about_id=seen.superbill_id))
        elif fix.act in _ENTRIES:
            self.enter(fix.act, fix)
        elif fix.act == "number":
            claim_correction.enter_number(self, seen, self._fixed)
        else:
            claim_fixes.mend(self, self.desk, fix, seen.row, version, self._fixed)

    def enter(self, what: str, at: Fix | None = None) -> None:
        """What only some claims say: parts, dates or more; at the field of a problem."""
        if self._claim is not None and (what == "more" or self.panel.may_change):
            _ENTRIES[what](self, self._claim, at.value if at else "", at.line if at else 0)

    def show_attachments(self) -> None:
        """The papers that belong to the claim, and how they reach the payer."""
        if self._claim is not None:
            self.attachments.open_for(self._claim)

    def add_note(self) -> None:
        """A sentence for whoever works the claim next."""
        self._with_claim(lambda claim: claim_reasons.add_note(self, self.desk, claim))

    def fix_and_next(self) -> None:
        """Put right what has only one way out, check, and go to the next claim if nothing stops this one."""
        if self._claim is None or self._claim.row.state not in FIXED_HERE:
            return
        claim = self._claim.row
        self.clear_complaints()
        self._following = self.list.after(claim.id)
        if claim.state is ClaimState.REJECTED:
            self._let_go(claim, claims.send_again)
            return
        if claim.state is ClaimState.HELD:
            self._let_go(claim, claims.unhold)
            return
        for place, fix in enumerate(only_fixes(self._claim)):
            # Each fix changes the claim: only the first can say which one it saw.
            self._carry_out(fix, self._claim, None if place else claim.version)
        self.desk.do(self, lambda stopped: self._checked(claim, stopped), claims.check, claim_ids=(claim.id,))

    def _let_go(self, claim: ClaimRow, act: LetGo) -> None:
        """Unless another desk changed it since it was shown."""
        self.desk.do(self, lambda _: self._see_next(claim), act, claim_id=claim.id, version=claim.version)

    def check_again(self) -> None:
        """Run the check once more: something was put right elsewhere."""
        if self._claim is not None:
            self.clear_complaints()
            self.desk.do(self, self._fixed, claims.check, claim_ids=(self._claim.row.id,))

    def send_ready(self) -> None:
        """Make the files of all that is ready, and write them."""
        self.clear_complaints()
        self.files.when_folder_known(self._build_files)

    def decide(self, reason: Reason) -> None:
        self._with_claim(lambda claim: reason.ask(self, self.desk, claim))

    def _with_claim(self, act: Callable[[ClaimRow], None]) -> None:
        if self._claim is not None:
            act(self._claim.row)

    def ask_payer(self) -> None:
        """Ask the payer where the claim stands."""
        if self._claim is not None and self._claim.row.state in WITH_PAYER:
            self.mail.ask((self._claim.row.id,))

    def print_claim(self) -> None:
        """The claim on the CMS-1500, where it is ready or went out on paper."""
        if self._claim is not None:
            self.paper.print_claim(self._claim)

    def explain_balance(self) -> None:
        """Why the patient's balance is what it is."""
        if self._claim is not None:
            self.go.emit("statements", Errand("explain_balance", self._claim.row.patient_id))

    def _build_files(self, folder: Path) -> None:
        self.desk.do(
            self,
            lambda built: self._built(built, folder),
            batches.build,
            payer_id=self.payer.value() or None,
        )

    def _built(self, built: Built, folder: Path) -> None:
        if built.stopped:
            self.complain(
                counted(
                    len(built.stopped),
                    "{count} claim was stopped by the last check. It needs a fix.",
                    "{count} claims were stopped by the last check. They need a fix.",
                )
            )
        self.files.write(built.batch_ids, folder)

    def _fixed(self, _: object) -> None:
        if self._claim is not None:
            self._ask_claim(self._claim.row.id)

    def _checked(self, claim: ClaimRow, stopped: int) -> None:
        if stopped:
            self._ask_claim(claim.id)
            self.complain(
                tr(
                    "Claim {number} is still stopped. Choose a way out on the right, or hold it.",
                    number=claim.number,
                )
            )
        else:
            self._see_next(claim)

    def _see_next(self, claim: ClaimRow) -> None:
        self.told.emit(tr("Fixed and queued {number}", number=claim.number))
        if self._following is not None:
            self.table.choose(self._following)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
