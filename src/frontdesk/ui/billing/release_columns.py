"""What each column of the office's own code file means: guessed, or chosen here."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.formats import office_codes
from frontdesk.formats.code_lists import CodeList, ListedCode
from frontdesk.formats.office_codes import OfficeFile
from frontdesk.formats.refused_lines import RefusedLine
from frontdesk.kernel.text import us_date
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

FIELDS: dict[str, str] = {
    "code": "Code",
    "label": "Description",
    "first_on": "Valid from",
    "last_on": "Last day",
    "synonyms": "Also called",
}
assert FIELDS.keys() == office_codes.COLUMNS.keys()
_SAMPLES = 3
_LINES = 30
_NARROW = 300
"""Design pixels of the columns' list below which a choice stands under the name of its column."""

Line = ListedCode | RefusedLine


class ReleaseColumns(QWidget):
    """A line for each column of the file; on the right the first lines as they would be read."""

    back_wanted = Signal()
    chosen = Signal()
    """The columns are known: on to the comparison."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: OfficeFile | None = None
        self._today = date.min
        self.combos: list[Combo[str]] = []
        self._names: list[QWidget] = []
        self._about = EndingLabel("", "secondary", "text-2")
        self.problem = Banner("warn")
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(theme().px(3), theme().px(3), theme().px(6), 0)  # the focus ring's
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(8))
        self._grid.setColumnStretch(0, 1)
        self.model = TableModel[Line](
            [
                Column(tr("Line"), lambda each: str(each.line), width=52, align="right"),
                Column(tr("Code"), _code, width=80),
                Column(tr("Description"), _words),
                Column(tr("From"), lambda each: _day(each, "first_on"), width=96),
                Column(tr("Last day"), lambda each: _day(each, "last_on"), width=96),
            ],
            key=lambda each: each.line,
        )
        self.table = Table(self.model, says=tr("The first lines as they would be read"))
        self.back = Button(tr("Code sets"), icon="arrow-left", keys="Esc")
        self.back.clicked.connect(self.back_wanted)
        self.go_on = Button(tr("Compare"), "primary", icon="scale", keys="Ctrl+Enter")
        self.go_on.clicked.connect(self.chosen)
        self._build()

    def show_file(self, file: OfficeFile, today: date) -> None:
        """Its columns, with what their names seem to mean."""
        self._file, self._today = file, today
        self._about.setText(f"{file.name} · {file.kind}")
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.combos, self._names = [], []
        means = {place: field for field, place in file.guess.items()}
        options = (("", tr("not used")), *((field, tr(words)) for field, words in FIELDS.items()))
        for place, name in enumerate(file.header):
            combo: Combo[str] = Combo(options)
            combo.set_value(means.get(place, ""))
            combo.setMinimumWidth(theme().px(150))
            combo.setAccessibleName(tr("Column {name}", name=name))
            combo.chosen.connect(self._changed)
            samples = " · ".join(file.samples(place)[:_SAMPLES])
            named = QWidget()
            named.setLayout(
                column(EndingLabel(name, "strong"), EndingLabel(samples, "secondary", "text-3"), gap=0)
            )
            self._names.append(named)
            self.combos.append(combo)
        self._lay_out()
        self._changed()
        if self.combos:
            self.combos[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def columns(self) -> dict[str, int]:
        """Field and number of its column; of two that say the same, the first."""
        found: dict[str, int] = {}
        for place, combo in enumerate(self.combos):
            if field := combo.value():
                found.setdefault(field, place)
        return found

    def codes_on(self, on: date) -> tuple[CodeList, tuple[RefusedLine, ...]]:
        """What the file gives from a day on."""
        assert self._file is not None
        read = office_codes.read(self._file, self.columns(), on)
        return read.codes, read.refused

    def is_ready(self) -> bool:
        return self._file is not None and not office_codes.missing(self.columns())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Beside its name, or where that would leave nothing of the name, under it."""
        is_narrow = self._rows.width() < theme().px(_NARROW)
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        for place, (named, combo) in enumerate(zip(self._names, self.combos, strict=True)):
            self._grid.addWidget(named, 2 * place, 0)
            self._grid.addWidget(combo, 2 * place + is_narrow, 0 if is_narrow else 1)
        self._grid.setRowStretch(2 * len(self.combos), 1)

    def _changed(self) -> None:
        missing = office_codes.missing(self.columns())
        words = (
            tr("Choose the column of the {fields}.", fields=tr(" and the ").join(missing)) if missing else ""
        )
        self.problem.say("warn", words)
        self.go_on.setEnabled(not missing)
        lines: list[Line] = []
        if not missing:
            found, refused = self.codes_on(self._today)
            lines = [*found.codes, *refused]
        self.model.show(sorted(lines, key=lambda each: each.line)[:_LINES])

    def _build(self) -> None:
        left = Frame(
            "column",
            column(
                row(Label(tr("Columns of the file"), "section"), None, margins=(14, 12, 14, 0)),
                row(self._about, margins=(14, 2, 14, 8)),
                row(scrolled(self._rows), margins=(11, 0, 4, 8)),
                gap=0,
            ),
        )
        foot = row(
            self.back,
            Label(tr("Nothing is written yet."), "secondary", "text-3"),
            None,
            self.go_on,
            margins=(14, 8, 14, 8),
        )
        head = row(Label(tr("How the first lines are read"), "strong"), None, margins=(14, 12, 14, 8))
        right = column(self.problem, head, self.table, Frame("foot", foot), gap=0)
        whole = row(left, right, gap=0)
        whole.setStretch(0, 2)
        whole.setStretch(1, 3)
        self.setLayout(whole)


def _code(each: Line) -> Cell:
    return Cell(each.code, role="strong") if isinstance(each, ListedCode) else Cell("")


def _words(each: Line) -> Cell:
    return Cell(each.label) if isinstance(each, ListedCode) else Cell(each.reason, color="block")


def _day(each: Line, field: str) -> str:
    day: date | None = getattr(each, field, None)
    return us_date(day) if day else ""
