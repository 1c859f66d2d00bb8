"""What can be read on the first pages of a document: its text layer, or the text itself."""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, Final

from frontdesk.formats.pdf.looking import LOCK

FIRST_PAGES: Final = 3
MOST_LETTERS: Final = 12_000
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_BARE = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_SPELLED = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[\s\-]([A-Za-z]{3,9})\.?[\s\-,]+(\d{4})\b")


def of_pdf(file: BinaryIO) -> str:
    """The text layer of the first pages; empty where there is none or it cannot be read."""
    import pypdfium2  # loaded here: a desk that files nothing pays nothing

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError:
            return ""
        read: list[str] = []
        try:
            for number in range(min(len(document), FIRST_PAGES)):
                page = document[number]
                layer = page.get_textpage()
                if layer.count_chars() > 0:
                    read.append(layer.get_text_range(0, min(layer.count_chars(), MOST_LETTERS)))
                layer.close()
                page.close()
        except pypdfium2.PdfiumError:
            return "\n".join(read)[:MOST_LETTERS]
        finally:
            document.close()
    return "\n".join(read)[:MOST_LETTERS]


def dates_in(text: str, *, until: date) -> frozenset[date]:
    """All dates in a text, in any usual form, that are not to come; two-digit years lie before `until`."""
    return frozenset(day for day in _dates(text, until) if day is not None and day <= until)


def _dates(text: str, until: date) -> Iterator[date | None]:
    for month, day, year in _NUMERIC.findall(text):
        yield _day(_full(year, until), month, day)
    for year, month, day in _ISO.findall(text):
        yield _day(int(year), month, day)
    for month, day, year in _BARE.findall(text):
        yield _day(int(year), month, day)
    for month, day, year in _SPELLED.findall(text):
        yield _spelled(year, month, day)
    for day, month, year in _DAY_FIRST.findall(text):
        yield _spelled(year, month, day)


def _full(year: str, until: date) -> int:
    if len(year) == 4:
        return int(year)
    guess = until.year // 100 * 100 + int(year)
    return guess if guess <= until.year else guess - 100


def _spelled(year: str, month: str, day: str) -> date | None:
    begun = month[:3].lower()
    return _day(int(year), _MONTHS.index(begun) + 1, day) if begun in _MONTHS else None


def _day(year: int, month: int | str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
