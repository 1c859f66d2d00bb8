"""Whether a payer allowed less than agreed for no reason that it gave: the rule of docs/underpayments.md."""

from collections.abc import Sequence

_NOT_PRICE = frozenset({"104", "105", "253"})
"""CARCs that lower the payment and not the price: withholds, tax, sequestration."""
EXPLAINS = frozenset(
    "24 35 54 58 59 61 97 119 131 144 149 151 161 172 197 198 203 222 231 234 236 237 243 249"
    " B10 B15 P12".split()
)
"""CARCs that say themselves why less is allowed, such as multiple procedures (59) and bundling (97, B10)."""


def allowed_cents(paid_cents: int, cuts: Sequence[tuple[str, str, int]]) -> int:
    """What the payer allowed: what it paid, what it left to the patient, and what it held back of that."""
    return paid_cents + sum(
        cents for group, reason, cents in cuts if group == "PR" or reason in _NOT_PRICE or reason == "23"
    )


def is_short(agreed: int, allowed: int, cuts: Sequence[tuple[str, str, int]], tolerance_cents: int) -> bool:
    """Whether less was allowed for no reason that the payer gave.

    `cuts` are group, CARC and cents of the line. What was denied whole is a denial. CO-45 is the
    contract's own write-down and explains nothing.
    """
    gap = agreed - allowed
    if allowed <= 0 or gap <= tolerance_cents:
        return False
    others = [
        (reason, cents)
        for group, reason, cents in cuts
        if group != "PR" and reason not in _NOT_PRICE and reason not in ("45", "23")
    ]
    if any(reason in EXPLAINS for reason, _ in others):
        return False
    return sum(cents for _, cents in others) < gap - tolerance_cents
