"""What the chart will say about a document, typed in one chain of fields."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from frontdesk.services.records.filing import Category, Indexing, Reader
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.records.words import all_categories
from frontdesk.ui.text import tr

_NOBODY = 0


class IndexForm(Form):
    """Enter in any field sends it."""

    sent = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.patient = PatientBox(desk)
        self.category = Combo[Category](all_categories(), hint=tr("Choose"))
        self.heading = TextEdit()
        self.document_on = DateEdit()
        self.source = TextEdit()
        self.reader = Combo[int](((_NOBODY, tr("Nobody")),))
        self._loaded = Indexing(None, "", None)
        self.add("patient_id", tr("Chart"), self.patient)
        self.add("category", tr("&Category"), self.category, span=6)
        self.add("title", tr("&Title"), self.heading, span=6)
        self.add("document_on", tr("Document &date"), self.document_on, span=4)
        self.add("source", tr("F&rom"), self.source, span=4)
        self.add("reader_ids", tr("&Who must read it"), self.reader, span=4)
        for control in (self.category, self.heading, self.document_on, self.source, self.reader):
            control.installEventFilter(self)

    def show_readers(self, readers: tuple[Reader, ...]) -> None:
        self.reader.set_options(
            ((_NOBODY, tr("Nobody")), *((reader.provider_id, reader.name) for reader in readers))
        )

    def show_indexing(self, indexing: Indexing, *, asks_patient: bool) -> None:
        self._loaded = indexing
        self.clear_errors()
        self.patient.clear_patient()
        self.row("patient_id").setVisible(asks_patient)
        self.category.set_value(indexing.category)
        self.heading.set_value(indexing.title)
        self.document_on.set_value(indexing.document_on)
        self.source.set_value(indexing.source)
        self.reader.set_value(indexing.reader_ids[0] if indexing.reader_ids else _NOBODY)

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
            source=self.source.value(),
            reader_ids=readers,
        )

    @property
    def is_changed(self) -> bool:
        return self.indexing() != self._loaded

    def start(self) -> None:
        """The cursor into the first field that is still empty."""
        for name, row in self.fields().items():
            is_empty = row.control.property("currentIndex") == -1 or row.control.property("text") == ""
            if row.isVisibleTo(self) and is_empty and name != "source":
                row.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            is_plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if is_enter and is_plain:
                self.sent.emit()
                return True
            if (
                event.key() == Qt.Key.Key_Down
                and isinstance(watched, QComboBox)
                and watched.currentIndex() < 0
            ):
                watched.setCurrentIndex(0)
                return True
        return False
