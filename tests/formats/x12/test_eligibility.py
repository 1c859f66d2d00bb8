"""The 271 read whole, the 270 written as the published examples are."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.formats.x12.eligibility import VERSION, Answer, Inquiry, InquiryHeader, Party
from frontdesk.formats.x12.eligibility_inquiry import InquiryReader, write_inquiries
from frontdesk.formats.x12.eligibility_reader import EligibilityReader
from frontdesk.formats.x12.envelope import Group, Interchange, Reader
from frontdesk.formats.x12.foreign import looks_like
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.writer import Writer
from tests.formats.x12.judges import x12sdk_models

SAMPLES = Path(__file__).parents[2] / "data" / "x12"
AT = datetime(2026, 3, 17, 8, 0)


def answers(data: bytes) -> list[Answer]:
    return [
        answer
        for message in Reader(io.BytesIO(data)).transaction_sets()
        for answer in EligibilityReader(message)
    ]


def sample(name: str) -> Answer:
    (one,) = answers((SAMPLES / name).read_bytes())
    return one


def made(*segments: str) -> bytes:
    """A 271 with these segments from its first HL on."""
    out = io.BytesIO()
    writer = Writer(out)
    interchange, group = Interchange("P", "O", "000000001", AT), Group("HB", "P", "O", "1", AT, VERSION)
    with writer.interchange(interchange), writer.group(group), writer.transaction_set("271", "1", VERSION):
        writer.segment("BHT", "0022", "11", "000001", "20260317", "0800")
        for segment in segments:
            writer.segment(*(_element(part) for part in segment.split("*")))
    return out.getvalue()


def _element(text: str) -> str | tuple[str, ...]:
    return tuple(text.split(":")) if ":" in text else text


HEAD = ("HL*1**20*1", "NM1*PR*2*BCBS*****PI*BCBS1", "HL*2*1*21*1", "NM1*1P*2*HARBOR*****XX*1234567893")


def test_a_subscriber_with_benefits_in_and_out_of_network() -> None:
    answer = sample("271-subscriber.edi")
    assert (answer.source.name, answer.subscriber.name, answer.subscriber.id) == (
        "ABC COMPANY",
        "JOHN SMITH",
        "123456789",
    )
    assert answer.subscriber.born_on == date(1963, 5, 19)
    assert answer.trace_numbers() == ("93175-012547",)
    assert answer.dependent is None
    assert [(b.information, b.amount_cents, b.in_network) for b in answer.benefits] == [
        ("1", None, ""),
        ("L", None, ""),
        ("1", None, ""),
        ("B", 1000, "Y"),
        ("B", 3000, "N"),
    ]
    assert answer.benefits[0].plan == "GOLD 123 PLAN"
    assert answer.benefits[3].service_types == ("1", "33", "35", "47", "86", "88", "98", "AL", "MH", "UC")
    assert answer.benefits[4].parties[0].name == "MARCUS JONES"
    assert answer.periods[0].begins == date(2006, 1, 1)


def test_a_dependent_is_the_patient_and_the_subscriber_has_the_card() -> None:
    answer = sample("271-dependent.edi")
    assert (answer.patient.name, answer.patient.relationship) == ("MARY SMITH", "19")
    assert answer.subscriber.id == "123456789"
    assert len(answer.benefits) == 5
    assert sample("lfh-271-dependent.271").benefits[1].parties[0].id == "0202034"


def test_a_question_refused_as_a_whole_is_an_answer() -> None:
    answer = sample("271-provider-refused.edi")
    (refused,) = answer.rejections
    assert (refused.level, refused.reason, refused.follow_up, refused.is_valid) == (
        "receiver",
        "50",
        "N",
        True,
    )
    assert answer.subscriber == Party()
    assert answer.receiver.name == "BONE AND JOINT CLINIC"


def test_medicaid_with_messages_other_payers_and_a_copay_of_nothing() -> None:
    answer = sample("271-emedny-eligible.txt")
    assert answer.benefits[0].messages == ("35", "46", "49", "95", "RECERT MONTH=12")
    assert answer.benefits[1].amount_cents == 0
    assert answer.benefits[-1].references == (("18", "012345679C1"),)
    assert [party.name for party in answer.benefits[-1].parties] == ["MEDICARE ABD"]
    assert answer.subscriber.references == (("SY", "123456789"),)
    assert answer.traces == (("2", "110010101000002", "1141540488", "274807891"),)


def test_an_answer_in_an_old_envelope_is_read_and_its_wrong_counts_are_named() -> None:
    reader = Reader(io.BytesIO((SAMPLES / "imsweb-271-in-4010-envelope.txt").read_bytes()))
    (message,) = reader.transaction_sets()
    assert [problem.element for problem in reader.problems if not problem.is_harmless] != []
    assert sample("imsweb-271-in-4010-envelope.txt").benefits[0].parties[0].name == "MARCUS JONES"
    assert message.version == "005010X279A1"


def test_every_segment_of_a_benefit_is_kept() -> None:
    (answer,) = answers(
        made(
            *HEAD,
            "HL*3*2*22*0",
            "TRN*2*000000001*1931234567",
            "NM1*IL*1*FOSTER*DANIELLE****MI*XQP1",
            "PRV*BI*PXC*207Q00000X",
            "EB*F*IND*PT***23***VS*20*Y*Y*HC:97110:GP",
            "HSD*VS*20***34*1",
            "REF*18*PLAN7",
            "DTP*292*RD8*20260101-20261231",
            "AAA*N**33*C",
            "MSG*CALL FIRST",
            "III*ZZ*11",
            "LS*2120",
            "NM1*X3*2*REVIEW COMPANY",
            "PER*IC**TE*5035550100",
            "LE*2120",
            "EB*ZZ**Q9****N/A*20",
        )
    )
    limit, unknown = answer.benefits
    assert (limit.quantity_qualifier, limit.quantity, limit.authorization) == ("VS", "20", "Y")
    assert limit.procedure == ("HC", "97110", "GP")
    assert limit.deliveries == (["HSD", "VS", "20", "", "", "34", "1"],)
    assert limit.references == (("18", "PLAN7"),)
    assert (limit.periods[0].begins, limit.periods[0].ends) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (limit.rejections[0].reason, limit.messages, limit.facts) == (
        "33",
        ("CALL FIRST",),
        (["III", "ZZ", "11"],),
    )
    assert limit.parties[0].contacts == (("IC", "", "TE", "5035550100"),)
    assert len(limit.segments) == 11
    assert (unknown.information, unknown.amount_cents, unknown.percent) == ("ZZ", None, Decimal(20))
    assert (unknown.unread, unknown.segments) == (
        ("EB07",),
        (["EB", "ZZ", "", "Q9", "", "", "", "N/A", "20"],),
    )
    assert answer.others == (["PRV", "BI", "PXC", "207Q00000X"],)


def test_several_members_and_a_family_in_one_file() -> None:
    found = answers(
        made(
            *HEAD,
            "HL*3*2*22*0",
            "TRN*2*1*1931234567",
            "NM1*IL*1*ONE*A****MI*M1",
            "AAA*N**72*C",
            "HL*4*2*22*1",
            "NM1*IL*1*TWO*B****MI*M2",
            "EB*1**30",
            "HL*5*4*23*0",
            "TRN*2*2*1931234567",
            "NM1*03*1*TWO*C",
            "EB*6**30",
            "HL*6*4*23*0",
            "TRN*2*3*1931234567",
            "NM1*03*1*TWO*D",
            "AAA*Y**42*R",
        )
    )
    assert [
        (
            a.patient.first,
            a.subscriber.id,
            [r.reason for r in a.rejections],
            len(a.benefits),
        )
        for a in found
    ] == [("A", "M1", ["72"], 0), ("B", "M2", [], 1), ("C", "M2", [], 1), ("D", "M2", ["42"], 0)]


def test_a_source_that_cannot_answer_says_so_for_all() -> None:
    (answer,) = answers(made("HL*1**20*0", "AAA*Y**42*R", "NM1*PR*2*BCBS*****PI*BCBS1"))
    assert (answer.source.name, answer.rejections[0].level, answer.rejections[0].reason) == (
        "BCBS",
        "source",
        "42",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "835-dollars-and-data.edi",
            "expected an eligibility answer (271); this is a remittance (835).",
        ),
        (
            "270-subscriber.edi",
            "expected an eligibility answer (271); this is an eligibility question (270).",
        ),
    ],
)
def test_another_message_is_named(name: str, said: str) -> None:
    with pytest.raises(Malformed) as refused:
        sample(name)
    assert str(refused.value) == f"Segment 3, ST01: {said}"


def test_the_version_before_is_refused_by_its_name() -> None:
    data = (SAMPLES / "imsweb-270-version-4010.txt").read_bytes()
    with pytest.raises(Malformed, match=r"ST03: expected version 005010X279A1; this is 004010X092A1\."):
        [list(InquiryReader(message)) for message in Reader(io.BytesIO(data)).transaction_sets()]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"", "an empty file"),
        (b"\xef\xbb\xbf  \r\n", "an empty file"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b'{"resourceType": "CoverageEligibilityResponse"}', "a JSON file"),
        (b"MSH|^~\\&|", "an HL7 message"),
        (b"ST*271*0001", "a message without its envelope (no ISA)"),
        (b"Dear office", "a file of another kind (it does not begin with ISA)"),
        (b"\xef\xbb\xbfISA*00*", ""),
    ],
)
def test_what_is_no_x12_is_called_by_its_name(head: bytes, said: str) -> None:
    assert looks_like(head) == said


@pytest.mark.parametrize("name", ["270-subscriber.edi", "270-dependent.edi"])
def test_a_published_question_is_written_the_same(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    header, inquiries = questions(data)
    assert written(header, inquiries)[1:] == body(data)[1:]


def body(data: bytes) -> list[str]:
    """The segments from ST to SE, the separators aside."""
    segments = [part.replace(">", "^") for part in data.decode().strip().split("~")]
    return segments[segments.index(next(s for s in segments if s.startswith("ST*"))) : -4]


def questions(data: bytes) -> tuple[InquiryHeader, list[Inquiry]]:
    (message,) = list_of(data)
    return message


def list_of(data: bytes) -> list[tuple[InquiryHeader, list[Inquiry]]]:
    found = []
    for message in Reader(io.BytesIO(data)).transaction_sets():
        reader = InquiryReader(message)
        inquiries = list(reader)
        found.append((reader.header, inquiries))
    return found


def file_of(header: InquiryHeader, inquiries: list[Inquiry]) -> bytes:
    out = io.BytesIO()
    writer = Writer(out)
    interchange, group = Interchange("O", "P", "000000001", AT), Group("HS", "O", "P", "1", AT, VERSION)
    with writer.interchange(interchange), writer.group(group):
        write_inquiries(writer, header, inquiries, control_number="0001")
    return out.getvalue()


def written(header: InquiryHeader, inquiries: list[Inquiry]) -> list[str]:
    return body(file_of(header, inquiries))


words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20)
numbers = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=2, max_size=20)
days = st.dates(date(1910, 1, 1), date(2069, 12, 31))
subscribers = st.builds(
    Party,
    role=st.just("IL"),
    kind=st.just("1"),
    last=words,
    first=words,
    id_qualifier=st.just("MI"),
    id=numbers,
    born_on=days,
    sex=st.sampled_from(["", "F", "M"]),
)
dependents = st.builds(
    Party,
    role=st.just("03"),
    kind=st.just("1"),
    last=words,
    first=words,
    born_on=days,
    sex=st.sampled_from(["", "F", "M"]),
    relationship=st.sampled_from(["01", "19", "34"]),
)
inquiries = st.builds(
    Inquiry,
    trace=numbers,
    subscriber=subscribers,
    dependent=st.one_of(st.none(), dependents),
    service_on=days,
    service_types=st.sampled_from([("30",), ("30", "98")]),
)
HEADER = InquiryHeader(
    reference="000001",
    at=AT,
    source=Party("PR", "2", "BCBS", id_qualifier="PI", id="BCBS1"),
    receiver=Party("1P", "2", "HARBOR POINT", id_qualifier="XX", id="1234567893"),
    trace_maker="1931234567",
)


@given(st.lists(inquiries, min_size=1, max_size=4))
def test_what_is_asked_reads_back_the_same(asked: list[Inquiry]) -> None:
    assert list_of(file_of(HEADER, asked)) == [(HEADER, asked)]


def test_another_validator_takes_our_questions() -> None:
    subscriber = Party(
        "IL", "1", "Núñez", "José", id_qualifier="MI", id="XQP1", born_on=date(1982, 6, 14), sex="M"
    )
    child = Party("03", "1", "Núñez", "Ana", born_on=date(2015, 2, 3), sex="F", relationship="19")
    asked = [
        Inquiry("000000001", subscriber, None, date(2026, 3, 18), ("30", "98"), "0071-442"),
        Inquiry("000000002", subscriber, child, date(2026, 3, 18)),
    ]
    assert x12sdk_models(file_of(HEADER, asked).decode()) == 1
