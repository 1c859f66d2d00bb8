"""The style of everything the office prints: head, page numbers, text, facts and tables on US letter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from frontdesk.formats.pdf.fonts import BOLD, REGULAR, markup

INK: Final = HexColor(0x12232A)
QUIET: Final = HexColor(0x586A73)
LINE: Final = HexColor(0xC3CDD1)
ACCENT: Final = HexColor(0x0B6370)
SHADE: Final = HexColor(0xF6F8F9)

WIDTH, HEIGHT = LETTER
MARGIN: Final = 0.8 * inch
TEXT_WIDTH: Final = WIDTH - 2 * MARGIN
_HEAD_HEIGHT: Final = 46
_FOOT: Final = 0.5 * inch
_HEAD_AND_A_LINE: Final = 66

TEXT: Final = ParagraphStyle("text", fontName=REGULAR, fontSize=10, leading=14, textColor=INK, spaceAfter=6)
STRONG: Final = ParagraphStyle("strong", TEXT, fontName=BOLD)
DENSE: Final = ParagraphStyle("dense", TEXT, fontSize=8.5, leading=11, spaceAfter=0)
SMALL: Final = ParagraphStyle("small", TEXT, fontSize=8.5, leading=11.5, textColor=QUIET, spaceAfter=0)
TITLE: Final = ParagraphStyle("title", TEXT, fontName=BOLD, fontSize=16, leading=21, spaceAfter=10)
SECTION: Final = ParagraphStyle(
    "section", TEXT, fontName=BOLD, fontSize=11.5, leading=15, spaceBefore=8, spaceAfter=4
)
ITEM: Final = ParagraphStyle("item", TEXT, leftIndent=12, bulletIndent=2, spaceAfter=4)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose letter it is: the practice's name, and its address and phone a line each."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its head, its width in parts of the whole, and whether it holds numbers."""

    head: str
    parts: float
    is_number: bool = False


class Letter:
    """Collects what a letter says, in order; `pdf()` sets it on as many pages as it takes.

    Texts are plain: no markup reaches the page. The same letter gives the same bytes.
    """

    def __init__(
        self,
        sender: Sender,
        title: str,
        *,
        foot: str = "",
        mark: Callable[[Canvas, int, int], None] | None = None,
        room_below: float = 0,
        is_numbered: bool = True,
    ) -> None:
        """`mark` draws on each page, given its number and how many there are, in the room kept below."""
        self._sender = sender
        self._title = title
        self._foot = foot
        self._mark = mark
        self._below = room_below
        self._is_numbered = is_numbered
        self._story: list[Flowable] = []

    def title(self, text: str | None = None) -> None:
        """The letter's title, or another."""
        self._story.append(Paragraph(markup(text or self._title), TITLE))

    def section(self, text: str) -> None:
        """A head, never alone at the foot of a page; a long table below it begins on the same page."""
        self.add(CondPageBreak(_HEAD_AND_A_LINE), Paragraph(markup(text), SECTION))

    def text(self, text: str, style: ParagraphStyle = TEXT) -> None:
        self._story.append(Paragraph(markup(text), style))

    def item(self, text: str) -> None:
        """One line of a list."""
        self._story.append(Paragraph(markup(text), ITEM, bulletText="•"))

    def markdown(self, text: str) -> None:
        """The three things the office's forms are written in: paragraphs, "## " heads, "- " items."""
        for block in text.strip().split("\n\n"):
            for line in block.split("\n"):
                if line.startswith("## "):
                    self.section(line[3:])
                elif line.startswith("- "):
                    self.item(line[2:])
                else:
                    self.text(line)

    def facts(self, facts: Sequence[tuple[str, str]], *, columns: int = 2) -> None:
        """Names and values side by side, as above a form or a statement."""
        cells = [[Paragraph(markup(name), SMALL), Paragraph(markup(value), TEXT)] for name, value in facts]
        rows = [cells[first : first + columns] for first in range(0, len(cells), columns)]
        for row in rows:
            row += [[]] * (columns - len(row))
        grid = Table(rows, colWidths=[TEXT_WIDTH / columns] * columns)
        grid.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 1),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
                ]
            )
        )
        self._story += [grid, Spacer(1, 6)]

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, total: Sequence[str] = ()
    ) -> None:
        """A table whose head repeats on each page; `total` is set off as the last row."""
        self.add(grid(columns, rows, total=total), Spacer(1, 8))

    def space(self, points: float = 10) -> None:
        self._story.append(Spacer(1, points))

    def new_page(self) -> None:
        self._story.append(PageBreak())

    def add(self, *flowables: Flowable) -> None:
        """Anything else, in order."""
        self._story += flowables

    def drawing(self, *flowables: Flowable) -> None:
        """Something drawn, kept together on one page."""
        self._story.append(KeepTogether(list(flowables)))

    def pdf(self) -> bytes:
        """The finished letter."""
        out = BytesIO()
        document = BaseDocTemplate(
            out, pagesize=LETTER, title=self._title, author=self._sender.name, invariant=1, lang="en-US"
        )
        bottom, high = MARGIN + self._below, HEIGHT - 2 * MARGIN - self._below
        first = Frame(MARGIN, bottom, TEXT_WIDTH, high - _HEAD_HEIGHT, 0, 0, 0, 0)
        later = Frame(MARGIN, bottom, TEXT_WIDTH, high - 18, 0, 0, 0, 0)
        document.addPageTemplates(
            [
                PageTemplate("first", [first], onPage=self._first_head, autoNextPageTemplate="later"),
                PageTemplate("later", [later], onPage=self._later_head),
            ]
        )
        document.build(self._story, canvasmaker=_numbered(self._foot, self._mark, self._is_numbered))
        return out.getvalue()

    def _first_head(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        top = HEIGHT - MARGIN
        name = Paragraph(markup(self._sender.name), ParagraphStyle("sender", STRONG, fontSize=13, leading=16))
        name.wrapOn(canvas, TEXT_WIDTH * 0.6, 40)
        name.drawOn(canvas, MARGIN, top - 16)
        for number, line in enumerate(self._sender.lines[:3]):
            address = Paragraph(markup(line), ParagraphStyle("address", SMALL, alignment=TA_RIGHT))
            address.wrapOn(canvas, TEXT_WIDTH * 0.4, 12)
            address.drawOn(canvas, MARGIN + TEXT_WIDTH * 0.6, top - 11 - 11.5 * number)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.2)
        canvas.line(MARGIN, top - 38, WIDTH - MARGIN, top - 38)

    def _later_head(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        top = HEIGHT - MARGIN
        head = Paragraph(markup(f"{self._sender.name}  ·  {self._title}"), SMALL)
        head.wrapOn(canvas, TEXT_WIDTH, 12)
        head.drawOn(canvas, MARGIN, top - 9)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, top - 13, WIDTH - MARGIN, top - 13)


def grid(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    total: Sequence[str] = (),
    width: float = TEXT_WIDTH,
    text: ParagraphStyle = TEXT,
) -> Table:
    """A table of plain texts whose head repeats on each page; a dense one where `text` is small."""
    whole = sum(column.parts for column in columns)
    is_dense = text.spaceAfter == 0
    styles = [ParagraphStyle("cell", text, alignment=TA_RIGHT if c.is_number else 0) for c in columns]
    cells = [[Paragraph(markup(c.head), _head_style(c)) for c in columns]]
    cells += [_cells(row, styles) for row in rows]
    if total:
        cells.append(_cells(total, [ParagraphStyle("total", style, fontName=BOLD) for style in styles]))
    look: list[tuple[Any, ...]] = [  # Any: reportlab's style commands
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3 if is_dense else 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3 if is_dense else 5),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4 if is_dense else 0),
    ]
    if total:
        look.append(("LINEABOVE", (0, -1), (-1, -1), 1, INK))
    made = Table(cells, colWidths=[width * c.parts / whole for c in columns], repeatRows=1)
    made.setStyle(TableStyle(look))
    return made


def _cells(row: Sequence[str], styles: Sequence[ParagraphStyle]) -> list[Paragraph]:
    return [Paragraph(markup(cell), style) for cell, style in zip(row, styles, strict=True)]


def _head_style(column: Column) -> ParagraphStyle:
    return ParagraphStyle(
        "head", SMALL, fontName=BOLD, alignment=TA_RIGHT if column.is_number else 0, spaceAfter=4
    )


def _numbered(foot: str, mark: Callable[[Canvas, int, int], None] | None, is_numbered: bool) -> type[Canvas]:
    """A canvas that holds its pages back until it knows how many there are."""

    class Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
        def __init__(self, *args: Any, **options: Any) -> None:  # Any: reportlab's own arguments
            super().__init__(*args, **options)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._kept, start=1):
                self.__dict__.update(page)
                self._number(number, len(self._kept))
                super().showPage()
            super().save()

        def _number(self, number: int, of: int) -> None:
            note = Paragraph(markup(foot), SMALL)
            note.wrapOn(self, TEXT_WIDTH * 0.8, 12)
            note.drawOn(self, MARGIN, _FOOT)
            self.setFont(REGULAR, SMALL.fontSize)
            self.setFillColor(QUIET)
            if is_numbered:
                self.drawRightString(WIDTH - MARGIN, _FOOT + 3, f"Page {number} of {of}")
            if mark is not None:
                mark(self, number, of)

    return Numbered
