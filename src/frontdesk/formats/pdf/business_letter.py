"""A letter of the office to somebody: to whom, about what, in paragraphs, items, and boxes to tick."""

from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from frontdesk.formats.pdf.fonts import markup
from frontdesk.formats.pdf.layout import Box
from frontdesk.formats.pdf.letterhead import (
    LINE,
    SHADE,
    SMALL,
    STRONG,
    TEXT,
    TEXT_WIDTH,
    Letter,
    Sender,
)

_NUMBER, _ATTACHED, _NONE = 22.0, 66.0, 86.0
_NAME = ParagraphStyle("to", STRONG, spaceAfter=0)
_LINE = ParagraphStyle("to line", TEXT, spaceAfter=0)


class BlockKind(StrEnum):
    """What a block of the letter looks like."""

    TEXT = "text"
    STRONG = "strong"
    HEAD = "head"
    ITEM = "item"
    QUOTE = "quote"
    TICK = "tick"
    """One thing that is asked for, with boxes for who answers; those in a row make one table."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the letter's text."""

    kind: BlockKind
    words: str


@dataclass(frozen=True, slots=True)
class BusinessLetter:
    """Everything the letter says; days are written as they are to stand there."""

    sender: Sender
    title: str
    written_on: str
    to: tuple[str, ...]
    via: str
    """ "By fax to (503) 555-0177"."""
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    foot: str


def business_letter_pdf(said: BusinessLetter) -> bytes:
    """The letter as PDF; the same letter gives the same bytes."""
    letter = Letter(said.sender, said.title, foot=said.foot)
    for number, line in enumerate(said.to):
        letter.text(line, _NAME if number == 0 else _LINE)
    letter.space(6)
    letter.text(", ".join(filter(None, (said.written_on, said.via))), SMALL)
    letter.space()
    letter.title()
    if said.facts:
        letter.facts(said.facts, columns=2)
    ticks: list[str] = []
    for block in said.blocks:
        if block.kind is BlockKind.TICK:
            ticks.append(block.words)
            continue
        if ticks:
            letter.add(_ticks(ticks))
            letter.space()
            ticks = []
        if block.kind is BlockKind.HEAD:
            letter.section(block.words)
        elif block.kind is BlockKind.ITEM:
            letter.item(block.words)
        elif block.kind is BlockKind.QUOTE:
            letter.add(_quote(block.words))
            letter.space(6)
        else:
            letter.text(block.words, STRONG if block.kind is BlockKind.STRONG else TEXT)
    if ticks:
        letter.add(_ticks(ticks))
    return letter.pdf()


def _ticks(words: list[str]) -> Table:
    head = [Paragraph(markup(text), SMALL) for text in ("", "Asked for", "Attached", "None on file")]
    rows = [
        [Paragraph(markup(f"{number}."), TEXT), Paragraph(markup(text), TEXT), Box(), Box()]
        for number, text in enumerate(words, start=1)
    ]
    widths = [_NUMBER, TEXT_WIDTH - _NUMBER - _ATTACHED - _NONE, _ATTACHED, _NONE]
    table = Table([head, *rows], colWidths=widths, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, 0), SHADE),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 5),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (2, 1), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
        )
    )
    return table


def _quote(words: str) -> Table:
    """What somebody said or wrote, set off by a line at its left."""
    lines = [[Paragraph(markup(line), TEXT)] for line in words.split("\n") if line.strip()]
    table = Table(lines or [[Paragraph("", TEXT)]], colWidths=[TEXT_WIDTH - 12], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("LINEBEFORE", (0, 0), (0, -1), 2, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table
