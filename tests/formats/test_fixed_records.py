"""Lists of codes in records of fixed width: CMS's HCPCS file and the AMA's CPT files (made-up words)."""

from datetime import date
from pathlib import Path

import pytest

from frontdesk.formats import code_lists, office_codes
from frontdesk.formats.code_files import NotACodeList
from frontdesk.formats.refused_lines import RefusedLine

JAN = date(2026, 1, 1)
NOTICE = "CPT, made-up notice: all rights reserved, 2026\nIt goes on for a line, or more.\n\n"


def _record(code: str, place: int, kind: int, words: str, more: dict[int, str] | None = None) -> str:
    """A line of CMS's file; `more` is by the first column of a field."""
    line = f"{code:>5}{place * 100:05}{kind}{words:<80}".ljust(320)
    for first, value in (more or {}).items():
        line = line[: first - 1] + value + line[first - 1 + len(value) :]
    return line + "\n"


HCPCS = (
    _record("A0001", 1, 3, "Tray, sterile, with each of", {92: "Tray", 269: "20250101", 277: "20260401"})
    + _record("A0001", 2, 4, "two lids, each")
    + _record("J0001", 1, 3, "Old drug", {205: "J0002J0003", 285: "20260331", 293: "D"})
    + _record("LT", 1, 7, "Left side (used to identify procedures performed on the left side of the")
    + _record("LT", 2, 8, "body)")
)


def _file(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "list.txt"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_records_of_cms_are_joined_and_their_days_read(tmp_path: Path) -> None:
    tray, drug, left = code_lists.read_hcpcs(_file(tmp_path, HCPCS)).codes
    assert (tray.label, tray.line) == ("Tray, sterile, with each of two lids, each", 1)
    assert (tray.first_on, tray.changed_on, tray.last_on) == (date(2025, 1, 1), date(2026, 4, 1), None)
    assert (drug.last_on, drug.successor) == (date(2026, 3, 31), "J0002 J0003")
    assert (left.code, left.is_modifier) == ("LT", True)
    assert left.label.endswith("on the left side of the body)")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("Catheter, two-", "way, latex"), "Catheter, two-way, latex"),
        (("Care, short-", "and long-term"), "Care, short- and long-term"),
        (("Kit -", "each"), "Kit - each"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_within_its_word(
    tmp_path: Path, lines: tuple[str, str], words: str
) -> None:
    content = _record("A0001", 1, 3, lines[0]) + _record("A0001", 2, 4, lines[1])
    assert code_lists.read_hcpcs(_file(tmp_path, content)).codes[0].label == words


def test_words_that_are_cut_off_at_the_width_are_put_together(tmp_path: Path) -> None:
    cut = "A" * 78 + " b"
    content = _record("A0001", 1, 3, cut) + _record("A0001", 2, 4, "c d") + _record("A0002", 1, 3, "e")
    assert code_lists.read_hcpcs(_file(tmp_path, content)).codes[0].label == "A" * 78 + " bc d"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            HCPCS + _record("A0009", 2, 4, "more"),
            "Line 6, column 1: more words for A0009, but its first line is not the one above.",
        ),
        (
            _record("A0001", 2, 4, "more"),
            "Line 1, column 1: more words for A0001, but its first line is not the one above.",
        ),
        (
            HCPCS + "words\n",
            "Line 6, column 1: a code, its sequence and record 3, 4, 7 or 8 are expected, as in CMS's file.",
        ),
        (HCPCS + _record("LT", 1, 7, "Left"), "Line 6, column 1: LT is listed before, in line 4."),
        (
            HCPCS + _record("A0002", 1, 3, "Kit", {285: "20261301"}),
            "Line 6, column 1: “20261301” is not a date.",
        ),
        (HCPCS[:-1], "Line 5, column 321: the file ends in the middle of a line. Get the whole file again."),
    ],
)
def test_a_broken_record_is_refused_with_its_place(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(NotACodeList) as refused:
        code_lists.read_hcpcs(_file(tmp_path, content))
    assert str(refused.value) == f"{sentence} Nothing was loaded."


LONG = (
    f"9900101 {'Made-up service of many words, that goes on in the line below it with':<72}\n"
    f"9900102 {'more of them':<72}\n9900201 {'Another':<72}\n0001A01 {'A dose':<72}\n"
)


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (
            NOTICE + LONG,
            "fixed width",
            "Made-up service of many words, that goes on in the line below it with more of them",
        ),
        (
            NOTICE + "99001 Made-up service\n99002 Another\n0001A A dose\n",
            "fixed width",
            "Made-up service",
        ),
        (
            NOTICE + "99001\tMade-up service, long\n99002\tAnother\n0001A\tA dose\n",
            "columns kept apart by tabs",
            "Made-up service, long",
        ),
    ],
)
def test_the_files_of_the_ama_are_read_as_they_come(
    tmp_path: Path, content: str, kind: str, words: str
) -> None:
    file = office_codes.look_at(_file(tmp_path, content))
    read = office_codes.read(file, {"code": 0, "label": 1}, JAN)
    assert file.kind == kind
    assert [(row.code, row.label) for row in read.codes.codes] == [
        ("99001", words),
        ("99002", "Another"),
        ("0001A", "A dose"),
    ]
    assert read.refused == ()
    assert read.codes.codes[0].line == 4


def test_a_line_that_is_missing_between_two_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotACodeList) as refused:
        office_codes.look_at(_file(tmp_path, LONG.replace("9900102", "9900103")))
    assert str(refused.value) == (
        "Line 2, column 6: line 03 of 99001 does not follow its line 02. Nothing was loaded."
    )


def test_two_lines_of_a_code_that_differ_stop_the_import(tmp_path: Path) -> None:
    file = office_codes.look_at(
        _file(
            tmp_path,
            "Code,Description,From,Until\n"
            "99001,Made-up,,06/30/2026\n"
            "99001,Made-up,,06/30/2026\n"
            "99001,Made-up anew,07/01/2026,\n"
            "99001,Other words,,06/30/2026\n"
            "99001,Made-up,06/01/2026,08/01/2026\n",
        )
    )
    read = office_codes.read(file, file.guess, JAN)
    assert [(row.label, row.first_on) for row in read.codes.codes] == [
        ("Made-up", None),
        ("Made-up anew", date(2026, 7, 1)),
    ]
    assert read.refused == (
        RefusedLine(5, "99001 has other words here than in line 2. Keep one of the two lines.", True),
        RefusedLine(6, "99001 stands in line 2 too, for some of the same days. Keep one of the two.", True),
    )
