"""The sums of a remittance over every answer of it, by where each stands: however many a page shows."""

from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import exists, func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.models.billing.refund import Refund, RefundState
from frontdesk.models.billing.remittances import RemittanceAdjustment, RemittanceClaim, Treatment, Verdict
from frontdesk.services.billing.remittance_review import TREATED
from frontdesk.services.work import Work

WANTED = (RefundState.ASKED, RefundState.APPROVED, RefundState.PAID)
"""A refund that was asked for and stands."""


class AnswerState(StrEnum):
    """Where one claim of a remittance stands."""

    MATCHED = "matched"
    REVIEW = "review"
    DENIED = "denied"
    REVERSAL = "reversal"
    UNAPPLIED = "unapplied"
    NO_MATCH = "no_match"


_TO_REVIEW = (AnswerState.REVIEW, AnswerState.DENIED, AnswerState.REVERSAL)


@dataclass(slots=True)
class Sums:
    """The columns of some answers, added up, in cents."""

    claims: int = 0
    charge_cents: int = 0
    contract_cents: int = 0
    patient_cents: int = 0
    other_cents: int = 0
    paid_cents: int = 0

    def add(self, *more: int) -> None:
        for name, amount in zip(self.__slots__, more, strict=True):
            setattr(self, name, getattr(self, name) + amount)


@dataclass(slots=True)
class Totals:
    """Of a whole remittance."""

    total: Sums = field(default_factory=Sums)
    with_claim: Sums = field(default_factory=Sums)
    no_match: Sums = field(default_factory=Sums)
    matched: int = 0
    """Answers that need nobody."""
    to_review: int = 0
    """Answers that a person has not decided on yet."""
    open_cents: int = 0
    """What no rule settles of answers that have a claim."""


def state_of(
    *, has_claim: bool, is_unapplied: bool, status: str, decided: Verdict | None, has_review: bool
) -> AnswerState:
    """Where an answer stands."""
    if not has_claim:
        return AnswerState.UNAPPLIED if is_unapplied else AnswerState.NO_MATCH
    if status == ClaimStatus.REVERSAL:
        return AnswerState.REVERSAL
    if status == ClaimStatus.DENIED and decided not in TREATED:
        return AnswerState.DENIED
    return AnswerState.REVIEW if has_review else AnswerState.MATCHED


def totals_of(work: Work, remittance_id: int) -> Totals:
    """Two statements, and a row of the first for each way in which an answer can stand."""
    row = RemittanceClaim
    asked = exists().where(Refund.remittance_claim_id == row.id, Refund.state.in_(WANTED))
    each = (
        select(
            row.claim_id.is_not(None).label("has_claim"),
            row.is_unapplied,
            row.status,
            row.decided,
            (row.review != "").label("has_review"),
            asked.label("is_asked"),
            row.charge_cents,
            row.contract_cents,
            row.patient_cents,
            row.other_cents,
            row.paid_cents,
        )
        .where(row.remittance_id == remittance_id)
        .subquery()
        .c
    )
    ways = (each.has_claim, each.is_unapplied, each.status, each.decided, each.has_review, each.is_asked)
    amounts = (
        each.charge_cents,
        each.contract_cents,
        each.patient_cents,
        each.other_cents,
        each.paid_cents,
    )
    found = Totals()
    for has_claim, is_unapplied, status, decided, has_review, is_asked, *sums in work.session.execute(
        select(*ways, func.count(), *map(func.sum, amounts)).group_by(*ways)
    ):
        sums = [int(amount) for amount in sums]
        state = state_of(
            has_claim=has_claim,
            is_unapplied=is_unapplied,
            status=status,
            decided=decided,
            has_review=has_review,
        )
        found.total.add(*sums)
        if has_claim:
            found.with_claim.add(*sums)
        if state is AnswerState.NO_MATCH:
            found.no_match.add(*sums)
        found.matched += sums[0] if state is AnswerState.MATCHED else 0
        found.to_review += sums[0] if state in _TO_REVIEW and decided is None and not is_asked else 0
    found.open_cents = _open_cents(work, remittance_id)
    return found


def _open_cents(work: Work, remittance_id: int) -> int:
    row = RemittanceAdjustment
    found = work.session.scalar(
        select(func.sum(row.amount_cents - row.written_off_cents))
        .join(RemittanceClaim, RemittanceClaim.id == row.remittance_claim_id)
        .where(
            RemittanceClaim.remittance_id == remittance_id,
            RemittanceClaim.claim_id.is_not(None),
            row.treatment == Treatment.OPEN,
            row.amount_cents > 0,
        )
    )
    return int(found or 0)
