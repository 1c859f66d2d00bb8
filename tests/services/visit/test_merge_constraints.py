"""What the database itself keeps of a merge, on both engines, whoever writes to it."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.builders.billing import charged
from tests.builders.merging import merged, prepared
from tests.builders.records import library, signed
from tests.builders.registration import coverage, patient
from tests.office import Office
from tests.services.registration.test_constraints import PLAIN, around, run

BORN = date(1961, 5, 30)


@pytest.fixture
def charts(office: Office) -> tuple[int, int]:
    """Two charts, one of them with what is never changed."""
    one = patient(office, "Ruth", "Ashby", BORN, phone="5035550131")
    other = patient(office, "Ruth", "Ashby", BORN, phone="5035550131")
    library(office)
    signed(office, other, "privacy_notice")
    charged(office, other)
    return one, other


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("consent", "A consent is never changed or deleted. Revoke it, or have a new one signed."),
        ("charge_line", None),
        ("journal_entry", None),
    ],
)
def test_what_is_kept_changes_charts_only_while_a_merge_is_carried_out(
    office: Office, charts: tuple[int, int], table: str, sentence: str | None
) -> None:
    stays, goes = charts
    move = f"UPDATE {table} SET patient_id = :stays WHERE patient_id = :goes"
    first = around(office, move, stays=stays, goes=goes)
    assert sentence is None or first == sentence
    prepared(office, stays, goes)
    assert around(office, move, stays=stays, goes=goes) == first
    # Only between the two sides, and only the patient.
    third = patient(office, "Edith", "Nowak", date(1944, 8, 2))
    run(office, "UPDATE patient_merge SET state = 'merged', merged_at = prepared_at, merged_by = 'Maria'")
    run(office, "UPDATE patient_merge SET is_moving = :yes", yes=True)
    assert around(office, move.replace(":stays", ":third"), third=third, goes=goes) == first
    run(office, move, stays=stays, goes=goes)
    run(office, f"UPDATE {table} SET patient_id = :goes WHERE patient_id = :stays", stays=stays, goes=goes)
    run(office, "UPDATE patient_merge SET is_moving = :no", no=False)
    assert around(office, move, stays=stays, goes=goes) == first


def test_the_words_of_a_consent_stay_shut_during_a_merge(office: Office, charts: tuple[int, int]) -> None:
    prepared(office, *charts)
    run(office, "UPDATE patient_merge SET state = 'merged', merged_at = prepared_at, merged_by = 'Maria'")
    run(office, "UPDATE patient_merge SET is_moving = :yes", yes=True)
    assert around(office, "UPDATE consent SET text_frozen = 'other'") == (
        "A consent is never changed or deleted. Revoke it, or have a new one signed."
    )


def test_a_policy_in_use_changes_its_subscriber_only_by_a_merge(
    office: Office, charts: tuple[int, int]
) -> None:
    stays, goes = charts
    coverage(office, goes)
    run(office, "UPDATE policy SET first_used_at = effective_from")
    move = "UPDATE policy SET subscriber_patient_id = :stays"
    assert around(office, move, stays=stays) != ""
    merged(office, stays, goes)
    with office.database.engines.read.connect() as connection:
        assert connection.scalar(text("SELECT subscriber_patient_id FROM policy")) == stays


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE patient_merge SET reason = 'other'", "What was said about a merge is kept as it was."),
        ("UPDATE patient_merge SET stays_id = goes_id", "What was said about a merge is kept as it was."),
        ("DELETE FROM patient_merge", "What was said about a merge is kept as it was."),
        (
            "UPDATE patient_merge SET is_moving = :yes",
            "Rows change charts only while a merge is carried out.",
        ),
        (
            "UPDATE patient_merge SET state = 'merged', merged_at = prepared_at, merged_by = prepared_by",
            "A second person approves a merge. Ask a colleague with the right to.",
        ),
        ("UPDATE patient_merge SET state = 'merged'", PLAIN),
    ],
)
def test_a_merge_is_kept_as_it_was_said(
    office: Office, charts: tuple[int, int], statement: str, sentence: str
) -> None:
    prepared(office, *charts)
    values = {"yes": True} if ":yes" in statement else {}
    assert around(office, statement, **values) == sentence


def test_the_log_of_a_merge_is_kept(office: Office, charts: tuple[int, int]) -> None:
    merged(office, *charts)
    for statement in ("UPDATE patient_merge_change SET old_value = '1'", "DELETE FROM patient_merge_change"):
        assert around(office, statement) == "What a merge moved is kept as it was."
