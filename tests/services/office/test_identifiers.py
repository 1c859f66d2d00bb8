import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.office import identifiers
from tests.builders.office import npi


@given(st.integers(0, 99_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen_in_an_npi(number: int, place: int, shift: int) -> None:
    good = npi(number)
    assert identifiers.is_npi(good)
    other = str((int(good[place]) + shift) % 10)
    assert not identifiers.is_npi(good[:place] + other + good[place + 1 :])


@pytest.mark.parametrize("text", ["", "123456789", "12345678931", "3234567893", "١٢٣٤٥٦٧٨٩٣"])
def test_an_npi_is_ten_digits_that_begin_with_one_or_two(text: str) -> None:
    assert not identifiers.is_npi(text)


def test_the_example_of_the_standard_holds() -> None:
    assert identifiers.is_npi("1234567893")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(503) 555-0148", "5035550148"),
        ("+1 503.555.0148", "5035550148"),
        ("503 555 014", None),
        ("999 555 0100", None),
        ("call me", None),
        ("", None),
    ],
)
def test_a_phone_number_is_one_that_can_be_dialled(text: str, expected: str | None) -> None:
    assert identifiers.us_phone_digits(text) == expected


@pytest.mark.parametrize("zone", identifiers.US_ZONES)
def test_the_offered_zones_are_known(zone: str) -> None:
    assert identifiers.is_zone(zone)


@pytest.mark.parametrize("zone", ["", "Portland", "America/Portland", "../etc", "America"])
def test_other_words_are_no_zones(zone: str) -> None:
    assert not identifiers.is_zone(zone)


def test_tax_ids_zips_and_taxonomies_have_their_length() -> None:
    assert identifiers.is_tax_id("931234567")
    assert not identifiers.is_tax_id("000000000")
    assert identifiers.is_zip("97204")
    assert identifiers.is_zip("972041234")
    assert not identifiers.is_zip("9720")
    assert identifiers.is_taxonomy("207Q00000X")
    assert not identifiers.is_taxonomy("207q00000x")
