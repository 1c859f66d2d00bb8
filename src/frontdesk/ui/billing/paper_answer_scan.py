"""The scan of a payer's paper: chosen among what waits in the tray, and looked at."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import paper_answer_scans
from frontdesk.services.billing.paper_answer_scans import ScanChoice
from frontdesk.services.records import viewing
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_WIDTH, _HEIGHT = 560, 300


class ScanDialog(Dialog):
    """`then` gets the id and the title of the chosen document."""

    def __init__(self, parent: QWidget, desk: Desk, then: Callable[[int, str], object]) -> None:
        super().__init__(
            parent,
            tr("Which scan is this paper?"),
            tr("The newest of the tray of Records stands first. It stays there and can still be filed."),
            icon="scan-line",
            icon_color="accent",
            width=_WIDTH,
        )
        self._desk, self._then = desk, then
        self.model = TableModel[ScanChoice](
            [
                Column("Document", lambda each: each.title),
                Column("From", lambda each: each.source, width=140),
                Column("Received", lambda each: us_date(each.received_at.date()), width=92),
                Column("Pages", _pages, width=70, align="right"),
            ],
            key=lambda each: each.document_id,
        )
        self.table = Table(self.model, says=tr("Scans in the tray"))
        self.table.setMinimumHeight(min(theme().px(_HEIGHT), parent.window().height() - theme().px(240)))
        self.table.opened.connect(lambda _: self._go())
        self._nothing = Label("", "body", "text-2", wrap=True)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.table)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Look at it"), self._look, closes=False)
        self.go_button = self.add_verb(tr("Attach"), self._go, kind="primary", closes=False)
        self.table.setFocus()
        desk.ask(self, self._show, paper_answer_scans.choices)

    def _show(self, found: tuple[ScanChoice, ...]) -> None:
        self.model.show(found)
        self._nothing.setText("" if found else tr("Nothing waits in the tray. Scan the paper there first."))
        self._nothing.setVisible(not found)
        self.go_button.setEnabled(bool(found))
        self.table.choose_first()

    def _look(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            look_at(self, self._desk, chosen.document_id)

    def _go(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self.accept()
            self._then(chosen.document_id, chosen.title)


def look_at(parent: QWidget, desk: Desk, document_id: int) -> PaperDialog:
    """Open a scan; that it was seen is written down."""
    dialog = PaperDialog(parent, desk, tr("The paper as it came"), "eob.pdf")

    def show(_: OpenedDocument) -> None:
        desk.ask(dialog, dialog.show_pdf, viewing.document_pdf, document_id=document_id)

    dialog.open()
    desk.do(dialog, show, viewing.open_document, document_id=document_id)
    return dialog


def _pages(each: ScanChoice) -> str:
    return counted(each.pages, "{count} page", "{count} pages") if each.pages else ""
