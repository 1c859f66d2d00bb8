"""Appeals: the ground, the letter, and the time that is left."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import appeal_letter, appeals
from frontdesk.services.billing.appeals import Decision
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.edits import NoteEdit
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import counted, tr


class ClaimAppeals(QObject):
    """Appeals claims of a page, and shows the letters."""

    told = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def appeal(self, claim: ClaimRow) -> None:
        """Ask for the ground, offer the letter, then mark the claim as appealed."""
        dialog = AppealDialog(self._page, self._desk, claim.id, claim.number, claim.version)
        dialog.told.connect(self.told)
        dialog.open()

    def show_letter(self, claim: ClaimRow) -> None:
        """The letter once more, as it was written."""
        dialog = paper(self._page, self._desk, claim.number)
        self._desk.ask(dialog, dialog.show_pdf, appeal_letter.letter_pdf, claim_id=claim.id)


class AppealDialog(ActDialog):
    """What the appeal rests on; the letter says it, and so does the claim's history."""

    def __init__(
        self, parent: QWidget, desk: Desk, claim_id: int, number: str, version: int, ground: str = ""
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("Appeal claim {number}?", number=number),
            tr("Send the letter, or the same words by the payer's portal. All of the claim waits then."),
            verb=tr("It was appealed"),
            icon="scale",
            width=560,
        )
        self._claim_id, self._number, self._version = claim_id, number, version
        self.ground = NoteEdit(ground, hint=tr("The records show that …"), lines=6)
        self.form.add("reason", tr("Why the payer should decide otherwise"), self.ground)
        self.letter_button = Button(tr("Letter with these words"), icon="file-text")
        self.letter_button.clicked.connect(self.show_letter)
        self.body.addLayout(row(self.letter_button, None))
        desk.ask(self, self._show_time, appeals.decision, claim_id=claim_id)
        self.ground.setFocus()

    def show_letter(self) -> None:
        """The letter with these words, to be printed."""
        self.form.clear_errors()
        self.desk.ask(
            self,
            self._show_letter,
            appeal_letter.letter_pdf,
            claim_id=self._claim_id,
            reason=self.ground.value(),
        )

    def act(self) -> None:
        self.desk.do(
            self,
            lambda _: self.close_with(tr("Appealed {number}", number=self._number)),
            appeals.appeal,
            claim_id=self._claim_id,
            reason=self.ground.value(),
            version=self._version,
        )

    def _show_letter(self, pdf: bytes) -> None:
        dialog = paper(self, self.desk, self._number)
        dialog.show_pdf(pdf)

    def _show_time(self, decision: Decision | None) -> None:
        if decision is None:
            return
        day = us_date(decision.appeal_by_on)
        days = (decision.appeal_by_on - self.desk.today).days
        if days < 0:
            self.banner.say("warn", tr("The time to appeal ended on {day}. Say why it is late.", day=day))
        else:
            left = counted(days, "{count} day left", "{count} days left")
            self.banner.say("info", tr("The payer takes an appeal until {day}, {left}.", day=day, left=left))
        self.adjustSize()


def paper(parent: QWidget, desk: Desk, number: str) -> PaperDialog:
    """An open dialog for the letter of a claim."""
    dialog = PaperDialog(
        parent, desk, tr("Appeal of claim {number}", number=number), tr("Appeal {number}", number=number)
    )
    dialog.open()
    return dialog
