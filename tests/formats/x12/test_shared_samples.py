"""Every real file in the shared folder: read, or refused with its place. Passes without the folder too."""

import os
from pathlib import Path

import pytest

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.remittance_reader import RemittanceReader

FOLDER = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[4] / "shared" / "data")) / "x12"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".go")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_read_or_refused_with_its_place(path: Path) -> None:
    with path.open("rb") as file:
        reader = Reader(file)
        try:
            for message in reader.transaction_sets():
                if message.kind == "835":
                    assert list(RemittanceReader(message))
        except Malformed as refused:
            (problem,) = refused.problems
            assert problem.segment_number > 0
        else:
            assert reader.number > 0
