"""Visits to come whose records from other offices have not come: what, from whom, until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time, us_date, weekday_date
from frontdesk.services.records.outbound_views import OutboundLine
from frontdesk.services.visit import outside_records
from frontdesk.services.visit.outside_records import VisitWithout
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import ListOrNothing
from frontdesk.ui.registration.worklists import FrontWorklistPage
from frontdesk.ui.text import tr

_WEEK, _TWO, _MONTH = 7, outside_records.DAYS_AHEAD, 30


@dataclass(frozen=True, slots=True)
class Due:
    """One request that a visit waits for."""

    visit: VisitWithout
    line: OutboundLine


class RecordsDuePage(FrontWorklistPage):
    """By day and time; Enter opens the request, where it is sent, called after and ticked."""

    title = "Outside records"
    part = "records_due"
    permission = "records.view"
    topics = frozenset({"appointment", "outbound_request", "outbound_item", "outside_office", "patient"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.days = Segmented(
            ((_WEEK, tr("7 days")), (_TWO, tr("14 days")), (_MONTH, tr("30 days"))), says=tr("Days ahead")
        )
        self.days.set_value(_TWO)
        self.days.chosen.connect(lambda _: self.reload())
        self.toolbar.add(self.days)
        self.model = TableModel[Due](
            [
                Column(tr("Visit"), lambda each: clock_time(each.visit.starts), width=70),
                Column(tr("Patient"), lambda each: Cell(each.visit.patient_name, role="strong"), width=180),
                Column(tr("State"), _state),
                Column(tr("From"), lambda each: Cell(each.line.office, color="text-2"), width=180),
                Column(tr("Needed by"), self._needed, width=120),
                Column(tr("Next call"), _call, width=100),
            ],
            key=lambda each: (each.visit.appointment_id, each.line.request_id),
        )
        self.table = Table(self.model, says=tr("Visits that wait for records of other offices"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.open_request())
        ColumnFit(self.table, self.model.columns, least=230, first_to_go=(tr("Next call"), tr("From")))
        self.nothing = EmptyState(
            "folder-check",
            tr("No visit waits for records"),
            tr("What was asked of other offices for the visits of these days comes here."),
        )
        self.body = ListOrNothing(self.table, self.nothing)
        self.set_content(self.body)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Visit")),
            Key("Return", tr("Open the request")),
            Key("Ctrl+B", tr("Open the chart"), self.open_chart),
            Key("Esc", tr("Flow board"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.days, self.table)

    def reload(self) -> None:
        super().reload()
        first: date = self.desk.today
        last = first + timedelta(days=self.days.value())
        self.desk.ask(self, self._show, outside_records.visits_without, first=first, last=last)

    def open_request(self) -> None:
        """Where the request of the chosen line is worked on."""
        chosen = self.table.current()
        if chosen is not None:
            errand = Errand("records_requests", about_id=chosen.line.request_id, typed="outbound")
            self.go.emit("records_requests", errand)

    def open_chart(self) -> None:
        """The chart of the chosen patient."""
        chosen = self.table.current()
        if chosen is not None:
            self.go.emit("records", Errand("records", chosen.visit.patient_id))

    def _show(self, visits: tuple[VisitWithout, ...]) -> None:
        days = dict.fromkeys(visit.starts.date() for visit in visits)
        groups = []
        for day in days:
            own = [
                Due(visit, line)
                for visit in visits
                if visit.starts.date() == day
                for line in visit.awaited.lines
            ]
            groups.append((Group(weekday_date(day), str(len(own))), own))
        self.model.show_groups(groups)
        self.body.show_filled(bool(visits))
        self._chose(self.table.current())

    def _chose(self, chosen: Due | None) -> None:
        self.patient_chosen.emit(chosen.visit.patient_id if chosen else None)

    def _needed(self, each: Due) -> Cell:
        on = us_date(each.line.needed_on)
        if each.line.needed_on < self.desk.today:
            return Cell(on, role="strong", color="block-tx", icon="circle-alert", icon_color="block")
        if each.line.needed_on > each.visit.starts.date():
            return Cell(on, role="strong", color="warn-tx", icon="triangle-alert", icon_color="warn")
        return Cell(on, color="text-2")


def _state(each: Due) -> Cell:
    icon = "phone" if each.line.is_chase_due else "clock"
    return Cell(each.line.says, icon=icon, icon_color="warn" if each.line.is_chase_due else "text-2")


def _call(each: Due) -> Cell:
    return Cell(us_date(each.line.chase_on) if each.line.chase_on else "", color="text-2")
