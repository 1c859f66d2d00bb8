"""What a registration begins with, after a search that found nobody."""

from datetime import date

import pytest

from frontdesk.services.registration.begun import Begun, begun

TODAY = date(2026, 3, 17)
BORN = date(1982, 6, 14)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("foster", Begun(last="Foster")),
        ("dani foster", Begun("Dani", "Foster")),
        ("foster, dani", Begun("Dani", "Foster")),
        ("FOSTER, DANI M", Begun("Dani M", "Foster")),
        ("McDonald, Angus", Begun("Angus", "McDonald")),
        ("o'brien-núñez, maría josé", Begun("María José", "O'Brien-Núñez")),
        ("dani foster 6/14/82", Begun("Dani", "Foster", BORN)),
        ("6/14/1982 foster", Begun("", "Foster", BORN)),
        ("foster jun 14 1982", Begun("", "Foster", BORN)),
        ("foster 1982-06-14", Begun("", "Foster", BORN)),
        ("foster 6/14", Begun("", "Foster")),
        ("foster 13/45/1982", Begun("", "Foster")),
        ("dani foster 503 555 0148", Begun("Dani", "Foster", None, "(503) 555-0148")),
        ("+1 (503) 555-0148", Begun(phone="(503) 555-0148")),
        ("foster 0148", Begun("", "Foster")),
        ("", Begun()),
    ],
)
def test_what_was_typed_is_put_where_it_belongs(typed: str, wanted: Begun) -> None:
    assert begun(typed, TODAY) == wanted
