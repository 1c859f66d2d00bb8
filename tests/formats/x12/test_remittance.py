"""The 835: typed, balanced, written as a payer would."""

import io
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.remittance import PaidClaim, Payment, ProviderAdjustment
from frontdesk.formats.x12.remittance_balance import claim_imbalances, payment_imbalance
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.formats.x12.remittance_writer import remittance_file
from tests.formats.x12.judges import pyx12_takes_remittance
from tests.formats.x12.strategies import paid_claims, payments, provider_adjustments

SAMPLES = Path(__file__).parents[2] / "data" / "x12"
AT = datetime(2026, 3, 16, 8, 0)


def remittances(data: bytes) -> list[tuple[Payment, list[PaidClaim], list[ProviderAdjustment]]]:
    found = []
    for message in Reader(io.BytesIO(data)).transaction_sets():
        reader = RemittanceReader(message)
        claims = list(reader)
        found.append((reader.payment, claims, reader.provider_adjustments))
    return found


def sample(name: str) -> tuple[Payment, list[PaidClaim], list[ProviderAdjustment]]:
    (one,) = remittances((SAMPLES / name).read_bytes())
    return one


def test_a_published_remittance_reads_to_the_cent() -> None:
    payment, claims, adjustments = sample("835-dollars-and-data.edi")
    assert (payment.paid_cents, payment.trace, payment.payer.name) == (
        15_000_000,
        "12345",
        "INSURANCE COMPANY OF TIMBUCKTU",
    )
    assert [(c.claim_number, c.charge_cents, c.paid_cents) for c in claims] == [
        ("666123", 21_136_697, 13_801_840),
        ("777777", 1_500_000, 1_198_033),
    ]
    assert claims[0].adjustments[0].code == "CO-45"
    assert claims[1].remarks == ("MA02",)
    assert [(a.reason, a.reference, a.amount_cents) for a in adjustments] == [("CV", "CP", -127)]


def test_lines_with_their_reasons_and_remarks() -> None:
    _, claims, _ = sample("835-emedny-professional.txt")
    line = claims[2].lines[2]
    assert (line.code, line.charge_cents, line.paid_cents, line.served_on) == (
        "V2700",
        275,
        0,
        date(2010, 1, 1),
    )
    assert (line.modifiers, line.remarks, line.adjustments[0].code) == (("RB",), ("N206",), "CO-251")
    assert claims[1].corrected.last == "CORRECTED LAST"


def test_a_reversal_stands_beside_its_correction() -> None:
    _, claims, adjustments = sample("835-emedny-retro.txt")
    assert [(c.status, c.paid_cents) for c in claims] == [("22", -715_117), ("1", 713_101)]
    assert claims[0].is_reversal
    assert adjustments[0].amount_cents == -2016


@pytest.mark.parametrize(
    "name", ["835-dollars-and-data.edi", "835-multiple-claims.edi", "835-emedny-retro.txt"]
)
def test_the_published_samples_balance(name: str) -> None:
    payment, claims, adjustments = sample(name)
    assert [imbalance for claim in claims for imbalance in claim_imbalances(claim)] == []
    assert payment_imbalance(payment, sum(c.paid_cents for c in claims), adjustments) is None


def test_one_cent_too_much_is_found() -> None:
    data = (SAMPLES / "moov-835-one-cent-off.txt").read_bytes()
    found = [
        imbalance.message
        for _, claims, _ in remittances(data)
        for claim in claims
        for imbalance in claim_imbalances(claim)
    ]
    assert found == ["Claim 9999999 does not balance: the payer says $0.00, its amounts come to $0.01."]


def test_a_value_that_cannot_be_read_is_named_by_its_place() -> None:
    with pytest.raises(Malformed) as refused:
        sample("lfh-835-bad-date.835")
    assert str(refused.value) == "Segment 4, BPR16: expected a date as CCYYMMDD."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"CAS*CO*45*73348.57", b"CAS*CO*45*733x8.57", "Segment 17, CAS03: expected an amount"),
        (b"CLP*666123*1*211366.97*", b"CLP*666123*1**", "Segment 16, CLP03: expected an amount"),
        (b"DTM*232*20020512", b"DTM*232*20021399", "Segment 29, DTM02: expected a date of the calendar"),
        (b"CV:CP*-1.27", b"CV:CP", "Segment 30, PLB04: expected an amount"),
        (b"TRN*1*12345*1512345678~", b"", "Segment 12, TRN: expected the payment's TRN before its claims."),
    ],
)
def test_a_broken_amount_or_date_is_refused(old: bytes, new: bytes, said: str) -> None:
    data = (SAMPLES / "835-dollars-and-data.edi").read_bytes()
    assert old in data
    with pytest.raises(Malformed) as refused:
        remittances(data.replace(old, new))
    assert str(refused.value).startswith(said)


def test_what_is_said_of_the_whole_claim_is_read_and_written_back() -> None:
    data = (SAMPLES / "835-dollars-and-data.edi").read_bytes()
    told = b"MOA*.8*12.5*MA01*MA18****3*4~DTM*232*20020512~AMT*F5*25~AMT*I*1.2~AMT*X9*x~AMT*D8~AMT*A B*1~"
    assert data.count(b"DTM*232*20020512~") == 1
    ((payment, claims, adjustments),) = remittances(
        data.replace(b"MOA***MA02~", b"").replace(b"DTM*232*20020512~", told)
    )
    inpatient, claim = claims
    assert inpatient.amounts == (("MIA04", 13_801_840),)
    assert claim.remarks == ("MA01", "MA18")
    assert claim.amounts == (("MOA02", 1250), ("MOA08", 300), ("MOA09", 400), ("F5", 2500), ("I", 120))
    assert [segment for segment in claim.others if segment[0] == "AMT"] == [
        ["AMT", "X9", "x"],
        ["AMT", "D8"],
        ["AMT", "A B", "1"],
    ]
    plain = msgspec.structs.replace(claim, others=())
    again = remittance_file(payment, [plain], adjustments, sender="P", receiver="O", at=AT, number=1)
    ((_, read, _),) = remittances(again)
    assert _unplaced(read[0]) == _unplaced(plain)


def test_claims_are_no_remittance() -> None:
    data = (SAMPLES / "837p-commercial.edi").read_bytes()
    with pytest.raises(Malformed, match=r"ST01: expected a remittance \(835\); this is a 837"):
        remittances(data)


@given(payments, st.lists(paid_claims, max_size=4), st.lists(provider_adjustments, max_size=3))
def test_what_is_written_reads_back_the_same(
    payment: Payment, claims: list[PaidClaim], adjustments: list[ProviderAdjustment]
) -> None:
    data = remittance_file(payment, claims, adjustments, sender="P", receiver="O", at=AT, number=1)
    ((read_payment, read_claims, read_adjustments),) = remittances(data)
    assert read_payment == payment
    assert [_unplaced(claim) for claim in read_claims] == claims
    assert read_adjustments == adjustments


def _unplaced(claim: PaidClaim) -> PaidClaim:
    lines = tuple(msgspec.structs.replace(line, segment_number=0) for line in claim.lines)
    return msgspec.structs.replace(claim, segment_number=0, lines=lines)


def test_another_validator_takes_what_we_write() -> None:
    payment, claims, adjustments = sample("835-dollars-and-data.edi")
    data = remittance_file(payment, claims, adjustments, sender="PAYER", receiver="OFFICE", at=AT, number=1)
    assert pyx12_takes_remittance(data.decode())
