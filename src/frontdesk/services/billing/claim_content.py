"""A claim's facts as the 837P says them."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import structs

from frontdesk.formats.x12 import professional_claim as x12
from frontdesk.formats.x12.adjustments import Adjustment
from frontdesk.models.billing.assigned_number import Holder, Qualifier
from frontdesk.models.billing.claim_parts import ProviderRole
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import code_ranges
from frontdesk.services.billing.circumstance_facts import Circumstances
from frontdesk.services.billing.claim_facts import (
    ClaimFacts,
    Decision,
    LineFacts,
    OtherPayerFacts,
    PayerFacts,
    PersonFacts,
)
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


def written(facts: ClaimFacts) -> x12.Claim:
    """The claim as it goes into a file."""
    payer, told = facts.payer, facts.told
    outside = _outside(told)
    is_all = outside is not None and all(told.marks(line.place).bought_cents for line in facts.lines)
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
                units=Decimal(told.marks(line.place).minutes or line.units),
                unit="UN" if told.marks(line.place).minutes is None else "MJ",
                description=told.marks(line.place).description,
                note=told.marks(line.place).note,
                note_kind=told.marks(line.place).note_kind,
                drug=None
                if line.drug is None
                else x12.Drug(line.drug.ndc, Decimal(line.drug.thousandths) / 1000, line.drug.unit),
                rendering=_did(line),
                facility=outside if told.marks(line.place).bought_cents is not None and not is_all else None,
                supervising=_provider(facts, ProviderRole.SUPERVISING, line.place),
                ordering=_provider(facts, ProviderRole.ORDERING, line.place)
                or _provider(facts, ProviderRole.ORDERING),
                referring=_provider(facts, ProviderRole.REFERRING, line.place),
                primary_care=_provider(facts, ProviderRole.PRIMARY_CARE, line.place),
                prior=tuple(_prior(facts, line)),
                is_emergency=told.marks(line.place).is_emergency,
                is_epsdt=told.marks(line.place).is_screening,
                is_family_planning=told.marks(line.place).is_family_planning,
                bought_cents=told.marks(line.place).bought_cents,
                attachments=tuple(_attachments(facts, line.place)),
            )
            for line in facts.lines
        ),
        policy=structs.replace(
            _policy(payer, subscriber, facts.pays_after),
            billing_ids=_called(facts, Holder.PRACTICE, kinds=x12.OF_PAYER),
        ),
        billing=_billing(facts),
        patient=None if is_self else _person(facts.patient),
        relationship="18" if is_self else _RELATIONSHIPS[payer.relationship],
        frequency=facts.frequency,
        payer_control_number="" if facts.frequency == "1" else facts.payer_control_number,
        authorization=facts.authorization,
        referral=facts.referral,
        rendering=None if facts.bills_alone else _rendering(facts),
        referring=_provider(facts, ProviderRole.REFERRING),
        primary_care=_provider(facts, ProviderRole.PRIMARY_CARE),
        supervising=_provider(facts, ProviderRole.SUPERVISING),
        clia=_clia(facts),
        accident=facts.accident.kind if facts.accident else "",
        accident_state=facts.accident.state if facts.accident else "",
        accident_on=facts.accident.happened_on if facts.accident else None,
        facility=outside if is_all else _site(facts),
        bought_from=outside,
        onset_on=told.onset_on,
        onset_kind=told.onset_kind,
        other_on=told.other_on,
        other_kind=told.other_kind or "",
        unable_from=told.unable_from,
        unable_until=told.unable_until,
        last_worked_on=told.last_worked_on,
        returned_on=told.returned_on,
        assignment=told.assignment,
        program=told.program or "",
        references=tuple(x12.OtherId(each.kind, each.number) for each in told.references),
        file_info=told.file_info,
        spine=told.spine or "",
        admitted_on=told.admitted_on,
        discharged_on=told.discharged_on,
        condition_codes=tuple(told.condition_codes.split()),
        case_number=told.case_number or facts.case_number,
        delay_reason=told.delay or "",
        epsdt=told.screening or "",
        note=told.note,
        note_kind=told.note_kind,
        attachments=tuple(_attachments(facts, None)),
        other_payers=tuple(_others(facts)),
    )


def _billing(facts: ClaimFacts) -> x12.BillingProvider:
    """The practice, or the person who bills alone: then they are named, and once only."""
    practice, person = facts.practice, facts.provider
    return x12.BillingProvider(
        name=person.last if facts.bills_alone else practice.name,
        npi=practice.npi,
        tax_id=practice.tax_id,
        taxonomy=practice.taxonomy,
        address=practice.address,
        tax_id_is_ssn=practice.tax_id_is_ssn,
        first=person.first if facts.bills_alone else "",
        other_ids=_called(facts, Holder.PRACTICE, kinds=x12.OF_BILLING),
    )


def _rendering(facts: ClaimFacts) -> x12.Provider:
    who = facts.provider
    return x12.Provider(who.last, who.first, who.npi, who.taxonomy, _called(facts, Holder.PROVIDER))


def _outside(told: Circumstances) -> x12.Facility | None:
    """Who did what was bought; box 32 names them in the place of the office.

    So does 2310C where all was bought, else 2420C of each line that was.
    """
    who = told.outside
    if not who.npi or all(line.bought_cents is None for line in told.lines):
        return None
    return x12.Facility(who.name, who.npi, x12.Address(who.street, "", who.city, who.state, who.zip))


def _attachments(facts: ClaimFacts, line: int | None) -> Iterator[x12.Attachment]:
    for one in facts.attachments:
        if one.line == line:
            yield x12.Attachment(one.report, one.transmission, one.control_number)


def _did(line: LineFacts) -> x12.Provider | None:
    who = line.rendering
    if who is None:
        return None
    ids = tuple(x12.OtherId(each.qualifier, each.number) for each in line.rendering_numbers)
    return x12.Provider(who.last, who.first, who.npi, who.taxonomy, ids)


def _provider(facts: ClaimFacts, role: ProviderRole, place: int = 0) -> x12.Provider | None:
    other = facts.provider_as(role, place)
    if other is None:
        return None
    ids = _called(facts, Holder.OTHER, other.npi)
    return x12.Provider(other.last, other.first, other.npi, other_ids=ids)


def _site(facts: ClaimFacts) -> x12.Facility | None:
    site = facts.site
    if not facts.is_elsewhere:
        return None
    return x12.Facility(site.name, site.npi, site.address, _called(facts, Holder.SITE))


def _called(
    facts: ClaimFacts, holder: Holder, npi: str = "", *, kinds: tuple[str, ...] = tuple(Qualifier)
) -> tuple[x12.OtherId, ...]:
    """What the payer calls somebody beside the NPI."""
    known = facts.numbers_of(holder, npi)
    return tuple(x12.OtherId(each.qualifier, each.number) for each in known if each.qualifier in kinds)


def _clia(facts: ClaimFacts) -> str:
    """REF X4, where a test was done here."""
    tested = any(code_ranges.holds(LABORATORY, line.code) for line in facts.lines)
    return facts.laboratory.number if tested and facts.laboratory else ""


def _policy(payer: PayerFacts, subscriber: PersonFacts, pays_after: int) -> x12.Policy:
    """Its place is counted among the coverages of the day: what has ended leaves no gap."""
    return x12.Policy(
        payer_name=payer.name,
        payer_id=payer.number,
        member_id=payer.member_id,
        subscriber=_person(subscriber),
        rank=x12.RANKS[pays_after],
        group_number=payer.group_number,
        filing_code=FILING_CODES[payer.kind],
        payer_address=payer.address,
        secondary_reason=payer.secondary_reason or "" if pays_after else "",
    )


def _others(facts: ClaimFacts) -> Iterator[x12.OtherPayer]:
    """Loop 2320; what a later payer said is none of an earlier one's business."""
    own = facts.payer.rank
    for place, other in enumerate(facts.others):
        is_before = other.payer.rank < own
        yield _other(other, place if is_before else place + 1, other.decision if is_before else None)


def _other(other: OtherPayerFacts, pays_after: int, decision: Decision | None) -> x12.OtherPayer:
    payer = other.payer
    is_whole = decision is not None and not decision.lines
    return x12.OtherPayer(
        policy=_policy(payer, other.subscriber, pays_after),
        relationship="18" if payer.relationship is Relationship.SELF else _RELATIONSHIPS[payer.relationship],
        paid_cents=decision.paid_cents if decision else None,
        adjustments=_adjustments(decision.adjustments) if decision else (),
        patient_cents=_left(decision.adjustments) if decision and is_whole else None,
        control_number=decision.payer_control_number if decision else "",
        decided_on=decision.decided_on if decision and is_whole else None,
    )


def _prior(facts: ClaimFacts, own: LineFacts) -> Iterator[x12.PriorLine]:
    """Loop 2430 of a line: what each payer before decided on it."""
    for other in facts.others:
        decision = other.decision
        if decision is None or other.payer.rank >= facts.payer.rank:
            continue
        for line in decision.lines:
            if line.place == own.place:
                yield x12.PriorLine(
                    payer_id=other.payer.number,
                    paid_cents=line.paid_cents,
                    code=line.code,
                    decided_on=decision.decided_on,
                    modifiers=line.modifiers,
                    units=Decimal(own.units),
                    adjustments=_adjustments(line.adjustments),
                    patient_cents=_left(line.adjustments),
                )


def _left(told: tuple[tuple[str, str, int], ...]) -> int:
    """AMT EAF: what that payer leaves to the patient."""
    return sum(cents for group, _, cents in told if group == "PR")


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
