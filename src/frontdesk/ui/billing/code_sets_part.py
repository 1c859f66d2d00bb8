"""Billing set-up: every list of codes with its release, and the way of the next one in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from frontdesk.formats import code_lists, office_codes
from frontdesk.formats.code_lists import CodeList
from frontdesk.formats.office_codes import OfficeFile
from frontdesk.formats.refused_lines import RefusedLine
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import code_releases
from frontdesk.services.billing.code_releases import ReleasedSet, SetView
from frontdesk.ui.billing.release_columns import ReleaseColumns
from frontdesk.ui.billing.release_view import Chosen, ReleaseView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

_WANTED = {
    ReleasedSet.ICD10CM: "The order file or the codes file of a fiscal year, from CMS, unpacked.",
    ReleasedSet.HCPCS: "The quarterly file (ANWEB) from CMS: the text file as it comes, or the sheet as CSV.",
    ReleasedSet.CPT: "The file that the office has a license for: the AMA's text files as they come, or CSV.",
    ReleasedSet.POS: "CMS's list of two digits and a description, as CSV.",
    ReleasedSet.MODIFIER: "Modifiers come with HCPCS and with the office's CPT file.",
}


class CodeSetsPart(SetupPart):
    """Enter or Ctrl+O on a list chooses the file of its next release."""

    topics = frozenset({"code_release", "procedure_code"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._set, self._file_name = ReleasedSet.ICD10CM, ""
        self.model = TableModel[SetView](
            [
                Column(tr("List"), lambda each: Cell(tr(each.name), role="strong")),
                Column(tr("Codes of today"), lambda each: f"{each.valid:,}", width=120, align="right"),
                Column(tr("Release"), _release, width=170),
                Column(tr("Valid from"), lambda each: _day(each.effective_on), width=100),
                Column(tr("Loaded"), _loaded, width=230),
                Column(tr("Next release"), self._next, width=160),
            ],
            key=lambda each: each.code_set,
        )
        self.table = Table(self.model, says=tr("Lists of codes"))
        first_to_go = (tr("Loaded"), tr("Valid from"), tr("Codes of today"))
        ColumnFit(self.table, self.model.columns, least=190, first_to_go=first_to_go)
        self.table.opened.connect(lambda _: self.choose_file())
        self.table.chosen.connect(self._hint)
        self.wanted = Label("", "secondary", "text-2")
        self.load_button = Button(tr("Load a release…"), "primary", icon="file-input", keys="Ctrl+O")
        self.load_button.clicked.connect(self.choose_file)
        bar = Toolbar()
        bar.add_left(self.wanted)
        bar.add(self.load_button)
        self._list = QWidget()
        self._list.setLayout(column(bar, self.table, gap=0))
        self.columns, self.release = ReleaseColumns(), ReleaseView(desk)
        self.columns.back_wanted.connect(self.show_list)
        self.columns.chosen.connect(self._columns_chosen)
        self.release.back_wanted.connect(self.show_list)
        self.release.loaded.connect(self._told_of)
        self.release.told.connect(self.told)
        self._stack = QStackedWidget()
        for view in (self._list, self.columns, self.release):
            self._stack.addWidget(view)
        self.setLayout(column(self.banner, row(self._stack), gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+O", tr("Load a release"), self.choose_file),
            Key("Ctrl+T", tr("Compare"), self._compare),
            Key("Ctrl+Return", tr("Load"), self._go_on),
        )

    def step_back(self) -> bool:
        is_inside = self._stack.currentWidget() is not self._list
        if is_inside:
            self.show_list()
        return is_inside

    def reload(self) -> None:
        self.desk.ask(self, self._show, code_releases.sets)

    def show_list(self) -> None:
        """Back to the lists; nothing was written."""
        self._turn_to(self._list)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_file(self) -> None:
        """Asks for the file of the chosen list."""
        line = self.table.current()
        if line is None or self._stack.currentWidget() is not self._list or not self.load_button.isEnabled():
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("Load a release of {list}", list=tr(line.name)),
            "",
            tr("Lists (*.txt *.csv *.tsv);;All files (*)"),
        )
        if chosen:
            self.take_in(line.code_set, Path(chosen))

    def take_in(self, code_set: ReleasedSet, path: Path) -> None:
        """Reads the file; nothing is written."""
        self._set = code_set
        self.clear_complaints()
        if code_set is ReleasedSet.CPT:
            self.desk.run(self, self._show_columns, office_codes.look_at, path)
        else:
            read = code_lists.READERS[code_set]
            self.desk.run(self, lambda found: self._show_release(path.name, _always(found)), read, path)

    def _show_columns(self, file: OfficeFile) -> None:
        self._turn_to(self.columns)
        self.columns.show_file(file, self.desk.today)
        self._file_name = file.name

    def _columns_chosen(self) -> None:
        if self.columns.is_ready():
            self._show_release(self._file_name, self.columns.codes_on)

    def _show_release(
        self, file: str, codes_on: Callable[[date], tuple[CodeList, tuple[RefusedLine, ...]]]
    ) -> None:
        name, on = code_lists.release_of(file) or ("", None)
        self._turn_to(self.release)
        self.release.show_chosen(Chosen(self._set, file, name, on, codes_on))

    def _told_of(self, words: str) -> None:
        self.told.emit(words)
        self.show_list()

    def _compare(self) -> None:
        if self._stack.currentWidget() is self.release:
            self.release.look()

    def _go_on(self) -> None:
        if self._stack.currentWidget() is self.release:
            self.release.take_over()
        elif self._stack.currentWidget() is self.columns:
            self._columns_chosen()

    def _turn_to(self, view: QWidget) -> None:
        self.clear_complaints()
        self._stack.setCurrentWidget(view)

    def _show(self, found: tuple[SetView, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()

    def _hint(self, line: SetView | None) -> None:
        set_shown(self.wanted, line is not None)
        if line is not None:
            self.wanted.setText(tr(_WANTED[line.code_set]))
            self.load_button.setEnabled(line.code_set is not ReleasedSet.MODIFIER)

    def _next(self, each: SetView) -> Cell:
        if each.next_on is None:
            return Cell("")
        if each.next_on <= self.desk.today:
            return Cell(tr("{day}, missing", day=us_date(each.next_on)), tone="warn")
        return Cell(us_date(each.next_on))


def _always(found: CodeList) -> Callable[[date], tuple[CodeList, tuple[RefusedLine, ...]]]:
    return lambda _: (found, ())


def _release(each: SetView) -> Cell:
    return Cell(tr(each.release)) if each.release else Cell(tr("none loaded"), color="text-3")


def _loaded(each: SetView) -> Cell:
    return Cell(_day(each.loaded_at.date() if each.loaded_at else None), detail=each.loaded_by)


def _day(day: date | None) -> str:
    return us_date(day) if day else ""
