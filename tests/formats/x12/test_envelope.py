"""Envelopes: read whatever their delimiters, checked, and written back as they were."""

import io
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.formats.x12.envelope import Group, Interchange, Reader
from frontdesk.formats.x12.problems import Level, Malformed
from frontdesk.formats.x12.tokens import Delimiters, blocks
from frontdesk.formats.x12.writer import Writer
from tests.formats.x12.strategies import delimiters, moments, words

SAMPLES = Path(__file__).parents[2] / "data" / "x12"
ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260317*1042*^*00501*{}*0*P*:~"
GOOD = (
    ISA.format("000000001") + "GS*HC*A*B*20260317*1042*1*X*005010X222A1~"
    "ST*837*0001*005010X222A1~BHT*0019*00*1*20260317*1042*CH~SE*3*0001~GE*1*1~IEA*1*000000001~"
)


def read(text: str) -> Reader:
    """The file read to its end."""
    reader = Reader(io.BytesIO(text.encode()))
    for message in reader.transaction_sets():
        list(message)
    return reader


def codes(text: str) -> list[tuple[Level, str]]:
    return [(problem.level, problem.code) for problem in read(text).problems]


def test_a_good_file_has_no_problem() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "level", "code"),
    [
        ("IEA*1*000000001", "IEA*1*000000002", Level.INTERCHANGE, "001"),
        ("IEA*1*", "IEA*2*", Level.INTERCHANGE, "021"),
        ("IEA*1*000000001~", "", Level.INTERCHANGE, "023"),
        ("GE*1*1~", "GE*1*2~", Level.GROUP, "4"),
        ("GE*1*1~", "GE*3*1~", Level.GROUP, "5"),
        ("GE*1*1~", "", Level.GROUP, "024"),
        ("SE*3*0001~", "SE*3*0002~", Level.SET, "3"),
        ("SE*3*0001~", "SE*4*0001~", Level.SET, "4"),
        ("SE*3*0001~", "", Level.SET, "2"),
        ("BHT*", "B*", Level.SEGMENT, "1"),
        ("BHT*", "BHTX*", Level.SEGMENT, "1"),
        ("BHT*", "*", Level.SEGMENT, "1"),
        ("BHT*", " BHT*", Level.SEGMENT, "1"),
        ("BHT*0019*00*1*20260317*1042*CH~", "BHT~", Level.SEGMENT, "8"),
        ("1042*CH~", "1042*CH*~", Level.SEGMENT, "SEG1"),
        ("BHT*0019*00*1*20260317*1042*CH~", "HL*2**20*1~", Level.SEGMENT, "HL1"),
        ("BHT*0019*00*1*20260317*1042*CH~", "HL*1*7*20*1~", Level.SEGMENT, "HL2"),
        ("BHT*0019*00*1*20260317*1042*CH~", "LX*2~", Level.SEGMENT, "LX"),
    ],
)
def test_each_fault_of_an_envelope_has_its_code(old: str, new: str, level: Level, code: str) -> None:
    assert codes(GOOD.replace(old, new, 1)) == [(level, code)]


def test_a_control_number_may_not_come_twice() -> None:
    assert codes(GOOD + GOOD) == [(Level.INTERCHANGE, "025")]
    group = GOOD[GOOD.index("GS*") : GOOD.index("IEA")]
    assert codes(GOOD.replace(group, group * 2).replace("IEA*1", "IEA*2")) == [(Level.GROUP, "6")]
    one = GOOD[GOOD.index("ST*") : GOOD.index("GE")]
    assert codes(GOOD.replace(one, one * 2).replace("GE*1", "GE*2")) == [(Level.SET, "23")]


def test_a_problem_names_its_place_and_what_was_expected() -> None:
    (problem,) = read(GOOD.replace("SE*3*0001~", "SE*5*0001~")).problems
    assert str(problem) == "Segment 5, SE01: expected 3, the number of segments from ST to SE."


@pytest.mark.parametrize("text", ["", "  \r\n", "\ufeff"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    reader = read(text)
    assert (reader.problems, reader.number) == ([], 0)


@pytest.mark.parametrize(
    "text", ["ST*837*0001~", GOOD[:90], GOOD.replace("          ", "         ", 1), "PK\x03\x04"]
)
def test_what_does_not_begin_with_a_whole_isa_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="Segment 1, ISA: expected an interchange header"):
        read(text)


def test_a_blank_at_the_end_of_an_element_is_kept() -> None:
    reader = Reader(io.BytesIO(GOOD.replace("*00*1*", "*00*1  *").encode()))
    assert [segment[3] for message in reader.transaction_sets() for segment in message] == ["1  "]


def test_letters_of_another_character_set_are_read() -> None:
    for encoding in ("utf-8", "latin-1"):
        reader = Reader(io.BytesIO(GOOD.replace("*00*1*", "*00*Núñez*").encode(encoding)))
        assert [segment[3] for message in reader.transaction_sets() for segment in message] == ["Núñez"]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("[!iS]*.*")), ids=lambda path: path.name)
def test_a_sample_is_written_back_as_it_was(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig").rstrip()
    back = "".join(
        block.delimiters.text(segment)
        for block in blocks(io.BytesIO(text.encode()))
        for segment in block.segments
    )
    assert "".join(back.split("\n")).replace("\r", "") == "".join(text.split("\n")).replace("\r", "")


def test_several_interchanges_follow_each_other() -> None:
    with (SAMPLES / "pyx12-several-interchanges.txt").open("rb") as file:
        reader = Reader(file)
        numbers = [message.interchange.control_number for message in reader.transaction_sets()]
    assert sorted(set(numbers)) == ["000010121", "000010125"]
    assert reader.problems == []


@given(
    delimiters,
    moments,
    st.lists(
        st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=4), min_size=1, max_size=4
    ),
    st.integers(1, 3),
)
def test_what_is_written_reads_back(
    marks: Delimiters, at: object, sets: list[list[list[str]]], interchanges: int
) -> None:
    clean = [[["ZZ", *(_plain(word) for word in segment)] for segment in one] for one in sets]
    out = io.BytesIO()
    writer = Writer(out, marks)
    for number in range(interchanges):
        header = Interchange("A", "B", f"{number:09}", at)  # type: ignore[arg-type] # hypothesis gives a datetime
        with (
            writer.interchange(header),
            writer.group(Group("HC", "A", "B", "1", header.at, "005010X222A1")),
        ):
            for place, segments in enumerate(clean):
                with writer.transaction_set("837", f"{place:04}", "005010X222A1"):
                    for segment in segments:
                        writer.segment(*segment)
    text = out.getvalue()
    reader = Reader(io.BytesIO(text))
    read_back = [list(message) for message in reader.transaction_sets()]
    assert reader.problems == []
    assert read_back == clean * interchanges
    assert (
        "".join(
            block.delimiters.text(segment) for block in blocks(io.BytesIO(text)) for segment in block.segments
        )
        == text.decode()
    )


def _plain(word: str) -> str:
    return "".join(c for c in word if c.isalnum()) or "X"


@given(st.text(max_size=300))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    with suppress(Malformed):
        read(GOOD[:300] + text)
    with suppress(Malformed):
        read(text)


def test_a_value_that_holds_a_delimiter_is_never_written() -> None:
    writer = Writer(io.BytesIO())
    for value in ("A*B", "A~B", "A:B", "A^B", ("A", "B:C")):
        with pytest.raises(ValueError, match=r"delimiter|separator"):
            writer.segment("REF", value)


def test_a_value_that_holds_a_delimiter_is_found_among_many_and_none_of_them_written() -> None:
    out = io.BytesIO()
    writer = Writer(out)
    header = Interchange("931234567", "TIDE01", "000000001", datetime(2026, 3, 17, tzinfo=UTC))
    with pytest.raises(ValueError, match="'NTE': a value holds"), writer.interchange(header):
        _twenty_and_a_broken_one(writer)
    assert out.getvalue().startswith(b"ISA*")
    assert out.getvalue().count(b"~") == 1


def _twenty_and_a_broken_one(writer: Writer) -> None:
    for _ in range(20):
        writer.segment("REF", "G1", ("A", "", "B", ""), "")
    writer.segment("NTE", "ADD", "ONE*TWO")


def test_memory_stays_flat_over_small_blocks() -> None:
    one = GOOD[GOOD.index("ST*") : GOOD.index("GE")]
    many = 20_000
    numbered = "".join(one.replace("0001", f"{n:04}") for n in range(1, many + 1))
    text = GOOD.replace(one, numbered).replace("GE*1*", f"GE*{many}*")
    sizes = [len(block.segments) for block in blocks(io.BytesIO(text.encode()))]
    assert len(sizes) > 3
    assert max(sizes) < 20_000
    assert codes(text) == []
