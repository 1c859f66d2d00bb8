"""Beside the list: both charts line by line, what was decided, and the verbs with their keys."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.services.registration.duplicate_pairs import PairState
from frontdesk.services.visit import chart_compare
from frontdesk.services.visit.merging import MergeState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Section, SidePanel
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.registration.compare_grid import CompareGrid
from frontdesk.ui.registration.duplicate_rows import Line
from frontdesk.ui.text import tr


class DuplicateDetail(SidePanel):
    """Follows the chosen line; the page does what its verbs say."""

    different_wanted = Signal()
    later_wanted = Signal()
    merge_wanted = Signal()
    unmerge_wanted = Signal()
    complained = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        DetailWidth(self)
        self._desk = desk
        self._line: Line | None = None
        self._why = Section(tr("What speaks for it"), ruled=False)
        self._reasons = Label("", "body", wrap=True)
        self._why.add(self._reasons)
        self._decided = Label("", "secondary", "text-2", wrap=True)
        self._why.add(self._decided)
        both = Section(tr("Side by side"))
        self.grid = CompareGrid(short=True)
        both.add(self.grid)
        self.add(self._why)
        self.add(both)
        self.different = Button(tr("Two persons"), keys="D")
        self.different.clicked.connect(self.different_wanted)
        self.later = Button(tr("Later"), keys="L")
        self.later.clicked.connect(self.later_wanted)
        self.merge = Button(tr("Merge"), "tonal", icon="merge", keys="M")
        self.merge.clicked.connect(self.merge_wanted)
        self.unmerge = Button(tr("Take apart"), icon="split", keys="U")
        self.unmerge.clicked.connect(self.unmerge_wanted)
        self._may = {
            self.different: desk.may("registration.edit"),
            self.later: desk.may("registration.edit"),
            self.merge: desk.may("registration.prepare_merge") or desk.may("registration.merge"),
            self.unmerge: desk.may("registration.merge"),
        }
        verbs = row(self.different, self.later, None, self.unmerge, self.merge, margins=(12, 8, 12, 8))
        self.set_foot(Frame("foot", verbs))

    def show_line(self, line: Line | None) -> None:
        """None: nothing is chosen."""
        self._line = line
        if line is None:
            self.grid.show_comparison(None)
            return
        pair, merge = line.pair, line.merge
        reasons = pair.reasons if pair is not None else (merge.draft.reason,) if merge is not None else ()
        self._reasons.setText("\n".join(tr(reason) for reason in reasons))
        self._decided.setText(_decided(line))
        set_shown(self._decided, bool(self._decided.text()))
        is_done = merge is not None and merge.state is MergeState.MERGED
        wanted = {
            self.different: pair is not None and pair.state is not PairState.DIFFERENT,
            self.later: pair is not None,
            self.merge: not is_done,
            self.unmerge: is_done,
        }
        for button, is_wanted in wanted.items():
            set_shown(button, is_wanted and self._may[button])
        self.later.setText(
            tr("Decide again") if pair is not None and pair.state is PairState.DIFFERENT else tr("Later")
        )
        self.merge.setText(tr("Look and approve") if merge is not None else tr("Merge"))
        one, other = line.patient_ids
        self._desk.ask(self, self._show, chart_compare.comparison, one_id=one, other_id=other)

    def refused(self, error: FrontdeskError) -> None:
        """The page says what stands in the way."""
        self.complained.emit(str(error))

    def _show(self, shown: chart_compare.Comparison) -> None:
        self.grid.show_comparison(shown)


def _decided(line: Line) -> str:
    pair, merge = line.pair, line.merge
    if pair is not None and pair.decided_at is not None:
        said = tr("Decided by {name} on {day}.", name=pair.decided_by, day=us_date(pair.decided_at.date()))
        return f"{said} {pair.note}".strip()
    if merge is not None:
        said = tr(
            "Prepared by {name} on {day}.", name=merge.prepared_by, day=us_date(merge.prepared_at.date())
        )
        if merge.merged_at is not None:
            said += " " + tr(
                "Approved by {name} on {day}.", name=merge.merged_by, day=us_date(merge.merged_at.date())
            )
        return said
    return ""
