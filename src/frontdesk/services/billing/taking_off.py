"""A posted answer that was matched to the wrong claim: what it did there is reversed, the money stays."""

from sqlalchemy import select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.billing.journal import PostingKind
from frontdesk.models.billing.remittances import MatchBasis, Remittance, RemittanceClaim, RemittanceState
from frontdesk.services.billing import credits, journal, next_payer, remittance_posting
from frontdesk.services.billing.claim_steps import EDITABLE, move, only_from, record
from frontdesk.services.command import command, irreversible
from frontdesk.services.work import Work

_NO_DECISION = (ClaimStatus.REVERSAL, ClaimStatus.PREDETERMINATION, ClaimStatus.NOT_OURS_FORWARDED)
_STANDS = (ClaimState.CORRECTED, ClaimState.VOID, ClaimState.CLOSED)


@command(
    "Take posted answer off its claim",
    permission="billing.remittances",
    undo=irreversible("The ledger keeps every entry. Match the answer to its claim again."),
)
def take_off(
    work: Work, *, remittance_claim_id: int, reason: str, claim_id: int | None, version: int | None = None
) -> None:
    """Reverse what an answer did on the claim it was matched to, and post it on the claim it belongs to.

    Without one its money waits on the payer's account (`payer_settling.match_later`). The deposit stays
    what it is. Raises Refused where the payer took the payment back meanwhile.
    """
    answer = work.get(RemittanceClaim, remittance_claim_id, version)
    remittance = work.get(Remittance, answer.remittance_id)
    wrong = _wrong(work, remittance, answer, reason, claim_id)
    right = work.get(Claim, claim_id) if claim_id is not None else None
    if right is not None:
        _may_take(right, remittance, wrong)
        work.concerns(right.patient_id)
    _reverse(work, answer, wrong, reason.strip())
    if right is not None:
        answer.claim_id, answer.basis = right.id, MatchBasis.PERSON
        answer.match_note = f"Moved from {wrong.number} to {right.number} by {work.actor.name}."
        work.flush()
        remittance_posting.post_answers(work, remittance, (answer,))
    else:
        assert remittance.payer_id is not None, "it was posted on a claim of this payer"
        answer.claim_id, answer.basis, answer.is_unapplied = None, MatchBasis.NONE, True
        answer.match_note = f"Taken off {wrong.number} by {work.actor.name}."
        work.flush()
        journal.post(work, remittance_posting.on_account(remittance, answer, remittance.payer_id))
    _stand_without(work, wrong, answer)


def _wrong(
    work: Work, remittance: Remittance, answer: RemittanceClaim, reason: str, claim_id: int | None
) -> Claim:
    """The claim it stands on; raises Refused for what cannot be taken off."""
    if (
        remittance.state is not RemittanceState.POSTED
        or answer.claim_id is None
        or answer.status in _NO_DECISION
    ):
        raise Refused(Finding("Only a payer's posted decision on a claim can be taken off it."))
    findings = [] if reason.strip() else [Finding("Say how you know.", "reason")]
    if claim_id is None and not answer.paid_cents:
        findings.append(Finding("Nothing was paid here that could wait. Say which claim it belongs to."))
    refuse_if_any(findings)
    wrong = work.get(Claim, answer.claim_id)
    work.concerns(wrong.patient_id)
    return wrong


def _may_take(claim: Claim, remittance: Remittance, wrong: Claim) -> None:
    if claim.id == wrong.id:
        raise Refused(Finding(f"It stands on claim {claim.number} already. Choose another."))
    if claim.state in EDITABLE:
        only_from(claim, (), "The payer cannot have answered it.")
    if claim.payer_id != remittance.payer_id:
        raise Refused(
            Finding(
                f"Claim {claim.number} went to another payer than {remittance.payer_name}. Choose another."
            )
        )


def _reverse(work: Work, answer: RemittanceClaim, wrong: Claim, reason: str) -> None:
    standing = remittance_posting.standing_of(work, answer.id)
    if answer.paid_cents and not standing:
        raise Refused(Finding("The payer has taken this payment back already. Nothing was changed."))
    for posting_id in standing:
        journal.reverse(
            work,
            posting_id=posting_id,
            kind=PostingKind.REMITTANCE_REVERSAL,
            reason=f"Not of claim {wrong.number}: {reason}",
            remittance_id=answer.remittance_id,
            remittance_claim_id=answer.id,
        )
    lines = work.session.execute(
        select(ChargeLine.id, ChargeLine.account_id)
        .join(ClaimLine, ClaimLine.charge_line_id == ChargeLine.id)
        .where(ClaimLine.claim_id == wrong.id)
        .order_by(ClaimLine.place)
    ).all()
    for charge_line_id, _ in lines:
        credits.free_overpaid(work, charge_line_id=charge_line_id)
    for account_id in sorted({account_id for _, account_id in lines}):
        credits.apply_held(work, account_id=account_id)
    record(work, wrong, EventKind.NOTE, f"What the payer decided was not of this claim: {reason}")
    next_payer.warn(work, wrong)


def _stand_without(work: Work, wrong: Claim, answer: RemittanceClaim) -> None:
    """Where the claim stands by what is left of the payer's decisions on it."""
    left = work.session.scalars(
        select(RemittanceClaim)
        .join(Remittance, RemittanceClaim.remittance_id == Remittance.id)
        .where(RemittanceClaim.claim_id == wrong.id, Remittance.state == RemittanceState.POSTED)
        .order_by(RemittanceClaim.id.desc())
    ).all()
    if wrong.payer_control_number == answer.payer_control_number:
        wrong.payer_control_number = left[0].payer_control_number if left else ""
    if wrong.state in _STANDS:
        return
    wrong.problem_code, wrong.problem, wrong.problem_count = "", "", 0
    if not left or left[0].status in _NO_DECISION:
        move(work, wrong, ClaimState.ACCEPTED)
    elif left[0].status == ClaimStatus.DENIED:
        move(work, wrong, ClaimState.DENIED)
    else:
        is_owed = any(cents > 0 for cents in next_payer.open_lines(work, [wrong.id]).values())
        move(work, wrong, ClaimState.PART_PAID if is_owed else ClaimState.PAID)
