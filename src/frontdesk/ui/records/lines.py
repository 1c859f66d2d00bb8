"""The rows of the middle table: one kind for the chart and for the tray."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from frontdesk.services.records.chart import Chart, ChartLine
from frontdesk.services.records.tray import TrayLine
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records.words import icon_of
from frontdesk.ui.text import tr


@dataclass(frozen=True, slots=True)
class Line:
    """A document or a signed consent; exactly one id is set."""

    document_id: int | None
    consent_id: int | None
    title: str
    source: str
    on: date
    icon: str
    is_filed: bool
    is_sensitive: bool = False
    is_set_aside: bool = False

    @property
    def key(self) -> tuple[int | None, int | None]:
        return (self.document_id, self.consent_id)


LOCK, SOURCE = 1, 2
"""The columns that are left out where they say nothing or the table is narrow."""

Groups = list[tuple[Group, Sequence[Line]]]


def columns() -> tuple[Column[Line], ...]:
    return (
        Column(tr("Document"), _title),
        Column("", _lock, width=28, align="center"),
        Column(tr("From"), lambda line: Cell(line.source, color="text-2"), width=136),
        Column(tr("Date"), lambda line: f"{line.on:%m/%d/%y}", width=80, align="right"),
    )


def of_chart(chart: Chart, *, only_waiting: bool = False) -> Groups:
    """What waits on top, then the years."""
    groups: Groups = []
    if chart.to_file:
        waiting = Group(tr("To be filed"), str(len(chart.to_file)))
        groups.append((waiting, [_of_chart(line) for line in chart.to_file]))
    if only_waiting:
        return groups
    for year in chart.years:
        groups.append((Group(str(year.year), str(len(year.lines))), [_of_chart(line) for line in year.lines]))
    return groups


def of_tray(lines: Sequence[TrayLine]) -> Groups:
    """What nobody has given a chart yet on top, then by patient, in the tray's order."""
    names = sorted({line.patient_name for line in lines})
    groups: Groups = []
    for name in names:
        own = [_of_tray(line) for line in lines if line.patient_name == name]
        groups.append((Group(name or tr("No chart yet"), str(len(own))), own))
    return groups


def _of_chart(line: ChartLine) -> Line:
    return Line(
        document_id=line.document_id,
        consent_id=line.consent_id,
        title=line.title,
        source=line.source,
        on=line.on,
        icon=icon_of(line.category),
        is_filed=line.is_filed,
        is_sensitive=line.is_sensitive,
        is_set_aside=line.is_set_aside,
    )


def _of_tray(line: TrayLine) -> Line:
    return Line(
        document_id=line.document_id,
        consent_id=None,
        title=line.title,
        source=line.source,
        on=line.received_at.date(),
        icon="file",
        is_filed=False,
        is_set_aside=line.is_set_aside,
    )


def _title(line: Line) -> Cell:
    return Cell(
        line.title,
        "body" if line.is_filed else "strong",
        icon=line.icon,
        detail=tr("for later") if line.is_set_aside else "",
    )


def _lock(line: Line) -> Cell:
    return Cell(icon="lock", spoken=tr("Restricted")) if line.is_sensitive else Cell()
