"""Plays the payer: reads the 837P that the office wrote, and answers it with an 835."""

import io
from datetime import datetime, timedelta

from msgspec.structs import replace

from frontdesk.demo.catalog import PLANS, PRACTICE
from frontdesk.demo.office import allowed_cents
from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.professional_claim import Claim, Line
from frontdesk.formats.x12.professional_claim_reader import ProfessionalClaimReader
from frontdesk.formats.x12.remittance import Organization, PaidClaim, PaidLine, Payment, Person
from frontdesk.formats.x12.remittance_writer import remittance_file
from frontdesk.kernel.text import digits
from tests.builders.payer import CONTRACT, COPAY, DEDUCTIBLE, Reasons, paid_claim, paid_line

_BCBS = PLANS[0]


def claims_in(file: bytes) -> list[Claim]:
    """What the office asks for."""
    reader = Reader(io.BytesIO(file))
    return [claim for message in reader.transaction_sets() for claim in ProfessionalClaimReader(message)]


def answer(file: bytes, at: datetime) -> bytes:
    """BCBS pays every claim by its contract: the copay is the patient's, and so is a second service."""
    paid = [_paid(claim) for claim in claims_in(file)]
    payment = Payment(
        handling="I",
        paid_cents=sum(claim.paid_cents for claim in paid),
        method="ACH",
        effective_on=at.date(),
        trace="0098817502",
        payer_identifier="1930000851",
        produced_on=at.date() - timedelta(days=1),
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
    sender, receiver = _BCBS.payer.payer_id, digits(PRACTICE.tax_id)
    return remittance_file(payment, paid, sender=sender, receiver=receiver, at=at, number=31702)


def _paid(claim: Claim) -> PaidClaim:
    insured = claim.policy.subscriber
    lines = tuple(_line(line, place) for place, line in enumerate(claim.lines, 1))
    who = Person(insured.last, insured.first, id_qualifier="MI", id=claim.policy.member_id)
    paid = paid_claim(claim.number, lines, who, payer_control_number=f"B26{claim.number[3:]}")
    return replace(paid, served_on=claim.lines[0].served_on)


def _line(line: Line, place: int) -> PaidLine:
    allowed = allowed_cents(line.charge_cents, _BCBS.allows_percent)
    owed = min(_BCBS.copay_cents or 0, allowed) if place == 1 else allowed
    reasons: Reasons = (
        (CONTRACT, line.charge_cents - allowed),
        (COPAY if place == 1 else DEDUCTIBLE, owed),
    )
    paid = paid_line(place, line.code, line.charge_cents, line.control_number, reasons)
    return replace(paid, served_on=line.served_on, modifiers=line.modifiers, units=line.units)
