import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.security import passwords


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "The password needs at least 10 characters."),
        ("ababababababab", "The password repeats the same few characters. Choose another."),
        ("my name is Gómez", "The password contains the name or login. Choose another."),
        ("password2026", "This password is among the first that others would try. Choose another."),
        ("harbor lantern 42", None),
        ("correct horse battery", None),
    ],
)
def test_a_password_is_long_and_not_what_others_try_first(password: str, sentence: str | None) -> None:
    findings = passwords.password_findings(password, own_words=("Rita Gómez", "rita"))
    assert [finding.message for finding in findings] == ([sentence] if sentence else [])


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "٤٢٤٢", ""])
def test_a_pin_is_four_to_eight_digits(pin: str) -> None:
    assert [finding.message for finding in passwords.pin_findings(pin)] == ["A PIN is 4 to 8 digits."]


@pytest.mark.parametrize("pin", ["7777", "1234", "8901", "4321", "10987"])
def test_a_pin_of_one_digit_or_of_digits_in_a_row_is_refused(pin: str) -> None:
    assert [finding.message for finding in passwords.pin_findings(pin)] == [
        "A PIN of one digit, or of digits in a row, is guessed first. Choose another."
    ]


@given(st.text("0123456789", min_size=4, max_size=8))
def test_a_refused_pin_is_always_one_digit_or_a_row(pin: str) -> None:
    around = "01234567890123456"
    expected = len(set(pin)) == 1 or pin in around or pin in around[::-1]
    assert bool(passwords.pin_findings(pin)) is expected


def test_a_hash_fits_its_password_only() -> None:
    hashed = passwords.hash_password("harbor lantern 42")
    assert hashed.startswith("$argon2id$")
    assert passwords.fits(hashed, "harbor lantern 42")
    assert not passwords.fits(hashed, "harbor lantern 43")
    assert not passwords.fits(None, "the password of no account")
    assert not passwords.fits("damaged", "harbor lantern 42")
    assert passwords.freshened(hashed, "harbor lantern 42") == ""
