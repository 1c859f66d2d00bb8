"""Rules about numbers and words that some services and some payers want beside the usual ones."""

from collections.abc import Iterator

from frontdesk.models.billing.assigned_number import Holder
from frontdesk.models.billing.claim_circumstances import ReferenceKind
from frontdesk.models.billing.claim_parts import ProviderRole
from frontdesk.models.billing.claim_rules import CodeRuleKind
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.code_ranges import ANESTHESIA, CARE_PLAN, MAMMOGRAPHY, UNLISTED, holds
from frontdesk.services.billing.scrub_found import Found

_OF_TRIAL = {"Q0", "Q1"}


def payer_numbers(claim: ClaimFacts) -> Iterator[Found]:
    """2010BB, 2310A to C REF, boxes 17a, 24J, 32b, 33b: the number that this payer gave, where wanted."""
    referring = claim.provider_as(ProviderRole.REFERRING)
    is_named = {
        Holder.PRACTICE: True,
        Holder.PROVIDER: not claim.bills_alone,
        Holder.SITE: claim.is_elsewhere,
        Holder.OTHER: referring is not None,
    }
    for kind, holder, npi, whose in (
        (CodeRuleKind.PRACTICE_NUMBER, Holder.PRACTICE, "", "the practice"),
        (CodeRuleKind.PROVIDER_NUMBER, Holder.PROVIDER, "", claim.provider.short_name),
        (CodeRuleKind.SITE_NUMBER, Holder.SITE, "", claim.site.name),
        (CodeRuleKind.REFERRING_NUMBER, Holder.OTHER, referring.npi if referring else "", "who referred"),
    ):
        if not is_named[holder] or claim.numbers_of(holder, npi):
            continue
        demand = next(
            (
                demand
                for demand in claim.wants(kind)
                if any(holds(demand.codes, line.code) for line in claim.lines)
            ),
            None,
        )
        if demand is not None:
            advice = demand.note or "Enter it under Set-up, Payers' numbers."
            yield Found(f"{claim.payer.name} wants its own number of {whose}.", advice, kind.value)


def unlisted(claim: ClaimFacts) -> Iterator[Found]:
    """2400 SV101-7, shaded half of 24: a code that does not say what was done needs the words."""
    for line in claim.lines:
        if holds(UNLISTED, line.code) and not claim.told.marks(line.place).description:
            message = f"Line {line.place}: {line.code} does not say what was done."
            yield Found(message, "Enter the words for it, or the drug's name.", "description", line.place)


def anesthesia_minutes(claim: ClaimFacts) -> Iterator[Found]:
    """2400 SV103 MJ, box 24G: anesthesia is counted in minutes."""
    for line in claim.lines:
        if holds(ANESTHESIA, line.code) and claim.told.marks(line.place).minutes is None:
            message = f"Line {line.place}: {line.code} is counted in minutes."
            yield Found(message, "Copy them from the anesthesia record.", "minutes", line.place)


def mammography(claim: ClaimFacts) -> Iterator[Found]:
    """2300 REF EW: a mammography names the certificate of the place where it was done (42 CFR 410.34)."""
    is_one = any(holds(MAMMOGRAPHY, line.code) for line in claim.lines)
    if is_one and not claim.told.number(ReferenceKind.MAMMOGRAPHY):
        advice = "It is on the FDA's certificate of the place."
        message = "The number of the mammography certificate is missing."
        yield Found(message, advice, "references", suggestion=ReferenceKind.MAMMOGRAPHY)


def care_plan(claim: ClaimFacts) -> Iterator[Found]:
    """2300 REF 1J: care plan oversight names the agency or hospice (Pub. 100-04, 12, 180)."""
    is_overseen = any(holds(CARE_PLAN, line.code) for line in claim.lines)
    if is_overseen and _is_wanted_by_medicare(claim, ReferenceKind.CARE_PLAN):
        advice = "Enter the NPI of the home health agency or hospice."
        message = "Medicare wants to know whose care was overseen."
        yield Found(message, advice, "references", suggestion=ReferenceKind.CARE_PLAN)


def trial(claim: ClaimFacts) -> Iterator[Found]:
    """2300 REF P4: to Medicare, what belongs to a clinical trial names it (Pub. 100-04, 32, 69)."""
    is_of_trial = any(_OF_TRIAL & set(line.modifiers) for line in claim.lines)
    if is_of_trial and _is_wanted_by_medicare(claim, ReferenceKind.TRIAL):
        advice = "Enter the eight digits of its NCT number."
        message = "Medicare wants the number of the clinical trial."
        yield Found(message, advice, "references", suggestion=ReferenceKind.TRIAL)


def _is_wanted_by_medicare(claim: ClaimFacts, kind: ReferenceKind) -> bool:
    return claim.payer.kind is PayerKind.MEDICARE and not claim.told.number(kind)
