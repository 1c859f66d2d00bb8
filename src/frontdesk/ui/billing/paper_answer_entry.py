"""One claim of a paper: what the payer decided, what it calls the claim, and its lines."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import paper_answer_claims, paper_answer_sums
from frontdesk.services.billing.paper_answer_claims import ClaimHead, OpenedClaim
from frontdesk.services.billing.paper_answer_sums import Decided, PaperClaim
from frontdesk.ui.billing.paper_answer_lines import PaperLines
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, Label, Rule
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.text import tr

_DECIDED = (
    (Decided.PROCESSED, "Processed"),
    (Decided.FORWARDED, "Processed, sent on to the next payer"),
    (Decided.DENIED, "Denied"),
    (Decided.TAKEN_BACK, "Earlier payment taken back"),
    (Decided.IN_PROCESS, "In process, not decided"),
)
_QUIET = (Decided.TAKEN_BACK, Decided.IN_PROCESS)
"""There is nothing to type in the lines."""

_SAYS = {
    Decided.TAKEN_BACK: "Every amount is that of the answer that was posted, the other way round.",
    Decided.IN_PROCESS: "It is noted on the claim. Nothing reaches the ledger.",
}
_KEYS = (
    "Enter goes on. = puts the rest in Contract. A adds another reason. "
    "D, C and P go to deductible, coinsurance and copay."
)


class PaperClaimEntry(Panel):
    """Opens with the payer's number; Enter goes down and across, and out at the end."""

    changed = Signal(object)
    """The claim with what was typed."""
    finished = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payer_id: int | None = None
        self._place = -1
        self._head: ClaimHead | None = None
        self._claim: PaperClaim | None = None
        self._title = EndingLabel("", "section")
        self._state = Chip()
        self._facts = EndingLabel("", "secondary", "text-2")
        self.remove_button = Button(tr("Take out"), "ghost", icon="x", height="small")
        self.remove_button.clicked.connect(self.removed)
        self.decided: Combo[Decided] = Combo(tuple((value, tr(words)) for value, words in _DECIDED))
        self.number, self.remarks = TextEdit(), TextEdit(hint=tr("N130"))
        self.form = Form(widens_below=320)
        self.form.add("decided", tr("The paper &says"), self.decided, span=5)
        self.form.add("number", tr("Payer's &claim number"), self.number, span=4)
        self.form.add("remarks", tr("&Remarks"), self.remarks, span=3)
        self.lines = PaperLines()
        self._total = Label("", "strong")
        self._says = Label("", "secondary", "text-3", wrap=True)
        self.decided.chosen.connect(self._decide)
        for edit in (self.number, self.remarks):
            edit.textEdited.connect(self._words_given)
        self.number.returnPressed.connect(self.lines.begin)
        self.remarks.returnPressed.connect(self.lines.begin)
        self.lines.changed.connect(self._lines_typed)
        self.lines.finished.connect(self.finished)
        head = column(row(self._title, self._state, None, self.remove_button, gap=10), self._facts, gap=2)
        self.setLayout(
            column(
                head,
                self.banner,
                self.form,
                Rule(),
                self.lines,
                Rule(),
                row(Label(tr("Claim"), "secondary", "text-2"), None, self._total),
                self._says,
                None,
                gap=10,
                margins=(16, 12, 16, 12),
            )
        )

    def show_claim(self, place: int, head: ClaimHead, claim: PaperClaim) -> None:
        """Another claim of the paper; the one that is typed in stays as it is."""
        if (place, claim) == (self._place, self._claim):
            return
        self.clear_complaints()
        self._place = place
        self._head, self._claim = head, claim
        self._title.setText(head.patient)
        self._facts.setText(
            tr(
                "Claim {number}  ·  visit {day}  ·  {payer}  ·  {standing}",
                number=head.number,
                day=us_date(head.service_on),
                payer=head.payer,
                standing=head.standing,
            )
        )
        self.decided.set_value(claim.decided)
        self.number.set_value(claim.payer_control_number)
        self.remarks.set_value(claim.remarks)
        self._show_lines()

    def begin(self, _: object = None) -> None:
        """The focus goes where the typing starts."""
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words_given(self, _: str) -> None:
        if self._claim is not None:
            number, remarks = self.number.value(), self.remarks.value()
            self._typed(replace(self._claim, payer_control_number=number, remarks=remarks))

    def _typed(self, claim: PaperClaim) -> None:
        self._claim = claim
        self._show_sums()
        self.changed.emit(claim)

    def _lines_typed(self, lines: object) -> None:
        if self._claim is not None and isinstance(lines, tuple):
            self._typed(replace(self._claim, lines=lines))

    def _decide(self, value: object) -> None:
        if self._claim is None or not isinstance(value, Decided):
            return
        self.clear_complaints()
        before = self._claim
        if value is Decided.TAKEN_BACK:
            self.desk.ask(self, self._decided, paper_answer_claims.taken_back, claim_id=before.claim_id)
        elif before.decided in (*_QUIET, Decided.DENIED) or value is Decided.IN_PROCESS:
            assert self._head is not None
            self.desk.ask(
                self,
                lambda found: self._opened(found, value),
                paper_answer_claims.open_claim,
                payer_id=self._payer_id,
                claim_id=before.claim_id,
            )
        elif value is Decided.DENIED:
            self._decided(paper_answer_sums.denied(before))
        else:
            self._decided(replace(before, decided=value))

    def for_payer(self, payer_id: int | None) -> None:
        """Whose paper it is."""
        self._payer_id = payer_id

    def _opened(self, found: OpenedClaim, value: Decided) -> None:
        """The lines as they were billed, decided anew."""
        assert self._claim is not None
        bare = replace(found.claim, payer_control_number=self._claim.payer_control_number)
        denied = value is Decided.DENIED
        self._decided(paper_answer_sums.denied(bare) if denied else replace(bare, decided=value))

    def _decided(self, claim: PaperClaim) -> None:
        self._typed(claim)
        self.number.set_value(claim.payer_control_number)
        self._show_lines()
        if claim.decided not in _QUIET:
            self.lines.begin()

    def refused(self, error: FrontdeskError) -> None:
        """The decision before stands."""
        super().refused(error)
        if self._claim is not None:
            self.decided.set_value(self._claim.decided)

    def _show_lines(self) -> None:
        assert self._claim is not None
        self.lines.show_claim(self._claim, read_only=self._claim.decided in _QUIET)
        self._show_sums()

    def _show_sums(self) -> None:
        assert self._claim is not None
        sums = paper_answer_sums.claim_sum(self._claim)
        self._total.setText(
            tr(
                "Billed {billed}  −  adjusted {adjusted}  =  paid {paid}",
                billed=ledger(sums.charge_cents),
                adjusted=ledger(sums.adjusted_cents),
                paid=ledger(sums.paid_cents),
            )
        )
        is_off = any(line.off_cents for line in sums.lines)
        if self._claim.decided is Decided.IN_PROCESS:
            self._state.show_state(tr("In process"), "info", "info")
        elif is_off:
            said = tr("{amount} not explained") if sums.off_cents >= 0 else tr("{amount} too much")
            words = said.format(amount=ledger(abs(sums.off_cents)))
            self._state.show_state(words if sums.off_cents else tr("A line is off"), "warn", "triangle-alert")
        else:
            self._state.show_state(tr("Balanced"), "ok", "circle-check")
        self._says.setText(tr(_SAYS.get(self._claim.decided, _KEYS)))
