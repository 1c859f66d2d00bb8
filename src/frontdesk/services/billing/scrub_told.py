"""Rules about what others told: the payer's last answer, an accident, the payer before, authorized units."""

from collections.abc import Iterator

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import age_on, us_date
from frontdesk.models.billing.claim_parts import AccidentKind
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Found
from frontdesk.services.registration.eligibility_failures import REASONS

_ABOUT_PERSON = ("64", "65", "67", "68", "72", "73", "75", "76", "77", "78")
_CASES = (PayerKind.WORKERS_COMP, PayerKind.AUTO)
_OF_AGE = 26


def relationship(claim: ClaimFacts) -> Iterator[Found]:
    """Medicare covers its own holder only (005010X222A1 2000B: the subscriber is the patient)."""
    if claim.payer.kind is PayerKind.MEDICARE and claim.payer.relationship is not Relationship.SELF:
        advice = "Choose self, with the patient's own number."
        yield Found("A Medicare card covers its own holder only.", advice, "relationship")


def child_of_age(claim: ClaimFacts) -> Iterator[Found]:
    """A parent's plan covers children until 26 (45 CFR 147.120)."""
    born_on = claim.patient.born_on
    if claim.payer.relationship is not Relationship.CHILD or born_on is None:
        return
    age = age_on(born_on, claim.service_on)
    if age >= _OF_AGE:
        advice = "Most plans cover children until 26. Ask for the patient's own card."
        yield Found(f"The patient is covered as a child at {age}.", advice, "relationship")


def birth_date(claim: ClaimFacts) -> Iterator[Found]:
    """The payer's last answer names another birth date than the chart."""
    told = claim.payer_answer.born_on if claim.payer_answer else None
    if told is not None and claim.patient.born_on not in (None, told):
        advice = f"{claim.payer.name} has {us_date(told)}. Compare an ID, then correct it here or there."
        yield Found("Birth date differs from the payer's.", advice, "born_on")


def member_found(claim: ClaimFacts) -> Iterator[Found]:
    """The payer's last answer (271 AAA) did not know the person."""
    codes = claim.payer_answer.reject_codes if claim.payer_answer else ()
    for code in codes:
        if code in _ABOUT_PERSON:
            words, advice = REASONS[code]
            yield Found(f"{words}.", advice, "member_id")
            return


def accident_wanted(claim: ClaimFacts) -> Iterator[Found]:
    """2300 CLM11: an accident's insurer must be told of one."""
    if claim.payer.kind in _CASES and claim.accident is None:
        message = f"{claim.payer.name} pays for accidents, and the claim names none."
        yield Found(message, "Enter what kind it was, and its day.", "accident")


def accident_whole(claim: ClaimFacts) -> Iterator[Found]:
    """2300 DTP 439 with each accident, CLM11-4 with an auto accident."""
    accident = claim.accident
    if accident is None:
        return
    if accident.happened_on is None:
        yield Found("The date of the accident is missing.", "Ask the patient.", "accident")
    elif accident.happened_on > claim.service_on:
        yield Found("The accident is after the visit.", "Check its date.", "accident")
    if accident.kind is AccidentKind.AUTO and not accident.state:
        yield Found("The state of the auto accident is missing.", "Enter two letters.", "accident")


def injury(claim: ClaimFacts) -> Iterator[Found]:
    """Payers ask back about a fresh injury: who else may have to pay."""
    if claim.accident is not None:
        return
    for diagnosis in claim.diagnoses:
        if diagnosis.code[:1] == "S" and diagnosis.code[-1:] == "A":
            message = f"{diagnosis.code} is an injury, and nothing says whether it was an accident."
            yield Found(message, "Ask the patient how it happened.", "accident")
            return


def prior_reasons(claim: ClaimFacts) -> Iterator[Found]:
    """2320 and 2430 CAS: the next payer must see why the one before paid less than was asked."""
    for other in claim.others:
        decision = other.decision
        if decision is None or other.payer.rank >= claim.payer.rank:
            continue
        given = decision.adjustments or any(line.adjustments for line in decision.lines)
        if decision.paid_cents < claim.charge_cents and not given:
            paid, asked = dollars(decision.paid_cents), dollars(claim.charge_cents)
            message = f"{other.payer.name} paid {paid} of {asked} and gave no reasons."
            yield Found(message, "Enter its adjustments from the remittance first.", "adjustments")


def authorization_units(claim: ClaimFacts) -> Iterator[Found]:
    """The visit needs authorized units and holds too few."""
    if not claim.lacks_units:
        return
    advice = "Ask the payer for more, add them to the coverage, and the visit takes its own."
    if claim.units_ran_out:
        yield Found(f"Authorization {claim.units_ran_out} has no units left.", advice, "units")
    elif not claim.authorization:
        yield Found("Authorization number missing.", "Add it to the coverage.", "number")
    else:
        yield Found("The visit holds too few authorized units.", advice, "units")
