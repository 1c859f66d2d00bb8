"""277 and 277CA read whole; the 276 reads back the same, and x12sdk takes it."""

import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.formats.x12.claim_status import (
    REQUEST_VERSION,
    About,
    ClaimStatus,
    StatusRequest,
    StatusRequestHeader,
)
from frontdesk.formats.x12.claim_status_inquiry import StatusRequestReader, write_requests
from frontdesk.formats.x12.claim_status_reader import ClaimStatusReader
from frontdesk.formats.x12.envelope import Group, Interchange, Reader
from frontdesk.formats.x12.parties import Party
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.status_words import Outcome, outcome, sentence
from frontdesk.formats.x12.writer import Writer
from tests.formats.x12.judges import x12sdk_models
from tests.formats.x12.strategies import days, dues, maybe, numbers, words

SAMPLES = Path(__file__).parents[2] / "data" / "x12"
AT = datetime(2026, 3, 17, 8, 0)


def told(data: bytes) -> list[ClaimStatus]:
    return [
        status
        for message in Reader(io.BytesIO(data)).transaction_sets()
        for status in ClaimStatusReader(message)
    ]


def sample(name: str) -> list[ClaimStatus]:
    return told((SAMPLES / name).read_bytes())


def test_a_277ca_names_the_file_the_provider_and_the_refused_claim() -> None:
    source, receiver, provider, claim = sample("277ca-emedny-rejected.txt")
    assert [s.about for s in (source, receiver, provider, claim)] == [
        About.SOURCE,
        About.RECEIVER,
        About.PROVIDER,
        About.CLAIM,
    ]
    assert receiver.trace == "11200001"
    assert receiver.counts == (["QTY", "90", "1"], ["AMT", "YU", "199.14"])
    assert (claim.trace, claim.number("1K"), claim.subscriber.id) == (
        "3920394930203",
        "1107000000001120",
        "XX99999X",
    )
    (status,) = claim.statuses
    (code,) = status.codes
    assert (str(code), code.entity, outcome(code)) == ("A7:562", "85", Outcome.REJECTED)
    assert (status.charge_cents, status.on, status.action) == (19914, date(2011, 3, 11), "WQ")
    assert sentence(status) == "Turned back, something is not valid: NPI (the billing provider)."


def test_a_277ca_of_a_claim_taken_in() -> None:
    claim = sample("277ca-emedny-accepted.txt")[-1]
    assert (claim.trace, claim.provider.name) == ("5781", "IMA D OCTOR")
    assert outcome(claim.statuses[0].codes[0]) is Outcome.ACCEPTED
    assert claim.reference == "000000674"


def test_a_277_answers_for_subscribers_and_a_dependent() -> None:
    first, second, child = sample("277-claims.edi")
    assert [outcome(s.statuses[0].codes[0]) for s in (first, second, child)] == [
        Outcome.WANTS_MORE,
        Outcome.IN_PROCESS,
        Outcome.DENIED,
    ]
    assert (first.number("EJ"), first.number("1K"), first.periods[0].ends) == (
        "SM123456",
        "05347006051",
        date(2005, 9, 6),
    )
    assert (child.subscriber.name, child.patient.name) == ("JOHN MANN", "JOSEPH MANN")
    assert child.lines[0].procedure == ("HC", "99203")
    assert sentence(child.lines[0].statuses[0]) == (
        "Decided and denied: not covered on the days of service (the patient)."
    )
    assert second.dependent is None


def test_a_provider_whose_question_was_refused() -> None:
    claim, provider = sample("277-provider.edi")
    assert (claim.about, provider.about) == (About.CLAIM, About.PROVIDER)
    assert outcome(provider.statuses[0].codes[0]) is Outcome.TROUBLE
    assert provider.subscriber.name == ""


def test_nothing_of_a_message_is_dropped() -> None:
    data = (SAMPLES / "277-claims.edi").read_bytes()
    all_segments = [segment for message in Reader(io.BytesIO(data)).transaction_sets() for segment in message]
    assert len(all_segments) > 30
    kept = Counter[str]()
    for status in told(data):
        kept.update(["TRN"] * bool(status.trace))
        kept.update(["STC"] * len(status.statuses))
        kept.update(["REF"] * len(status.references))
        kept.update(["DTP"] * len(status.periods))
        kept.update(segment[0] for segment in (*status.others, *status.counts))
        kept.update(segment[0] for line in status.lines for segment in line.segments)
    for name in ("TRN", "STC", "REF", "DTP", "SVC"):
        assert kept[name] == sum(segment[0] == name for segment in all_segments), name


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (
            ("276", "005010X212"),
            "expected answers about claims (277); this is a question about a claim (276).",
        ),
        (
            ("277", "004010X093"),
            "expected version 005010X212 or 005010X214; this is 004010X093.",
        ),
    ],
)
def test_another_message_is_refused_by_name(head: tuple[str, str], said: str) -> None:
    out = io.BytesIO()
    writer = Writer(out)
    interchange, group = Interchange("P", "O", "000000001", AT), Group("HN", "P", "O", "1", AT, head[1])
    with writer.interchange(interchange), writer.group(group), writer.transaction_set(head[0], "1", head[1]):
        writer.segment("BHT", "0010", "08", "1", "20260317", "0800")
    with pytest.raises(Malformed, match="Segment 3"):
        told(out.getvalue())
    with pytest.raises(Malformed) as refused:
        told(out.getvalue())
    assert said in str(refused.value)


def test_an_amount_that_is_none_is_refused_with_its_place() -> None:
    data = (SAMPLES / "277-claims.edi").read_bytes().replace(b"8513.88", b"85x3.88")
    with pytest.raises(Malformed) as refused:
        told(data)
    assert str(refused.value) == (
        "Segment 13, TRN: expected an amount in dollars and cents such as 12.5 or -40."
    )


# -- the questions --

HEADER = StatusRequestHeader(
    reference="000007",
    at=AT,
    source=Party("PR", "2", "CASCADE HEALTH", id_qualifier="PI", id="CASC1"),
    receiver=Party("41", "2", "HARBOR POINT", id_qualifier="46", id="930000001"),
    provider=Party("1P", "2", "HARBOR POINT", id_qualifier="XX", id="1234567893"),
)


def written(requests: list[StatusRequest]) -> bytes:
    out = io.BytesIO()
    writer = Writer(out)
    interchange = Interchange("HARBOR", "CASC1", "000000001", AT)
    group = Group("HR", "HARBOR", "CASC1", "1", AT, REQUEST_VERSION)
    with writer.interchange(interchange), writer.group(group):
        write_requests(writer, HEADER, requests, control_number="0001")
    return out.getvalue()


def members(role: str) -> st.SearchStrategy[Party]:
    subscriber = role == "IL"
    return st.builds(
        lambda last, first, number, born, sex: Party(
            role,
            "1",
            last,
            first,
            id_qualifier="MI" if subscriber else "",
            id=number if subscriber else "",
            born_on=born,
            sex=sex,
        ),
        words,
        words,
        numbers,
        days,
        st.sampled_from(["F", "M"]),
    )


requests = st.builds(
    lambda trace, subscriber, dependent, number, control, cents, first, last: StatusRequest(
        trace, subscriber, dependent, number, control, cents, min(first, last), max(first, last)
    ),
    numbers,
    members("IL"),
    st.one_of(st.none(), members("QC")),
    numbers,
    maybe,
    dues,
    days,
    days,
)


@given(st.lists(requests, min_size=1, max_size=4))
def test_questions_read_back_the_same(asked: list[StatusRequest]) -> None:
    for message in Reader(io.BytesIO(written(asked))).transaction_sets():
        reader = StatusRequestReader(message)
        assert [_seen(request) for request in reader] == [_seen(request) for request in asked]
        assert reader.header == HEADER


def test_x12sdk_takes_the_questions() -> None:
    ours = Party(
        "IL", "1", "CASTILLO", "RAYMOND", id_qualifier="MI", id="XQP1", born_on=date(1971, 2, 3), sex="M"
    )
    child = Party("QC", "1", "CASTILLO", "MIA", born_on=date(2016, 2, 3), sex="F")
    one = StatusRequest("1-1", ours, None, "26-00001", "PCN1", 12500, date(2026, 3, 2), date(2026, 3, 2))
    two = StatusRequest("1-2", ours, child, "26-00002", "", 9900, date(2026, 3, 2), date(2026, 3, 4))
    assert x12sdk_models(written([one, two]).decode()) == 1


def _seen(request: StatusRequest) -> StatusRequest:
    """The holder of a policy is not described where a dependent is asked about."""
    if request.dependent is None:
        return request
    holder = request.subscriber
    bare = Party(holder.role, holder.kind, holder.last, holder.first, id_qualifier="MI", id=holder.id)
    return StatusRequest(
        request.trace,
        bare,
        request.dependent,
        request.claim_number,
        request.payer_control_number,
        request.charge_cents,
        request.service_begins,
        request.service_ends,
    )
