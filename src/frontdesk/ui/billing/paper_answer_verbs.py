"""What can be done with a remittance that came on paper: its typing is put right, its scan looked at."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import paper_answer_scans, paper_answers
from frontdesk.services.billing.paper_answers import WaitingPaper
from frontdesk.services.billing.remittance_views import RemittanceRow, RemittanceState
from frontdesk.ui.billing.paper_answer_scan import ScanDialog, look_at
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr


class EnterPaperButton(Button):
    """Opens the page for paper, and says how many papers are put aside there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Enter paper…"), icon="file-input", parent=parent)
        self.setToolTip(tr("What an insurer sent by mail (Ctrl+Shift+N)"))

    def show_waiting(self, waiting: tuple[WaitingPaper, ...]) -> None:
        many = len(waiting)
        self.setText(tr("Enter paper… ({many})", many=many) if many else tr("Enter paper…"))
        aside = counted(many, "{count} paper is put aside", "{count} papers are put aside") if many else ""
        self.setAccessibleDescription(aside)
        self.setToolTip(aside or tr("What an insurer sent by mail (Ctrl+Shift+N)"))
        self.updateGeometry()


class PaperVerbs(QWidget):
    """Hidden for a remittance that came as a file; the page it is joined to owns the acts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._desk: Desk | None = None
        self._row: RemittanceRow | None = None
        self.scan_button = IconButton("scan-line", tr("Attach the scan of the paper"))
        self.change_button = Button(tr("Change…"), icon="pencil")
        self.change_button.setAccessibleName(tr("Change what was typed in from the paper"))
        self.scan_button.clicked.connect(self.scan)
        self.change_button.clicked.connect(self.change)
        self.setLayout(row(self.scan_button, self.change_button))
        set_shown(self, False)

    def acted_on(self, page: Page, desk: Desk) -> None:
        """Whose acts they are."""
        self._page, self._desk = page, desk

    def show_row(self, remittance: RemittanceRow) -> None:
        self._row = remittance
        is_open = remittance.state in (RemittanceState.OPEN, RemittanceState.HELD)
        set_shown(self, remittance.is_paper)
        set_shown(self.change_button, is_open)
        has_scan = remittance.document_id is not None
        self.scan_button.show_icon("file-check" if has_scan else "scan-line")
        words = tr("Look at the scan of the paper") if has_scan else tr("Attach the scan of the paper")
        self.scan_button.setToolTip(words)
        self.scan_button.setAccessibleName(words)

    def scan(self) -> None:
        """Look at the scan, or choose one."""
        if self._page is None or self._desk is None or self._row is None:
            return
        if self._row.document_id is not None:
            look_at(self._page, self._desk, self._row.document_id)
        else:
            ScanDialog(self._page, self._desk, self._attach).open()

    def change(self) -> None:
        """Take the typing up again: the remittance goes out of the work until it is entered anew."""
        if self._page is not None and self._desk is not None and self._row is not None:
            self._desk.ask(self._page, self._take_up, paper_answers.paper_of, remittance_id=self._row.id)

    def _attach(self, document_id: int, title: str) -> None:
        if self._page is not None and self._desk is not None and self._row is not None:
            page = self._page
            self._desk.do(
                page,
                lambda _: page.told.emit(tr("Attached {title}", title=title)),
                paper_answer_scans.attach,
                remittance_id=self._row.id,
                document_id=document_id,
            )

    def _take_up(self, paper_id: int) -> None:
        if self._page is not None and self._desk is not None:
            self._desk.do(
                self._page,
                lambda _: self._taken_up(paper_id),
                paper_answers.take_up,
                paper_id=paper_id,
            )

    def _taken_up(self, paper_id: int) -> None:
        if self._page is not None:
            self._page.told.emit(tr("Took the paper up again"))
            self._page.go.emit("paper_answers", Errand("paper", about_id=paper_id))
