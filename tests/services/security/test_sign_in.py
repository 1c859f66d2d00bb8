from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from frontdesk.services.database import Database
from frontdesk.services.security import accounts, door, passwords, sign_in
from frontdesk.services.security.sign_in import AT_THE_DOOR, Verdict
from tests.builders.security import PASSWORD, come_in, guess, user
from tests.office import Office

WRONG = "The login and the password do not go together. Check Caps Lock and try again."
PASSWORD_FIRST = (
    "A PIN works after you have signed in at this desk with your password today. Type your password."
)


def _pin(office: Office, pin: str, *, login: str = "rita") -> Verdict:
    return door.enter_with_pin(office.database, user_id=office.made[f"user:{login}"], pin=pin)


@pytest.fixture
def with_pin(office: Office) -> Office:
    """Rita has a PIN, and has signed in at no desk yet today."""
    user(office)
    actor = come_in(office)
    office.database.do(actor, accounts.set_pin, pin_hash=passwords.hash_pin("2749"))
    office.clock.set(office.clock.now() + timedelta(days=1))
    return office


def test_the_right_password_lets_in_with_the_rights_of_the_role(office: Office) -> None:
    user(office)
    actor = come_in(office, login=" Rita ")
    assert (actor.name, actor.initials, actor.user_id) == ("Rita Gomez", "RG", office.made["user:rita"])
    assert actor.may("schedule.book")
    assert not actor.may("security.manage_users")


def test_a_wrong_password_and_an_unknown_login_are_told_the_same(office: Office) -> None:
    user(office)
    assert guess(office) == guess(office, login="nobody") == WRONG


def test_after_five_wrong_guesses_even_the_right_password_waits(office: Office) -> None:
    user(office)
    assert [guess(office) for _ in range(5)] == [WRONG] * 5
    verdict = office.database.ask(AT_THE_DOOR, sign_in.verify, login="rita", password=PASSWORD)
    assert verdict.actor is None
    assert verdict.sentence == (
        "Too many wrong attempts. Try again at 10:48 AM, or ask an administrator to reset the password."
    )
    office.clock.set(office.clock.now() + timedelta(minutes=5, seconds=1))
    come_in(office)


def test_a_right_password_in_between_starts_the_count_again(office: Office) -> None:
    user(office)
    for _ in range(3):
        guess(office)
    come_in(office)
    assert [guess(office) for _ in range(5)] == [WRONG] * 5


def test_a_reset_does_not_shorten_the_wait(office: Office) -> None:
    rita = user(office)
    for _ in range(5):
        guess(office)
    office.do(accounts.reset_password, user_id=rita, password_hash=passwords.hash_password("another lantern"))
    assert guess(office).startswith("Too many wrong attempts.")


def test_a_switched_off_account_is_told_so_only_with_its_password(office: Office) -> None:
    rita = user(office)
    office.do(accounts.deactivate_user, user_id=rita)
    assert guess(office, password=PASSWORD) == "This account is switched off. Ask the office manager."
    assert guess(office) == WRONG


def test_without_a_valid_role_nobody_comes_in(office: Office) -> None:
    user(office)
    office.database.engines.write.dispose()
    with office.database.engines.write.begin() as connection:
        connection.execute(text("UPDATE user_role SET valid_until = valid_from"))
    office.clock.set(office.clock.now() + timedelta(days=1))
    sentence = guess(office, password=PASSWORD)
    assert sentence == "You have no role that is valid today. Ask the office manager."


def test_an_old_hash_is_made_anew_at_the_next_sign_in(office: Office) -> None:
    user(office)
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    office.do(accounts.reset_password, user_id=office.made["user:rita"], password_hash=old)
    assert door.enter(office.database, login="rita", password=PASSWORD).fresh_hash
    again = office.database.ask(AT_THE_DOOR, sign_in.verify, login="rita", password=PASSWORD)
    assert again.actor is not None
    assert again.fresh_hash == ""


def test_a_pin_needs_the_password_at_this_desk_on_the_same_day(with_pin: Office) -> None:
    assert _pin(with_pin, "2749").sentence == PASSWORD_FIRST
    come_in(with_pin)
    assert _pin(with_pin, "2749").actor is not None
    with_pin.clock.set(with_pin.clock.now() + timedelta(days=1))
    assert _pin(with_pin, "2749").sentence == PASSWORD_FIRST


def test_a_pin_means_nothing_at_another_desk(with_pin: Office) -> None:
    come_in(with_pin)
    other = Database(with_pin.database.engines, station="Front desk 3", clock=with_pin.clock)
    verdict = other.ask(AT_THE_DOOR, sign_in.verify_pin, user_id=with_pin.made["user:rita"], pin="2749")
    assert verdict.sentence == PASSWORD_FIRST


def test_after_five_wrong_pins_the_password_is_asked_for(with_pin: Office) -> None:
    come_in(with_pin)
    assert {_pin(with_pin, "1111").sentence for _ in range(5)} == {"This is not your PIN. Type it again."}
    with_pin.clock.set(with_pin.clock.now() + timedelta(minutes=6))
    assert _pin(with_pin, "2749").sentence == PASSWORD_FIRST
    come_in(with_pin)
    assert _pin(with_pin, "2749").actor is not None


def test_the_list_at_the_door_says_who_may_use_a_pin_and_who_resets_passwords(with_pin: Office) -> None:
    come_in(with_pin)
    shown = with_pin.database.ask(AT_THE_DOOR, sign_in.people)
    assert [(person.name, person.pin_works, person.resets_passwords) for person in shown] == [
        ("Maria Hess", False, True),
        ("Rita Gomez", True, False),
    ]


def test_no_password_and_no_pin_ever_reaches_the_log(with_pin: Office) -> None:
    come_in(with_pin)
    guess(with_pin, password="my dog is called Bruno")
    _pin(with_pin, "5821")
    written = str(with_pin.database.log_after(0))
    for secret in (PASSWORD, "Bruno", '"5821"', "'5821'", '"2749"', "'2749'"):
        assert secret not in written
