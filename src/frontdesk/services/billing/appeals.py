"""Appeals: the payer is asked to decide a claim again, within its time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claims import Claim, ClaimState, EventKind
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim, RemittanceState
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing.claim_steps import DECIDED, claim_of, move, only_from, record
from frontdesk.services.billing.remittance_rules import NO_DECISION
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work

SAID: Final = "Appealed: "
WORTH_IT = (ClaimState.DENIED, ClaimState.PART_PAID)


@dataclass(frozen=True, slots=True)
class Decision:
    """A payer's last word on a claim, and the last day on which it takes an appeal."""

    remittance_claim_id: int
    decided_on: date
    appeal_by_on: date


def _appealed(done: Performed) -> Undo:
    return Undo(withdraw_appeal, claim_id=done.arguments["claim_id"], state=done.result)


@command("Appeal claim", permission="billing.claims", undo=_appealed)
def appeal(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> ClaimState:
    """The payer is asked to decide again, by letter or portal; gives back where the claim stood."""
    claim = claim_of(work, claim_id, version)
    refuse_if_any(reason_findings(reason))
    only_from(claim, DECIDED, "Only what the payer decided is appealed.")
    before = claim.state
    move(work, claim, ClaimState.APPEALED)
    record(work, claim, EventKind.APPEALED, f"{SAID}{reason.strip()}")
    return before


def _withdrawn(done: Performed) -> Undo:
    return Undo(appeal, claim_id=done.arguments["claim_id"], reason="Appealed again.")


@command("Withdraw appeal", permission="billing.claims", undo=_withdrawn)
def withdraw_appeal(work: Work, *, claim_id: int, state: ClaimState) -> None:
    """It was not appealed after all; the claim stands where it stood."""
    claim = claim_of(work, claim_id)
    only_from(claim, (ClaimState.APPEALED,), "There is no appeal.")
    if state not in DECIDED:
        raise Refused(Finding("Say how the payer had decided.", "state"))
    move(work, claim, state)
    record(work, claim, EventKind.CHANGED, "Appeal withdrawn")


@query(permission="billing.view")
def decision(work: Work, *, claim_id: int) -> Decision | None:
    """What an appeal is about; None where no answer of the payer is posted."""
    return decisions(work, (claim_id,)).get(claim_id)


def decisions(work: Work, claim_ids: Collection[int]) -> dict[int, Decision]:
    """By claim: what its payer decided last, by the day of the payment; none where nothing was posted."""
    answer = RemittanceClaim
    rows = work.session.execute(
        select(answer.claim_id, answer.id, Remittance.paid_on, Payer.appeal_days)
        .join(Remittance, Remittance.id == answer.remittance_id)
        .join(Claim, Claim.id == answer.claim_id)
        .join(Payer, Payer.id == Claim.payer_id)
        .where(
            answer.claim_id.in_(claim_ids),
            answer.status.not_in((ClaimStatus.REVERSAL, *NO_DECISION)),
            Remittance.state == RemittanceState.POSTED,
        )
        .order_by(Remittance.paid_on, answer.id)
    )
    return {
        claim_id: Decision(answer_id, on, on + timedelta(days=days))
        for claim_id, answer_id, on, days in rows
        if claim_id is not None
    }


def reason_findings(reason: str) -> list[Finding]:
    """An appeal without a ground is none."""
    return [] if reason.strip() else [Finding("Say what the appeal rests on.", "reason")]
