"""Claims on paper: named on the claims page, printed on the CMS-1500, marked as mailed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import batches, paper_claims, paper_enclosures
from frontdesk.services.billing.batch_blocks import MadeAnew
from frontdesk.services.billing.batches import BatchRow, BatchState, Channel
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.paper_claims import Printed, Waiting
from frontdesk.services.billing.paper_enclosures import Enclosure
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.batch_blocks import BatchBlocks
from frontdesk.ui.billing.printer_offset import PrinterOffset
from frontdesk.ui.desk import Asker, Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


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


class BatchesDialog(Dialog):
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
            tr("Claims on paper"),
            tr("Print each batch on its forms, mail it, then mark it: its claims lie with the payer then."),
            icon="printer",
            icon_color="accent",
            width=720,
        )
        self._desk, self._paper, self._wanted = desk, paper, chosen
        self._model = TableModel[BatchRow](
            [
                Column("Batch", lambda batch: str(batch.number), width=64),
                Column("To", lambda batch: batch.receiver),
                Column("Claims", lambda batch: str(batch.claims), width=64, align="right"),
                Column("Charges", lambda batch: ledger(batch.charge_cents), width=92, align="right"),
                Column("State", _state, width=132),
            ],
            key=lambda batch: batch.id,
        )
        self.table = Table(self._model, says=tr("Claims on paper"))
        Offer(self.table, lambda: amounts.of_batch(self.table.current()))
        self.table.setFixedHeight(theme().px(180))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self._print())
        self.enclosed = Label("", "secondary", "text-2", wrap=True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.enclosed)
        self.add_verb(tr("Close"), keys="Esc")
        self.apart_button = self.add_verb(tr("Take apart"), self._take_apart, closes=False)
        self.enclosed_button = self.add_verb(tr("Print enclosures"), self._print_enclosed, closes=False)
        set_shown(self.enclosed_button, False)
        self.print_button = self.add_verb(tr("Look and print"), self._print, closes=False)
        self.mailed_button = self.add_verb(tr("Mark as mailed"), self._mark, kind="primary", closes=False)
        self.blocks = BatchBlocks(
            self, desk, self.mailed_button, taken_out=self._made_anew, marked=self._marked
        )
        self.body.addWidget(self.blocks.banner)
        if remarks:
            self.banner.say("info", " ".join(remarks))
        self._look()

    def _look(self, _: object = None) -> None:
        self._desk.ask(self, self._show, batches.batches, limit=20, channel=Channel.PAPER)

    def _show(self, found: tuple[BatchRow, ...]) -> None:
        self._model.show(found)
        wanted = self._wanted or next((row.id for row in found if row.state is BatchState.MADE), None)
        if found and (self._wanted is not None or self.table.current() is None):
            self.table.choose(wanted or found[0].id)
        self._wanted = None
        self._choose(self.table.current())

    def _choose(self, batch: BatchRow | None) -> None:
        is_made = batch is not None and batch.state is BatchState.MADE
        self.mailed_button.setEnabled(is_made)
        self.apart_button.setEnabled(is_made)
        self.print_button.setEnabled(batch is not None)
        self.blocks.look(batch)
        self.enclosed.setText("")
        if batch is not None:
            self._desk.ask(
                Asker(self, self.refused),
                self._show_enclosures,
                paper_enclosures.enclosures,
                batch_id=batch.id,
            )

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

    def _take_apart(self) -> None:
        if (batch := self.table.current()) is not None:
            self._desk.do(self, self._look, batches.dissolve, batch_ids=(batch.id,))

    def _mark(self) -> None:
        self.blocks.mark_sent()

    def _made_anew(self, _: BatchRow, anew: MadeAnew) -> None:
        self._wanted = anew.batch_id
        self.banner.say("info", tr("The forms of the old batch are not to be mailed. Print the new one."))
        self._look()

    def _marked(self, batch: BatchRow) -> None:
        self._paper.told.emit(tr("Mailed batch {number}", number=batch.number))
        self._look()


def _enclosed(each: Enclosure) -> str:
    on = f", {us_date(each.decided_on)}" if each.decided_on else ""
    return tr("with {number} the explanation of {payer}", number=each.claim_number, payer=each.payer) + on


def _state(batch: BatchRow) -> str:
    if batch.state is BatchState.SENT and batch.sent_at is not None:
        return tr("Mailed {day}", day=f"{batch.sent_at:%m/%d}")
    if batch.made_anew is not None:
        return tr("Made anew as {number}", number=batch.made_anew)
    return tr("Taken apart") if batch.state is BatchState.DISSOLVED else tr("Not mailed yet")
