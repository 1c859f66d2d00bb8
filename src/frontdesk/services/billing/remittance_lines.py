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
