"""Claims whose time nearly ends: to be filed, or to be appealed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.models.billing.claims import Claim
from frontdesk.services.billing import appeals
from frontdesk.services.billing.claim_steps import EDITABLE
from frontdesk.services.command import query
from frontdesk.services.work import Work

SOON: Final = timedelta(days=14)
"""So long before its end a time is spoken of."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A claim and the last day on which something can be done for it."""

    claim_id: int
    number: str
    on: date


@query(permission="billing.view")
def filing(work: Work, *, payer_id: int | None = None) -> tuple[Deadline, ...]:
    """Claims that lie here and must be filed within two weeks, the first to end first."""
    wanted = select(Claim.id, Claim.number, Claim.file_by_on).where(
        Claim.state.in_(EDITABLE), Claim.file_by_on >= work.today, Claim.file_by_on <= work.today + SOON
    )
    if payer_id is not None:
        wanted = wanted.where(Claim.payer_id == payer_id)
    found = work.session.execute(wanted.order_by(Claim.file_by_on, Claim.number))
    return tuple(Deadline(*row) for row in found)


@query(permission="billing.view")
def appealing(work: Work, *, payer_id: int | None = None) -> tuple[Deadline, ...]:
    """Denied and partly paid claims whose time to appeal ends within two weeks, the first to end first."""
    wanted = select(Claim.id, Claim.number).where(Claim.state.in_(appeals.WORTH_IT))
    if payer_id is not None:
        wanted = wanted.where(Claim.payer_id == payer_id)
    numbers = dict(work.session.execute(wanted).all())
    found = [
        Deadline(claim_id, numbers[claim_id], decision.appeal_by_on)
        for claim_id, decision in appeals.decisions(work, numbers).items()
        if work.today <= decision.appeal_by_on <= work.today + SOON
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.number)))
