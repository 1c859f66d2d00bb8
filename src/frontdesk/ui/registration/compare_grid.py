"""Two charts side by side, line by line; what differs stands out, what is the same steps back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.services.visit.chart_compare import CompareLine, Comparison
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.registration.lines import breakable
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LEAST = 96
"""Design pixels of a chart's column; longer words break, so that both columns stay in the panel."""


class CompareGrid(QWidget):
    """Label, mark, one, other; `short` leaves out what hangs on the charts and what neither differs in."""

    def __init__(self, *, short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = short
        self._last = 0
        self._grid = QGridLayout(self)
        px = theme().px
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(5))
        for column in (2, 3):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, px(_LEAST))

    def show_comparison(self, shown: Comparison | None) -> None:
        """Takes the place of what was shown."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if shown is None:
            return
        for place, head in ((2, shown.one), (3, shown.other)):
            words = Label(breakable(head), "strong", wrap=True)
            words.setMinimumWidth(theme().px(_LEAST))
            self._grid.addWidget(words, 0, place, Qt.AlignmentFlag.AlignTop)
        for line, each in enumerate(shown.lines, 1):
            self._add(line, each)
        self._grid.setRowStretch(self._last, 0)
        self._last = len(shown.lines) + 1
        self._grid.setRowStretch(self._last, 1)

    def _add(self, line: int, each: CompareLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        label = Label(tr(each.label), "secondary", "text-3")
        label.setMinimumWidth(theme().px(72 if self._short else 110))
        self._grid.addWidget(label, line, 0, top)
        if each.is_same and not each.is_weight:
            self._grid.addWidget(IconLabel("equal", "ok", 14, says=tr("the same")), line, 1, top)
        elif each.differs:
            self._grid.addWidget(IconLabel("equal-not", "warn", 14, says=tr("different")), line, 1, top)
        color = "text-2" if each.is_same or each.is_weight else "text"
        for place, value in ((2, each.one), (3, each.other)):
            shown = Label(
                "\n".join(breakable(line) for line in value.split("\n")) or "\N{EN DASH}",
                "strong" if each.differs else "body",
                color if value else "text-3",
                wrap=True,
            )
            shown.setMinimumWidth(theme().px(_LEAST))
            self._grid.addWidget(shown, line, place, top)
