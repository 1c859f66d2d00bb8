"""A field that finds a patient as one types."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.services.registration.search import Found, FoundPatient, search
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.text import tr


class PatientBox(SearchBox):
    """Emits the FoundPatient that was chosen, and keeps it until something else is typed."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            hint or tr("Name or birth date"), says=tr("Patient"), icon="user-search", parent=parent
        )
        self._desk = desk
        self._patient: FoundPatient | None = None
        self._matches: dict[int, FoundPatient] = {}
        self.searched.connect(self._look_for)
        self.picked.connect(self._choose)
        self.textEdited.connect(self._forget)

    @property
    def patient(self) -> FoundPatient | None:
        return self._patient

    def clear_patient(self) -> None:
        self._patient = None
        self.clear()

    def refused(self, error: FrontdeskError) -> None:
        self.setToolTip(str(error))

    def _look_for(self, typed: str) -> None:
        if typed:
            self._desk.ask(self, self._show, search, typed=typed)

    def _show(self, found: Found) -> None:
        self._matches = {one.patient_id: one for one in found.patients}
        self.show_found(found.typed, [Suggestion(one.patient_id, _item(one)) for one in found.patients])

    def _choose(self, patient_id: int) -> None:
        self._patient = self._matches[patient_id]
        self.setText(self._patient.name)
        self.chosen.emit(self._patient)

    def _forget(self) -> None:
        self._patient = None


def _item(one: FoundPatient) -> Item:
    return Item(
        one.name,
        lines=((Words(f"{us_date(one.born_on)} · {one.chart_number}"),),),
        chip=tr("Check birth date") if one.has_namesake else "",
        chip_tone="warn",
    )
