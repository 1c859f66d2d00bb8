"""The services of a superbill: code, modifiers, diagnoses pointed to, units, price."""

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.billing import drugs, entering
from frontdesk.services.billing.codes import Procedure
from frontdesk.services.billing.drugs import Package
from frontdesk.services.billing.entering import Priced
from frontdesk.services.billing.sheet import Ticked
from frontdesk.ui.billing.diagnosis_rows import gone
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.row_list import Item
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEADS = ("#", "Code", "Service", "Modifiers", "Diagnoses", "Units", "Charge")
_WIDTHS = {3: 84, 4: 72, 5: 48, 6: 92}


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A line as it stands in the form; `amount_cents` only where it differs from the fee."""

    code: str
    label: str
    unit_cents: int | None
    modifiers: str = ""
    pointers: str = "A"
    units: int = 1
    amount_cents: int | None = None
    ndc: str = ""
    packages: tuple[Package, ...] = ()

    @property
    def total_cents(self) -> int:
        if self.amount_cents is not None:
            return self.amount_cents
        return (self.unit_cents or 0) * self.units

    def ticked(self) -> Ticked:
        """As the command takes it."""
        modifiers = tuple(self.modifiers.upper().replace(",", " ").split())
        return Ticked(self.code, self.units, modifiers, self.pointers, self.amount_cents, self.ndc)


class ServiceRows(QWidget):
    """The search field, and below it a line of fields for each service."""

    changed = Signal()
    finished = Signal()
    """Enter in the empty field: nothing more is added."""
    complained = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._superbill_id = 0
        self._on = date.min
        self._read_only = False
        self._lines: list[ServiceLine] = []
        self._fields: list[tuple[TextEdit, TextEdit, NumberEdit, AmountEdit]] = []
        self._packages: dict[int, Combo[str]] = {}
        self.search = SearchBox(tr("Office code or words, Enter adds"), says=tr("Find a service"))
        self.search.searched.connect(self._find)
        self.search.picked.connect(self.take)
        self.search.returnPressed.connect(self._entered)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(1, theme().px(56))
        self.setLayout(column(self.search, self._grid, gap=6))
        self.setFocusProxy(self.search)

    def show_lines(
        self, superbill_id: int, on: date, lines: tuple[ServiceLine, ...], *, read_only: bool
    ) -> None:
        """The services of another superbill."""
        self._superbill_id, self._on, self._read_only = superbill_id, on, read_only
        self._lines = list(lines)
        self.search.clear()
        set_shown(self.search, not read_only)
        self._lay_out()

    def lines(self) -> tuple[ServiceLine, ...]:
        """What stands in the fields now."""
        return tuple(self._lines)

    def total_cents(self) -> int:
        return sum(line.total_cents for line in self._lines)

    def field(self, place: int, name: str) -> QWidget:
        """A field of a line: "modifiers", "pointers", "units" or "amount"."""
        return self._fields[place][("modifiers", "pointers", "units", "amount").index(name)]

    def take(self, code: object) -> None:
        """Add the line of a code, or have it said why not."""
        self._desk.ask(self, self.add, entering.service, superbill_id=self._superbill_id, code=str(code))

    def add(self, found: Priced) -> None:
        """Add a line; a code without a fee waits for its amount."""
        ndc = found.packages[0].ndc if len(found.packages) == 1 else ""
        self._lines.append(
            ServiceLine(found.code, found.label, found.unit_cents, ndc=ndc, packages=found.packages)
        )
        self.search.clear()
        self.search.hide_found()
        self._lay_out()
        self.changed.emit()
        if len(found.packages) > 1:
            self._packages[len(self._lines) - 1].setFocus(Qt.FocusReason.OtherFocusReason)
        elif found.unit_cents is None:
            self._fields[-1][3].setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, place: int) -> None:
        del self._lines[place]
        self._lay_out()
        self.changed.emit()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_code(self, code: str) -> None:
        """Take away the last line of a code: its tick was taken back."""
        place = next((n for n in reversed(range(len(self._lines))) if self._lines[n].code == code), -1)
        if place >= 0:
            self.remove(place)

    def problems(self) -> tuple[str, ...]:
        """What cannot be read, a sentence each."""
        found = []
        for number, (_, _, units, amount) in enumerate(self._fields, 1):
            why = (units.problem(), amount.problem())
            found += [tr("Line {number}: {why}", number=number, why=words) for words in why if words]
        return tuple(found)

    def refused(self, error: FrontdeskError) -> None:
        self.complained.emit(error)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field of a line goes back to the search field, for the next service."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.search.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _find(self, typed: str) -> None:
        self._desk.ask(
            self,
            lambda found: self.search.show_found(typed, [_suggestion(code) for code in found]),
            entering.find_services,
            superbill_id=self._superbill_id,
            typed=typed,
        )

    def _entered(self) -> None:
        self.search.hide_found()
        if self.search.value():
            self.take(self.search.value())
        else:
            self.finished.emit()

    def _lay_out(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields, self._packages = [], {}
        if self._lines:
            for place, head in enumerate(_HEADS):
                label = Label(tr(head), "caption", "text-2")
                if head == "Charge":
                    label.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._grid.addWidget(label, 0, place)
        for place, line in enumerate(self._lines):
            self._lay_out_line(place, line)
        before: QWidget = self.search
        for fields in self._fields:
            for field in fields:
                QWidget.setTabOrder(before, field)
                before = field

    def _lay_out_line(self, place: int, line: ServiceLine) -> None:
        number = place + 1
        modifiers, pointers = TextEdit(line.modifiers), TextEdit(line.pointers)
        units, amount = NumberEdit(least=1, most=999), AmountEdit()
        units.set_value(line.units)
        amount.set_value(line.total_cents if line.unit_cents is not None or line.amount_cents else None)
        for edit, words in (
            (modifiers, tr("Modifiers of line {number}", number=number)),
            (pointers, tr("Diagnoses of line {number}", number=number)),
            (units, tr("Units of line {number}", number=number)),
            (amount, tr("Charge of line {number}", number=number)),
        ):
            edit.setAccessibleName(words)
            edit.setReadOnly(self._read_only)
            edit.installEventFilter(self)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        modifiers.textEdited.connect(
            lambda text: self._set(place, replace(self._lines[place], modifiers=text))
        )
        pointers.textEdited.connect(
            lambda text: self._set(place, replace(self._lines[place], pointers=_letters(text)))
        )
        units.value_changed.connect(lambda: self._set_units(place, units.value(), amount))
        amount.value_changed.connect(lambda: self._set_amount(place, amount.value()))
        self._fields.append((modifiers, pointers, units, amount))
        self._grid.addWidget(Label(str(number), "body", "text-3"), number, 0)
        self._grid.addWidget(Label(line.code, "strong"), number, 1)
        self._grid.addWidget(self._service(place, line), number, 2)
        for at, field in enumerate(self._fields[-1], 3):
            field.setFixedWidth(theme().px(_WIDTHS[at]))
            self._grid.addWidget(field, number, at)
        if not self._read_only:
            away = IconButton("x", tr("Remove line {number}", number=number))
            away.clicked.connect(lambda: self.remove(place))
            self._grid.addWidget(away, number, 7)

    def _service(self, place: int, line: ServiceLine) -> QWidget:
        """The words of the service; below them, for a drug, the package that was given."""
        label = EndingLabel(line.label, "body", "text-2")
        if not line.ndc and not line.packages:
            return label
        below: QWidget = Label(tr("NDC {ndc}", ndc=drugs.written(line.ndc)), "secondary", "text-3")
        if len(line.packages) > 1 and not self._read_only:
            combo: Combo[str] = Combo(
                tuple((each.ndc, f"{drugs.written(each.ndc)} {each.name}") for each in line.packages),
                hint=tr("Choose the package given"),
            )
            combo.set_value(line.ndc or None)
            combo.setAccessibleName(tr("Package of line {number}", number=place + 1))
            combo.chosen.connect(lambda ndc: self._set(place, replace(self._lines[place], ndc=str(ndc))))
            self._packages[place] = combo
            below = combo
        both = QWidget()
        both.setLayout(column(label, below, gap=0))
        return both

    def package(self, place: int) -> Combo[str]:
        """Where the package of a drug is chosen."""
        return self._packages[place]

    def _set(self, place: int, line: ServiceLine) -> None:
        self._lines[place] = line
        self.changed.emit()

    def _set_units(self, place: int, units: int | None, amount: AmountEdit) -> None:
        if units is not None:
            line = replace(self._lines[place], units=units)
            self._lines[place] = line
            if line.amount_cents is None and line.unit_cents is not None:
                amount.set_value(line.total_cents)
            self.changed.emit()

    def _set_amount(self, place: int, cents: int | None) -> None:
        line = self._lines[place]
        usual = (line.unit_cents or 0) * line.units
        differs = cents is not None and cents != usual
        self._lines[place] = replace(line, amount_cents=cents if differs else None)
        self.changed.emit()


def _letters(typed: str) -> str:
    """ "a, b" as the claim writes it: "AB"."""
    return "".join(letter for letter in typed.upper() if letter.isalpha())


def _suggestion(code: Procedure) -> Suggestion:
    return Suggestion(code.code, Item(code.label, lead=code.code, trailing=gone(code.expired_on)))
