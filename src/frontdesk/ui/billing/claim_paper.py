"""Claims on paper: named on the claims page, printed on the CMS-1500, marked as mailed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import batches, paper_claims, paper_enclosures
from frontdesk.services.billing.batch_blocks import MadeAnew
from frontdesk.services.billing.batches import BatchRow, BatchState, Channel
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.paper_claims import Printed, Waiting
from frontdesk.services.billing.paper_enclosures import Enclosure
from frontdesk.ui.billing.batch_list import BatchListDialog, state_words
from frontdesk.ui.billing.printer_offset import PrinterOffset
from frontdesk.ui.desk import Asker, Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column
from frontdesk.ui.text import counted, tr


class ClaimPaper(QObject):
    """Says what waits to be printed or mailed, and prints it."""

    told = Signal(str)
    refused_with = Signal(str)
    ready_counted = Signal(int)
    """How many ready claims go on paper: the others go into files."""

    def __init__(self, desk: Desk, page: QWidget, offset: PrinterOffset | None = None) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.offset = offset or PrinterOffset()
        self._payer_id: int | None = None
        self._ready = self._unmailed = 0
        self.banner = Banner("info", icon="printer")
        self.banner.acted.connect(self._act)
        self.dialog: BatchesDialog | None = None

    def look(self, payer_id: int | None) -> None:
        """Ask what waits, of one payer or of all."""
        self._payer_id = payer_id
        self._desk.ask(self, self._show_waiting, paper_claims.waiting, payer_id=payer_id)

    def print_ready(self) -> None:
        """Print all that is ready and goes on paper, by payer."""
        self.refused_with.emit("")
        self._desk.do(self, self._printed, paper_claims.build, payer_id=self._payer_id)

    def print_claim(self, claim: ClaimDetail) -> None:
        """One claim: printed now where it is ready, else shown again as it was printed."""
        self.refused_with.emit("")
        if claim.row.state is ClaimState.READY:
            self._desk.do(self, self._printed, paper_claims.build, claim_ids=(claim.row.id,))
        elif claim.paper_batch_id is not None:
            self.show_batch(claim.paper_batch_id)

    def open_dialog(self, chosen: int | None = None, remarks: tuple[str, ...] = ()) -> None:
        """The batches on paper with their states."""
        self.dialog = BatchesDialog(self._page, self._desk, self, chosen, remarks)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def show_batch(self, batch_id: int, file_name: str = "cms1500.pdf") -> PaperDialog:
        """The forms of a batch before the printer."""
        dialog = PaperDialog(self._page, self._desk, tr("Claims on paper"), file_name, actual_size=True)
        dialog.open()
        self._desk.ask(
            dialog,
            lambda look: dialog.show_on_form(look.shown, look.printed),
            paper_claims.look,
            batch_id=batch_id,
            right=self.offset.right,
            down=self.offset.down,
        )
        return dialog

    def show_enclosed(self, batch_id: int) -> PaperDialog:
        """How the payers before decided, before the printer."""
        dialog = PaperDialog(self._page, self._desk, tr("Enclosures"), "enclosures.pdf")
        dialog.open()
        self._desk.ask(dialog, dialog.show_pdf, paper_enclosures.enclosed_pdf, batch_id=batch_id)
        return dialog

    def refused(self, error: FrontdeskError) -> None:
        self.refused_with.emit(str(error))

    def _printed(self, printed: Printed) -> None:
        if printed.stopped:
            self.refused_with.emit(
                counted(
                    len(printed.stopped),
                    "{count} claim was stopped by the last check. It needs a fix.",
                    "{count} claims were stopped by the last check. They need a fix.",
                )
            )
        if printed.batch_ids:
            self.told.emit(counted(printed.forms, "Made {count} form", "Made {count} forms"))
            self.open_dialog(printed.batch_ids[0], printed.remarks)

    def _show_waiting(self, waiting: Waiting) -> None:
        self._ready = waiting.claims
        self.ready_counted.emit(waiting.claims)
        self._amount = dollars(waiting.charge_cents)
        self._desk.ask(
            self, self._show_unmailed, batches.batches, states=(BatchState.MADE,), channel=Channel.PAPER
        )

    def _show_unmailed(self, found: tuple[BatchRow, ...]) -> None:
        self._unmailed = len(found)
        said = []
        if self._ready:
            many = counted(self._ready, "{count} claim goes on paper", "{count} claims go on paper")
            said.append(f"{many}, {self._amount}.")
        if found:
            said.append(
                counted(
                    len(found),
                    "{count} batch on paper is not marked as mailed.",
                    "{count} batches on paper are not marked as mailed.",
                )
            )
        self.banner.say(
            "info",
            " ".join(said),
            action=tr("Print them") if self._ready else tr("Open batches"),
            icon="printer",
        )

    def _act(self) -> None:
        if self._ready:
            self.print_ready()
        else:
            self.open_dialog()

    def _closed(self) -> None:
        self.dialog = None


class BatchesDialog(BatchListDialog):
    """The newest batches on paper: print, put into envelopes with what belongs to them, mark as mailed."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        paper: ClaimPaper,
        chosen: int | None,
        remarks: tuple[str, ...],
    ) -> None:
        super().__init__(
            parent,
            desk,
            Channel.PAPER,
            tr("Claims on paper"),
            tr("Print each batch on its forms, mail it, then mark it: its claims lie with the payer then."),
            icon="printer",
            name=Column("Batch", lambda batch: str(batch.number), width=64),
            state=_state,
            wanted=chosen,
        )
        self._paper = paper
        self.table.opened.connect(lambda _: self._print())
        self.enclosed = Label("", "secondary", "text-2", wrap=True)
        self.body.addWidget(self.enclosed)
        self.enclosed_button = self.add_verb(tr("Print enclosures"), self._print_enclosed, closes=False)
        set_shown(self.enclosed_button, False)
        self.print_button = self.add_verb(tr("Look and print"), self._print, closes=False)
        self.mailed_button = self.end_with(tr("Mark as mailed"))
        if remarks:
            self.banner.say("info", " ".join(remarks))
        self.look()

    def choose(self, batch: BatchRow | None) -> None:
        """Any batch is printed again, with what belongs into its envelopes."""
        super().choose(batch)
        self.print_button.setEnabled(batch is not None)
        self.enclosed.setText("")
        if batch is not None:
            self._desk.ask(
                Asker(self, self.refused),
                self._show_enclosures,
                paper_enclosures.enclosures,
                batch_id=batch.id,
            )

    def made_anew(self, old: BatchRow, anew: MadeAnew) -> None:
        """The paper of the old batch is in somebody's hands."""
        self.banner.say("info", tr("The forms of the old batch are not to be mailed. Print the new one."))
        super().made_anew(old, anew)

    def marked(self, batch: BatchRow) -> None:
        """It went to the mail."""
        self._paper.told.emit(tr("Mailed batch {number}", number=batch.number))
        super().marked(batch)

    def _show_enclosures(self, found: tuple[Enclosure, ...]) -> None:
        set_shown(self.enclosed_button, any(each.remittance_claim_id is not None for each in found))
        if not found:
            self.enclosed.setText(tr("Nothing belongs into the envelope but the forms."))
            return
        self.enclosed.setText(tr("Enclose: {list}.", list="; ".join(_enclosed(each) for each in found)))

    def _print(self) -> None:
        if (batch := self.table.current()) is not None:
            self._give_way(self._paper.show_batch(batch.id, batch.file_name))

    def _print_enclosed(self) -> None:
        if (batch := self.table.current()) is not None:
            self._give_way(self._paper.show_enclosed(batch.id))

    def _give_way(self, paper: PaperDialog) -> None:
        """One dialog at a time: this one comes back when the paper was looked at."""
        self.hide()
        paper.finished.connect(self.show)


def _enclosed(each: Enclosure) -> str:
    on = f", {us_date(each.decided_on)}" if each.decided_on else ""
    return tr("with {number} the explanation of {payer}", number=each.claim_number, payer=each.payer) + on


def _state(batch: BatchRow) -> str:
    mailed = f"{batch.sent_at:%m/%d}" if batch.sent_at else ""
    return state_words(batch, sent=tr("Mailed {day}", day=mailed), waits=tr("Not mailed yet"))
