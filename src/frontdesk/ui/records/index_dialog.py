"""The hybrid index of a chart: what of it stands in a volume on paper, and what is electronic."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import volumes
from frontdesk.services.records.filing import Category
from frontdesk.services.records.volumes import IndexLine, Part
from frontdesk.services.records.whereabouts import Volume
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.records.words import all_categories, title_of
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Told = Callable[[str], object]


class IndexDialog(Dialog):
    """A line for each kind of papers; below it the dates of the chosen kind in this volume."""

    def __init__(self, parent: QWidget, desk: Desk, volume: Volume, told: Told) -> None:
        super().__init__(
            parent,
            tr("What stands in {label}?", label=volume.label),
            tr("What is electronic comes from the documents of the chart."),
            icon="list-tree",
            icon_color="accent",
            width=760,
        )
        self._desk, self._volume, self._told = desk, volume, told
        self._before: tuple[Part, ...] = ()
        self._parts: dict[Category, Part] = {}
        self.model = TableModel[IndexLine](
            (
                Column(tr("Papers"), lambda line: title_of(line.category), width=150),
                Column(tr("On paper"), _on_paper),
                Column(tr("Electronic"), _electronic, width=200),
            ),
            key=lambda line: line.category,
        )
        self.table = Table(self.model, says=tr("What is on paper and what is electronic"))
        self.table.setFixedHeight(theme().px(170))
        self.category: Combo[Category] = Combo(all_categories())
        self.category.chosen.connect(self._fill)
        self.from_on, self.until_on, self.scanned_on = DateEdit(), DateEdit(), DateEdit()
        self.form = Form()
        self.form.add("category", tr("In this volume"), self.category, span=12)
        self.form.add("from_on", tr("First paper"), self.from_on, span=4)
        self.form.add("until_on", tr("Last paper"), self.until_on, span=4)
        self.form.add("scanned_on", tr("Scanned on"), self.scanned_on, span=4)
        self.remove = Button(tr("Nothing of it here"), icon="x", height="small")
        self.remove.clicked.connect(self.take_out)
        self.note = Label("", "secondary", "text-3", wrap=True)
        for each in (self.table, self.form):
            self.body.addWidget(each)
        self.body.addLayout(row(self.remove, self.note, None))
        self.add_verb(tr("Close"), keys="Esc")
        self.verb = self.add_verb(tr("Save"), self.save, kind="primary", keys="Return", closes=False)
        self.table.chosen.connect(self._chose)
        self.category.setFocus()
        self._load()

    def save(self) -> None:
        """The dates of the chosen kind, in place of those before."""
        first, last = self.from_on.value(), self.until_on.value()
        category = self.category.value()
        if category is None or not self.form.check():
            return
        if first is None or last is None:
            missing = self.from_on if first is None else self.until_on
            missing.setFocus()
            self.banner.say("block", tr("Enter the dates of the first and the last paper."))
            return
        self._send(replace(Part(category, first, last), scanned_on=self.scanned_on.value()))

    def take_out(self) -> None:
        """The chosen kind does not stand in this volume."""
        category = self.category.value()
        if category is not None and category in self._parts:
            self._send(None)

    def _send(self, part: Part | None) -> None:
        self.banner.say("block", "")
        category = self.category.value()
        kept = tuple(each for each in self._before if each.category is not category)
        self._desk.do(
            self,
            self._saved,
            volumes.set_parts,
            volume_id=self._volume.volume_id,
            parts=(*kept, part) if part else kept,
            before=self._before,
        )

    def _saved(self, _: None) -> None:
        self._told(tr("Indexed {label}", label=self._volume.label))
        self._load()

    def _load(self) -> None:
        self._desk.ask(self, self._show, volumes.hybrid_index, patient_id=self._volume.patient_id)
        self._desk.ask(self, self._show_parts, volumes.parts, volume_id=self._volume.volume_id)

    def _show(self, lines: tuple[IndexLine, ...]) -> None:
        self.model.show(lines)

    def _show_parts(self, parts: tuple[Part, ...]) -> None:
        self._before = parts
        self._parts = {part.category: part for part in parts}
        self._fill()

    def _chose(self, line: IndexLine | None) -> None:
        if line is not None:
            self.category.set_value(line.category)
            self._fill()

    def _fill(self, _: object = None) -> None:
        category = self.category.value()
        part = self._parts.get(category) if category is not None else None
        self.from_on.set_value(part.from_on if part else self._volume.opened_on)
        self.until_on.set_value(part.until_on if part else self._volume.closed_on)
        self.scanned_on.set_value(part.scanned_on if part else None)
        self.remove.setEnabled(part is not None)
        self.note.setText("" if part else tr("Not indexed in this volume yet."))


def _on_paper(line: IndexLine) -> str:
    """ "Vol. 1: 09/15/2014 to 06/28/2019, scanned 02/14/2020"."""
    said = []
    for number, part in line.on_paper:
        words = tr(
            "Vol. {number}: {first} to {last}",
            number=number,
            first=us_date(part.from_on),
            last=us_date(part.until_on),
        )
        scanned = tr("scanned {date}", date=us_date(part.scanned_on)) if part.scanned_on else ""
        said.append(f"{words}, {scanned}" if scanned else words)
    return "; ".join(said)


def _electronic(line: IndexLine) -> str:
    if line.first_on is None or line.last_on is None:
        return ""
    return f"{us_date(line.first_on)} – {us_date(line.last_on)} ({line.documents})"
