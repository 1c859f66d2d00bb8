"""A posted answer that was matched to the wrong claim: what it did there is reversed, the money stays."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.billing.journal import PostingKind
from frontdesk.models.billing.remittances import MatchBasis, Remittance, RemittanceClaim, RemittanceState
from frontdesk.services.billing import credits, journal, moved_debts, next_payer, remittance_posting
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
    reverse(
        work,
        (wrong,),
        _standing(work, answer),
        because=f"Not of claim {wrong.number}: {reason.strip()}",
        said=f"What the payer decided was not of this claim: {reason.strip()}",
    )
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
    stand_without(work, {wrong: (answer.payer_control_number,)})


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


def _standing(work: Work, answer: RemittanceClaim) -> list[int]:
    standing = remittance_posting.standing_of(work, answer.id)
    if answer.paid_cents and not standing:
        raise Refused(Finding("The payer has taken this payment back already. Nothing was changed."))
    return standing


def reverse(work: Work, claims: Sequence[Claim], standing: Sequence[int], *, because: str, said: str) -> None:
    """Mirror these postings, and let what the claims' patients paid go where it now belongs.

    `because` stands in the ledger, `said` on the timeline of each claim.
    """
    journal.reverse_all(work, standing, kind=PostingKind.REMITTANCE_REVERSAL, reason=because)
    lines = work.session.execute(
        select(ChargeLine.id, ChargeLine.account_id)
        .join(ClaimLine, ClaimLine.charge_line_id == ChargeLine.id)
        .where(ClaimLine.claim_id.in_([claim.id for claim in claims]))
        .order_by(ClaimLine.claim_id, ClaimLine.place)
    ).all()
    moved_debts.bring_back(work, [line for line, _ in lines])
    credits.free_overpaid_on(work, tuple(dict.fromkeys(line for line, _ in lines)))
    for account_id in sorted({account_id for _, account_id in lines}):
        credits.apply_held(work, account_id=account_id)
    for claim in claims:
        record(work, claim, EventKind.NOTE, said)
    next_payer.warn(work, *claims)


def stand_without(work: Work, taken: Mapping[Claim, Collection[str]]) -> None:
    """Where claims stand by what is left of the decisions on them; each with the numbers taken off."""
    left: dict[int, RemittanceClaim] = {}
    ids = [claim.id for claim in taken]
    work.flush()
    for answer in work.session.scalars(
        select(RemittanceClaim)
        .join(Remittance, RemittanceClaim.remittance_id == Remittance.id)
        .where(RemittanceClaim.claim_id.in_(ids), Remittance.state == RemittanceState.POSTED)
        .order_by(RemittanceClaim.id)
    ):
        left[answer.claim_id or 0] = answer
    owed = Counter[int]()
    for (claim_id, _), cents in next_payer.open_lines(work, ids).items():
        owed[claim_id] += max(0, cents)
    for claim, numbers in taken.items():
        last = left.get(claim.id)
        if claim.payer_control_number in numbers:
            claim.payer_control_number = last.payer_control_number if last is not None else ""
        if claim.state in _STANDS:
            continue
        claim.problem_code, claim.problem, claim.problem_count = "", "", 0
        if last is None or last.status in _NO_DECISION:
            move(work, claim, ClaimState.ACCEPTED)
        elif last.status == ClaimStatus.DENIED:
            move(work, claim, ClaimState.DENIED)
        else:
            move(work, claim, ClaimState.PART_PAID if owed[claim.id] else ClaimState.PAID)
