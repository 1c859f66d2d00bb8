"""Files of codes: what CMS publishes is read, what is no such file is refused with its place."""

import gzip
import os
from datetime import date
from pathlib import Path

import pytest

from frontdesk.formats import code_lists
from frontdesk.formats.code_files import NotACodeList

SHARED = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "codes"

ORDER = (
    "00001 A00     0 Cholera                                                      Cholera\n"
    "00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           "
    "Cholera due to Vibrio cholerae 01, biovar cholerae\n"
)
HCPCS = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,XREF1,ADD DT,ACT EFF DT,TERM DT\n"
    'A0001,0010,3,"Tray, sterile,",Tray,,20250101,20250101,\n'
    "A0001,0020,4,with a lid,,,,,\n"
    "J0001,0030,3,Old drug,Old,J0002,19990101,20260101,12/31/2025\n"
    "LT,0040,7,Left side,Left,,,,\n"
)


def _file(tmp_path: Path, content: str | bytes, name: str = "list.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_order_file_has_headings_and_long_words(tmp_path: Path) -> None:
    found = code_lists.read_icd10cm(_file(tmp_path, ORDER))
    assert found.has_headings
    assert [(row.code, row.is_billable) for row in found.codes] == [("A00", False), ("A000", True)]
    assert found.codes[1].label == "Cholera due to Vibrio cholerae 01, biovar cholerae"


def test_the_quarterly_file_joins_long_words_and_tells_ends_and_successors(tmp_path: Path) -> None:
    tray, drug, left = code_lists.read_hcpcs(_file(tmp_path, HCPCS)).codes
    assert (tray.code, tray.label, tray.first_on) == ("A0001", "Tray, sterile, with a lid", date(2025, 1, 1))
    assert (drug.last_on, drug.successor) == (date(2025, 12, 31), "J0002")
    assert (left.code, left.is_modifier) == ("LT", True)


@pytest.mark.parametrize(
    ("read", "content", "sentence"),
    [
        (
            code_lists.read_icd10cm,
            "code,description\n",
            "Line 1, column 1: an ICD-10-CM code is expected, as in the order file or the codes file.",
        ),
        (code_lists.read_icd10cm, "A000 Cholera\nA001\n", "Line 2, column 5: A001 has no description."),
        (
            code_lists.read_icd10cm,
            "A000 Cholera\nA001 Chol",
            "Line 2, column 10: the file ends in the middle of a line. Get the whole file again.",
        ),
        (
            code_lists.read_icd10cm,
            "A000 Cholera\nA000 Cholera\n",
            "Line 2, column 1: A000 is listed before, in line 1.",
        ),
        (
            code_lists.read_icd10cm,
            ORDER.replace("00002", "00005"),
            "Line 2, column 1: order number 00002 is expected, not 00005. Lines are missing.",
        ),
        (
            code_lists.read_icd10cm,
            "A000 Cholera\nA001 Caf\xe9\n".encode("latin-1"),
            "Line 2, column 9: this character is not in UTF-8. Save the file as UTF-8, then choose it again.",
        ),
        (
            code_lists.read_hcpcs,
            "code,description\n11,Office\n",
            "Line 1, column 1: no column is named hcpc, for the code. Choose the list as CSV.",
        ),
        (
            code_lists.read_hcpcs,
            HCPCS + "A0002,0050,3,Tray\n",
            "Line 6, column 1: this line has 4 columns where the first has 9.",
        ),
        (
            code_lists.read_hcpcs,
            HCPCS.replace("A0001", "AA001"),
            "Line 2, column 1: “AA001” is not a HCPCS code.",
        ),
        (
            code_lists.read_hcpcs,
            HCPCS.replace("12/31/2025", "31/31/2025"),
            "Line 4, column 1: “31/31/2025” is not a date.",
        ),
        (code_lists.read_hcpcs, HCPCS + '"A0002\n', "Line 6, column 1: a quote is not closed."),
        (
            code_lists.read_places,
            "code,name\n1,Office\n",
            "Line 2, column 1: “1” is not the two digits of a place of service.",
        ),
        (code_lists.read_places, "", "The file is empty."),
        (code_lists.read_places, "code,name\n", "The file lists no codes."),
        (
            code_lists.read_places,
            b"PK\x03\x04xx",
            (
                "This is a zip folder or a spreadsheet. Unpack it, or save the sheet as CSV (UTF-8), "
                "and choose that file."
            ),
        ),
        (
            code_lists.read_places,
            gzip.compress(b"x", mtime=0),
            "This is a packed file. Unpack it, then choose the file within.",
        ),
        (
            code_lists.read_places,
            "code,name\n11,Office\n".encode("utf-16"),
            "The file is in UTF-16. Save it as UTF-8, then choose it again.",
        ),
        (code_lists.read_places, b"%PDF-1.7", "This is a PDF. Choose the list itself, as text or CSV."),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(
    tmp_path: Path, read: object, content: str | bytes, sentence: str
) -> None:
    assert callable(read)
    with pytest.raises(NotACodeList) as refused:
        read(_file(tmp_path, content))
    assert str(refused.value) == f"{sentence} Nothing was loaded."


def test_the_name_of_a_file_tells_its_release() -> None:
    assert code_lists.release_of("icd10cm-order-2026.txt") == ("FY 2026", date(2025, 10, 1))
    assert code_lists.release_of("HCPC2026_APR_ANWEB.csv") == ("Apr 2026", date(2026, 4, 1))
    assert code_lists.release_of("hcpcs_2020q2.csv") == ("2020 Q2", date(2020, 4, 1))
    assert code_lists.release_of("cpt2026.txt") == ("2026", date(2026, 1, 1))
    assert code_lists.release_of("pos.csv") is None


@pytest.mark.skipif(not SHARED.exists(), reason="the real lists are not in the project")
def test_the_real_lists_are_read_whole(tmp_path: Path) -> None:
    packed = SHARED / "icd10cm-codes-2024.txt.gz"
    path = _file(tmp_path, gzip.decompress(packed.read_bytes()), "icd10cm-codes-2024.txt")
    assert len(code_lists.read_icd10cm(path).codes) == 74_044
    assert len(code_lists.read_hcpcs(SHARED / "hcpcs_2020q2.csv").codes) == 6_710
    assert len(code_lists.read_places(SHARED / "pos.csv").codes) == 52
    older = gzip.decompress((SHARED / "code-list-April-2026.txt.gz").read_bytes())
    with pytest.raises(NotACodeList, match="Line 1, column 1: an ICD-10-CM code is expected"):
        code_lists.read_icd10cm(_file(tmp_path, older))
