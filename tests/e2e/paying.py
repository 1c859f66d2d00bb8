"""Plays the payer: reads the 837P that the office wrote, and answers it with an 835."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from frontdesk.demo.catalog import PLANS, PRACTICE, DemoPlan
from frontdesk.demo.office import allowed_cents
from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.professional_claim import Claim, Line
from frontdesk.formats.x12.professional_claim_reader import ProfessionalClaimReader
from frontdesk.formats.x12.remittance import Organization, PaidClaim, Payment, Person, ProviderAdjustment
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
    return remittance(_BCBS, [_paid(claim) for claim in claims_in(file)], at, "0098817502")


def remittance(
    plan: DemoPlan,
    paid: Sequence[PaidClaim],
    at: datetime,
    trace: str,
    plb: Sequence[ProviderAdjustment] = (),
) -> bytes:
    """The 835 of a payer: these claims under one check number, less what it settles apart from them."""
    payment = Payment(
        handling="I",
        paid_cents=sum(claim.paid_cents for claim in paid) - sum(each.amount_cents for each in plb),
        method="ACH",
        effective_on=at.date(),
        trace=trace,
        payer_identifier="1930000851",
        produced_on=at.date() - timedelta(days=1),
        payer=Organization(
            name=plan.payer.name,
            address=(plan.payer.street,),
            city=plan.payer.city,
            state=plan.payer.state,
            zip=plan.payer.postal_code,
            references=(("2U", plan.payer.payer_id),),
        ),
        payee=Organization(name=PRACTICE.name, id_qualifier="XX", id=PRACTICE.npi),
    )
    sender, receiver = plan.payer.payer_id, digits(PRACTICE.tax_id)
    return remittance_file(
        payment, paid, plb, sender=sender, receiver=receiver, at=at, number=int(trace[-5:])
    )


def decided(claim: Claim, reasons: Callable[[Line, int], Reasons], *, status: str = "1") -> PaidClaim:
    """A payer's answer on a claim: the reasons for paying less, by line and its place; it pays the rest."""
    insured = claim.policy.subscriber
    lines = tuple(
        replace(
            paid_line(place, line.code, line.charge_cents, line.control_number, reasons(line, place)),
            served_on=line.served_on,
            modifiers=line.modifiers,
            units=line.units,
        )
        for place, line in enumerate(claim.lines, 1)
    )
    who = Person(insured.last, insured.first, id_qualifier="MI", id=claim.policy.member_id)
    number = f"{claim.policy.payer_name[0]}26{claim.number[3:]}"
    paid = paid_claim(claim.number, lines, who, status=status, payer_control_number=number)
    return replace(paid, served_on=claim.lines[0].served_on)


def _paid(claim: Claim) -> PaidClaim:
    return decided(claim, _contract)


def _contract(line: Line, place: int) -> Reasons:
    allowed = allowed_cents(line.charge_cents, _BCBS.allows_percent)
    owed = min(_BCBS.copay_cents or 0, allowed) if place == 1 else allowed
    return (
        (CONTRACT, line.charge_cents - allowed),
        (COPAY if place == 1 else DEDUCTIBLE, owed),
    )
