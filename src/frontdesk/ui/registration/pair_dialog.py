"""Two charts that may be one person's, side by side, and the three things to be decided."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from frontdesk.services.registration.duplicate_pairs import Pair
from frontdesk.services.visit import chart_compare
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import scrolled
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label
from frontdesk.ui.registration.compare_grid import CompareGrid
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 420


class PairDialog(Dialog):
    """D, L and M as on the list; Escape decides nothing."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        pair: Pair,
        *,
        merge: Callable[[], object] | None,
        different: Callable[[], object] | None,
        later: Callable[[], object] | None,
    ) -> None:
        super().__init__(
            parent,
            tr("Is this one person?"),
            tr("What differs is in bold. Merging can be undone later; a wrong booking cannot."),
            icon="users",
            width=820,
        )
        self.grid = CompareGrid()
        area = scrolled(self.grid)
        area.setFixedHeight(min(theme().px(_HEIGHT), parent.window().height() * 6 // 10))
        self.body.addWidget(Label(" · ".join(tr(reason) for reason in pair.reasons), "body", wrap=True))
        self.body.addWidget(area)
        self.add_verb(tr("Decide nothing yet"), keys="Esc")
        for words, keys, act in (
            (tr("Two persons"), "D", different),
            (tr("Later"), "L", later),
            (tr("Merge"), "M", merge),
        ):
            if act is not None:
                self.add_verb(words, act, keys=keys, kind="primary" if keys == "M" else "default")
                bound = QShortcut(QKeySequence(keys), self)
                bound.activated.connect(act)
                bound.activated.connect(self.accept)
        desk.ask(
            self,
            self._show,
            chart_compare.comparison,
            one_id=pair.one.patient_id,
            other_id=pair.other.patient_id,
        )

    def _show(self, shown: chart_compare.Comparison) -> None:
        self.grid.show_comparison(shown)
        self.adjustSize()
