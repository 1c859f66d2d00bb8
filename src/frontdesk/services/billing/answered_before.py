"""Whether a payer settled a claim before it answers it again: an answer that comes twice is posted once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim, RemittanceState
from frontdesk.services.billing.remittance_rules import NO_DECISION
from frontdesk.services.work import Work


class _Answered(NamedTuple):
    """An answer on a claim, as far as it settles something; what is taken back is negative."""

    claim_id: int
    remittance_id: int
    place: int
    settled_cents: int
    paid_cents: int
    name: str
    posted_at: datetime | None


def in_words(work: Work, answers: Sequence[RemittanceClaim]) -> dict[int, str]:
    """By answer on a claim that is settled already: which remittance did it, and what it paid."""
    posted: dict[int, datetime | None] = {}
    on_claim: defaultdict[int, list[_Answered]] = defaultdict(list)
    for each in _answered(work, answers):
        posted[each.remittance_id] = each.posted_at
        on_claim[each.claim_id].append(each)
    said: dict[int, str] = {}
    for answer in answers:
        before = [
            each
            for each in on_claim.get(answer.claim_id or 0, ())
            if _is_earlier(each, answer, posted.get(answer.remittance_id))
        ]
        settles = answer.charge_cents - answer.other_cents
        if settles > 0 and sum(each.settled_cents for each in before) > 0:
            paid = dollars(sum(each.paid_cents for each in before))
            said[answer.id] = (
                f"{before[-1].name} answered this claim before and paid {paid}. Is it the same answer twice?"
            )
    return said


def _answered(work: Work, answers: Sequence[RemittanceClaim]) -> list[_Answered]:
    """All that settles something of the same claims: what is posted, and what these remittances say."""
    row = RemittanceClaim
    found = work.session.execute(
        select(
            row.claim_id,
            row.remittance_id,
            row.place,
            row.charge_cents - row.other_cents,
            row.paid_cents,
            Remittance.name,
            Remittance.posted_at,
        )
        .join(Remittance, Remittance.id == row.remittance_id)
        .where(
            row.claim_id.in_({answer.claim_id for answer in answers if answer.claim_id is not None}),
            row.status.not_in(NO_DECISION),
            or_(
                Remittance.state == RemittanceState.POSTED,
                row.remittance_id.in_({answer.remittance_id for answer in answers}),
            ),
        )
        .order_by(Remittance.posted_at, row.remittance_id, row.place)
    )
    return [_Answered._make(each) for each in found]


def _is_earlier(each: _Answered, answer: RemittanceClaim, posted_at: datetime | None) -> bool:
    if each.remittance_id == answer.remittance_id:
        return each.place < answer.place
    return each.posted_at is not None and (posted_at is None or each.posted_at < posted_at)


def is_again() -> ColumnElement[bool]:
    """Whether an answer's claim was answered earlier in the same remittance, or in one that is posted."""
    row, other = RemittanceClaim, aliased(RemittanceClaim)
    return exists(
        select(other.id)
        .join(Remittance, Remittance.id == other.remittance_id)
        .where(
            other.claim_id == row.claim_id,
            or_(
                (other.remittance_id == row.remittance_id) & (other.place < row.place),
                (other.remittance_id != row.remittance_id) & (Remittance.state == RemittanceState.POSTED),
            ),
        )
    )


def waiting_on(
    work: Work, claim_ids: Collection[int], but: int
) -> dict[Remittance, Sequence[RemittanceClaim]]:
    """The answers on some claims in other remittances that are not posted."""
    found: defaultdict[Remittance, list[RemittanceClaim]] = defaultdict(list)
    for remittance, answer in work.session.execute(
        select(Remittance, RemittanceClaim)
        .join(RemittanceClaim, RemittanceClaim.remittance_id == Remittance.id)
        .where(
            RemittanceClaim.claim_id.in_(claim_ids),
            Remittance.id != but,
            Remittance.state.in_([RemittanceState.OPEN, RemittanceState.HELD]),
        )
        .order_by(RemittanceClaim.id)
    ):
        found[remittance].append(answer)
    return dict(found)
