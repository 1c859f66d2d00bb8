"""Batches: the file of ready claims, made and kept in the database, written to a folder, sent.

Those on paper are made in `paper_claims`; they are marked as sent and dissolved here too. What a later
check finds on claims that are in a batch already is said by `batch_blocks`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from frontdesk.formats.x12.professional_claim import Claim as WrittenClaim
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claims import BatchState as BatchState
from frontdesk.models.billing.claims import Channel as Channel
from frontdesk.models.billing.claims import (
    Claim,
    ClaimBatch,
    ClaimState,
    Clearinghouse,
    EventKind,
)
from frontdesk.models.records.content import MediaType
from frontdesk.services.billing import batch_bytes, batch_making, claim_content, claim_gather
from frontdesk.services.billing.claim_steps import check_all, is_blocked, move, record
from frontdesk.services.billing.mail_file import Mailbox, MailFile
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import content
from frontdesk.services.work import Work

_NAMED = 4


@dataclass(frozen=True, slots=True)
class Built:
    """What became of the ready claims."""

    batch_ids: tuple[int, ...]
    claims: int
    charge_cents: int
    stopped: tuple[int, ...]
    """Claims that the check stopped at the last moment; they need a fix."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A file of claims in the list."""

    id: int
    number: int
    receiver: str
    state: BatchState
    made_at: datetime
    sent_at: datetime | None
    claims: int
    charge_cents: int
    file_name: str
    sent_despite: str = ""
    """Why it counts as sent though claims in it had a block by then."""
    made_anew: int | None = None
    """The number of the batch that took its place."""


def _built(done: Performed) -> Undo | None:
    return Undo(dissolve, batch_ids=done.result.batch_ids) if done.result.batch_ids else None


@command("Make claim files", permission="billing.claims", undo=_built)
def build(work: Work, *, claim_ids: tuple[int, ...] = (), payer_id: int | None = None) -> Built:
    """Check the ready claims (these, or all) once more and put those that pass into files, one per receiver.

    Raises Refused when a claim that was named is not ready, and when no claim is left.
    """
    claims = batch_making.chosen(work, claim_ids, payer_id, Channel.FILE)
    mailbox = _mailbox(work)
    passed, stopped = batch_making.checked(work, claims)
    groups: dict[Mailbox, list[tuple[Claim, WrittenClaim]]] = {}
    for claim, facts in passed:
        receiver = mailbox or Mailbox(facts.payer.name, facts.payer.number, facts.practice.tax_id)
        groups.setdefault(receiver, []).append((claim, claim_content.written(facts)))
    built = [_batch(work, receiver, chosen) for receiver, chosen in groups.items()]
    return Built(
        batch_ids=tuple(batch.id for batch in built),
        claims=sum(batch.claims for batch in built),
        charge_cents=sum(batch.charge_cents for batch in built),
        stopped=stopped,
    )


@command(
    "Mark claim file as sent",
    permission="billing.claims",
    undo=irreversible("What was sent cannot be fetched back. Correct the claims instead."),
)
def mark_sent(work: Work, *, batch_id: int, despite: str = "") -> None:
    """The batch was handed to its receiver; its claims lie with the payer from now on.

    They are checked once more: raises Refused (overridable) where one has a block by now, unless `despite`
    says why it counts as sent all the same.
    """
    batch = work.get(ClaimBatch, batch_id)
    only_made(batch)
    claims = claims_in(work, batch_id)
    found = check_all(work, claims)
    stopped = [claim for claim in claims if is_blocked(found[claim.id][1])]
    if stopped and not despite.strip():
        raise Refused(Finding(_stopped(batch, stopped), "reason", overridable=True))
    batch.state, batch.sent_at = BatchState.SENT, work.now
    batch.sent_despite = despite.strip() if stopped else ""
    work.flush()
    for claim in claims:
        work.concerns(claim.patient_id)
        move(work, claim, ClaimState.SENT)
        record(work, claim, EventKind.SENT, batch_making.said(batch))
    for claim in stopped:
        record(work, claim, EventKind.NOTE, f"Sent with a problem: {despite.strip()}")


@command(
    "Dissolve claim files",
    permission="billing.claims",
    undo=irreversible("Make the file again; its claims are ready."),
)
def dissolve(work: Work, *, batch_ids: tuple[int, ...]) -> None:
    """Take files that were not sent apart; their claims are ready again, their bytes are kept."""
    for batch_id in batch_ids:
        batch = work.get(ClaimBatch, batch_id)
        only_made(batch)
        batch.state = BatchState.DISSOLVED
        claims = claims_in(work, batch_id)
        for claim in claims:
            work.concerns(claim.patient_id)
            move(work, claim, ClaimState.READY)
            claim.claim_batch_id = None
            where = "file" if batch.channel is Channel.FILE else "paper batch"
            record(work, claim, EventKind.UNBATCHED, f"Taken out of {where} {batch.number}")
        check_all(work, claims)


def _mailbox_set(done: Performed) -> Undo:
    return Undo(set_clearinghouse, mailbox=done.result)


@command("Set clearinghouse", permission="billing.claims", undo=_mailbox_set)
def set_clearinghouse(work: Work, *, mailbox: Mailbox | None) -> Mailbox | None:
    """Say where claim files go; with None each payer gets its own. Gives back what was set before."""
    before = _mailbox(work)
    row = work.session.scalar(select(Clearinghouse))
    if mailbox is None:
        if row is not None:
            work.session.delete(row)
        return before
    refuse_if_any(
        [
            Finding("Enter 2 to 15 letters or digits.", field)
            for field in ("receiver_number", "submitter_number")
            if not _is_mailbox_number(getattr(mailbox, field))
        ]
        + ([] if mailbox.name.strip() else [Finding("Enter the clearinghouse's name.", "name")])
    )
    if row is None:
        row = Clearinghouse(name="", receiver_number="", submitter_number="")
        row.id = work.new_id()
        work.session.add(row)
    row.name, row.is_test = mailbox.name.strip(), mailbox.is_test
    row.receiver_number, row.submitter_number = mailbox.receiver_number, mailbox.submitter_number
    return before


@query(permission="billing.view")
def clearinghouse(work: Work) -> Mailbox | None:
    """Where claim files go; None while each payer gets its own."""
    return _mailbox(work)


@query(permission="billing.view")
def batches(
    work: Work,
    *,
    states: tuple[BatchState, ...] = tuple(BatchState),
    limit: int = 50,
    channel: Channel = Channel.FILE,
) -> tuple[BatchRow, ...]:
    """Files of claims, or batches on paper, the newest first."""
    anew = aliased(ClaimBatch)
    found = work.session.execute(
        select(ClaimBatch, anew.number)
        .outerjoin(anew, anew.id == ClaimBatch.made_anew_id)
        .where(ClaimBatch.state.in_(states), ClaimBatch.channel == channel)
        .order_by(ClaimBatch.number.desc())
        .limit(limit)
    )
    return tuple(
        BatchRow(
            id=row.id,
            number=row.number,
            receiver=row.receiver,
            state=row.state,
            made_at=work.wall(row.made_at),
            sent_at=work.wall(row.sent_at) if row.sent_at else None,
            claims=row.claims,
            charge_cents=row.charge_cents,
            file_name=_file_name(row),
            sent_despite=row.sent_despite,
            made_anew=made_anew,
        )
        for row, made_anew in found
    )


@query(permission="billing.claims")
def file_of(work: Work, *, batch_id: int) -> MailFile:
    """The bytes of a batch as they were made."""
    batch = work.get(ClaimBatch, batch_id)
    if batch.channel is Channel.PAPER:
        raise Refused(Finding("These claims go on paper. Print them instead."))
    return MailFile(batch.id, _file_name(batch), content.read(work.session, batch.sha256).decode("ascii"))


def _batch(work: Work, receiver: Mailbox, chosen: list[tuple[Claim, WrittenClaim]]) -> ClaimBatch:
    number, control = work.next_number("claim batch"), work.next_number("x12 interchange")
    data = batch_bytes.written(
        [written for _, written in chosen],
        receiver,
        claim_gather.practice(work),
        at=work.local_now,
        reference=f"{number:06}",
        control_number=control,
    )
    batch = ClaimBatch(
        number=number,
        channel=Channel.FILE,
        receiver=receiver.name,
        receiver_number=receiver.receiver_number,
        control_number=control,
        state=BatchState.MADE,
        made_at=work.now,
        claims=len(chosen),
        charge_cents=sum(claim.charge_cents for claim, _ in chosen),
        sha256=content.keep_made(work, data, MediaType.X12),
    )
    batch_making.keep(work, batch, chosen)
    return batch


def claims_in(work: Work, batch_id: int) -> list[Claim]:
    """The claims that go out with a batch."""
    found = select(Claim).where(Claim.claim_batch_id == batch_id, Claim.state == ClaimState.BATCHED)
    return list(work.session.scalars(found.order_by(Claim.id)))


def only_made(batch: ClaimBatch) -> None:
    """Raise Refused where it was sent or taken apart."""
    if batch.state is not BatchState.MADE:
        what = "File" if batch.channel is Channel.FILE else "Paper batch"
        raise Refused(Finding(f"{what} {batch.number} was {batch.state.value} already."))


def _stopped(batch: ClaimBatch, claims: list[Claim]) -> str:
    """Names the first few."""
    first = ", ".join(claim.number for claim in claims[:_NAMED])
    more = f" and {len(claims) - _NAMED} more" if len(claims) > _NAMED else ""
    have = "Claim {0} has" if len(claims) == 1 else "Claims {0} have"
    where = "this file" if batch.channel is Channel.FILE else "this batch"
    what = f"{have.format(first + more)} a problem now that stops {where}."
    return f"{what} Take {'it' if len(claims) == 1 else 'them'} out, or say why it counts as sent."


def _mailbox(work: Work) -> Mailbox | None:
    row = work.session.scalar(select(Clearinghouse))
    if row is None:
        return None
    return Mailbox(row.name, row.receiver_number, row.submitter_number, row.is_test)


def _is_mailbox_number(text: str) -> bool:
    return 2 <= len(text) <= 15 and text.isascii() and text.isalnum()


def _file_name(batch: ClaimBatch) -> str:
    if batch.channel is Channel.PAPER:
        return f"cms1500-{batch.number:06}.pdf"
    return f"837p-{batch.number:06}.txt"
