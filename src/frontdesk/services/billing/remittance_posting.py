"""Posts a balanced remittance: each claim's entries, reversals by their mirror, the rest to the payer."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.claims import Claim, ClaimEvent, ClaimState, EventKind
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.remittances import ProviderAdjustment, Remittance, RemittanceClaim, Treatment
from frontdesk.services import audit
from frontdesk.services.audit import Update
from frontdesk.services.billing import (
    credits,
    journal,
    moved_debts,
    next_payer,
    provider_adjustments,
    remittance_chunk,
    remittance_review,
    remittance_rules,
)
from frontdesk.services.billing.claim_steps import event
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.remittance_chunk import Answer, Chunk, OurClaim
from frontdesk.services.billing.remittance_entries import entries, within
from frontdesk.services.work import Work

_STANDS = (ClaimState.CORRECTED, ClaimState.VOID, ClaimState.CLOSED)


def post(work: Work, remittance: Remittance) -> None:
    """Write everything a remittance comes to; the postings sum to the deposit."""
    for some in remittance_chunk.answers_of(work, remittance.id):
        _Part(work, remittance, some).post()
        work.step(some[-1].place, remittance.claims)
    _post_rest(work, remittance)


def post_answers(work: Work, remittance: Remittance, answers: Sequence[RemittanceClaim]) -> None:
    """Some answers of a remittance that is posted, whose claims were found afterwards."""
    _Part(work, remittance, remittance_chunk.answers_named(work, [answer.id for answer in answers])).post()


class _Part:
    """Some hundred claims of a remittance, read and written together."""

    def __init__(self, work: Work, remittance: Remittance, answers: Sequence[Answer]) -> None:
        self._work = work
        self._remittance = remittance
        self._told = Chunk(work, answers)

    def post(self) -> None:
        work, told = self._work, self._told
        work.concerns(*(claim.patient_id for claim in told.claims.values()))
        drafts: dict[int, Draft] = {}
        for answer in told.answers:
            claim_id = told.claim_of(answer).id
            if answer.status == ClaimStatus.REVERSAL or claim_id in drafts:
                # What it takes back, or answers once more, may have been decided in this same remittance.
                journal.post_all(work, list(drafts.values()))
                drafts = {}
                told.ledger_changed()
            if answer.status == ClaimStatus.REVERSAL:
                self._reverse(answer)
                told.ledger_changed()
            elif not _is_no_decision(answer) and (draft := self._draft(answer)):
                drafts[claim_id] = draft
        journal.post_all(work, list(drafts.values()))
        self._settle()
        moved_debts.bring_back(
            work, [line.charge_line_id for claim_id in told.claims for line in told.ours[claim_id]]
        )
        remittance_review.look_again(work, self._remittance.id, told.claims)
        for account_id in _with_credit(work, told.accounts):
            credits.apply_held(work, account_id=account_id)

    def _draft(self, answer: Answer) -> Draft | None:
        told, claim = self._told, self._told.claim_of(answer)
        after = told.after.get(claim.id)
        found = entries(
            told.ours[claim.id],
            told.theirs[answer.id],
            told.reasons[answer.id],
            answer.paid_cents,
            claim.payer_id,
            after.payer_id if after is not None else None,
        )
        if told.is_answered(claim):
            found = within(found, told.owed_on(claim))
        if not found:
            return None
        return Draft(
            PostingKind.REMITTANCE,
            found,
            remittance_id=self._remittance.id,
            remittance_claim_id=answer.id,
        )

    def _reverse(self, answer: Answer) -> None:
        claim = self._told.claim_of(answer)
        next_payer.undecide(self._work, claim.id)
        original = _posted_before(self._work, answer)
        if original is None and not answer.paid_cents:
            return  # a denial moved nothing, and nothing is left to move back
        if original is None:
            raise Refused(
                Finding(
                    f"The payer takes back {dollars(-answer.paid_cents)} on claim {claim.number}, "
                    "but no such payment was posted here. Keep it on the payer's account, or post the "
                    "first remittance before this one."
                )
            )
        journal.reverse(
            self._work,
            posting_id=original,
            kind=PostingKind.REMITTANCE_REVERSAL,
            reason=f"Taken back by {self._remittance.payer_name}",
            remittance_id=self._remittance.id,
            remittance_claim_id=answer.id,
        )
        for line in self._told.ours[claim.id]:
            credits.free_overpaid(self._work, charge_line_id=line.charge_line_id)

    def _settle(self) -> None:
        """Say of each claim where it stands after the last word on it."""
        work, told = self._work, self._told
        still_open = _open_by_claim(work, told.claims)
        events: list[dict[str, Any]] = []  # Any: column values
        moves: list[Update] = []
        asked: dict[int, Answer] = {}
        taken_back: list[int] = []
        last_words = {told.claim_of(answer).id: answer for answer in told.answers}
        for claim_id, last in last_words.items():
            claim = told.claims[claim_id]
            events.append(event(work, claim_id, EventKind.REMITTED, _said(self._remittance, last)))
            standing = self._standing(claim, last, still_open.get(claim_id, 0))
            if standing != _Standing.of(claim):
                moves.append(_move(work, claim, standing))
            if claim.state in _STANDS or _is_no_decision(last):
                continue
            if last.status == ClaimStatus.REVERSAL:
                taken_back.append(claim_id)
            elif standing.state in (ClaimState.PAID, ClaimState.PART_PAID) and self._leaves(last):
                asked[claim_id] = last
        audit.insert_rows(work, ClaimEvent, events)
        audit.update_rows(work, Claim, moves)
        self._ask_next(asked, taken_back)

    def _standing(self, claim: OurClaim, last: Answer, open_cents: int) -> "_Standing":
        number = last.payer_control_number or claim.payer_control_number
        if claim.state in _STANDS or _is_no_decision(last):
            return _Standing.of(claim)._replace(payer_control_number=number)
        reasons = [r for r in self._told.reasons[last.id] if r.treatment is Treatment.OPEN and r.cents > 0]
        if last.status == ClaimStatus.REVERSAL:
            state = ClaimState.ACCEPTED
        elif (last.status == ClaimStatus.DENIED and last.decided is None) or (
            reasons and last.paid_cents == 0
        ):
            state = ClaimState.DENIED
        else:
            state = ClaimState.PART_PAID if open_cents > 0 else ClaimState.PAID
        first = max(reasons, key=lambda reason: reason.cents, default=None)
        return _Standing(
            state,
            number,
            f"{first.group}-{first.reason}" if first else "",
            remittance_rules.meaning(first.reason) if first else "",
            len(reasons),
        )

    def _leaves(self, last: Answer) -> bool:
        """Whether this payer leaves something to the patient, and another one comes before them."""
        if last.claim_id not in self._told.after:
            return False
        return any(r.treatment is Treatment.PATIENT and r.cents > 0 for r in self._told.reasons[last.id])

    def _ask_next(self, asked: dict[int, Answer], taken_back: Sequence[int]) -> None:
        """What this payer leaves to the patient is asked of the next one, who hears too of what it undoes."""
        work = self._work
        next_payer.warn(work, *_claims(work, taken_back))
        for claim in _claims(work, tuple(asked)):
            last = asked[claim.id]
            next_payer.ask(
                work,
                claim,
                self._told.after[claim.id],
                crossed_over=next_payer.is_crossed_over(last.status, last.remarks, last.forwarded_to),
                forwarded_to=last.forwarded_to,
            )


class _Standing(NamedTuple):
    """What an answer changes of a claim."""

    state: ClaimState
    payer_control_number: str
    problem_code: str
    problem: str
    problem_count: int

    @classmethod
    def of(cls, claim: OurClaim) -> "_Standing":
        return cls(*(getattr(claim, name) for name in cls._fields))


def _move(work: Work, claim: OurClaim, standing: _Standing) -> Update:
    since = claim.state_since_at if standing.state is claim.state else work.now
    return Update(
        claim.id,
        claim.version,
        _Standing.of(claim)._asdict() | {"state_since_at": claim.state_since_at},
        standing._asdict() | {"state_since_at": since},
    )


def _claims(work: Work, ids: Sequence[int]) -> Sequence[Claim]:
    """To be worked on one by one, in this order."""
    if not ids:
        return ()
    found = {claim.id: claim for claim in work.session.scalars(select(Claim).where(Claim.id.in_(ids)))}
    return [found[id] for id in ids]


def _post_rest(work: Work, remittance: Remittance) -> None:
    """What belongs to no claim of ours goes to the payer's own account, each amount as a posting."""
    for some in remittance_chunk.unapplied_of(work, remittance.id):
        payer_id = _payer_of(remittance)
        journal.post_all(work, [on_account(remittance, answer, payer_id) for answer in some])
    adjustments = [
        row
        for row in work.session.scalars(
            select(ProviderAdjustment)
            .where(ProviderAdjustment.remittance_id == remittance.id)
            .order_by(ProviderAdjustment.id)
        )
        if row.amount_cents
    ]
    if not adjustments:
        return
    payer_id = _payer_of(remittance)
    made = journal.post_all(
        work,
        [
            Draft(
                PostingKind.REMITTANCE,
                provider_adjustments.entries(row.reason, row.amount_cents, payer_id),
                reason=provider_adjustments.in_words(row.reason, row.reference),
                remittance_id=remittance.id,
            )
            for row in adjustments
        ],
    )
    for row, posting_id in zip(adjustments, made, strict=True):
        row.posting_id = posting_id


def _payer_of(remittance: Remittance) -> int:
    if remittance.payer_id is None:
        raise Refused(Finding(f"{remittance.payer_name} is none of your payers. Add it under Office first."))
    return remittance.payer_id


def on_account(remittance: Remittance, answer: RemittanceClaim | Answer, payer_id: int) -> Draft:
    """Money for a claim that nobody knows yet."""
    return Draft(
        PostingKind.REMITTANCE,
        (Entry(EntryKind.UNAPPLIED, -answer.paid_cents, Party.PAYER, payer_id=payer_id),),
        reason=f"No claim: {answer.claim_number}",
        remittance_id=remittance.id,
        remittance_claim_id=answer.id,
    )


def standing_of(work: Work, remittance_claim_id: int) -> list[int]:
    """The postings by which an answer stands in the ledger: neither reversals nor reversed."""
    back = select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))
    found = work.session.scalars(
        select(Posting.id)
        .where(
            Posting.remittance_claim_id == remittance_claim_id,
            Posting.reverses_id.is_(None),
            Posting.id.not_in(back),
        )
        .order_by(Posting.id)
    )
    return list(found)


def _posted_before(work: Work, reversal: Answer) -> int | None:
    """The standing posting that a reversal takes back: of this claim, to the cent."""
    back = select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))
    first = RemittanceClaim
    found = work.session.execute(
        select(Posting.id, first.payer_control_number)
        .join(first, Posting.remittance_claim_id == first.id)
        .where(
            first.claim_id == reversal.claim_id,
            first.charge_cents == -reversal.charge_cents,
            first.paid_cents == -reversal.paid_cents,
            first.status != ClaimStatus.REVERSAL,
            Posting.kind == PostingKind.REMITTANCE,
            Posting.id.not_in(back),
        )
        .order_by(Posting.id.desc())
    ).all()
    same = [id for id, number in found if number == reversal.payer_control_number]
    return same[0] if same else found[0][0] if found else None


def _with_credit(work: Work, account_ids: set[int]) -> list[int]:
    """Accounts that hold money for visits, which may now go on what was left to the patient."""
    entry = JournalEntry
    return list(
        work.session.scalars(
            select(entry.account_id)
            .where(entry.account_id.in_(account_ids), entry.charge_line_id.is_(None))
            .group_by(entry.account_id)
            .having(func.sum(entry.amount_cents) < 0)
            .order_by(entry.account_id)
        )
    )


def _open_by_claim(work: Work, claims: Mapping[int, OurClaim]) -> dict[int, int]:
    """What its payer still owes on each claim, in cents."""
    found: dict[int, int] = {}
    for (claim_id, _), cents in next_payer.open_lines(work, sorted(claims)).items():
        found[claim_id] = found.get(claim_id, 0) + cents
    return found


def _is_no_decision(answer: Answer) -> bool:
    """Nothing of it goes into the ledger; money that comes with it all the same does."""
    return answer.status in remittance_rules.NO_DECISION and not answer.paid_cents


def _said(remittance: Remittance, answer: Answer) -> str:
    if _is_no_decision(answer):
        return f"{remittance.name}: {remittance_rules.NO_DECISION[answer.status]}"
    if answer.status == ClaimStatus.REVERSAL:
        return f"{remittance.name}: {dollars(-answer.paid_cents)} taken back"
    if answer.status == ClaimStatus.DENIED:
        return f"{remittance.name}: denied"
    return f"{remittance.name}: {dollars(answer.paid_cents)} paid"
