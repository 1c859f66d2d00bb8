"""Making two charts of one person one: looked at, prepared with a reason, approved by a second person."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from sqlalchemy import func, or_, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import fold
from frontdesk.models.registration.merge import LONGEST, PatientMerge
from frontdesk.models.registration.merge import MergeState as MergeState
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration import duplicate_pairs, search_keys
from frontdesk.services.sentences import says
from frontdesk.services.visit import (
    merge_collisions,
    merge_columns,
    merge_fields,
    merge_moves,
    merge_plan,
    merge_rules,
    unmerging,
)
from frontdesk.services.visit.merge_fields import FieldLine
from frontdesk.services.visit.merge_plan import Change, Collision, MergeDraft, Plan
from frontdesk.services.visit.merge_plan import Side as Side
from frontdesk.services.work import Work

says(
    "uq_patient_merge_goes_once",
    "This chart is being merged already. Finish or withdraw that merge first.",
    field="goes_id",
)
says("ck_patient_merge_two_persons", "A second person approves a merge. Ask a colleague with the right to.")
says("patient_merge_kept", "What was said about a merge is kept as it was.")
says("append_only_patient_merge_change", "What a merge moved is kept as it was.")
says("patient_merge_moves", "Rows change charts only while a merge is carried out.")
says("ck_patient_merge_reason", f"Enter why, in at most {LONGEST} letters.", field="reason")


@dataclass(frozen=True, slots=True)
class Chart:
    """One side of a merge, in a line."""

    patient_id: int
    name: str
    chart_number: str
    registered_at: datetime
    """The office's wall time."""


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a merge would do, before anybody does it."""

    stays: Chart
    goes: Chart
    fields: tuple[FieldLine, ...]
    counts: tuple[str, ...]
    """ "3 visits", in the order of weight."""
    left: tuple[str, ...]
    """What cannot stand in the other chart and stays behind, in the history."""
    collisions: tuple[Collision, ...]
    findings: tuple[Finding, ...]
    """Why it cannot be done, where it cannot."""


@dataclass(frozen=True, slots=True)
class MergeView:
    """A merge as far as it came."""

    merge_id: int
    version: int
    state: MergeState
    draft: MergeDraft
    stays: Chart
    goes: Chart
    prepared_at: datetime
    prepared_by: str
    merged_at: datetime | None
    merged_by: str
    ended_at: datetime | None
    ended_by: str
    ended_reason: str
    is_mine: bool
    """The person who asks prepared it."""
    may_approve: bool


@query(permission="registration.view")
def preview(work: Work, *, draft: MergeDraft, merge_id: int | None = None) -> Preview:
    """What would happen; asked again with every choice. `merge_id`: the prepared one that is looked at."""
    stays, goes = work.get(Patient, draft.stays_id), work.get(Patient, draft.goes_id)
    findings = _findings(work, draft, stays, goes, but=merge_id)
    plan = Plan(work, draft) if any(f.field == "goes_id" for f in findings) else planned(work, draft)
    return Preview(
        stays=_chart(work, stays),
        goes=_chart(work, goes),
        fields=merge_fields.lines(work, stays, goes, draft.take),
        counts=tuple(
            merge_columns.said(table, count)
            for table, count in sorted(plan.counts(), key=lambda pair: (-pair[1], pair[0]))
        ),
        left=tuple(
            merge_columns.said(table, len(set(rows))) for table, rows in sorted(plan.left.items()) if rows
        ),
        collisions=tuple(plan.collisions),
        findings=tuple(findings),
    )


@query(permission="registration.view")
def merges(work: Work, *, states: tuple[MergeState, ...] = (MergeState.PREPARED,)) -> tuple[MergeView, ...]:
    """Merges in these states, the newest first."""
    rows = work.session.scalars(
        select(PatientMerge)
        .where(PatientMerge.state.in_(states))
        .order_by(PatientMerge.prepared_at.desc(), PatientMerge.id.desc())
        .limit(200)
    )
    return tuple(_view(work, row) for row in rows)


@query(permission="registration.view")
def waiting_count(work: Work) -> int:
    """How many merges wait for a second person."""
    return (
        work.session.scalar(
            select(func.count()).select_from(PatientMerge).where(PatientMerge.state == MergeState.PREPARED)
        )
        or 0
    )


def duplicates_waiting(work: Work) -> int:
    """Pairs to decide on, and merges to approve."""
    return duplicate_pairs.open_count(work) + waiting_count(work)


@query(permission="registration.view")
def merge(work: Work, *, merge_id: int) -> MergeView:
    """One merge."""
    return _view(work, work.get(PatientMerge, merge_id))


def _prepare_undone(done: Performed) -> Undo:
    return Undo(withdraw, merge_id=done.result, reason="Undone")


@command("Prepare merge of two charts", permission="registration.prepare_merge", undo=_prepare_undone)
def prepare(work: Work, *, draft: MergeDraft) -> int:
    """Write down which charts are one person's and what wins; nothing is moved before it is approved."""
    stays, goes = work.get(Patient, draft.stays_id), work.get(Patient, draft.goes_id)
    findings = _findings(work, draft, stays, goes)
    if not draft.reason.strip():
        findings.append(Finding("Enter why these two are one person, such as what they showed.", "reason"))
    elif len(draft.reason.strip()) > LONGEST:
        findings.append(Finding(f"This is longer than {LONGEST} letters. Shorten it.", "reason"))
    refuse_if_any(findings)
    work.concerns(stays.id, goes.id)
    row = PatientMerge(
        stays_id=stays.id,
        goes_id=goes.id,
        state=MergeState.PREPARED,
        reason=draft.reason.strip(),
        choices=json.dumps(msgspec.to_builtins(draft)),
        prepared_at=work.now,
        prepared_by=work.actor.name,
        prepared_by_id=work.actor.user_id,
    )
    work.add(row)
    return row.id


def _withdraw_undone(done: Performed) -> Undo:
    return Undo(prepare, draft=done.result)


@command("Withdraw prepared merge", permission="registration.prepare_merge", undo=_withdraw_undone)
def withdraw(work: Work, *, merge_id: int, reason: str) -> MergeDraft:
    """Gives back what had been prepared; whoever approves sends it back with this too."""
    row = work.get(PatientMerge, merge_id)
    if row.state is not MergeState.PREPARED:
        raise Conflict("This merge is no longer waiting for approval. Look at the list again.")
    if not reason.strip():
        raise Refused(Finding("Enter why the merge is withdrawn.", "reason"))
    if len(reason.strip()) > LONGEST:
        raise Refused(Finding(f"This is longer than {LONGEST} letters. Shorten it.", "reason"))
    work.concerns(row.stays_id, row.goes_id)
    _end(work, row, MergeState.WITHDRAWN, reason.strip())
    return _draft(row)


def _approve_undone(done: Performed) -> Undo:
    return Undo(
        unmerging.take_apart,
        merge_id=done.arguments["merge_id"],
        reason="Undone",
        goes=(),
        are_different=False,
    )


@command("Merge two charts", permission="registration.merge", undo=_approve_undone, in_turn=True)
def approve(work: Work, *, merge_id: int, version: int) -> int:
    """Carry out what a colleague prepared; gives back how many rows changed charts."""
    row = work.get(PatientMerge, merge_id, version)
    if row.state is not MergeState.PREPARED:
        raise Conflict("This merge is no longer waiting for approval. Look at the list again.")
    is_alone = _is_mine(work, row)
    if is_alone and merge_rules.needs_two(work):
        raise Refused(
            Finding("You prepared this merge yourself. A second person with the right to merge approves it.")
        )
    draft = _draft(row)
    stays, goes = work.get(Patient, row.stays_id), work.get(Patient, row.goes_id)
    refuse_if_any(_findings(work, draft, stays, goes, but=merge_id))
    work.concerns(stays.id, goes.id)
    plan = planned(work, draft)
    row.state, row.is_alone = MergeState.MERGED, is_alone
    row.merged_at, row.merged_by, row.merged_by_id = work.now, work.actor.name, work.actor.user_id
    row.status_before = goes.status
    if plan.accounts is not None:
        row.account_stays_id, row.account_goes_id = plan.accounts
    work.flush()
    row.is_moving = True
    merge_moves.carry_out(work, merge_id, [*plan.adjusted, *plan.moved, *_person(stays, goes, draft.take)])
    merge_moves.copy_recency(work, merge_id, goes.id, stays.id)
    goes.status, goes.merged_into_id = PatientStatus.MERGED, stays.id
    row.is_moving = False
    row.last_id = work.last_id
    search_keys.rebuild(work, goes.id)
    search_keys.rebuild(work, stays.id)
    duplicate_pairs.merged(work, stays.id, goes.id)
    return len(plan.moved)


def planned(work: Work, draft: MergeDraft) -> Plan:
    """The plan as the rows are now."""
    plan = Plan(work, draft)
    merge_collisions.resolve(plan)
    merge_plan.move(plan, merge_columns.PATIENT, draft.goes_id, draft.stays_id)
    if plan.accounts is not None:
        stays, goes = plan.accounts
        merge_plan.move(plan, merge_columns.ACCOUNT, goes, stays)
    return plan


def _person(stays: Patient, goes: Patient, take: tuple[str, ...]) -> list[Change]:
    after = merge_fields.values(stays, goes, take)
    first, last = after["legal_first"], after["legal_last"]
    after["search_name"] = fold(f"{last} {first}")
    after["is_restricted"] = stays.is_restricted or goes.is_restricted
    return [
        Change("patient", stays.id, name, merge_plan.plain(getattr(stays, name)), merge_plan.plain(value))
        for name, value in after.items()
        if getattr(stays, name) != value
    ]


def _findings(
    work: Work, draft: MergeDraft, stays: Patient, goes: Patient, but: int | None = None
) -> list[Finding]:
    if stays.id == goes.id:
        return [Finding("This is one and the same chart. Choose another to merge with.", "goes_id")]
    for each in (stays, goes):
        if each.status is PatientStatus.MERGED:
            return [
                Finding(
                    f"Chart {each.chart_number} was merged into another already. Choose that one.", "goes_id"
                )
            ]
    found = merge_fields.findings(stays, goes, draft.take)
    if not work.actor.may("registration.open_restricted") and (stays.is_restricted or goes.is_restricted):
        found.append(
            Finding("One of these charts is restricted. Somebody with the right to open it merges them.")
        )
    sides = (stays.id, goes.id)
    other = work.session.scalars(
        select(PatientMerge)
        .where(
            PatientMerge.state == MergeState.PREPARED,
            or_(PatientMerge.stays_id.in_(sides), PatientMerge.goes_id.in_(sides)),
            PatientMerge.id != (but or 0),
        )
        .order_by(PatientMerge.id)
    ).first()
    if other is not None:
        found.append(
            Finding(
                f"A merge of one of these charts waits for approval, prepared by {other.prepared_by}. "
                "Approve or withdraw that one first."
            )
        )
    return found


def _end(work: Work, row: PatientMerge, state: MergeState, reason: str) -> None:
    row.state, row.ended_reason = state, reason
    row.ended_at, row.ended_by, row.ended_by_id = work.now, work.actor.name, work.actor.user_id


def _draft(row: PatientMerge) -> MergeDraft:
    return replace(msgspec.json.decode(row.choices, type=MergeDraft), reason=row.reason)


def _is_mine(work: Work, row: PatientMerge) -> bool:
    return work.actor.is_person(row.prepared_by_id, row.prepared_by)


def _view(work: Work, row: PatientMerge) -> MergeView:
    is_mine = _is_mine(work, row)
    return MergeView(
        merge_id=row.id,
        version=row.version,
        state=row.state,
        draft=_draft(row),
        stays=_chart(work, work.get(Patient, row.stays_id)),
        goes=_chart(work, work.get(Patient, row.goes_id)),
        prepared_at=work.wall(row.prepared_at),
        prepared_by=row.prepared_by,
        merged_at=None if row.merged_at is None else work.wall(row.merged_at),
        merged_by=row.merged_by,
        ended_at=None if row.ended_at is None else work.wall(row.ended_at),
        ended_by=row.ended_by,
        ended_reason=row.ended_reason,
        is_mine=is_mine,
        may_approve=work.actor.may("registration.merge") and not (is_mine and merge_rules.needs_two(work)),
    )


def _chart(work: Work, row: Patient) -> Chart:
    return Chart(
        row.id,
        first_last(row.legal_first, row.legal_last),
        row.chart_number,
        work.wall(row.registered_at),
    )
