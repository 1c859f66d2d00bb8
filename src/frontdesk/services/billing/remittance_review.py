"""What a person should look at in a payer's answer, and its sums by treatment; anew when a policy changes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.models.billing.remittance_policy import RemittancePolicy
from frontdesk.models.billing.remittances import (
    MatchBasis,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    Treatment,
)
from frontdesk.services.billing import remittance_rules
from frontdesk.services.billing.remittance_rules import Rule, Rules
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Reason:
    """One adjustment with what becomes of it."""

    code: str
    """CO-45."""
    cents: int
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class Answered:
    """What the review of an answer rests on."""

    status: str
    charge_cents: int
    paid_cents: int
    basis: MatchBasis
    match_note: str
    claim_charge_cents: int | None
    """What our claim asked; None without a claim."""
    paid_ahead_cents: int
    """What the patient has paid for the visit."""
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for a person; `stays_open` where it is about money that no rule settles."""

    text: str
    stays_open: bool = False


def rules_for(work: Work, remittance: Remittance) -> Rules:
    """The office's policy on the day the payer paid, over the standard rules."""
    on, row = remittance.paid_on, RemittancePolicy
    found = work.session.scalars(
        select(row).where(row.stands, row.starts_on <= on, func.coalesce(row.ends_on, on) >= on)
    )
    return Rules(
        Rule(row.group_code, row.reason_code, row.treatment, row.payer_id, row.remark, row.id)
        for row in found
    )


def sums(reasons: Iterable[Reason]) -> Counter[Treatment]:
    """What each treatment comes to, in cents."""
    found = Counter[Treatment]()
    for reason in reasons:
        found[reason.treatment] += reason.cents
    return found


def in_words(answered: Answered) -> str:
    """What a person should look at, in one sentence or more; empty when the claim posts itself."""
    return " ".join(note.text for note in notes(answered))


def notes(answered: Answered) -> Iterator[Note]:
    """What a person should look at, a sentence each."""
    if answered.status == ClaimStatus.REVERSAL:
        yield Note(f"Takes back {dollars(-answered.paid_cents)} paid before.")
        return
    if answered.basis is MatchBasis.DETAILS:
        yield Note(answered.match_note)
    asked = answered.claim_charge_cents
    if asked is not None and answered.charge_cents != asked:
        yield Note(f"The payer saw {dollars(answered.charge_cents)}, the claim asked {dollars(asked)}.")
    opened_up = Counter[str]()
    for reason in answered.reasons:
        if reason.treatment is Treatment.OPEN:
            opened_up[reason.code] += reason.cents
    for code, cents in opened_up.items():
        said = remittance_rules.meaning(code.partition("-")[2]).lower() or "a reason not on our list"
        done = "Denied" if answered.status == ClaimStatus.DENIED else "Not paid"
        yield Note(f"{done}, {code}: {said}. {dollars(cents)} stays open.", stays_open=True)
    moved = sums(answered.reasons)[Treatment.PATIENT]
    ahead = answered.paid_ahead_cents if asked is not None else 0
    if ahead > moved and not opened_up:
        too_much = dollars(ahead - moved)
        yield Note(
            f"The patient paid {dollars(ahead)} and owes {dollars(moved)}. {too_much} is to their credit."
        )


def paid_by_patients(work: Work, visit_ids: Iterable[int]) -> dict[int, int]:
    """What patients have paid for these visits, in cents, by visit."""
    entry = JournalEntry
    found = work.session.execute(
        select(entry.appointment_id, -func.sum(entry.amount_cents))
        .where(
            entry.appointment_id.in_(sorted(set(visit_ids))),
            entry.responsible == Party.PATIENT,
            entry.kind.in_([EntryKind.PAYMENT, EntryKind.UNAPPLIED]),
        )
        .group_by(entry.appointment_id)
    )
    return {visit: int(cents) for visit, cents in found if visit is not None}


def settle_again(work: Work, remittance: Remittance, answers: Sequence[RemittanceClaim]) -> None:
    """Apply the rules anew to answers that are not posted: their match or the policy changed."""
    rules = rules_for(work, remittance)
    claims = _claims(work, answers)
    adjustments = _adjustments(work, answers)
    remarks = _line_remarks(work, answers)
    for answer in answers:
        claim = claims.get(answer.claim_id or 0)
        payer_id = claim.payer_id if claim is not None else remittance.payer_id
        for row in adjustments[answer.id]:
            said = (*answer.remarks.split(), *remarks.get((answer.id, row.line), "").split())
            row.treatment, row.policy_id = rules.settle(
                row.group_code, row.reason_code, answer.status, payer_id, said
            )
            if row.treatment is Treatment.OPEN and answer.decided is not None and row.amount_cents > 0:
                row.treatment = answer.decided
    work.flush()
    for answer, answered in zip(answers, answered_of(work, answers), strict=True):
        by = sums(answered.reasons)
        answer.contract_cents = by[Treatment.CONTRACT] + by[Treatment.WRITE_OFF]
        answer.patient_cents = by[Treatment.PATIENT]
        answer.other_cents = by.total() - answer.contract_cents - answer.patient_cents
        answer.review = in_words(answered)


def answered_of(work: Work, answers: Sequence[RemittanceClaim]) -> list[Answered]:
    """What the review of each answer rests on, as it is kept now."""
    claims, adjustments = _claims(work, answers), _adjustments(work, answers)
    ahead = paid_by_patients(work, [claim.appointment_id for claim in claims.values()])
    found = []
    for answer in answers:
        claim = claims.get(answer.claim_id or 0)
        reasons = [
            Reason(f"{row.group_code}-{row.reason_code}", row.amount_cents, row.treatment)
            for row in adjustments[answer.id]
        ]
        found.append(
            Answered(
                status=answer.status,
                charge_cents=answer.charge_cents,
                paid_cents=answer.paid_cents,
                basis=answer.basis,
                match_note=answer.match_note,
                claim_charge_cents=claim.charge_cents if claim is not None else None,
                paid_ahead_cents=ahead.get(claim.appointment_id, 0) if claim is not None else 0,
                reasons=reasons,
            )
        )
    return found


def _claims(work: Work, answers: Sequence[RemittanceClaim]) -> dict[int, Claim]:
    ids = {answer.claim_id for answer in answers if answer.claim_id is not None}
    return {claim.id: claim for claim in work.session.scalars(select(Claim).where(Claim.id.in_(ids)))}


def _adjustments(
    work: Work, answers: Sequence[RemittanceClaim]
) -> defaultdict[int, list[RemittanceAdjustment]]:
    found: defaultdict[int, list[RemittanceAdjustment]] = defaultdict(list)
    row = RemittanceAdjustment
    for adjustment in work.session.scalars(
        select(row).where(row.remittance_claim_id.in_([answer.id for answer in answers])).order_by(row.id)
    ):
        found[adjustment.remittance_claim_id].append(adjustment)
    return found


def _line_remarks(work: Work, answers: Sequence[RemittanceClaim]) -> dict[tuple[int, int], str]:
    row = RemittanceLine
    found = work.session.execute(
        select(row.remittance_claim_id, row.place, row.remarks).where(
            row.remittance_claim_id.in_([answer.id for answer in answers]), row.remarks != ""
        )
    )
    return {(answer_id, place): remarks for answer_id, place, remarks in found}
