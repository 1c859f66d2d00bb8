"""Phone numbers: from what people type to what is stored."""

import re

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import digits

_US = re.compile(r"[2-9]\d{2}[2-9]\d{6}", re.ASCII)


class NotAPhone(FrontdeskError):
    """What was typed cannot be called."""


def stored_phone(typed: str) -> str:
    """Ten digits for the United States, else + with country code; raises `NotAPhone` with what to do."""
    text = typed.strip()
    if not text:
        raise NotAPhone("Enter the phone number.")
    if letters := re.search(r"[^\W\d_]+", text):
        raise NotAPhone(
            f"A phone number has no letters. Take “{letters[0]}” out; an extension goes into the note."
        )
    number = digits(text)
    if not text.startswith("+") or number.startswith("1"):
        national = number[1:] if len(number) == 11 and number.startswith("1") else number
        if len(national) < 10:
            raise NotAPhone(
                f"The phone number has {len(national)} digits. Enter all ten, with the area code."
            )
        if len(national) > 10:
            raise NotAPhone(
                f"The phone number has {len(national)} digits, ten are needed. "
                "Start a number of another country with +."
            )
        if not _US.fullmatch(national):
            raise NotAPhone("No phone in the United States has this number. Check the area code.")
        return national
    return _foreign(number)


def _foreign(number: str) -> str:
    # 30 to 60 ms to load, and few patients have one.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(f"+{number}")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise NotAPhone("This is no phone number of that country. Check the country code after the +.")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
