"""Rules about codes among themselves: add-on codes, visits beside procedures, sex and age, the laboratory."""

from collections.abc import Iterator

from frontdesk.kernel.text import age_on, us_date
from frontdesk.models.billing.claim_rules import Certificate
from frontdesk.models.registration.patient import Sex
from frontdesk.services.billing import code_facts
from frontdesk.services.billing.claim_facts import ClaimFacts, LineFacts
from frontdesk.services.billing.code_facts import Limit
from frontdesk.services.billing.code_ranges import LABORATORY, VISITS, holds
from frontdesk.services.billing.scrub_found import Found

PROCEDURES = "10004-69990 90460-90474 96360-96379 98925-98929 98940-98943"
"""What swallows a visit of the same day that carries no 25 (NCCI policy manual, chapter 1, D)."""

_DRAWN = "36415 36416"
_SEPARATE = frozenset({"59", "XE", "XP", "XS", "XU"})
_WAIVED_AS_THEY_ARE = "81002 81025 82270 82272 82962 83026 84830 85013 85651"
"""Waived tests that take no QW (CMS, tests granted waived status under CLIA)."""
_SKIN_TESTS = "86485-86580"
"""Read on the patient, not in a laboratory (CMS, HCPCS codes that are excluded from CLIA edits)."""
_SENT_OUT = "90"


def add_on(claim: ClaimFacts) -> Iterator[Found]:
    """An add-on code is paid only beside the code that it adds to (NCCI add-on code edits)."""
    there = [line.code for line in claim.lines]
    for line in claim.lines:
        wanted = code_facts.goes_with(line.code)
        if wanted and not any(holds(wanted, code) for code in there):
            message = f"Line {line.place}: {line.code} adds to a code that is not on the claim."
            advice = f"It goes with {' or '.join(wanted.split())}. Add that, or take this off."
            yield Found(message, advice, "code", line.place)


def modifier_25(claim: ClaimFacts) -> Iterator[Found]:
    """A visit beside a procedure of the same day needs 25 to be paid (NCCI policy manual, chapter 1, D)."""
    for line in claim.lines:
        beside = next((other for other in claim.lines if _swallows(other, line)), None)
        if holds(VISITS, line.code) and beside and not {"25", "57"} & set(line.modifiers):
            advice = (
                f"{beside.code} was done on the same day. Add 25 if the visit was more than that, "
                "or take the visit off."
            )
            yield Found(f"Modifier 25 missing on {line.code}.", advice, "modifiers", line.place)


def person(claim: ClaimFacts) -> Iterator[Found]:
    """A code that by its definition is about another sex or age."""
    for diagnosis in claim.diagnoses:
        if why := _unfit(code_facts.limits_of_diagnosis(diagnosis.code), claim):
            yield Found(f"{diagnosis.code} {why}.", "Check the code and the patient's data.", "diagnoses")
    for line in claim.lines:
        if why := _unfit(code_facts.limits_of_procedure(line.code), claim):
            message = f"Line {line.place}: {line.code} {why}."
            yield Found(message, "Check the code and the patient's data.", "code", line.place)


def clia(claim: ClaimFacts) -> Iterator[Found]:
    """2300 REF X4: a test needs the certificate of the place where it was done (42 CFR 493)."""
    laboratory = claim.laboratory
    for line in _tested(claim):
        if laboratory is None:
            message = f"Line {line.place}: {line.code} needs the CLIA number of {claim.site.name}."
            yield Found(message, "Enter the certificate, or 90 if a laboratory did the test.", "", line.place)
        elif laboratory.valid_until < line.served_on:
            message = f"The CLIA certificate of {claim.site.name} ended on {us_date(laboratory.valid_until)}."
            yield Found(message, "Enter the new certificate.", "", line.place)
            return


def clia_waived(claim: ClaimFacts) -> Iterator[Found]:
    """With a certificate of waiver a test is a waived one, and says so with QW (CMS Pub. 100-04, 16, 70)."""
    laboratory = claim.laboratory
    if laboratory is None or laboratory.certificate is not Certificate.WAIVER:
        return
    for line in _tested(claim):
        if "QW" not in line.modifiers and not holds(_WAIVED_AS_THEY_ARE, line.code):
            message = f"Line {line.place}: {line.code} needs modifier QW."
            advice = f"{claim.site.name} has a certificate of waiver: it may do waived tests only."
            yield Found(message, advice, "modifiers", line.place)


def is_set_apart(line: LineFacts) -> bool:
    """Whether a modifier says that it was a service of its own."""
    return bool(_SEPARATE & set(line.modifiers))


def _swallows(other: LineFacts, visit: LineFacts) -> bool:
    return (
        other.served_on == visit.served_on and holds(PROCEDURES, other.code) and not holds(_DRAWN, other.code)
    )


def _tested(claim: ClaimFacts) -> Iterator[LineFacts]:
    for line in claim.lines:
        is_test = holds(LABORATORY, line.code) and not holds(_SKIN_TESTS, line.code)
        if is_test and _SENT_OUT not in line.modifiers:
            yield line


def _unfit(limits: tuple[Limit, ...], claim: ClaimFacts) -> str:
    """Why none of the limits lets the patient through; empty where there is no limit, or one does."""
    sex, born_on = claim.patient.sex, claim.patient.born_on
    if born_on is not None and born_on > claim.service_on:
        return ""
    for limit in limits:
        if limit.sex is not None and sex is not Sex.UNKNOWN and sex is not limit.sex:
            return f"is for {limit.sex.value} patients"
        if born_on is not None and not limit.from_age <= age_on(born_on, claim.service_on) <= limit.until_age:
            return f"does not fit a patient of {age_on(born_on, claim.service_on)} years"
    return ""
