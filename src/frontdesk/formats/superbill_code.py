"""The number on a superbill, as it is printed, scanned and typed: "SB-000123". It names nobody."""

import re
from typing import Final

_WRITTEN: Final = re.compile(r"SB-?(\d{1,9})")


def written(number: int) -> str:
    """The number as it is printed below the bars."""
    return f"SB-{number:06d}"


def read(text: str) -> int | None:
    """The number in what a reader or a person gave; None where it is no superbill's."""
    found = _WRITTEN.fullmatch("".join(text.split()).upper())
    return int(found[1]) if found else None


def typed(text: str) -> int | None:
    """The same, where a person may leave out the letters."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else read(plain)
