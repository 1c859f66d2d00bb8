"""The newest batches of one way to the payer, in a dialog: taken apart, or counted as sent."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import batches
from frontdesk.services.billing.batch_blocks import MadeAnew
from frontdesk.services.billing.batches import BatchRow, BatchState, Channel
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.batch_blocks import BatchBlocks
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ROOM = 200
"""The table's height in pixels at 100 %: six batches."""


class BatchListDialog(Dialog):
    """A subclass adds its verbs, then `end_with` the one that counts a batch as sent, and looks."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        channel: Channel,
        question: str,
        consequence: str,
        *,
        icon: str,
        name: Column[BatchRow],
        state: Callable[[BatchRow], str],
        wanted: int | None,
    ) -> None:
        super().__init__(parent, question, consequence, icon=icon, icon_color="accent", width=720)
        self._desk, self._channel, self._wanted = desk, channel, wanted
        self._model = TableModel[BatchRow](
            [
                name,
                Column("To", lambda batch: batch.receiver),
                Column("Claims", lambda batch: str(batch.claims), width=64, align="right"),
                Column("Charges", lambda batch: ledger(batch.charge_cents), width=92, align="right"),
                Column("State", state, width=160),
            ],
            key=lambda batch: batch.id,
        )
        self.table = Table(self._model, says=question)
        Offer(self.table, lambda: amounts.of_batch(self.table.current()))
        self.table.setFixedHeight(theme().px(_ROOM))
        self.table.chosen.connect(self.choose)
        self.body.addWidget(self.table)
        self.add_verb(tr("Close"), keys="Esc")
        self.apart_button = self.add_verb(tr("Take apart"), self._take_apart, closes=False)

    def end_with(self, words: str) -> Button:
        """The primary verb; what stops a batch stands above it."""
        button = self.add_verb(words, self._mark, kind="primary", closes=False)
        self.sent_button = button
        self.blocks = BatchBlocks(self, self._desk, button, taken_out=self.made_anew, marked=self.marked)
        self.body.addWidget(self.blocks.banner)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return button

    def look(self, _: object = None) -> None:
        """Ask for the batches again."""
        self._desk.ask(self, self._show, batches.batches, limit=20, channel=self._channel)

    def choose(self, batch: BatchRow | None) -> None:
        """What can be done with the chosen batch."""
        is_made = batch is not None and batch.state is BatchState.MADE
        self.sent_button.setEnabled(is_made)
        self.apart_button.setEnabled(is_made)
        self.blocks.look(batch)

    def made_anew(self, _old: BatchRow, anew: MadeAnew) -> None:
        """Claims were taken out: another batch stands for the old one."""
        self._wanted = anew.batch_id
        self.look()

    def marked(self, _: BatchRow) -> None:
        """It counts as sent."""
        self.look()

    def _show(self, found: tuple[BatchRow, ...]) -> None:
        self._model.show(found)
        first = next(
            (batch for batch in found if batch.state is BatchState.MADE), found[0] if found else None
        )
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        elif self.table.current() is None and first is not None:
            self.table.choose(first.id)
        self.choose(self.table.current())

    def _mark(self) -> None:
        self.blocks.mark_sent()

    def _take_apart(self) -> None:
        if (batch := self.table.current()) is not None:
            self._desk.do(self, self.look, batches.dissolve, batch_ids=(batch.id,))


def state_words(batch: BatchRow, *, sent: str, waits: str) -> str:
    """Where a batch stands; `sent` and `waits` as its way to the payer says them."""
    if batch.state is BatchState.SENT and batch.sent_at is not None:
        return sent
    if batch.made_anew is not None:
        return tr("Made anew as {number}", number=batch.made_anew)
    return tr("Taken apart") if batch.state is BatchState.DISSOLVED else waits
