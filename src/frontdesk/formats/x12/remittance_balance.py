"""The three balances of an 835 (TR3 section 1.10.2.1): line, claim, payment. What does not hold is held."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from frontdesk.formats.x12.remittance import PaidClaim, Payment, ProviderAdjustment
from frontdesk.kernel.money import dollars


class Imbalance(Struct, frozen=True):
    """A sum that does not hold: where, what was said, what it comes to."""

    segment_number: int
    said_cents: int
    summed_cents: int
    message: str


def claim_imbalances(claim: PaidClaim) -> Iterator[Imbalance]:
    """Line: SVC02 - CAS = SVC03. Claim: CLP03 - all CAS = CLP04, and its lines add up to it."""
    line_adjusted = line_paid = line_charged = 0
    for line in claim.lines:
        adjusted = sum(adjustment.amount_cents for adjustment in line.adjustments)
        if line.charge_cents - adjusted != line.paid_cents:
            yield _imbalance(
                line.segment_number,
                line.paid_cents,
                line.charge_cents - adjusted,
                f"Line {line.number} of claim {claim.claim_number} does not balance",
            )
        line_adjusted += adjusted
        line_paid += line.paid_cents
        line_charged += line.charge_cents
    adjusted = sum(adjustment.amount_cents for adjustment in claim.adjustments)
    if claim.charge_cents - adjusted - line_adjusted != claim.paid_cents:
        yield _imbalance(
            claim.segment_number,
            claim.paid_cents,
            claim.charge_cents - adjusted - line_adjusted,
            f"Claim {claim.claim_number} does not balance",
        )
    elif claim.lines and line_charged != claim.charge_cents:
        yield _imbalance(
            claim.segment_number,
            claim.charge_cents,
            line_charged,
            f"The lines of claim {claim.claim_number} do not add up to its charge",
        )


def payment_imbalance(
    payment: Payment, claims_paid_cents: int, adjustments: Iterable[ProviderAdjustment]
) -> Imbalance | None:
    """Payment: BPR02 = sum of CLP04 - sum of PLB."""
    expected = claims_paid_cents - sum(adjustment.amount_cents for adjustment in adjustments)
    if payment.paid_cents == expected:
        return None
    return _imbalance(0, payment.paid_cents, expected, "The claims do not add up to the payment")


def _imbalance(number: int, said: int, summed: int, what: str) -> Imbalance:
    sentence = f"{what}: the payer says {dollars(said)}, its amounts come to {dollars(summed)}."
    return Imbalance(number, said, summed, sentence)
