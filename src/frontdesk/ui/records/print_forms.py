"""Forms on paper, each with its code: looked at, printed, and noted as handed out."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.records import paper
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import counted, tr


class PrintForms(PaperDialog):
    """Sheets whose prints are noted already; where they are printed at the desk, they are handed out."""

    def __init__(
        self, parent: QWidget, desk: Desk, print_ids: tuple[int, ...], *, hands_out: bool = False
    ) -> None:
        title = counted(len(print_ids), "{count} form to sign on paper", "{count} forms to sign on paper")
        super().__init__(parent, desk, title, tr("forms-to-sign.pdf"))
        self._print_ids = print_ids
        if hands_out:
            self.view.printed.connect(self._handed_out)
        desk.ask(self, self.show_pdf, paper.printed_pdf, print_ids=print_ids)

    def _handed_out(self, _pages: int) -> None:
        self._desk.do(self, lambda _: None, paper.mark_handed_out, print_ids=self._print_ids)
