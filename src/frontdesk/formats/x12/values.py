"""Amounts, quantities, dates and names as X12 writes them."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache


@lru_cache(maxsize=16_384)
def cents(text: str) -> int:
    """Reads an R element as cents: `233.8` is 23380. ValueError when it is no amount in whole cents."""
    unsigned = text[1:] if text[:1] in "+-" else text
    whole, _, fraction = unsigned.partition(".")
    fraction = fraction.rstrip("0") if len(fraction) > 2 else fraction
    digits = whole + fraction.ljust(2, "0")
    if len(fraction) > 2 or not (whole or fraction) or not (digits.isascii() and digits.isdecimal()):
        raise ValueError("an amount in dollars and cents such as 12.5 or -40")
    return -int(digits) if text[0] == "-" else int(digits)


@lru_cache(maxsize=4_096)
def amount(value: int) -> str:
    """Writes cents as an R element, as short as the standard wants it: 23380 is `233.8`."""
    sign, whole, fraction = "-" if value < 0 else "", *divmod(abs(value), 100)
    return f"{sign}{whole}.{fraction:02}".rstrip("0").rstrip(".")


@lru_cache(maxsize=4_096)
def day(text: str) -> date:
    """Reads CCYYMMDD, and the first day of a CCYYMMDD-CCYYMMDD range."""
    digits = text[:8]
    if not (len(digits) == 8 and digits.isascii() and digits.isdecimal() and text[8:9] in ("", "-")):
        raise ValueError("a date as CCYYMMDD")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise ValueError("a date of the calendar as CCYYMMDD") from error


def day_or_none(text: str) -> date | None:
    """The same; None where payers mask it or it is no date: the segment keeps it as it came."""
    try:
        return day(text)
    except ValueError:
        return None


@lru_cache(maxsize=1_024)
def quantity(text: str) -> Decimal:
    """Reads a count of units, which may be broken (1.5). ValueError otherwise."""
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("a number") from error
    if not value.is_finite():
        raise ValueError("a number")
    return value


def quantity_text(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1_024)
def day_text(value: date) -> str:
    return value.strftime("%Y%m%d")


def minute_text(value: datetime) -> str:
    return value.strftime("%H%M")


_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "ß": "SS", "Æ": "AE", "Ø": "O", "Ł": "L"})
_LOST = str.maketrans(dict.fromkeys("*:^~>|`", " "))


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Names and addresses in the basic character set: capitals, no accents, nothing that separates."""
    if text.isascii() and text.isalnum() and text.isupper():
        return text
    spelled = unicodedata.normalize("NFKD", text.upper().translate(_PLAIN))
    ascii_only = spelled.encode("ascii", "ignore").decode("ascii").translate(_LOST)
    return " ".join("".join(c if c.isprintable() else " " for c in ascii_only).split())
