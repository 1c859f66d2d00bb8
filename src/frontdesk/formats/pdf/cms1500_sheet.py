"""A CMS-1500 that is being filled in: each box once, and what did not go in is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from frontdesk.formats.pdf.cms1500_grid import DATES, SPOTS, TICKS, Spot, line_spot

TITLES: Final = {
    "carrier": "The payer's name or address",
    "1a": "The member ID",
    "2": "The patient's name",
    "4": "The insured's name",
    "5 street": "The patient's street",
    "5 city": "The patient's city",
    "5 state": "The patient's state",
    "5 zip": "The patient's ZIP",
    "7 street": "The insured's street",
    "7 city": "The insured's city",
    "7 state": "The insured's state",
    "7 zip": "The insured's ZIP",
    "9": "The other insured's name",
    "9a": "The other policy's number",
    "9d": "The other plan's name",
    "10d": "The condition codes",
    "11": "The group number",
    "11b": "The number of the case",
    "11c": "The plan's name",
    "17": "The referring provider's name",
    "17a": "The payer's number of the referring provider",
    "17b": "The referring provider's NPI",
    "19": "The note",
    "20 dollars": "The price of the outside service",
    "22 reference": "The payer's number of the first claim",
    "23": "The authorization number",
    "24b": "The place of service",
    "24d": "The code",
    "24e": "The diagnosis pointer",
    "24f dollars": "The charge",
    "24g": "The number of units",
    "24 shaded": "The drug or the description",
    "24j shaded": "The payer's number of the provider",
    "24j": "The rendering provider's NPI",
    "25": "The tax number",
    "26": "The claim's number",
    "28 dollars": "The total charge",
    "29 dollars": "The amount paid",
    "32 name": "The facility's name",
    "32 street": "The facility's street",
    "32 city": "The facility's city",
    "32a": "The facility's NPI",
    "32b": "The payer's number of the site",
    "33 name": "The practice's name",
    "33 street": "The practice's street",
    "33 city": "The practice's city",
    "33a": "The practice's NPI",
    "33b": "The payer's number of the practice",
}
_MAY_BE_CUT: Final = frozenset(
    "carrier|2|4|5 street|5 city|7 street|7 city|9|9d|11c|17|19|32 name|32 street|32 city|33 name|33 street"
    "|33 city".split("|")
)
"""A person still reads what is left of these; a number or amount that is cut says something else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in one box, and where."""

    box: str
    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Unfit:
    """Something that the form has no room for: cut, or (a number, an amount) not to be printed at all."""

    box: str
    is_cut: bool
    message: str
    advice: str
    line: int | None = None


class Sheet:
    """The pieces of one form and what did not fit."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.unfit: list[Unfit] = []

    def put(self, box: str, text: str, *shorter: str) -> None:
        """Write into a box; where it is too long, the first of the shorter ways that fits."""
        self._put(box, SPOTS[box], (text, *shorter))

    def put_at(self, box: str, spot: Spot, text: str) -> None:
        """Write where the box has several lines."""
        self._put(box, spot, (text,))

    def put_line(self, box: str, place: int, line: int, text: str) -> None:
        """Write into a box of the service at this place of the form; `line` is its number in the claim."""
        self._put(box, line_spot(box, place), (text,), line)

    def tick(self, box: str, what: str) -> None:
        self.pieces.append(Piece(f"{box} {what}", "X", TICKS[box][what]))

    def put_date(self, box: str, parts: Iterable[str]) -> None:
        for part, spot in zip(parts, DATES[box], strict=True):
            self.pieces.append(Piece(box, part, spot))

    def leave_out(self, box: str, message: str, advice: str) -> None:
        """Say what has no place on the form."""
        self.unfit.append(Unfit(box, True, message, advice))

    def refuse(self, box: str, message: str, advice: str = "") -> None:
        """Say what the form cannot carry."""
        self.unfit.append(Unfit(box, False, message, advice))

    def _put(self, box: str, spot: Spot, ways: tuple[str, ...], line: int | None = None) -> None:
        said = next((way for way in ways if len(way) <= spot.width), ways[-1])
        if len(said) > spot.width:
            self._say(box, spot, line)
            said = _cut(said, spot.width)
        elif len(ways) > 2 and said == ways[-1] and ways[-1] != ways[-2]:
            self._say(box, spot, line)
        if said:
            self.pieces.append(Piece(box, said, spot))

    def _say(self, box: str, spot: Spot, line: int | None) -> None:
        subject = TITLES[box]
        if line is not None:
            subject = f"Line {line}: {subject[0].lower()}{subject[1:]}"
        name = box.split()[0]
        name = name.upper() if name.startswith("24") else name
        where = "the address block" if box == "carrier" else f"box {name}"
        what = f"{subject} is too long for {where} of the paper form ({spot.width} characters)"
        if box in _MAY_BE_CUT:
            self.unfit.append(Unfit(box, True, f"{what}.", "It is printed as far as it goes.", line))
        else:
            self.unfit.append(Unfit(box, False, f"{what}.", "Shorten it, or send the claim as a file.", line))


def _cut(text: str, width: int) -> str:
    """The whole words that fit; of one long word, or of a name with its commas, as many letters."""
    if "," not in text and " " in text[: width + 1]:
        return text[: width + 1].rsplit(" ", 1)[0].rstrip()
    return text[:width].rstrip(" ,")
