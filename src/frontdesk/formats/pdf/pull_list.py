"""The chart pull list on paper: in shelf order, a box to tick for each volume."""

from dataclasses import dataclass
from typing import Final

from reportlab.platypus import Paragraph

from frontdesk.formats.pdf.fonts import markup
from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid
from frontdesk.kernel.text import counted

_COLUMNS: Final = (
    Column("", 18),
    Column("Shelf", 120),
    Column("Chart", 92),
    Column("Patient", 118),
    Column("Birth date", 66),
    Column("For", 104),
    Column("Remark", 82),
)


@dataclass(frozen=True, slots=True)
class PullSheetLine:
    """One volume."""

    home: str
    volume: str
    patient: str
    born_on: str
    visits: str
    remark: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class PullSheet:
    """Everything the list shows."""

    sender: Sender
    day: str
    """ "Wednesday, March 18"."""
    provider: str
    order: str
    printed_at: str
    lines: tuple[PullSheetLine, ...]
    without_paper: int


def pull_list_pdf(sheet: PullSheet) -> bytes:
    """The list as PDF."""
    letter = Letter(
        sheet.sender,
        f"Charts to pull for {sheet.day}",
        foot=f"Printed {sheet.printed_at}. Names patients: shred it at the end of the day.",
    )
    letter.title()
    whose = sheet.provider or "All providers"
    letter.text(f"{whose}. {_counted(len(sheet.lines))}, in {sheet.order} order.", SMALL)
    letter.space(6)
    if sheet.lines:
        letter.add(grid(_COLUMNS, [_cells(line) for line in sheet.lines], text=DENSE))
    if sheet.without_paper:
        letter.space(6)
        patients = counted(sheet.without_paper, "patient")
        letter.add(Paragraph(markup(f"{patients} of the day without a paper chart."), SMALL))
    return letter.pdf()


def _cells(line: PullSheetLine) -> tuple[str, ...]:
    return (
        "[x]" if line.is_done else "[  ]",
        line.home,
        line.volume,
        line.patient,
        line.born_on,
        line.visits,
        line.remark,
    )


def _counted(volumes: int) -> str:
    return counted(volumes, "volume")
