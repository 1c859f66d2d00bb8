"""What only some claims rest on: accident, other providers, drugs, laboratory, payer's answer, demands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select

from frontdesk.kernel.months import months_later
from frontdesk.models.billing.assigned_number import AssignedNumber, Qualifier
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claim_parts import ClaimAccident, ClaimDrug, ClaimProvider
from frontdesk.models.billing.claim_rules import CodeRule, CodeRuleKind, Laboratory
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.registration.authorization import (
    AuthorizationGrant,
    AuthorizationUse,
    GrantKind,
    UnitState,
)
from frontdesk.models.registration.eligibility import EligibilityAnswer
from frontdesk.models.registration.verification import CoverageVerification, VerificationResult
from frontdesk.services.billing import circumstance_facts
from frontdesk.services.billing.circumstance_facts import AttachmentFacts, Circumstances
from frontdesk.services.billing.claim_facts import (
    AccidentFacts,
    AnswerFacts,
    Demand,
    DrugFacts,
    LaboratoryFacts,
    NamedProvider,
    NumberFacts,
)
from frontdesk.services.billing.code_ranges import FACE_TO_FACE, NEW_PATIENT, holds
from frontdesk.services.schedule import authorization_list
from frontdesk.services.work import Work

Lines = dict[int, list[tuple[ClaimLine, ChargeLine]]]


@dataclass(slots=True)
class Extras:
    """Read once for all claims at hand."""

    accidents: dict[int, AccidentFacts] = field(default_factory=dict)
    providers: dict[int, list[NamedProvider]] = field(default_factory=dict)
    numbers: Sequence[AssignedNumber] = ()
    """In the order of their kinds."""
    drugs: dict[int, DrugFacts] = field(default_factory=dict)
    """By claim line."""
    laboratories: dict[int, LaboratoryFacts] = field(default_factory=dict)
    """By site."""
    answers: dict[int, AnswerFacts] = field(default_factory=dict)
    """By coverage."""
    rules: Sequence[CodeRule] = ()
    lacking: set[int] = field(default_factory=set)
    """The visits that need more authorized units than they hold."""
    exhausted: dict[int, list[AuthorizationGrant]] = field(default_factory=dict)
    """By coverage: the authorizations whose units are all taken."""
    told: dict[int, Circumstances] = field(default_factory=dict)
    attachments: dict[int, tuple[AttachmentFacts, ...]] = field(default_factory=dict)
    visits: dict[int, list[date]] = field(default_factory=dict)
    """By patient: the days on which professional services were charged."""
    served: dict[tuple[int, str], list[date]] = field(default_factory=dict)
    """By patient and code, where an interval is asked for."""

    def demands(self, payer_id: int) -> tuple[Demand, ...]:
        """What this payer wants."""
        return tuple(
            Demand(rule.kind, rule.codes, rule.diagnoses, rule.other_codes, rule.days or 0, rule.note)
            for rule in self.rules
            if rule.payer_id in (None, payer_id)
        )

    def numbers_of(self, claim: Claim, provider_id: int, site_id: int) -> tuple[NumberFacts, ...]:
        """What the payer of a claim calls those that it may name, on its day."""
        on, ours = claim.service_on, (provider_id, site_id)
        return tuple(
            NumberFacts(row.holder, row.npi, row.qualifier, row.number)
            for row in self.numbers
            if row.payer_id == claim.payer_id
            and row.valid_from <= on <= (row.valid_until or on)
            and (row.provider_id in (None, ours[0]) and row.site_id in (None, ours[1]))
        )

    def last_on(self, patient_id: int, code: str, on: date) -> date | None:
        """When the patient had a service last before a day."""
        return max((day for day in self.served.get((patient_id, code), ()) if day < on), default=None)

    def seen_before_on(self, patient_id: int, on: date) -> date | None:
        """The last day before one, within three years."""
        return max(
            (day for day in self.visits.get(patient_id, ()) if months_later(on, -36) <= day < on),
            default=None,
        )

    def ran_out(self, coverage_id: int, on: date) -> str:
        """The number of an authorization that holds on the day and has nothing left."""
        grants = self.exhausted.get(coverage_id, ())
        return next((row.number for row in grants if row.valid_from <= on <= (row.valid_until or on)), "")


def read(work: Work, claims: Sequence[Claim], lines: Lines) -> Extras:
    """All of it, in a fixed number of statements."""
    ids = [claim.id for claim in claims]
    coverages = {claim.coverage_id for claim in claims}
    rules = work.session.scalars(
        select(CodeRule)
        .where(
            CodeRule.is_active,
            or_(CodeRule.payer_id.is_(None), CodeRule.payer_id.in_({claim.payer_id for claim in claims})),
        )
        .order_by(CodeRule.id)
    ).all()
    return Extras(
        accidents=_accidents(work, ids),
        providers=_providers(work, ids),
        numbers=_numbers(work, {claim.payer_id for claim in claims}),
        drugs=_drugs(work, [line.id for rows in lines.values() for line, _ in rows]),
        laboratories={
            row.site_id: LaboratoryFacts(row.number, row.certificate, row.valid_until)
            for row in work.session.scalars(select(Laboratory))
        },
        answers=_answers(work, coverages),
        rules=rules,
        lacking=authorization_list.unauthorized(work, tuple({claim.appointment_id for claim in claims})),
        exhausted=_exhausted(work, coverages),
        told=circumstance_facts.of_claims(work, ids),
        attachments=circumstance_facts.attachments_of(work, ids),
        visits=_visits(work, claims, lines),
        served=_served(work, claims, lines, rules),
    )


def _accidents(work: Work, claim_ids: list[int]) -> dict[int, AccidentFacts]:
    found = work.session.scalars(select(ClaimAccident).where(ClaimAccident.claim_id.in_(claim_ids)))
    return {row.claim_id: AccidentFacts(row.kind, row.happened_on, row.state) for row in found}


def _providers(work: Work, claim_ids: list[int]) -> dict[int, list[NamedProvider]]:
    by_claim: defaultdict[int, list[NamedProvider]] = defaultdict(list)
    for row in work.session.scalars(
        select(ClaimProvider).where(ClaimProvider.claim_id.in_(claim_ids)).order_by(ClaimProvider.id)
    ):
        by_claim[row.claim_id].append(
            NamedProvider(row.role, row.last_name, row.first_name, row.npi, row.place)
        )
    return by_claim


def _numbers(work: Work, payer_ids: set[int]) -> list[AssignedNumber]:
    found = work.session.scalars(
        select(AssignedNumber)
        .where(AssignedNumber.payer_id.in_(payer_ids), AssignedNumber.is_active)
        .order_by(AssignedNumber.id)
    )
    order = list(Qualifier)
    return sorted(found, key=lambda row: order.index(row.qualifier))


def _drugs(work: Work, line_ids: list[int]) -> dict[int, DrugFacts]:
    found = work.session.scalars(select(ClaimDrug).where(ClaimDrug.claim_line_id.in_(line_ids)))
    return {row.claim_line_id: DrugFacts(row.ndc, row.thousandths, row.unit) for row in found}


def _answers(work: Work, coverage_ids: set[int]) -> dict[int, AnswerFacts]:
    """Whom the payer last named for each coverage, and why it refused to, if that was its last word."""
    newest = (
        select(func.max(EligibilityAnswer.id))
        .where(EligibilityAnswer.coverage_id.in_(coverage_ids), EligibilityAnswer.born_on.is_not(None))
        .group_by(EligibilityAnswer.coverage_id)
    )
    born = dict(
        work.session.execute(
            select(EligibilityAnswer.coverage_id, EligibilityAnswer.born_on).where(
                EligibilityAnswer.id.in_(newest)
            )
        ).all()
    )
    codes: dict[int, str] = {}
    for coverage_id, result, reject_codes in work.session.execute(
        select(
            CoverageVerification.coverage_id, CoverageVerification.result, CoverageVerification.reject_codes
        )
        .where(CoverageVerification.coverage_id.in_(coverage_ids))
        .order_by(CoverageVerification.verified_at, CoverageVerification.id)
    ):
        codes[coverage_id] = reject_codes if result is VerificationResult.REJECTED else ""
    return {
        coverage_id: AnswerFacts(born.get(coverage_id), _reasons(codes.get(coverage_id, "")))
        for coverage_id in coverage_ids
        if coverage_id in born or codes.get(coverage_id)
    }


def _reasons(reject_codes: str) -> tuple[str, ...]:
    """Of "subscriber 72 C, payer 42 R": 72 and 42."""
    return tuple(part.split()[1] for part in reject_codes.split(", ") if len(part.split()) > 1)


def _exhausted(work: Work, coverage_ids: set[int]) -> dict[int, list[AuthorizationGrant]]:
    taken = (
        select(func.coalesce(func.sum(AuthorizationUse.units), 0))
        .where(
            AuthorizationUse.grant_id == AuthorizationGrant.id, AuthorizationUse.state != UnitState.RELEASED
        )
        .scalar_subquery()
    )
    by_coverage: defaultdict[int, list[AuthorizationGrant]] = defaultdict(list)
    for row in work.session.scalars(
        select(AuthorizationGrant)
        .where(
            AuthorizationGrant.coverage_id.in_(coverage_ids),
            AuthorizationGrant.is_active,
            AuthorizationGrant.kind == GrantKind.AUTHORIZATION,
            AuthorizationGrant.units <= taken,
        )
        .order_by(AuthorizationGrant.id)
    ):
        by_coverage[row.coverage_id].append(row)
    return by_coverage


def _visits(work: Work, claims: Sequence[Claim], lines: Lines) -> dict[int, list[date]]:
    """Asked only where a service is for new patients."""
    patients = {
        claim.patient_id
        for claim in claims
        if any(holds(NEW_PATIENT, charge.code) for _, charge in lines.get(claim.id, ()))
    }
    by_patient: defaultdict[int, list[date]] = defaultdict(list)
    if not patients:
        return by_patient
    found = work.session.execute(
        select(ChargeLine.patient_id, ChargeLine.service_on, ChargeLine.code)
        .where(
            ChargeLine.patient_id.in_(patients), ChargeLine.voided_at.is_(None), ChargeLine.is_fee.is_(False)
        )
        .distinct()
    )
    for patient_id, on, code in found:
        if holds(FACE_TO_FACE, code):
            by_patient[patient_id].append(on)
    return by_patient


def _served(
    work: Work, claims: Sequence[Claim], lines: Lines, rules: Iterable[CodeRule]
) -> dict[tuple[int, str], list[date]]:
    asked = [rule.codes for rule in rules if rule.kind is CodeRuleKind.INTERVAL]
    used = {charge.code for rows in lines.values() for _, charge in rows}
    codes = {code for code in used if any(holds(some, code) for some in asked)}
    by_code: defaultdict[tuple[int, str], list[date]] = defaultdict(list)
    if not codes:
        return by_code
    found = work.session.execute(
        select(ChargeLine.patient_id, ChargeLine.code, ChargeLine.service_on).where(
            ChargeLine.patient_id.in_({claim.patient_id for claim in claims}),
            ChargeLine.code.in_(codes),
            ChargeLine.voided_at.is_(None),
        )
    )
    for patient_id, code, on in found:
        by_code[patient_id, code].append(on)
    return by_code
