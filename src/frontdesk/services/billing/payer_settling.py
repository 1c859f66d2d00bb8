"""Settling what stands on a payer's account: by its claim, as income, or by a correction with a reason."""

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.billing.journal import EntryKind, Party, PostingKind
from frontdesk.models.billing.payer_settlement import PayerSettlement
from frontdesk.models.billing.remittances import MatchBasis, Remittance, RemittanceClaim, RemittanceState
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import journal, next_payer, payer_accounts, remittance_posting
from frontdesk.services.billing.claim_steps import EDITABLE, claim_of, move, only_from, record
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.spreading import spread
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_payer_settlement", "What was settled stays on record. Take it back instead.")
says("uq_payer_settlement_posting_id", "This was settled at another desk a moment ago.")


@command(
    "Match unapplied payment",
    permission="billing.remittances",
    undo=irreversible("The ledger keeps every entry. Take an answer off a wrong claim instead."),
)
def match_later(work: Work, *, remittance_claim_id: int, claim_id: int, version: int | None = None) -> None:
    """Money that was posted without a claim has found it: it leaves the payer's account for the claim."""
    answer = work.get(RemittanceClaim, remittance_claim_id, version)
    remittance = work.get(Remittance, answer.remittance_id)
    claim = claim_of(work, claim_id)
    if remittance.state is not RemittanceState.POSTED or not answer.is_unapplied:
        raise Refused(Finding("This money is not on the payer's account. Look at the remittance again."))
    if claim.state in EDITABLE:
        only_from(claim, (), "The payer cannot have answered it.")
    if claim.payer_id != remittance.payer_id:
        raise Refused(
            Finding(
                f"Claim {claim.number} went to another payer than {remittance.payer_name}. Choose another."
            )
        )
    for posting_id in remittance_posting.standing_of(work, answer.id):
        journal.reverse(
            work,
            posting_id=posting_id,
            kind=PostingKind.REMITTANCE_REVERSAL,
            reason=f"Found its claim: {claim.number}",
            remittance_id=remittance.id,
            remittance_claim_id=answer.id,
        )
    answer.claim_id, answer.basis, answer.is_unapplied = claim.id, MatchBasis.PERSON, False
    answer.match_note = f"Matched to {claim.number} by {work.actor.name}, after posting."
    work.flush()
    remittance_posting.post_answers(work, remittance, (answer,))


def _put(done: Performed) -> Undo:
    return Undo(take_settlement_back, posting_id=done.result)


@command("Put payer's money on claim", permission="billing.remittances", undo=_put)
def put_on_claim(work: Work, *, posting_id: int, claim_id: int, reason: str) -> int:
    """What is open of a matter on the payer's account belongs to a claim: it moves to the claim's lines.

    Money taken back makes the claim owed again; money added pays what is open on it.
    """
    payer_id, cents = _open(work, posting_id, reason)
    claim = claim_of(work, claim_id)
    if claim.payer_id != payer_id:
        payer = work.get(Payer, payer_id)
        raise Refused(
            Finding(f"Claim {claim.number} went to another payer than {payer.name}. Choose another.")
        )
    only_from(
        claim,
        (ClaimState.PAID, ClaimState.PART_PAID, ClaimState.DENIED, ClaimState.APPEALED),
        "Only a claim that the payer decided can take this.",
    )
    rows = work.session.execute(
        select(ChargeLine.id, ChargeLine.amount_cents)
        .join(ClaimLine, ClaimLine.charge_line_id == ChargeLine.id)
        .where(ClaimLine.claim_id == claim.id)
        .order_by(ClaimLine.place)
    ).all()
    owed = next_payer.open_lines(work, [claim.id])
    room = [fee if cents > 0 else max(0, owed.get((claim.id, line), 0)) for line, fee in rows]
    if abs(cents) > sum(room):
        raise Refused(
            Finding(
                f"Claim {claim.number} can take {dollars(sum(room))} at most; {dollars(abs(cents))} is open."
            )
        )
    sign = 1 if cents > 0 else -1
    shares = spread(abs(cents), room)
    entries = [
        Entry(EntryKind.CORRECTION, sign * share, Party.PAYER, charge_line_id=line, payer_id=payer_id)
        for (line, _), share in zip(rows, shares, strict=True)
        if share
    ]
    way = "taken back" if cents > 0 else "added"
    said = f"{dollars(abs(cents))} {way} apart from the claim: {reason.strip()}"
    made = _settle(work, posting_id, payer_id, cents, entries, reason, claim)
    record(work, claim, EventKind.NOTE, said)
    _stand(work, claim)
    return made


@command("Settle payer's account", permission="billing.remittances", undo=_put)
def write_off(work: Work, *, posting_id: int, reason: str) -> int:
    """What is open of a matter belongs to no claim: it leaves the account by a correction with a reason."""
    payer_id, cents = _open(work, posting_id, reason)
    return _settle(work, posting_id, payer_id, cents, [], reason, None)


@command("Take payer's money as income", permission="billing.remittances", undo=_put)
def take_as_income(work: Work, *, posting_id: int, reason: str) -> int:
    """Money that a payer paid on no visit, such as a capitation: it is the office's, on its own line."""
    payer_id, cents = _open(work, posting_id, reason)
    if cents > 0:
        raise Refused(Finding("The payer keeps this money back: it is no income. Settle it without a claim."))
    return _settle(work, posting_id, payer_id, cents, [], reason, None, away=EntryKind.INCOME)


@command(
    "Take settlement back",
    permission="billing.remittances",
    undo=irreversible("Settle it again; the ledger keeps both."),
)
def take_settlement_back(work: Work, *, posting_id: int) -> None:
    """What was settled is open on the payer's account again."""
    row = work.session.scalar(select(PayerSettlement).where(PayerSettlement.posting_id == posting_id))
    if row is None:
        raise Refused(Finding("This is no settlement of a payer's account."))
    made = journal.reverse(
        work, posting_id=posting_id, kind=PostingKind.CORRECTION, reason="Settlement taken back"
    )
    work.add(PayerSettlement(posting_id=made, settles_id=row.settles_id, claim_id=row.claim_id))
    if row.claim_id is not None:
        claim = claim_of(work, row.claim_id)
        record(work, claim, EventKind.NOTE, "What was put on it from the payer's account was taken back")
        _stand(work, claim)


def _open(work: Work, posting_id: int, reason: str) -> tuple[int, int]:
    """The payer and what is open of the matter; raises Refused where nothing is."""
    refuse_if_any([] if reason.strip() else [Finding("Say what it is for.", "reason")])
    payer_id = payer_accounts.payer_of(work, posting_id)
    cents = payer_accounts.open_of(work, payer_id, posting_id) if payer_id is not None else None
    if payer_id is None or not cents:
        raise Refused(Finding("Nothing of this is open on the payer's account. Look at it again."))
    return payer_id, cents


def _settle(
    work: Work,
    settles_id: int,
    payer_id: int,
    cents: int,
    entries: list[Entry],
    reason: str,
    claim: Claim | None,
    *,
    away: EntryKind = EntryKind.CORRECTION,
) -> int:
    kind = EntryKind.UNAPPLIED if claim is not None else away
    leaving = Entry(kind, -cents, Party.PAYER, payer_id=payer_id)
    made = journal.post(work, Draft(PostingKind.CORRECTION, (*entries, leaving), reason=reason))
    work.add(
        PayerSettlement(
            posting_id=made, settles_id=settles_id, claim_id=claim.id if claim is not None else None
        )
    )
    return made


def _stand(work: Work, claim: Claim) -> None:
    """A paid claim of which something is open again is paid in part; and the other way round."""
    still_open = sum(next_payer.open_lines(work, [claim.id]).values())
    if claim.state in (ClaimState.PAID, ClaimState.PART_PAID):
        move(work, claim, ClaimState.PART_PAID if still_open > 0 else ClaimState.PAID)
