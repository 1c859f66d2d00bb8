"""A search field that finds patients while one types."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.services.registration.search import Found, FoundPatient, search
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.text import tr


class PatientSearch(QWidget):
    """Gives the chosen patient as `value`; typing on takes the choice back."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._value: FoundPatient | None = None
        self.box = SearchBox(hint)
        self.setFocusProxy(self.box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.box)
        self.box.searched.connect(self._search)
        self.box.picked.connect(self._pick)

    def value(self) -> FoundPatient | None:
        return self._value

    def clear(self) -> None:
        self._value = None
        self.box.clear()

    def problem(self) -> str:
        if self.box.value() and self._value is None:
            return tr("Choose a patient from the list, or clear the field.")
        return ""

    def refused(self, error: FrontdeskError) -> None:
        """A search that fails finds nobody; the next key asks again."""
        self.box.hide_found()

    def _search(self, typed: str) -> None:
        self._value = None
        if typed:
            self._desk.ask(self, self._show, search, typed=typed)

    def _show(self, found: Found) -> None:
        self.box.show_found(found.typed, [Suggestion(line, _item(line)) for line in found.patients])

    def _pick(self, line: object) -> None:
        assert isinstance(line, FoundPatient)
        self._value = line
        self.box.setText(line.name)
        self.chosen.emit(line)


def _item(line: FoundPatient) -> Item:
    under = [us_date(line.born_on), line.phone, line.found_by]
    return Item(
        line.name,
        lines=((Words(" · ".join(filter(None, under))),),),
        icon="users" if line.has_namesake else "user-round",
        icon_color="warn" if line.has_namesake else "text-2",
        chip=tr("Check birth date") if line.has_namesake else "",
        chip_tone="warn",
    )
