"""What narrows the access log: whose record, who acted, which kind of act, and when."""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records.access_log import AccessWanted, Kind, Person
from frontdesk.services.registration import panel
from frontdesk.services.registration.panel import Identity
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.card import Frame, row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_NARROW = 700
DAYS = 30
"""How far back the log is shown at first."""
_ANYBODY, _ANY = 0, ""
_KINDS = (
    (_ANY, "Everything"),
    (Kind.LOOKED.value, "Opened"),
    (Kind.PRINTED.value, "Printed"),
    (Kind.EXPORTED.value, "Copied to a file"),
    (Kind.SENT.value, "Sent or released"),
    (Kind.CHANGED.value, "Changed"),
)


class AccessFilter(Frame):
    """One line above the table; tells when something else is wanted."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self._desk = desk
        self._patient_id: int | None = None
        self.patient = PatientBox(desk, tr("Any patient"))
        self.patient.chosen.connect(self._chose_patient)
        self.patient.textEdited.connect(self._typed_patient)
        self.person = Combo[int](((_ANYBODY, tr("Anybody")),))
        self.person.setAccessibleName(tr("Who acted"))
        self.person.chosen.connect(self._tell)
        self.kind = Combo[str](tuple((value, tr(words)) for value, words in _KINDS))
        self.kind.setAccessibleName(tr("Kind of act"))
        self.kind.chosen.connect(self._tell)
        self.from_on, self.until_on = DateEdit(), DateEdit()
        self.from_on.setAccessibleName(tr("From"))
        self.until_on.setAccessibleName(tr("To"))
        self.from_on.set_value(desk.today - timedelta(days=DAYS))
        for edit in (self.from_on, self.until_on):
            edit.setFixedWidth(theme().px(108))
            edit.editingFinished.connect(self._tell)
        self.person.setMinimumWidth(theme().px(90))
        self.kind.setMinimumWidth(theme().px(90))
        who = row(self.patient, self.person, self.kind)
        for place, stretch in enumerate((2, 1, 1)):
            who.setStretch(place, stretch)
        words = [Label(tr(said), "secondary", "text-2") for said in ("From", "to")]
        days = row(words[0], self.from_on, words[1], self.until_on, None)
        self._line = row(who, days, margins=(12, 8, 12, 8))
        self._line.setStretch(0, 1)
        self.setLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The days go below where there is no room beside."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)

    def wanted(self) -> AccessWanted:
        """What is chosen now."""
        kind = self.kind.value()
        return AccessWanted(
            patient_id=self._patient_id,
            user_id=self.person.value() or None,
            kind=Kind(kind) if kind else None,
            from_on=self.from_on.value(),
            until_on=self.until_on.value(),
        )

    def problem(self) -> str:
        """The sentence of a date that cannot be read; empty when all can."""
        return self.from_on.problem() or self.until_on.problem()

    def show_people(self, people: tuple[Person, ...]) -> None:
        names = ((person.user_id, person.name) for person in people)
        self.person.set_options(((_ANYBODY, tr("Anybody")), *names))

    def show_patient(self, patient_id: int) -> None:
        """Narrow to a record that was opened elsewhere."""
        self._patient_id = patient_id
        self._desk.ask(self, self._name_patient, panel.identity, patient_id=patient_id)
        self._tell()

    def refused(self, error: FrontdeskError) -> None:
        """The patient's name does not come; the table says what is the matter."""

    def _name_patient(self, identity: Identity) -> None:
        if self._patient_id is not None:
            self.patient.setText(identity.name)

    def _chose_patient(self, found: FoundPatient) -> None:
        self._patient_id = found.patient_id
        self._tell()

    def _typed_patient(self, typed: str) -> None:
        """Another name is being typed: nobody is chosen until one is."""
        if self._patient_id is not None:
            self._patient_id = None
            self._tell()

    def _tell(self, _: object = None) -> None:
        self.changed.emit()
