"""Posts a balanced remittance: each claim's entries, reversals by their mirror, the rest to the payer."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimEvent, ClaimLine, ClaimState, EventKind
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.remittances import (
    ProviderAdjustment,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    Treatment,
)
from frontdesk.services import audit
from frontdesk.services.billing import (
    credits,
    journal,
    next_payer,
    provider_adjustments,
    remittance_rules,
)
from frontdesk.services.billing.claim_steps import event, move
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.remittance_entries import (
    OurLine,
    TheirAdjustment,
    TheirLine,
    entries,
    within,
)
from frontdesk.services.work import Work

_AT_ONCE = 400
_NOT_AN_ANSWER = (ClaimStatus.PREDETERMINATION, ClaimStatus.NOT_OURS_FORWARDED)
_STANDS = (ClaimState.CORRECTED, ClaimState.VOID, ClaimState.CLOSED)


def post(work: Work, remittance: Remittance, answers: Sequence[RemittanceClaim]) -> None:
    """Write everything a remittance comes to; the postings sum to the deposit."""
    for start in range(0, len(answers), _AT_ONCE):
        _Part(work, remittance, answers[start : start + _AT_ONCE]).post()
        work.step(min(start + _AT_ONCE, len(answers)), len(answers))
    _post_rest(work, remittance, answers)


def post_answers(work: Work, remittance: Remittance, answers: Sequence[RemittanceClaim]) -> None:
    """Some answers of a remittance that is posted, whose claims were found afterwards."""
    _Part(work, remittance, answers).post()


class _Part:
    """Some hundred claims of a remittance, read and written together."""

    def __init__(self, work: Work, remittance: Remittance, answers: Sequence[RemittanceClaim]) -> None:
        self._work = work
        self._remittance = remittance
        self._answers = [answer for answer in answers if answer.claim_id is not None]
        ids = [answer.id for answer in self._answers]
        claim_ids = {answer.claim_id for answer in self._answers}
        session = work.session
        self._claims = {row.id: row for row in session.scalars(select(Claim).where(Claim.id.in_(claim_ids)))}
        self._after = next_payer.next_of(work, list(self._claims.values()))
        self._ours: defaultdict[int, list[OurLine]] = defaultdict(list)
        self._accounts: set[int] = set()
        for claim_id, number, account_id, line_id, code, modifiers, cents in session.execute(
            select(
                ClaimLine.claim_id,
                ClaimLine.control_number,
                ChargeLine.account_id,
                ChargeLine.id,
                ChargeLine.code,
                ChargeLine.modifiers,
                ChargeLine.amount_cents,
            )
            .join(ChargeLine, ClaimLine.charge_line_id == ChargeLine.id)
            .where(ClaimLine.claim_id.in_(claim_ids))
            .order_by(ClaimLine.claim_id, ClaimLine.place)
        ):
            self._accounts.add(account_id)
            self._ours[claim_id].append(OurLine(line_id, code, modifiers, cents, number))
        self._theirs: defaultdict[int, list[TheirLine]] = defaultdict(list)
        told = RemittanceLine
        for answer_id, place, code, modifiers, charged, paid, number in session.execute(
            select(
                told.remittance_claim_id,
                told.place,
                told.code,
                told.modifiers,
                told.charge_cents,
                told.paid_cents,
                told.control_number,
            )
            .where(told.remittance_claim_id.in_(ids))
            .order_by(told.remittance_claim_id, told.place)
        ):
            self._theirs[answer_id].append(TheirLine(place, code, modifiers, charged, paid, number))
        self._reasons: defaultdict[int, list[TheirAdjustment]] = defaultdict(list)
        why = RemittanceAdjustment
        for answer_id, place, group, reason, cents, treatment in session.execute(
            select(
                why.remittance_claim_id,
                why.line,
                why.group_code,
                why.reason_code,
                why.amount_cents,
                why.treatment,
            )
            .where(why.remittance_claim_id.in_(ids))
            .order_by(why.id)
        ):
            self._reasons[answer_id].append(TheirAdjustment(place, group, reason, cents, treatment))

    def post(self) -> None:
        drafts: list[Draft] = []
        for answer in self._answers:
            self._work.concerns(self._claim(answer).patient_id)
            if answer.status == ClaimStatus.REVERSAL:
                # What it takes back may have been posted a moment ago, in this same remittance.
                journal.post_all(self._work, drafts)
                drafts = []
                self._reverse(answer)
            elif answer.status not in _NOT_AN_ANSWER and (draft := self._draft(answer)):
                drafts.append(draft)
        journal.post_all(self._work, drafts)
        self._settle()
        for account_id in _with_credit(self._work, self._accounts):
            credits.apply_held(self._work, account_id=account_id)

    def _claim(self, answer: RemittanceClaim) -> Claim:
        assert answer.claim_id is not None
        return self._claims[answer.claim_id]

    def _draft(self, answer: RemittanceClaim) -> Draft | None:
        claim = self._claim(answer)
        found = entries(
            self._ours[claim.id],
            self._theirs[answer.id],
            self._reasons[answer.id],
            answer.paid_cents,
            claim.payer_id,
            self._after[claim.id].payer_id if claim.id in self._after else None,
        )
        if claim.follows_id is not None:
            owed = next_payer.open_lines(self._work, [claim.id])
            found = within(found, {line: cents for (_, line), cents in owed.items()})
        if not found:
            return None
        return Draft(
            PostingKind.REMITTANCE,
            found,
            remittance_id=self._remittance.id,
            remittance_claim_id=answer.id,
        )

    def _reverse(self, answer: RemittanceClaim) -> None:
        claim = self._claim(answer)
        original = _posted_before(self._work, answer)
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
        for line in self._ours[claim.id]:
            credits.free_overpaid(self._work, charge_line_id=line.charge_line_id)

    def _settle(self) -> None:
        """Say of each claim where it stands after the last word on it."""
        still_open = _open_by_claim(self._work, set(self._claims))
        events: list[dict[str, Any]] = []  # Any: column values
        for claim_id, answers in _by_claim(self._answers).items():
            claim, last = self._claims[claim_id], answers[-1]
            claim.payer_control_number = last.payer_control_number or claim.payer_control_number
            events.append(event(self._work, claim, EventKind.REMITTED, _said(self._remittance, last)))
            if claim.state in _STANDS:
                continue
            reasons = [r for r in self._reasons[last.id] if r.treatment is Treatment.OPEN and r.cents > 0]
            if last.status in _NOT_AN_ANSWER:
                continue
            if last.status == ClaimStatus.REVERSAL:
                move(self._work, claim, ClaimState.ACCEPTED)
                next_payer.warn(self._work, claim)
            elif (last.status == ClaimStatus.DENIED and last.decided is None) or (
                reasons and last.paid_cents == 0
            ):
                move(self._work, claim, ClaimState.DENIED)
            elif still_open.get(claim_id, 0) > 0:
                move(self._work, claim, ClaimState.PART_PAID)
            else:
                move(self._work, claim, ClaimState.PAID)
            if claim.state in (ClaimState.PAID, ClaimState.PART_PAID):
                self._ask_next(claim, last)
            first = max(reasons, key=lambda reason: reason.cents, default=None)
            claim.problem_code = f"{first.group}-{first.reason}" if first else ""
            claim.problem = remittance_rules.meaning(first.reason) if first else ""
            claim.problem_count = len(reasons)
        if events:
            audit.insert_rows(self._work, ClaimEvent, events)

    def _ask_next(self, claim: Claim, last: RemittanceClaim) -> None:
        """What this payer leaves to the patient is asked of the payer after it."""
        after = self._after.get(claim.id)
        left = any(r.treatment is Treatment.PATIENT and r.cents > 0 for r in self._reasons[last.id])
        if after is not None and left:
            crossed_over = last.status in next_payer.CROSSED_OVER
            next_payer.ask(self._work, claim, after, crossed_over=crossed_over)


def _post_rest(work: Work, remittance: Remittance, answers: Sequence[RemittanceClaim]) -> None:
    """What belongs to no claim of ours goes to the payer's own account, each amount as a posting."""
    loose = [answer for answer in answers if answer.is_unapplied and answer.paid_cents]
    adjustments = [
        row
        for row in work.session.scalars(
            select(ProviderAdjustment)
            .where(ProviderAdjustment.remittance_id == remittance.id)
            .order_by(ProviderAdjustment.id)
        )
        if row.amount_cents
    ]
    if not loose and not adjustments:
        return
    payer_id = remittance.payer_id
    if payer_id is None:
        raise Refused(Finding(f"{remittance.payer_name} is none of your payers. Add it under Office first."))
    journal.post_all(work, [on_account(remittance, answer, payer_id) for answer in loose])
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


def on_account(remittance: Remittance, answer: RemittanceClaim, payer_id: int) -> Draft:
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


def _posted_before(work: Work, reversal: RemittanceClaim) -> int | None:
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


def _open_by_claim(work: Work, claim_ids: set[int]) -> dict[int, int]:
    """What its payer still owes on each claim, in cents."""
    found: dict[int, int] = {}
    for (claim_id, _), cents in next_payer.open_lines(work, sorted(claim_ids)).items():
        found[claim_id] = found.get(claim_id, 0) + cents
    return found


def _by_claim(answers: Sequence[RemittanceClaim]) -> dict[int, list[RemittanceClaim]]:
    grouped: dict[int, list[RemittanceClaim]] = {}
    for answer in answers:
        if answer.claim_id is not None:
            grouped.setdefault(answer.claim_id, []).append(answer)
    return grouped


def _said(remittance: Remittance, answer: RemittanceClaim) -> str:
    if answer.status == ClaimStatus.REVERSAL:
        return f"{remittance.name}: {dollars(-answer.paid_cents)} taken back"
    if answer.status == ClaimStatus.DENIED:
        return f"{remittance.name}: denied"
    return f"{remittance.name}: {dollars(answer.paid_cents)} paid"
