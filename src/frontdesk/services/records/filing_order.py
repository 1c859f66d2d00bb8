"""The order of the shelves, and how a number is read wrong: plain functions of chart numbers and names."""

from collections.abc import Iterator
from datetime import date

from frontdesk.kernel.text import digits, fold
from frontdesk.models.records.volume import FilingOrder as FilingOrder

ShelfKey = tuple[str, ...]
"""Compares as the folders stand on the shelf."""

_WORDS = {
    FilingOrder.TERMINAL_DIGIT: "terminal digit",
    FilingOrder.MIDDLE_DIGIT: "middle digit",
    FilingOrder.STRAIGHT: "straight numeric",
    FilingOrder.ALPHABETIC: "alphabetic",
}


def words_of(order: FilingOrder) -> str:
    """ "terminal digit"."""
    return _WORDS[order]


def pairs(number: str) -> tuple[str, str, str]:
    """A chart number as it stands on the color bands: 9177 is "00", "91", "77"; what is longer, in front."""
    plain = digits(number).zfill(6)
    return plain[:-4], plain[-4:-2], plain[-2:]


def shelf_key(
    order: FilingOrder, number: str, volume: int, last: str = "", first: str = "", born_on: date | None = None
) -> ShelfKey:
    """Where a volume stands: terminal digit reads 00-91-77 as 77, 91, 00; middle digit as 91, 00, 77."""
    front, middle, end = pairs(number)
    wide = front.zfill(12)
    tail = (number, f"{volume:03d}")
    if order is FilingOrder.TERMINAL_DIGIT:
        return (end, middle, wide, *tail)
    if order is FilingOrder.MIDDLE_DIGIT:
        return (middle, wide, end, *tail)
    if order is FilingOrder.STRAIGHT:
        return (wide, middle, end, *tail)
    born = born_on.isoformat() if born_on else ""
    return (fold(last), fold(first), born, *tail)


def transposed(number: str) -> Iterator[str]:
    """The numbers with two neighboring digits exchanged, as they are typed and filed wrong most."""
    given = set()
    for place in range(len(number) - 1):
        one, other = number[place], number[place + 1]
        if one.isdigit() and other.isdigit() and one != other:
            wrong = f"{number[:place]}{other}{one}{number[place + 2 :]}"
            if wrong not in given:
                given.add(wrong)
                yield wrong
