"""What the database itself refuses, on both engines, when somebody goes round the services."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from frontdesk.services.engine_errors import ours
from tests.builders.registration import coverage, danielle, verification
from tests.office import Office


def around(office: Office, statement: str, **values: Any) -> str:
    """Runs SQL behind the services' back; the office's sentence for what the database said."""
    with pytest.raises(DBAPIError) as refused, office.database.engines.write.begin() as connection:
        connection.execute(text(statement), values)
    return str(ours(refused.value))


def run(office: Office, statement: str, **values: Any) -> None:
    with office.database.engines.write.begin() as connection:
        connection.execute(text(statement), values)


PLAIN = "The database refused this because it does not fit what is already there. Nothing was saved."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE patient SET legal_last = ' '",
        "UPDATE patient SET status = 'merged'",
        "UPDATE patient SET status = 'asleep'",
        "UPDATE patient SET died_on = '1982-06-13', status = 'deceased'",
        "UPDATE patient SET died_on = '2026-03-01'",
        "UPDATE patient SET email = 'd.foster'",
        "UPDATE patient_phone SET number = '503'",
        "UPDATE patient_phone SET number = '503 555 0148'",
        "UPDATE patient_phone SET rank = 0",
        "UPDATE patient_address SET state = 'O'",
        "UPDATE patient_address SET postal_code = '9700'",
        "UPDATE patient_address SET valid_until = '2020-01-01'",
        "UPDATE coverage SET rank = 0",
        "UPDATE coverage SET effective_until = '2025-12-31'",
        "UPDATE policy SET member_id = 'XQP 884'",
        "UPDATE policy SET subscriber_last = 'Foster'",
        "UPDATE plan SET copay_cents = -1",
        "UPDATE account SET holder_patient_id = NULL",
        "DELETE FROM patient",
    ],
)
def test_a_row_that_cannot_be_true_is_refused(office: Office, statement: str) -> None:
    coverage(office, danielle(office))
    assert around(office, statement) == PLAIN


def test_a_phone_stands_once_in_a_list(office: Office) -> None:
    danielle(office)
    assert around(office, "UPDATE patient_phone SET number = '5035550148'") == (
        "This phone number is already in the list. Take one of them out."
    )


def test_two_policies_never_share_a_place_and_a_day(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    coverage(office, dani, rank=2, member_id="ZZT100200300")
    assert around(office, "UPDATE coverage SET rank = 1") == (
        "Another policy is in this place for some of these days. End it first, or choose another place."
    )
    run(office, "UPDATE coverage SET is_active = false WHERE rank = 1")
    run(office, "UPDATE coverage SET rank = 1")


def test_an_account_pays_alone(office: Office) -> None:
    danielle(office)
    assert (
        around(
            office,
            "INSERT INTO account_member (id, account_id, patient_id, valid_from) "
            "SELECT id + 1, account_id, patient_id, '2027-01-01' FROM account_member",
        )
        == "This patient already belongs to an account for these days."
    )


def test_one_address_of_a_kind_at_a_time(office: Office) -> None:
    danielle(office)
    assert (
        around(
            office,
            "INSERT INTO patient_address (id, version, patient_id, kind, street, unit, city, state, "
            "postal_code, valid_from) SELECT id + 1, 1, patient_id, kind, street, unit, city, state, "
            "postal_code, "
            "'2027-01-01' FROM patient_address",
        )
        == "The patient already has an address of this kind for these days. End that one first."
    )


def test_a_policy_in_use_is_fixed_but_can_end(office: Office) -> None:
    coverage(office, danielle(office))
    run(office, "UPDATE policy SET first_used_at = '2026-03-17 17:00:00'")
    sentence = (
        "A claim went out on this policy. Enter a new policy from the day of the change; this one is kept."
    )
    assert around(office, "UPDATE policy SET member_id = 'OTHER123'") == sentence
    assert around(office, "UPDATE policy SET first_used_at = NULL") == sentence
    run(office, "UPDATE policy SET effective_until = '2026-12-31'")


def test_a_payer_s_answer_is_never_changed(office: Office) -> None:
    verification(office, coverage(office, danielle(office)))
    sentence = "A payer's answer is never changed. Record the new answer beside it."
    assert around(office, "UPDATE coverage_verification SET copay_cents = 0") == sentence
    assert around(office, "DELETE FROM coverage_verification") == sentence
