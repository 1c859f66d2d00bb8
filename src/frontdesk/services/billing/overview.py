"""How much work waits in each part of billing."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, select

from frontdesk.models.billing.charges import Superbill, SuperbillState
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.remittances import Remittance, RemittanceState
from frontdesk.services.billing import superbills
from frontdesk.services.command import query
from frontdesk.services.work import Work

LOOK_BACK_DAYS = 60
"""How far back a visit without its charges is looked for."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody has to do, by part."""

    superbills: int
    claims: int
    """Failed, rejected and denied ones."""
    remittances: int


@query(permission="billing.view")
def waiting(work: Work) -> Waiting:
    """The counts on the sub-tabs of Billing."""
    since = work.today - timedelta(days=LOOK_BACK_DAYS)
    to_enter = len(superbills.missing(work, since=since, until=work.today))
    to_release = _count(work, select(func.count()).select_from(Superbill).where(_NOT_RELEASED))
    worked = (ClaimState.FAILED, ClaimState.REJECTED, ClaimState.DENIED)
    claims = _count(work, select(func.count()).select_from(Claim).where(Claim.state.in_(worked)))
    unposted = (RemittanceState.HELD, RemittanceState.OPEN)
    open_ones = select(func.count()).select_from(Remittance).where(Remittance.state.in_(unposted))
    return Waiting(to_enter + to_release, claims, _count(work, open_ones))


_NOT_RELEASED = Superbill.state.in_([SuperbillState.ENTERED, SuperbillState.CHECKED])


def _count(work: Work, wanted: Select[int]) -> int:
    return work.session.scalar(wanted) or 0
