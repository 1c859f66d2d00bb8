"""The providers that a line of a claim names of its own (005010X222A1 2420A to 2420F)."""

from datetime import date
from decimal import Decimal

import msgspec

from frontdesk.formats.x12.professional_claim import Drug, Line, OtherId, Provider
from tests.formats.x12.judges import pyx12_complaints, x12sdk_models
from tests.formats.x12.test_professional_claim import CASTILLO, LAB, read, written

KEN = Provider("NAKAMURA", "KEN", "1993999998", other_ids=(OtherId("G2", "N1"),))
BY_LINE = msgspec.structs.replace(
    CASTILLO,
    number="26-04133",
    referring=KEN,
    primary_care=Provider("OYELARAN", "TOLU", "1467560003"),
    supervising=Provider("RAMAN", "PRIYA", "1700000015"),
    lines=(
        CASTILLO.lines[0],
        Line(
            "93000",
            8000,
            date(2026, 3, 13),
            (2,),
            "26-04133-2",
            rendering=Provider("OKAFOR", "DANA", "1467560003", "363LF0000X", (OtherId("G2", "OK5"),)),
            bought_cents=4500,
            facility=LAB,
            supervising=Provider("LEE", "SUSAN", "1700000007", other_ids=(OtherId("0B", "OR56"),)),
            ordering=KEN,
            referring=Provider("FARROW", "CELESTE", "1234567893"),
            primary_care=Provider("OYELARAN", "TOLU", "1467560003"),
            drug=Drug("00409379501", Decimal(2), "ML"),
        ),
    ),
    bought_from=LAB,
)
"""Each provider that a line may name of its own: loops 2420A to 2420F."""


def test_a_line_names_its_own_providers_in_the_order_of_the_guide() -> None:
    text = written(BY_LINE)
    loops = text[text.index("LX*2") :]
    named = [segment.split("*")[1] for segment in loops.split("~") if segment.strip().startswith("NM1")]
    assert named == ["82", "QB", "77", "DQ", "DK", "DN", "P3"]
    assert "PRV*PE*PXC*363LF0000X~" in loops
    (claim,) = read(text)
    assert claim == msgspec.structs.replace(BY_LINE, diagnoses=("Z0000", "I10"))
    assert pyx12_complaints(text) == ""


def test_another_validator_takes_the_providers_of_a_line() -> None:
    """x12sdk knows neither a second provider in 2310A and 2420F, nor a 2420B without a name."""
    lines = tuple(
        msgspec.structs.replace(line, primary_care=None, bought_cents=None) for line in BY_LINE.lines
    )
    claim = msgspec.structs.replace(BY_LINE, primary_care=None, bought_from=None, lines=lines)
    assert x12sdk_models(written(claim)) == 1
