"""A CMS-1500 read back from its PDF: what stands where on the form's grid."""

import io
from typing import Any

from pypdf import PdfReader

from frontdesk.formats.pdf.cms1500_grid import Spot

HALF_CELL = 3.6
Found = dict[str, list[tuple[float, float]]]


def letters(pdf: bytes) -> list[Found]:
    """Of each page: the texts in Courier, with points from the left and from the bottom."""
    pages: list[Found] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        found: Found = {}

        def look(
            piece: str, of_page: list[float], of_text: list[float], font: Any, _: float, found: Found = found
        ) -> None:
            if piece.strip() and font is not None and font["/BaseFont"] == "/Courier":
                x = of_page[0] * of_text[4] + of_page[4]
                y = of_page[3] * of_text[5] + of_page[5]
                found.setdefault(piece.strip(), []).append((x, y))

        page.extract_text(visitor_text=look)
        pages.append(found)
    return pages


def stands(
    found: Found, text: str, row: int, column: int, *, right: float = 0, down: float = 0, width: int = 0
) -> bool:
    """Whether the text stands at this place of the grid, to half a letter; with `width` it ends at the right.

    Counted anew from the form's measures: 0.3 in. to the first column, ten to the inch, six rows to the inch.
    """
    at = column + max(width - len(text), 0)
    x = 72 * (0.3 + (at - 1) / 10 + right / 100)
    low, high = 72 * (11 - row / 6 - down / 100), 72 * (11 - (row - 0.5) / 6 - down / 100)
    return any(abs(left - x) < HALF_CELL and low <= base < high for left, base in found.get(text, ()))


def stands_in(found: Found, text: str, spot: Spot) -> bool:
    """The same for a box of the grid's table."""
    return stands(found, text, spot.row, spot.column, width=spot.width if spot.at_right else 0)
