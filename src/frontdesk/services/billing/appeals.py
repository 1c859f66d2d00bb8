"""Appeals: the payer is asked to decide a claim again."""

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claims import Claim, ClaimState, EventKind
from frontdesk.services.billing.claim_steps import DECIDED, move, only_from, record
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.work import Work


def _appealed(done: Performed) -> Undo:
    return Undo(withdraw_appeal, claim_id=done.arguments["claim_id"], state=done.result)


@command("Appeal claim", permission="billing.claims", undo=_appealed)
def appeal(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> ClaimState:
    """The payer is asked to decide again, by letter or portal; gives back where the claim stood."""
    claim = _claim(work, claim_id, version)
    refuse_if_any([] if reason.strip() else [Finding("Say what the appeal rests on.", "reason")])
    only_from(claim, DECIDED, "Only what the payer decided is appealed.")
    before = claim.state
    move(work, claim, ClaimState.APPEALED)
    record(work, claim, EventKind.APPEALED, f"Appealed: {reason.strip()}")
    return before


def _withdrawn(done: Performed) -> Undo:
    return Undo(appeal, claim_id=done.arguments["claim_id"], reason="Appealed again.")


@command("Withdraw appeal", permission="billing.claims", undo=_withdrawn)
def withdraw_appeal(work: Work, *, claim_id: int, state: ClaimState) -> None:
    """It was not appealed after all; the claim stands where it stood."""
    claim = _claim(work, claim_id)
    only_from(claim, (ClaimState.APPEALED,), "There is no appeal.")
    if state not in DECIDED:
        raise Refused(Finding("Say how the payer had decided.", "state"))
    move(work, claim, state)
    record(work, claim, EventKind.CHANGED, "Appeal withdrawn")


def _claim(work: Work, claim_id: int, version: int | None = None) -> Claim:
    claim = work.get(Claim, claim_id, version)
    work.concerns(claim.patient_id)
    return claim
