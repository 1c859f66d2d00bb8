"""Which remittances post by themselves when they come in, and why the others wait."""

from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import counted
from frontdesk.models.billing.remittance_policy import AutoPostLevel as AutoPostLevel
from frontdesk.models.billing.remittance_policy import RemittanceAutoPost
from frontdesk.models.billing.remittances import (
    MatchBasis,
    ProviderAdjustment,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceState,
    Treatment,
)
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import remittance_chunk, remittance_review
from frontdesk.services.billing.provider_adjustments import is_income
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_remittance_auto_post_payer_id", "Another desk has just set this payer. Look at it again.")

_BY_NUMBER = (MatchBasis.LINE_NUMBER, MatchBasis.CLAIM_NUMBER)
_RANK = {level: rank for rank, level in enumerate(AutoPostLevel)}


@dataclass(frozen=True, slots=True)
class PayerLevel:
    """How far one payer's remittances post by themselves."""

    payer_id: int
    payer: str
    level: AutoPostLevel


@query(permission="billing.view")
def levels(work: Work) -> tuple[PayerLevel, ...]:
    """Every payer that is on, by name."""
    found = work.session.execute(
        select(Payer.id, Payer.name, RemittanceAutoPost.level)
        .outerjoin(RemittanceAutoPost, RemittanceAutoPost.payer_id == Payer.id)
        .where(Payer.is_active)
        .order_by(Payer.name, Payer.id)
    )
    return tuple(PayerLevel(id, name, level or AutoPostLevel.NEVER) for id, name, level in found)


def _set_back(done: Performed) -> Undo:
    return Undo(set_level, payer_id=done.arguments["payer_id"], level=done.result)


@command("Set automatic posting", permission="billing.edit_policy", undo=_set_back)
def set_level(work: Work, *, payer_id: int, level: AutoPostLevel) -> AutoPostLevel:
    """How far a payer's remittances post by themselves from now on; gives back how far before."""
    work.get(Payer, payer_id)
    row = work.session.scalar(select(RemittanceAutoPost).where(RemittanceAutoPost.payer_id == payer_id))
    if row is None:
        work.add(RemittanceAutoPost(payer_id=payer_id, level=level))
        return AutoPostLevel.NEVER
    before, row.level = row.level, level
    return before


def waits_for(work: Work, remittance: Remittance) -> str:
    """Why a remittance does not post by itself, in a sentence; empty when it may.

    Money taken back, an answer without a sure match and a sum that does not hold always wait for a person.
    """
    if remittance.state is not RemittanceState.OPEN:
        return remittance.held_reason
    level = work.session.scalar(
        select(RemittanceAutoPost.level).where(RemittanceAutoPost.payer_id == remittance.payer_id)
    )
    if level is None or level is AutoPostLevel.NEVER:
        return f"Remittances of {remittance.payer_name} are posted by a person."
    return _taken_back(work, remittance, level) or _answers_wait(work, remittance, level)


def _taken_back(work: Work, remittance: Remittance, level: AutoPostLevel) -> str:
    row = ProviderAdjustment
    found = work.session.execute(
        select(row.reason, func.sum(row.amount_cents))
        .where(row.remittance_id == remittance.id)
        .group_by(row.reason)
        .order_by(row.reason)
    )
    for reason, cents in found:
        is_safe = is_income(reason) and cents < 0
        if not is_safe or _RANK[level] < _RANK[AutoPostLevel.POLICY]:
            verb = "takes" if cents > 0 else "adds"
            return f"The payer {verb} {dollars(abs(int(cents)))} apart from the claims ({reason})."
    return ""


def _answers_wait(work: Work, remittance: Remittance, level: AutoPostLevel) -> str:
    row = RemittanceClaim
    unsure, taken_back = work.session.execute(
        select(
            func.count().filter(row.basis.not_in(_BY_NUMBER)),
            func.count().filter(row.status == ClaimStatus.REVERSAL),
        ).where(row.remittance_id == remittance.id)
    ).one()
    if unsure:
        return f"{counted(unsure, 'claim is', 'claims are')} not matched by a number."
    if taken_back:
        return "The payer takes back what it paid before."
    for looked_at in remittance_chunk.rows_of(work, remittance.id, row.review != ""):
        for answer, answered in zip(looked_at, remittance_review.answered_of(work, looked_at), strict=True):
            for note in remittance_review.notes(answered):
                if not note.stays_open or level is not AutoPostLevel.OPEN_TOO:
                    return f"Claim {answer.claim_number} is to be looked at first. {note.text}"
    return _own_policy(work, remittance) if level is AutoPostLevel.CLEAN else ""


def _own_policy(work: Work, remittance: Remittance) -> str:
    """The first reason that only the office's own policy settles."""
    row = RemittanceAdjustment
    found = work.session.execute(
        select(row.group_code, row.reason_code, func.sum(row.amount_cents))
        .join(RemittanceClaim, RemittanceClaim.id == row.remittance_claim_id)
        .where(
            RemittanceClaim.remittance_id == remittance.id,
            row.policy_id.is_not(None),
            row.treatment != Treatment.OPEN,
        )
        .group_by(row.group_code, row.reason_code)
        .order_by(func.min(row.id))
        .limit(1)
    )
    for group, reason, cents in found:
        return f"{group}-{reason}, {dollars(int(cents))}, is settled by your own policy."
    return ""
