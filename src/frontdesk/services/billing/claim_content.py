"""A claim's facts as the 837P says them."""

from decimal import Decimal

from frontdesk.formats.x12 import professional_claim as x12
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.claim_facts import ClaimFacts, PersonFacts
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
            )
            for line in facts.lines
        ),
        policy=x12.Policy(
            payer_name=payer.name,
            payer_id=payer.number,
            member_id=payer.member_id,
            subscriber=_person(subscriber),
            rank=_RANKS.get(payer.rank, "U"),
            group_number=payer.group_number,
            filing_code=FILING_CODES[payer.kind],
            payer_address=payer.address,
        ),
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
        facility=x12.Facility(site.name, site.npi, site.address) if facts.is_elsewhere else None,
    )


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
