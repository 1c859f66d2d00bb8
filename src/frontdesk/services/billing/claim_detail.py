"""One claim as its panel shows it: problems with their way out, services, diagnoses, timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from frontdesk.models.billing.charges import ChargeLine, Superbill
from frontdesk.models.billing.claims import (
    Claim,
    ClaimEvent,
    ClaimFinding,
    ClaimLine,
    ClaimState,
)
from frontdesk.models.billing.claims import EventKind as EventKind
from frontdesk.models.billing.claims import Severity as Severity
from frontdesk.models.billing.codes import DiagnosisCode
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.services.billing import appeals, claim_views, codes, paper_claims
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class ClaimProblem:
    """What the check found, with its way out."""

    rule: str
    severity: Severity
    owner: str
    message: str
    advice: str
    target: str
    field: str
    line: int | None
    suggestion: str


@dataclass(frozen=True, slots=True)
class ClaimService:
    """A line of the claim."""

    place: int
    charge_line_id: int
    code: str
    label: str
    modifiers: str
    pointers: str
    units: int
    charge_cents: int
    has_problem: bool


@dataclass(frozen=True, slots=True)
class ClaimDiagnosis:
    """A diagnosis of the claim by its letter."""

    letter: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened to the claim; `at` is the office's wall time."""

    kind: EventKind
    at: datetime
    by: str
    detail: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of the steps from the visit to the money; without a day it is still to come."""

    name: str
    on: date | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ClaimDetail:
    """One claim, whole."""

    row: ClaimRow
    born_on: date
    provider: str
    payer_number: str
    member_id: str
    place_of_service: str
    file_by_on: date
    days_to_file: int
    appeal_by_on: date | None
    """The last day to ask the payer for another decision; None while nothing calls for one."""
    days_to_appeal: int
    superbill_id: int
    appointment_id: int
    coverage_id: int
    payer_control_number: str
    replaces: str
    follows: str
    """The number of the claim to the payer before."""
    problems: tuple[ClaimProblem, ...]
    services: tuple[ClaimService, ...]
    diagnoses: tuple[ClaimDiagnosis, ...]
    milestones: tuple[Milestone, ...]
    timeline: tuple[TimelineEntry, ...]
    paper_batch_id: int | None = None
    """The batch on paper that it went out with last."""


@query(permission="billing.view")
def detail(work: Work, *, claim_id: int) -> ClaimDetail:
    """One claim with its problems, services, diagnoses and timeline."""
    claim, patient, payer, plan = work.session.execute(claim_views.rows().where(Claim.id == claim_id)).one()
    provider, member_id, bill = work.session.execute(
        select(Provider.short_name, Policy.member_id, Superbill)
        .select_from(Claim)
        .join(Provider, Claim.provider_id == Provider.id)
        .join(Superbill, Claim.superbill_id == Superbill.id)
        .join(Coverage, Claim.coverage_id == Coverage.id)
        .join(Policy, Coverage.policy_id == Policy.id)
        .where(Claim.id == claim_id)
    ).one()
    problems = _problems(work, claim_id)
    appeal_by = _appeal_by(work, claim)
    events = work.session.scalars(
        select(ClaimEvent).where(ClaimEvent.claim_id == claim_id).order_by(ClaimEvent.id)
    ).all()
    linked = dict(
        work.session.execute(
            select(Claim.id, Claim.number).where(Claim.id.in_({claim.replaces_id, claim.follows_id} - {None}))
        ).all()
    )
    return ClaimDetail(
        row=claim_views.row_of(work, claim, patient, payer, plan),
        born_on=patient.born_on,
        provider=provider,
        payer_number=payer.payer_id,
        member_id=member_id,
        place_of_service=claim.place_of_service,
        file_by_on=claim.file_by_on,
        days_to_file=(claim.file_by_on - work.today).days,
        appeal_by_on=appeal_by,
        days_to_appeal=(appeal_by - work.today).days if appeal_by else 0,
        superbill_id=claim.superbill_id,
        appointment_id=claim.appointment_id,
        coverage_id=claim.coverage_id,
        payer_control_number=claim.payer_control_number,
        replaces=linked.get(claim.replaces_id or 0, ""),
        follows=linked.get(claim.follows_id or 0, ""),
        problems=problems,
        services=_services(work, claim_id, problems),
        diagnoses=_diagnoses(work, claim),
        milestones=_milestones(work, claim, bill, events, problems),
        timeline=tuple(
            TimelineEntry(event.kind, work.wall(event.at), event.by, event.detail) for event in events
        ),
        paper_batch_id=paper_claims.batch_of(work, claim_id=claim_id),
    )


def _appeal_by(work: Work, claim: Claim) -> date | None:
    if claim.state not in appeals.WORTH_IT:
        return None
    decided = appeals.decision(work, claim_id=claim.id)
    return decided.appeal_by_on if decided else None


def _problems(work: Work, claim_id: int) -> tuple[ClaimProblem, ...]:
    found = work.session.scalars(
        select(ClaimFinding).where(ClaimFinding.claim_id == claim_id).order_by(ClaimFinding.place)
    )
    return tuple(
        ClaimProblem(
            rule=row.rule,
            severity=row.severity,
            owner=row.owner,
            message=row.message,
            advice=row.advice,
            target=row.target,
            field=row.field,
            line=row.line,
            suggestion=row.suggestion,
        )
        for row in found
    )


def _services(work: Work, claim_id: int, problems: tuple[ClaimProblem, ...]) -> tuple[ClaimService, ...]:
    wrong = {problem.line for problem in problems if problem.severity is Severity.BLOCK}
    found = work.session.execute(
        select(ClaimLine, ChargeLine)
        .join(ChargeLine, ClaimLine.charge_line_id == ChargeLine.id)
        .where(ClaimLine.claim_id == claim_id)
        .order_by(ClaimLine.place)
    )
    return tuple(
        ClaimService(
            place=line.place,
            charge_line_id=charge.id,
            code=charge.code,
            label=charge.label,
            modifiers=charge.modifiers,
            pointers=line.diagnosis_pointers,
            units=charge.units,
            charge_cents=charge.amount_cents,
            has_problem=line.place in wrong,
        )
        for line, charge in found
    )


def _diagnoses(work: Work, claim: Claim) -> tuple[ClaimDiagnosis, ...]:
    wanted = claim.diagnoses.split()
    labels = dict(
        work.session.execute(
            select(DiagnosisCode.code, DiagnosisCode.label)
            .where(DiagnosisCode.code.in_(wanted))
            .order_by(DiagnosisCode.effective_on)
        ).all()
    )
    return tuple(
        ClaimDiagnosis(letter, codes.dotted(code), labels.get(code, ""))
        for letter, code in zip("ABCDEFGHIJKL", wanted, strict=False)
    )


def _milestones(
    work: Work,
    claim: Claim,
    bill: Superbill,
    events: Sequence[ClaimEvent],
    problems: tuple[ClaimProblem, ...],
) -> tuple[Milestone, ...]:
    """Visit, superbill, coded, checked, sent, accepted, paid: each with its day once it is reached."""
    days = {event.kind: work.wall(event.at).date() for event in events}
    blocks = sum(problem.severity is Severity.BLOCK for problem in problems)
    stopped = claim.state in (ClaimState.DRAFT, ClaimState.FAILED) and blocks
    sent = days.get(EventKind.SENT)
    accepted = days.get(EventKind.ACCEPTED, days.get(EventKind.REMITTED))
    paid = days.get(EventKind.REMITTED) if claim.state in (ClaimState.PAID, ClaimState.PART_PAID) else None
    return (
        Milestone("Visit", claim.service_on),
        Milestone("Superbill", work.wall(bill.returned_at or bill.issued_at).date()),
        Milestone("Coded", work.wall(bill.entered_at).date() if bill.entered_at else None),
        Milestone("Checked", None, f"{blocks} error{'s' if blocks > 1 else ''}")
        if stopped
        else Milestone("Checked", days.get(EventKind.CHECKED)),
        Milestone("Sent", sent),
        Milestone("Accepted", accepted),
        Milestone("Paid", paid),
    )
