"""Fees from a CSV file."""

from pathlib import Path

import pytest

from frontdesk.formats.code_files import NotACodeList
from frontdesk.formats.fee_csv import FeeLine, read_fees


def test_a_code_and_a_fee_to_a_line_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "fees.csv"
    path.write_text('What;Fee;CPT Code\nVisit;"$1,131.50";99213\n\nShort\n')
    assert read_fees(path) == (FeeLine(2, "99213", "$1,131.50"), FeeLine(4, "", ""))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a,b\n1,2\n", "Line 1, column 1: columns named code and fee are expected. Nothing was loaded."),
        ("code,fee\n", "The file lists no fees. Nothing was loaded."),
        ('code,fee\n"99213,1\n', "Line 2, column 1: a quote is not closed. Nothing was loaded."),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "fees.csv"
    path.write_text(content)
    with pytest.raises(NotACodeList) as refused:
        read_fees(path)
    assert str(refused.value) == sentence
