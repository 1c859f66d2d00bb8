"""The rows of the middle table: one kind for the chart and for the tray."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontdesk.services.records.chart import Chart, ChartLine
from frontdesk.services.records.tray import TrayLine
from frontdesk.services.records.viewing import ReadingLine
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
    reading_id: int | None = None
    """Where it stands among what a provider has to read."""
    version: int = 0
    has_chart: bool = True
    destroyed: str = ""
    """When and by which run, where only this entry is left."""

    @property
    def key(self) -> Hashable:
        if self.reading_id is not None:
            return (self.document_id, "reading", self.reading_id)
        return (self.document_id, self.consent_id)


LOCK, SOURCE = 1, 2
"""The columns that are left out where they say nothing or the table is narrow."""

Groups = list[tuple[Group, Sequence[Line]]]


class Order(StrEnum):
    """How a chart's filed documents are put."""

    NEWEST = "newest"
    OLDEST = "oldest"
    BY_SENDER = "sender"


def columns(is_marked: Callable[[Line], bool]) -> tuple[Column[Line], ...]:
    """`is_marked`: chosen to be put together with others."""
    return (
        Column(tr("Document"), lambda line: _title(line, is_marked=is_marked(line))),
        Column("", _lock, width=28, align="center"),
        Column(tr("From"), _source, width=136),
        Column(tr("Date"), lambda line: f"{line.on:%m/%d/%y}", width=80, align="right"),
    )


def of_chart(
    chart: Chart, *, only_waiting: bool = False, since: int = 0, order: Order = Order.NEWEST
) -> Groups:
    """What waits on top, then the years from `since` on, or the senders by name."""
    groups: Groups = []
    if chart.to_file:
        waiting = Group(tr("To be filed"), str(len(chart.to_file)))
        groups.append((waiting, [_of_chart(line) for line in chart.to_file]))
    if only_waiting:
        return groups
    years = [year for year in chart.years if year.year >= since]
    if order is Order.BY_SENDER:
        filed = [_of_chart(line) for year in years for line in year.lines]
        for sender in sorted({line.source for line in filed}, key=str.casefold):
            own = [line for line in filed if line.source == sender]
            groups.append((Group(sender or tr("Sender not entered"), str(len(own))), own))
        return groups
    for year in years if order is Order.NEWEST else reversed(years):
        own = [_of_chart(line) for line in year.lines]
        groups.append((Group(str(year.year), str(len(own))), own if order is Order.NEWEST else own[::-1]))
    return groups


def of_readings(readings: Sequence[ReadingLine]) -> Groups:
    """A group for each provider, in the order of the queue."""
    groups: Groups = []
    for name in dict.fromkeys(reading.provider_name for reading in readings):
        own = [_of_reading(reading) for reading in readings if reading.provider_name == name]
        groups.append((Group(name, str(len(own))), own))
    return groups


def of_tray(lines: Sequence[TrayLine]) -> Groups:
    """What nobody has given a chart yet on top, then by patient, in the tray's order."""
    names = sorted({line.patient_name for line in lines})
    groups: Groups = []
    for name in names:
        own = [_of_tray(line) for line in lines if line.patient_name == name]
        groups.append((Group(name or tr("No chart yet"), str(len(own))), own))
    return groups


def _of_reading(reading: ReadingLine) -> Line:
    return Line(
        document_id=reading.document_id,
        consent_id=None,
        title=reading.title,
        source=reading.patient_name,
        on=reading.document_on,
        icon="eye",
        is_filed=True,
        reading_id=reading.reading_id,
    )


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
        version=line.version,
        destroyed=line.destroyed,
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
        version=line.version,
        has_chart=line.patient_id is not None,
    )


def _title(line: Line, *, is_marked: bool) -> Cell:
    if line.destroyed:
        spoken = f"{line.title}. {line.destroyed}"
        return Cell(line.title, color="text-3", icon="archive-x", spoken=spoken)
    return Cell(
        line.title,
        "body" if line.is_filed else "strong",
        icon="square-check" if is_marked else line.icon,
        icon_color="accent" if is_marked else "text-2",
        spoken=tr("{title}, chosen", title=line.title) if is_marked else "",
        detail=tr("for later") if line.is_set_aside else "",
    )


def _source(line: Line) -> Cell:
    return Cell(tr("destroyed"), color="text-3") if line.destroyed else Cell(line.source, color="text-2")


def _lock(line: Line) -> Cell:
    return Cell(icon="lock", spoken=tr("Restricted")) if line.is_sensitive else Cell()
