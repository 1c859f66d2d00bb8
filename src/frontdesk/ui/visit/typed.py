"""What is typed in a form against what was loaded into it: kept over new answers and over parking."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.form import Form

Typed = dict[str, object]
"""By field: the text of a line, the value of a list."""


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
            if (now := _read(fields[name].control)) != on_file
        }

    def show(self, on_file: Mapping[str, object]) -> None:
        """New answers; what was typed over stays."""
        typed = self.typed
        self._on_file = dict(on_file)
        for name, value in on_file.items():
            if name not in typed:
                control = self._form.row(name).control
                _write(control, value)
                if isinstance(control, Combo):  # a list that does not know it yet shows none of its own
                    self._on_file[name] = control.value()

    def put(self, typed: Mapping[str, object]) -> None:
        """What had been typed before, on top of what is on file."""
        fields = self._form.fields()
        for name, value in typed.items():
            if name in fields:  # what another version of the programme kept may have other fields
                _write(fields[name].control, value)

    def drop(self) -> None:
        """Back to what is on file."""
        self.put(self._on_file)

    def keep(self) -> None:
        """What stands there is on file now."""
        fields = self._form.fields()
        self._on_file = {name: _read(fields[name].control) for name in self._on_file}

    def watch(self, heard: object) -> None:
        """Calls `heard` without arguments whenever something is typed or chosen."""
        assert callable(heard)
        for row in self._form.fields().values():
            if isinstance(row.control, QLineEdit):
                row.control.textChanged.connect(lambda _text: heard())
            elif isinstance(row.control, Combo):
                row.control.chosen.connect(lambda _value: heard())


def _read(control: QWidget) -> object:
    if isinstance(control, QLineEdit):
        return control.text().strip()
    assert isinstance(control, Combo)
    return control.value()


def _write(control: QWidget, value: object) -> None:
    if isinstance(control, QLineEdit):
        control.setText(str(value))
        control.setCursorPosition(0)
    else:
        assert isinstance(control, Combo)
        control.set_value(value)
