"""Writes an 835, as a payer would: the demo practice and the tests play the payer with it."""

import io
from collections.abc import Iterable
from datetime import datetime

from frontdesk.formats.x12.adjustments import write_adjustments
from frontdesk.formats.x12.envelope import Group, Interchange
from frontdesk.formats.x12.remittance import (
    VERSION,
    Organization,
    PaidClaim,
    PaidLine,
    Payment,
    Person,
    ProviderAdjustment,
)
from frontdesk.formats.x12.values import amount, day_text, quantity_text
from frontdesk.formats.x12.writer import Writer


def remittance_file(
    payment: Payment,
    claims: Iterable[PaidClaim],
    adjustments: Iterable[ProviderAdjustment] = (),
    *,
    sender: str,
    receiver: str,
    at: datetime,
    number: int,
) -> bytes:
    """A whole file with one 835 in it."""
    out = io.BytesIO()
    writer = Writer(out)
    interchange = Interchange(sender, receiver, f"{number:09}", at)
    group = Group("HP", sender, receiver, str(number), at, VERSION)
    with writer.interchange(interchange), writer.group(group):
        write_remittance(writer, payment, claims, adjustments)
    return out.getvalue()


def write_remittance(
    writer: Writer,
    payment: Payment,
    claims: Iterable[PaidClaim],
    adjustments: Iterable[ProviderAdjustment] = (),
    *,
    control_number: str = "0001",
) -> None:
    """Writes one transaction set into a group that is open."""
    with writer.transaction_set("835", control_number, ""):
        sign = "D" if payment.paid_cents < 0 else "C"
        blanks = ("",) * 11
        writer.segment(
            "BPR",
            payment.handling,
            amount(abs(payment.paid_cents)),
            sign,
            payment.method,
            *blanks,
            day_text(payment.effective_on),
        )
        writer.segment("TRN", "1", payment.trace, payment.payer_identifier)
        if payment.produced_on:
            writer.segment("DTM", "405", day_text(payment.produced_on))
        _organization(writer, "PR", payment.payer)
        _organization(writer, "PE", payment.payee)
        writer.segment("LX", "1")
        for claim in claims:
            _claim(writer, claim)
        for plb in adjustments:
            writer.segment(
                "PLB",
                plb.provider_id,
                day_text(plb.fiscal_period),
                (plb.reason, plb.reference),
                amount(plb.amount_cents),
            )


def _organization(writer: Writer, role: str, organization: Organization) -> None:
    writer.segment("N1", role, organization.name, organization.id_qualifier, organization.id)
    if organization.address:
        writer.segment("N3", *organization.address)
    if organization.city:
        writer.segment("N4", organization.city, organization.state, organization.zip)
    for qualifier, number in organization.references:
        writer.segment("REF", qualifier, number)
    for contact in organization.contacts:
        writer.segment("PER", *contact)


def _claim(writer: Writer, claim: PaidClaim) -> None:
    writer.segment(
        "CLP",
        claim.claim_number,
        claim.status,
        amount(claim.charge_cents),
        amount(claim.paid_cents),
        amount(claim.patient_cents) if claim.patient_cents else "",
        claim.filing_code,
        claim.payer_control_number,
    )
    write_adjustments(writer, claim.adjustments)
    _person(writer, "QC", claim.patient)
    _person(writer, "IL", claim.subscriber)
    _person(writer, "74", claim.corrected)
    _person(writer, "82", claim.rendering)
    _person(writer, "TT", claim.forwarded_to)
    told = {name: amount(cents) for name, cents in claim.amounts}
    moa = ("", told.get("MOA02", ""), *_five(claim.remarks), told.get("MOA08", ""), told.get("MOA09", ""))
    if any(moa):
        writer.segment("MOA", *moa)
    for qualifier, on in (("232", claim.served_on), ("233", claim.served_until), ("050", claim.received_on)):
        if on:
            writer.segment("DTM", qualifier, day_text(on))
    for name, cents in claim.amounts:
        if not name.startswith(("MOA", "MIA")):
            writer.segment("AMT", name, amount(cents))
    for segment in claim.others:
        writer.segment(*segment)
    for line in claim.lines:
        _line(writer, line)


def _five(remarks: tuple[str, ...]) -> tuple[str, ...]:
    """MOA03 to MOA07."""
    return (*remarks[:5], *("",) * (5 - len(remarks[:5])))


def _line(writer: Writer, line: PaidLine) -> None:
    writer.segment(
        "SVC",
        (line.qualifier, line.code, *line.modifiers),
        amount(line.charge_cents),
        amount(line.paid_cents),
        "",
        quantity_text(line.units),
        (line.qualifier, line.submitted_code) if line.submitted_code else "",
    )
    if line.served_on:
        writer.segment("DTM", "150" if line.served_until else "472", day_text(line.served_on))
    if line.served_until:
        writer.segment("DTM", "151", day_text(line.served_until))
    write_adjustments(writer, line.adjustments)
    if line.control_number:
        writer.segment("REF", "6R", line.control_number)
    if line.allowed_cents is not None:
        writer.segment("AMT", "B6", amount(line.allowed_cents))
    for remark in line.remarks:
        writer.segment("LQ", "HE", remark)
    for segment in line.others:
        writer.segment(*segment)


def _person(writer: Writer, role: str, person: Person) -> None:
    if person == Person():
        return
    kind = "2" if role == "TT" else "1"
    writer.segment(
        "NM1",
        role,
        kind,
        person.last,
        person.first,
        person.middle,
        "",
        person.suffix,
        person.id_qualifier,
        person.id,
    )
