"""What the remittance page shows: the deposit equation, the claims, what to review, one claim's lines."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import counted
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import MatchBasis as MatchBasis
from frontdesk.models.billing.remittances import (
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
)
from frontdesk.models.billing.remittances import RemittanceState as RemittanceState
from frontdesk.models.billing.remittances import Treatment as Treatment
from frontdesk.models.billing.remittances import Verdict as Verdict
from frontdesk.services.billing import (
    answer_pages,
    remittance_doubts,
    remittance_intake,
    remittance_match,
    remittances,
)
from frontdesk.services.billing.answer_pages import AnswerOrder as AnswerOrder
from frontdesk.services.billing.answer_pages import AnswerPage as AnswerPage
from frontdesk.services.billing.answer_pages import PageWish as PageWish
from frontdesk.services.billing.refunds import RefundDraft
from frontdesk.services.billing.remittance_deposit import Deposit as Deposit
from frontdesk.services.billing.remittance_deposit import DepositPart as DepositPart
from frontdesk.services.billing.remittance_deposit import deposit_parts
from frontdesk.services.billing.remittance_doubts import Doubt
from frontdesk.services.billing.remittance_findings import Found, found_of
from frontdesk.services.billing.remittance_findings import Verb as Verb
from frontdesk.services.billing.remittance_lines import LineRow as LineRow
from frontdesk.services.billing.remittance_lines import ToldAmount as ToldAmount
from frontdesk.services.billing.remittance_lines import amounts_of, lines_of, meanings_of
from frontdesk.services.billing.remittance_match import Answer, Detail
from frontdesk.services.billing.remittance_totals import AnswerState as AnswerState
from frontdesk.services.billing.remittance_totals import Sums, state_of, totals_of
from frontdesk.services.command import query
from frontdesk.services.work import Work

FIRST_PAGE = PageWish()


@dataclass(frozen=True, slots=True)
class RemittanceRow:
    """A remittance in the list."""

    id: int
    version: int
    name: str
    payer: str
    trace: str
    state: RemittanceState
    held_reason: str
    paid_on: date
    received_at: datetime
    paid_cents: int
    claims: int
    unmatched: int
    banked_on: date
    """The day its money is due at the bank."""
    is_paper: bool = False
    document_id: int | None = None
    """The scan of a paper."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One claim of a remittance in the table."""

    id: int
    version: int
    place: int
    state: AnswerState
    claim_id: int | None
    claim_number: str
    """Ours where it is matched, else what the payer sent."""
    patient: str
    served_on: date | None
    charge_cents: int
    contract_cents: int
    patient_cents: int
    other_cents: int
    paid_cents: int
    review: str
    open_cents: int = 0
    """What no rule settles: it stays open unless a person decides."""
    decided: Verdict | None = None
    verbs: tuple[Verb, ...] = ()
    """What its finding calls for."""
    is_posted: bool = False
    is_settled: bool = False
    """What is to be reviewed was decided, or its refund asked for."""
    refund: RefundDraft | None = None
    """What the patient paid too much, where it can be asked for."""
    refund_id: int | None = None


@dataclass(frozen=True, slots=True)
class WhenPosted:
    """What posting will do to the ledger."""

    payments_cents: int
    contract_cents: int
    moved_to_patients_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True)
class RemittanceSheet:
    """One remittance, whole."""

    row: RemittanceRow
    heading: str
    deposit: Deposit
    page: AnswerPage
    """Which answers these are among all."""
    answers: tuple[AnswerRow, ...]
    total: AnswerRow
    """The sums of the columns, over all claims."""
    matched: int
    """Claims that need nobody."""
    to_review: int
    """Claims that a person has not decided on yet."""
    when_posted: WhenPosted
    payer_id: int | None
    why_not: str
    """What stands in the way of posting; empty when nothing does."""
    doubt: Doubt
    """For which it is held, though its sums hold: a person may say why it is right."""


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A claim that the payer may mean, with what speaks for and against it."""

    claim_id: int
    number: str
    patient: str
    fits: int
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class AnswerDetail:
    """One claim of a remittance in the panel."""

    row: AnswerRow
    sent_number: str
    payer_id: int | None
    basis: MatchBasis
    match_note: str
    lines: tuple[LineRow, ...]
    meanings: tuple[tuple[str, str], ...]
    """Each code on it with our words for it."""
    amounts: tuple[ToldAmount, ...]
    """What the payer says besides of the claim as a whole."""
    candidates: tuple[CandidateRow, ...]

    @property
    def charge_cents(self) -> int:
        """Billed on its lines; what the payer says of the whole claim where it answers without lines."""
        return sum(line.charge_cents for line in self.lines if line.place) or self.row.charge_cents

    @property
    def adjusted_cents(self) -> int:
        return sum(line.adjusted_cents for line in self.lines)


@query(permission="billing.view")
def remittances_in(
    work: Work,
    *,
    states: tuple[RemittanceState, ...] = (RemittanceState.OPEN, RemittanceState.HELD),
    limit: int = 100,
) -> tuple[RemittanceRow, ...]:
    """Remittances, the one received last first."""
    found = work.session.scalars(
        select(Remittance).where(Remittance.state.in_(states)).order_by(Remittance.id.desc()).limit(limit)
    ).all()
    answer = RemittanceClaim
    unmatched = {
        row[0]: row[1]
        for row in work.session.execute(
            select(answer.remittance_id, func.count())
            .where(
                answer.remittance_id.in_([row.id for row in found]),
                answer.claim_id.is_(None),
                answer.is_unapplied.is_(False),
            )
            .group_by(answer.remittance_id)
        )
    }
    return tuple(_row(work, remittance, unmatched.get(remittance.id, 0)) for remittance in found)


@query(permission="billing.view")
def sheet(
    work: Work, *, remittance_id: int, wish: PageWish = FIRST_PAGE, limit: int | None = None
) -> RemittanceSheet:
    """One remittance with its equation, its claims and what posting will do; the sums are of all claims.

    Of more claims than `limit` (by default what a page holds) the page that is wished for is given.
    """
    remittance = work.get(Remittance, remittance_id)
    totals = totals_of(work, remittance_id)
    at_once = limit or answer_pages.AT_ONCE
    page = answer_pages.page_of(work, remittance_id, wish, totals.total.claims, at_once)
    rows = {
        answer.id: (answer, number)
        for answer, number in work.session.execute(
            select(RemittanceClaim, Claim.number)
            .outerjoin(Claim, RemittanceClaim.claim_id == Claim.id)
            .where(RemittanceClaim.id.in_(page.ids))
        )
    }
    found = [rows[answer_id] for answer_id in page.ids]
    open_cents = _open_cents(work, [answer.id for answer, _ in found])
    told = found_of(work, remittance, [answer for answer, _ in found])
    loose = totals.no_match
    return RemittanceSheet(
        row=_row(work, remittance, loose.claims),
        heading=remittance_intake.trace_sentence(remittance),
        deposit=Deposit(
            deposit_cents=remittance.paid_cents,
            to_post_cents=totals.total.paid_cents - loose.paid_cents,
            to_post_claims=totals.total.claims - loose.claims,
            no_match_cents=loose.paid_cents,
            no_match_claims=loose.claims,
            parts=deposit_parts(work, remittance_id),
        ),
        page=page,
        answers=tuple(
            _answer(answer, number, open_cents.get(answer.id, 0), told.get(answer.id))
            for answer, number in found
        ),
        total=_total(totals.total),
        matched=totals.matched,
        to_review=totals.to_review,
        when_posted=WhenPosted(
            payments_cents=totals.total.paid_cents,
            contract_cents=totals.with_claim.contract_cents,
            moved_to_patients_cents=totals.with_claim.patient_cents,
            open_cents=totals.open_cents,
        ),
        payer_id=remittance.payer_id,
        why_not=remittances.why_not(remittance, loose.claims, loose.paid_cents),
        doubt=remittance_doubts.of(work, remittance) if remittance.state is RemittanceState.HELD else Doubt(),
    )


@query(permission="billing.view")
def answer_detail(work: Work, *, remittance_claim_id: int) -> AnswerDetail:
    """One claim of a remittance: its lines, what the codes mean, and which claim may be meant."""
    answer = work.get(RemittanceClaim, remittance_claim_id)
    number = work.session.scalar(select(Claim.number).where(Claim.id == answer.claim_id))
    lines = lines_of(work, answer)
    open_cents = sum(
        reason.amount_cents
        for line in lines
        for reason in line.reasons
        if reason.treatment is Treatment.OPEN and reason.amount_cents > 0
    )
    remittance = work.get(Remittance, answer.remittance_id)
    told = found_of(work, remittance, (answer,))
    return AnswerDetail(
        row=_answer(answer, number, open_cents, told.get(answer.id)),
        sent_number=answer.claim_number,
        payer_id=remittance.payer_id,
        basis=answer.basis,
        match_note=answer.match_note,
        lines=lines,
        meanings=meanings_of(work, lines, answer, remittance.paid_on),
        amounts=amounts_of(work, answer),
        candidates=_candidates(work, answer) if answer.claim_id is None else (),
    )


def _row(work: Work, remittance: Remittance, unmatched: int) -> RemittanceRow:
    return RemittanceRow(
        id=remittance.id,
        version=remittance.version,
        name=remittance.name,
        payer=remittance.payer_name,
        trace=remittance.trace,
        state=remittance.state,
        held_reason=remittance.held_reason,
        paid_on=remittance.paid_on,
        received_at=work.wall(remittance.received_at),
        paid_cents=remittance.paid_cents,
        claims=remittance.claims,
        unmatched=unmatched,
        banked_on=remittance.deposited_on or remittance.paid_on,
        is_paper=remittance.sha256 is None,
        document_id=remittance.document_id,
    )


def _open_cents(work: Work, answer_ids: list[int]) -> dict[int, int]:
    """By answer: what stays open for a person."""
    row = RemittanceAdjustment
    found = work.session.execute(
        select(row.remittance_claim_id, func.sum(row.amount_cents - row.written_off_cents))
        .where(row.remittance_claim_id.in_(answer_ids), row.treatment == Treatment.OPEN, row.amount_cents > 0)
        .group_by(row.remittance_claim_id)
    )
    return {answer_id: int(cents) for answer_id, cents in found}


def _answer(
    answer: RemittanceClaim, number: str | None, open_cents: int = 0, told: Found | None = None
) -> AnswerRow:
    return AnswerRow(
        id=answer.id,
        version=answer.version,
        place=answer.place,
        state=state_of(
            has_claim=answer.claim_id is not None,
            is_unapplied=answer.is_unapplied,
            status=answer.status,
            decided=answer.decided,
            has_review=bool(answer.review),
        ),
        claim_id=answer.claim_id,
        claim_number=number or answer.claim_number,
        patient=last_first(answer.patient_last, answer.patient_first),
        served_on=answer.served_on,
        charge_cents=answer.charge_cents,
        contract_cents=answer.contract_cents,
        patient_cents=answer.patient_cents,
        other_cents=answer.other_cents,
        paid_cents=answer.paid_cents,
        review=told.text if told is not None else answer.review,
        open_cents=open_cents,
        decided=answer.decided,
        verbs=told.verbs if told is not None else (),
        is_posted=told is not None and told.is_posted,
        is_settled=told is not None and told.is_settled,
        refund=told.refund if told is not None else None,
        refund_id=told.refund_id if told is not None else None,
    )


def _total(sums: Sums) -> AnswerRow:
    return AnswerRow(
        id=0,
        version=0,
        place=0,
        state=AnswerState.MATCHED,
        claim_id=None,
        claim_number=counted(sums.claims, "claim"),
        patient="",
        served_on=None,
        charge_cents=sums.charge_cents,
        contract_cents=sums.contract_cents,
        patient_cents=sums.patient_cents,
        other_cents=sums.other_cents,
        paid_cents=sums.paid_cents,
        review="",
    )


def _candidates(work: Work, answer: RemittanceClaim) -> tuple[CandidateRow, ...]:
    said = Answer(
        claim_number=remittance_match.as_ours(answer.claim_number),
        last=answer.patient_last,
        first=answer.patient_first,
        member_ids=(answer.member_id,) if answer.member_id else (),
        served_on=answer.served_on,
        charge_cents=abs(answer.charge_cents),
    )
    return tuple(
        CandidateRow(
            claim_id=known.claim_id,
            number=known.number,
            patient=last_first(known.last, known.first),
            fits=sum(detail.fits for detail in details),
            details=details,
        )
        for known, details in remittance_match.candidates(work, said)
    )
