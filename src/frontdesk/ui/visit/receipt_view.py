"""A receipt before the page: looked at, and printed."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import papers
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class ReceiptView(Dialog):
    """Asks for the sheet of a receipt and shows it."""

    def __init__(self, parent: QWidget, desk: Desk, receipt_id: int) -> None:
        super().__init__(parent, tr("Receipt"), width=640)
        self.view = PdfView(says=tr("Receipt"))
        self.view.setMinimumHeight(theme().px(440))
        self.body.addWidget(self.view)
        self.add_verb(tr("Print…"), self.view.print_out, closes=False)
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        desk.ask(self, self._show, papers.receipt_pdf, receipt_id=receipt_id)

    def _show(self, pdf: bytes) -> None:
        self.view.show_pdf(pdf)
