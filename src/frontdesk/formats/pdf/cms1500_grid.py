"""Where each box of the CMS-1500 (02/12) has its letters, on the form's grid.

The form is made for ten letters to the inch and six lines to the inch on 8.5 x 11 in. paper: the left-most
letter 0.3 in. from the edge, the upper-most rule 1.33 in. from the top (NUCC 1500 manual, 02/12). Rows count
from the top of the page, columns from the left-most letter; `docs/cms1500.md` says how each was checked.
"""

from dataclasses import dataclass
from typing import Final

PAGE_WIDTH: Final = 612.0
PAGE_HEIGHT: Final = 792.0
CELL_WIDTH: Final = 7.2
CELL_HEIGHT: Final = 12.0
LEFT_EDGE: Final = 21.6
LAST_ROW: Final = 63
LAST_COLUMN: Final = 79
BASE: Final = 3.0
"""Points from the bottom of a row up to the line the letters stand on."""
LINES: Final = 6
"""Services on one form."""


@dataclass(frozen=True, slots=True)
class Spot:
    """So many letters from a column of a row on; amounts end at the last of them."""

    row: int
    column: int
    width: int
    at_right: bool = False

    def x(self, text: str) -> float:
        """Points from the left edge of the page to the first letter."""
        column = self.column + (self.width - len(text) if self.at_right else 0)
        return LEFT_EDGE + (column - 1) * CELL_WIDTH

    @property
    def y(self) -> float:
        """Points from the bottom of the page to the line the letters stand on."""
        return PAGE_HEIGHT - self.row * CELL_HEIGHT + BASE


def _ticks(row: int, **columns: int) -> dict[str, Spot]:
    return {name: Spot(row, column, 1) for name, column in columns.items()}


def _date(row: int, month: int, day: int, year: int, digits: int) -> tuple[Spot, Spot, Spot]:
    return Spot(row, month, 2), Spot(row, day, 2), Spot(row, year, digits)


CARRIER: Final = tuple(Spot(row, 41, 38) for row in (4, 5, 6, 7))
"""Name, street, second line, city with state and ZIP of the payer."""

TICKS: Final = {
    "1": _ticks(10, medicare=1, medicaid=8, tricare=15, champva=24, group=31, feca=39, other=45),
    "3": _ticks(12, M=42, F=47),
    "6": _ticks(14, self=33, spouse=38, child=42, other=47),
    "10a": _ticks(22, yes=35, no=41),
    "10b": _ticks(24, yes=35, no=41),
    "10c": _ticks(26, yes=35, no=41),
    "11a": _ticks(22, M=68, F=75),
    "11d": _ticks(28, yes=52, no=57),
    "20": _ticks(38, yes=52, no=57),
    "25": _ticks(58, ssn=17, ein=19),
    "27": _ticks(58, yes=38, no=43),
}
"""Boxes to tick, by what the cross says."""

DATES: Final = {
    "3": _date(12, 31, 34, 37, 4),
    "11a": _date(22, 53, 56, 59, 4),
    "14": _date(34, 2, 5, 8, 2),
    "15": _date(34, 37, 40, 43, 2),
    "16 from": _date(34, 54, 57, 60, 2),
    "16 to": _date(34, 68, 71, 74, 2),
    "18 from": _date(36, 54, 57, 60, 2),
    "18 to": _date(36, 68, 71, 74, 2),
}
"""Month, day and year in places of their own; births with four digits."""

SPOTS: Final = {
    "1a": Spot(10, 50, 29),
    "2": Spot(12, 1, 28),
    "4": Spot(12, 50, 29),
    "5 street": Spot(14, 1, 28),
    "5 city": Spot(16, 1, 24),
    "5 state": Spot(16, 26, 3),
    "5 zip": Spot(18, 1, 12),
    "5 area": Spot(18, 15, 3),
    "5 phone": Spot(18, 19, 10),
    "7 street": Spot(14, 50, 29),
    "7 city": Spot(16, 50, 23),
    "7 state": Spot(16, 74, 4),
    "7 zip": Spot(18, 50, 12),
    "7 area": Spot(18, 65, 3),
    "7 phone": Spot(18, 69, 10),
    "9": Spot(20, 1, 28),
    "9a": Spot(22, 1, 28),
    "9d": Spot(28, 1, 28),
    "10b state": Spot(24, 45, 2),
    "10d": Spot(28, 30, 19),
    "11": Spot(20, 50, 29),
    "11b qualifier": Spot(24, 50, 2),
    "11b": Spot(24, 53, 27),
    "11c": Spot(26, 50, 29),
    "12": Spot(32, 7, 24),
    "12 date": Spot(32, 36, 10),
    "13": Spot(32, 56, 22),
    "14 qualifier": Spot(34, 16, 3),
    "15 qualifier": Spot(34, 31, 3),
    "17 qualifier": Spot(36, 1, 2),
    "17": Spot(36, 4, 24),
    "17a qualifier": Spot(35, 30, 2),
    "17a": Spot(35, 33, 17),
    "17b": Spot(36, 33, 10),
    "19 first": Spot(37, 27, 22),
    "19": Spot(38, 1, 48),
    "20 dollars": Spot(38, 62, 8, at_right=True),
    "20 cents": Spot(38, 71, 2),
    "21 indicator": Spot(39, 42, 1),
    "22": Spot(40, 50, 11),
    "22 reference": Spot(40, 62, 18),
    "23": Spot(42, 50, 29),
    "25": Spot(58, 1, 15),
    "26": Spot(58, 23, 14),
    "28 dollars": Spot(58, 50, 7, at_right=True),
    "28 cents": Spot(58, 58, 2),
    "28 continued": Spot(58, 50, 10),
    "29 dollars": Spot(58, 61, 6, at_right=True),
    "29 cents": Spot(58, 68, 2),
    "31": Spot(62, 1, 21),
    "31 date": Spot(63, 14, 8),
    "32 name": Spot(60, 23, 26),
    "32 street": Spot(61, 23, 26),
    "32 city": Spot(62, 23, 26),
    "32a": Spot(63, 24, 10),
    "32b": Spot(63, 36, 13),
    "33 area": Spot(59, 66, 3),
    "33 phone": Spot(59, 70, 9),
    "33 name": Spot(60, 50, 29),
    "33 street": Spot(61, 50, 29),
    "33 city": Spot(62, 50, 29),
    "33a": Spot(63, 51, 10),
    "33b": Spot(63, 63, 17),
} | {
    f"21 {letter}": Spot(40 + place // 4, 3 + place % 4 * 13, 8)
    for place, letter in enumerate("ABCDEFGHIJKL")
}
"""Boxes that hold words or numbers."""

_LINE: Final = {
    "24a month": Spot(1, 1, 2),
    "24a day": Spot(1, 4, 2),
    "24a year": Spot(1, 7, 2),
    "24a until month": Spot(1, 10, 2),
    "24a until day": Spot(1, 13, 2),
    "24a until year": Spot(1, 16, 2),
    "24b": Spot(1, 19, 2),
    "24c": Spot(1, 22, 2),
    "24d": Spot(1, 25, 6),
    "24d modifier 1": Spot(1, 33, 2),
    "24d modifier 2": Spot(1, 36, 2),
    "24d modifier 3": Spot(1, 39, 2),
    "24d modifier 4": Spot(1, 42, 2),
    "24e": Spot(1, 45, 4),
    "24f dollars": Spot(1, 49, 6, at_right=True),
    "24f cents": Spot(1, 56, 2),
    "24g": Spot(1, 59, 3),
    "24h": Spot(1, 63, 1),
    "24 shaded": Spot(0, 1, 61),
    "24h shaded": Spot(0, 63, 2),
    "24i": Spot(0, 65, 2),
    "24j shaded": Spot(0, 68, 11),
    "24j": Spot(1, 68, 10),
}
"""Of one service: row 0 is the shaded half of its line, row 1 the other."""

FIRST_LINE_ROW: Final = 45


def line_spot(name: str, place: int) -> Spot:
    """Where a box of the service at this place (0 to 5) has its letters."""
    spot = _LINE[name]
    return Spot(FIRST_LINE_ROW + 2 * place + spot.row, spot.column, spot.width, spot.at_right)
