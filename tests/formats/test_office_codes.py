"""The office's own code file: columns guessed or chosen, sound lines taken, the others named."""

from datetime import date
from pathlib import Path

import pytest

from frontdesk.formats import office_codes
from frontdesk.formats.code_files import NotACodeList
from frontdesk.formats.refused_lines import RefusedLine

JAN = date(2026, 1, 1)


def _file(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "list.txt"
    path.write_text(content, encoding="utf-8")
    return path


def test_columns_are_guessed_and_bad_lines_named(tmp_path: Path) -> None:
    file = office_codes.look_at(
        _file(
            tmp_path,
            "CPT Code,Description,Effective Date,End Date,Keywords\n"
            "99213,Made-up visit,01/01/2026,,checkup\n"
            "9921,Too short,,,\n"
            "99214,,,,\n"
            "99215,Made-up,13/45/2026,,\n"
            "99216,Made-up,02/01/2026,01/15/2026,\n"
            "99217,Made-up,,12/31/2025,\n"
            "99213,Again,03/01/2026,,\n"
            "25,Own modifier,,,\n"
            "99218,Made-up\n"
            "0001T,Made-up category,,06/30/2026,\n"
            "0001T,Made-up category,07/01/2026,,\n",
        )
    )
    assert file.guess == {"code": 0, "label": 1, "first_on": 2, "last_on": 3, "synonyms": 4}
    read = office_codes.read(file, file.guess, JAN)
    assert [(row.code, row.is_modifier) for row in read.codes.codes] == [
        ("99213", False),
        ("25", True),
        ("0001T", False),
        ("0001T", False),
    ]
    assert read.codes.codes[0].synonyms == "checkup"
    assert read.refused == (
        RefusedLine(3, "“9921” is no CPT code: five characters are expected, or two for a modifier."),
        RefusedLine(4, "99214 has no description."),
        RefusedLine(5, "99215: “13/45/2026” is not a date. Write it as MM/DD/YYYY."),
        RefusedLine(6, "99216 ends before it begins."),
        RefusedLine(7, "99217 ended on 12/31/2025, before this list begins."),
        RefusedLine(
            8, "99213 stands in line 2 too, for some of the same days. Keep one of the two.", stops=True
        ),
        RefusedLine(10, "The line has 2 columns where the first has 5."),
    )


def test_tabs_without_names_and_fixed_width_are_read_too(tmp_path: Path) -> None:
    tabs = office_codes.look_at(_file(tmp_path, "99213\tMade-up visit\n99214\tAnother\n"))
    assert (tabs.header, tabs.guess, tabs.samples(1)) == (
        ("Column 1", "Column 2"),
        {"code": 0},
        ("Made-up visit", "Another"),
    )
    assert office_codes.missing(tabs.guess) == ("description",)
    fixed = office_codes.look_at(_file(tmp_path, "99213 Made-up visit, long\n99214 Another\n"))
    assert fixed.kind == "fixed width"
    assert [row.label for row in office_codes.read(fixed, fixed.guess, JAN).codes.codes] == [
        "Made-up visit, long",
        "Another",
    ]


def test_what_has_no_columns_is_refused(tmp_path: Path) -> None:
    for content, sentence in (
        ("words\nof no kind\n", "Line 1, column 1: a code, blanks and a description are expected"),
        ('99213,"Visit\n', "Line 1, column 1: a quote is not closed. Nothing was loaded."),
    ):
        with pytest.raises(NotACodeList, match=sentence[:40]):
            office_codes.look_at(_file(tmp_path, content))
