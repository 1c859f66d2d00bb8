"""The day's visits on paper: in one list, by provider, by room, or by day."""

from dataclasses import dataclass
from typing import Final

from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid
from frontdesk.kernel.text import counted

_COLUMNS: Final = (
    Column("Time", 50),
    Column("Patient", 118),
    Column("Birth date", 56),
    Column("Provider", 62),
    Column("Reason", 104),
    Column("Room", 48),
    Column("Status", 60),
)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One visit."""

    time: str
    patient: str
    born_on: str
    provider: str
    reason: str
    room: str
    status: str


@dataclass(frozen=True, slots=True)
class DayPart:
    """The visits under one head: a provider's, or everybody's."""

    head: str
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class DayListSheet:
    """Everything the list shows."""

    sender: Sender
    day: str
    """ "Tuesday, March 17"."""
    printed_at: str
    parts: tuple[DayPart, ...]
    title: str = "Visits"
    begin_pages: bool = True
    """Whether each part begins a page."""


def day_list_pdf(sheet: DayListSheet) -> bytes:
    """The list as PDF."""
    letter = Letter(
        sheet.sender,
        f"{sheet.title} on {sheet.day}",
        foot=f"Printed {sheet.printed_at}. Names patients: shred it at the end of the day.",
    )
    letter.title()
    for place, part in enumerate(sheet.parts):
        if place and sheet.begin_pages:
            letter.new_page()
        letter.section(f"{part.head}: {_counted(len(part.lines))}")
        if part.lines:
            letter.add(grid(_COLUMNS, [_cells(line) for line in part.lines], text=DENSE))
    if not sheet.parts:
        letter.text("Nobody works on this day, and no visits are booked.", SMALL)
    return letter.pdf()


def _cells(line: DayLine) -> tuple[str, ...]:
    return (line.time, line.patient, line.born_on, line.provider, line.reason, line.room, line.status)


def _counted(visits: int) -> str:
    return counted(visits, "visit") if visits else "no visits"
