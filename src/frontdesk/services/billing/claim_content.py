"""A claim's facts as the 837P says them."""

from collections.abc import Iterator
from decimal import Decimal

from frontdesk.formats.x12 import professional_claim as x12
from frontdesk.formats.x12.adjustments import Adjustment
from frontdesk.models.billing.claim_parts import ProviderRole
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import code_ranges
from frontdesk.services.billing.claim_facts import ClaimFacts, OtherPayerFacts, PayerFacts, PersonFacts
from frontdesk.services.billing.code_ranges import LABORATORY
from frontdesk.services.billing.scrub_services import LETTERS

FILING_CODES = {
    PayerKind.COMMERCIAL: "CI",
    PayerKind.BLUE: "BL",
    PayerKind.HMO: "HM",
    PayerKind.MEDICARE: "MB",
    PayerKind.MEDICAID: "MC",
    PayerKind.TRICARE: "CH",
    PayerKind.WORKERS_COMP: "WC",
    PayerKind.AUTO: "AM",
    PayerKind.OTHER: "ZZ",
}
"""SBR09."""
_RELATIONSHIPS = {Relationship.SPOUSE: "01", Relationship.CHILD: "19", Relationship.OTHER: "G8"}
_SEXES = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.UNKNOWN: "U"}
_RANKS = {1: "P", 2: "S", 3: "T"}


def written(facts: ClaimFacts) -> x12.Claim:
    """The claim as it goes into a file."""
    payer, practice, site = facts.payer, facts.practice, facts.site
    is_self = payer.relationship is Relationship.SELF
    subscriber = facts.patient if is_self else facts.subscriber
    return x12.Claim(
        number=facts.number,
        charge_cents=facts.charge_cents,
        place_of_service=facts.place_of_service,
        diagnoses=tuple(diagnosis.code.replace(".", "") for diagnosis in facts.diagnoses),
        lines=tuple(
            x12.Line(
                code=line.code,
                charge_cents=line.amount_cents,
                served_on=line.served_on,
                pointers=tuple(LETTERS.index(letter) + 1 for letter in line.pointers),
                control_number=line.control_number,
                modifiers=line.modifiers,
                units=Decimal(line.units),
                drug=None
                if line.drug is None
                else x12.Drug(line.drug.ndc, Decimal(line.drug.thousandths) / 1000, line.drug.unit),
                ordering=_provider(facts, ProviderRole.ORDERING),
                prior=tuple(_prior(facts, line.place)),
            )
            for line in facts.lines
        ),
        policy=_policy(payer, subscriber),
        billing=x12.BillingProvider(
            name=practice.name,
            npi=practice.npi,
            tax_id=practice.tax_id,
            taxonomy=practice.taxonomy,
            address=practice.address,
        ),
        patient=None if is_self else _person(facts.patient),
        relationship="18" if is_self else _RELATIONSHIPS[payer.relationship],
        frequency=facts.frequency,
        payer_control_number="" if facts.frequency == "1" else facts.payer_control_number,
        authorization=facts.authorization,
        referral=facts.referral,
        rendering=x12.Provider(
            facts.provider.last, facts.provider.first, facts.provider.npi, facts.provider.taxonomy
        ),
        referring=_provider(facts, ProviderRole.REFERRING),
        supervising=_provider(facts, ProviderRole.SUPERVISING),
        clia=_clia(facts),
        accident=facts.accident.kind if facts.accident else "",
        accident_state=facts.accident.state if facts.accident else "",
        accident_on=facts.accident.happened_on if facts.accident else None,
        facility=x12.Facility(site.name, site.npi, site.address) if facts.is_elsewhere else None,
        other_payers=tuple(_other(other, facts.payer.rank) for other in facts.others),
    )


def _provider(facts: ClaimFacts, role: ProviderRole) -> x12.Provider | None:
    other = facts.provider_as(role)
    return None if other is None else x12.Provider(other.last, other.first, other.npi)


def _clia(facts: ClaimFacts) -> str:
    """REF X4, where a test was done here."""
    tested = any(code_ranges.holds(LABORATORY, line.code) for line in facts.lines)
    return facts.laboratory.number if tested and facts.laboratory else ""


def _policy(payer: PayerFacts, subscriber: PersonFacts) -> x12.Policy:
    return x12.Policy(
        payer_name=payer.name,
        payer_id=payer.number,
        member_id=payer.member_id,
        subscriber=_person(subscriber),
        rank=_RANKS.get(payer.rank, "U"),
        group_number=payer.group_number,
        filing_code=FILING_CODES[payer.kind],
        payer_address=payer.address,
    )


def _other(other: OtherPayerFacts, rank: int) -> x12.OtherPayer:
    """Loop 2320; what a later payer said is none of an earlier one's business."""
    payer, decision = other.payer, other.decision if other.payer.rank < rank else None
    return x12.OtherPayer(
        policy=_policy(payer, other.subscriber),
        relationship="18" if payer.relationship is Relationship.SELF else _RELATIONSHIPS[payer.relationship],
        paid_cents=decision.paid_cents if decision else None,
        adjustments=_adjustments(decision.adjustments) if decision else (),
        control_number=decision.payer_control_number if decision else "",
        decided_on=decision.decided_on if decision and not decision.lines else None,
    )


def _prior(facts: ClaimFacts, place: int) -> Iterator[x12.PriorLine]:
    """Loop 2430 of a line: what each payer before decided on it."""
    for other in facts.others:
        decision = other.decision
        if decision is None or other.payer.rank >= facts.payer.rank:
            continue
        for line in decision.lines:
            if line.place == place:
                yield x12.PriorLine(
                    payer_id=other.payer.number,
                    paid_cents=line.paid_cents,
                    code=line.code,
                    decided_on=decision.decided_on,
                    modifiers=line.modifiers,
                    adjustments=_adjustments(line.adjustments),
                )


def _adjustments(told: tuple[tuple[str, str, int], ...]) -> tuple[Adjustment, ...]:
    """Grouped as a CAS wants them."""
    return tuple(Adjustment(group, reason, cents) for group, reason, cents in sorted(told))


def _person(person: PersonFacts) -> x12.Insured:
    return x12.Insured(
        last=person.last,
        first=person.first,
        middle=person.middle.rstrip("."),
        suffix=person.suffix,
        born_on=person.born_on,
        sex=_SEXES[person.sex],
        address=person.address or x12.Address(),
    )
