"""The table of the shared 835s, and files that are not what they should be."""

import os
from pathlib import Path

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.services.billing import balances, remittance_views, remittances
from tests.builders.claims import sent
from tests.builders.office import site
from tests.builders.payer import CONTRACT, answer, delivered, written
from tests.office import Office
from tests.services.billing import sample_remittances

TABLE = Path(__file__).parents[3] / "docs" / "remittance-samples.md"


@pytest.mark.skipif(not sample_remittances.files(), reason="the shared samples are not here")
def test_every_shared_remittance_comes_out_as_the_table_says(office: Office) -> None:
    site(office)
    rows = list(sample_remittances.table(office))
    said = sample_remittances.HEAD + "".join(f"{row}\n" for row in rows)
    if os.environ.get("WRITE_SAMPLES"):
        TABLE.write_text(said, encoding="utf-8")
    assert said == TABLE.read_text(encoding="utf-8")
    assert {row.file for row in rows} >= {
        path.relative_to(sample_remittances.FOLDER).as_posix() for path in sample_remittances.files()
    }


def test_marks_and_old_letters_before_and_in_a_file_are_read(office: Office) -> None:
    """A UTF-8 mark at the start, a name in UTF-8, one in Latin-1 or Windows-1252."""
    claim = sent(office)
    data = written(answer(office, claim, [(CONTRACT, 3844)]))
    first = delivered(office, b"\xef\xbb\xbf" + data)
    assert len(first.remittance_ids) == 1
    assert delivered(office, data).known == first.remittance_ids
    for place, name in enumerate(
        ("NÚÑEZ".encode(), "NÚÑEZ".encode("latin-1"), "O\u2019NEIL".encode("cp1252"))
    ):
        other = data.replace(b"1 Payer Plaza", name).replace(b"0098817243", b"009881724%d" % place)
        assert len(delivered(office, other).remittance_ids) == 1


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cp037", "This is an X12 file in EBCDIC. "),
        ("utf-16", "This is text in UTF-16. "),
        ("utf-16-be", "This kind of file is not kept here. "),
    ],
)
def test_a_file_in_another_alphabet_is_refused_in_words(office: Office, kind: str, said: str) -> None:
    data = written(answer(office, sent(office), [(CONTRACT, 3844)]))
    with pytest.raises(Refused) as refused:
        delivered(office, data.decode("ascii").encode(kind))
    assert refused.value.findings[0].message.startswith(said)
    assert office.ask(remittance_views.remittances_in) == ()


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_file_cut_off_anywhere_leaves_nothing_behind(office: Office, part: float) -> None:
    data = written(answer(office, sent(office), [(CONTRACT, 3844)]))
    before = office.ask(balances.receivable)
    with pytest.raises(Refused) as refused:
        delivered(office, data[: int(len(data) * part)])
    assert refused.value.findings[0].message.startswith("Nothing was taken in. Segment ")
    assert office.ask(remittance_views.remittances_in) == ()
    assert office.ask(balances.receivable) == before


def test_a_file_of_several_payments_gives_several_remittances(office: Office) -> None:
    """Two transaction sets of a file, and a second interchange after it."""
    one, other, last = (answer(office, sent(office), [(CONTRACT, 3844)]) for _ in range(3))
    first, second = written(one, trace="1"), written(other, trace="2")
    second = second.replace(b"ST*835*0001", b"ST*835*0002")
    second = second[: second.index(b"SE*")] + second[second.index(b"SE*") :].replace(b"*0001~", b"*0002~", 1)
    start, end = second.index(b"ST*835"), second.index(b"GE*")
    both = first.replace(b"GE*1*", second[start:end] + b"GE*2*")
    third = written(last, trace="3").replace(b"000000001", b"000000002")
    taken = delivered(office, both + third)
    assert len(taken.remittance_ids) == 3
    names = {row.trace for row in office.ask(remittance_views.remittances_in)}
    assert names == {"1", "2", "3"}
    office.do(remittances.post, remittance_id=taken.remittance_ids[1])
    assert len(office.ask(remittance_views.remittances_in)) == 2
