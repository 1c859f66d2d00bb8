"""The list of visits as a table; typing jumps to a patient."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.words import Confirmation
from frontdesk.services.visit.visit_list import ListedVisit
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr

_SAID = {
    Confirmation.NONE: "",
    Confirmation.ATTEMPTED: "No answer",
    Confirmation.MESSAGE_LEFT: "Message left",
    Confirmation.CONFIRMED: "Confirmed",
    Confirmation.DECLINED: "Does not come",
    Confirmation.UNREACHABLE: "Not reachable",
}
_NAME = 170
"""The least that a name has; other columns give way to it."""


class VisitTable(Table[ListedVisit]):
    """The patient is the model's first column, where typing looks; on the screen the time stands first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.lines = TableModel[ListedVisit](
            [
                Column(tr("Patient"), _patient, sort_by=lambda line: (line.visit.patient, line.visit.starts)),
                Column(tr("Time"), _time, width=80, sort_by=lambda line: (line.visit.starts, line.visit.id)),
                Column(tr("Provider"), _provider, width=106, sort_by=_provider),
                Column(tr("Type"), _what, width=136, sort_by=_what),
                Column(tr("Status"), _status, width=110, sort_by=_status_name),
                Column(tr("Confirmation"), _confirmation, width=98, sort_by=_confirmation),
                Column(tr("To see to"), _flags, width=160, sort_by=lambda line: -len(line.flags)),
                Column(tr("Phone"), _phone, width=120),
            ],
            key=lambda line: line.visit.id,
        )
        super().__init__(self.lines, says=tr("Visits"), parent=parent)
        self.horizontalHeader().moveSection(0, 1)
        gives_way = (tr("Confirmation"), tr("To see to"), tr("Provider"), tr("Phone"))
        ColumnFit(self, self.lines.columns, least=_NAME, first_to_go=gives_way)


def _patient(line: ListedVisit) -> Cell:
    return Cell(line.visit.patient, role="strong")


def _time(line: ListedVisit) -> str:
    return f"{line.visit.starts:%a} {clock_time(line.visit.starts)}"


def _provider(line: ListedVisit) -> str:
    return line.provider


def _what(line: ListedVisit) -> str:
    return line.visit.reason


def _status_name(line: ListedVisit) -> str:
    return tr(look.STATUS_NAME[line.visit.status])


def _status(line: ListedVisit) -> Cell:
    tone, icon = look.STATUS_TONE[line.visit.status], look.STATUS_ICON[line.visit.status]
    return Cell(_status_name(line), color=f"{tone}-tx", icon=icon, icon_color=tone)


def _confirmation(line: ListedVisit) -> str:
    said = _SAID[line.visit.confirmation]
    return tr(said) if said else ""


def _flags(line: ListedVisit) -> Cell:
    """The most severe in words, and how many more there are."""
    if not line.flags:
        return Cell()
    first, more = line.flags[0], len(line.flags) - 1
    return Cell(
        first.words,
        icon=look.FLAG_ICON[first.kind],
        icon_color=look.SEVERITY_TOKEN[first.severity],
        count=f"+{more}" if more else "",
        spoken=", ".join(flag.words for flag in line.flags),
    )


def _phone(line: ListedVisit) -> str:
    return line.phone
