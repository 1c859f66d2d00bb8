"""A claim that the payer has is replaced or taken back; and the number under which the payer has it."""

from collections.abc import Callable

from frontdesk.services.billing import claims
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.claims import Frequency
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.text import tr

_MEANING = {
    Frequency.REPLACEMENT: "The payer decides anew, on the new claim alone.",
    Frequency.VOID: "The payer forgets it. What it paid stands in the ledger until it takes it back.",
}


def correct(page: Page, claim: ClaimDetail | None) -> None:
    """Ask how and why the claim in sight is corrected."""
    if claim is not None:
        dialog = CorrectionDialog(page, claim)
        dialog.told.connect(page.told)
        dialog.open()
        dialog.reason.setFocus()


def enter_number(page: Page, claim: ClaimDetail, then: Callable[[object], object]) -> None:
    """Ask for the payer's number that a correction has to name."""
    dialog = PayerNumberDialog(page, claim, then)
    dialog.open()
    dialog.number.setFocus()


class CorrectionDialog(ActDialog):
    """Frequency 7 or 8 (CLM05-3), the payer's number (REF F8), and why."""

    def __init__(self, page: Page, claim: ClaimDetail) -> None:
        super().__init__(
            page,
            page.desk,
            tr("Correct claim {number}?", number=claim.row.number),
            tr("A new claim tells the payer so. It is checked, and sent with the rest."),
            verb=tr("Make the correction"),
            icon="replace",
        )
        self._claim = claim
        self.frequency = Segmented(
            ((Frequency.REPLACEMENT, tr("Replace it")), (Frequency.VOID, tr("Take it back"))),
            says=tr("What the payer does with the first claim"),
            fills=True,
        )
        self._meaning = Label("", "secondary", "text-3", wrap=True)
        self.number = TextEdit(claim.payer_control_number)
        self.reason = TextEdit()
        self.form.add("frequency", tr("The first &claim"), self.frequency)
        self.form.add_wide(self._meaning)
        self.form.add(
            "payer_control_number",
            tr("Payer's &number of it"),
            self.number,
            message=tr("On the remittance, or in the payer's portal."),
        )
        self.form.add("reason", tr("&Why"), self.reason)
        self.frequency.chosen.connect(self._say)
        self._say()

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            claims.correct,
            claim_id=self._claim.row.id,
            reason=self.reason.value(),
            frequency=self.frequency.value(),
            payer_control_number=self.number.value(),
            version=self._claim.row.version,
        )

    def _say(self) -> None:
        frequency = self.frequency.value()
        self._meaning.setText(tr(_MEANING[frequency]))
        is_void = frequency is Frequency.VOID
        self.reason.setPlaceholderText(tr("Wrong patient, …") if is_void else tr("Wrong modifier, …"))

    def _done(self, _: int) -> None:
        words = {
            Frequency.REPLACEMENT: tr("Made the correction of {number}", number=self._claim.row.number),
            Frequency.VOID: tr("Made the claim that takes {number} back", number=self._claim.row.number),
        }
        self.close_with(words[self.frequency.value()])


class PayerNumberDialog(ActDialog):
    """The number of the first claim, where a correction was made without it."""

    def __init__(self, page: Page, claim: ClaimDetail, then: Callable[[object], object]) -> None:
        super().__init__(
            page,
            page.desk,
            tr("How does the payer call claim {number}?", number=claim.replaces),
            tr("Its own number of the claim is on the remittance, or in the payer's portal."),
            verb=tr("Enter it"),
            icon="pencil",
        )
        self._claim, self._then = claim, then
        self.number = TextEdit(claim.payer_control_number)
        self.form.add("payer_control_number", tr("Payer's &number"), self.number)

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            claims.set_payer_number,
            claim_id=self._claim.row.id,
            number=self.number.value(),
            version=self._claim.row.version,
        )

    def _done(self, result: str) -> None:
        self._then(result)
        self.accept()
