"""Which coverage pays first from a day on: rank changes, coordination of benefits, the family's policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.models.registration.coverage import Coverage, MedicareSecondary, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import coverages, policies
from frontdesk.services.registration.drafts import PolicyDraft
from frontdesk.services.registration.member_ids import plain_member_id
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Reordered:
    """What a new order did to the rows, for the way back."""

    patient_id: int
    ended: tuple[tuple[int, date | None], ...]
    """The coverage that ends on the eve, and when it ended before."""
    begun: tuple[int, ...]
    reranked: tuple[tuple[int, int], ...]
    """The coverage that only changed its place, and the former one."""


def _reordered_back(done: Performed) -> Undo:
    return Undo(order_back, reordered=done.result)


@command("Change order of coverage", permission="registration.coverage", undo=_reordered_back)
def reorder(work: Work, *, patient_id: int, from_day: date, coverage_ids: tuple[int, ...]) -> Reordered:
    """From a day on these pay in this order; what was paid before keeps the order that it had."""
    work.concerns(patient_id)
    now = coverages.in_force(work, patient_id, from_day)
    if sorted(coverage_ids) != sorted(line.id for line in now):
        raise Refused(
            Finding("The patient's coverage on that day is another by now. Look at it, then order it again.")
        )
    rows = {row.id: row for row in (work.get(Coverage, each) for each in coverage_ids)}
    ranks = sorted(row.rank for row in rows.values())
    wanted = dict(zip(coverage_ids, ranks, strict=True))
    changed = [rows[each] for each in coverage_ids if rows[each].rank != wanted[each]]
    refuse_if_any(_first_with_reason(changed, wanted))
    places: list[tuple[Coverage, int, date | None]] = [
        (row, wanted[row.id], row.effective_until) for row in changed
    ]
    ended = tuple((row.id, row.effective_until) for row in changed if row.effective_from < from_day)
    reranked = tuple((row.id, row.rank) for row in changed if row.effective_from >= from_day)
    for row in changed:
        if row.effective_from < from_day:
            row.effective_until = from_day - timedelta(days=1)
        else:
            row.is_active = False  # out of the way of the others for a moment
    work.flush()
    refuse_if_any(
        [
            finding
            for row, rank, until in places
            for finding in coverages.taken(
                work, patient_id, rank, max(from_day, row.effective_from), until, but=row.id
            )
        ]
    )
    begun = []
    for row, rank, until in places:
        if row.effective_from >= from_day:
            row.rank, row.is_active = rank, True
            continue
        new = Coverage(
            patient_id=patient_id,
            policy_id=row.policy_id,
            rank=rank,
            relationship=row.relationship,
            effective_from=from_day,
            effective_until=until,
            secondary_reason=row.secondary_reason,
            cob_note=row.cob_note,
        )
        begun.append(work.add(new).id)
    work.flush()
    return Reordered(patient_id, ended, tuple(begun), reranked)


@command(
    "Take back order of coverage",
    permission="registration.coverage",
    undo=irreversible("Order the coverages anew."),
)
def order_back(work: Work, *, reordered: Reordered) -> None:
    """The order that was; what began with the new one is withdrawn and stays on record."""
    work.concerns(reordered.patient_id)
    for coverage_id in reordered.begun:
        work.get(Coverage, coverage_id).is_active = False
    for coverage_id, _ in reordered.reranked:
        work.get(Coverage, coverage_id).is_active = False
    work.flush()
    for coverage_id, until in reordered.ended:
        work.get(Coverage, coverage_id).effective_until = until
    for coverage_id, rank in reordered.reranked:
        row = work.get(Coverage, coverage_id)
        row.rank, row.is_active = rank, True
    work.flush()


@dataclass(frozen=True, slots=True)
class Coordination:
    """Why a coverage stands where it does."""

    secondary_reason: MedicareSecondary | None
    note: str


def _coordinated_before(done: Performed) -> Undo:
    return Undo(coordinate, coverage_id=done.arguments["coverage_id"], to=done.result)


@command("Note coordination of benefits", permission="registration.coverage", undo=_coordinated_before)
def coordinate(work: Work, *, coverage_id: int, to: Coordination) -> Coordination:
    """Why Medicare pays second, and what was said of who pays first. Gives back what was noted before."""
    row = work.get(Coverage, coverage_id)
    work.concerns(row.patient_id)
    findings: list[Finding] = []
    kind = work.session.execute(
        select(Payer.kind)
        .join(Plan, Plan.payer_id == Payer.id)
        .join(Policy, Policy.plan_id == Plan.id)
        .where(Policy.id == row.policy_id)
    ).scalar_one()
    if to.secondary_reason is not None and row.rank == 1:
        findings.append(Finding("This coverage pays first. Change the order first.", "secondary_reason"))
    elif to.secondary_reason is not None and kind is not PayerKind.MEDICARE:
        findings.append(Finding("Only Medicare needs a reason to pay second.", "secondary_reason"))
    if len(to.note.strip()) > 500:
        findings.append(Finding("This is longer than 500 letters. Say it shorter.", "note"))
    refuse_if_any(findings)
    before = Coordination(row.secondary_reason, row.cob_note)
    row.secondary_reason, row.cob_note = to.secondary_reason, to.note.strip()
    return before


@dataclass(frozen=True, slots=True)
class FamilyPolicy:
    """A policy on file with the member id that was typed."""

    policy_id: int
    plan: str
    subscriber: str
    """ "Robert Foster"."""
    card: PolicyDraft


@query(permission="registration.view")
def on_file(work: Work, *, member_id: str, patient_id: int) -> tuple[FamilyPolicy, ...]:
    """The policies of others with this member id that hold today: a family's, to be shared."""
    plain = plain_member_id(member_id)
    if len(plain) < 5:
        return ()
    own = select(Coverage.policy_id).where(Coverage.patient_id == patient_id, Coverage.is_active)
    rows = work.session.execute(
        select(Policy, Plan.name, Payer.name, Patient.legal_first, Patient.legal_last)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .outerjoin(Patient, Patient.id == Policy.subscriber_patient_id)
        .where(
            Policy.member_id == plain,
            Policy.case_number == "",
            Policy.id.not_in(own),
            Policy.effective_from <= work.today,
        )
        .order_by(Policy.effective_from.desc(), Policy.id)
    )
    return tuple(
        FamilyPolicy(
            policy.id,
            coverages.plan_name(payer, plan),
            first_last(first or policy.subscriber_first, last or policy.subscriber_last),
            policies.draft_of(policy),
        )
        for policy, plan, payer, first, last in rows
        if policy.effective_until is None or policy.effective_until >= work.today
    )


def _first_with_reason(changed: Sequence[Coverage], wanted: dict[int, int]) -> list[Finding]:
    return [
        Finding(
            "A reason is noted why this coverage pays second. Take the reason away, then put it first.",
            "secondary_reason",
        )
        for row in changed
        if wanted[row.id] == 1 and row.secondary_reason is not None
    ]
