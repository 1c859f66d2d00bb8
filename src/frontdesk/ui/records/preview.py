"""The right pane: the document as it is, and below it what the chart says about it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.records import filing, signed, tray, verifying, viewing
from frontdesk.services.records.filing import Indexing, Reader
from frontdesk.services.records.signed import SignedConsent
from frontdesk.services.records.verifying import SealReport
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.records.dialogs import Revoke, Withdraw, WrongChart
from frontdesk.ui.records.index_form import IndexForm
from frontdesk.ui.records.lines import Line
from frontdesk.ui.records.scan_found import ScanFound
from frontdesk.ui.records.text_note import TextNote
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_RESTS_MS = 150  # running down the list with the arrow keys opens, and logs, only where one stops


class Preview(Panel):
    """Shows a line of the table; files, corrects, moves it."""

    filed = Signal()
    """The shown document was filed: on to the next."""
    left = Signal()
    """It is not in this list any more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._line: Line | None = None
        self._opened: OpenedDocument | None = None
        self._consent: SignedConsent | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._open)
        self.view = PdfView(says=tr("Document"))
        self.view.setMinimumHeight(theme().px(96))
        self.view.printed.connect(self._printed)
        self.state = Banner("warn")
        self.state.acted.connect(self._ask_withdraw)
        self.scan = ScanFound(desk)
        self.scan.told.connect(self.told)
        self.scan.recorded.connect(self.filed)
        self.text_note = TextNote(desk)
        self.form = IndexForm(desk)
        self.form.sent.connect(self.send)
        self._build()
        self.show_line(None)

    @property
    def opened(self) -> OpenedDocument | None:
        """The document on the screen."""
        return self._opened

    def show_readers(self, readers: tuple[Reader, ...]) -> None:
        self.form.show_readers(readers)

    def show_line(self, line: Line | None) -> None:
        """The line chosen in the table; opened when the choice has come to rest."""
        shown = self._line
        if line and shown and (line.key, line.is_filed) == (shown.key, shown.is_filed):
            return
        self._line = line
        self.clear_complaints()
        if line is None:
            self._rest.stop()
            self._forget()
            self._stack.setCurrentIndex(0)
        elif self.isVisible():
            self._rest.start()

    def say_empty(self, icon: str, title: str, text: str) -> None:
        """What stands here while no document is chosen."""
        self._empty.say(icon, title, text)

    def send(self) -> None:
        """Enter: file the document, or keep the corrected entry."""
        if self._opened is None or not self.form.check():
            return
        if not self._opened.is_filed:
            self._file(self._opened)
        elif self.form.is_changed:
            self.desk.do(
                self,
                self._corrected,
                filing.correct,
                document_id=self._opened.document_id,
                indexing=self.form.indexing(),
                version=self._opened.version,
            )

    def draft(self) -> Indexing | None:
        """What is typed and not sent."""
        return self.form.indexing() if self._opened is not None and self.form.is_changed else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._line is not None and self._opened is None and self._consent is None:
            self._rest.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at is not opened, and not logged as seen."""
        super().hideEvent(event)
        self._rest.stop()

    def refused(self, error: FrontdeskError) -> None:
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
        self.scan.show_document(opened.document_id)
        self.text_note.show_document(opened.document_id)
        self._stack.setCurrentIndex(1)
        self._foot.setCurrentIndex(0)
        self.form.show_indexing(opened.indexing, asks_patient=opened.patient_id is None)
        if opened.is_filed:
            self.state.say("warn", "")
        else:
            came = tr(
                "Not filed yet. Received {on} {at}.",
                on=us_date(opened.received_at.date()),
                at=us_time(opened.received_at),
            )
            self.state.say("warn", came, icon="inbox", action=tr("Take out…"))
        self._send_button.setText(tr("Save entry") if opened.is_filed else tr("File and next"))
        self._later.setVisible(not opened.is_filed)
        self._wrong.setVisible(opened.patient_id is not None)
        self._later.setText(tr("Take up again") if self._line.is_set_aside else tr("Keep for later"))
        self.desk.ask(self, self._show_pages, viewing.document_pdf, document_id=opened.document_id)

    def _show_consent(self, consent: SignedConsent) -> None:
        if self._line is None or self._line.consent_id != consent.consent_id:
            return
        self._consent = consent
        self._stack.setCurrentIndex(1)
        self._foot.setCurrentIndex(1)
        self.state.say("warn", "")
        self._signed.setText(f"{consent.sentence} {consent.signer}.")
        self._seal.setText(consent.check.sentence)
        self._seal.recolor("text-2" if consent.check.holds else "block-tx")
        self._revoke.setVisible(consent.can_be_revoked)
        self.desk.ask(self, self._show_pages, signed.signed_pdf, consent_id=consent.consent_id)

    def _show_pages(self, pdf: bytes) -> None:
        if self._line is not None and not self.view.show_pdf(pdf, self._line.title):
            self.complain(tr("This document cannot be shown. Ask the sender to send it again."))

    def _forget(self) -> None:
        self._opened = self._consent = None
        self.scan.show_document(None)
        self.text_note.show_document(None)
        self.view.clear()

    # -- acting -----------------------------------------------------------------

    def _file(self, opened: OpenedDocument) -> None:
        patient_id = opened.patient_id
        if patient_id is None and self.form.patient.patient is not None:
            patient_id = self.form.patient.patient.patient_id
        if patient_id is None:
            row = self.form.row("patient_id")
            row.set_error(tr("Choose the patient from the list below the field."))
            self.form.patient.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.desk.do(
            self,
            self._filed,
            filing.file,
            document_id=opened.document_id,
            patient_id=patient_id,
            indexing=self.form.indexing(),
            version=opened.version,
        )

    def _filed(self, _result: None) -> None:
        self.told.emit(tr("Filed {title}", title=self.form.heading.value()))
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
        if self._opened is not None:
            WrongChart(
                self,
                self.desk,
                self._opened.document_id,
                is_filed=self._opened.is_filed,
                then=self.left.emit,
            ).open()

    def _ask_withdraw(self) -> None:
        if self._opened is not None:
            Withdraw(self, self.desk, self._opened.document_id, self.left.emit).open()

    def _ask_revoke(self) -> None:
        if self._consent is not None:
            Revoke(self, self.desk, self._consent.consent_id, self._open).open()

    def check_seals(self) -> None:
        """Every consent of this chart against its seal, one by one."""
        if self._consent is not None:
            self.desk.ask(
                self, self._show_seals, verifying.verify_patient, patient_id=self._consent.patient_id
            )

    def _show_seals(self, report: SealReport) -> None:
        if report.broken:
            self.state.say("block", " ".join(broken.sentence for broken in report.broken))
            return
        one, many = "The seal of {count} consent holds.", "The seals of all {count} consents hold."
        self.state.say("ok", counted(report.checked, one, many), icon="shield-check")

    def _printed(self, pages: int) -> None:
        if self._opened is not None:
            self.desk.do(
                self, self._noted, viewing.note_print, document_id=self._opened.document_id, pages=pages
            )
        elif self._consent is not None:
            self.desk.do(
                self, self._noted, signed.note_print, consent_id=self._consent.consent_id, pages=pages
            )

    def _noted(self, _result: None) -> None:
        """The log has it; nothing on the screen changes."""

    # -- looks --------------------------------------------------------------------

    def _build(self) -> None:
        self._empty = EmptyState("file-search", "", "")
        shown = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(shown)
        notes = QWidget()
        notes.setLayout(
            column(self.banner, self.state, self.text_note, self.scan, gap=6, margins=(12, 2, 12, 8))
        )
        self.view.set_note(notes)
        foot = QWidget()
        self._foot = QStackedLayout(foot)
        self._foot.addWidget(self._document_foot())
        self._foot.addWidget(self._consent_foot())
        whole = QVBoxLayout(shown)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.view, 1)
        whole.addWidget(foot)

    def _document_foot(self) -> QWidget:
        self._wrong = Button(tr("Wrong chart…"))
        self._later = Button(tr("Keep for later"))
        self._send_button = Button(tr("File and next"), "primary", icon="folder-input", keys="Enter")
        self._wrong.clicked.connect(self._ask_wrong_chart)
        self._later.clicked.connect(self._set_aside)
        self._send_button.clicked.connect(self.send)
        fields = _Shrinking(self.form)
        verbs = row(self._wrong, None, self._later, self._send_button, margins=(0, 8, 0, 0))
        foot = Frame("foot", column(fields, verbs, gap=0, margins=(12, 8, 12, 10)))
        foot.setAccessibleName(tr("Entry in the chart"))
        return foot

    def _consent_foot(self) -> QWidget:
        self._signed = Label("", "strong", wrap=True)
        self._seal = Label("", "secondary", "text-2", wrap=True)
        self._revoke = Button(tr("Revoke…"))
        self._revoke.clicked.connect(self._ask_revoke)
        self._all_seals = Button(tr("Check all seals"), icon="shield-check")
        self._all_seals.clicked.connect(self.check_seals)
        words = column(self._signed, self._seal, gap=2)
        line = row(words, self._all_seals, self._revoke)
        line.setStretch(0, 1)
        return Frame("foot", column(line, None, margins=(12, 10, 12, 10)))


class _Shrinking(QScrollArea):
    """As tall as the form where there is room; scrolls on a low screen."""

    def __init__(self, form: IndexForm) -> None:
        super().__init__()
        self._form = form
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(theme().px(48))
        self.setWidget(form)
        self.viewport().setAutoFillBackground(False)
        form.setAutoFillBackground(False)
        form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._form and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self._form.sizeHint() + QSize(0, theme().px(6))
