"""What the remittance page shows: the deposit equation, the claims, what to review, one claim's lines."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.names import last_first
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import MatchBasis as MatchBasis
from frontdesk.models.billing.remittances import (
    ProviderAdjustment,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
)
from frontdesk.models.billing.remittances import RemittanceState as RemittanceState
from frontdesk.models.billing.remittances import Treatment as Treatment
from frontdesk.services.billing import remittance_intake, remittance_match, remittances
from frontdesk.services.billing.remittance_lines import LineRow as LineRow
from frontdesk.services.billing.remittance_lines import lines_of, meanings_of
from frontdesk.services.billing.remittance_match import Answer, Detail
from frontdesk.services.command import query
from frontdesk.services.work import Work


class AnswerState(StrEnum):
    """Where one claim of a remittance stands."""

    MATCHED = "matched"
    REVIEW = "review"
    DENIED = "denied"
    REVERSAL = "reversal"
    UNAPPLIED = "unapplied"
    NO_MATCH = "no_match"


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


@dataclass(frozen=True, slots=True)
class Deposit:
    """deposit = to post + no match - taken back."""

    deposit_cents: int
    to_post_cents: int
    to_post_claims: int
    no_match_cents: int
    no_match_claims: int
    taken_back_cents: int
    taken_back_for: str
    """The payer's reasons with their references: "WO, claim 3102"."""


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
    decided: Treatment | None = None
    decided_note: str = ""


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
    answers: tuple[AnswerRow, ...]
    total: AnswerRow
    """The sums of the columns."""
    when_posted: WhenPosted
    payer_id: int | None
    why_not: str
    """What stands in the way of posting; empty when nothing does."""


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
    candidates: tuple[CandidateRow, ...]


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
def sheet(work: Work, *, remittance_id: int) -> RemittanceSheet:
    """One remittance with its equation, its claims and what posting will do."""
    remittance = work.get(Remittance, remittance_id)
    found = work.session.execute(
        select(RemittanceClaim, Claim.number)
        .outerjoin(Claim, RemittanceClaim.claim_id == Claim.id)
        .where(RemittanceClaim.remittance_id == remittance_id)
        .order_by(RemittanceClaim.place)
    )
    open_cents = _open_cents(work, remittance_id)
    answers = tuple(_answer(answer, number, open_cents.get(answer.id, 0)) for answer, number in found)
    loose = [row for row in answers if row.state is AnswerState.NO_MATCH]
    loose_cents = sum(row.paid_cents for row in loose)
    total = _total(answers)
    ours = [row for row in answers if row.claim_id is not None]
    return RemittanceSheet(
        row=_row(work, remittance, len(loose)),
        heading=remittance_intake.trace_sentence(remittance),
        deposit=Deposit(
            deposit_cents=remittance.paid_cents,
            to_post_cents=total.paid_cents - loose_cents,
            to_post_claims=len(answers) - len(loose),
            no_match_cents=loose_cents,
            no_match_claims=len(loose),
            taken_back_cents=remittance.taken_back_cents,
            taken_back_for=_taken_back_for(work, remittance_id),
        ),
        answers=answers,
        total=total,
        when_posted=WhenPosted(
            payments_cents=total.paid_cents,
            contract_cents=sum(row.contract_cents for row in ours),
            moved_to_patients_cents=sum(row.patient_cents for row in ours),
            open_cents=sum(row.open_cents for row in ours),
        ),
        payer_id=remittance.payer_id,
        why_not=remittances.why_not(remittance, len(loose), loose_cents),
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
    return AnswerDetail(
        row=_answer(answer, number, open_cents),
        sent_number=answer.claim_number,
        payer_id=work.get(Remittance, answer.remittance_id).payer_id,
        basis=answer.basis,
        match_note=answer.match_note,
        lines=lines,
        meanings=meanings_of(lines, answer),
        candidates=_candidates(work, answer) if answer.claim_id is None else (),
    )


@query(permission="billing.view")
def of_patient(work: Work, *, patient_id: int) -> tuple[AnswerRow, ...]:
    """What insurers answered on a patient's claims, the newest first."""
    found = work.session.execute(
        select(RemittanceClaim, Claim.number)
        .join(Claim, RemittanceClaim.claim_id == Claim.id)
        .where(Claim.patient_id == patient_id)
        .order_by(RemittanceClaim.id.desc())
    )
    return tuple(_answer(answer, number) for answer, number in found)


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
    )


def _open_cents(work: Work, remittance_id: int) -> dict[int, int]:
    """By answer: what stays open for a person."""
    row = RemittanceAdjustment
    found = work.session.execute(
        select(row.remittance_claim_id, func.sum(row.amount_cents))
        .join(RemittanceClaim, RemittanceClaim.id == row.remittance_claim_id)
        .where(
            RemittanceClaim.remittance_id == remittance_id,
            row.treatment == Treatment.OPEN,
            row.amount_cents > 0,
        )
        .group_by(row.remittance_claim_id)
    )
    return {answer_id: int(cents) for answer_id, cents in found}


def _answer(answer: RemittanceClaim, number: str | None, open_cents: int = 0) -> AnswerRow:
    return AnswerRow(
        id=answer.id,
        version=answer.version,
        place=answer.place,
        state=_state(answer),
        claim_id=answer.claim_id,
        claim_number=number or answer.claim_number,
        patient=last_first(answer.patient_last, answer.patient_first),
        served_on=answer.served_on,
        charge_cents=answer.charge_cents,
        contract_cents=answer.contract_cents,
        patient_cents=answer.patient_cents,
        other_cents=answer.other_cents,
        paid_cents=answer.paid_cents,
        review=answer.review,
        open_cents=open_cents,
        decided=answer.decided,
        decided_note=answer.decided_note,
    )


def _state(answer: RemittanceClaim) -> AnswerState:
    if answer.claim_id is None:
        return AnswerState.UNAPPLIED if answer.is_unapplied else AnswerState.NO_MATCH
    if answer.status == ClaimStatus.REVERSAL:
        return AnswerState.REVERSAL
    if answer.status == ClaimStatus.DENIED and answer.decided is None:
        return AnswerState.DENIED
    return AnswerState.REVIEW if answer.review else AnswerState.MATCHED


def _total(answers: tuple[AnswerRow, ...]) -> AnswerRow:
    return AnswerRow(
        id=0,
        version=0,
        place=0,
        state=AnswerState.MATCHED,
        claim_id=None,
        claim_number=f"{len(answers)} claim{'' if len(answers) == 1 else 's'}",
        patient="",
        served_on=None,
        charge_cents=sum(row.charge_cents for row in answers),
        contract_cents=sum(row.contract_cents for row in answers),
        patient_cents=sum(row.patient_cents for row in answers),
        other_cents=sum(row.other_cents for row in answers),
        paid_cents=sum(row.paid_cents for row in answers),
        review="",
    )


def _taken_back_for(work: Work, remittance_id: int) -> str:
    found = work.session.scalars(
        select(ProviderAdjustment)
        .where(ProviderAdjustment.remittance_id == remittance_id)
        .order_by(ProviderAdjustment.id)
    )
    return "; ".join(f"{row.reason}, {row.reference}" if row.reference else row.reason for row in found)


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
