"""Disposal runs up to their approval: collected, looked through entry by entry, approved by two people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.disposal import Decision as Decision
from frontdesk.models.records.disposal import DisposalItem, DisposalRun, RunState
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.records.stubs import run_said as said
from frontdesk.services.security import roles
from frontdesk.services.sentences import says
from frontdesk.services.visit import retention_due
from frontdesk.services.work import Work

says(
    "uq_disposal_item_open",
    "Another desk took one of these records into a run just now. Collect again.",
)
says(
    "uq_disposal_item_open_volume",
    "Another desk took one of these paper charts into a run just now. Collect again.",
)
says("ck_disposal_run_two_people", "The same person cannot approve a run twice.")
says("disposal_run_is_done", "This run is carried out. Nothing about it can be changed any more.")

DESTROY: Final = "records.destroy"
_ASK_AGAIN: Final = timedelta(days=365)
_THREE: Final = 3


@dataclass(frozen=True, slots=True)
class Decided:
    """What the review says of one entry."""

    item_id: int
    decision: Decision
    reason: str = ""


def _collected(done: Performed) -> Undo:
    return Undo(call_off, run_id=done.result, reason="Collected by mistake.")


def _decided_before(done: Performed) -> Undo:
    return Undo(decide, run_id=done.arguments["run_id"], decisions=done.result)


@command("Collect disposal run", permission="records.prepare_disposal", undo=_collected)
def collect(work: Work) -> int:
    """A new run of what may be destroyed today and is in no other run; at most 500 entries at once."""
    found = retention_due.due(work)
    if not found.lines:
        raise Refused(Finding("Nothing may be destroyed today. There is no run to collect."))
    run = work.add(
        DisposalRun(
            number=work.next_number("disposal_run"),
            collected_at=work.now,
            collected_by_id=work.actor.user_id,
            collected_by=work.actor.name,
        )
    )
    work.flush()
    for number, line in enumerate(found.lines, start=1):
        work.add(
            DisposalItem(
                run_id=run.id,
                number=number,
                document_id=line.document_id,
                volume_id=line.volume_id,
                patient_id=line.patient_id,
                title=line.title,
                sha256=line.sha256,
                dated_on=line.dated_on,
                disposable_on=line.disposable_on,
                because=line.because,
            )
        )
        work.concerns(line.patient_id)
    return run.id


@command("Decide on disposal", permission="records.prepare_disposal", undo=_decided_before)
def decide(work: Work, *, run_id: int, decisions: tuple[Decided, ...]) -> tuple[Decided, ...]:
    """Destroy or keep, entry by entry; gives back what was decided before."""
    run = work.get(DisposalRun, run_id)
    if run.state is not RunState.REVIEW:
        raise Refused(Finding(f"{said(run.number)} is not in review. Send it back to review first."))
    items = {
        item.id: item
        for item in work.session.scalars(
            select(DisposalItem).where(DisposalItem.id.in_([each.item_id for each in decisions]))
        )
        if item.run_id == run_id
    }
    before = []
    for each in decisions:
        item = items.get(each.item_id)
        if item is None:
            raise Refused(Finding("This entry is not in the run. Look at the run again."))
        if each.decision is Decision.KEEP and not each.reason.strip():
            raise Refused(Finding("Write why the record is kept.", "reason"))
        before.append(Decided(item.id, item.decision, item.keep_reason))
        is_kept = each.decision is Decision.KEEP
        item.decision = each.decision
        item.keep_reason = each.reason.strip() if is_kept else ""
        item.ask_again_on = work.today + _ASK_AGAIN if is_kept else None
        is_decided = each.decision is not Decision.OPEN
        item.decided_at = work.now if is_decided else None
        item.decided_by_id = work.actor.user_id if is_decided else None
        work.concerns(item.patient_id)
    return tuple(before)


@command(
    "Approve disposal run",
    permission=DESTROY,
    undo=irreversible("An approval stays in the log. Send the run back to review if it must not go on."),
)
def approve(work: Work, *, run_id: int, version: int | None = None) -> None:
    """One of two approvals, by two people; where three may destroy, who collected the run is neither."""
    run = work.get(DisposalRun, run_id, version)
    items = items_of(work, run_id)
    findings = []
    if run.state not in (RunState.REVIEW, RunState.APPROVED_ONCE):
        findings.append(Finding(f"{said(run.number)} does not wait for an approval."))
    if any(item.decision is Decision.OPEN for item in items):
        findings.append(Finding("Not every entry is decided. Look them through first."))
    elif not any(item.decision is Decision.DISPOSE for item in items):
        findings.append(Finding("Every entry is kept, so there is nothing to approve. Call the run off."))
    if run.state is RunState.APPROVED_ONCE and _is(work, run.first_approved_by_id, run.first_approved_by):
        findings.append(Finding("You gave the first approval. The second must come from another person."))
    if _is(work, run.collected_by_id, run.collected_by) and len(roles.who_may(work, DESTROY)) >= _THREE:
        findings.append(
            Finding("You collected this run. In this office two others can approve it, so they must.")
        )
    if findings:
        raise Refused(*findings)
    concern(work, items)
    if run.state is RunState.REVIEW:
        run.state = RunState.APPROVED_ONCE
        run.first_approved_at = work.now
        run.first_approved_by_id, run.first_approved_by = work.actor.user_id, work.actor.name
    else:
        run.state = RunState.APPROVED
        run.second_approved_at = work.now
        run.second_approved_by_id, run.second_approved_by = work.actor.user_id, work.actor.name


@command(
    "Send disposal run back to review",
    permission="records.prepare_disposal",
    undo=irreversible("The approvals are taken back. Approve the run anew."),
)
def back_to_review(work: Work, *, run_id: int, version: int | None = None) -> None:
    """Take the approvals back, so that entries can be decided anew."""
    run = work.get(DisposalRun, run_id, version)
    if run.state not in (RunState.APPROVED_ONCE, RunState.APPROVED):
        raise Refused(Finding(f"{said(run.number)} has no approval to take back."))
    run.state = RunState.REVIEW
    run.first_approved_at = run.first_approved_by_id = None
    run.second_approved_at = run.second_approved_by_id = None
    run.first_approved_by = run.second_approved_by = ""
    concern(work, items_of(work, run_id))


@command(
    "Call disposal run off",
    permission="records.prepare_disposal",
    undo=irreversible("What is still due can be collected again."),
)
def call_off(work: Work, *, run_id: int, reason: str) -> None:
    """End a run without destroying anything; its records come up again."""
    run = work.get(DisposalRun, run_id)
    if run.state in (RunState.DONE, RunState.CALLED_OFF):
        raise Refused(Finding(f"{said(run.number)} is over already."))
    if not reason.strip():
        raise Refused(Finding("Write why the run is called off.", "reason"))
    run.state, run.called_off_because = RunState.CALLED_OFF, reason.strip()
    items = items_of(work, run_id)
    for item in items:
        item.is_open = False
        item.ask_again_on = None
    concern(work, items)


def items_of(work: Work, run_id: int) -> list[DisposalItem]:
    """The entries of a run, in order."""
    return list(
        work.session.scalars(
            select(DisposalItem).where(DisposalItem.run_id == run_id).order_by(DisposalItem.number)
        )
    )


def concern(work: Work, items: Iterable[DisposalItem]) -> None:
    """Name the patients of a run."""
    work.concerns(*(item.patient_id for item in items))


def _is(work: Work, user_id: int | None, name: str) -> bool:
    return (work.actor.user_id, work.actor.name) == (user_id, name)
