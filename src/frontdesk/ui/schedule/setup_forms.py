"""Which forms of the library a kind of visit needs: a box to tick for each."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.schedule.visit_forms import VisitForm
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr


class FormBoxes(QWidget):
    """Several may be ticked. A form that is no longer offered keeps its box until it is taken off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[VisitForm, ...] = ()
        self.boxes: dict[str, CheckBox] = {}
        self._none = Label(tr("No form of the library goes by the kind of visit."), "secondary", "text-2")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addWidget(self._none)

    def offer(self, forms: tuple[VisitForm, ...]) -> None:
        """The forms that may be named; what is ticked stays."""
        self._offered = forms
        self.set_value(self.value())

    def value(self) -> tuple[str, ...]:
        """The keys of the forms that are ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def set_value(self, keys: tuple[str, ...]) -> None:
        titles = {form.key: form.title for form in self._offered}
        titles |= {key: key for key in keys if key not in titles}
        if titles != {key: box.text() for key, box in self.boxes.items()}:
            self._lay_out(titles)
        for key, box in self.boxes.items():
            box.setChecked(key in keys)

    def _lay_out(self, titles: dict[str, str]) -> None:
        for box in self.boxes.values():
            self._lines.removeWidget(box)
            box.deleteLater()
        self.boxes = {key: CheckBox(title) for key, title in titles.items()}
        for box in self.boxes.values():
            self._lines.addWidget(box)
        self._none.setVisible(not self.boxes)
