"""Possible duplicates: pairs of charts with what speaks for it, and one key for each decision."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.services.registration import duplicate_pairs
from frontdesk.services.registration.duplicate_pairs import Pair, PairState
from frontdesk.services.visit import chart_compare, merging
from frontdesk.services.visit.chart_compare import Comparison
from frontdesk.services.visit.merge_plan import MergeDraft
from frontdesk.services.visit.merging import MergeState, MergeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.registration import duplicate_rows as rows
from frontdesk.ui.registration.duplicate_detail import DuplicateDetail
from frontdesk.ui.registration.duplicate_rows import Line
from frontdesk.ui.registration.merge_dialog import MergeDialog
from frontdesk.ui.registration.pair_dialog import PairDialog
from frontdesk.ui.registration.sweep_button import SweepButton
from frontdesk.ui.registration.unmerge_dialog import UnmergeDialog
from frontdesk.ui.registration.worklists import FrontWorklistPage
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_EDIT, _PREPARE, _MERGE = "registration.edit", "registration.prepare_merge", "registration.merge"
_NARROW = 860


class DuplicatesPage(FrontWorklistPage):
    """Arrows walk, Enter compares, D says two persons, M merges, L puts off, U takes a merge apart."""

    title = "Possible duplicates"
    part = "duplicates"
    topics = frozenset({"duplicate_pair", "duplicate_sweep", "patient_merge", "merge_rule"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.views = SubTabs(tuple((name, tr(words)) for name, words in rows.VIEWS), says=tr("Which pairs"))
        self.views.chosen.connect(self._change_view)
        self._wants_focus = False
        self.sweep = SweepButton(desk)
        self.sweep.found.connect(self._swept)
        self.sweep.refusal.connect(self.refused)
        self.model = TableModel[Line](
            [
                Column("Patient", lambda each: Cell(each.names, role="strong")),
                Column("Born", lambda each: each.born, width=180),
                Column("Charts", lambda each: Cell(each.charts, color="text-2"), width=170),
                Column("", Line.said, width=120),
                Column("What speaks for it", lambda each: each.why, width=330),
                Column("When", lambda each: Cell(each.when, color="text-2"), width=160),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Charts that may be one person's, the most alike first"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self.compare)
        ColumnFit(
            self.table,
            self.model.columns,
            least=190,
            first_to_go=("When", "Charts", "Born", "What speaks for it"),
        )
        for keys, act in (("D", self.different), ("L", self.later), ("M", self.merge), ("U", self.unmerge)):
            bound = QShortcut(QKeySequence(keys), self.table)
            bound.setContext(Qt.ShortcutContext.WidgetShortcut)
            bound.activated.connect(act)
        self.detail = DuplicateDetail(desk)
        for wanted, act in (
            (self.detail.different_wanted, self.different),
            (self.detail.later_wanted, self.later),
            (self.detail.merge_wanted, self.merge),
            (self.detail.unmerge_wanted, self.unmerge),
        ):
            wanted.connect(act)
        self.detail.complained.connect(self.complain)
        self.nothing = EmptyState("users", tr("No pairs here"), tr(_NOTHING["open"]))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        bar = Frame("bar", row(self.views, None, self.sweep, gap=10, margins=(12, 0, 12, 0)))
        bar.setFixedHeight(theme().px(40))
        self._whole = row(self._stack, self.detail, gap=0)
        self._whole.setStretch(0, 1)
        whole = column(bar, self._whole, gap=0)
        whole.setStretch(1, 1)
        self.set_content(Frame("surface", whole))
        self.bind_keys()

    # -- the page's contract --------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Pair")),
            Key("Return", tr("Compare")),
            Key("D", tr("Two persons")),
            Key("M", tr("Merge")),
            Key("L", tr("Later")),
            Key("U", tr("Take a merge apart")),
            Key("F5", tr("Look for duplicates"), self.sweep.press),
            Key("Esc", tr("Flow board"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.views, self.table)

    def reload(self) -> None:
        super().reload()
        self.sweep.ask()
        self.desk.ask(self, self._show_counts, duplicate_pairs.counts)
        view = self.views.value()
        if view in rows.PAIRS:
            self.desk.ask(self, self._show_pairs, duplicate_pairs.pairs, states=(rows.PAIRS[view],))
        else:
            self.desk.ask(self, self._show_merges, merging.merges, states=(rows.MERGES[view],))

    def open_with(self, errand: Errand) -> None:
        """An errand named like a view opens that view."""
        if errand.act in dict(rows.VIEWS):
            self.views.set_value(errand.act)
            self.reload_soon()

    # -- what is done ---------------------------------------------------------

    def compare(self, line: Line | None = None) -> None:
        """Both charts side by side; of a merge, what it does or did."""
        line = line or self.table.current()
        if line is None:
            return
        if line.merge is not None:
            self._open_merge(line.merge)
        elif line.pair is not None:
            may = self.desk.may
            PairDialog(
                self,
                self.desk,
                line.pair,
                merge=self.merge if may(_PREPARE) else None,
                different=self.different if may(_EDIT) else None,
                later=self.later if may(_EDIT) else None,
            ).open()

    def different(self) -> None:
        """Two persons; not offered again."""
        pair = self._pair()
        if pair is not None and pair.state is not PairState.DIFFERENT:
            self._decide(pair, to_later=False)

    def later(self) -> None:
        """Offered again in two weeks; a pair that was decided waits again."""
        pair = self._pair()
        if pair is None:
            return
        if pair.state is PairState.DIFFERENT:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Back on the list")),
                duplicate_pairs.reopen,
                pair_id=pair.pair_id,
                version=pair.version,
            )
        elif pair.state is PairState.OPEN or pair.later_on is not None:
            self._decide(pair, to_later=True)

    def merge(self) -> None:
        """Look at what a merge would do, and prepare it; or approve the one that waits."""
        line = self.table.current()
        if line is not None and line.merge is not None and line.merge.state is MergeState.PREPARED:
            self._open_merge(line.merge)
        elif line is not None and line.pair is not None and self.desk.may(_PREPARE):
            self.clear_complaints()
            self.desk.ask(
                self,
                self._open_preparing,
                chart_compare.comparison,
                one_id=line.pair.one.patient_id,
                other_id=line.pair.other.patient_id,
            )

    def unmerge(self) -> None:
        """Take the charts of a merge apart."""
        line = self.table.current()
        merge = None if line is None else line.merge
        if merge is None or merge.state is not MergeState.MERGED:
            return
        if not self.desk.may(_MERGE):
            self.complain(tr("Taking charts apart needs the right to merge. Ask the office manager."))
            return
        UnmergeDialog(self, self.desk, merge, self.told.emit).open()

    def _decide(self, pair: Pair, *, to_later: bool) -> None:
        if not self.desk.may(_EDIT):
            return
        self.clear_complaints()
        words = (
            tr("{name}: again in two weeks", name=pair.one.name)
            if to_later
            else tr("{name}: two persons", name=pair.one.name)
        )
        self.desk.do(
            self,
            lambda _: self.told.emit(words),
            duplicate_pairs.later if to_later else duplicate_pairs.not_the_same,
            pair_id=pair.pair_id,
            version=pair.version,
        )

    def _open_preparing(self, shown: Comparison) -> None:
        line = self.table.current()
        if line is None or line.pair is None:
            return
        one, other = line.pair.one.patient_id, line.pair.other.patient_id
        stays = shown.heavier_id
        draft = MergeDraft(stays, other if stays == one else one)
        charts = tuple((side.patient_id, side.chart_number) for side in (line.pair.one, line.pair.other))
        MergeDialog(self, self.desk, draft, charts, self.told.emit).open()

    def _open_merge(self, merge: MergeView) -> None:
        if merge.state is MergeState.MERGED:
            self.unmerge()
        else:
            charts = tuple((side.patient_id, side.chart_number) for side in (merge.stays, merge.goes))
            MergeDialog(self, self.desk, merge.draft, charts, self.told.emit, waiting=merge).open()

    def _swept(self, found: int) -> None:
        self.told.emit(counted(found, "{count} new pair found", "{count} new pairs found"))
        self.reload()

    # -- what is shown --------------------------------------------------------

    def _change_view(self) -> None:
        self.clear_complaints()
        self._wants_focus = True
        self.reload()

    def _show_counts(self, counts: dict[str, int]) -> None:
        for view, state in rows.PAIRS.items():
            self.views.show_count(view, counts.get(state.value, 0) if view != "different" else 0)
        self.desk.ask(self, self._show_waiting_merges, merging.waiting_count)

    def _show_waiting_merges(self, waiting: int) -> None:
        self.views.show_count("prepared", waiting)

    def _show_pairs(self, found: tuple[Pair, ...]) -> None:
        if self.views.value() in rows.PAIRS:
            self._show([rows.of_pair(pair) for pair in found])

    def _show_merges(self, found: tuple[MergeView, ...]) -> None:
        if self.views.value() in rows.MERGES:
            self._show([rows.of_merge(merge) for merge in found])

    def _show(self, lines: list[Line]) -> None:
        before = self.table.keeper.current()
        self.model.show(lines)
        if not lines:
            self.nothing.say("users", tr("No pairs here"), tr(_NOTHING[self.views.value()]))
        self._stack.setCurrentWidget(self.table if lines else self.nothing)
        if lines and self.table.current() is None:
            self.table.keeper.choose(min(max(before, 0), len(lines) - 1))
        set_shown(self.detail, bool(lines) and not self._is_narrow())
        if lines and self._wants_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wants_focus = False
        self._chose(self.table.current())

    def _chose(self, line: Line | None) -> None:
        self.detail.show_line(line)
        self.patient_chosen.emit(None if line is None else line.patient_ids[0])

    def _pair(self) -> Pair | None:
        line = self.table.current()
        return None if line is None else line.pair

    def _is_narrow(self) -> bool:
        return self.width() < theme().px(_NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_shown(self.detail, not self._is_narrow() and self.table.current() is not None)


_NOTHING = {
    "open": "Pairs come here from the desk, and when all patients are looked through.",
    "prepared": "A merge that somebody prepared waits here for a second person.",
    "later": "A pair that is put off comes back after two weeks.",
    "different": "Pairs that were found to be two persons are kept here, with who said so.",
    "merged": "Merged charts are kept here, and can be taken apart again.",
}
