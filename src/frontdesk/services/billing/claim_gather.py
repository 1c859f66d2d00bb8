"""Gathers the facts of claims from the tables: a fixed number of statements for up to 500 claims."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.formats.x12.professional_claim import Address
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import digits
from frontdesk.models.billing.assigned_number import Holder
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.billing.code_lists import PlaceOfService
from frontdesk.models.office.practice import Practice, Site
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.authorization import AuthorizationGrant, GrantKind
from frontdesk.models.registration.coverage import Coverage, Policy, Relationship, SelfPay
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.models.registration.reach import PatientAddress
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import claim_extras, claim_others, claim_rows, codes, modifiers, paper_payers
from frontdesk.services.billing.circumstance_facts import Circumstances
from frontdesk.services.billing.claim_extras import Lines
from frontdesk.services.billing.claim_facts import (
    ClaimFacts,
    DiagnosisFacts,
    LineFacts,
    OtherPayerFacts,
    PayerFacts,
    PersonFacts,
    PracticeFacts,
    ProviderFacts,
    SiteFacts,
)
from frontdesk.services.billing.claim_others import OtherCoverage
from frontdesk.services.registration.coverages import plan_name
from frontdesk.services.schedule import visit_authorizations
from frontdesk.services.work import Work

_AT_ONCE = 500
CASES = (PayerKind.WORKERS_COMP, PayerKind.AUTO)
"""Whose insurers give an injury a number of its own."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A claim with the rows it names."""

    claim: Claim
    patient: Patient
    provider: Provider
    coverage: Coverage
    policy: Policy
    plan: Plan
    payer: Payer
    site: Site


def facts(work: Work, claim_ids: Iterable[int]) -> Iterator[ClaimFacts]:
    """The facts of these claims, in the order of their ids."""
    ordered = sorted(set(claim_ids))
    work.flush()
    for start in range(0, len(ordered), _AT_ONCE):
        yield from _some(work, ordered[start : start + _AT_ONCE])


def _some(work: Work, claim_ids: list[int]) -> Iterator[ClaimFacts]:
    wholes = [
        _Whole(*row)
        for row in work.session.execute(
            select(Claim, Patient, Provider, Coverage, Policy, Plan, Payer, Site)
            .join(Patient, Claim.patient_id == Patient.id)
            .join(Provider, Claim.provider_id == Provider.id)
            .join(Coverage, Claim.coverage_id == Coverage.id)
            .join(Policy, Coverage.policy_id == Policy.id)
            .join(Plan, Policy.plan_id == Plan.id)
            .join(Payer, Plan.payer_id == Payer.id)
            .join(Appointment, Claim.appointment_id == Appointment.id)
            .join(Site, Appointment.site_id == Site.id)
            .where(Claim.id.in_(claim_ids))
            .order_by(Claim.id)
        )
    ]
    around = _Around(work, wholes)
    for whole in wholes:
        yield around.facts(whole)


def foreseen(work: Work, claim: Claim, site: Site, lines: list[tuple[ClaimLine, ChargeLine]]) -> ClaimFacts:
    """The facts of a claim that is not kept, as they would be."""
    row = work.session.execute(
        select(Patient, Provider, Coverage, Policy, Plan, Payer)
        .select_from(Coverage)
        .join(Policy, Coverage.policy_id == Policy.id)
        .join(Plan, Policy.plan_id == Plan.id)
        .join(Payer, Plan.payer_id == Payer.id)
        .join(Patient, Patient.id == claim.patient_id)
        .join(Provider, Provider.id == claim.provider_id)
        .where(Coverage.id == claim.coverage_id)
    ).one()
    whole = _Whole(claim, *row, site)
    return _Around(work, [whole], {claim.id: lines}).facts(whole)


class _Around:
    """What the claims rest on, read once for all of them."""

    def __init__(self, work: Work, wholes: list[_Whole], lines: Lines | None = None) -> None:
        self._work = work
        self._practice = practice(work)
        claims = [whole.claim for whole in wholes]
        patients = {claim.patient_id for claim in claims}
        subscribers = {
            whole.policy.subscriber_patient_id for whole in wholes if whole.policy.subscriber_patient_id
        }
        self._subscribers = {
            row.id: row for row in work.session.scalars(select(Patient).where(Patient.id.in_(subscribers)))
        }
        self._others = claim_others.coverages_of(work, claims)
        self._on_paper = paper_payers.on_paper(work, {claim.payer_id for claim in claims})
        self._decisions = claim_others.decisions_of(work, claims)
        self._follows = _numbers(work, claims)
        holders = {
            other.subscriber.id for some in self._others.values() for other in some if other.subscriber
        }
        self._addresses = claim_rows.addresses(work, patients | subscribers | holders)
        self._lines = claim_rows.lines(work, [claim.id for claim in claims]) if lines is None else lines
        self._diagnoses = claim_rows.diagnoses(work, claims)
        self._procedures = claim_rows.procedures(work, self._lines)
        charged = [charge for rows in self._lines.values() for _, charge in rows]
        self._rendering = claim_rows.rendering(work, claims, charged)
        self._modifiers = modifiers.editions(
            work, (each for charge in charged for each in charge.modifiers.split())
        )
        self._places = set(work.session.scalars(select(PlaceOfService.code)))
        self._grants = claim_rows.grants(work, {claim.coverage_id for claim in claims})
        self._held = visit_authorizations.numbers_of(work, {claim.appointment_id for claim in claims})
        self._self_pay = claim_rows.self_pay(work, patients)
        self._ranks = claim_rows.ranks(work, claims)
        self._asked = claim_rows.asked(work, claims)
        self._extras = claim_extras.read(work, claims, self._lines)

    def facts(self, whole: _Whole) -> ClaimFacts:
        claim, policy = whole.claim, whole.policy
        on = claim.service_on
        patient = self._person(whole.patient, on)
        subscriber = self._subscribers.get(policy.subscriber_patient_id or 0)
        choice = next((row for row in self._self_pay[claim.patient_id] if _holds(row, on)), None)
        granted = [row for row in self._grants[claim.coverage_id] if _holds(row, on)]
        ended = [row.valid_until for row in self._grants[claim.coverage_id] if row.valid_until]
        numbers = {row.kind: row.number for row in granted} | self._held.get(claim.appointment_id, {})
        return ClaimFacts(
            claim_id=claim.id,
            number=claim.number,
            today=self._work.today,
            service_on=on,
            file_by_on=claim.file_by_on,
            charge_cents=claim.charge_cents,
            frequency=claim.frequency,
            payer_control_number=claim.payer_control_number,
            place_of_service=claim.place_of_service,
            is_place_known=not self._places or claim.place_of_service in self._places,
            diagnoses=tuple(self._diagnosis(code, on) for code in claim.diagnoses.split()),
            lines=tuple(self._line(whole, line, charge) for line, charge in self._lines[claim.id]),
            patient=patient,
            subscriber=self._person(subscriber, on) if subscriber else _stranger(policy),
            payer=_payer(
                whole.payer,
                whole.plan,
                whole.policy,
                whole.coverage,
                self._ranks.get(claim.id, whole.coverage.rank),
            ),
            provider=_provider(whole.provider),
            practice=self._practice,
            site=SiteFacts(
                whole.site.name,
                whole.site.npi,
                whole.site.place_of_service,
                Address(
                    whole.site.address1,
                    whole.site.address2,
                    whole.site.city,
                    whole.site.state,
                    digits(whole.site.zip),
                ),
            ),
            authorization=numbers.get(GrantKind.AUTHORIZATION, ""),
            referral=numbers.get(GrantKind.REFERRAL, ""),
            grants_ended_on=max(ended) if ended and not granted and max(ended) < on else None,
            is_self_pay=choice is not None,
            withholds_from_payer=choice is not None and choice.withholds_from_payer,
            follows=self._follows.get(claim.follows_id or 0, ""),
            is_on_paper=claim.payer_id in self._on_paper,
            others=tuple(self._other(claim, other, patient) for other in self._others.get(claim.id, ())),
            accident=self._extras.accidents.get(claim.id),
            providers=tuple(self._extras.providers.get(claim.id, ())),
            numbers=self._extras.numbers_of(claim, claim.provider_id, whole.site.id),
            laboratory=self._extras.laboratories.get(whole.site.id),
            payer_answer=self._extras.answers.get(claim.coverage_id),
            demands=self._extras.demands(claim.payer_id),
            lacks_units=claim.appointment_id in self._extras.lacking,
            told=self._extras.told.get(claim.id, Circumstances()),
            attachments=self._extras.attachments.get(claim.id, ()),
            case_number=policy.case_number if whole.payer.kind in CASES else "",
            seen_before_on=self._extras.seen_before_on(claim.patient_id, on),
            units_ran_out=self._extras.ran_out(claim.coverage_id, on),
        )

    def _other(self, claim: Claim, other: OtherCoverage, patient: PersonFacts) -> OtherPayerFacts:
        coverage = other.coverage
        holder = patient
        if coverage.relationship is not Relationship.SELF:
            holder = (
                self._person(other.subscriber, claim.service_on)
                if other.subscriber
                else _stranger(other.policy)
            )
        return OtherPayerFacts(
            payer=_payer(other.payer, other.plan, other.policy, coverage, coverage.rank),
            subscriber=holder,
            decision=self._decisions.get(claim.id, {}).get(coverage.id),
        )

    def _person(self, patient: Patient, on: date) -> PersonFacts:
        known = self._addresses[patient.id]
        home = next((row for row in known if _holds(row, on)), None) or next(iter(known), None)
        return PersonFacts(
            last=patient.legal_last,
            first=patient.legal_first,
            middle=patient.legal_middle,
            suffix=patient.suffix,
            born_on=patient.born_on,
            sex=patient.sex,
            address=None
            if home is None
            else Address(home.street, home.unit, home.city, home.state, digits(home.postal_code)),
        )

    def _diagnosis(self, code: str, on: date) -> DiagnosisFacts:
        valid = [row for row in self._diagnoses[code] if row.is_in_force(on)]
        return DiagnosisFacts(codes.dotted(code), bool(valid), any(row.is_billable for row in valid))

    def _line(self, whole: _Whole, line: ClaimLine, charge: ChargeLine) -> LineFacts:
        claim, on = whole.claim, charge.service_on
        other = (
            self._rendering.get(charge.provider_id or 0) if charge.provider_id != claim.provider_id else None
        )
        numbers = self._extras.numbers_of(claim, other.id, whole.site.id) if other else ()
        known = self._procedures[charge.code]
        given = tuple(charge.modifiers.split())
        others = self._asked[claim.payer_id, claim.patient_id, on, charge.code, charge.modifiers]
        return LineFacts(
            place=line.place,
            charge_line_id=charge.id,
            control_number=line.control_number,
            code=charge.code,
            label=charge.label,
            modifiers=given,
            units=charge.units,
            amount_cents=charge.amount_cents,
            pointers=line.diagnosis_pointers,
            served_on=on,
            is_known=any(row.is_in_force(on) for row in known),
            is_void=charge.voided_at is not None,
            unknown_modifiers=modifiers.unknown(self._modifiers, given, charge.code, on),
            duplicate_of=next((n for id, n in others if id not in (claim.id, claim.replaces_id)), ""),
            drug=self._extras.drugs.get(line.id),
            last_on=self._extras.last_on(claim.patient_id, charge.code, on),
            rendering=_provider(other) if other else None,
            rendering_numbers=tuple(each for each in numbers if each.holder is Holder.PROVIDER),
        )


def _provider(row: Provider) -> ProviderFacts:
    return ProviderFacts(row.last_name, row.first_name, row.short_name, row.npi, row.taxonomy)


def _payer(payer: Payer, plan: Plan, policy: Policy, coverage: Coverage, first_rank: int) -> PayerFacts:
    until = [day for day in (coverage.effective_until, policy.effective_until) if day]
    return PayerFacts(
        name=payer.name,
        number=payer.payer_id,
        kind=payer.kind,
        address=Address(payer.street, "", payer.city, payer.state, digits(payer.postal_code)),
        plan=plan_name(payer.name, plan.name),
        needs_referral=plan.needs_referral,
        member_id=policy.member_id,
        group_number=policy.group_number,
        relationship=coverage.relationship,
        rank=coverage.rank,
        first_rank=first_rank,
        covers_from=max(coverage.effective_from, policy.effective_from),
        covers_until=min(until) if until else None,
        secondary_reason=coverage.secondary_reason,
    )


def _numbers(work: Work, claims: list[Claim]) -> dict[int, str]:
    """The numbers of the claims that these follow."""
    wanted = {claim.follows_id for claim in claims if claim.follows_id is not None}
    if not wanted:
        return {}
    return dict(work.session.execute(select(Claim.id, Claim.number).where(Claim.id.in_(wanted))).all())


def practice(work: Work) -> PracticeFacts:
    """Who bills; raises Refused until the practice has a name and address."""
    row = work.session.scalar(select(Practice))
    if row is None:
        raise Refused(Finding("The practice has no name and address yet. Enter them under Office first."))
    address = Address(row.address1, row.address2, row.city, row.state, digits(row.zip))
    return PracticeFacts(row.name, row.npi, row.tax_id, row.taxonomy, address, row.phone, row.tax_id_is_ssn)


def _holds(row: SelfPay | AuthorizationGrant | PatientAddress, on: date) -> bool:
    return row.valid_from <= on and (row.valid_until is None or row.valid_until >= on)


def _stranger(policy: Policy) -> PersonFacts:
    return PersonFacts(
        policy.subscriber_last,
        policy.subscriber_first,
        "",
        "",
        policy.subscriber_born_on,
        policy.subscriber_sex,
        None,
    )
