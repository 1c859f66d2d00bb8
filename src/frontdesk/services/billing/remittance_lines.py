"""The services of a claim as the payer answered them, with each reason for paying less."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import (
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    Treatment,
)
from frontdesk.services.billing import remittance_review, remittance_rules
from frontdesk.services.billing.remittance_facts import paid_ahead, paid_in_words
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One adjustment of a line or of the whole claim."""

    code: str
    meaning: str
    amount_cents: int
    treatment: Treatment
    is_denial: bool
    """Worked each time: no rule writes it off."""
    is_own_policy: bool = False
    """The office's own policy says what becomes of it."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A service as the payer answered it; place 0 is the claim as a whole."""

    place: int
    code: str
    billed_code: str
    """What the office billed: another one where the payer changed it."""
    modifiers: str
    charge_cents: int
    adjusted_cents: int
    paid_cents: int
    reasons: tuple[ReasonRow, ...]
    remarks: str


def lines_of(work: Work, answer: RemittanceClaim) -> tuple[LineRow, ...]:
    """The services of one answered claim in the payer's order, what holds for the whole claim first."""
    adjustments = work.session.scalars(
        select(RemittanceAdjustment)
        .where(RemittanceAdjustment.remittance_claim_id == answer.id)
        .order_by(RemittanceAdjustment.id)
    ).all()
    reasons: dict[int, list[ReasonRow]] = {}
    for row in adjustments:
        reasons.setdefault(row.line, []).extend(
            ReasonRow(
                f"{row.group_code}-{row.reason_code}",
                remittance_rules.meaning(row.reason_code),
                cents,
                treatment,
                row.reason_code in remittance_rules.DENIALS,
                row.policy_id is not None,
            )
            for cents, treatment in row.parts
            if cents or not row.amount_cents
        )
    lines = work.session.scalars(
        select(RemittanceLine)
        .where(RemittanceLine.remittance_claim_id == answer.id)
        .order_by(RemittanceLine.place)
    ).all()
    whole = (
        [_line(0, "Claim", "Claim", "", answer.charge_cents, answer.paid_cents, reasons[0], "")]
        if 0 in reasons
        else []
    )
    return (
        *whole,
        *(
            _line(
                row.place,
                row.code,
                row.billed_code,
                row.modifiers,
                row.charge_cents,
                row.paid_cents,
                reasons.get(row.place, []),
                row.remarks,
            )
            for row in lines
        ),
    )


@dataclass(frozen=True, slots=True)
class ToldAmount:
    """What the payer says besides of the claim as a whole; it moves nothing in the ledger."""

    words: str
    cents: int
    detail: str = ""
    """What of it is known here."""


def amounts_of(work: Work, answer: RemittanceClaim) -> tuple[ToldAmount, ...]:
    """The claim's AMT and MOA amounts in our words, in the payer's order."""
    told = []
    for each in answer.amounts.split():
        name, _, cents = each.rpartition(":")
        detail = _recorded(work, answer) if name == "F5" else ""
        told.append(ToldAmount(remittance_rules.amount_in_words(name), int(cents), detail))
    return tuple(told)


def _recorded(work: Work, answer: RemittanceClaim) -> str:
    """What the patient paid here for the visit."""
    claim = work.get(Claim, answer.claim_id) if answer.claim_id is not None else None
    if claim is None:
        return ""
    cents = remittance_review.paid_by_patients(work, [claim.appointment_id]).get(claim.appointment_id, 0)
    return f"{dollars(cents)} is recorded here for the visit."


_BECOMES = {
    Treatment.CONTRACT: "Write it off; never bill the patient.",
    Treatment.PATIENT: "The patient owes it, or the next payer.",
    Treatment.PRIOR: "Nothing moves.",
    Treatment.ACCOUNT: "It goes to the payer's own account.",
    Treatment.WRITE_OFF: "Given up by a person.",
    Treatment.OPEN: "It stays open for a person.",
}


def meanings_of(
    work: Work, lines: tuple[LineRow, ...], answer: RemittanceClaim, near: date
) -> tuple[tuple[str, str], ...]:
    """Each code of an answer with our words for it and what the office does with it, its remarks last."""
    patient = _of_patient(work, lines, answer, near)
    said: dict[str, str] = {}
    for line in lines:
        for reason in line.reasons:
            words = reason.meaning or "Not on our list: look it up in the payer's list"
            done = _BECOMES[reason.treatment]
            if reason.treatment is Treatment.PATIENT and patient:
                done = patient
            by = "Your policy: " if reason.is_own_policy else ""
            said[reason.code] = f"{words}. {by}{done[:1].lower() + done[1:] if by else done}"
    remarks = {word for text in (answer.remarks, *(line.remarks for line in lines)) for word in text.split()}
    return (
        *sorted(said.items()),
        *((remark, remittance_rules.remark_in_words(remark)) for remark in sorted(remarks)),
    )


def _of_patient(work: Work, lines: tuple[LineRow, ...], answer: RemittanceClaim, near: date) -> str:
    """What of the patient's share is paid already; empty where they paid nothing for the visit."""
    share = sum(
        reason.amount_cents
        for line in lines
        for reason in line.reasons
        if reason.treatment is Treatment.PATIENT
    )
    claim = work.get(Claim, answer.claim_id) if answer.claim_id is not None and share else None
    paid = paid_ahead(work, [claim.appointment_id]).get(claim.appointment_id) if claim is not None else None
    if paid is None or paid[0] <= 0:
        return ""
    left = share - paid[0]
    due = f"{dollars(left)} is still due" if left > 0 else "nothing is due"
    return f"The patient {paid_in_words(paid, near)}, so {due}."


def _line(
    place: int,
    code: str,
    billed_code: str,
    modifiers: str,
    charge: int,
    paid: int,
    reasons: list[ReasonRow],
    remarks: str,
) -> LineRow:
    return LineRow(
        place=place,
        code=code,
        billed_code=billed_code,
        modifiers=modifiers,
        charge_cents=charge,
        adjusted_cents=sum(reason.amount_cents for reason in reasons),
        paid_cents=paid,
        reasons=tuple(reasons),
        remarks=remarks,
    )
