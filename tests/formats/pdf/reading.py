"""A PDF read back: its pages' words, and where on the page they stand."""

import io
from typing import Any

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """The words of each page, spaces and line breaks as single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    """The words of all pages."""
    return " ".join(pages(pdf))


def place(pdf: bytes, text: str, *, page: int = 0) -> tuple[float, float]:
    """Points from the left and from the top of the page to the base line of the text's beginning."""
    found: list[tuple[float, float]] = []

    def look(piece: str, of_page: list[float], of_text: list[float], *_: Any) -> None:
        if text in piece:
            x = of_page[0] * of_text[4] + of_page[4]
            y = of_page[3] * of_text[5] + of_page[5]
            found.append((x, 792 - y))

    PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=look)
    return found[0]
