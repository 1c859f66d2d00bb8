"""What the chart will say about a document, typed in one chain of fields."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records import remembering
from frontdesk.services.records.candidates import Candidate
from frontdesk.services.records.filing import Category, Indexing, Reader, Sensitivity
from frontdesk.services.records.remembering import Remembered
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.records.suggest_edit import SuggestEdit
from frontdesk.ui.records.words import all_categories, all_sensitivities
from frontdesk.ui.text import tr

_NOBODY = 0
_ONE_COLUMN_BELOW = 330


class IndexForm(Form):
    """Enter in any field sends it. What this sender's last papers were is filled in where nothing stands."""

    sent = Signal()
    first_wanted = Signal()
    """Enter in the empty field of the chart: the likeliest candidate is meant."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, widens_below=_ONE_COLUMN_BELOW)
        self._desk = desk
        self.patient = PatientBox(desk)
        self.category = Combo[Category](all_categories(), hint=tr("Choose"))
        self.heading = SuggestEdit()
        self.source = SuggestEdit()
        self.author = TextEdit()
        self.document_on = DateEdit()
        self.received_on = DateEdit()
        self.sensitivity = Combo[Sensitivity](all_sensitivities())
        self.reader = Combo[int](((_NOBODY, tr("Nobody")),))
        self._loaded = self._begun = Indexing(None, "", None)
        self._taken: Candidate | None = None
        self.add("patient_id", tr("Chart"), self.patient)
        self.add("category", tr("&Category"), self.category, span=6)
        self.add("title", tr("&Title"), self.heading, span=6)
        self.add("source", tr("F&rom"), self.source, span=4)
        self.add("author", tr("A&uthor"), self.author, span=4)
        self.add("document_on", tr("Document &date"), self.document_on, span=4)
        self.add("received_on", tr("Recei&ved"), self.received_on, span=4)
        self.add("sensitivity", tr("Sensitivit&y"), self.sensitivity, span=4)
        self.add("reader_ids", tr("&Who must read it"), self.reader, span=4)
        for row in self.fields().values():
            row.control.installEventFilter(self)
        self.category.chosen.connect(lambda _: self._ask_what_was())
        self.source.editingFinished.connect(self._ask_what_was)
        self.patient.textEdited.connect(self._forget_candidate)
        self.patient.chosen.connect(lambda _: self.category.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_readers(self, readers: tuple[Reader, ...]) -> None:
        self.reader.set_options(
            ((_NOBODY, tr("Nobody")), *((reader.provider_id, reader.name) for reader in readers))
        )

    def show_senders(self, senders: tuple[str, ...]) -> None:
        self.source.offer(senders)

    def show_indexing(self, indexing: Indexing, *, asks_patient: bool) -> None:
        self._loaded = indexing
        self._taken = None
        self.clear_errors()
        self.patient.clear_patient()
        self.row("patient_id").setVisible(asks_patient)
        self.category.set_value(indexing.category)
        self.heading.set_value(indexing.title)
        self.document_on.set_value(indexing.document_on)
        self.received_on.set_value(indexing.received_on)
        self.source.set_value(indexing.source)
        self.author.set_value(indexing.author)
        self.sensitivity.set_value(indexing.sensitivity)
        self.reader.set_value(indexing.reader_ids[0] if indexing.reader_ids else _NOBODY)
        self._begun = self.indexing()
        self._ask_what_was()

    def show_draft(self, typed: Indexing) -> None:
        """What somebody typed before they looked at another document."""
        begun, self._begun = self._begun, typed
        loaded = self._loaded
        self.show_indexing(typed, asks_patient=self.row("patient_id").isVisibleTo(self))
        self._loaded, self._begun = loaded, begun

    def indexing(self) -> Indexing:
        """What is typed; more readers than the one shown are kept."""
        chosen = self.reader.value() or _NOBODY
        first = self._loaded.reader_ids[0] if self._loaded.reader_ids else _NOBODY
        readers = self._loaded.reader_ids if chosen == first else (chosen,) if chosen else ()
        return replace(
            self._loaded,
            category=self.category.value(),
            title=self.heading.value(),
            document_on=self.document_on.value(),
            received_on=self.received_on.value(),
            source=self.source.value(),
            author=self.author.value(),
            sensitivity=self.sensitivity.value() or Sensitivity.ORDINARY,
            reader_ids=readers,
        )

    def take(self, candidate: Candidate) -> None:
        """Put a candidate into the field of the chart, and go on to the next field."""
        self.patient.clear_patient()
        self._taken = candidate
        self.patient.setText(candidate.name)
        self.row("patient_id").clear_error()
        self.category.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def patient_id(self) -> int | None:
        """Whose chart was chosen: from the list below the field, or among the candidates."""
        if self.patient.patient is not None:
            return self.patient.patient.patient_id
        return self._taken.patient_id if self._taken is not None else None

    @property
    def is_changed(self) -> bool:
        return self.indexing() != self._begun or self.patient_id is not None

    def start(self) -> None:
        """The cursor into the first field that is still empty."""
        for name, row in self.fields().items():
            is_empty = row.control.property("currentIndex") == -1 or row.control.property("text") == ""
            if row.isVisibleTo(self) and is_empty and name not in ("source", "author", "received_on"):
                row.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: FrontdeskError) -> None:
        """What was entered last time is not known now; nothing depends on it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            is_plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if is_enter and is_plain:
                if isinstance(watched, SuggestEdit) and watched.is_choosing:
                    return False
                if watched is self.patient and self.patient.is_open:
                    return False
                is_asked = watched is self.patient and self.patient_id is None
                (self.first_wanted if is_asked else self.sent).emit()
                return True
            if (
                event.key() == Qt.Key.Key_Down
                and isinstance(watched, QComboBox)
                and watched.currentIndex() < 0
            ):
                watched.setCurrentIndex(0)
                self._ask_what_was()
                return True
        return False

    def _forget_candidate(self) -> None:
        self._taken = None

    def _ask_what_was(self) -> None:
        """What is usual for this sender and this part of the chart."""
        source, category = self.source.value(), self.category.value()
        if source:
            self._desk.ask(self, self._fill, remembering.remembered, source=source, category=category)
        if category is not None:
            self._desk.ask(self, self.heading.offer, remembering.titles, category=category, source=source)

    def _fill(self, last: Remembered) -> None:
        """Only where nothing stands, and where the sender is still the same."""
        was_changed = self.is_changed
        if last.source != self.source.value() or self._loaded.category is not None:
            return
        if last.category is None:
            return
        if self.category.value() is None:
            self.category.set_value(last.category)
            self._desk.ask(
                self, self.heading.offer, remembering.titles, category=last.category, source=last.source
            )
        if not self.author.value():
            self.author.set_value(last.author)
        if not self.reader.value() and last.reader_id is not None:
            self.reader.set_value(last.reader_id)
        if self.sensitivity.value() is Sensitivity.ORDINARY:
            self.sensitivity.set_value(last.sensitivity)
        if not was_changed:
            self._begun = self.indexing()
