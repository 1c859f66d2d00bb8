"""Every real file in the shared folder: read, or refused with its place. Passes without the folder too."""

import os
from pathlib import Path

import pytest

from frontdesk.formats.x12.acknowledgment_reader import KINDS, read_acknowledgment
from frontdesk.formats.x12.claim_status import READ_VERSIONS, REQUEST_VERSION
from frontdesk.formats.x12.claim_status_inquiry import StatusRequestReader
from frontdesk.formats.x12.claim_status_reader import ClaimStatusReader
from frontdesk.formats.x12.eligibility_reader import EligibilityReader
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
                elif message.kind in KINDS:
                    assert read_acknowledgment(message).control_number
                elif message.kind == "277" and message.version.startswith(READ_VERSIONS):
                    assert list(ClaimStatusReader(message))
                elif message.kind == "276" and message.version.startswith(REQUEST_VERSION):
                    assert list(StatusRequestReader(message))
        except Malformed as refused:
            (problem,) = refused.problems
            assert problem.segment_number > 0
        else:
            assert reader.number > 0


@pytest.mark.parametrize(
    "path", [path for path in FILES if b"*271*" in path.read_bytes()], ids=lambda p: p.name
)
def test_a_real_eligibility_answer_is_read_whole(path: Path) -> None:
    with path.open("rb") as file:
        for message in Reader(file).transaction_sets():
            if message.kind == "271":
                for answer in (answers := list(EligibilityReader(message))):
                    assert answer.source.name
                    assert answer.benefits or answer.rejections
                kept = {tuple(segment) for answer in answers for segment in answer.segments}
                assert all(
                    tuple(segment) in kept
                    for answer in answers
                    for benefit in answer.benefits
                    for segment in benefit.segments
                )
                assert answers
