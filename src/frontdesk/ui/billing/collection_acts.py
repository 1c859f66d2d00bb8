"""What is done with a household that owes: each act from a key or a button of its panel."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from frontdesk.formats import agency_csv
from frontdesk.formats.agency_csv import AgencySheet
from frontdesk.kernel.money import dollars
from frontdesk.services.billing import agency_file, collection_steps
from frontdesk.services.billing.agency_file import AgencyFile
from frontdesk.services.billing.collection_list import CollectionRow
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.hardships import HardshipState
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.agency_dialogs import AgencyListDialog, AgencyPaymentDialog
from frontdesk.ui.billing.collection_dialogs import (
    ApplicationDialog,
    CallDialog,
    DecisionDialog,
    InForceDialog,
    PlanDialog,
    PromiseDialog,
    StepDialog,
)
from frontdesk.ui.billing.collection_panel import CollectionPanel
from frontdesk.ui.billing.frame import BillingPage, ReasonDialog, ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.paper_dialog import write_file
from frontdesk.ui.text import counted, tr


class CollectionActs(QObject):
    """Acts on the household that the panel shows; nothing while it shows none."""

    def __init__(self, desk: Desk, page: BillingPage, panel: CollectionPanel) -> None:
        super().__init__(page)
        self._desk, self._page, self._panel = desk, page, panel
        self._row: CollectionRow | None = None
        panel.step_wanted.connect(self.step)
        panel.call_wanted.connect(self.call)
        panel.promise_wanted.connect(self.promise)
        panel.plan_wanted.connect(self.plan)
        panel.hardship_wanted.connect(self.hardship)
        panel.place_wanted.connect(self.place)
        panel.recall_wanted.connect(self.recall)
        panel.agency_paid_wanted.connect(self.agency_paid)

    def show_row(self, row: CollectionRow) -> None:
        """The household to act on."""
        self._row = row
        self._panel.show_row(row)

    def step(self) -> None:
        """Ctrl+Enter: the next stage; of a placed household the recall."""
        if (row := self._acting()) is None:
            return
        if row.stage is Stage.PLACED:
            self.recall()
        else:
            self._open(StepDialog(self._page, self._desk, row))

    def call(self) -> None:
        """C."""
        if (row := self._acting()) is not None:
            shown = self._panel.shown
            phone, warning = (shown.phone, shown.call_warning) if shown else ("", "")
            self._open(CallDialog(self._page, self._desk, row, phone, warning))

    def promise(self) -> None:
        """P."""
        if (row := self._acting()) is not None and row.stage is not Stage.PLACED:
            self._open(PromiseDialog(self._page, self._desk, row))

    def plan(self) -> None:
        """D: a payment plan of which something is missed begins anew, or ends."""
        row, shown = self._acting(), self._panel.shown
        if row is not None and shown is not None and shown.missed_plan is not None:
            self._open(PlanDialog(self._page, self._desk, row, shown.missed_plan))

    def hardship(self) -> None:
        """A: a new application, the decision on the one that waits, or what becomes of the one in force."""
        row, shown = self._acting(), self._panel.shown
        if row is None or shown is None:
            return
        waiting = next((each for each in shown.hardships if each.state is HardshipState.ASKED), None)
        in_force = next((each for each in shown.hardships if each.is_in_force), None)
        if waiting is not None:
            self._open(DecisionDialog(self._page, self._desk, row, waiting))
        elif in_force is not None:
            self._open(InForceDialog(self._page, self._desk, row, in_force))
        else:
            self._open(ApplicationDialog(self._page, self._desk, row))

    def place(self) -> None:
        """B: the second person approves the placement."""
        row = self._acting()
        if row is not None and row.stage is Stage.AGENCY_REVIEW:
            self._page.clear_complaints()
            self._desk.do(
                self._page,
                self._placed,
                collection_steps.place,
                account_id=row.account_id,
                seen_id=row.step_id,
            )

    def recall(self) -> None:
        """R."""
        row = self._acting()
        if row is not None and row.stage is Stage.PLACED:
            ask_why(
                self._page,
                tr("Recall {name} from the agency?", name=row.name),
                tr("The office asks for the debt itself again, and statements go out again."),
                verb=tr("Recall"),
                then=self._recall,
            )

    def agency_paid(self) -> None:
        """M: one payment that the agency reports."""
        row = self._acting()
        if row is not None and row.stage is Stage.PLACED:
            self._open(AgencyPaymentDialog(self._page, self._desk, row))

    def take_in(self) -> None:
        """Ctrl+O: the agency's list of what it collected."""
        self._page.clear_complaints()
        chosen, _ = QFileDialog.getOpenFileName(
            self._page, tr("What the agency collected"), "", tr("Lists (*.csv *.tsv *.txt);;All files (*)")
        )
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Reads the list; nothing is posted before somebody has looked at it."""
        self._desk.run(self._page, self._look, agency_csv.read_agency, path)

    def export(self) -> None:
        """Ctrl+E: the households with the agency, as a file."""
        self._page.clear_complaints()
        self._desk.ask(self._page, self._choose_path, agency_file.export)

    def save(self, made: AgencyFile, path: Path) -> None:
        """Write the file where it was chosen to be."""
        self._made = made
        self._desk.run(self._page, self._saved, write_file, path, made.content)

    def _choose_path(self, made: AgencyFile) -> None:
        if not made.accounts:
            self._page.told.emit(tr("No household is placed with the agency"))
            return
        name = f"agency-{self._desk.today}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self._page, tr("File for the agency"), name, "CSV (*.csv)")
        if chosen:
            self.save(made, Path(chosen))

    def _look(self, sheet: AgencySheet) -> None:
        dialog = AgencyListDialog(self._page, self._desk, sheet)
        dialog.told.connect(self._page.told)
        dialog.open()

    def _saved(self, _: Path) -> None:
        many = counted(self._made.accounts, "{count} household", "{count} households")
        total = dollars(self._made.owed_cents)
        self._page.told.emit(tr("Wrote the agency's file: {many}, {total}", many=many, total=total))

    def _recall(self, dialog: ReasonDialog, reason: str) -> None:
        if self._row is not None:
            self._desk.do(
                dialog,
                dialog.close_done,
                collection_steps.recall,
                account_id=self._row.account_id,
                reason=reason,
                seen_id=self._row.step_id,
            )

    def _placed(self, _: int) -> None:
        self._page.told.emit(tr("Placed with the agency"))

    def _acting(self) -> CollectionRow | None:
        return self._row if self._panel.isVisible() else None

    def _open(self, dialog: ActDialog) -> None:
        dialog.told.connect(self._page.told)
        dialog.open()
