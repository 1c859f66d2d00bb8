"""Which policies cover a patient, in which order, for which days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.coverage import Coverage, MedicareSecondary, Policy, Relationship
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration import policies, search_keys
from frontdesk.services.registration.drafts import CoverageDraft, PolicyDraft
from frontdesk.services.registration.policy_rules import check_policy
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

PLACES = ("primary", "secondary", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

says(
    "no_overlap_coverage",
    "Another policy is in this place for some of these days. End it first, or choose another place.",
    field="rank",
)


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One coverage of a patient with what its card says."""

    id: int
    version: int
    policy_id: int
    plan_id: int
    payer: str
    payer_kind: PayerKind
    plan: str
    rank: int
    relationship: Relationship
    member_id: str
    group_number: str
    plan_copay_cents: int | None
    effective_from: date
    effective_until: date | None
    case_number: str = ""
    """The case it pays for; empty: ordinary visits."""
    secondary_reason: MedicareSecondary | None = None
    cob_note: str = ""
    is_in_use: bool = False
    """A claim went out on its card: what the card says is fixed."""


@query(permission="registration.view")
def coverages(work: Work, *, patient_id: int, on: date | None = None) -> tuple[CoverageLine, ...]:
    """What covers the patient on a day (today), in the order of payment."""
    return in_force(work, patient_id, on or work.today)


@query(permission="registration.view")
def history(work: Work, *, patient_id: int) -> tuple[CoverageLine, ...]:
    """Every coverage the patient ever had here, the newest first."""
    lines = _lines(work, patient_id, None)
    return tuple(sorted(lines, key=lambda line: (-line.effective_from.toordinal(), line.rank)))


def _add_undone(done: Performed) -> Undo:
    return Undo(withdraw, coverage_id=done.result)


@command(
    "Add coverage",
    permission="registration.coverage",
    undo=_add_undone,
)
def add(work: Work, *, patient_id: int, policy: PolicyDraft, coverage: CoverageDraft) -> int:
    """The id of the coverage; a family's policy with the same plan and member id is shared."""
    _patient(work, patient_id)
    findings = [*check_policy(policy, work.today), *policies.check_plan(work, policy.plan_id)]
    refuse_if_any(findings + _check_days(policy, coverage))
    starts = coverage.effective_from or policy.effective_from
    ends = coverage.effective_until or policy.effective_until
    case = policy.case_number.strip()
    refuse_if_any(taken(work, patient_id, coverage.rank, starts, ends, case=case))
    if coverage.relationship is Relationship.SELF and policy.subscriber_patient_id not in (None, patient_id):
        raise Refused(
            Finding("The subscriber is another patient. Choose what the patient is to them.", "relationship")
        )
    row = Coverage(
        patient_id=patient_id,
        policy_id=policies.found_or_added(work, policy).id,
        rank=coverage.rank,
        relationship=coverage.relationship,
        effective_from=starts,
        effective_until=ends,
        case_number=case,
        secondary_reason=coverage.secondary_reason,
        cob_note=coverage.cob_note.strip(),
    )
    work.add(row)
    search_keys.rebuild(work, patient_id)
    return row.id


def _set_end_undone(done: Performed) -> Undo:
    return Undo(set_end, coverage_id=done.arguments["coverage_id"], last_day=done.result)


@command(
    "End coverage",
    permission="registration.coverage",
    undo=_set_end_undone,
)
def set_end(work: Work, *, coverage_id: int, last_day: date | None) -> date | None:
    """Set the last covered day, None for until further notice; gives back what it was."""
    row = work.get(Coverage, coverage_id)
    work.concerns(row.patient_id)
    if last_day is not None and last_day < row.effective_from:
        raise Refused(
            Finding(
                f"This coverage starts on {us_date(row.effective_from)}. It cannot end before.", "last_day"
            )
        )
    refuse_if_any(
        taken(
            work,
            row.patient_id,
            row.rank,
            row.effective_from,
            last_day,
            but=coverage_id,
            case=row.case_number,
        )
    )
    before, row.effective_until = row.effective_until, last_day
    return before


def _withdraw_undone(done: Performed) -> Undo:
    return Undo(reinstate, coverage_id=done.arguments["coverage_id"])


@command(
    "Withdraw coverage",
    permission="registration.coverage",
    undo=_withdraw_undone,
)
def withdraw(work: Work, *, coverage_id: int) -> None:
    """The coverage was entered in error; it no longer counts and stays on record."""
    row = work.get(Coverage, coverage_id)
    work.concerns(row.patient_id)
    row.is_active = False
    search_keys.rebuild(work, row.patient_id)


def _reinstate_undone(done: Performed) -> Undo:
    return Undo(withdraw, coverage_id=done.arguments["coverage_id"])


@command(
    "Reinstate coverage",
    permission="registration.coverage",
    undo=_reinstate_undone,
)
def reinstate(work: Work, *, coverage_id: int) -> None:
    """A withdrawn coverage counts again, if its place is still free."""
    row = work.get(Coverage, coverage_id)
    work.concerns(row.patient_id)
    refuse_if_any(
        taken(
            work,
            row.patient_id,
            row.rank,
            row.effective_from,
            row.effective_until,
            but=coverage_id,
            case=row.case_number,
        )
    )
    row.is_active = True
    search_keys.rebuild(work, row.patient_id)


@query(permission="registration.view")
def cases(work: Work, *, patient_id: int, on: date | None = None) -> tuple[CoverageLine, ...]:
    """The policies of the patient's injuries that hold on a day (today)."""
    lines = _lines(work, patient_id, on or work.today)
    return tuple(
        sorted(
            (line for line in lines if line.case_number),
            key=lambda line: (line.case_number, line.rank, line.id),
        )
    )


def in_force(work: Work, patient_id: int, on: date, *, case: str = "") -> tuple[CoverageLine, ...]:
    """What covers the patient on a day, in the order of payment; for ordinary visits, or those of a case."""
    lines = (line for line in _lines(work, patient_id, on) if line.case_number == case)
    return tuple(sorted(lines, key=lambda line: (line.rank, line.id)))


def taken(
    work: Work,
    patient_id: int,
    rank: int,
    starts: date,
    ends: date | None,
    *,
    but: int | None = None,
    case: str = "",
) -> list[Finding]:
    """What already stands in this place on some of these days."""
    overlapping = (
        select(Payer.name, Plan.name, Coverage.effective_from, Coverage.effective_until)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(
            Coverage.patient_id == patient_id,
            Coverage.case_number == case,
            Coverage.rank == rank,
            Coverage.is_active,
            or_(Coverage.effective_until.is_(None), Coverage.effective_until >= starts),
        )
        .order_by(Coverage.effective_from)
    )
    if ends is not None:
        overlapping = overlapping.where(Coverage.effective_from <= ends)
    if but is not None:
        overlapping = overlapping.where(Coverage.id != but)
    return [
        Finding(
            f"{plan_name(payer, plan)} is the {PLACES[rank - 1]} coverage from {us_date(begins)}"
            f"{'' if until is None else f' to {us_date(until)}'}. End it first, or choose another place.",
            "rank",
        )
        for payer, plan, begins, until in work.session.execute(overlapping)
    ]


def plan_name(payer: str, plan: str) -> str:
    """ "BCBS PPO": the payer once, even where the plan's name repeats it."""
    return plan if plan.lower().startswith(payer.lower()) else f"{payer} {plan}"


def _lines(work: Work, patient_id: int, on: date | None) -> list[CoverageLine]:
    wanted = (
        select(Coverage, Policy, Plan, Payer)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(Coverage.patient_id == patient_id, Coverage.is_active)
    )
    if on is not None:
        wanted = wanted.where(
            Coverage.effective_from <= on,
            or_(Coverage.effective_until.is_(None), Coverage.effective_until >= on),
        )
    return [
        CoverageLine(
            id=coverage.id,
            version=coverage.version,
            policy_id=policy.id,
            plan_id=plan.id,
            payer=payer.name,
            payer_kind=payer.kind,
            plan=plan_name(payer.name, plan.name),
            rank=coverage.rank,
            relationship=coverage.relationship,
            member_id=policy.member_id,
            group_number=policy.group_number,
            plan_copay_cents=plan.copay_cents,
            effective_from=coverage.effective_from,
            effective_until=coverage.effective_until,
            case_number=coverage.case_number,
            secondary_reason=coverage.secondary_reason,
            cob_note=coverage.cob_note,
            is_in_use=policy.first_used_at is not None,
        )
        for coverage, policy, plan, payer in work.session.execute(wanted)
    ]


def _patient(work: Work, patient_id: int) -> Patient:
    work.concerns(patient_id)
    return work.get(Patient, patient_id)


def _check_days(policy: PolicyDraft, coverage: CoverageDraft) -> list[Finding]:
    findings: list[Finding] = []
    if not 1 <= coverage.rank <= len(PLACES):
        findings.append(Finding("Choose a place from 1, which pays first, to 9.", "rank"))
    starts = coverage.effective_from or policy.effective_from
    if starts < policy.effective_from:
        findings.append(
            Finding(
                f"The policy starts on {us_date(policy.effective_from)}. It cannot cover the patient before.",
                "effective_from",
            )
        )
    ends = coverage.effective_until or policy.effective_until
    if coverage.secondary_reason is not None and coverage.rank == 1:
        findings.append(
            Finding(
                "What pays first needs no reason to pay second. Choose another place.", "secondary_reason"
            )
        )
    if len(coverage.cob_note.strip()) > 500:
        findings.append(Finding("This is longer than 500 letters. Say it shorter.", "cob_note"))
    if coverage.effective_until is not None and coverage.effective_until < starts:
        findings.append(Finding("The coverage ends before it starts. Check both dates.", "effective_until"))
    elif ends is not None and policy.effective_until is not None and ends > policy.effective_until:
        findings.append(
            Finding(
                f"The policy ends on {us_date(policy.effective_until)}. It cannot cover the patient longer.",
                "effective_until",
            )
        )
    return findings
