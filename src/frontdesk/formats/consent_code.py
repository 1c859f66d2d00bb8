"""The code on a printed form: which printed sheet it is, and which page of it. It names nobody.

    FDC1-0ABCDEFGHJKMN-1-2-K

`FDC1` says whose code it is, then the sheet's id in Crockford's base 32, page, pages, and a check letter
over all before it, so that a code typed from paper is not taken for another.
"""

import re
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PREFIX: Final = "FDC1"
_WRITTEN: Final = re.compile(rf"{_PREFIX}-([{_LETTERS}]{{13}})-(\d{{1,3}})-(\d{{1,3}})-([{_LETTERS}])")


@dataclass(frozen=True, slots=True)
class SheetCode:
    """A page of a printed form."""

    print_id: int
    page: int
    pages: int


def written(code: SheetCode) -> str:
    """The code as it is printed."""
    body = f"{_PREFIX}-{_in_letters(code.print_id)}-{code.page}-{code.pages}"
    return f"{body}-{_check(body)}"


def read(text: str) -> SheetCode | None:
    """The code in what a reader or a person gave; None where it is not ours or was misread."""
    tidy = text.strip().upper().replace("O", "0").replace("I", "1").replace("L", "1")
    found = _WRITTEN.fullmatch(tidy)
    if found is None or _check(tidy.rpartition("-")[0]) != found[4]:
        return None
    number = 0
    for letter in found[1]:
        number = number * 32 + _LETTERS.index(letter)
    return SheetCode(number, int(found[2]), int(found[3]))


def _in_letters(number: int) -> str:
    letters = ""
    for _ in range(13):
        number, rest = divmod(number, 32)
        letters = _LETTERS[rest] + letters
    return letters


def _check(body: str) -> str:
    return _LETTERS[sum((place + 1) * ord(letter) for place, letter in enumerate(body)) % 31]
