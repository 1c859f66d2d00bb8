"""The other payers of claims: each further coverage of the day, and what the payer before decided."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.billing.remittances import (
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    RemittanceState,
)
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.services.billing.claim_facts import DecidedLine, Decision
from frontdesk.services.billing.remittance_entries import OurLine, TheirLine, pair
from frontdesk.services.work import Work

_REVERSAL = "22"


@dataclass(frozen=True, slots=True)
class OtherCoverage:
    """A further coverage of the patient on the day of a claim, with the rows it names."""

    coverage: Coverage
    policy: Policy
    plan: Plan
    payer: Payer
    subscriber: Patient | None


def coverages_of(work: Work, claims: Sequence[Claim]) -> dict[int, list[OtherCoverage]]:
    """By claim: the other ordinary coverages in force on its day, in the order of payment.

    A claim on an injury's case has none: the case pays alone.
    """
    own = aliased(Coverage)
    by_claim: defaultdict[int, list[OtherCoverage]] = defaultdict(list)
    for claim_id, coverage, policy, plan, payer, subscriber in work.session.execute(
        select(Claim.id, Coverage, Policy, Plan, Payer, Patient)
        .join(own, own.id == Claim.coverage_id)
        .join(Coverage, Coverage.patient_id == Claim.patient_id)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .outerjoin(Patient, Patient.id == Policy.subscriber_patient_id)
        .where(Claim.id.in_([claim.id for claim in claims]), pays_beside(own, Coverage))
        .order_by(Claim.id, Coverage.rank, Coverage.id)
    ):
        by_claim[claim_id].append(OtherCoverage(coverage, policy, plan, payer, subscriber))
    return by_claim


def pays_beside(own: type[Coverage], other: type[Coverage]) -> ColumnElement[bool]:
    """That `other` is an ordinary coverage in force on a claim's day, its `own` on no injury's case."""
    return and_(
        own.case_number == "",
        other.id != own.id,
        other.is_active,
        other.case_number == "",
        other.effective_from <= Claim.service_on,
        or_(other.effective_until.is_(None), other.effective_until >= Claim.service_on),
    )


def decisions_of(work: Work, claims: Sequence[Claim]) -> dict[int, dict[int, Decision]]:
    """By claim, by the coverage that was asked before: what its last posted remittance said."""
    before = _before(work, claims)
    asked = {prior.id: prior for chain in before.values() for prior in chain}
    if not asked:
        return {}
    last: dict[int, tuple[RemittanceClaim, Remittance]] = {}
    for answer, remittance in work.session.execute(
        select(RemittanceClaim, Remittance)
        .join(Remittance, Remittance.id == RemittanceClaim.remittance_id)
        .where(RemittanceClaim.claim_id.in_(asked), Remittance.state == RemittanceState.POSTED)
        .order_by(RemittanceClaim.id)
    ):
        assert answer.claim_id is not None
        if answer.status == _REVERSAL:
            last.pop(answer.claim_id, None)
        else:
            last[answer.claim_id] = (answer, remittance)
    decided = _decisions(work, last)
    return {
        claim_id: {prior.coverage_id: decided[prior.id] for prior in chain if prior.id in decided}
        for claim_id, chain in before.items()
    }


def _decisions(work: Work, last: dict[int, tuple[RemittanceClaim, Remittance]]) -> dict[int, Decision]:
    answers = {answer.id for answer, _ in last.values()}
    theirs: defaultdict[int, list[RemittanceLine]] = defaultdict(list)
    for line in work.session.scalars(
        select(RemittanceLine)
        .where(RemittanceLine.remittance_claim_id.in_(answers))
        .order_by(RemittanceLine.remittance_claim_id, RemittanceLine.place)
    ):
        theirs[line.remittance_claim_id].append(line)
    reasons: defaultdict[tuple[int, int], list[tuple[str, str, int]]] = defaultdict(list)
    for row in work.session.scalars(
        select(RemittanceAdjustment)
        .where(RemittanceAdjustment.remittance_claim_id.in_(answers))
        .order_by(RemittanceAdjustment.id)
    ):
        reasons[row.remittance_claim_id, row.line].append((row.group_code, row.reason_code, row.amount_cents))
    ours: defaultdict[int, list[tuple[ClaimLine, ChargeLine]]] = defaultdict(list)
    for own, charge in work.session.execute(
        select(ClaimLine, ChargeLine)
        .join(ChargeLine, ChargeLine.id == ClaimLine.charge_line_id)
        .where(ClaimLine.claim_id.in_(last))
        .order_by(ClaimLine.claim_id, ClaimLine.place)
    ):
        ours[own.claim_id].append((own, charge))
    return {
        claim_id: Decision(
            decided_on=remittance.paid_on,
            paid_cents=answer.paid_cents,
            payer_control_number=answer.payer_control_number,
            adjustments=tuple(reasons[answer.id, 0]),
            lines=tuple(_lines(ours[claim_id], theirs[answer.id], answer.id, reasons)),
        )
        for claim_id, (answer, remittance) in last.items()
    }


def _lines(
    ours: Sequence[tuple[ClaimLine, ChargeLine]],
    theirs: Sequence[RemittanceLine],
    answer_id: int,
    reasons: dict[tuple[int, int], list[tuple[str, str, int]]],
) -> list[DecidedLine]:
    targets = pair(
        [
            OurLine(charge.id, charge.code, charge.modifiers, charge.amount_cents, line.control_number)
            for line, charge in ours
        ],
        [
            TheirLine(
                line.place,
                line.billed_code,
                line.modifiers,
                line.charge_cents,
                line.paid_cents,
                line.control_number,
            )
            for line in theirs
        ],
    )
    places = {charge.id: line.place for line, charge in ours}
    return [
        DecidedLine(
            control_number=line.control_number,
            place=places[targets[line.place]],
            code=line.code,
            modifiers=tuple(line.modifiers.split()),
            charge_cents=line.charge_cents,
            paid_cents=line.paid_cents,
            adjustments=tuple(reasons.get((answer_id, line.place), ())),
        )
        for line in theirs
        if line.place in targets
    ]


def _before(work: Work, claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """By claim: the claims to the payers before, the nearest first; a chain is as long as its coverages."""
    chains: dict[int, list[Claim]] = {}
    ends = {claim.id: claim.follows_id for claim in claims if claim.follows_id is not None}
    while ends:
        rows = {
            row.id: row for row in work.session.scalars(select(Claim).where(Claim.id.in_(set(ends.values()))))
        }
        for claim_id, prior_id in ends.items():
            chains.setdefault(claim_id, []).append(rows[prior_id])
        ends = {
            claim_id: follows
            for claim_id, prior_id in ends.items()
            if (follows := rows[prior_id].follows_id) is not None
        }
    return chains
