"""What a person should look at in a payer's answer, and its sums by treatment; anew when a policy changes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    Verdict,
)
from frontdesk.services.billing import answered_before, next_payer, remittance_rules
from frontdesk.services.billing.remittance_rules import NO_DECISION, Rule, Rules
from frontdesk.services.work import Work

TREATED: Mapping[Verdict | None, Treatment] = {
    Verdict.WRITE_OFF: Treatment.WRITE_OFF,
    Verdict.PATIENT: Treatment.PATIENT,
}
"""What becomes of an open amount by a person's verdict; what is appealed or kept stays open."""


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
    before: str = ""
    """Which remittance settled the claim before, in a sentence."""
    is_lost: bool = False
    """The payer sent it on to an insurer that is not on file."""
    forwarded_to: str = ""


class NoteKind(StrEnum):
    """What a sentence is about."""

    TAKEN_BACK = "taken_back"
    BY_DETAILS = "by_details"
    """The match rests on no number."""
    OTHER_CHARGE = "other_charge"
    AGAIN = "again"
    """The claim was settled before."""
    NO_DECISION = "no_decision"
    LOST = "lost"
    """It was sent on to an insurer that is not on file."""
    OPEN = "open"
    """Money that no rule settles."""
    CREDIT = "credit"
    """The patient paid more than they owe."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should look at, in a short sentence."""

    kind: NoteKind
    text: str
    code: str = ""
    """The reason that no rule settles."""
    cents: int = 0
    """What stays open for it, or what the patient has to their credit."""

    @property
    def stays_open(self) -> bool:
        return self.kind is NoteKind.OPEN


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
        yield Note(NoteKind.TAKEN_BACK, f"Takes back {dollars(-answered.paid_cents)} paid before.")
        return
    if answered.status in NO_DECISION:
        said = f"The payer {NO_DECISION[answered.status]}. The claim stays as it is."
        yield Note(NoteKind.NO_DECISION, said)
    if answered.before:
        yield Note(NoteKind.AGAIN, answered.before)
    if answered.basis is MatchBasis.DETAILS:
        yield Note(NoteKind.BY_DETAILS, answered.match_note)
    asked = answered.claim_charge_cents
    if asked is not None and answered.charge_cents != asked:
        yield Note(
            NoteKind.OTHER_CHARGE,
            f"The payer saw {dollars(answered.charge_cents)}, the claim asked {dollars(asked)}.",
        )
    moved = sums(answered.reasons)[Treatment.PATIENT]
    if answered.is_lost and moved > 0:
        to = answered.forwarded_to or "another insurer"
        yield Note(
            NoteKind.LOST,
            f"The payer sent it on to {to}, and no further coverage is on file. Add it first, or "
            f"{dollars(moved)} goes to the patient.",
        )
    opened_up = Counter[str]()
    for reason in answered.reasons:
        if reason.treatment is Treatment.OPEN and reason.cents:
            opened_up[reason.code] += reason.cents
    for code, cents in opened_up.items():
        said = remittance_rules.meaning(code.partition("-")[2]).lower() or "a reason not on our list"
        done = "Denied" if answered.status == ClaimStatus.DENIED else "Not paid"
        yield Note(NoteKind.OPEN, f"{done}, {code}: {said}. {dollars(cents)} stays open.", code, cents)
    ahead = answered.paid_ahead_cents if asked is not None else 0
    if ahead > moved and not opened_up:
        yield Note(
            NoteKind.CREDIT,
            f"The patient paid {dollars(ahead)} and owes {dollars(moved)}. "
            f"{dollars(ahead - moved)} is to their credit.",
            cents=ahead - moved,
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
        off_cents = answer.decided_off_cents
        for row in adjustments[answer.id]:
            said = (*answer.remarks.split(), *remarks.get((answer.id, row.line), "").split())
            row.treatment, row.policy_id = rules.settle(
                row.group_code, row.reason_code, answer.status, payer_id, said
            )
            row.written_off_cents = 0
            if row.treatment is Treatment.OPEN and row.amount_cents > 0:
                row.written_off_cents = min(off_cents, row.amount_cents)
                off_cents -= row.written_off_cents
                row.treatment = TREATED.get(answer.decided, Treatment.OPEN)
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
    before = answered_before.in_words(work, answers)
    lost = _lost(work, answers)
    found = []
    for answer in answers:
        claim = claims.get(answer.claim_id or 0)
        reasons = [
            Reason(f"{row.group_code}-{row.reason_code}", cents, treatment)
            for row in adjustments[answer.id]
            for cents, treatment in row.parts
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
                before=before.get(answer.id, ""),
                is_lost=answer.claim_id in lost,
                forwarded_to=answer.forwarded_to,
            )
        )
    return found


def _lost(work: Work, answers: Sequence[RemittanceClaim]) -> set[int]:
    sent_on = {
        answer.claim_id
        for answer in answers
        if answer.claim_id is not None
        and next_payer.is_crossed_over(answer.status, answer.remarks, answer.forwarded_to)
    }
    return sent_on - next_payer.next_of(work, sent_on).keys() if sent_on else sent_on


def look_again(work: Work, remittance_id: int, claim_ids: Collection[int]) -> None:
    """A remittance was posted or voided: what waits about the same claims is looked at anew."""
    for remittance, answers in answered_before.waiting_on(work, claim_ids, but=remittance_id).items():
        settle_again(work, remittance, answers)


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
