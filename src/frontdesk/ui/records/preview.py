"""The right pane: the document as it is, and below it what the chart says about it."""

from dataclasses import replace

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from frontdesk.formats.page_picture import PagePicture
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records import (
    archiving,
    filing,
    signed,
    tray,
    viewing,
)
from frontdesk.services.records.filing import Indexing, Reader
from frontdesk.services.records.signed import SignedConsent
from frontdesk.services.records.viewing import OpenedDocument, Standing
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.page import Key, Panel
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.records.amendment_note import AmendmentNote
from frontdesk.ui.records.consent_foot import ConsentFoot
from frontdesk.ui.records.dialogs import PutAway, Withdraw, WrongChart
from frontdesk.ui.records.document_foot import DocumentFoot
from frontdesk.ui.records.document_tools import DocumentTools
from frontdesk.ui.records.lines import Line
from frontdesk.ui.records.loading import PagesOnTheWay, picture_of
from frontdesk.ui.records.scan_found import ScanFound
from frontdesk.ui.records.text_note import TextNote
from frontdesk.ui.records.whose_chart import WhoseChart
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_RESTS_MS = 150  # running down the list with the arrow keys opens, and logs, only where one stops
_LOW = 600
"""Below this height one line of candidates leaves room for the document."""
_FEW, _ALL = 1, 5


class Preview(Panel):
    """Shows a line of the table; files, corrects, moves it, and works on its pages."""

    topics = frozenset({"document", "document_reading", "document_version", "amendment_event"})

    filed = Signal()
    """The shown document was filed: on to the next."""
    left = Signal()
    """It is not in this list any more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._line: Line | None = None
        self._opened: OpenedDocument | None = None
        self._is_sending = False
        self._drafts: dict[int, Indexing] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._open)
        self.view = PdfView(says=tr("Document"))
        self.view.setMinimumHeight(theme().px(96))
        self.news = Banner("warn")
        self.news.acted.connect(self._open)
        self.whose = WhoseChart(desk)
        self.scan = ScanFound(desk)
        self.scan.told.connect(self.told)
        self.scan.recorded.connect(self.filed)
        self.text_note = TextNote(desk)
        self.amended = AmendmentNote(desk)
        self.scan.looked.connect(self.whose.look_at_codes)
        self.tools = DocumentTools(desk, self.view, self)
        self.pages = PagesOnTheWay(desk, self)
        self.foot = DocumentFoot(desk)
        self.consent_foot = ConsentFoot(desk)
        self.form = self.foot.form
        self._build()
        self._connect()
        self.show_line(None)

    @property
    def opened(self) -> OpenedDocument | None:
        """The document on the screen."""
        return self._opened

    def reload(self) -> None:
        """Another desk may have changed what is shown."""
        if self._opened is not None and not self._is_sending:
            self.desk.ask(self, self._meet, viewing.standing, document_id=self._opened.document_id)

    def keys(self) -> tuple[Key, ...]:
        """What acts on the shown document."""
        return (
            *self.whose.list.keys(),
            *self.tools.keys(),
            Key("Ctrl+D", tr("Sign off"), self.sign_off),
            Key("Ctrl+R", tr("Record a signature, take a superbill in"), self.scan.record),
            Key("Ctrl+Return", tr("File and next, from any field"), self.send),
        )

    def show_readers(self, readers: tuple[Reader, ...]) -> None:
        self.form.show_readers(readers)

    def show_line(self, line: Line | None) -> None:
        """The line chosen in the table; opened when the choice has come to rest."""
        if line is not None and line.destroyed:
            self._show_stub(line)
            return
        shown = self._line
        if line and shown and (line.key, line.is_filed) == (shown.key, shown.is_filed):
            return
        self._keep_draft()
        self._line = line
        self.clear_complaints()
        if line is None:
            self._rest.stop()
            self._forget()
            self._stack.setCurrentIndex(0)
        elif self.isVisible():
            self._rest.start()

    def _show_stub(self, line: Line) -> None:
        """Of a destroyed document there is nothing to open."""
        self._line = line
        self.clear_complaints()
        self._rest.stop()
        self._forget()
        proof = tr(
            "The pages cannot be brought back. This entry and the certificate of the run stay as proof."
        )
        self._empty.say("archive-x", line.destroyed, proof)
        self._stack.setCurrentIndex(0)

    def say_empty(self, icon: str, title: str, text: str) -> None:
        """What stands here while no document is chosen."""
        self._empty.say(icon, title, text)

    def send(self) -> None:
        """Enter: file the document, or keep the corrected entry."""
        opened = self._opened
        if opened is None or not self.form.check():
            return
        if not opened.is_filed:
            self._file(opened)
        elif self.form.is_changed:
            self._is_sending = True
            self.desk.do(
                self,
                self._corrected,
                filing.correct,
                document_id=opened.document_id,
                indexing=self.form.indexing(),
                version=opened.version,
            )

    def accept_first(self) -> bool:
        """The likeliest chart, where none was chosen; says whether there is one."""
        opened = self._opened
        if opened is None or opened.patient_id is not None or self.form.patient_id is not None:
            return False
        return self.whose.list.take(1)

    def draft(self) -> Indexing | None:
        """What is typed and not sent."""
        return self.form.indexing() if self._opened is not None and self.form.is_changed else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.whose.list.show_most(_FEW if self.height() < theme().px(_LOW) else _ALL)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        is_shown = self._opened is not None or self.consent_foot.consent is not None
        if self._line is not None and not self._line.destroyed and not is_shown:
            self._rest.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at is not opened, and not logged as seen."""
        super().hideEvent(event)
        self._rest.stop()

    def refused(self, error: FrontdeskError) -> None:
        self._is_sending = False
        super().refused(error)
        if self._opened is None:
            self._stack.setCurrentIndex(1)

    # -- opening ----------------------------------------------------------------

    def _open(self) -> None:
        line = self._line
        self._forget()
        if line is None:
            return
        if line.document_id is not None:
            self.desk.do(self, self._show_document, viewing.open_document, document_id=line.document_id)
        elif line.consent_id is not None:
            self.desk.do(self, self._show_consent, signed.open_consent, consent_id=line.consent_id)

    def _show_document(self, opened: OpenedDocument) -> None:
        if self._line is None or self._line.document_id != opened.document_id:
            return
        self._opened = opened
        self._is_sending = False
        self.scan.show_document(opened.document_id)
        self.text_note.show_document(opened.document_id)
        self.amended.show_document(opened.document_id)
        self._stack.setCurrentIndex(1)
        self._feet.setCurrentWidget(self.foot)
        self.foot.show_document(opened, is_set_aside=self._line.is_set_aside)
        typed = self._drafts.pop(opened.document_id, None)
        if typed is not None:
            self.form.show_draft(typed)
        self.whose.show_document(opened)
        self.tools.show_document(opened, self._line.title)
        self.pages.start(opened, max(theme().px(480), self.view.width()))

    def _show_first(self, page: PagePicture) -> None:
        if self._line is not None:
            self.view.show_first(picture_of(page), page.pages, self._line.title)

    def _show_consent(self, consent: SignedConsent) -> None:
        if self._line is None or self._line.consent_id != consent.consent_id:
            return
        self._stack.setCurrentIndex(1)
        self._feet.setCurrentWidget(self.consent_foot)
        self.consent_foot.show_consent(consent)
        self.desk.ask(self, self._show_pages, signed.signed_pdf, consent_id=consent.consent_id)

    def _show_pages(self, pdf: bytes | QByteArray) -> None:
        if self._line is not None and not self.view.show_pdf(pdf, self._line.title):
            self.complain(tr("This document cannot be shown. Ask the sender to send it again."))
        else:
            self.tools.show_pages()

    def _forget(self) -> None:
        self.pages.stop()
        self._opened = None
        self.consent_foot.show_consent(None)
        self.scan.show_document(None)
        self.text_note.show_document(None)
        self.amended.show_document(None)
        self.whose.show_document(None)
        self.news.say("warn", "")
        self.tools.show_document(None)
        self.view.clear()

    def _keep_draft(self) -> None:
        typed = self.draft()
        if typed is not None and self._opened is not None:
            self._drafts[self._opened.document_id] = typed

    # -- another desk -------------------------------------------------------------

    def _meet(self, now: Standing) -> None:
        """What another desk made of the document that is open here."""
        opened = self._opened
        if opened is None or self._is_sending or now.document_id != opened.document_id:
            return
        if now.version == opened.version:
            return
        if self.draft() is None and not self.tools.is_under_way:
            self._open()
            return
        self._opened = replace(opened, version=now.version, patient_id=now.patient_id, is_filed=now.is_filed)
        self.foot.show_standing(is_filed=now.is_filed)
        self.whose.show_document(self._opened)
        said = tr("Another desk changed this document while you had it open. {now}", now=now.sentence)
        kept = tr("What you typed is still here.")
        self.news.say("warn", f"{said} {kept}", action=tr("Take theirs"))

    # -- acting -----------------------------------------------------------------

    def _file(self, opened: OpenedDocument) -> None:
        patient_id = opened.patient_id if opened.patient_id is not None else self.form.patient_id
        if patient_id is None:
            row = self.form.row("patient_id")
            row.set_error(tr("Choose the patient from the list below the field."))
            self.form.patient.setFocus()
            return
        self._is_sending = True
        self.desk.do(
            self,
            self._was_filed,
            filing.file,
            document_id=opened.document_id,
            patient_id=patient_id,
            indexing=self.form.indexing(),
            version=opened.version,
        )

    def _was_filed(self, _result: None) -> None:
        self.told.emit(tr("Filed {title}", title=self.form.heading.value()))
        self._opened = None  # what was typed has arrived: there is no draft to be kept
        self._is_sending = False
        self.filed.emit()

    def _corrected(self, _result: object) -> None:
        self.told.emit(tr("Corrected {title}", title=self.form.heading.value()))
        self._open()

    def _set_aside(self) -> None:
        if self._opened is not None and self._line is not None:
            act = tray.take_up_again if self._line.is_set_aside else tray.keep_for_later
            self.desk.do(self, self._was_set_aside, act, document_id=self._opened.document_id)

    def _was_set_aside(self, _result: None) -> None:
        self.filed.emit()

    def _ask_wrong_chart(self) -> None:
        if (opened := self._opened) is not None:
            WrongChart(self, self.desk, opened, self._gone).open()

    def _ask_withdraw(self) -> None:
        if self._opened is not None and not self._opened.is_filed:
            Withdraw(self, self.desk, self._opened.document_id, self._gone).open()

    def _ask_put_away(self) -> None:
        opened = self._opened
        if opened is None:
            return
        if opened.is_archived:
            self.desk.do(self, lambda _: self._gone(), archiving.unarchive, document_id=opened.document_id)
        else:
            PutAway(self, self.desk, opened, self._gone).open()

    def _gone(self) -> None:
        self._opened = None
        self.left.emit()

    def sign_off(self) -> None:
        """Ctrl+D: the document was read."""
        reading = self.foot.reading
        if reading is not None and self._opened is not None:
            self._is_sending = True
            self.desk.do(
                self,
                self._signed_off,
                viewing.mark_read,
                reading_id=reading.reading_id,
                version=reading.version,
            )

    def _signed_off(self, _result: None) -> None:
        self.told.emit(tr("Signed off"))
        self._is_sending = False
        self._open()

    def _printed(self, pages: int) -> None:
        consent = self.consent_foot.consent
        self.tools.note_print(pages, consent.consent_id if consent is not None else None)

    # -- looks --------------------------------------------------------------------

    def _connect(self) -> None:
        self.form.sent.connect(self.send)
        self.form.first_wanted.connect(self.accept_first)
        self.foot.wrong_button.clicked.connect(self._ask_wrong_chart)
        self.foot.away_button.clicked.connect(self._ask_put_away)
        self.foot.later_button.clicked.connect(self._set_aside)
        self.foot.send_button.clicked.connect(self.send)
        self.foot.sign_button.clicked.connect(self.sign_off)
        self.consent_foot.revoked.connect(self._open)
        self.whose.taken.connect(self.form.take)
        self.whose.withdraw_wanted.connect(self._ask_withdraw)
        self.tools.arranged.connect(self._open)
        self.tools.split.connect(self._gone)
        self.tools.told.connect(self.told)
        self.tools.failed.connect(self.refused)
        self.view.printed.connect(self._printed)
        self.pages.first.connect(self._show_first)
        self.pages.arrived.connect(self._show_pages)
        self.pages.failed.connect(self.refused)

    def _build(self) -> None:
        self._empty = EmptyState("file-search", "", "")
        shown = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(shown)
        notes = QWidget()
        said = (self.banner, self.news, self.tools.original, self.consent_foot.verdict)
        below = (self.whose, self.amended, self.text_note, self.scan, self.tools.strip.bar)
        notes.setLayout(column(*said, *below, gap=6, margins=(12, 2, 12, 8)))
        self.view.set_note(notes)
        feet = QWidget()
        self.tools.works_on_pages.connect(lambda is_on: feet.setVisible(not is_on))
        self.tools.works_on_pages.connect(lambda is_on: self.whose.setVisible(not is_on))
        self._feet = QStackedLayout(feet)
        self._feet.addWidget(self.foot)
        self._feet.addWidget(self.consent_foot)
        whole = QVBoxLayout(shown)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.view, 1)
        whole.addWidget(feet)
