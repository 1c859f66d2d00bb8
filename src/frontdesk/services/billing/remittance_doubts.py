"""What makes a payment look wrong though its sums hold; a person may say with a reason that it is right."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import counted
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim, RemittanceState
from frontdesk.services.work import Work

_BOTH = "Discard one of them, or say why both are right."


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubted, and what can be done; without words there is none."""

    says: str = ""
    advice: str = ""

    def __bool__(self) -> bool:
        return bool(self.says)


def of(work: Work, remittance: Remittance) -> Doubt:
    """The first of them; what a person typed from paper is only compared by its check."""
    if remittance.sha256 is None:
        return _same_check(work, remittance)
    return _below_zero(remittance) or _same_check(work, remittance) or _same_answers(work, remittance)


def _below_zero(remittance: Remittance) -> Doubt:
    """BPR02 is never negative (X221A1): what a payer lacks is carried over (PLB FB)."""
    if remittance.paid_cents >= 0:
        return Doubt()
    cents = dollars(-remittance.paid_cents)
    return Doubt(
        f"The payment is below zero: it takes {cents} from the bank instead of carrying it over.",
        "Nothing of it is posted. Discard it and ask the payer, or say why it is right.",
    )


def _same_check(work: Work, remittance: Remittance) -> Doubt:
    trace = remittance.trace
    if not trace.strip("0"):
        return Doubt()  # payers number what they send without money so
    name = work.session.scalar(
        select(Remittance.name)
        .where(
            Remittance.trace == trace,
            or_(
                Remittance.payer_identifier == remittance.payer_identifier,
                Remittance.sha256.is_(None) & (Remittance.payer_id == remittance.payer_id),
            ),
            Remittance.state != RemittanceState.DISCARDED,
            Remittance.id != remittance.id,
        )
        .order_by(Remittance.id)
        .limit(1)
    )
    if name is None:
        return Doubt()
    return Doubt(f"{name} has the same check or EFT number, {trace}, and says something else.", _BOTH)


def _same_answers(work: Work, remittance: Remittance) -> Doubt:
    """Another payment says the same of each claim, to the cent: it came again under a new number."""
    if not remittance.claims or not remittance.claims_paid_cents:
        return Doubt()
    candidates = work.session.execute(
        select(Remittance.id, Remittance.name)
        .where(
            Remittance.id < remittance.id,
            Remittance.payer_identifier == remittance.payer_identifier,
            Remittance.claims == remittance.claims,
            Remittance.claims_paid_cents == remittance.claims_paid_cents,
            Remittance.paid_cents == remittance.paid_cents,
            Remittance.state != RemittanceState.DISCARDED,
        )
        .order_by(Remittance.id)
    ).all()
    for other_id, name in candidates:
        if _same_claims(work, remittance.id, other_id) == remittance.claims:
            many = counted(remittance.claims, "answer")
            words = f"{name} said the same of each claim ({many}), to the cent, under another check number."
            return Doubt(words, _BOTH)
    return Doubt()


def _same_claims(work: Work, remittance_id: int, other_id: int) -> int:
    """How many answers, place by place, are about the same claim of the payer's and pay the same."""
    one, other = aliased(RemittanceClaim), aliased(RemittanceClaim)
    found = work.session.scalar(
        select(func.count())
        .select_from(one)
        .join(
            other,
            (other.remittance_id == other_id)
            & (other.place == one.place)
            & (other.claim_number == one.claim_number)
            & (other.payer_control_number == one.payer_control_number)
            & (other.status == one.status)
            & (other.charge_cents == one.charge_cents)
            & (other.paid_cents == one.paid_cents)
            & (other.patient_cents == one.patient_cents),
        )
        .where(one.remittance_id == remittance_id)
    )
    return int(found or 0)
