"""The visits that stand outside the hours as they are now; Enter leads to one in the book."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.services.schedule.stranded import Stranded
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr


class StrandedDialog(Dialog):
    """A list, and the way to each."""

    def __init__(
        self, parent: QWidget, found: Sequence[Stranded], go: Callable[[str, Errand], object]
    ) -> None:
        super().__init__(
            parent,
            tr("Visits outside the hours"),
            tr("They stay where they are until somebody moves them or calls them off."),
            width=720,
        )
        self._go = go
        model = TableModel[Stranded](
            [
                Column(
                    tr("When"),
                    lambda each: f"{weekday_date(each.starts.date())}, {us_time(each.starts)}",
                    width=220,
                ),
                Column(tr("Patient"), lambda each: Cell(each.patient, "strong")),
                Column(tr("Why"), lambda each: Cell(each.why, detail=each.reason), width=270),
            ],
            key=lambda each: (each.appointment_id, each.resource_id),
        )
        model.show(found)
        self.table = Table(model, says=tr("Visits outside the hours"))
        self.table.opened.connect(self.show_visit)
        self.body.addWidget(self.table)
        self.add_verb(tr("Leave them"), keys="Esc")
        self.add_verb(tr("Show in the book"), self._show_chosen, kind="primary", closes=False)
        self.table.choose_first()
        self.table.setFocus()

    def show_visit(self, found: Stranded) -> None:
        """The day of the visit, with it chosen."""
        self.accept()
        self._go("schedule", Errand("show", appointment_id=found.appointment_id, starts=found.starts))

    def _show_chosen(self) -> None:
        found = self.table.current()
        if found is not None:
            self.show_visit(found)
