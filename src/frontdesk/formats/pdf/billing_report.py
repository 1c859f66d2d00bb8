"""The billing dashboard on paper: key figures with how they are reckoned, charts, and their tables."""

from dataclasses import dataclass

from reportlab.platypus import Spacer

from frontdesk.formats.pdf.chart import Bars, Line
from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A key figure as it is written."""

    title: str
    value: str
    made_of: str
    rule: str


@dataclass(frozen=True, slots=True)
class ReportChart:
    """A chart: its numbers, and the same as they are written, the total last."""

    title: str
    row_title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    written: tuple[tuple[str, ...], ...]
    is_line: bool = False
    is_ranked: bool = False
    """Whether the columns are steps of one thing, such as age."""


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Everything the report shows."""

    sender: Sender
    title: str
    about: tuple[str, ...]
    """The period, and what it is narrowed to."""
    made_on: str
    figures: tuple[ReportFigure, ...]
    charts: tuple[ReportChart, ...]


_FIGURES = (
    Column("Figure", 1.5),
    Column("Value", 1.2, is_number=True),
    Column("Made of", 2),
    Column("How it is reckoned", 3.6),
)


def billing_report_pdf(sheet: ReportSheet) -> bytes:
    """The report as PDF."""
    letter = Letter(sheet.sender, sheet.title, foot=f"{sheet.title}, {', '.join(sheet.about)}.")
    letter.title()
    letter.facts((("About", ", ".join(sheet.about)), ("Made on", sheet.made_on)))
    rows = [(each.title, each.value, each.made_of, each.rule) for each in sheet.figures]
    letter.add(grid(_FIGURES, rows, text=DENSE), Spacer(1, 10))
    for chart in sheet.charts:
        letter.section(chart.title)
        if not chart.rows:
            letter.text("Nothing in this period.", SMALL)
            continue
        letter.drawing(_drawn(chart))
        letter.add(Spacer(1, 4), grid(_columns(chart), _rows(chart), text=DENSE), Spacer(1, 10))
    return letter.pdf()


def _drawn(chart: ReportChart) -> Bars | Line:
    if chart.is_line:
        pairs = zip(chart.rows, chart.written, strict=True)
        return Line([(name, values[0], said[0]) for (name, values), said in pairs])
    return Bars(chart.columns, chart.rows, [said[-1] for said in chart.written], is_ranked=chart.is_ranked)


def _columns(chart: ReportChart) -> tuple[Column, ...]:
    parts = tuple(Column(name, 1.4, is_number=True) for name in chart.columns)
    total = (Column("Total", 1.4, is_number=True),) if len(parts) > 1 else ()
    return (Column(chart.row_title, 2.2), *parts, *total)


def _rows(chart: ReportChart) -> list[tuple[str, ...]]:
    end = None if len(chart.columns) > 1 else -1
    return [(name, *said[:end]) for (name, _), said in zip(chart.rows, chart.written, strict=True)]
