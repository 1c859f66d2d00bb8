"""Rules about dates, hospital, a case, services bought outside, screenings, and patients called new."""

from collections.abc import Iterator

from frontdesk.kernel.text import us_date
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.code_ranges import CHIROPRACTIC, NEW_PATIENT, holds
from frontdesk.services.billing.scrub_found import Found

_INPATIENT = ("21", "51", "61")
_TELEHEALTH = ("02", "10")
_REMOTE = frozenset({"93", "95", "FQ", "FR", "GQ", "GT"})
_CASES = (PayerKind.WORKERS_COMP, PayerKind.AUTO)


def hospital_stay(claim: ClaimFacts) -> Iterator[Found]:
    """2300 DTP 435, where the patient was seen as an inpatient; box 18."""
    if claim.place_of_service in _INPATIENT and claim.told.admitted_on is None:
        yield Found("The day of admission is missing.", "Ask the hospital, or the provider.", "admitted_on")


def outside_service(claim: ClaimFacts) -> Iterator[Found]:
    """2400 PS1 and 2420B, box 20: what was bought names who did it and what it cost."""
    bought = [line for line in claim.told.lines if line.bought_cents is not None]
    if bought and not claim.told.outside.npi:
        advice = "Enter the name, NPI and address of who did it."
        yield Found("A service was bought outside, and nobody is named.", advice, "outside_npi")
    if claim.told.outside.npi and not bought:
        advice = "Mark the line and what it cost, or take the name off."
        yield Found("Somebody outside is named, and no line was bought.", advice, "bought_cents")


def screening_result(claim: ClaimFacts) -> Iterator[Found]:
    """2300 CRC ZZ: a screening (EPSDT) says what it led to; box 24H."""
    if claim.told.screening is None and any(line.is_screening for line in claim.told.lines):
        yield Found("A screening does not say what it led to.", "Choose whether it led to more.", "screening")


def case_number(claim: ClaimFacts) -> Iterator[Found]:
    """2010BA REF Y4, box 11b: the number that an accident's insurer gave the case."""
    if claim.payer.kind in _CASES and not (claim.case_number or claim.told.case_number):
        advice = f"Ask {claim.payer.name}, then add it to the policy, or here."
        yield Found("The number of the case is missing.", advice, "case_number")


def illness_date(claim: ClaimFacts) -> Iterator[Found]:
    """2300 DTP 431 and 484: an illness does not begin after the visit for it."""
    if claim.told.onset_on is not None and claim.told.onset_on > claim.service_on:
        yield Found("The illness began after the visit.", "Check its date.", "onset_on")


def filed_late(claim: ClaimFacts) -> Iterator[Found]:
    """2300 CLM20: past the limit a claim goes out only with the reason for the delay."""
    if claim.today > claim.file_by_on and claim.told.delay is not None:
        message = f"The time to file ended on {us_date(claim.file_by_on)}; the claim says why it is late."
        yield Found(message, "Keep the proof at hand: the payer asks for it.", "delay")


def first_treatment(claim: ClaimFacts) -> Iterator[Found]:
    """2300 DTP 454: Medicare wants the day on which treatment of the spine began (Pub. 100-04, 26, 10.4)."""
    is_of_spine = any(holds(CHIROPRACTIC, line.code) for line in claim.lines)
    if claim.payer.kind is PayerKind.MEDICARE and is_of_spine and claim.told.other_kind != "454":
        advice = "Enter the date of the initial treatment."
        yield Found("Medicare wants to know when the treatment of the spine began.", advice, "other_on")


def active_treatment(claim: ClaimFacts) -> Iterator[Found]:
    """Without AT a treatment of the spine is maintenance to Medicare, and not paid (Pub. 100-02, 15, 240)."""
    if claim.payer.kind is not PayerKind.MEDICARE:
        return
    for line in claim.lines:
        if holds(CHIROPRACTIC, line.code) and "AT" not in line.modifiers:
            message = (
                f"Line {line.place}: {line.code} without AT is maintenance, which Medicare does not pay."
            )
            yield Found(message, "Add AT where it is active treatment.", "modifiers", line.place)


def new_patient(claim: ClaimFacts) -> Iterator[Found]:
    """A patient is new who was not seen in the group and specialty for three years (CPT, E/M guidelines)."""
    seen = claim.seen_before_on
    if seen is None:
        return
    for line in claim.lines:
        if holds(NEW_PATIENT, line.code):
            message = (
                f"Line {line.place}: {line.code} is for new patients; this one was seen {us_date(seen)}."
            )
            advice = "Take the code for an established patient, unless it was another specialty."
            yield Found(message, advice, "code", line.place)


def telehealth(claim: ClaimFacts) -> Iterator[Found]:
    """Most payers want a visit by video or telephone to say so with 95 or 93 (CPT, appendix P and T)."""
    if claim.place_of_service not in _TELEHEALTH:
        return
    for line in claim.lines:
        if not _REMOTE & set(line.modifiers):
            message = f"Line {line.place}: the place is telehealth, and no modifier says how."
            yield Found(message, "Add 95 for video, 93 for the telephone.", "modifiers", line.place)
            return
