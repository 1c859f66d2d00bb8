"""A batch whose claims have a problem by now: says which, takes them out, or asks why it counts as sent."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.billing import batch_blocks, batches
from frontdesk.services.billing.batch_blocks import BlockedClaim, MadeAnew
from frontdesk.services.billing.batches import BatchRow, BatchState
from frontdesk.ui.billing.frame import ReasonDialog, ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.text import counted, tr

_NAMED = 3


class BatchBlocks(QObject):
    """Watches the batch that a dialog has chosen; `mark` is the dialog's button for sending."""

    def __init__(
        self,
        dialog: Dialog,
        desk: Desk,
        mark: Button,
        *,
        taken_out: Callable[[BatchRow, MadeAnew], object],
        marked: Callable[[BatchRow], object],
    ) -> None:
        super().__init__(dialog)
        self._dialog, self._desk, self._mark = dialog, desk, mark
        self._taken_out, self._marked = taken_out, marked
        self._words = mark.text()
        self._batch: BatchRow | None = None
        self.found: tuple[BlockedClaim, ...] = ()
        self.banner = Banner("block")
        self.banner.acted.connect(self.take_out)

    def look(self, batch: BatchRow | None) -> None:
        """Check the claims of a batch that was not sent; a changed choice clears what was said."""
        if batch is None or self._batch is None or batch.id != self._batch.id:
            self._show(())
        self._batch = batch
        if batch is not None and batch.state is BatchState.MADE:
            self._desk.ask(self, self._show, batch_blocks.blocked_in, batch_id=batch.id)
        else:
            self._show(())

    def mark_sent(self) -> None:
        """Mark the batch; where claims in it have a problem by now, with the reason only."""
        batch = self._batch
        if batch is None:
            return
        if not self.found:
            self._desk.do(self, lambda _: self._marked(batch), batches.mark_sent, batch_id=batch.id)
            return

        def ask(dialog: ReasonDialog, reason: str) -> None:
            self._desk.do(
                dialog,
                lambda _: self._marked_despite(dialog, batch),
                batches.mark_sent,
                batch_id=batch.id,
                despite=reason,
            )

        ask_why(
            self._dialog,
            tr("Count it as sent all the same?"),
            tr("Its claims lie with the payer then. The reason is kept with the batch and with each claim."),
            verb=tr("Mark as sent"),
            hint=tr("The clearinghouse took it at 9:40, …"),
            then=ask,
        )

    def take_out(self) -> None:
        """Take the claims that are stopped out, and make the batch anew without them."""
        if (batch := self._batch) is not None and self.found:
            self._desk.do(
                self,
                lambda anew: self._taken_out(batch, anew),
                batch_blocks.take_out,
                batch_id=batch.id,
                claim_ids=tuple(claim.claim_id for claim in self.found),
            )

    def _marked_despite(self, dialog: ReasonDialog, batch: BatchRow) -> None:
        dialog.close_done()
        self._marked(batch)

    def refused(self, error: FrontdeskError) -> None:
        """Something changed meanwhile: say it, and look again."""
        self._dialog.refused(error)
        self.look(self._batch)

    def _show(self, found: tuple[BlockedClaim, ...]) -> None:
        self.found = found
        many = counted(
            len(found),
            "{count} claim in it has a problem now that stops it.",
            "{count} claims in it have a problem now that stops them.",
        )
        named = [f"{claim.number} {claim.patient}: {claim.message}" for claim in found[:_NAMED]]
        if len(found) > _NAMED:
            named.append(tr("and {count} more.", count=len(found) - _NAMED))
        out = tr("Take it out") if len(found) == 1 else tr("Take them out")
        self.banner.say("block", "\n".join((many, *named)) if found else "", action=out)
        self._mark.setText(tr("It has left already…") if found else self._words)
        self._mark.updateGeometry()
        self._dialog.adjustSize()
