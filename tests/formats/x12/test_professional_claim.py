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
    Attachment,
    BillingProvider,
    Claim,
    ClaimFile,
    Drug,
    Facility,
    Insured,
    Line,
    OtherId,
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
KEY_OF_HOLDER = msgspec.structs.replace(KEY, subscriber=Insured("CASTILLO", "RAYMOND", "J", address=HOME))
SECONDARY = msgspec.structs.replace(
    CASTILLO,
    number="26-04130",
    policy=msgspec.structs.replace(BCBS, rank="S"),
    supervising=Provider("RAMAN", "PRIYA", "1700000015"),
    patient_paid_cents=2000,
    other_payers=(
        OtherPayer(
            KEY_OF_HOLDER,
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

LAB = Facility("TIDE LABORATORY", "1993999998", Address("9 SHORE ROAD", "", "SALEM", "OR", "973011830"))
INJURED = msgspec.structs.replace(
    CASTILLO,
    number="26-04131",
    accident="EM",
    accident_on=date(2026, 2, 27),
    onset_on=date(2026, 2, 1),
    onset_kind="484",
    other_on=date(2026, 3, 2),
    other_kind="454",
    unable_from=date(2026, 2, 28),
    unable_until=date(2026, 3, 10),
    last_worked_on=date(2026, 2, 27),
    admitted_on=date(2026, 3, 1),
    discharged_on=date(2026, 3, 3),
    condition_codes=("AA", "W2"),
    case_number="WC-2026-77",
    delay_reason="3",
    epsdt="S2",
    note="REPORTS FOLLOW",
    facility=LAB,
    bought_from=LAB,
    attachments=(Attachment("OZ", "BM", "26-04131-A1"), Attachment("03", "AA")),
    lines=(
        Line(
            "99214",
            16500,
            date(2026, 3, 13),
            (1,),
            "26-04131-1",
            is_emergency=True,
            is_epsdt=True,
            is_family_planning=True,
        ),
        Line(
            "93000",
            8000,
            date(2026, 3, 13),
            (2,),
            "26-04131-2",
            bought_cents=4500,
            attachments=(Attachment("RB", "FX", "26-04131-A2"),),
        ),
    ),
)


RARE = msgspec.structs.replace(
    CASTILLO,
    number="26-04132",
    authorization="AUTH123",
    referral="REF77",
    note="SEE VISIT NOTE",
    billing=msgspec.structs.replace(HARBOR, other_ids=(OtherId("0B", "MD12345"),)),
    policy=msgspec.structs.replace(
        BCBS, rank="S", filing_code="MB", secondary_reason="12", billing_ids=(OtherId("G2", "HP-4411"),)
    ),
    other_payers=(
        OtherPayer(KEY_OF_HOLDER, paid_cents=18700, patient_cents=3000, decided_on=date(2026, 3, 20)),
    ),
    rendering=Provider(
        "LEE", "SUSAN", "1700000007", "207Q00000X", (OtherId("G2", "LEE77"), OtherId("LU", "3"))
    ),
    referring=Provider("NAKAMURA", "KEN", "1993999998", other_ids=(OtherId("1G", "U12345"),)),
    facility=Facility("PIER STREET CLINIC", "1234567893", OFFICE, (OtherId("G2", "SITE9"),)),
    supervising=Provider("RAMAN", "PRIYA", "1700000015", other_ids=(OtherId("0B", "OR55"),)),
    assignment="B",
    program="09",
    last_worked_on=date(2026, 3, 1),
    returned_on=date(2026, 3, 16),
    references=(
        OtherId("4N", "3"),
        OtherId("F5", "N"),
        OtherId("EW", "M123456"),
        OtherId("LX", "G120001"),
        OtherId("P4", "01234567"),
        OtherId("1J", "1993999998"),
    ),
    file_info="STATE DATA 42",
    note_kind="TPO",
    spine="A",
    lines=(
        Line("01996", 16500, date(2026, 3, 13), (1,), "26-04132-1", ("AA",), Decimal(75), "MJ"),
        Line(
            "J3490",
            8000,
            date(2026, 3, 13),
            (2,),
            "26-04132-2",
            description="SALINE 0.9 PCT",
            note="GIVEN TWICE",
            note_kind="DCP",
            drug=Drug("00409379501", Decimal(2), "ML"),
            ordering=Provider("NAKAMURA", "KEN", "1993999998", other_ids=(OtherId("G2", "N1"),)),
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


def test_a_social_security_number_is_called_one() -> None:
    claim = msgspec.structs.replace(CASTILLO, billing=msgspec.structs.replace(HARBOR, tax_id_is_ssn=True))
    text = written(claim)
    assert "REF*SY*931234567~" in text
    assert pyx12_complaints(text) == ""
    assert read(text)[0].billing == claim.billing


def test_what_only_some_claims_say_is_good_in_other_peoples_eyes_and_reads_back() -> None:
    text = written(INJURED)
    assert pyx12_complaints(text) == ""
    # x12sdk wants a name in NM1 QB; the guide (2420B NM103: not used) and pyx12 want none.
    assert x12sdk_models(written(msgspec.structs.replace(INJURED, bought_from=None))) == 1
    assert read(text) == [msgspec.structs.replace(INJURED, diagnoses=("Z0000", "I10"))]
    for said in (
        "DTP*484*D8*20260201~DTP*314*RD8*20260228-20260310~DTP*297*D8*20260227~",
        "DTP*435*D8*20260301~DTP*096*D8*20260303~PWK*OZ*BM***AC*26-04131-A1~PWK*03*AA~",
        "CRC*ZZ*Y*S2~HI*ABK:Z0000*ABF:I10~HI*BG:AA*BG:W2~",
        "REF*Y4*WC-2026-77~",
        "SV1*HC:99214*165*UN*1***1**Y**Y*Y~",
        "PWK*RB*FX***AC*26-04131-A2~DTP*472*D8*20260313~REF*6R*26-04131-2~PS1*1993999998*45~",
        "NM1*QB*2******XX*1993999998~",
    ):
        assert said in text, said


def test_a_person_who_bills_alone_is_named_once() -> None:
    alone = BillingProvider("LEE", "1700000007", "931234567", "207Q00000X", OFFICE, True, "SUSAN")
    claim = msgspec.structs.replace(CASTILLO, billing=alone, rendering=None)
    text = written(claim)
    assert "NM1*85*1*LEE*SUSAN****XX*1700000007~" in text
    assert pyx12_complaints(text) == ""
    assert read(text)[0].billing == alone


def test_numbers_of_the_payer_and_what_is_seldom_said_stand_in_their_loops_and_read_back() -> None:
    text = written(RARE)
    assert pyx12_complaints(text) == ""
    # x12sdk takes the REF of loop 2310D for another NM1; the guide and pyx12 know it there.
    assert x12sdk_models(written(msgspec.structs.replace(RARE, supervising=None))) == 1
    assert read(text) == [msgspec.structs.replace(RARE, diagnoses=("Z0000", "I10"))]
    for said in (
        "REF*EI*931234567~REF*0B*MD12345~",
        "SBR*S*18*0071-442**12****MB~",
        "NM1*PR*2*BCBS*****PI*00851~REF*G2*HP-4411~",
        "CLM*26-04132*245***11:B:1*Y*B*Y*Y***09~",
        "DTP*297*D8*20260301~DTP*296*D8*20260316~",
        "REF*9F*REF77~REF*G1*AUTH123~REF*4N*3~REF*F5*N~REF*EW*M123456~REF*LX*G120001~REF*P4*01234567~",
        "REF*P4*01234567~REF*1J*1993999998~K3*STATE DATA 42~NTE*TPO*SEE VISIT NOTE~CR2********A~HI*",
        "NM1*DN*1*NAKAMURA*KEN****XX*1993999998~REF*1G*U12345~",
        "PRV*PE*PXC*207Q00000X~REF*G2*LEE77~REF*LU*3~NM1*77*2*PIER STREET CLINIC*****XX*1234567893~",
        "N4*PORTLAND*OR*972041830~REF*G2*SITE9~NM1*DQ*1*RAMAN*PRIYA****XX*1700000015~REF*0B*OR55~",
        "SV1*HC:01996:AA*165*MJ*75***1~",
        "SV1*HC:J3490:::::SALINE 0.9 PCT*80*UN*1***2~",
        "REF*6R*26-04132-2~NTE*DCP*GIVEN TWICE~LIN**N4*00409379501~",
        "NM1*DK*1*NAKAMURA*KEN****XX*1993999998~REF*G2*N1~",
    ):
        assert said in text, said
