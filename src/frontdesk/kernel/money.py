"""Integer cents, and how they are written and read."""

from decimal import Decimal, InvalidOperation


def dollars(cents: int) -> str:
    """`144376` as "$1,443.76"; a credit as "-$18.35"."""
    return f"{'-' if cents < 0 else ''}${ledger(abs(cents))}"


def ledger(cents: int) -> str:
    """`144376` as "1,443.76", for columns of amounts."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def parse_dollars(text: str) -> int:
    """Cents of what a person typed: "30", "$1,443.76", "-18.35".

    Raises ValueError for anything else, and for fractions of a cent.
    """
    plain = text.strip().replace("$", "").replace(",", "")
    try:
        cents = Decimal(plain) * 100
    except InvalidOperation:
        raise ValueError("not an amount") from None
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise ValueError("not an amount")
    return int(cents)
