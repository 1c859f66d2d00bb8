"""Plays the payer: answers our claims with an 835 and hands it to the office."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace
from sqlalchemy import select

from frontdesk.formats.x12.remittance import (
    Adjustment,
    Organization,
    PaidClaim,
    PaidLine,
    Payment,
    Person,
    ProviderAdjustment,
)
from frontdesk.formats.x12.remittance_writer import remittance_file
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import remittance_holds, remittance_views, remittances
from frontdesk.services.billing.remittances import TakenIn
from frontdesk.services.records import content
from tests.builders.billing import at_work
from tests.office import Office

AT = datetime(2026, 3, 16, 8, 0)
BCBS = Organization(
    "BCBS",
    "XV",
    "BCBS1",
    ("1 Payer Plaza",),
    "Portland",
    "OR",
    "97201",
    contacts=(("BL", "CLAIMS", "TE", "5035550199"),),
)
HARBOR = Organization("HARBOR POINT FAMILY MEDICINE", "XX", "1234567893")
CONTRACT, COPAY, DEDUCTIBLE = ("CO", "45"), ("PR", "3"), ("PR", "1")

Reasons = Sequence[tuple[tuple[str, str], int]]


def answer(office: Office, claim_id: int, *lines: Reasons, status: str = "1") -> PaidClaim:
    """The payer's answer on a claim: reasons for not paying, line by line; it pays the rest."""
    with at_work(office) as work:
        claim = work.get(Claim, claim_id)
        patient = work.get(Patient, claim.patient_id)
        coverage = work.get(Coverage, claim.coverage_id)
        member_id = work.get(Policy, coverage.policy_id).member_id
        rows = work.session.execute(
            select(ClaimLine, ChargeLine)
            .join(ChargeLine, ClaimLine.charge_line_id == ChargeLine.id)
            .where(ClaimLine.claim_id == claim_id)
            .order_by(ClaimLine.place)
        ).all()
    reasons = [*lines, *[()] * (len(rows) - len(lines))]
    paid_lines = tuple(
        paid_line(place, charge.code, charge.amount_cents, line.control_number, some)
        for place, ((line, charge), some) in enumerate(zip(rows, reasons, strict=True), 1)
    )
    return paid_claim(
        claim.number,
        paid_lines,
        Person(patient.legal_last.upper(), patient.legal_first.upper(), "", "", "MI", member_id),
        status=status,
    )


def paid_line(
    place: int, code: str, charge_cents: int, control_number: str = "", reasons: Reasons = ()
) -> PaidLine:
    """A line of which the payer pays what the reasons leave."""
    adjustments = tuple(Adjustment(group, reason, cents) for (group, reason), cents in reasons)
    return PaidLine(
        number=place,
        qualifier="HC",
        code=code,
        modifiers=(),
        charge_cents=charge_cents,
        paid_cents=charge_cents - sum(adjustment.amount_cents for adjustment in adjustments),
        units=Decimal(1),
        served_on=date(2026, 3, 17),
        served_until=None,
        control_number=control_number,
        adjustments=adjustments,
        remarks=(),
        allowed_cents=None,
        submitted_code="",
        segment_number=0,
    )


def paid_claim(
    number: str,
    lines: tuple[PaidLine, ...],
    patient: Person,
    *,
    status: str = "1",
    payer_control_number: str = "2026081234501",
) -> PaidClaim:
    """A claim with these lines; its sums follow."""
    every = [adjustment for line in lines for adjustment in line.adjustments]
    return PaidClaim(
        claim_number=number,
        status=status,
        charge_cents=sum(line.charge_cents for line in lines),
        paid_cents=sum(line.paid_cents for line in lines),
        patient_cents=sum(adjustment.amount_cents for adjustment in every if adjustment.group == "PR"),
        filing_code="BL",
        payer_control_number=payer_control_number,
        adjustments=(),
        lines=lines,
        patient=patient,
        subscriber=Person(),
        corrected=Person(),
        rendering=Person(),
        forwarded_to=Person(),
        served_on=date(2026, 3, 17),
        served_until=None,
        received_on=None,
        remarks=(),
        segment_number=0,
    )


def mirrored(claim: PaidClaim) -> PaidClaim:
    """The payer takes this answer back (status 22): every amount the other way round."""
    lines = tuple(
        replace(
            line,
            charge_cents=-line.charge_cents,
            paid_cents=-line.paid_cents,
            adjustments=tuple(replace(a, amount_cents=-a.amount_cents) for a in line.adjustments),
        )
        for line in claim.lines
    )
    return replace(
        claim,
        status="22",
        charge_cents=-claim.charge_cents,
        paid_cents=-claim.paid_cents,
        patient_cents=-claim.patient_cents,
        lines=lines,
    )


def written(
    *claims: PaidClaim,
    plb: Sequence[ProviderAdjustment] = (),
    trace: str = "0098817243",
    paid_cents: int | None = None,
    payee: Organization = HARBOR,
    payer: Organization = BCBS,
) -> bytes:
    """The 835 that pays these claims, less the provider adjustments; or another amount, to be wrong."""
    due = sum(claim.paid_cents for claim in claims) - sum(adjustment.amount_cents for adjustment in plb)
    payment = Payment(
        handling="I",
        paid_cents=due if paid_cents is None else paid_cents,
        method="ACH",
        effective_on=date(2026, 3, 16),
        trace=trace,
        payer_identifier="1930000001",
        produced_on=date(2026, 3, 16),
        payer=payer,
        payee=payee,
    )
    return remittance_file(payment, claims, plb, sender="BCBS1", receiver="931234567", at=AT, number=1)


def delivered(office: Office, data: bytes) -> TakenIn:
    """The file is kept and taken in."""
    seen = content.store_bytes(office.database, data, "remittance.835")
    return office.do(remittances.take_in, sha256=seen.sha256)


def received(
    office: Office,
    *claims: PaidClaim,
    plb: Sequence[ProviderAdjustment] = (),
    trace: str = "0098817243",
) -> int:
    """The id of the remittance that answers these claims; one below zero is said to be right."""
    data = written(*claims, plb=plb, trace=trace)
    paid = sum(claim.paid_cents for claim in claims) - sum(adjustment.amount_cents for adjustment in plb)
    return let_in(office, data) if paid < 0 else delivered(office, data).remittance_ids[0]


def let_in(office: Office, data: bytes) -> int:
    """The id of the remittance in a file; where it looks wrong, a person says that it is right."""
    (remittance,) = delivered(office, data).remittance_ids
    if office.ask(remittance_views.sheet, remittance_id=remittance).doubt:
        office.do(remittance_holds.release, remittance_id=remittance, reason="The bank shows it")
    return remittance
