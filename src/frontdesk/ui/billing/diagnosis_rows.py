"""The diagnoses of a superbill, A to L: found by words or code, taken away with one key."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import codes, entering
from frontdesk.services.billing.codes import Diagnosis
from frontdesk.services.billing.sheet import LETTERS, MOST_DIAGNOSES
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class DiagnosisRows(QWidget):
    """The search field, and below it the rows with their letters."""

    changed = Signal()
    finished = Signal()
    """Enter in the empty field: on to the services."""
    complained = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._superbill_id = 0
        self._on = date.min
        self._read_only = False
        self._rows: list[Diagnosis] = []
        self.search = SearchBox(tr("Words or ICD-10 code, Enter adds"), says=tr("Find a diagnosis"))
        self.search.searched.connect(self._find)
        self.search.picked.connect(self._take)
        self.search.returnPressed.connect(self._entered)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, theme().px(16))
        self._grid.setColumnMinimumWidth(1, theme().px(64))
        self._grid.setColumnStretch(2, 1)
        self.setLayout(column(self.search, self._grid, gap=4))
        self.setFocusProxy(self.search)

    def show_diagnoses(
        self, superbill_id: int, on: date, diagnoses: tuple[Diagnosis, ...], *, read_only: bool
    ) -> None:
        """The diagnoses of another superbill."""
        self._superbill_id, self._on, self._read_only = superbill_id, on, read_only
        self._rows = list(diagnoses)
        self.search.clear()
        set_shown(self.search, not read_only)
        self._lay_out()

    def diagnoses(self) -> tuple[Diagnosis, ...]:
        return tuple(self._rows)

    def remove(self, place: int) -> None:
        """Take a row away; those below move up a letter."""
        del self._rows[place]
        self._lay_out()
        self.changed.emit()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: FrontdeskError) -> None:
        self.complained.emit(error)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def _find(self, typed: str) -> None:
        self._desk.ask(
            self,
            lambda found: self.search.show_found(typed, [_suggestion(code) for code in found]),
            entering.find_diagnoses,
            superbill_id=self._superbill_id,
            typed=typed,
        )

    def _entered(self) -> None:
        self.search.hide_found()
        typed = self.search.value()
        if typed:
            self._take(typed)
        else:
            self.finished.emit()

    def _take(self, code: object) -> None:
        if codes.undotted(str(code)) in {codes.undotted(row.code) for row in self._rows}:
            message = tr("{code} is on the superbill already.", code=codes.dotted(codes.undotted(str(code))))
            self.refused(Refused(Finding(message, "diagnoses")))
            return
        if len(self._rows) >= MOST_DIAGNOSES:
            self.refused(Refused(Finding(tr("A claim carries 12 diagnoses at most."), "diagnoses")))
            return
        self._desk.ask(self, self._add, entering.diagnosis, superbill_id=self._superbill_id, code=str(code))

    def _add(self, found: Diagnosis) -> None:
        self._rows.append(found)
        self.search.clear()
        self.search.hide_found()
        self._lay_out()
        self.changed.emit()

    def _lay_out(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, row in enumerate(self._rows):
            label = EndingLabel(row.label, "body", "text-2")
            label.setMinimumHeight(theme().px(28))
            self._grid.addWidget(Label(LETTERS[place], "strong"), place, 0)
            self._grid.addWidget(Label(row.code, "strong"), place, 1)
            self._grid.addWidget(label, place, 2)
            if not self._read_only:
                away = IconButton("x", tr("Remove {code}", code=row.code))
                away.clicked.connect(lambda _=False, place=place: self.remove(place))
                self._grid.addWidget(away, place, 3)


def _suggestion(code: Diagnosis) -> Suggestion:
    return Suggestion(code.code, Item(code.label, lead=code.code, trailing=gone(code.expired_on)))


def gone(expired_on: date | None) -> Words | None:
    """Beside a code that may not be used any more."""
    return Words(tr("expired on {day}", day=us_date(expired_on)), "warn") if expired_on else None
