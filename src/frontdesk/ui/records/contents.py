"""The left column: search in the chart, its parts with their counts, and the tray."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.records.chart import Chart
from frontdesk.services.records.filing import Category
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.records.words import icon_of, title_of
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

ALL = "all"
TO_FILE = "to_file"
TRAY = "tray"
TO_READ = "to_read"
ARCHIVED = "archived"
FOR_ALL = (TRAY, TO_READ)
"""The parts that belong to no single chart."""
WIDTH = 204

Part = str
"""ALL, TO_FILE, TRAY, TO_READ, ARCHIVED, or a category's value."""

_OWN: dict[Part, str] = {
    ALL: "All documents",
    TO_FILE: "To be filed",
    TRAY: "Incoming documents",
    TO_READ: "To be read",
    ARCHIVED: "Archived",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    part: Part
    item: Item


def category_of(part: Part) -> Category | None:
    return None if part in _OWN else Category(part)


def words_of(part: Part) -> str:
    return tr(_OWN[part]) if part in _OWN else title_of(Category(part))


class Contents(Frame):
    """Tells which part is chosen and what is searched for; `narrow` is its twin as one combo."""

    part_chosen = Signal(str)
    searched = Signal(str)
    patient_picked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("column", parent=parent)
        self.setFixedWidth(theme().px(WIDTH))
        self.setAccessibleName(tr("Parts of the chart"))
        self.search = SearchBox(tr("Search this chart"), keys="/")
        self.search.searched.connect(self.searched)
        self.finder = PatientBox(desk, tr("Find a chart"))
        self.finder.chosen.connect(self.patient_picked)
        self._model = ListModel[_Entry](lambda entry: entry.item, key=lambda entry: entry.part)
        self.parts = RowList(self._model, says=tr("Parts of the chart"), lined=False)
        self.parts.chosen.connect(self._chosen)
        self.narrow = Combo[Part]()
        self.narrow.setMinimumWidth(theme().px(190))
        self.narrow.setAccessibleName(tr("Parts of the chart"))
        self.narrow.chosen.connect(self._chosen_narrow)
        self._part: Part = TRAY
        boxes = column(self.search, self.finder, margins=(10, 10, 10, 6))
        self.foot = column(gap=0, margins=(10, 0, 10, 10))
        """What stands at the bottom, below the parts: the card of the paper chart."""
        whole = column(boxes, self.parts, self.foot, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.show_tray(0, 0)

    @property
    def part(self) -> Part:
        return self._part

    def show_chart(self, chart: Chart, incoming: int, to_read: int) -> None:
        """The parts of a chart with their counts; the office's tray and reading below them."""
        self.search.show()
        self.finder.hide()
        entries = [_Entry(ALL, _item(ALL, "files", chart.filed_count + chart.to_file_count))]
        entries += [
            _Entry(found.category.value, _item(found.category.value, icon_of(found.category), found.count))
            for found in chart.counts
        ]
        entries.append(_Entry(TO_FILE, _item(TO_FILE, "inbox", chart.to_file_count, "warn")))
        entries.append(_Entry(ARCHIVED, _item(ARCHIVED, "archive", chart.archived_count)))
        entries.append(_Entry("", Item(tr("All charts"), is_head=True)))
        entries.append(_Entry(TRAY, _item(TRAY, "archive-restore", incoming)))
        entries.append(_Entry(TO_READ, _item(TO_READ, "eye", to_read)))
        self._show(entries, self._part if self._part not in FOR_ALL else ALL)

    def show_tray(self, incoming: int, to_read: int) -> None:
        """No chart is open: what came in for all of them, and what providers have to read."""
        self.search.hide()
        self.finder.show()
        entries = [
            _Entry(TRAY, _item(TRAY, "inbox", incoming, "warn")),
            _Entry(TO_READ, _item(TO_READ, "eye", to_read)),
        ]
        self._show(entries, self._part if self._part in FOR_ALL else TRAY)

    def choose(self, part: Part) -> None:
        self._part = part
        self.parts.choose(part)
        self.narrow.set_value(part)

    def _show(self, entries: list[_Entry], part: Part) -> None:
        self._part = part
        self.parts.blockSignals(True)
        self._model.show(entries)
        self.parts.choose(part)
        self.parts.blockSignals(False)
        self.narrow.set_options(tuple((entry.part, words_of(entry.part)) for entry in entries if entry.part))
        self.narrow.set_value(part)

    def _chosen(self, entry: _Entry | None) -> None:
        if entry is not None and entry.part and entry.part != self._part:
            self._tell(entry.part)

    def _chosen_narrow(self, part: Part) -> None:
        self.parts.choose(part)

    def _tell(self, part: Part) -> None:
        self._part = part
        self.narrow.set_value(part)
        self.part_chosen.emit(part)


def _item(part: Part, icon: str, count: int, color: str = "text-2") -> Item:
    quiet = "text-3" if count == 0 else "text-2"
    return Item(
        words_of(part),
        icon=icon,
        icon_color=color if count else "text-2",
        trailing=Words(str(count) if count else "", quiet),
    )
