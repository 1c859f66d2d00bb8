"""The numbers and addresses by which an office is known: written plainly, and checked."""

from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from frontdesk.kernel.text import digits

US_ZONES: Final = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)

STATES: Final = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND "
    "OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI".split()
)


def is_npi(text: str) -> bool:
    """Whether the ten digits hold: Luhn over 80840 and the number (45 CFR 162.406; ISO/IEC 7812)."""
    if len(text) != 10 or digits(text) != text or text[0] not in "12":
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + text)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def is_tax_id(text: str) -> bool:
    """Nine digits, not all of one kind."""
    return len(text) == 9 and digits(text) == text and len(set(text)) > 1


def is_taxonomy(text: str) -> bool:
    """Ten characters, the last an X: "207Q00000X"."""
    return len(text) == 10 and text.isalnum() and text.isupper() and text.endswith("X")


def is_zip(text: str) -> bool:
    """Five digits, or nine."""
    return len(text) in (5, 9) and digits(text) == text


def us_phone_digits(text: str) -> str | None:
    """The ten digits of a number that can be dialled in the United States."""
    # 30 to 60 ms to load, and an office's own number is written down once.
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    return str(number.national_number) if phonenumbers.is_valid_number(number) else None


def is_zone(text: str) -> bool:
    """Whether the time zone data knows the name."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
