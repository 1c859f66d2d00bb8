"""What payers denied: by cause, and by who could have prevented it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.names import last_first
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import (
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceState,
    Treatment,
)
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import denial_causes
from frontdesk.services.billing.denial_causes import Cause
from frontdesk.services.billing.remittance_rules import meaning
from frontdesk.services.billing.reports_filter import Wanted, of_claims
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Denials:
    """What was denied for one cause that one of the house could have prevented."""

    cause: Cause
    owner: Owner
    claims: int
    cents: int


@dataclass(frozen=True, slots=True)
class DeniedClaim:
    """One reason for which a payer paid less on a claim."""

    reason_id: int
    claim_id: int
    number: str
    patient_id: int
    patient: str
    payer: str
    service_on: date
    answered_on: date
    code: str
    """CO-50."""
    words: str
    cents: int


@query(permission="billing.view")
def denials(work: Work, *, wanted: Wanted) -> tuple[Denials, ...]:
    """What the payers' answers of the period deny, the largest amount first.

    A denial is an adjustment for a reason of the office's list of causes, or one that no rule settles;
    whether the whole claim or a part of a line was denied. What goes to the patient, what a payer before
    settled, and what is agreed in advance is none. A claim counts once in each row.
    """
    told = _denied(wanted).subquery()
    cents = func.sum(told.c.cents)
    found = work.session.execute(
        select(told.c.cause, told.c.owner, func.count(told.c.claim_id.distinct()), cents)
        .group_by(told.c.cause, told.c.owner)
        .order_by(cents.desc(), told.c.cause, told.c.owner)
    )
    return tuple(Denials(Cause(cause), Owner(owner), many, int(sum_)) for cause, owner, many, sum_ in found)


@query(permission="billing.view")
def denied_claims(
    work: Work, *, wanted: Wanted, cause: Cause | None = None, owner: Owner | None = None
) -> tuple[DeniedClaim, ...]:
    """The denials behind a bar, the newest answer first; they sum to it."""
    told = _denied(wanted).subquery()
    rows = (
        select(told, Claim, Patient, Payer.name)
        .join(Claim, Claim.id == told.c.claim_id)
        .join(Patient, Patient.id == Claim.patient_id)
        .join(Payer, Payer.id == Claim.payer_id)
        .order_by(told.c.paid_on.desc(), told.c.id.desc())
    )
    if cause is not None:
        rows = rows.where(told.c.cause == cause.value)
    if owner is not None:
        rows = rows.where(told.c.owner == owner.value)
    return tuple(
        DeniedClaim(
            reason_id=row.id,
            claim_id=claim.id,
            number=claim.number,
            patient_id=claim.patient_id,
            patient=last_first(patient.legal_last, patient.legal_first),
            payer=payer,
            service_on=claim.service_on,
            answered_on=row.paid_on,
            code=f"{row.group_code}-{row.reason_code}",
            words=meaning(row.reason_code),
            cents=int(row.cents),
        )
        for row, claim, patient, payer in (
            (each, each.Claim, each.Patient, each.name) for each in work.session.execute(rows)
        )
    )


def _denied(wanted: Wanted) -> Select[int, int | None, date, str, str, int, str, str]:
    """Each adjustment that is a denial."""
    reason, answer = RemittanceAdjustment, RemittanceClaim
    is_denial = (reason.treatment == Treatment.OPEN) | (
        (reason.treatment == Treatment.CONTRACT) & denial_causes.is_known(reason.reason_code)
    )
    return (
        select(
            reason.id,
            answer.claim_id,
            Remittance.paid_on,
            reason.group_code,
            reason.reason_code,
            (reason.amount_cents - reason.written_off_cents).label("cents"),
            denial_causes.cause_of(reason.reason_code).label("cause"),
            denial_causes.owner_of(reason.reason_code).label("owner"),
        )
        .join(answer, answer.id == reason.remittance_claim_id)
        .join(Remittance, Remittance.id == answer.remittance_id)
        .join(Claim, Claim.id == answer.claim_id)
        .where(
            is_denial,
            reason.amount_cents > reason.written_off_cents,
            answer.status != ClaimStatus.REVERSAL.value,
            Remittance.state == RemittanceState.POSTED,
            Remittance.paid_on >= wanted.since_on,
            Remittance.paid_on <= wanted.until_on,
            *of_claims(wanted),
        )
    )
