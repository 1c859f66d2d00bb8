"""What a patient with insurance will probably pay of a visit: an informal estimate from the benefits. Pure.

A copay pays the first service of the visit; the other services go to what is left of the deductible, then to
the coinsurance. Without a copay all of them do. The out-of-pocket limit ends it. Where the payer did not say,
the office says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.kernel.money import dollars


@dataclass(frozen=True, slots=True)
class Benefits:
    """What the payer last said, in cents; None where it did not say."""

    copay_cents: int | None = None
    coinsurance_percent: int | None = None
    deductible_left_cents: int | None = None
    out_of_pocket_left_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """The patient's part of each service, and how it was reckoned."""

    cents: tuple[int, ...]
    why: tuple[str, ...]


def share(allowed: Sequence[int], benefits: Benefits) -> Shares:
    """The parts of one visit; `allowed` is what the payer allows for each service."""
    left = benefits.out_of_pocket_left_cents
    deductible = benefits.deductible_left_cents or 0
    per_cent = benefits.coinsurance_percent or 0
    parts = []
    from_deductible = from_coinsurance = from_copay = 0
    for place, cents in enumerate(allowed):
        if place == 0 and benefits.copay_cents:
            part = from_copay = min(cents, benefits.copay_cents)
        else:
            on_deductible = min(cents, deductible)
            deductible -= on_deductible
            coinsured = (cents - on_deductible) * per_cent // 100
            from_deductible += on_deductible
            from_coinsurance += coinsured
            part = on_deductible + coinsured
        if left is not None:
            part = min(part, left)
            left -= part
        parts.append(part)
    why = []
    if from_copay:
        why.append(f"Copay {dollars(from_copay)}.")
    if from_deductible:
        why.append(f"{dollars(from_deductible)} goes to what is left of the deductible.")
    if from_coinsurance:
        why.append(f"{per_cent}% coinsurance is {dollars(from_coinsurance)}.")
    if benefits.deductible_left_cents is None:
        why.append("The payer did not say what is left of the deductible.")
    if sum(parts) < from_copay + from_deductible + from_coinsurance:
        why.append("The out-of-pocket limit is reached.")
    return Shares(tuple(parts), tuple(why))
