"""What is found on claims once they are in a batch: named before it leaves, and taken out of it."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.models.billing.claims import (
    BatchState,
    Channel,
    Claim,
    ClaimBatch,
    ClaimState,
    EventKind,
    Severity,
)
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import batches, claim_gather, paper_claims, rule_weights, scrub
from frontdesk.services.billing.claim_steps import record, stage_of
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class BlockedClaim:
    """A claim of a batch that could not go into one now."""

    claim_id: int
    number: str
    patient: str
    message: str
    """The first thing that stops it."""
    advice: str
    blocks: int


@dataclass(frozen=True, slots=True)
class MadeAnew:
    """What became of a batch that claims were taken out of."""

    batch_id: int | None
    """The one that took its place; None where no claim was left for it."""
    number: int | None
    taken_out: tuple[int, ...]


@query(permission="billing.view")
def blocked_in(work: Work, *, batch_id: int) -> tuple[BlockedClaim, ...]:
    """The claims of a batch that a check stops now; empty where it was sent or taken apart. Keeps nothing."""
    if work.get(ClaimBatch, batch_id).state is not BatchState.MADE:
        return ()
    by_id = {claim.id: claim for claim in batches.claims_in(work, batch_id)}
    names = {
        row.id: last_first(row.legal_last, row.legal_first)
        for row in work.session.scalars(
            select(Patient).where(Patient.id.in_({claim.patient_id for claim in by_id.values()}))
        )
    }
    weights = rule_weights.today(work)
    found: list[BlockedClaim] = []
    for facts in claim_gather.facts(work, by_id):
        claim = by_id[facts.claim_id]
        findings = scrub.check(facts, stage_of(claim), weights.with_payer(claim.payer_id))
        blocks = [each for each in findings if each.severity is Severity.BLOCK]
        if blocks:
            first = blocks[0]
            name = names[claim.patient_id]
            found.append(BlockedClaim(claim.id, claim.number, name, first.message, first.advice, len(blocks)))
    return tuple(found)


@command(
    "Take claims out of batch",
    permission="billing.claims",
    undo=irreversible("Put the claims right; they go out with the next batch."),
)
def take_out(work: Work, *, batch_id: int, claim_ids: tuple[int, ...]) -> MadeAnew:
    """Take claims out of a batch that was not sent, and make it anew without them; the old bytes are kept.

    Those that a check stops need a fix, the others are ready. One of the rest that it stops stays out too.
    """
    batch = work.get(ClaimBatch, batch_id)
    batches.only_made(batch)
    claims = batches.claims_in(work, batch_id)
    if not claim_ids or not set(claim_ids) <= {claim.id for claim in claims}:
        raise Refused(Finding("Another desk changed this batch. Look at its claims again."))
    batches.dissolve(work, batch_ids=(batch_id,))
    work.flush()
    left = [c for c in claims if c.id not in claim_ids and c.state is ClaimState.READY]
    out = tuple(claim.id for claim in claims if claim not in left)
    if not left:
        return MadeAnew(None, None, out)
    anew = work.get(ClaimBatch, _make(work, batch.channel, left))
    batch.made_anew_id = anew.id
    what = "File" if batch.channel is Channel.FILE else "Paper batch"
    for claim in left:
        record(work, claim, EventKind.NOTE, f"{what} {batch.number} was made anew as {anew.number}")
    return MadeAnew(anew.id, anew.number, out)


def _make(work: Work, channel: Channel, claims: list[Claim]) -> int:
    """One batch: they had one receiver before."""
    ids = tuple(claim.id for claim in claims)
    if channel is Channel.PAPER:
        return paper_claims.build(work, claim_ids=ids).batch_ids[0]
    return batches.build(work, claim_ids=ids).batch_ids[0]
