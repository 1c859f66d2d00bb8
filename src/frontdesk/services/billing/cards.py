"""Card numbers never enter the program: what looks like one is refused where it is typed."""

import re

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import digits

_RUN = re.compile(r"\d(?:[ -]?\d){12,18}")


def holds_card_number(text: str) -> bool:
    """Whether 13 to 19 digits in a row, blanks and dashes aside, pass the cards' check digit."""
    return any(_passes_luhn(digits(run)) for run in _RUN.findall(text))


def card_finding(text: str, field: str) -> list[Finding]:
    """The refusal for a field that holds a card number; nothing when it does not."""
    if not holds_card_number(text):
        return []
    return [Finding("That looks like a card number. Enter only its last four digits.", field)]


def _passes_luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
