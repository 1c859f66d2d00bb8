"""How the CMS-1500 wants names, addresses, numbers and amounts written (NUCC 1500 manual, 02/12)."""

import unicodedata
from datetime import date
from decimal import Decimal

from frontdesk.formats.x12.professional_claim import Address, Attachment, Drug, Insured, Provider
from frontdesk.formats.x12.values import quantity_text
from frontdesk.kernel.text import digits

_SHORT = {
    "APARTMENT": "APT",
    "AVENUE": "AVE",
    "BOULEVARD": "BLVD",
    "BUILDING": "BLDG",
    "COURT": "CT",
    "DRIVE": "DR",
    "FLOOR": "FL",
    "HIGHWAY": "HWY",
    "LANE": "LN",
    "NORTH": "N",
    "NORTHEAST": "NE",
    "NORTHWEST": "NW",
    "PARKWAY": "PKWY",
    "PLACE": "PL",
    "ROAD": "RD",
    "ROOM": "RM",
    "SOUTH": "S",
    "SOUTHEAST": "SE",
    "SOUTHWEST": "SW",
    "STREET": "ST",
    "SUITE": "STE",
}
"""USPS Publication 28."""


def words(text: str) -> str:
    """Upper case, letters, digits and hyphens only: no periods, no commas, no other signs."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").upper())
    plain = "".join(
        letter if letter.isascii() and letter.isalnum() else letter if letter == "-" else " "
        for letter in folded
        if not unicodedata.combining(letter) and letter not in ".'’"
    )
    return " ".join(plain.split())


def number(text: str) -> str:
    """A number of a card, policy or account: no hyphens, no blanks."""
    return words(text).replace("-", "").replace(" ", "")


def name(person: Insured) -> tuple[str, ...]:
    """Last name with its suffix, first name, middle initial; the shorter ways to write it follow.

    Commas divide the three; the manual lets the blanks behind them go. What follows the first two
    leaves something out.
    """
    last = words(f"{person.last} {person.suffix}")
    first, initial = words(person.first), words(person.middle)[:1]
    parts = [part for part in (last, first, initial) if part]
    return ", ".join(parts), ",".join(parts), ",".join(part for part in (last, first) if part)


def provider_name(provider: Provider) -> str:
    """First name before the last, without commas (box 17)."""
    return words(f"{provider.first} {provider.last}")


def street(address: Address) -> tuple[str, str]:
    """Both lines of the street in one, as they are and as the post office shortens them."""
    whole = words(f"{address.street} {address.unit}")
    return whole, " ".join(_SHORT.get(word, word) for word in whole.split())


def attachment(one: Attachment) -> str:
    """PWK with its codes and number, nothing between them (box 19)."""
    return f"PWK{one.report}{one.transmission}{number(one.control_number)}"


def two_lines(text: str, first: int, second: int) -> tuple[str, str]:
    """Box 19: what fits its line stands there; of more, the first words go beside the title above."""
    if len(text) <= second:
        return "", text
    head = text[: first + 1].rsplit(" ", 1)[0] if " " in text[: first + 1] else text[:first]
    return head.rstrip(), text[len(head) :].strip()


def zip_code(address: Address) -> str:
    """Five digits, or nine with their hyphen: the one sign that stays."""
    plain = digits(address.zip)
    return f"{plain[:5]}-{plain[5:]}" if len(plain) == 9 else plain


def city_line(address: Address) -> str:
    """City, state and ZIP, divided by blanks."""
    return " ".join(part for part in (words(address.city), words(address.state), zip_code(address)) if part)


def amount(cents: int) -> tuple[str, str]:
    """Dollars and cents without sign or point."""
    return str(cents // 100), f"{cents % 100:02d}"


def short_date(on: date) -> tuple[str, str, str]:
    """MM DD YY."""
    return f"{on.month:02d}", f"{on.day:02d}", f"{on.year % 100:02d}"


def long_date(on: date) -> tuple[str, str, str]:
    """MM DD YYYY."""
    return f"{on.month:02d}", f"{on.day:02d}", f"{on.year:04d}"


def drug(given: Drug) -> str:
    """N4, the eleven digits, three blanks, unit and quantity (shaded half of 24)."""
    return f"N4{given.ndc}   {given.unit}{quantity_text(given.quantity)}"


def unlisted(description: str) -> str:
    """ZZ and what was done under a code that does not say it (shaded half of 24)."""
    return f"ZZ{words(description)}"


def count(units: Decimal) -> str:
    """Days or units: no leading zeros, a fraction with its point."""
    return quantity_text(units)
