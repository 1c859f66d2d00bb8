"""How much work waits in each part of billing."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, select

from frontdesk.models.billing.charges import Superbill, SuperbillState
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.collection import Stage
from frontdesk.models.billing.paper_answers import NOT_ENTERED, PaperRemittance
from frontdesk.models.billing.refund import Refund, RefundState
from frontdesk.models.billing.remittances import Remittance, RemittanceState
from frontdesk.services.billing import collection_steps, superbills
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
    """To post, and papers of payers that are put aside."""
    collections: int
    """Households whose day has come or who wait for a decision, and refunds to approve or pay."""


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
    papers = select(func.count()).select_from(PaperRemittance).where(*NOT_ENTERED)
    to_post = _count(work, open_ones) + _count(work, papers)
    return Waiting(to_enter + to_release, claims, to_post, _collections(work))


_NOT_RELEASED = Superbill.state.in_([SuperbillState.ENTERED, SuperbillState.CHECKED])


def _collections(work: Work) -> int:
    """Without missed instalments and broken promises, which take longer to find."""
    due = sum(
        step.stage is Stage.AGENCY_REVIEW or (step.next_on is not None and step.next_on <= work.today)
        for step in collection_steps.last_steps(work).values()
    )
    under_way = Refund.state.in_((RefundState.ASKED, RefundState.APPROVED))
    return due + _count(work, select(func.count()).select_from(Refund).where(under_way))


def _count(work: Work, wanted: Select[int]) -> int:
    return work.session.scalar(wanted) or 0
