"""Rules about what was done: places, diagnoses, lines, codes, pointers, duplicates."""

from collections import Counter
from collections.abc import Iterator

from frontdesk.formats.x12.professional_claim import MOST_DIAGNOSES, MOST_LINES
from frontdesk.kernel.text import us_date
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Found

LETTERS = "ABCDEFGHIJKL"


def place_of_service(claim: ClaimFacts) -> Iterator[Found]:
    """CLM05-1: a code of CMS's list."""
    usual = claim.site.place_of_service
    if not claim.place_of_service:
        advice = f"The visit was at {claim.site.name}. Use {usual}."
        yield Found("Place of service is empty.", advice, "place_of_service", suggestion=usual)
    elif not claim.is_place_known:
        advice = f"At {claim.site.name} it is {usual}."
        message = f"{claim.place_of_service} is no place of service."
        yield Found(message, advice, "place_of_service", suggestion=usual)


def diagnoses(claim: ClaimFacts) -> Iterator[Found]:
    """HI: one at least, twelve at most."""
    if not claim.diagnoses:
        yield Found("The claim has no diagnosis.", "Ask the provider for it.", "diagnoses")
    elif len(claim.diagnoses) > MOST_DIAGNOSES:
        yield Found(f"The claim has {len(claim.diagnoses)} diagnoses; it can carry 12.", "", "diagnoses")


def diagnosis_valid(claim: ClaimFacts) -> Iterator[Found]:
    """Valid and complete on the day of service."""
    on = us_date(claim.service_on)
    for diagnosis in claim.diagnoses:
        if not diagnosis.is_known:
            yield Found(
                f"{diagnosis.code} is not valid on {on}.", "Choose the code of that day.", "diagnoses"
            )
        elif not diagnosis.is_billable:
            advice = "Choose one of the more exact codes below it."
            yield Found(f"{diagnosis.code} is not exact enough to bill.", advice, "diagnoses")


def line_count(claim: ClaimFacts) -> Iterator[Found]:
    """LX: one at least, fifty at most."""
    if not claim.lines:
        yield Found("The claim has no services.", "Enter the charges again.", "lines")
    elif len(claim.lines) > MOST_LINES:
        yield Found(f"The claim has {len(claim.lines)} lines; it can carry 50.", "", "lines")


def code_valid(claim: ClaimFacts) -> Iterator[Found]:
    """In the office's code list on the day of service."""
    for line in claim.lines:
        if not line.is_known:
            message = f"Line {line.place}: {line.code} is not valid on {us_date(line.served_on)}."
            yield Found(message, "Void the charge and enter the code of that day.", "code", line.place)


def modifiers(claim: ClaimFacts) -> Iterator[Found]:
    """SV101-3 to 6: four at most, none twice."""
    for line in claim.lines:
        if len(line.modifiers) > 4 or len(set(line.modifiers)) < len(line.modifiers):
            message = f"Line {line.place}: a modifier is there twice, or there are more than four."
            yield Found(message, "", "modifiers", line.place)


def pointers(claim: ClaimFacts) -> Iterator[Found]:
    """SV107: each line says which diagnosis it was for."""
    there = LETTERS[: len(claim.diagnoses)]
    only = there if len(there) == 1 else ""
    for line in claim.lines:
        if not line.pointers:
            message = f"Line {line.place}: {line.code} points to no diagnosis."
            yield Found(message, "Choose what it was done for.", "diagnosis_pointers", line.place, only)
        elif any(letter not in there for letter in line.pointers):
            message = f"Line {line.place}: {line.code} points to a diagnosis that is not there."
            yield Found(message, "Choose what it was done for.", "diagnosis_pointers", line.place, only)


def voided_line(claim: ClaimFacts) -> Iterator[Found]:
    """A charge that was taken back is not asked for."""
    for line in claim.lines:
        if line.is_void:
            message = f"Line {line.place}: the charge for {line.code} was voided."
            yield Found(message, "Void this claim; the new charges make a new one.", "lines", line.place)


def duplicate_line(claim: ClaimFacts) -> Iterator[Found]:
    """Payers take the second of two equal lines for a copy."""
    counted = Counter((line.code, line.modifiers) for line in claim.lines)
    for (code, _), times in counted.items():
        if times > 1:
            advice = "Enter it once with units, or add the modifier that tells them apart."
            yield Found(f"{code} is on the claim {times} times.", advice, "lines")


def duplicate_claim(claim: ClaimFacts) -> Iterator[Found]:
    """Another claim asks for the same service on the same day."""
    for line in claim.lines:
        if line.duplicate_of:
            message = f"Duplicate of {line.duplicate_of}: {line.code} on {us_date(line.served_on)}."
            yield Found(message, "Void one of the two.", "", line.place)
            return
