"""The services of a superbill: code, modifiers, diagnoses pointed to, units, price."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import drugs, entering, service_lines
from frontdesk.services.billing.codes import Procedure
from frontdesk.services.billing.entering import Priced
from frontdesk.services.billing.service_lines import ServiceLine
from frontdesk.ui.billing.coded_rows import CodedRows, suggestion
from frontdesk.ui.billing.modifier_field import ModifierField
from frontdesk.ui.billing.visit_providers import words_of
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEADS = ("#", "Code", "Service", "Modifiers", "Diagnoses", "Units", "Charge")
_WIDTHS = {3: 84, 4: 72, 5: 48, 6: 92}


class ServiceRows(CodedRows):
    """The search field, and below it a line of fields for each service."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._lines: list[ServiceLine] = []
        self._fields: list[tuple[ModifierField, TextEdit, NumberEdit, AmountEdit]] = []
        self._packages: dict[int, Combo[str]] = {}
        self._office: Mapping[int, str] = {}
        search = SearchBox(tr("Office code or words, Enter adds"), says=tr("Find a service"))
        super().__init__(desk, search, 6, parent)
        self.grid.setHorizontalSpacing(theme().px(8))
        self.grid.setVerticalSpacing(theme().px(4))
        self.grid.setColumnMinimumWidth(1, theme().px(56))

    def show_lines(self, superbill_id: int, lines: tuple[ServiceLine, ...], *, read_only: bool) -> None:
        """The services of another superbill."""
        self._lines = list(lines)
        self.show_rows(superbill_id, read_only=read_only)

    def lines(self) -> tuple[ServiceLine, ...]:
        """What stands in the fields now."""
        return tuple(self._lines)

    def give_lines(self, lines: tuple[ServiceLine, ...]) -> None:
        """The same services, with something else said of them."""
        self._lines = list(lines)
        self.lay_out_anew()
        self.changed.emit()

    def know(self, office: Mapping[int, str]) -> None:
        """The names of the office's providers."""
        self._office = office
        self.lay_out_anew()

    def total_cents(self) -> int:
        return service_lines.total_cents(self._lines)

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
            ServiceLine(
                found.code, found.label, found.unit_cents, found.modifiers, ndc=ndc, packages=found.packages
            )
        )
        self.added()
        if len(found.packages) > 1:
            self._packages[len(self._lines) - 1].setFocus(Qt.FocusReason.OtherFocusReason)
        elif found.unit_cents is None:
            self._fields[-1][3].setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, place: int) -> None:
        del self._lines[place]
        self.removed()

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field of a line goes back to the search field, for the next service."""
        if isinstance(watched, ModifierField) and watched.is_open:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.search.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def look_for(self, typed: str) -> None:
        self._desk.ask(
            self,
            lambda found: self.offer(typed, [_suggestion(code) for code in found]),
            entering.find_services,
            superbill_id=self._superbill_id,
            typed=typed,
        )

    def lay_out(self) -> None:
        self._fields, self._packages = [], {}
        if self._lines:
            for place, head in enumerate(_HEADS):
                label = Label(tr(head), "caption", "text-2")
                if head == "Charge":
                    label.setAlignment(Qt.AlignmentFlag.AlignRight)
                self.grid.addWidget(label, 0, place)
        for place, line in enumerate(self._lines):
            self._lay_out_line(place, line)
        before: QWidget = self.search
        for fields in self._fields:
            for field in fields:
                QWidget.setTabOrder(before, field)
                before = field

    def _lay_out_line(self, place: int, line: ServiceLine) -> None:
        number = place + 1
        says = tr("Modifiers of line {number}", number=number)
        modifiers = ModifierField(self._desk, self._superbill_id, line.code, line.modifiers, says)
        pointers = TextEdit(line.pointers)
        units, amount = NumberEdit(least=1, most=999), AmountEdit()
        units.set_value(line.units)
        amount.set_value(line.total_cents if line.is_priced else None)
        for edit, words in (
            (modifiers, says),
            (pointers, tr("Diagnoses of line {number}", number=number)),
            (units, tr("Units of line {number}", number=number)),
            (amount, tr("Charge of line {number}", number=number)),
        ):
            edit.setAccessibleName(words)
            edit.setReadOnly(self._read_only)
            edit.installEventFilter(self)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        modifiers.written.connect(lambda text: self._keep(place, replace(self._lines[place], modifiers=text)))
        modifiers.settled.connect(self.changed)
        pointers.textEdited.connect(
            lambda text: self._set(place, replace(self._lines[place], pointers=_letters(text)))
        )
        units.value_changed.connect(lambda: self._set_units(place, units.value(), amount))
        amount.value_changed.connect(lambda: self._set_amount(place, amount.value()))
        self._fields.append((modifiers, pointers, units, amount))
        self.grid.addWidget(Label(str(number), "body", "text-3"), number, 0)
        self.grid.addWidget(Label(line.code, "strong"), number, 1)
        self.grid.addWidget(self._service(place, line), number, 2)
        for at, field in enumerate(self._fields[-1], 3):
            field.setFixedWidth(theme().px(_WIDTHS[at]))
            self.grid.addWidget(field, number, at)
        if not self._read_only:
            away = IconButton("x", tr("Remove line {number}", number=number))
            away.clicked.connect(lambda: self.remove(place))
            self.grid.addWidget(away, number, 7)

    def _service(self, place: int, line: ServiceLine) -> QWidget:
        """The words of the service; below them, for a drug, the package that was given, and who did it."""
        below = [*self._drug(place, line)]
        who = [tr("Done by {name}", name=self._office.get(line.provider_id, ""))] if line.provider_id else []
        who += [words_of(line.named)] if line.named else []
        below += [EndingLabel("  ·  ".join(who), "secondary", "text-3")] if who else []
        label = EndingLabel(line.label, "body", "text-2")
        if not below:
            return label
        whole = QWidget()
        whole.setLayout(column(label, *below, gap=0))
        return whole

    def _drug(self, place: int, line: ServiceLine) -> Iterator[QWidget]:
        if not line.ndc and not line.packages:
            return
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
        yield below

    def package(self, place: int) -> Combo[str]:
        """Where the package of a drug is chosen."""
        return self._packages[place]

    def _keep(self, place: int, line: ServiceLine) -> None:
        self._lines[place] = line

    def _set(self, place: int, line: ServiceLine) -> None:
        self._keep(place, line)
        self.changed.emit()

    def _set_units(self, place: int, units: int | None, amount: AmountEdit) -> None:
        if units is not None:
            line = replace(self._lines[place], units=units)
            self._lines[place] = line
            if line.amount_cents is None and line.unit_cents is not None:
                amount.set_value(line.total_cents)
            self.changed.emit()

    def _set_amount(self, place: int, cents: int | None) -> None:
        self._lines[place] = self._lines[place].at(cents)
        self.changed.emit()


def _letters(typed: str) -> str:
    """ "a, b" as the claim writes it: "AB"."""
    return "".join(letter for letter in typed.upper() if letter.isalpha())


def _suggestion(code: Procedure) -> Suggestion:
    return suggestion("-".join((code.code, *code.modifiers)), code.label, code.expired_on)
