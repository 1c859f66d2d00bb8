"""What each column of a file means: guessed, remembered, or chosen here, with the patients it makes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.formats.patient_columns import COLUMNS, REQUIRED, PatientFile
from frontdesk.formats.patient_csv import Line, PatientLine, RefusedLine, preview
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.services.registration.import_layouts import LayoutDraft
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

FIELDS: dict[str, str] = {
    "first": "First name",
    "middle": "Middle name",
    "last": "Last name",
    "suffix": "Suffix",
    "preferred": "Name used",
    "former_last": "Former last name",
    "born_on": "Birth date",
    "died_on": "Date of death",
    "sex": "Sex",
    "mobile": "Mobile phone",
    "home_phone": "Home phone",
    "email": "E-mail",
    "street": "Street",
    "unit": "Unit",
    "city": "City",
    "state": "State",
    "postal_code": "ZIP code",
    "language": "Language",
    "race": "Race",
    "ethnicity": "Ethnicity",
    "marital_status": "Marital status",
    "identifier": "Number there",
}
"""The words of each field of `COLUMNS`, in the order in which they are offered."""
assert FIELDS.keys() == COLUMNS.keys()

_SAMPLES = 3
_OWN_KEYS = 40


class ImportColumns(QWidget):
    """A line for each column of the file; on the right, the first patients as they would be taken over."""

    tried = Signal()
    """Try out: what would become of every line."""
    wanted = Signal()
    """Import."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: PatientFile | None = None
        self.combos: list[Combo[str]] = []
        self.system = TextEdit(hint=tr("Such as the name of the old program"))
        self.day_first = CheckBox(tr("Dates are written day first (31/12/2025)"))
        self.day_first.toggled.connect(self._changed)
        self.form = Form()
        self.form.add("system", tr("Comes from"), self.system, span=12)
        self._name = Label("", "section")
        self._about = EndingLabel("", "secondary", "text-2")
        self.problem = Banner("warn")
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, theme().px(6), 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnStretch(1, 1)
        self.model = TableModel[Line](
            [
                Column("Line", lambda each: str(each.line), width=52, align="right"),
                Column("Patient", _patient),
                Column("Born", _born, width=96),
                Column("Phone", lambda each: _of(each, "mobile") or _of(each, "home_phone"), width=120),
                Column("Address", _address, width=240),
            ],
            key=lambda each: each.line,
        )
        self.table = Table(self.model, says=tr("The first patients as they would be taken over"))
        self.try_button = Button(tr("Try out"), icon="flask-conical", keys="Ctrl+T")
        self.try_button.clicked.connect(self.tried)
        self.import_button = Button(tr("Import"), "primary", icon="file-input", keys="Ctrl+Enter")
        self.import_button.clicked.connect(self.wanted)
        left = Frame(
            "column",
            column(
                row(self._name, None, margins=(14, 12, 14, 0)),
                row(self._about, margins=(14, 2, 14, 8)),
                row(self.form, margins=(14, 0, 14, 4)),
                row(self.day_first, None, margins=(14, 2, 14, 8)),
                row(Label(tr("Column of the file"), "caption", "text-3"), None, margins=(14, 4, 14, 2)),
                _beside(scrolled(self._rows)),
                gap=0,
            ),
        )
        right = column(
            self.problem,
            row(
                Label(tr("How the first lines would be taken over"), "strong"), None, margins=(14, 12, 14, 8)
            ),
            self.table,
            Frame(
                "foot",
                row(
                    Label(tr("Try out writes nothing."), "secondary", "text-3"),
                    None,
                    self.try_button,
                    self.import_button,
                    margins=(14, 8, 14, 8),
                ),
            ),
            gap=0,
        )
        lines = QWidget()
        lines.setLayout(right)
        beside = ListDetail(
            left,
            lines,
            opens=(),
            back=tr("Columns"),
            show=tr("Look at the first lines"),
            keys="",
            list_width=470,
            narrow_below=900,
        )
        self.setLayout(column(beside, gap=0))

    def show_file(self, file: PatientFile, kept: LayoutDraft | None) -> None:
        """What was chosen for the last file of the kind, else what the names of the columns say."""
        self._file = file
        self._name.setText(tr("Columns"))
        self._about.setText(
            tr("{count} columns, {encoding}", count=len(file.header), encoding=_ENCODINGS[file.encoding])
        )
        columns = dict(kept.columns) if kept else dict(file.guess.columns)
        fields = {place: field for field, place in columns.items()}
        self.system.setText(kept.system if kept else "")
        self.day_first.blockSignals(True)
        self.day_first.setChecked(kept.day_first if kept else False)
        self.day_first.blockSignals(False)
        self._build_rows(file, fields)
        self._changed()

    def draft(self) -> LayoutDraft:
        """As it is chosen now; a field that two columns give is the first one's."""
        columns: dict[str, int] = {}
        for place, combo in enumerate(self.combos):
            field = combo.value()
            if field:
                columns.setdefault(field, place)
        system = self.system.value().strip()
        return LayoutDraft(system, tuple(sorted(columns.items())), self.day_first.isChecked())

    def preview(self) -> Sequence[Line]:
        return self.model.rows()

    def _build_rows(self, file: PatientFile, fields: dict[int, str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.combos = []
        options = (("", tr("Leave out")), *((field, tr(words)) for field, words in FIELDS.items()))
        for place, name in enumerate(file.header):
            combo = Combo[str](options)
            combo.set_value(fields.get(place, ""))
            combo.setAccessibleName(tr("What column {name} is", name=name))
            combo.setFixedWidth(theme().px(168))
            combo.chosen.connect(self._changed)
            samples = [values[place] for values in file.samples if len(values) > place and values[place]]
            named = column(
                EndingLabel(name or tr("Column {number}", number=place + 1), "strong"),
                EndingLabel(" · ".join(samples[:_SAMPLES])[:_OWN_KEYS], "secondary", "text-3"),
                gap=0,
            )
            self._grid.addLayout(named, place, 0, 1, 2)
            self._grid.addWidget(combo, place, 2)
            self.combos.append(combo)
        self._grid.setRowStretch(len(file.header), 1)

    def _changed(self) -> None:
        if self._file is None:
            return
        draft = self.draft()
        missing = [tr(words) for field, words in REQUIRED.items() if field not in dict(draft.columns)]
        twice = self._twice()
        words = ""
        if missing:
            words = tr("Choose the column of the {fields}.", fields=", the ".join(missing))
        elif twice:
            words = tr("Two columns are the {field}. The first one counts.", field=tr(FIELDS[twice]).lower())
        self.problem.say("warn", words)
        self.try_button.setEnabled(not missing)
        self.import_button.setEnabled(not missing)
        self.model.show(preview(self._file, draft.layout_for(self._file)))

    def _twice(self) -> str:
        seen: set[str] = set()
        for combo in self.combos:
            field = combo.value() or ""
            if field and field in seen:
                return field
            seen.add(field)
        return ""


_ENCODINGS = {
    "utf-8-sig": tr("text in UTF-8"),
    "utf-16": tr("text in UTF-16"),
    "cp1252": tr("text as Windows writes it"),
}


def _beside(area: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(area, margins=(14, 0, 4, 8)))
    return holder


def _of(line: Line, field: str) -> str:
    return str(getattr(line, field)) if isinstance(line, PatientLine) else ""


def _patient(line: Line) -> Cell:
    if isinstance(line, RefusedLine):
        return Cell(line.reason, color="block")
    return Cell(first_last(line.first, line.last), role="strong")


def _born(line: Line) -> str:
    return us_date(line.born_on) if isinstance(line, PatientLine) else ""


def _address(line: Line) -> str:
    if not isinstance(line, PatientLine):
        return ""
    place = f"{line.city} {line.state} {line.postal_code}".strip()
    return ", ".join(filter(None, (line.street, line.unit, place)))
