"""Integer cents, and how they are written and read."""

import re

_TYPED = re.compile(
    r"(?P<sign>-?) *\$? *(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{0,15})(?:\.(?P<cents>[0-9]{0,2})0*)?"
)


def dollars(cents: int) -> str:
    """`144376` as "$1,443.76"; a credit as "-$18.35"."""
    return f"{'-' if cents < 0 else ''}${ledger(abs(cents))}"


def ledger(cents: int) -> str:
    """`144376` as "1,443.76", for columns of amounts."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def parse_dollars(text: str) -> int:
    """Cents of what a person typed: "30", ".5", "$1,443.76", "-18.35".

    Raises ValueError for anything else: fractions of a cent, and a comma that parts no thousands ("12,50").
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None or not (found["whole"] or found["cents"]):
        raise ValueError("not an amount")
    cents = int(found["whole"].replace(",", "") or 0) * 100 + int((found["cents"] or "").ljust(2, "0"))
    return -cents if found["sign"] else cents


def cents_or_none(text: str) -> int | None:
    """The same; None where it is no amount."""
    try:
        return parse_dollars(text)
    except ValueError:
        return None
