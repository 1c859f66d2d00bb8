"""What changed since the last visit: the old beside the new, when and by whom."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.registration.reviews import Change
from frontdesk.services.visit.sheet_changes import SheetChanges, since_last_visit
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import Card
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 220


class ChangedCard(Panel):
    """Asks for itself; `show_patient` says of whom."""

    topics = frozenset(
        {
            "patient",
            "patient_phone",
            "patient_address",
            "patient_contact",
            "former_name",
            "policy",
            "coverage",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self.card = Card(tr("Changed since the last visit"), "file-diff")
        self.model = TableModel[Change](
            [
                Column(tr("What"), lambda each: Cell(each.what, role="strong"), width=180),
                Column(tr("Was"), lambda each: Cell(each.before or tr("nothing"), color="text-2")),
                Column(tr("Is now"), lambda each: Cell(each.after or tr("nothing"), role="strong")),
                Column(tr("When"), self._when, width=130),
                Column(tr("By"), lambda each: each.by, width=130),
            ],
            key=lambda each: (each.section, each.what),
        )
        self.table = Table(self.model, says=tr("Changed since the last visit"))
        self.table.setMinimumHeight(theme().px(_HEIGHT))
        ColumnFit(self.table, self.model.columns, least=240, first_to_go=("By", "When"))
        self.empty = EmptyState("check", tr("Nothing changed"), "")
        for piece in (self.banner, self.table, self.empty):
            self.card.body.addWidget(piece)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)

    def show_patient(self, patient_id: int | None) -> None:
        self._patient_id = patient_id
        self.reload()

    def reload(self) -> None:
        if self._patient_id is not None:
            self.desk.ask(self, self._show, since_last_visit, patient_id=self._patient_id)

    def _show(self, found: SheetChanges) -> None:
        since = us_date(found.since.date())
        self.card.show_title(
            tr("Changed since the registration on {on}", on=since)
            if found.is_first_visit
            else tr("Changed since the visit on {on}", on=since)
        )
        self.model.show(found.changes)
        set_shown(self.table, bool(found.changes))
        set_shown(self.empty, not found.changes)

    def _when(self, change: Change) -> str:
        return when_said(change, self.desk)


def when_said(change: Change, desk: Desk) -> str:
    """ "today 10:38 AM", or the date."""
    if change.at.date() == desk.today:
        return tr("today {time}", time=us_time(change.at))
    return us_date(change.at.date())
