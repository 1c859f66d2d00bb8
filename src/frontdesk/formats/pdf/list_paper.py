"""A list on paper: a title, a line about it, and a table over as many pages as it takes."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid


@dataclass(frozen=True, slots=True)
class ListPaper:
    """Everything the paper shows; the rows have a cell for each column."""

    sender: Sender
    title: str
    about: str
    foot: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Nothing is on this list."


def list_pdf(paper: ListPaper) -> bytes:
    """The list as PDF."""
    letter = Letter(paper.sender, paper.title, foot=paper.foot)
    letter.title()
    letter.text(paper.about, SMALL)
    letter.space(6)
    if paper.rows:
        letter.add(grid(paper.columns, paper.rows, text=DENSE))
    else:
        letter.text(paper.empty)
    return letter.pdf()
