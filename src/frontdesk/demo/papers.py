"""Small real PDFs as they come by fax, scanner and laboratory; the same bytes each time."""

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from frontdesk.kernel.text import us_date

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LETTER: Final = (612.0, 792.0)
_LEFT, _RIGHT, _TOP = 60.0, 552.0, 738.0


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a document: a head, lines of facts, and sections of a title and paragraphs."""

    sender: str
    title: str
    on: date
    corner: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    pages: int = 1


def printed(paper: Paper) -> bytes:
    """The document as a PDF; all that is said is on its first page."""
    # Loaded here: 100 ms that only the building of the demo needs.
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=LETTER, invariant=1)
    canvas.setTitle(paper.title)
    y = _head(canvas, paper)
    for title, words in paper.sections:
        canvas.setFont("Helvetica-Bold", 9.5)
        canvas.drawString(_LEFT, y, title)
        y -= 14
        canvas.setFont("Helvetica", 9.5)
        for line in simpleSplit(words, "Helvetica", 9.5, _RIGHT - _LEFT):
            canvas.drawString(_LEFT, y, line)
            y -= 13
        y -= 9
    for page in range(2, paper.pages + 1):
        canvas.showPage()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_LEFT, _TOP, f"{paper.sender}, {paper.title.lower()}")
        canvas.drawRightString(_RIGHT, _TOP, f"Page {page} of {paper.pages}")
        canvas.drawString(_LEFT, _TOP - 40, "No further entries.")
    canvas.save()
    return buffer.getvalue()


def _head(canvas: "Canvas", paper: Paper) -> float:
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(_LEFT, _TOP, paper.sender)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(_LEFT, _TOP - 16, paper.title)
    canvas.drawRightString(_RIGHT, _TOP, paper.corner or us_date(paper.on))
    canvas.drawRightString(_RIGHT, _TOP - 16, f"Page 1 of {paper.pages}")
    canvas.line(_LEFT, _TOP - 24, _RIGHT, _TOP - 24)
    y = _TOP - 42
    for place, (name, value) in enumerate(paper.facts):
        x = _LEFT + (place % 2) * 250
        canvas.drawString(x, y, f"{name}: {value}")
        y -= 14 * (place % 2)
    y -= 14 * (len(paper.facts) % 2) + 6
    canvas.line(_LEFT, y + 8, _RIGHT, y + 8)
    return y - 14
