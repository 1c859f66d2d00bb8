"""Fields that the kit has not: a phone of any country, a ZIP that fills its place, race and ethnicity."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_phone
from frontdesk.services.registration.drafts import Race
from frontdesk.services.registration.phone_numbers import NotAPhone, stored_phone
from frontdesk.services.registration.zip_codes import ZipPlace, place_of_zip
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.edits import ParsedEdit, TextEdit
from frontdesk.ui.registration.words import RACES
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ZIP_DIGITS = 5


class PhoneText(ParsedEdit[str]):
    """A phone in any usual writing, of this country or with + of another; the value is as stored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hint="(503) 555-0148", parent=parent)

    def _read(self, typed: str) -> str:
        try:
            return stored_phone(typed)
        except NotAPhone as why:
            raise ValueError(str(why)) from None

    def _written(self, value: str) -> str:
        return us_phone(value)


class ZipEdit(TextEdit):
    """Five or nine digits; with the fifth the city and the state are filled in where they are empty."""

    def __init__(self, desk: Desk, city: QLineEdit, state: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._city, self._state = desk, city, state
        self._filled = ("", "")
        self.textEdited.connect(self._edited)

    def refused(self, error: FrontdeskError) -> None:
        """Without an answer city and state are typed by hand."""

    def _edited(self, typed: str) -> None:
        plain = typed.strip()
        if len(plain) == _ZIP_DIGITS and plain.isdigit():
            self._desk.ask(self, self._fill, place_of_zip, postal_code=plain)

    def _fill(self, place: ZipPlace | None) -> None:
        """What was typed by hand stays; what an earlier ZIP filled in goes."""
        now = self._city.text().strip(), self._state.text().strip()
        if place is not None and now in (("", ""), self._filled):
            self._city.setText(place.city)
            self._state.setText(place.state)
            self._filled = place.city, place.state


class RaceBoxes(QWidget):
    """As many categories as apply; declined stands alone."""

    changed = Signal()

    def __init__(self, columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme().px(2), 0, theme().px(2))
        grid.setVerticalSpacing(theme().px(4))
        self.boxes: dict[Race, CheckBox] = {}
        for place, (race, words) in enumerate(RACES):
            box = CheckBox(tr(words))
            self.boxes[race] = box
            grid.addWidget(box, place // columns, place % columns)
            box.clicked.connect(lambda _=False, race=race: self._clicked(race))
        self.setFocusProxy(self.boxes[Race.NATIVE_AMERICAN])

    def value(self) -> tuple[Race, ...]:
        return tuple(race for race, box in self.boxes.items() if box.isChecked())

    def set_value(self, races: tuple[Race, ...]) -> None:
        for race, box in self.boxes.items():
            box.setChecked(race in races)

    def problem(self) -> str:
        return ""

    def _clicked(self, race: Race) -> None:
        if self.boxes[race].isChecked():
            for other, box in self.boxes.items():
                if (other is Race.DECLINED) != (race is Race.DECLINED):
                    box.setChecked(False)
        self.changed.emit()
