"""A field that finds a patient as one types."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.registration.search import Found, FoundPatient, narrowed, search
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.lines import found_item, nobody_item, problem_item, register_item
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.text import tr

_NOBODY = -1
_REGISTER = -2
_PROBLEM = -3


class PatientBox(SearchBox):
    """Emits the FoundPatient that was chosen, and keeps it until something else is typed.

    Each key asks; until its answer is there the list shows only who fits what is typed already.
    """

    chosen = Signal(object)
    register_wanted = Signal(str)
    """Nobody fits: what was typed is to begin a registration. Offered with `can_register` only."""

    def __init__(
        self, desk: Desk, hint: str = "", parent: QWidget | None = None, *, can_register: bool = False
    ) -> None:
        super().__init__(
            hint or tr("Name, birth date or phone"),
            says=tr("Patient"),
            icon="user-search",
            at_once=True,
            parent=parent,
        )
        self._desk = desk
        self._can_register = can_register and desk.may("registration.register")
        self._patient: FoundPatient | None = None
        self._answer = Found("", (), has_more=False)
        self.searched.connect(self._look_for)
        self.picked.connect(self._choose)

    @property
    def patient(self) -> FoundPatient | None:
        return self._patient

    @property
    def listed(self) -> tuple[FoundPatient, ...]:
        """Who is in the list now; all of them fit what is typed."""
        return self._answer.patients

    def clear_patient(self) -> None:
        self._patient = None
        self.clear()

    def refused(self, error: FrontdeskError) -> None:
        """Said in the place of the list; the next key asks again."""
        self._answer = Found(self.value(), (), has_more=False)
        self.show_found(self.value(), [Suggestion(_PROBLEM, problem_item(error))])

    def _look_for(self, typed: str) -> None:
        self._patient = None
        self._answer = narrowed(self._answer, typed, self._desk.today)
        self._show_lines()
        if typed:
            self._desk.ask(self, self._show, search, typed=typed)

    def _show(self, found: Found) -> None:
        if found.typed != self.value():
            return
        self._answer = found
        if found.patients:
            self._show_lines()
            return
        lines = [Suggestion(_NOBODY, nobody_item(found.typed))]
        if self._can_register:
            lines.append(Suggestion(_REGISTER, register_item()))
        self.show_found(found.typed, lines)

    def _show_lines(self) -> None:
        today = self._desk.today
        lines = [Suggestion(one.patient_id, found_item(one, today)) for one in self._answer.patients]
        self.show_found(self._answer.typed, lines)

    def _choose(self, patient_id: int) -> None:
        if patient_id == _REGISTER:
            self.register_wanted.emit(self.value())
            return
        for one in self._answer.patients:
            if one.patient_id == patient_id:
                self._patient = one
                self.setText(one.name)
                self.chosen.emit(one)
