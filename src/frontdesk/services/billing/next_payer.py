"""The next payer: what one payer leaves is asked of the patient's further insurance before the patient."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.remittances import RemittanceClaim
from frontdesk.models.registration.coverage import Coverage, Policy, SelfPay
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.services.billing import appeals, balances, claim_making, claim_others, credits, journal
from frontdesk.services.billing.claim_steps import DECIDED, check_all, claim_of, move, only_from, record
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.command import command, irreversible
from frontdesk.services.registration import self_pay
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_claim_follows_id", "The next payer was asked at another desk a moment ago.")

_FORWARDED = frozenset({"19", "20", "21"})
"""CLP02: processed as primary, secondary or tertiary, and forwarded to the next payer."""
_ALERTS = frozenset({"MA07", "MA18", "N89"})
"""Remarks that say the same: to Medicaid, to a supplemental insurer, to more than one insurer."""


@dataclass(frozen=True, slots=True)
class NextPayer:
    """Who is asked after a claim's own payer."""

    coverage_id: int
    payer_id: int
    name: str
    filing_days: int


def next_of(work: Work, claim_ids: Collection[int]) -> dict[int, NextPayer]:
    """By claim: the coverage that pays after its own; none where the patient pays alone that day."""
    own, other = aliased(Coverage), aliased(Coverage)
    found: dict[int, NextPayer] = {}
    for claim_id, coverage_id, payer_id, name, days in work.session.execute(
        select(Claim.id, other.id, Payer.id, Payer.name, Payer.timely_filing_days)
        .join(own, own.id == Claim.coverage_id)
        .join(other, other.patient_id == Claim.patient_id)
        .join(Policy, Policy.id == other.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(
            Claim.id.in_(claim_ids),
            claim_others.pays_beside(own, other),
            other.rank > own.rank,
            ~exists().where(SelfPay.patient_id == Claim.patient_id, self_pay.holds_on(Claim.service_on)),
        )
        .order_by(Claim.id, other.rank, other.id)
    ):
        found.setdefault(claim_id, NextPayer(coverage_id, payer_id, name, days))
    return found


def is_crossed_over(status: str, remarks: str, forwarded_to: str) -> bool:
    """Whether a payer says that it sent the claim on to the next one itself: it is not billed there twice."""
    return status in _FORWARDED or bool(forwarded_to) or not _ALERTS.isdisjoint(remarks.split())


def ask(
    work: Work, claim: Claim, after: NextPayer, *, crossed_over: bool, forwarded_to: str = ""
) -> int | None:
    """Make the claim to the next payer, once; its id. One that was forwarded counts as sent."""
    known = _after(work, claim)
    if known is not None:
        record(work, known, EventKind.NOTE, f"{claim.number} was decided again. Look at the amounts.")
        return None
    new = claim_making.copy(
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
        to = f" to {forwarded_to}" if forwarded_to else ""
        record(work, new, EventKind.SENT, f"Forwarded by the payer of {claim.number}{to}")
    record(work, claim, EventKind.NOTE, f"{new.number} asks {after.name} for the rest")
    check_all(work, [new])
    return new.id


def warn(work: Work, *some: Claim) -> None:
    """A payer took its decision back: whoever works the claim to the payer after it must know."""
    numbers = {claim.id: claim.number for claim in some}
    after = select(Claim).where(Claim.follows_id.in_(numbers)).order_by(Claim.id)
    for known in work.session.scalars(after).all():
        number = numbers[known.follows_id or 0]
        record(work, known, EventKind.NOTE, f"The payer of {number} took its decision back.")


def _after(work: Work, claim: Claim) -> Claim | None:
    return work.session.scalar(select(Claim).where(Claim.follows_id == claim.id))


@command(
    "Bill the next payer",
    permission="billing.claims",
    undo=irreversible("Hold the new claim to keep it back; the ledger keeps the transfer."),
)
def bill(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> int:
    """What a payer denied, or left to the patient, is asked of the next coverage; the new claim's id.

    What the patient paid of it is to their credit until that payer has decided.
    """
    claim = claim_of(work, claim_id, version)
    refuse_if_any([] if reason.strip() else [Finding("Say why the next payer is asked.", "reason")])
    only_from(claim, DECIDED, "Its payer has to decide first.")
    after = next_of(work, [claim.id]).get(claim.id)
    if after is None:
        raise Refused(
            Finding("The patient has no further insurance for this day. Enter it, or bill the patient.")
        )
    is_denied = claim.state is ClaimState.DENIED
    left = _open_with(work, claim) if is_denied else _left_to_patient(work, claim)
    if not left and is_denied:
        raise Refused(Finding("Nothing is open on this claim. There is nothing to ask for."))
    if not left:
        raise Refused(Finding("Nothing of this claim was left to the patient. There is nothing to ask for."))
    giver = (Party.PAYER, claim.payer_id) if is_denied else (Party.PATIENT, after.payer_id)
    entries = [
        Entry(EntryKind.TRANSFER, amount, party, charge_line_id=line_id, payer_id=payer_id)
        for line_id, cents in left
        for amount, party, payer_id in ((-cents, *giver), (cents, Party.PAYER, after.payer_id))
    ]
    decision = appeals.decision(work, claim_id=claim.id)
    answer = work.get(RemittanceClaim, decision.remittance_claim_id) if decision is not None else None
    journal.post(
        work,
        Draft(
            PostingKind.TRANSFER,
            tuple(entries),
            reason=reason,
            remittance_id=answer.remittance_id if answer is not None else None,
            remittance_claim_id=answer.id if answer is not None else None,
        ),
    )
    credits.free_overpaid_on(work, [line_id for line_id, _ in left])
    made = ask(work, claim, after, crossed_over=False)
    if made is None:
        raise Refused(Finding("The next payer was asked already."))
    return made


def undecide(work: Work, claim_id: int) -> None:
    """A payer takes its decision back: what was asked of the next one because of it is not owed there."""
    back = select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))
    moved = work.session.scalars(
        select(Posting.id)
        .join(RemittanceClaim, RemittanceClaim.id == Posting.remittance_claim_id)
        .where(
            RemittanceClaim.claim_id == claim_id,
            Posting.kind == PostingKind.TRANSFER,
            Posting.reverses_id.is_(None),
            Posting.id.not_in(back),
        )
    ).all()
    if moved:
        reason = "The payer before took its decision back."
        journal.reverse_all(work, moved, kind=PostingKind.TRANSFER, reason=reason)


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


def _left_to_patient(work: Work, claim: Claim) -> list[tuple[int, int]]:
    """By line: what this payer moved to the patient and the patient owes or paid, nothing given up."""
    entry = JournalEntry
    moved = work.session.execute(
        select(ClaimLine.charge_line_id, func.sum(entry.amount_cents))
        .join(entry, entry.charge_line_id == ClaimLine.charge_line_id)
        .where(
            ClaimLine.claim_id == claim.id,
            entry.kind == EntryKind.TRANSFER,
            entry.responsible == Party.PATIENT,
            entry.payer_id == claim.payer_id,
        )
        .group_by(ClaimLine.charge_line_id, ClaimLine.place)
        .order_by(ClaimLine.place)
    ).all()
    lines = balances.lines_by_id(work, tuple(line_id for line_id, _ in moved))
    found = [
        (line_id, min(int(cents), lines[line_id].patient_cents + lines[line_id].patient_paid_cents))
        for line_id, cents in moved
    ]
    return [(line_id, cents) for line_id, cents in found if cents > 0]


def _open_with(work: Work, claim: Claim) -> list[tuple[int, int]]:
    return [(line_id, cents) for (_, line_id), cents in open_lines(work, [claim.id]).items() if cents > 0]
