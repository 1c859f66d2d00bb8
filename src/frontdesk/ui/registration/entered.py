"""What is typed in a section against what is on file, and what another desk made of it meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.form import Form
from frontdesk.ui.registration.fields import RaceBoxes
from frontdesk.ui.registration.words import RACES
from frontdesk.ui.text import tr

Typed = dict[str, object]
"""By field: the text of a line, the value of a list or of boxes."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that another desk changed while it was open here; `mine` is None where it was not touched."""

    label: str
    was: str
    theirs: str
    mine: str | None


class Entered:
    """Knows of each field whether somebody typed over what is on file."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._on_file: Typed = {}

    @property
    def typed(self) -> Typed:
        """The fields that differ from what is on file, as they stand."""
        fields = self._form.fields()
        return {
            name: now
            for name, on_file in self._on_file.items()
            if (now := read(fields[name].control)) != on_file
        }

    def show(self, on_file: Mapping[str, object]) -> tuple[Clash, ...]:
        """New answers; what was typed over stays. Gives the fields that are other than they were."""
        typed = self.typed
        clashes = tuple(
            Clash(
                self._form.row(name).label().text().replace("&", ""),
                self._said(name, self._on_file[name]),
                self._said(name, value),
                self._said(name, typed[name]) if name in typed else None,
            )
            for name, value in on_file.items()
            if name in self._on_file and self._on_file[name] != value and typed.get(name) != value
        )
        self._on_file = dict(on_file)
        for name, value in on_file.items():
            if name not in typed:
                write(self._form.row(name).control, value)
        return clashes

    def put(self, typed: Mapping[str, object]) -> None:
        """What had been typed before, on top of what is on file."""
        fields = self._form.fields()
        for name, value in typed.items():
            if name in fields:
                write(fields[name].control, value)

    def drop(self) -> None:
        """Back to what is on file."""
        self.put(self._on_file)

    def keep(self) -> None:
        """What stands there is on file now."""
        fields = self._form.fields()
        self._on_file = {name: read(fields[name].control) for name in self._on_file}

    def forget(self) -> None:
        """Another patient comes: nothing is on file, nothing typed."""
        self._on_file = {}

    def watch(self, heard: Callable[[], object]) -> None:
        """Calls `heard` whenever something is typed or chosen."""
        for row in self._form.fields().values():
            control = row.control
            if isinstance(control, QLineEdit):
                control.textChanged.connect(lambda _text: heard())
            elif isinstance(control, Combo):
                control.chosen.connect(lambda _value: heard())
            elif isinstance(control, QCheckBox):
                control.toggled.connect(lambda _on: heard())
            elif isinstance(control, RaceBoxes):
                control.changed.connect(lambda: heard())

    def _said(self, name: str, value: object) -> str:
        control = self._form.row(name).control
        if isinstance(control, Combo):
            return control.words_of(value)
        if isinstance(control, RaceBoxes) and isinstance(value, tuple):
            return ", ".join(tr(words) for race, words in RACES if race in value) or tr("nothing")
        if isinstance(value, bool):
            return tr("yes") if value else tr("no")
        return str(value) or tr("nothing")


def read(control: QWidget) -> object:
    """What stands in a control."""
    if isinstance(control, QLineEdit):
        return control.text().strip()
    if isinstance(control, QCheckBox):
        return control.isChecked()
    assert isinstance(control, Combo | RaceBoxes)
    return control.value()


def write(control: QWidget, value: object) -> None:
    """The other way round; None empties."""
    if isinstance(control, QLineEdit):
        control.setText("" if value is None else str(value))
        control.setCursorPosition(0)
    elif isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, RaceBoxes):
        assert isinstance(value, tuple | list)  # a list, where it was parked over a restart
        control.set_value(tuple(value))
    else:
        assert isinstance(control, Combo)
        control.set_value(value)


def dated(on: object) -> str:
    """A date as a line shows it; nothing for None."""
    return us_date(on) if isinstance(on, date) else ""
