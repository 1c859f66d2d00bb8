"""Claim files that were sent and of which their receiver said nothing: they may never have come."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from frontdesk.models.billing.claim_answers import ClaimAnswer
from frontdesk.models.billing.claims import BatchState, Channel, Claim, ClaimBatch, ClaimState
from frontdesk.services.billing.claim_asking import LATE_DAYS
from frontdesk.services.command import query
from frontdesk.services.work import Work

SILENT_DAYS: Final = 2
"""A receiver confirms a file (999) or its claims (277CA) within so long."""


@dataclass(frozen=True, slots=True)
class UnconfirmedFile:
    """A file of claims that its receiver may not have."""

    batch_id: int
    number: int
    receiver: str
    sent_on: date
    claims: int
    """Of which nothing was heard."""


@query(permission="billing.view")
def unconfirmed(work: Work) -> tuple[UnconfirmedFile, ...]:
    """Files sent days ago with claims of which nothing was heard, the oldest first.

    Only of receivers that confirmed another file before: some never do. After `LATE_DAYS` the payer is
    asked about each claim.
    """
    batch, other = ClaimBatch, aliased(ClaimBatch)
    confirms = exists().where(
        ClaimAnswer.claim_batch_id == other.id, other.receiver_number == batch.receiver_number
    )
    found = work.session.execute(
        select(batch.id, batch.number, batch.receiver, batch.sent_at, func.count())
        .join(Claim, Claim.claim_batch_id == batch.id)
        .where(
            batch.state == BatchState.SENT,
            batch.channel == Channel.FILE,
            batch.sent_at < work.now - timedelta(days=SILENT_DAYS),
            batch.sent_at >= work.now - timedelta(days=LATE_DAYS),
            Claim.state == ClaimState.SENT,
            confirms.correlate(batch),
        )
        .group_by(batch.id, batch.number, batch.receiver, batch.sent_at)
        .order_by(batch.sent_at, batch.id)
    )
    return tuple(
        UnconfirmedFile(id, number, receiver, work.wall(sent_at).date(), claims)
        for id, number, receiver, sent_at, claims in found
        if sent_at is not None
    )
