"""The next payer: what one payer leaves is asked of the patient's further insurance before the patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, PostingKind
from frontdesk.models.registration.coverage import Coverage
from frontdesk.services.billing import claim_others, claims, journal
from frontdesk.services.billing.claim_steps import check_all, move, only_from, record
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.command import command, irreversible
from frontdesk.services.registration import self_pay
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_claim_follows_id", "The next payer was asked at another desk a moment ago.")

CROSSED_OVER = frozenset({"19", "20", "21"})
"""CLP02: processed as primary, secondary or tertiary, and forwarded to the next payer."""


@dataclass(frozen=True, slots=True)
class NextPayer:
    """Who is asked after a claim's own payer."""

    coverage_id: int
    payer_id: int
    name: str
    filing_days: int


def next_of(work: Work, some: Sequence[Claim]) -> dict[int, NextPayer]:
    """By claim: the coverage that pays after its own; none where the patient pays alone that day."""
    ranks = dict(
        work.session.execute(
            select(Claim.id, Coverage.rank)
            .join(Coverage, Coverage.id == Claim.coverage_id)
            .where(Claim.id.in_([claim.id for claim in some]))
        ).all()
    )
    found: dict[int, NextPayer] = {}
    others = claim_others.coverages_of(work, some)
    for claim in some:
        for other in others.get(claim.id, ()):
            if other.coverage.rank <= ranks[claim.id]:
                continue
            if self_pay.in_force(work, claim.patient_id, claim.service_on) is None:
                found[claim.id] = NextPayer(
                    other.coverage.id, other.payer.id, other.payer.name, other.payer.timely_filing_days
                )
            break
    return found


def ask(work: Work, claim: Claim, after: NextPayer, *, crossed_over: bool) -> int | None:
    """Make the claim to the next payer, once; its id. One that was forwarded counts as sent."""
    known = _after(work, claim)
    if known is not None:
        record(work, known, EventKind.NOTE, f"{claim.number} was decided again. Look at the amounts.")
        return None
    new = claims.copy(
        work,
        claim,
        coverage_id=after.coverage_id,
        payer_id=after.payer_id,
        follows_id=claim.id,
        file_by_on=work.today + timedelta(days=after.filing_days),
    )
    record(work, new, EventKind.MADE, f"Asks {after.name} for what {claim.number} left")
    if crossed_over:
        move(work, new, ClaimState.SENT)
        record(work, new, EventKind.SENT, f"Forwarded by the payer of {claim.number}")
    record(work, claim, EventKind.NOTE, f"{new.number} asks {after.name} for the rest")
    check_all(work, [new])
    return new.id


def warn(work: Work, claim: Claim) -> None:
    """A payer took its decision back: whoever works the claim to the payer after it must know."""
    known = _after(work, claim)
    if known is not None:
        record(work, known, EventKind.NOTE, f"The payer of {claim.number} took its decision back.")


def _after(work: Work, claim: Claim) -> Claim | None:
    return work.session.scalar(select(Claim).where(Claim.follows_id == claim.id))


@command(
    "Bill the next payer",
    permission="billing.claims",
    undo=irreversible("Hold the new claim to keep it back; the ledger keeps the transfer."),
)
def bill(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> int:
    """A denied claim's open amount is asked of the next coverage; the new claim's id."""
    claim = work.get(Claim, claim_id, version)
    work.concerns(claim.patient_id)
    refuse_if_any([] if reason.strip() else [Finding("Say why the next payer is asked.", "reason")])
    only_from(claim, (ClaimState.DENIED,), "Its payer has to decide first.")
    after = next_of(work, [claim]).get(claim.id)
    if after is None:
        raise Refused(
            Finding("The patient has no further insurance for this day. Enter it, or bill the patient.")
        )
    entries = [
        entry
        for line_id, cents in _open_with(work, claim)
        for entry in (
            Entry(EntryKind.TRANSFER, -cents, Party.PAYER, charge_line_id=line_id, payer_id=claim.payer_id),
            Entry(EntryKind.TRANSFER, cents, Party.PAYER, charge_line_id=line_id, payer_id=after.payer_id),
        )
    ]
    if not entries:
        raise Refused(Finding("Nothing is open on this claim. There is nothing to ask for."))
    journal.post(work, Draft(PostingKind.TRANSFER, tuple(entries), reason=reason))
    made = ask(work, claim, after, crossed_over=False)
    if made is None:
        raise Refused(Finding("The next payer was asked already."))
    return made


def open_lines(work: Work, claim_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """What each claim's own payer still owes, by claim and charge line, in cents."""
    work.flush()
    found = work.session.execute(
        select(ClaimLine.claim_id, ClaimLine.charge_line_id, func.sum(JournalEntry.amount_cents))
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .join(JournalEntry, JournalEntry.charge_line_id == ClaimLine.charge_line_id)
        .where(
            ClaimLine.claim_id.in_(claim_ids),
            JournalEntry.responsible == Party.PAYER,
            func.coalesce(JournalEntry.payer_id, Claim.payer_id) == Claim.payer_id,
        )
        .group_by(ClaimLine.claim_id, ClaimLine.charge_line_id)
        .order_by(ClaimLine.claim_id, ClaimLine.charge_line_id)
    )
    return {(claim_id, line_id): int(cents) for claim_id, line_id, cents in found}


def _open_with(work: Work, claim: Claim) -> list[tuple[int, int]]:
    return [(line_id, cents) for (_, line_id), cents in open_lines(work, [claim.id]).items() if cents > 0]
