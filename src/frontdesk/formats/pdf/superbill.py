"""The superbill: a visit's sheet with the office's codes to tick and the diagnoses to write down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from frontdesk.formats.pdf.barcode import Barcode, Square
from frontdesk.formats.pdf.fonts import markup
from frontdesk.formats.pdf.layout import Box, LineToSign, beside
from frontdesk.formats.pdf.letterhead import (
    DENSE,
    LINE,
    TEXT_WIDTH,
    TITLE,
    Column,
    Letter,
    Sender,
    grid,
)
from frontdesk.kernel.money import dollars, ledger

_COLUMN_GAP: Final = 18.0
_COLUMN: Final = (TEXT_WIDTH - _COLUMN_GAP) / 2
_SQUARE: Final = 44.0
_GAP: Final = 14.0
"""Between the bars for the desk's scanner and the square for the page scanner."""
_LETTERS: Final = "ABCDEFGHIJKL"
_LEAST_ROWS: Final = 3
"""Rows of two diagnoses each that a sheet has room for, at least."""
_ENTERED: Final = (
    Column("Code", 1),
    Column("Service", 4),
    Column("Modifiers", 1.2),
    Column("Diagnoses", 1.2),
    Column("Units", 0.8, is_number=True),
    Column("Amount", 1.2, is_number=True),
)


@dataclass(frozen=True, slots=True)
class SuperbillLine:
    """A service that was charged."""

    code: str
    label: str
    modifiers: str
    pointers: str
    units: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class SuperbillPaper:
    """Everything the sheet shows."""

    sender: Sender
    number: str
    """As it is said and scanned: "SB-000123"."""
    service_on: str
    provider: str
    patient: str
    born_on: str
    chart_number: str
    payer: str
    copay: str
    place_of_service: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """The office's codes and their labels, below their heads."""
    diagnoses: tuple[tuple[str, str], ...]
    lines: tuple[SuperbillLine, ...]


def superbill_pdf(paper: SuperbillPaper) -> bytes:
    """The sheet as PDF: to fill in by hand, or as it was entered."""
    letter = Letter(
        paper.sender, f"Superbill {paper.number}", foot=f"{paper.number} · Chart {paper.chart_number}"
    )
    code, square = Barcode(paper.number), Square(paper.number, _SQUARE)
    letter.add(
        beside(
            [Paragraph(markup(f"Superbill {paper.number}"), TITLE)],
            [code],
            [square],
            widths=(TEXT_WIDTH - code.width - _GAP - _SQUARE, code.width + _GAP, _SQUARE),
        ),
        Spacer(1, 6),
    )
    letter.facts(
        (
            ("Patient", paper.patient),
            ("Visit", paper.service_on),
            ("Insurance", paper.payer),
            ("Birth date", paper.born_on),
            ("Provider", paper.provider),
            ("Copay", paper.copay),
            ("Chart number", paper.chart_number),
            ("Place of service", paper.place_of_service),
        ),
        columns=3,
    )
    for title, choices in paper.sections or (("Services", ()),):
        letter.section(title)
        letter.add(*_choices(choices, paper.lines))
    letter.section("Diagnoses")
    letter.add(_diagnoses(paper.diagnoses))
    if paper.lines:
        letter.section("Entered")
        letter.add(_entered(paper.lines))
    letter.space(24)
    letter.drawing(beside(*([LineToSign(what)] for what in ("Follow-up in", "Provider's signature", "Date"))))
    return letter.pdf()


def _choices(choices: Sequence[tuple[str, str]], lines: Sequence[SuperbillLine]) -> list[Flowable]:
    """Boxes in two columns, read downwards; what was charged is ticked."""
    if not choices:
        return [
            Paragraph("The office has no usual codes yet. Write the services below.", DENSE),
            Spacer(1, 60),
        ]
    charged = {line.code for line in lines}
    cells: list[list[Flowable]] = [
        [Box(is_ticked=code in charged), Paragraph(markup(code), DENSE), Paragraph(markup(label), DENSE)]
        for code, label in choices
    ]
    return [_two_columns(cells, (16, 44, _COLUMN - 60))]


def _diagnoses(known: Sequence[tuple[str, str]]) -> Table:
    """Lettered lines in two columns: what is known, and room for the rest."""
    rows = max(_LEAST_ROWS, (len(known) + 1) // 2)
    cells: list[list[Flowable]] = []
    for place, letter in enumerate(_LETTERS[: rows * 2]):
        code, label = known[place] if place < len(known) else ("", "")
        cells.append([Paragraph(markup(text), DENSE) for text in (letter, code, label)])
    made = _two_columns(cells, (16, 52, _COLUMN - 68))
    lines = [("LINEBELOW", (first, 0), (first + 1, -1), 0.5, LINE) for first in (1, 5)]
    made.setStyle(TableStyle(lines))
    return made


def _two_columns(cells: list[list[Flowable]], widths: tuple[float, float, float]) -> Table:
    half = (len(cells) + 1) // 2
    empty: list[Flowable | str] = ["", "", ""]
    rows = [
        [*cells[row], "", *(cells[half + row] if half + row < len(cells) else empty)] for row in range(half)
    ]
    made = Table(rows, colWidths=[*widths, _COLUMN_GAP, *widths])
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ]
        )
    )
    return made


def _entered(lines: Sequence[SuperbillLine]) -> Table:
    rows = [
        (line.code, line.label, line.modifiers, line.pointers, str(line.units), ledger(line.amount_cents))
        for line in lines
    ]
    total = ("", "Total", "", "", "", dollars(sum(line.amount_cents for line in lines)))
    return grid(_ENTERED, rows, total=total, text=DENSE)
