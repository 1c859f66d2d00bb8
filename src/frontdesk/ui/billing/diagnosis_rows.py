"""The diagnoses of a superbill, A to L: found by words or code, taken away with one key."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.billing import codes, entering
from frontdesk.services.billing.codes import Diagnosis
from frontdesk.services.billing.sheet import LETTERS, MOST_DIAGNOSES
from frontdesk.ui.billing.coded_rows import CodedRows, suggestion
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class DiagnosisRows(CodedRows):
    """The search field, and below it the rows with their letters."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._rows: list[Diagnosis] = []
        search = SearchBox(tr("Words or ICD-10 code, Enter adds"), says=tr("Find a diagnosis"))
        super().__init__(desk, search, 4, parent)
        self.grid.setHorizontalSpacing(theme().px(10))
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnMinimumWidth(0, theme().px(16))
        self.grid.setColumnMinimumWidth(1, theme().px(64))

    def show_diagnoses(self, superbill_id: int, diagnoses: tuple[Diagnosis, ...], *, read_only: bool) -> None:
        """The diagnoses of another superbill."""
        self._rows = list(diagnoses)
        self.show_rows(superbill_id, read_only=read_only)

    def diagnoses(self) -> tuple[Diagnosis, ...]:
        return tuple(self._rows)

    def remove(self, place: int) -> None:
        """Take a row away; those below move up a letter."""
        del self._rows[place]
        self.removed()

    def look_for(self, typed: str) -> None:
        self._desk.ask(
            self,
            lambda found: self.offer(
                typed, [suggestion(each.code, each.label, each.expired_on) for each in found]
            ),
            entering.find_diagnoses,
            superbill_id=self._superbill_id,
            typed=typed,
        )

    def take(self, code: object) -> None:
        if codes.undotted(str(code)) in {codes.undotted(row.code) for row in self._rows}:
            message = tr("{code} is on the superbill already.", code=codes.dotted(codes.undotted(str(code))))
            self.refused(Refused(Finding(message, "diagnoses")))
            return
        if len(self._rows) >= MOST_DIAGNOSES:
            self.refused(Refused(Finding(tr("A claim carries 12 diagnoses at most."), "diagnoses")))
            return
        self._desk.ask(self, self._add, entering.diagnosis, superbill_id=self._superbill_id, code=str(code))

    def lay_out(self) -> None:
        for place, row in enumerate(self._rows):
            label = EndingLabel(row.label, "body", "text-2")
            label.setMinimumHeight(theme().px(28))
            self.grid.addWidget(Label(LETTERS[place], "strong"), place, 0)
            self.grid.addWidget(Label(row.code, "strong"), place, 1)
            self.grid.addWidget(label, place, 2)
            if not self._read_only:
                away = IconButton("x", tr("Remove {code}", code=row.code))
                away.clicked.connect(lambda _=False, place=place: self.remove(place))
                self.grid.addWidget(away, place, 3)

    def _add(self, found: Diagnosis) -> None:
        self._rows.append(found)
        self.added()
