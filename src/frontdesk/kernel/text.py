"""How names, numbers and dates are written for people in the United States, and folded for search."""

import unicodedata
from datetime import date, datetime

_SPELLED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_PLAIN = {
    code: chr(code) if chr(code).isalnum() else " " if chr(code) in "- \t" else None for code in range(128)
}


def fold(text: str) -> str:
    """Lower-case ASCII letters, digits and single spaces: "O'Brien-Núñez" is "obrien nunez"."""
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED)).lower()
    spaced = "".join(
        character if character.isascii() and character.isalnum() else " " if character in "-\u2010 \t" else ""
        for character in plain
    )
    return " ".join(spaced.split())


def digits(text: str) -> str:
    """Only the digits."""
    if text.isascii():
        return text if text.isdigit() else "".join(filter(str.isdigit, text))
    return "".join(character for character in text if character.isdigit() and character.isascii())


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 claim", "1,204 claims"; `many` where it takes more than an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def us_phone(number: str) -> str:
    """Ten digits as "(503) 555-0148"; anything else as it is."""
    plain = digits(number)
    if len(plain) == 10:
        return f"({plain[:3]}) {plain[3:6]}-{plain[6:]}"
    plain = plain[1:] if len(plain) == 11 and plain.startswith("1") else plain
    return f"({plain[:3]}) {plain[3:6]}-{plain[6:]}" if len(plain) == 10 else number


def us_date(on: date) -> str:
    """ "03/17/2026"."""
    return f"{on:%m/%d/%Y}"


def us_time(at: datetime) -> str:
    """ "10:42 AM"."""
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def us_date_time(at: datetime) -> str:
    """ "03/17/2026 10:42 AM"."""
    return f"{us_date(at)} {us_time(at)}"


def clock_time(at: datetime) -> str:
    """ "10:42" on the twelve-hour clock, where the day is clear."""
    return f"{at.hour % 12 or 12}:{at.minute:02d}"


def weekday_date(on: date) -> str:
    """ "Thursday, March 19"."""
    return f"{on:%A, %B} {on.day}"


def age_on(born_on: date, on: date) -> int:
    """Full years lived."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def spreadsheet_cell(text: str) -> str:
    """Words as a spreadsheet shows them: it takes what begins so for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
