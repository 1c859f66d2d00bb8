"""A field of a form in which a patient is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.text import tr


class PatientSearch(QWidget):
    """Gives the chosen patient as `value`; typing on takes the choice back."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = PatientBox(desk, hint)
        self.setFocusProxy(self.box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.box)
        self.box.chosen.connect(self.chosen)

    def value(self) -> FoundPatient | None:
        return self.box.patient

    def clear(self) -> None:
        self.box.clear_patient()

    def problem(self) -> str:
        if self.box.value() and self.box.patient is None:
            return tr("Choose a patient from the list, or clear the field.")
        return ""
