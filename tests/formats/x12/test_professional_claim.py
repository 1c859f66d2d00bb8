"""The 837P: written so that others take it, read back the same."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.formats.x12.adjustments import Adjustment
from frontdesk.formats.x12.envelope import Group, Interchange, Reader
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.professional_claim import (
    VERSION,
    Address,
    BillingProvider,
    Claim,
    ClaimFile,
    Drug,
    Facility,
    Insured,
    Line,
    OtherPayer,
    Policy,
    PriorLine,
    Provider,
    Receiver,
    Submitter,
)
from frontdesk.formats.x12.professional_claim_reader import ProfessionalClaimReader
from frontdesk.formats.x12.professional_claim_writer import write_claims
from frontdesk.formats.x12.writer import Writer
from tests.formats.x12.judges import pyx12_complaints, x12sdk_models
from tests.formats.x12.strategies import claims as any_claims

SAMPLES = Path(__file__).parents[2] / "data" / "x12"
AT = datetime(2026, 3, 17, 10, 42)
HOME = Address("2218 ALDER COURT", "APT 4", "BEAVERTON", "OR", "97005")
OFFICE = Address("410 HARBOR STREET", "", "PORTLAND", "OR", "972041830")
HARBOR = BillingProvider("HARBOR POINT FAMILY MEDICINE", "1234567893", "931234567", "207Q00000X", OFFICE)
RAYMOND = Insured("CASTILLO", "RAYMOND", "J", "", date(1966, 8, 30), "M", HOME)
BCBS = Policy("BCBS", "00851", "XQP884120557", RAYMOND, "P", "0071-442", "BL")
CONTRACT = Adjustment("CO", "45", 300)
CASTILLO = Claim(
    number="26-04127",
    charge_cents=24500,
    place_of_service="11",
    diagnoses=("Z00.00", "I10"),
    lines=(
        Line("99214", 16500, date(2026, 3, 13), (1,), "26-04127-1", ("25",)),
        Line("93000", 8000, date(2026, 3, 13), (2, 1), "26-04127-2", units=Decimal("1.5")),
    ),
    policy=BCBS,
    billing=HARBOR,
    rendering=Provider("LEE", "SUSAN", "1700000007", "207Q00000X"),
)
CHILD = msgspec.structs.replace(
    CASTILLO,
    number="26-04128",
    patient=Insured("CASTILLO", "NOA", born_on=date(2019, 2, 3), sex="F", address=HOME),
    relationship="19",
    authorization="AUTH123",
    referral="REF77",
    referring=Provider("NAKAMURA", "KEN", "1993999998"),
    facility=Facility(
        "PIER STREET CLINIC", "1234567893", Address("12 PIER STREET", "", "PORTLAND", "OR", "972091200")
    ),
    onset_on=date(2026, 3, 1),
    note="SEE VISIT NOTE",
)
REPLACED = msgspec.structs.replace(
    CASTILLO,
    number="26-04129",
    frequency="7",
    payer_control_number="2026081234501",
    accident="AA",
    accident_state="OR",
    accident_on=date(2026, 3, 2),
)

KEY = Policy("KEY INSURANCE", "99999", "JS00111223333", RAYMOND, "P", "", "CI")
SECONDARY = msgspec.structs.replace(
    CASTILLO,
    number="26-04130",
    policy=msgspec.structs.replace(BCBS, rank="S"),
    supervising=Provider("RAMAN", "PRIYA", "1700000015"),
    patient_paid_cents=2000,
    other_payers=(
        OtherPayer(
            msgspec.structs.replace(KEY, subscriber=Insured("CASTILLO", "RAYMOND", "J", address=HOME)),
            paid_cents=18700,
            patient_cents=3000,
            control_number="KEY-77",
        ),
    ),
    lines=(
        Line(
            "99214",
            16500,
            date(2026, 3, 13),
            (1,),
            "26-04130-1",
            ("25",),
            prior=(
                PriorLine(
                    "99999",
                    11000,
                    "99214",
                    date(2026, 3, 20),
                    ("25",),
                    adjustments=(Adjustment("CO", "45", 2500), Adjustment("PR", "3", 3000)),
                    patient_cents=3000,
                ),
            ),
        ),
        Line(
            "J1885",
            8000,
            date(2026, 3, 13),
            (2,),
            "26-04130-2",
            drug=Drug("00409379501", Decimal(2), "ML"),
            ordering=Provider("NAKAMURA", "KEN", "1993999998"),
            prior=(PriorLine("99999", 7700, "J1885", date(2026, 3, 20), adjustments=(CONTRACT,)),),
        ),
    ),
)


def written(*claims: Claim) -> str:
    """A file of these claims."""
    out = io.BytesIO()
    writer = Writer(out)
    header = ClaimFile(
        Submitter("HARBOR POINT", "931234567", "BILLING", "5035550100"),
        Receiver("TIDE", "TIDE01"),
        "000001",
        AT,
    )
    with (
        writer.interchange(Interchange("931234567", "TIDE01", "000000001", AT)),
        writer.group(Group("HC", "931234567", "TIDE01", "1", AT, VERSION)),
    ):
        write_claims(writer, header, claims, control_number="0001")
    return out.getvalue().decode("ascii")


def read(text: str) -> list[Claim]:
    reader = Reader(io.BytesIO(text.encode()))
    found = [claim for message in reader.transaction_sets() for claim in ProfessionalClaimReader(message)]
    assert reader.problems == []
    return found


@pytest.mark.parametrize(
    "claims", [(CASTILLO,), (CHILD,), (REPLACED,), (CASTILLO, CHILD, REPLACED), (SECONDARY,)]
)
def test_other_validators_take_what_we_write(claims: tuple[Claim, ...]) -> None:
    text = written(*claims)
    assert pyx12_complaints(text) == ""
    assert x12sdk_models(text) == 1


def test_names_are_written_in_the_basic_character_set() -> None:
    person = msgspec.structs.replace(RAYMOND, last="Núñez-O’Brien", first="Zoë*", middle="")
    claim = msgspec.structs.replace(CASTILLO, policy=msgspec.structs.replace(BCBS, subscriber=person))
    text = written(claim)
    assert "NM1*IL*1*NUNEZ-O'BRIEN*ZOE****MI*XQP884120557~" in text
    assert pyx12_complaints(text) == ""


def test_diagnoses_go_without_their_dots() -> None:
    assert "HI*ABK:Z0000*ABF:I10~" in written(CASTILLO)


def test_a_replacement_names_the_payers_number() -> None:
    text = written(REPLACED)
    assert "CLM*26-04129*245***11:B:7*Y*A*Y*Y**AA:::OR~" in text
    assert "REF*F8*2026081234501~" in text


def test_twelve_diagnoses_and_fifty_lines_fit() -> None:
    lines = tuple(Line("93000", 100, date(2026, 3, 13), (12, 1), f"26-1-{n}") for n in range(1, 51))
    codes = (
        "Z0000",
        "I10",
        "E119",
        "J45909",
        "M545",
        "R05",
        "K219",
        "F329",
        "G43909",
        "L309",
        "N390",
        "E785",
    )
    claim = msgspec.structs.replace(CASTILLO, charge_cents=5000, diagnoses=codes, lines=lines)
    text = written(claim)
    assert pyx12_complaints(text) == ""
    assert len(read(text)[0].lines) == 50


@given(st.lists(any_claims, min_size=1, max_size=3))
def test_what_is_written_reads_back_the_same(claims: list[Claim]) -> None:
    assert read(written(*claims)) == [_normal(claim) for claim in claims]


def _normal(claim: Claim) -> Claim:
    return msgspec.structs.replace(claim, relationship="18")


def test_a_child_is_read_back_under_its_subscriber() -> None:
    (claim,) = read(written(CHILD))
    assert claim.patient == CHILD.patient
    assert (claim.relationship, claim.facility, claim.referring) == ("19", CHILD.facility, CHILD.referring)
    assert claim.policy.subscriber.last == "CASTILLO"


def test_a_published_claim_reads() -> None:
    (claim,) = read((SAMPLES / "837p-commercial.edi").read_text())
    assert (claim.number, claim.charge_cents, len(claim.lines)) == ("26463774", 10000, 4)
    assert (claim.policy.member_id, claim.billing.npi) == ("JS00111223333", "9876543210")


def test_a_claim_with_a_broken_amount_is_refused() -> None:
    with pytest.raises(Malformed, match="expected an amount in dollars and cents"):
        read(written(CASTILLO).replace("*245*", "*2x5*"))
