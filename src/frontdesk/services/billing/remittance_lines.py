"""The services of a claim as the payer answered them, with each reason for paying less."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.models.billing.remittances import (
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    Treatment,
)
from frontdesk.services.billing import remittance_rules
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


@dataclass(frozen=True, slots=True)
class LineRow:
    """A service as the payer answered it; place 0 is the claim as a whole."""

    place: int
    code: str
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
        reasons.setdefault(row.line, []).append(
            ReasonRow(
                f"{row.group_code}-{row.reason_code}",
                remittance_rules.meaning(row.reason_code),
                row.amount_cents,
                row.treatment,
                row.reason_code in remittance_rules.DENIALS,
            )
        )
    lines = work.session.scalars(
        select(RemittanceLine)
        .where(RemittanceLine.remittance_claim_id == answer.id)
        .order_by(RemittanceLine.place)
    ).all()
    whole = (
        [_line(0, "Claim", "", answer.charge_cents, answer.paid_cents, reasons[0], "")]
        if 0 in reasons
        else []
    )
    return (
        *whole,
        *(
            _line(
                row.place,
                row.code,
                row.modifiers,
                row.charge_cents,
                row.paid_cents,
                reasons.get(row.place, []),
                row.remarks,
            )
            for row in lines
        ),
    )


_BECOMES = {
    Treatment.CONTRACT: "Written off; the patient is never billed for it.",
    Treatment.PATIENT: "The patient owes it, or the next payer.",
    Treatment.PRIOR: "Nothing moves.",
    Treatment.ACCOUNT: "It goes to the payer's own account.",
    Treatment.WRITE_OFF: "Given up by a person.",
    Treatment.OPEN: "It stays open for a person.",
}


def meanings_of(lines: tuple[LineRow, ...], answer: RemittanceClaim) -> tuple[tuple[str, str], ...]:
    """Each code of an answer with our words for it and what becomes of it, its remarks last."""
    said = {
        reason.code: f"{reason.meaning or 'Not on our list'}. {_BECOMES[reason.treatment]}"
        for line in lines
        for reason in line.reasons
    }
    remarks = {word for text in (answer.remarks, *(line.remarks for line in lines)) for word in text.split()}
    return (
        *sorted(said.items()),
        *(
            (remark, "The payer's remark; its list of codes says what it means.")
            for remark in sorted(remarks)
        ),
    )


def _line(
    place: int, code: str, modifiers: str, charge: int, paid: int, reasons: list[ReasonRow], remarks: str
) -> LineRow:
    return LineRow(
        place=place,
        code=code,
        modifiers=modifiers,
        charge_cents=charge,
        adjusted_cents=sum(reason.amount_cents for reason in reasons),
        paid_cents=paid,
        reasons=tuple(reasons),
        remarks=remarks,
    )
