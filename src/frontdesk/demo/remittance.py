"""The 835 that came in on Monday and waits to be imported: what BCBS says to the office's own claims."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo.catalog import PLANS, PRACTICE
from frontdesk.demo.office import allowed_cents
from frontdesk.formats.x12.envelope import Group, Interchange
from frontdesk.formats.x12.remittance import (
    VERSION,
    Adjustment,
    ClaimStatus,
    Organization,
    PaidClaim,
    PaidLine,
    Payment,
    Person,
    ProviderAdjustment,
)
from frontdesk.formats.x12.remittance_writer import write_remittance
from frontdesk.formats.x12.writer import Writer
from frontdesk.kernel.text import digits
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.database import Database

TRACE: Final = "0098817243"
PAID_ON: Final = date(2026, 3, 16)
CLAIMS: Final = 13
TAKEN_BACK: Final = ProviderAdjustment(PRACTICE.npi, date(2026, 12, 31), "WO", "3102", 1_835)
_BCBS: Final = PLANS[0]
# What is particular about some of the thirteen, by their place.
_BUNDLED, _DEDUCTIBLE, _CUT_SHORT, _OVERPAID, _DENIED = 2, 3, 8, 10, 11
_SMALL_SHARE = 1_420


@dataclass(frozen=True, slots=True)
class Sent:
    """A claim that lies with its payer."""

    claim: Claim
    patient: Patient
    member_id: str
    lines: tuple[tuple[ClaimLine, ChargeLine], ...]


def waiting(database: Database) -> str:
    """The file's text; empty where the practice is so small that no claim lies with BCBS."""
    sent = oldest(database, _BCBS.payer.name, CLAIMS)
    if not sent:
        return ""
    claims = tuple(paid_claim(one, place) for place, one in enumerate(sent))
    paid = sum(claim.paid_cents for claim in claims) - TAKEN_BACK.amount_cents
    payment = Payment(
        handling="I",
        paid_cents=paid,
        method="ACH",
        effective_on=PAID_ON,
        trace=TRACE,
        payer_identifier="1930000851",
        produced_on=PAID_ON,
        payer=Organization(
            name=_BCBS.payer.name,
            address=(_BCBS.payer.street,),
            city=_BCBS.payer.city,
            state=_BCBS.payer.state,
            zip=_BCBS.payer.postal_code,
            references=(("2U", _BCBS.payer.payer_id),),
        ),
        payee=Organization(name=PRACTICE.name, id_qualifier="XX", id=PRACTICE.npi),
    )
    at = datetime.combine(PAID_ON, datetime.min.time().replace(hour=6, minute=12))
    out = io.BytesIO()
    writer = Writer(out)
    with (
        writer.interchange(Interchange(_BCBS.payer.payer_id, digits(PRACTICE.tax_id), "000031602", at)),
        writer.group(Group("HP", _BCBS.payer.payer_id, digits(PRACTICE.tax_id), "31602", at, VERSION)),
    ):
        write_remittance(writer, payment, claims, (TAKEN_BACK,))
    return out.getvalue().decode("ascii")


def oldest(database: Database, payer: str, count: int) -> list[Sent]:
    """The oldest claims that lie with a payer."""
    with Session(database.engines.read) as session:
        wanted = (
            select(Claim, Patient, Policy.member_id)
            .join(Patient, Patient.id == Claim.patient_id)
            .join(Coverage, Coverage.id == Claim.coverage_id)
            .join(Policy, Policy.id == Coverage.policy_id)
            .join(Payer, Payer.id == Claim.payer_id)
            .where(Claim.state == ClaimState.SENT, Payer.name == payer)
            .order_by(Claim.service_on, Claim.id)
            .limit(count)
        )
        return [
            Sent(claim, patient, member_id, _lines(session, claim.id))
            for claim, patient, member_id in session.execute(wanted)
        ]


def _lines(session: Session, claim_id: int) -> tuple[tuple[ClaimLine, ChargeLine], ...]:
    found = session.execute(
        select(ClaimLine, ChargeLine)
        .join(ChargeLine, ChargeLine.id == ClaimLine.charge_line_id)
        .where(ClaimLine.claim_id == claim_id)
        .order_by(ClaimLine.place)
    )
    return tuple((line, charge) for line, charge in found)


def paid_claim(sent: Sent, place: int) -> PaidClaim:
    """What the payer says to it; some places of the thirteen are particular."""
    claim, patient = sent.claim, sent.patient
    copay = _BCBS.copay_cents or 0
    lines = []
    for line, charge in sent.lines:
        adjustments, copay = _adjusted(charge.amount_cents, place, copay)
        remarks: tuple[str, ...] = ("N179",) if place == _CUT_SHORT else ()
        if place == _BUNDLED and charge is sent.lines[-1][1]:
            adjustments, remarks = (Adjustment("CO", "97", charge.amount_cents),), ("M15",)
        lines.append(_paid_line(line, charge, adjustments, remarks, is_numbered=place != _CUT_SHORT))
    person = Person(patient.legal_last, patient.legal_first, id_qualifier="MI", id=sent.member_id)
    return PaidClaim(
        # As mockup 08 has it: the payer cut the last digit off.
        claim_number=claim.number[:-1] if place == _CUT_SHORT else claim.number,
        status=ClaimStatus.DENIED if place == _DENIED else ClaimStatus.PRIMARY,
        charge_cents=claim.charge_cents,
        paid_cents=sum(line.paid_cents for line in lines),
        patient_cents=sum(a.amount_cents for line in lines for a in line.adjustments if a.group == "PR"),
        filing_code="12",
        payer_control_number=f"B26{claim.number[3:]}",
        adjustments=(),
        lines=tuple(lines),
        patient=person,
        subscriber=Person(),
        corrected=Person(),
        rendering=Person(),
        forwarded_to=Person(),
        served_on=claim.service_on,
        served_until=None,
        received_on=None,
        remarks=(),
        segment_number=0,
    )


def _adjusted(cents: int, place: int, copay: int) -> tuple[tuple[Adjustment, ...], int]:
    """What is not paid of a line, and how much copay is left for the lines after it."""
    if place == _DENIED:
        return (Adjustment("CO", "27", cents),), copay
    allowed = allowed_cents(cents, _BCBS.allows_percent)
    contract = Adjustment("CO", "45", cents - allowed)
    if place == _DEDUCTIBLE:
        return (contract, Adjustment("PR", "1", allowed)), 0
    if place == _OVERPAID:
        return (contract, Adjustment("PR", "1", min(_SMALL_SHARE, allowed))), 0
    mine = min(copay, allowed)
    return (contract, Adjustment("PR", "3", mine)) if mine else (contract,), copay - mine


def _paid_line(
    line: ClaimLine,
    charge: ChargeLine,
    adjustments: tuple[Adjustment, ...],
    remarks: tuple[str, ...],
    *,
    is_numbered: bool,
) -> PaidLine:
    kept_back = sum(adjustment.amount_cents for adjustment in adjustments)
    return PaidLine(
        number=line.place,
        qualifier="HC",
        code=charge.code,
        modifiers=tuple(charge.modifiers.split()),
        charge_cents=charge.amount_cents,
        paid_cents=charge.amount_cents - kept_back,
        units=Decimal(charge.units),
        served_on=charge.service_on,
        served_until=None,
        control_number=line.control_number if is_numbered else "",
        adjustments=adjustments,
        remarks=remarks,
        allowed_cents=None,
        submitted_code="",
        segment_number=0,
    )
