"""What insurers answered on the claims of the past: the remittances that were posted, claim by claim."""

from datetime import date, datetime, time
from hashlib import sha256
from typing import Final

from frontdesk.demo.bulk import Rows
from frontdesk.demo.claims import Asked, claim_control
from frontdesk.demo.money import CONTRACT, Share
from frontdesk.demo.week import instant
from frontdesk.models.billing.remittances import (
    MatchBasis,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    RemittanceState,
    Treatment,
)
from frontdesk.models.records.content import MediaType
from frontdesk.services.records import content

_FILE: Final = b"The files of these remittances were read before this practice was set up here.\n"
_PAID, _DENIED = "1", "4"


def write(rows: Rows, asked: list[tuple[int, Asked]]) -> None:
    """A remittance for each insurer and day with what it says of the claims (by their ids)."""
    together: dict[tuple[int, date], list[tuple[int, Asked]]] = {}
    for claim_id, one in asked:
        if one.decided_on is not None and one.bill.sold is not None:
            together.setdefault((one.bill.sold.payer_id, one.decided_on), []).append((claim_id, one))
    if not together:
        return
    kept = content.keep_made(rows.work, _FILE, MediaType.TEXT)
    for number, ((payer_id, on), group) in enumerate(sorted(together.items(), key=lambda each: each[0]), 1):
        paid = sum(share.paid_cents for _, one in group for share in one.shares)
        sold = group[0][1].bill.sold
        assert sold is not None
        trace = f"EFT{on:%y%m%d}{number:04}"
        remittance_id = rows.add(
            Remittance,
            id=group[0][1].remittance_id,
            name=f"835-{on:%m%d}-{number:03}",
            payer_name=sold.plan.payer.name,
            payer_id=payer_id,
            trace=trace,
            payer_identifier="",
            method="ACH" if paid else "NON",
            paid_cents=paid,
            claims_paid_cents=paid,
            taken_back_cents=0,
            claims=len(group),
            paid_on=on,
            received_at=instant(datetime.combine(on, time(9, 0))),
            sha256=kept,
            fingerprint=sha256(trace.encode()).hexdigest(),
            state=RemittanceState.POSTED,
            posted_at=instant(datetime.combine(on, time(9, 5))),
        )
        for place, (claim_id, one) in enumerate(group, 1):
            _answer(rows, remittance_id, place, claim_id, one)


def _answer(rows: Rows, remittance_id: int, place: int, claim_id: int, one: Asked) -> None:
    bill, person = one.bill, one.bill.visit.planned.person
    charged = sum(line.cents for line in bill.lines)
    paid = sum(share.paid_cents for share in one.shares)
    contract = sum(share.contract_cents for share in one.shares)
    patient = sum(cents for share in one.shares for _, cents in share.patient)
    answer_id = rows.add(
        RemittanceClaim,
        id=one.answer_id,
        remittance_id=remittance_id,
        place=place,
        claim_number=one.number,
        status=_DENIED if one.denial else _PAID,
        patient_last=person.last.upper(),
        patient_first=person.first.upper(),
        member_id="",
        payer_control_number=claim_control(one.number),
        served_on=bill.service_on,
        charge_cents=charged,
        paid_cents=paid,
        contract_cents=contract,
        patient_cents=patient,
        other_cents=charged - paid - contract - patient,
        claim_id=claim_id,
        basis=MatchBasis.CLAIM_NUMBER,
        match_note="Our claim number.",
    )
    for number, line in enumerate(bill.lines, 1):
        share = one.shares[number - 1] if one.shares else None
        rows.add(
            RemittanceLine,
            remittance_claim_id=answer_id,
            place=number,
            code=line.code,
            modifiers="",
            charge_cents=line.cents,
            paid_cents=share.paid_cents if share else 0,
            served_on=bill.service_on,
            control_number=f"{one.number}-{number}",
            remarks="",
        )
        for codes, cents, treatment in _reasons(one, line.cents, share):
            rows.add(
                RemittanceAdjustment,
                remittance_claim_id=answer_id,
                line=number,
                group_code=codes[0],
                reason_code=codes[1],
                amount_cents=cents,
                treatment=treatment,
            )


def _reasons(one: Asked, charged: int, share: Share | None) -> list[tuple[tuple[str, str], int, Treatment]]:
    """Why a line was not paid whole."""
    if one.denial is not None:
        group, _, reason = one.denial.code.partition("-")
        return [((group, reason), charged, Treatment.OPEN)]
    assert share is not None
    found = [(codes, cents, Treatment.PATIENT) for codes, cents in share.patient if cents]
    contract = [(CONTRACT, share.contract_cents, Treatment.CONTRACT)] if share.contract_cents else []
    return [*contract, *found]
