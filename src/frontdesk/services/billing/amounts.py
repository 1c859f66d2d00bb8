"""Which amounts of money make sense."""

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.money import dollars

LARGEST_CENTS = 999_999_999


def amount_finding(cents: int, field: str) -> list[Finding]:
    """What is wrong with an amount that must be above zero; nothing when it is fine."""
    if cents <= 0:
        return [Finding("Enter an amount above zero.", field)]
    if cents > LARGEST_CENTS:
        return [Finding(f"{dollars(cents)} is more than the ledger takes. Check the amount.", field)]
    return []
