"""How well look-alikes are told apart, on data that others labelled."""

import os
from pathlib import Path

import pytest

from frontdesk.services.registration.person import Person
from tests.builders import labelled

COPIES = Path(__file__).parents[2] / "data" / "duplicates"
SHARED = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
SETS = [path for path in (COPIES / "febrl1.csv", SHARED / "duplicates" / "febrl2.csv") if path.exists()]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_of_a_hundred_pairs_that_are_shown_ninety_nine_are_right(path: Path) -> None:
    outcome = labelled.matched(labelled.febrl(path))
    assert outcome.precision >= 0.99
    assert outcome.f1 >= 0.98


def test_records_without_any_name_are_no_ones_duplicates() -> None:
    nobody = labelled.Labelled("1", Person("", ""))
    somebody = labelled.Labelled("1", Person("Walter", "Harris"))
    outcome = labelled.matched([nobody, nobody, somebody])
    assert (outcome.found, outcome.right) == (0, 0)
