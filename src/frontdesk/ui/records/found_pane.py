"""Beside the list of what was found: whose document it is, where the words stand, and its pages on demand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import viewing
from frontdesk.services.records.search import FoundDocument
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.text_note import MarkedLabel, why_not
from frontdesk.ui.records.words import title_of
from frontdesk.ui.text import tr


class FoundPane(Panel):
    """Pages of another chart are opened, and logged as seen, only when somebody asks for them."""

    open_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found: FoundDocument | None = None
        self._is_open = False
        self.heading = Label("", "section", wrap=True)
        self.whose = Label("", "strong", wrap=True)
        self.facts = Label("", "secondary", "text-2", wrap=True)
        self.where = MarkedLabel()
        self.why_not = Label("", "secondary", "text-2", wrap=True)
        self.pages_button = Button(tr("Show its pages"), icon="eye", keys="Space")
        self.pages_button.clicked.connect(self.show_pages)
        self.open_button = Button(tr("Open in the chart"), "primary", icon="folder-open", keys="Enter")
        self.open_button.clicked.connect(self.open_wanted)
        self.view = PdfView(says=tr("Document"))
        self.view.printed.connect(self._printed)
        self._closed = EmptyState(
            "eye-off",
            tr("Its pages are not open"),
            tr("Press Space to see them here. Like every look at a document, it is written into the log."),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self._closed)
        self.pages.addWidget(self.view)
        self._build()
        self.show_found(None)

    @property
    def shows_pages(self) -> bool:
        """Whether the pages of the chosen document are on the screen."""
        return self._is_open

    def show_found(self, found: FoundDocument | None) -> None:
        """The chosen line; the pages of the one before are put away."""
        if found is not None and self._found is not None and found.document_id == self._found.document_id:
            self._found = found
            return
        self._found, self._is_open = found, False
        self.clear_complaints()
        self.view.clear()
        self.pages.setCurrentIndex(0)
        set_shown(self._whole, found is not None)
        if found is None:
            return
        self.heading.setText(found.title)
        self.whose.setText(
            tr("{name}, chart {number}", name=found.patient_name, number=found.chart_number)
            if found.patient_id is not None
            else tr("In the tray, no chart yet")
        )
        parts = [
            title_of(found.category) if found.category else "",
            tr("from {source}", source=found.source) if found.source else "",
            us_date(found.on),
            "" if found.is_filed else tr("not filed yet"),
        ]
        self.facts.setText(", ".join(part for part in parts if part))
        self.where.show_marked(found.snippet, found.snippet_marks)
        self.why_not.setText(why_not(found.text_state))
        set_shown(self.why_not, bool(self.why_not.text()))
        self.open_button.setText(
            tr("Open in the chart") if found.patient_id is not None else tr("Open the tray")
        )

    def show_pages(self) -> None:
        """Space: the pages, and the entry in the log that they were seen."""
        if self._found is not None and not self._is_open:
            self.clear_complaints()
            found = self._found
            self.desk.do(self, self._opened, viewing.open_document, document_id=found.document_id)

    def _opened(self, opened: OpenedDocument) -> None:
        if self._found is not None and opened.document_id == self._found.document_id:
            self._is_open = True
            self.desk.ask(self, self._show_pdf, viewing.document_pdf, document_id=opened.document_id)

    def _show_pdf(self, pdf: bytes) -> None:
        if self._found is None or not self._is_open:
            return
        if self.view.show_pdf(pdf, ""):
            self.pages.setCurrentIndex(1)
        else:
            self.complain(tr("This document cannot be shown. Ask the sender to send it again."))

    def _printed(self, pages: int) -> None:
        if self._found is not None:
            document_id = self._found.document_id
            self.desk.do(self, self._noted, viewing.note_print, document_id=document_id, pages=pages)

    def _noted(self, _result: None) -> None:
        """The log has it; nothing on the screen changes."""

    def _build(self) -> None:
        verbs = row(self.pages_button, None, self.open_button, margins=(0, 6, 0, 0))
        said = column(self.heading, self.whose, self.facts, 4, self.where, self.why_not, verbs, gap=2)
        head = Frame("surface", column(said, margins=(12, 10, 12, 10), gap=0))
        self._whole = QWidget()
        whole = column(head, self.pages, gap=0)
        whole.setStretch(1, 1)
        self._whole.setLayout(whole)
        outer = column(self.banner, self._whole, gap=0)
        outer.setStretch(1, 1)
        self.setLayout(outer)
