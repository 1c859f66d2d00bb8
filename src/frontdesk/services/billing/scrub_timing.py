"""Rules about whether this payer may be asked at all, and still in time."""

from collections.abc import Iterator

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.claims import Frequency
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Found

SOON_DAYS = 14


def coverage_on_date(claim: ClaimFacts) -> Iterator[Found]:
    """The card covers the day of the visit."""
    payer = claim.payer
    advice = "Find out which coverage held on the day, then enter it."
    if claim.service_on < payer.covers_from:
        yield Found(f"{payer.plan} starts on {us_date(payer.covers_from)}, after the visit.", advice)
    elif payer.covers_until is not None and claim.service_on > payer.covers_until:
        yield Found(f"{payer.plan} ended on {us_date(payer.covers_until)}, before the visit.", advice)


def payer_order(claim: ClaimFacts) -> Iterator[Found]:
    """A payer is asked once those before it have decided."""
    if claim.payer.rank > claim.payer.first_rank and not claim.decided_before:
        advice = "Bill the primary coverage and wait for its remittance, or correct the order."
        yield Found("Another insurer pays first, and has not decided yet.", advice, "rank")


def prior_balance(claim: ClaimFacts) -> Iterator[Found]:
    """2430: paid and adjusted by the payer before come to the charge of each line."""
    for other in claim.others:
        if other.decision is None or other.payer.rank >= claim.payer.rank:
            continue
        for line in other.decision.lines:
            told = line.paid_cents + sum(cents for _, _, cents in line.adjustments)
            if told != line.charge_cents:
                yield Found(
                    f"{other.payer.name} accounts for {dollars(told)} of {dollars(line.charge_cents)} on line"
                    f" {line.place}.",
                    "Look at its remittance. The next payer refuses a line that does not add up.",
                    line=line.place,
                )


def self_pay(claim: ClaimFacts) -> Iterator[Found]:
    """45 CFR 164.522(a)(1)(vi): what was paid in full and asked to be kept from the plan stays so."""
    if claim.withholds_from_payer:
        advice = "The visit must not be billed to the plan. Move the charges to the patient."
        yield Found("The patient asked that the plan not be told of this visit.", advice)
    elif claim.is_self_pay:
        yield Found("The patient chose self-pay for this day.", "Bill the patient, or end the choice.")


def referral(claim: ClaimFacts) -> Iterator[Found]:
    """2300 REF 9F, where the plan asks for it."""
    if claim.payer.needs_referral and not (claim.referral or claim.authorization):
        advice = "Ask the referring office for the number, then add it to the coverage."
        yield Found(f"{claim.payer.plan} needs a referral number.", advice, "number")


def authorization(claim: ClaimFacts) -> Iterator[Found]:
    """An authorization that ran out is often the reason for a denial."""
    ended = claim.grants_ended_on
    if ended is not None and not claim.authorization:
        yield Found(
            f"The authorization ended on {us_date(ended)}, before the visit.",
            "Ask the payer to extend it, or send the claim without.",
            "valid_until",
        )


def service_date(claim: ClaimFacts) -> Iterator[Found]:
    """Nothing is billed ahead."""
    if claim.service_on > claim.today:
        yield Found("The day of service is still to come.", "Send the claim after the visit.", "service_on")


def timely_filing(claim: ClaimFacts) -> Iterator[Found]:
    """Past its limit a payer refuses, and the patient may not be billed."""
    if claim.today > claim.file_by_on and claim.told.delay is None:
        yield Found(
            f"The time to file ended on {us_date(claim.file_by_on)}.",
            "Say why it is late, close it, or appeal with proof of an earlier filing.",
            "delay",
        )


def filing_soon(claim: ClaimFacts) -> Iterator[Found]:
    """The countdown before that."""
    left = (claim.file_by_on - claim.today).days
    if 0 <= left <= SOON_DAYS:
        days = "today is the last day" if left == 0 else f"{left} day{'s' if left > 1 else ''} left"
        yield Found(f"The claim must be filed by {us_date(claim.file_by_on)}, {days}.", "Send it first.")


def medicare_original(claim: ClaimFacts) -> Iterator[Found]:
    """CLM05-3: Part B takes first claims only; a decided one is reopened (Pub. 100-04, 34, 10)."""
    if claim.payer.kind is PayerKind.MEDICARE and claim.frequency is not Frequency.ORIGINAL:
        advice = "Close this one, and ask the contractor to reopen the first by telephone or portal."
        yield Found("Medicare takes no claim that replaces another.", advice, "frequency")


def frequency(claim: ClaimFacts) -> Iterator[Found]:
    """2300 REF F8: a replacement or void names the payer's number of the first claim."""
    if claim.frequency is not Frequency.ORIGINAL and not claim.payer_control_number:
        advice = "It is on the remittance or the payer's portal."
        yield Found("The payer's number of the first claim is missing.", advice, "payer_control_number")
