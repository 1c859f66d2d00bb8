"""Superbills on a scan: what their bars say, and the one key that takes them back in and files the pages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import superbill_scans
from frontdesk.services.billing.superbill_scans import SheetFound, TakenIn
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr

_MOST_LINES = 3


class SuperbillFound(Panel):
    """Hidden where no superbill is on the document."""

    taken_in = Signal()
    """The pages are filed; the document has left the tray."""
    looked = Signal()
    """It is known now whether there is one, and the panel is shown or hidden."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._document_id: int | None = None
        self._found: tuple[SheetFound, ...] = ()
        self._said = Label("", "secondary", wrap=True)
        self.take_button = Button(tr("Take superbill in"), "tonal", icon="receipt-text", keys="Ctrl+R")
        self.take_button.clicked.connect(self.take_in)
        self.setLayout(column(self.banner, self._said, row(self.take_button, None), gap=4))
        set_shown(self, False)

    def show_document(self, document_id: int | None) -> None:
        """Look for superbills on a document."""
        self._document_id = document_id
        self._show(())
        self.complain("")
        if document_id is not None and self.desk.may("billing.enter_charges"):
            self.desk.ask(
                self,
                lambda found: self._take(document_id, found),
                superbill_scans.found_in,
                document_id=document_id,
            )

    def take_in(self) -> None:
        """Ctrl+R: mark the superbills as returned and file their pages."""
        if self._document_id is not None and self._found:
            self.complain("")
            self.desk.do(self, self._done, superbill_scans.take_in, document_id=self._document_id)

    def _take(self, document_id: int | None, found: tuple[SheetFound, ...]) -> None:
        if document_id == self._document_id:
            self._show(found)

    def _show(self, found: tuple[SheetFound, ...]) -> None:
        self._found = found
        lines = [each.sentence for each in found[:_MOST_LINES]]
        if len(found) > _MOST_LINES:
            more = len(found) - _MOST_LINES
            lines.append(counted(more, "{count} more superbill", "{count} more superbills"))
        self._said.setText("\n".join(lines))
        set_shown(self, bool(found))
        self.looked.emit()

    @property
    def is_there(self) -> bool:
        """Whether the document shows a superbill."""
        return bool(self._found)

    def _done(self, taken: TakenIn) -> None:
        self._show(())
        self.told.emit(
            counted(len(taken.superbill_ids), "Took {count} superbill in", "Took {count} superbills in")
        )
        self.taken_in.emit()
