"""Card numbers never enter the program: what looks like one is refused where it is typed."""

import re

from frontdesk.kernel.errors import Finding

_SEPARATOR = r"[\s\-\u2010-\u2015.]{1,3}"
_RUN = re.compile(rf"\d+(?:{_SEPARATOR}\d+)*")
_GROUP = re.compile(r"\d+")
SHORTEST, LONGEST = 12, 19
"""Digits of a card's number (ISO/IEC 7812-1)."""


def holds_card_number(text: str) -> bool:
    """Whether 12 to 19 digits in a row pass the cards' check digit, blanks, dashes and dots aside.

    In a longer row each group may begin one: an approval code or an expiry date may stand right behind.
    """
    return any(_in_groups(_GROUP.findall(run)) for run in _RUN.findall(text))


def card_finding(text: str, field: str) -> list[Finding]:
    """The refusal for a field that holds a card number; nothing when it does not."""
    if not holds_card_number(text):
        return []
    return [Finding("That looks like a card number. Enter only its last four digits.", field)]


def _in_groups(groups: list[str]) -> bool:
    if sum(map(len, groups)) < SHORTEST:
        return False
    for first in range(len(groups)):
        number = ""
        for group in groups[first:]:
            number += group
            if len(number) > LONGEST:
                break
            if len(number) >= SHORTEST and _passes_luhn(number):
                return True
    # Longer than any card's number and written as one: a number with something glued to its end.
    return any(
        _passes_luhn(group[:length])
        for group in groups
        if len(group) > LONGEST
        for length in range(13, LONGEST + 1)
    )


def _passes_luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
