"""999, 997 and TA1 as receivers send them; a 999 of ours reads back the same and pyx12 takes it."""

import io
import logging
from datetime import datetime
from pathlib import Path

import pytest
import pyx12.params
import pyx12.x12n_document
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from frontdesk.formats.x12 import status_words
from frontdesk.formats.x12.acknowledgment import (
    VERSION,
    ElementError,
    EnvelopeAnswer,
    GroupAnswer,
    SegmentError,
    SetAnswer,
)
from frontdesk.formats.x12.acknowledgment_reader import KINDS, read_acknowledgment
from frontdesk.formats.x12.acknowledgment_writer import write_acknowledgment
from frontdesk.formats.x12.envelope import Group, Interchange, Reader
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.writer import Writer
from tests.formats.x12.strategies import numbers

SAMPLES = Path(__file__).parents[2] / "data" / "x12"
AT = datetime(2026, 3, 17, 8, 0)


def read(data: bytes) -> tuple[list[GroupAnswer], list[EnvelopeAnswer]]:
    reader = Reader(io.BytesIO(data))
    told = [read_acknowledgment(message) for message in reader.transaction_sets() if message.kind in KINDS]
    return told, reader.envelope_answers


def written(answer: GroupAnswer) -> bytes:
    out = io.BytesIO()
    writer = Writer(out)
    interchange = Interchange("CASC1", "HARBOR", "000000001", AT, wants_acknowledgment=False)
    with writer.interchange(interchange), writer.group(Group("FA", "CASC1", "HARBOR", "1", AT, VERSION)):
        write_acknowledgment(writer, answer, control_number="0001")
    return out.getvalue()


def test_a_999_says_which_claim_of_which_set_is_wrong_and_where() -> None:
    ((answer,), nothing) = read((SAMPLES / "999-three-claims.edi").read_bytes())
    assert nothing == []
    assert (answer.kind, answer.control_number, answer.code) == ("HC", "17456", "P")
    assert (answer.included, answer.received, answer.accepted) == (3, 3, 1)
    assert [told.is_accepted for told in answer.sets] == [True, False, False]
    second, third = answer.sets[1].errors[0], answer.sets[2].errors[0]
    assert (second.segment, second.position, second.claim_number()) == ("CLM", "22", "123456789")
    assert [(e.position, e.reference, e.code) for e in second.elements] == [(("2",), "782", "1")]
    assert third.claim_number() == "987654321"
    assert status_words.segment_said(second) == (
        "CLM at place 22 has an element that is wrong; element 2 is missing"
    )
    assert status_words.segment_said(third) == "REF at place 57 is missing"


def test_a_997_and_the_ta1_in_its_envelope_are_read_in_one_go() -> None:
    (answers, envelopes) = read((SAMPLES / "pyx12-997-with-ta1.txt").read_bytes())
    (answer,) = answers
    assert (answer.control_number, answer.code, answer.error_codes) == ("1", "R", ("4",))
    assert [(told.control_number, told.code, told.error_codes) for told in answer.sets] == [
        ("300207436", "R", ("4",)),
        ("300207437", "A", ()),
    ]
    assert [(e.control_number, e.at, e.code, e.note, e.is_accepted) for e in envelopes] == [
        ("000484950", datetime(2004, 8, 20, 11, 33), "R", "018", False)
    ]
    assert status_words.envelope_said("018") == "the control number is not valid"


@pytest.mark.parametrize(
    ("segments", "said"),
    [
        ((("AK9", "A", "1", "1", "1"),), "Segment 4, AK1: expected the group that is answered (AK1)."),
        ((("AK1", "HC", "1"),), "Segment 5, AK9: expected what became of the group (AK9)."),
    ],
)
def test_an_acknowledgment_without_its_beginning_or_end_is_refused(
    segments: tuple[tuple[str, ...], ...], said: str
) -> None:
    out = io.BytesIO()
    writer = Writer(out)
    interchange, group = Interchange("P", "O", "000000001", AT), Group("FA", "P", "O", "1", AT, VERSION)
    with writer.interchange(interchange), writer.group(group), writer.transaction_set("999", "1", VERSION):
        for segment in segments:
            writer.segment(*segment)
    with pytest.raises(Malformed) as refused:
        read(out.getvalue())
    assert str(refused.value) == said


elements = st.builds(
    ElementError,
    st.lists(st.sampled_from("123"), min_size=1, max_size=3).map(tuple),
    st.sampled_from(["", "782", "127"]),
    st.sampled_from(["1", "5", "7"]),
    st.one_of(st.just(""), numbers),
    st.just(()),
)
segments = st.builds(
    SegmentError,
    st.sampled_from(["CLM", "NM1", "REF"]),
    st.integers(1, 9999).map(str),
    st.sampled_from(["", "2300"]),
    st.sampled_from(["3", "8"]),
    st.lists(numbers.map(lambda n: ["CTX", f"CLM01:{n}"]), max_size=1).map(tuple),
    st.lists(elements, max_size=2).map(tuple),
)
sets = st.builds(
    SetAnswer,
    st.just("837"),
    st.integers(1, 9999).map(lambda n: f"{n:04}"),
    st.just("005010X222A1"),
    st.sampled_from(["A", "E", "R"]),
    st.lists(st.sampled_from(["5", "I5"]), max_size=2, unique=True).map(tuple),
    st.lists(segments, max_size=2).map(tuple),
    st.just(0),
)
answers = st.builds(
    GroupAnswer,
    st.just("HC"),
    numbers,
    st.just("005010X222A1"),
    st.sampled_from(["A", "E", "P", "R"]),
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(0, 99),
    st.lists(st.sampled_from(["5", "6"]), max_size=2, unique=True).map(tuple),
    st.lists(sets, max_size=3).map(tuple),
    st.just(()),
    st.just(0),
)


@given(answers)
def test_a_999_of_ours_reads_back_the_same(answer: GroupAnswer) -> None:
    ((back,), _) = read(written(answer))
    assert _without_places(back) == _without_places(answer)


def test_pyx12_takes_a_999_of_ours() -> None:
    """It allows one CTX for a segment, where the published example has two: that set is left out."""
    ((answer,), _) = read((SAMPLES / "999-three-claims.edi").read_bytes())
    answer = structs.replace(answer, sets=answer.sets[:2])
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    text = io.StringIO(written(answer).decode())
    assert pyx12.x12n_document.x12n_document(pyx12.params.params(), text, None, None)


def _without_places(answer: GroupAnswer) -> tuple[object, ...]:
    sets = tuple((s.kind, s.control_number, s.version, s.code, s.error_codes, s.errors) for s in answer.sets)
    counts = (answer.included, answer.received, answer.accepted)
    return (answer.kind, answer.control_number, answer.version, answer.code, counts, answer.error_codes, sets)
