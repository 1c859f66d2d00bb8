"""The Claims part of Billing: what stands in the way of each claim, put right and sent."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.services.billing import batches, claim_detail, claim_views, claims
from frontdesk.services.billing.batches import BatchRow, BatchState, Built
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.claim_views import ClaimCount, ClaimRow, ClaimState
from frontdesk.services.registration import payers
from frontdesk.services.registration.payers import PlanChoice
from frontdesk.ui.billing import amounts, claim_fixes, claim_list, claim_reasons
from frontdesk.ui.billing import claim_parts_dialog as parts_dialog
from frontdesk.ui.billing.claim_files import ClaimFiles
from frontdesk.ui.billing.claim_fixes import Fix, only_fixes
from frontdesk.ui.billing.claim_look import COUNTERS, LISTS, WITH_PAYER
from frontdesk.ui.billing.claim_mail import ClaimMail
from frontdesk.ui.billing.claim_panel import ClaimPanel
from frontdesk.ui.billing.claim_paper import ClaimPaper
from frontdesk.ui.billing.claim_reasons import Reason
from frontdesk.ui.billing.counters import CounterStrip
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_ALL = 0
_FIXED_HERE = (ClaimState.FAILED, ClaimState.REJECTED, ClaimState.HELD)


class ClaimsPage(BillingPage):
    """Figures by state on top, the claims on the left, the chosen one on the right."""

    title = "Claims"
    part = "claims"
    topics = frozenset({"claim", "claim_answer", "claim_batch", "claim_event", "paper_payer", "patient"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._claim: ClaimDetail | None = None
        self._wanted: int | None = None
        self._following: int | None = None
        self._ready = self._on_paper = 0
        self.payer: Combo[int] = Combo(((_ALL, tr("All payers")),))
        self.payer.setFixedWidth(theme().px(150))
        self.payer.setAccessibleName(tr("Payer"))
        self.payer.chosen.connect(self._look_again)
        self.send_button = Button("", icon="send")
        self.send_button.clicked.connect(self.send_ready)
        self.toolbar.add(self.payer, self.send_button)
        self.strip = CounterStrip(COUNTERS, says=tr("Claims by state"))
        self.strip.set_value("fix")
        self.strip.chosen.connect(self._list_chosen)
        self.files = ClaimFiles(desk, self)
        self.files.told.connect(self.told)
        self.mail = ClaimMail(desk, self, self.files)
        self.mail.told.connect(self.told)
        self.mail.refused_with.connect(self.complain)
        self.paper = ClaimPaper(desk, self)
        self.paper.told.connect(self.told)
        self.paper.refused_with.connect(self.complain)
        self.paper.ready_counted.connect(self._show_on_paper)
        self.mail_button = Button(tr("Import answers"), icon="mail-open", keys="Ctrl+N")
        self.mail_button.clicked.connect(self.mail.choose_files)
        self.toolbar.add(self.mail_button)
        self._unsent = Banner("info")
        self._unsent.acted.connect(self.files.open_dialog)
        self._model = claim_list.model()
        self.table = Table(self._model, says=tr("Claims"))
        self.table.chosen.connect(self._choose)
        Offer(self.table, lambda: amounts.of_claim(self.table.current()))
        ColumnFit(self.table, self._model.columns, least=250, first_to_go=("Payer", "Visit", "Age"))
        self._nothing = EmptyState("circle-check", tr("Nothing here"), tr("No claim stands at this step."))
        self._left = QStackedWidget()
        self._left.addWidget(self.table)
        self._left.addWidget(self._nothing)
        self.panel = ClaimPanel()
        self.panel.fix_wanted.connect(self.fix)
        self.panel.explain_wanted.connect(self.explain_balance)
        self.panel.print_wanted.connect(self.print_claim)
        self._build_foot()
        left = column(
            row(self._unsent, margins=(8, 0, 8, 0)),
            row(self.paper.banner, margins=(8, 0, 8, 0)),
            row(self.mail.banner, margins=(8, 0, 8, 0)),
            row(self.mail.late_banner, margins=(8, 0, 8, 0)),
            self._left,
            gap=0,
        )
        lower = row(gap=0)
        lower.addLayout(left, 1)
        lower.addWidget(self.panel)
        whole = column(self.strip, gap=0)
        whole.addLayout(lower, 1)
        self.set_content(Frame("surface", whole))
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Claim")),
            Key("Ctrl+Return", tr("Fix and next"), self.fix_and_next),
            Key("F5", tr("Check again"), self.check_again),
            Key("Ctrl+N", tr("Import answers of payers"), self.mail.choose_files),
            Key("Q", tr("Ask the payer"), self.ask_payer),
            Key("P", tr("Print CMS-1500"), self.print_claim),
            Key("A", tr("Accident, other providers, drugs"), self.enter_parts),
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
            self._wanted = errand.about_id
            self.desk.ask(self, self._show_claim, claim_detail.detail, claim_id=errand.about_id)

    # -- what is shown ------------------------------------------------------------

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
        self.desk.ask(self, self._show_unsent, batches.batches, states=(BatchState.MADE,))
        self.paper.look(payer_id)
        self.mail.look(with_late=self.strip.value() == "sent")

    def _show_payers(self, plans: tuple[PlanChoice, ...]) -> None:
        names = {plan.payer_row_id: plan.payer for plan in plans}
        self.payer.set_options(((_ALL, tr("All payers")), *names.items()))

    def _show_counts(self, found: tuple[ClaimCount, ...]) -> None:
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
        self.send_button.updateGeometry()

    def _show_claims(self, found: tuple[ClaimRow, ...]) -> None:
        self._model.show_groups(claim_list.groups(found))
        self._left.setCurrentWidget(self.table if found else self._nothing)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif self.table.current() is None and self._wanted is None:
            self._choose_first()
        elif self._claim is not None:
            self._ask_claim(self._claim.row.id)

    def _show_unsent(self, found: tuple[BatchRow, ...]) -> None:
        many = counted(
            len(found),
            "{count} claim file is not marked as sent.",
            "{count} claim files are not marked as sent.",
        )
        self._unsent.say("info", many if found else "", action=tr("Open files"))

    def _choose_first(self) -> None:
        """The claim after the one just done; else the first of the chosen figure, else the first of all."""
        if self._following is not None and self.table.choose(self._following):
            self._following = None
            return
        states = next(counter.states for counter in COUNTERS if counter.name == self.strip.value())
        rows = self._model.rows()
        first = next((claim for claim in rows if claim.state in states), rows[0] if rows else None)
        if first is not None:
            self.table.choose(first.id)
        set_shown(self.panel, first is not None)

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
        self.panel.show_claim(claim)
        self._show_verbs(claim.row.state)

    def _show_verbs(self, state: ClaimState) -> None:
        words = {
            ClaimState.FAILED: tr("Fix and next"),
            ClaimState.REJECTED: tr("Send again and next"),
            ClaimState.HELD: tr("Release and next"),
        }
        self.next_button.setText(words.get(state, ""))
        self.next_button.updateGeometry()
        set_shown(self.next_button, state in _FIXED_HERE)
        set_shown(self.check_button, state in (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY))
        set_shown(self.hold_button, state in (ClaimState.FAILED, ClaimState.READY, ClaimState.REJECTED))
        decided = (ClaimState.PART_PAID, ClaimState.DENIED)
        set_shown(self.correct_button, state in (*WITH_PAYER[1:], *decided))
        set_shown(self.appeal_button, state in decided)
        set_shown(self.next_payer_button, state is ClaimState.DENIED)
        set_shown(self.close_button, state in (*decided, ClaimState.APPEALED))
        set_shown(self.ask_button, state in WITH_PAYER[1:])

    # -- what is done -------------------------------------------------------------

    def fix(self, fix: Fix) -> None:
        """Carry out one way out of a problem, unless another desk has changed the claim meanwhile."""
        if self._claim is not None:
            self.clear_complaints()
            self._carry_out(fix, self._claim, self._claim.row.version)

    def _carry_out(self, fix: Fix, seen: ClaimDetail, version: int | None) -> None:
        if fix.act == "superbill":
            self.go.emit("superbills", Errand("superbill", seen.row.patient_id, about_id=seen.superbill_id))
        elif fix.act == "parts":
            self.enter_parts(fix)
        else:
            claim_fixes.mend(self, self.desk, fix, seen.row, version, self._fixed)

    def enter_parts(self, at: Fix | None = None) -> None:
        """The accident, other providers and drugs of the claim; at the field of a problem."""
        if self._claim is not None:
            parts_dialog.open_for(self, self._claim, at.value if at else "", at.line if at else 0)

    def fix_and_next(self) -> None:
        """Put right what has only one way out, check, and go to the next claim if nothing stops this one."""
        if self._claim is None or self._claim.row.state not in _FIXED_HERE:
            return
        claim = self._claim.row
        self.clear_complaints()
        rows = self._model.rows()
        here = next((place for place, row in enumerate(rows) if row.id == claim.id), len(rows))
        self._following = rows[here + 1].id if here + 1 < len(rows) else None
        if claim.state is ClaimState.REJECTED:
            self.desk.do(self, lambda _: self._see_next(claim), claims.send_again, claim_id=claim.id)
            return
        if claim.state is ClaimState.HELD:
            self.desk.do(self, lambda _: self._see_next(claim), claims.unhold, claim_id=claim.id)
            return
        for place, fix in enumerate(only_fixes(self._claim)):
            # Each fix changes the claim: only the first can say which one it saw.
            self._carry_out(fix, self._claim, None if place else claim.version)
        self.desk.do(self, lambda stopped: self._checked(claim, stopped), claims.check, claim_ids=(claim.id,))

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
        """Ask why, then do it to the claim."""
        if self._claim is not None:
            reason.ask(self, self.desk, self._claim.row)

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

    def _build_foot(self) -> None:
        self.hold_button = Button(tr("Hold..."), icon="circle-pause")
        self.check_button = Button(tr("Check again"), icon="refresh-cw", keys="F5")
        self.correct_button = Button(tr("Correct..."), icon="replace")
        self.appeal_button = Button(tr("Appeal..."), icon="scale")
        self.next_payer_button = Button(tr("Next payer..."), icon="forward")
        self.close_button = Button(tr("Close..."), icon="archive")
        self.ask_button = Button(tr("Ask payer"), icon="circle-question-mark", keys="Q")
        self.next_button = Button(tr("Fix and next"), "primary", icon="arrow-right", keys="Ctrl+Enter")
        for button, handler in (
            (self.hold_button, lambda: self.decide(claim_reasons.HOLD)),
            (self.check_button, self.check_again),
            (self.correct_button, lambda: self.decide(claim_reasons.CORRECT)),
            (self.appeal_button, lambda: self.decide(claim_reasons.APPEAL)),
            (self.next_payer_button, lambda: self.decide(claim_reasons.NEXT_PAYER)),
            (self.close_button, lambda: self.decide(claim_reasons.CLOSE)),
            (self.ask_button, self.ask_payer),
            (self.next_button, self.fix_and_next),
        ):
            button.clicked.connect(handler)
        for button in (
            self.hold_button,
            self.check_button,
            self.correct_button,
            self.appeal_button,
            self.next_payer_button,
            self.close_button,
            self.ask_button,
        ):
            self.panel.foot.addWidget(button)
        self.panel.foot.addStretch(1)
        self.panel.foot.addWidget(self.next_button)
