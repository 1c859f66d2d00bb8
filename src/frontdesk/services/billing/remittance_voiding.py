"""A remittance that should not have been posted: all that it did is reversed, and it waits once more."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.payer_settlement import PayerSettlement
from frontdesk.models.billing.refund import Refund, RefundState
from frontdesk.models.billing.remittances import (
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceState,
)
from frontdesk.services.billing import journal, remittance_chunk, remittance_review, taking_off
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a void will do, in cents; each as it was posted, and goes back."""

    name: str
    claims: int
    """Whose decisions are taken off them."""
    payments_cents: int
    written_off_cents: int
    to_patients_cents: int
    on_account_cents: int
    """Of the payer's own account: money without a claim, and what came apart from the claims."""
    reinstated: int
    """Payments of earlier remittances that this one took back; they stand again."""
    taken_off: int
    """Answers that were taken off their claim before; nothing of that is done again."""
    why_not: str
    """What stands in the way; empty when nothing does."""


@query(permission="billing.view")
def outlook(work: Work, *, remittance_id: int) -> Outlook:
    """What `void` would do to the ledger now."""
    remittance = work.get(Remittance, remittance_id)
    entry, standing = JournalEntry, _standing(remittance_id)
    sums: dict[tuple[EntryKind, Party, bool], int] = {
        (kind, party, is_on_line): int(cents)
        for kind, party, is_on_line, cents in work.session.execute(
            select(
                entry.kind, entry.responsible, entry.charge_line_id.is_not(None), func.sum(entry.amount_cents)
            )
            .where(entry.posting_id.in_(standing))
            .group_by(entry.kind, entry.responsible, entry.charge_line_id.is_not(None))
        )
    }
    written_off = (EntryKind.CONTRACTUAL, EntryKind.WRITE_OFF)
    answer = RemittanceClaim
    mine = select(Posting.remittance_claim_id).where(
        Posting.remittance_id == remittance_id, Posting.reverses_id.is_not(None)
    )
    claims, taken_off = work.session.execute(
        select(
            func.count(answer.claim_id.distinct()),
            func.count().filter(answer.id.in_(mine), answer.status != ClaimStatus.REVERSAL),
        ).where(answer.remittance_id == remittance_id)
    ).one()
    return Outlook(
        name=remittance.name,
        claims=claims,
        payments_cents=-sum(
            cents
            for (kind, _, is_on_line), cents in sums.items()
            if is_on_line and kind in (EntryKind.PAYMENT, EntryKind.CORRECTION)
        ),
        written_off_cents=-sum(cents for (kind, _, _), cents in sums.items() if kind in written_off),
        to_patients_cents=sums.get((EntryKind.TRANSFER, Party.PATIENT, True), 0),
        on_account_cents=-sum(cents for (_, _, is_on_line), cents in sums.items() if not is_on_line),
        reinstated=len(_taken_back(work, remittance_id)),
        taken_off=taken_off,
        why_not=next(_why_not(work, remittance), ""),
    )


@command(
    "Void posted remittance",
    permission="billing.void_remittance",
    undo=irreversible("The ledger keeps every entry. Post the remittance again."),
)
def void(work: Work, *, remittance_id: int, reason: str, version: int | None = None) -> None:
    """Reverse everything that a remittance did, today, all or nothing; then it waits as before it was posted.

    What it took back of earlier remittances stands again. Raises Refused where later acts rest on it.
    """
    remittance = work.get(Remittance, remittance_id, version)
    refuse_if_any(
        [
            *([] if reason.strip() else [Finding("Say why it is voided.", "reason")]),
            *(Finding(words) for words in _why_not(work, remittance)),
        ]
    )
    because = f"Void of {remittance.name}: {reason.strip()}"
    standing, taken_back = _standing(remittance_id), _taken_back(work, remittance_id)
    for adjustment in work.session.scalars(
        select(ProviderAdjustment).where(ProviderAdjustment.remittance_id == remittance_id)
    ):
        adjustment.posting_id = None
    remittance.state, remittance.posted_at = RemittanceState.OPEN, None
    apart = work.session.scalars(standing.where(Posting.remittance_claim_id.is_(None))).all()
    journal.reverse_all(work, apart, kind=PostingKind.REMITTANCE_REVERSAL, reason=because)
    for some in remittance_chunk.rows_of(work, remittance_id):
        _reinstate(work, [taken_back[answer.id] for answer in some if answer.id in taken_back], because)
        posted = standing.where(Posting.remittance_claim_id.in_([answer.id for answer in some]))
        _take_off(work, some, work.session.scalars(posted).all(), because)
        work.step(some[-1].place, remittance.claims)


def _take_off(work: Work, answers: Sequence[RemittanceClaim], standing: Sequence[int], because: str) -> None:
    numbers: defaultdict[int, set[str]] = defaultdict(set)
    for answer in answers:
        if answer.claim_id is not None:
            numbers[answer.claim_id].add(answer.payer_control_number)
    claims = work.session.scalars(select(Claim).where(Claim.id.in_(numbers)).order_by(Claim.id)).all()
    work.concerns(*(claim.patient_id for claim in claims))
    taking_off.reverse(work, claims, standing, because=because, said=because)
    taking_off.stand_without(work, {claim: numbers[claim.id] for claim in claims})
    if answers:
        remittance_review.look_again(work, answers[0].remittance_id, numbers)


def _reinstate(work: Work, reversals: Sequence[int], because: str) -> None:
    """Post once more what this remittance took back of earlier ones: a mirror is never mirrored."""
    first = aliased(Posting)
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    whose: dict[int, Posting] = {}
    for posting, entry in work.session.execute(
        select(first, JournalEntry)
        .join(Posting, Posting.reverses_id == first.id)
        .join(JournalEntry, JournalEntry.posting_id == first.id)
        .where(Posting.id.in_(reversals))
        .order_by(first.id, JournalEntry.id)
    ):
        whose[posting.id] = posting
        entries[posting.id].append(
            Entry(
                entry.kind,
                entry.amount_cents,
                entry.responsible,
                charge_line_id=entry.charge_line_id,
                account_id=entry.account_id,
                patient_id=entry.patient_id,
                payer_id=entry.payer_id,
                appointment_id=entry.appointment_id,
                group_code=entry.group_code,
                reason_code=entry.reason_code,
                aged_from_on=entry.aged_from_on,
            )
        )
    journal.post_all(
        work,
        [
            Draft(
                PostingKind.REMITTANCE,
                tuple(entries[id]),
                reason=because,
                remittance_id=posting.remittance_id,
                remittance_claim_id=posting.remittance_claim_id,
            )
            for id, posting in whose.items()
        ],
    )


def _standing(remittance_id: int) -> Select[int]:
    """The postings by which a remittance stands in the ledger: neither reversals nor reversed."""
    back = aliased(Posting)
    return select(Posting.id).where(
        Posting.remittance_id == remittance_id,
        Posting.reverses_id.is_(None),
        ~exists().where(back.reverses_id == Posting.id),
    )


def _taken_back(work: Work, remittance_id: int) -> dict[int, int]:
    """By answer that takes a payment of another remittance back: its newest reversal."""
    first = aliased(Posting)
    found = work.session.execute(
        select(Posting.remittance_claim_id, Posting.id, first.remittance_id)
        .join(first, first.id == Posting.reverses_id)
        .join(RemittanceClaim, RemittanceClaim.id == Posting.remittance_claim_id)
        .where(
            Posting.remittance_id == remittance_id,
            RemittanceClaim.status == ClaimStatus.REVERSAL,
            RemittanceClaim.claim_id.is_not(None),
        )
        .order_by(Posting.id)
    )
    newest = {answer_id: (posting_id, of) for answer_id, posting_id, of in found if answer_id is not None}
    return {answer_id: id for answer_id, (id, of) in newest.items() if of != remittance_id}


def _why_not(work: Work, remittance: Remittance) -> Iterator[str]:
    if remittance.state is not RemittanceState.POSTED:
        yield f"{remittance.name} is not posted. There is nothing to void."
        return
    if later := _taken_back_later(work, remittance):
        yield f"{later} took back what it had paid. Void {later} first."
    if _is_settled(work, remittance):
        yield (
            f"What {remittance.name} left on the payer's account was settled since. "
            "Take the settlement back first."
        )
    refunded = _refunded(work, remittance)
    if refunded:
        yield f"{dollars(refunded)} was refunded since for what it decided. Void the refund first."


def _taken_back_later(work: Work, remittance: Remittance) -> str | None:
    """The last remittance that took a payment of this one back, and did not give it again."""
    first, later = aliased(Posting), aliased(Remittance)
    standing = set(
        work.session.scalars(
            select(Posting.remittance_claim_id).where(Posting.id.in_(_standing(remittance.id)))
        )
    )
    found = work.session.execute(
        select(first.remittance_claim_id, later.name)
        .join(Posting, Posting.reverses_id == first.id)
        .join(later, later.id == Posting.remittance_id)
        .where(
            first.remittance_id == remittance.id,
            later.id != remittance.id,
            later.state == RemittanceState.POSTED,
        )
        .order_by(Posting.id)
    )
    names = [name for answer_id, name in found if answer_id not in standing]
    return names[-1] if names else None


def _is_settled(work: Work, remittance: Remittance) -> bool:
    back = aliased(Posting)
    found = work.session.scalar(
        select(PayerSettlement.id)
        .join(Posting, Posting.id == PayerSettlement.posting_id)
        .where(
            PayerSettlement.settles_id.in_(_standing(remittance.id)),
            Posting.reverses_id.is_(None),
            ~exists().where(back.reverses_id == Posting.id),
        )
        .limit(1)
    )
    return found is not None


def _refunded(work: Work, remittance: Remittance) -> int:
    """What went back since the posting: of the visits' money to patients, of its own money to the payer."""
    answer = RemittanceClaim
    mine = select(answer.claim_id).where(answer.remittance_id == remittance.id, answer.claim_id.is_not(None))
    lines = select(ClaimLine.charge_line_id).where(ClaimLine.claim_id.in_(mine))
    visits = select(ChargeLine.appointment_id).where(
        ChargeLine.id.in_(lines), ChargeLine.appointment_id.is_not(None)
    )
    entry, standing = JournalEntry, _standing(remittance.id).subquery()
    of_visit = exists().where(
        entry.posting_id == Refund.posting_id,
        entry.kind == EntryKind.REFUND,
        entry.responsible == Party.PATIENT,
        entry.appointment_id.in_(visits),
    )
    on_account = entry.account_id.is_(None) & entry.posting_id.in_(select(standing.c.id))
    of_account = (
        Refund.charge_line_id.is_(None)
        & (Refund.payer_id == remittance.payer_id)
        & exists().where(on_account)
    )
    found = work.session.scalar(
        select(func.sum(Refund.amount_cents)).where(
            Refund.state == RefundState.PAID,
            Refund.posting_id > select(func.min(standing.c.id)).scalar_subquery(),
            or_(Refund.charge_line_id.in_(lines), of_visit, of_account),
        )
    )
    return int(found or 0)
