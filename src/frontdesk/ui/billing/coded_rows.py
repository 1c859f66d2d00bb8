"""What the diagnoses and the services of a superbill share: a search field, and rows below it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr


class CodedRows(QWidget):
    """Enter in the field takes what was typed, or where nothing was, goes on."""

    changed = Signal()
    finished = Signal()
    """Enter in the empty field: nothing more is added."""
    complained = Signal(object)

    def __init__(self, desk: Desk, search: SearchBox, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._superbill_id = 0
        self._read_only = False
        self.search = search
        search.searched.connect(self.look_for)
        search.picked.connect(self.take)
        search.returnPressed.connect(self._entered)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(2, 1)
        self.setLayout(column(search, self.grid, gap=gap))
        self.setFocusProxy(search)

    def look_for(self, typed: str) -> None:
        """Ask for what was meant, and give it to `offer`."""
        raise NotImplementedError

    def take(self, code: object) -> None:
        """Add the row of a code, or have it said why not."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Put the rows into the empty grid."""
        raise NotImplementedError

    def offer(self, typed: str, found: Sequence[Suggestion]) -> None:
        """Below the field."""
        self.search.show_found(typed, found)

    def refused(self, error: FrontdeskError) -> None:
        self.complained.emit(error)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def show_rows(self, superbill_id: int, *, read_only: bool) -> None:
        """Those of another superbill."""
        self._superbill_id, self._read_only = superbill_id, read_only
        self.search.clear()
        set_shown(self.search, not read_only)
        self.lay_out_anew()

    def added(self) -> None:
        """A row has come; the field is free for the next."""
        self.search.clear()
        self.search.hide_found()
        self.lay_out_anew()
        self.changed.emit()

    def removed(self) -> None:
        """A row has gone; the focus is where the next is typed."""
        self.lay_out_anew()
        self.changed.emit()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def lay_out_anew(self) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.blockSignals(True)  # a field that loses the focus by going is about no row any more
                widget.hide()
                widget.deleteLater()
        self.lay_out()

    def _entered(self) -> None:
        self.search.hide_found()
        if self.search.value():
            self.take(self.search.value())
        else:
            self.finished.emit()


def suggestion(code: str, label: str, expired_on: date | None) -> Suggestion:
    """A code that may be picked; beside one that may not be used any more its last day."""
    gone = Words(tr("expired on {day}", day=us_date(expired_on)), "warn") if expired_on else None
    return Suggestion(code, Item(label, lead=code, trailing=gone))
