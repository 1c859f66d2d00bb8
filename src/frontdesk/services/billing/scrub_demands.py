"""Rules that the office keeps by code: what this payer wants, from its policies and its denials."""

from collections.abc import Iterator

from frontdesk.kernel.text import us_date
from frontdesk.models.billing.claim_parts import ProviderRole
from frontdesk.models.billing.claim_rules import CodeRuleKind
from frontdesk.services.billing.claim_facts import ClaimFacts, Demand, LineFacts
from frontdesk.services.billing.code_ranges import begins, holds
from frontdesk.services.billing.scrub_codes import is_set_apart
from frontdesk.services.billing.scrub_found import Found
from frontdesk.services.billing.scrub_services import LETTERS
from frontdesk.services.office.identifiers import is_npi


def supported(claim: ClaimFacts) -> Iterator[Found]:
    """Medical necessity: the payer pays a code for some diagnoses only."""
    for demand, line in _asked(claim, CodeRuleKind.DIAGNOSIS):
        pointed = [claim.diagnoses[place].code for place in _places(claim, line)]
        if not pointed or any(begins(demand.diagnoses, code) for code in pointed):
            continue
        fits = [
            letter
            for letter, diagnosis in zip(LETTERS, claim.diagnoses, strict=False)
            if begins(demand.diagnoses, diagnosis.code)
        ]
        advice = "Point it to a diagnosis that does, or ask the provider."
        if not fits:
            advice = "None of the claim's diagnoses does. Ask the provider, or take the line off."
        yield Found(
            f"Line {line.place}: {line.code} is not supported by {' or '.join(pointed)}.",
            f"{demand.note} {advice}".strip(),
            "diagnosis_pointers",
            line.place,
            fits[0] if fits else "",
        )


def interval(claim: ClaimFacts) -> Iterator[Found]:
    """A service that is paid once in so many days."""
    for demand, line in _asked(claim, CodeRuleKind.INTERVAL):
        if line.last_on is not None and (line.served_on - line.last_on).days < demand.days:
            message = (
                f"{line.code} more often than every {demand.days} days: last on {us_date(line.last_on)}."
            )
            yield Found(message, demand.note or "Take it off, or appeal with the reason.", "code", line.place)


def not_with(claim: ClaimFacts) -> Iterator[Found]:
    """A service that is part of another one of the same day."""
    for demand, line in _asked(claim, CodeRuleKind.NOT_WITH):
        for other in claim.lines:
            is_beside = other.place != line.place and other.served_on == line.served_on
            if is_beside and holds(demand.other_codes, other.code) and not is_set_apart(line):
                message = f"Line {line.place}: {line.code} is not paid beside {other.code}."
                advice = demand.note or "Take it off, or add 59 or an X modifier if it stood by itself."
                yield Found(message, advice, "modifiers", line.place)
                break


def ndc(claim: ClaimFacts) -> Iterator[Found]:
    """2410 LIN03: eleven digits, 5-4-2, with how much was given."""
    for demand, line in _asked(claim, CodeRuleKind.NDC):
        if line.drug is None:
            advice = demand.note or "Copy it from the package, with how much was given."
            yield Found(f"Line {line.place}: {line.code} needs its NDC.", advice, "ndc", line.place)


def ndc_shape(claim: ClaimFacts) -> Iterator[Found]:
    """2410 LIN03, whoever wanted it."""
    for line in claim.lines:
        if line.drug is not None and not (len(line.drug.ndc) == 11 and line.drug.ndc.isdigit()):
            message = f"Line {line.place}: the NDC must have eleven digits, 5-4-2."
            yield Found(message, "A package with ten needs a zero before the short part.", "ndc", line.place)


def referring(claim: ClaimFacts) -> Iterator[Found]:
    """2310A DN, where the payer asks for it."""
    yield from _named(claim, CodeRuleKind.REFERRING, ProviderRole.REFERRING)


def ordering(claim: ClaimFacts) -> Iterator[Found]:
    """2420E DK, where the payer asks for it (42 CFR 424.507)."""
    yield from _named(claim, CodeRuleKind.ORDERING, ProviderRole.ORDERING)


def other_npi(claim: ClaimFacts) -> Iterator[Found]:
    """2310A, 2310D, 2420D to F NM109: whoever is named has a valid NPI."""
    for other in claim.providers:
        if not is_npi(other.npi):
            missing = "missing" if not other.npi else "not valid"
            message = f"{other.whose}The NPI of the {other.role.value} provider is {missing}."
            advice = "Look it up in the registry, or ask their office."
            yield Found(message, advice, other.role.value, other.place or None)


def primary_care(claim: ClaimFacts) -> Iterator[Found]:
    """2310A and 2420F P3: the primary care provider stands second, behind who referred."""
    for other in claim.providers:
        is_second = claim.provider_as(ProviderRole.REFERRING, other.place) is not None
        if other.role is ProviderRole.PRIMARY_CARE and not is_second:
            message = f"{other.whose}The primary care provider is named, and nobody who referred."
            advice = "Enter who referred, or name the primary care provider as the one who did."
            yield Found(message, advice, ProviderRole.REFERRING, other.place or None)


def authorized(claim: ClaimFacts) -> Iterator[Found]:
    """2300 REF G1, where the payer asks for it by code."""
    if claim.authorization:
        return
    for demand, line in _asked(claim, CodeRuleKind.AUTHORIZATION):
        message = f"Line {line.place}: {line.code} needs an authorization of {claim.payer.name}."
        advice = demand.note or "Ask the payer, then add the number to the coverage."
        yield Found(message, advice, "number", line.place)


def _asked(claim: ClaimFacts, kind: CodeRuleKind) -> Iterator[tuple[Demand, LineFacts]]:
    """Each line with the first demand of this kind that is about it."""
    demands = claim.wants(kind)
    for line in claim.lines:
        demand = next((demand for demand in demands if holds(demand.codes, line.code)), None)
        if demand is not None:
            yield demand, line


def _named(claim: ClaimFacts, kind: CodeRuleKind, role: ProviderRole) -> Iterator[Found]:
    if claim.provider_as(role) is not None:
        return
    for demand, line in _asked(claim, kind):
        if claim.provider_as(role, line.place) is not None:
            continue
        message = f"Line {line.place}: {line.code} needs the {role.value} provider."
        yield Found(message, demand.note or "Enter the name and the NPI.", role.value, line.place)
        return


def _places(claim: ClaimFacts, line: LineFacts) -> list[int]:
    places = [LETTERS.find(letter) for letter in line.pointers]
    return [place for place in places if 0 <= place < len(claim.diagnoses)]
