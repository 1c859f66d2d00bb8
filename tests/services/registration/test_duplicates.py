"""Who may be the same person: the reasons in words, and who is not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.registration import patients
from frontdesk.services.registration.duplicates import candidates
from frontdesk.services.registration.likeness import compare
from frontdesk.services.registration.nicknames import same_given_name
from frontdesk.services.registration.person import Person
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office

DANI = Person("Danielle", "Foster", date(1982, 6, 14), phones=("5035550148",))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (DANI, "Same birth date"),
        (replace(DANI, born_on=date(1982, 6, 15)), "Birth date differs in one place: 06/14/1982"),
        (replace(DANI, born_on=date(1928, 6, 14)), "Birth date differs in one place: 06/14/1982"),
        (replace(DANI, first="Dani"), "Danielle and Dani can be one name"),
        (replace(DANI, last="Phosterr"), "Last name sounds alike: Foster"),
        (replace(DANI, last="Fosetr"), "Last name spelled nearly alike: Foster"),
        (replace(DANI, last="Boyd", former_last="Foster"), "Formerly Foster"),
        (replace(DANI, first="Foster", last="Danielle"), "First and last name exchanged"),
        (replace(DANI, born_on=None), "Same phone, (503) 555-0148"),
        (
            replace(DANI, first="D", member_ids=("XQP884120557",), phones=()),
            "Same member ID, XQP884120557",
        ),
    ],
)
def test_a_look_alike_is_found_with_the_reason(file_office: Office, typed: Person, reason: str) -> None:
    coverage(file_office, danielle(file_office))
    patient(file_office, "Walter", "Harris", date(1951, 2, 9), phone="503 555 0164")
    [alike] = file_office.ask(candidates, person=typed)
    assert alike.name == "Danielle Foster"
    assert reason in alike.reasons


def test_day_and_month_exchanged_are_found(file_office: Office) -> None:
    patient(file_office, born_on=date(1982, 6, 10))
    [alike] = file_office.ask(candidates, person=Person("Danielle", "Foster", date(1982, 10, 6)))
    assert "Day and month of birth exchanged: 06/10/1982" in alike.reasons
    assert alike.is_certain is False


@pytest.mark.parametrize(
    "typed",
    [
        Person("Danielle", "Foster", date(1990, 10, 2)),
        Person("Ray", "Foster", date(1980, 3, 30), phones=("5035550148",)),
        Person("Danielle", "Okafor", date(1961, 1, 1)),
        Person("", ""),
    ],
)
def test_a_namesake_or_a_relative_is_somebody_else(file_office: Office, typed: Person) -> None:
    danielle(file_office)
    assert file_office.ask(candidates, person=typed) == ()


def test_a_twin_is_shown_but_not_taken_for_certain(file_office: Office) -> None:
    danielle(file_office)
    twin = Person(
        "Monica",
        "Foster",
        date(1982, 6, 14),
        phones=("5035550148",),
        street="2218 Alder Court",
        postal_code="97005",
    )
    [alike] = file_office.ask(candidates, person=twin)
    assert not alike.is_certain


def test_relatives_whose_mail_differs_by_an_initial_are_two_people() -> None:
    ray = Person("Ray", "Foster", date(1980, 3, 30), phones=("5035550148",), email="r.foster@example.com")
    assert not compare(replace(DANI, email="d.foster@example.com"), ray).is_likely


def test_somebody_who_comes_back_is_found_though_inactive(office: Office) -> None:
    dani = danielle(office)
    office.do(patients.deactivate, patient_id=dani, reason="Moved away")
    assert [alike.patient_id for alike in office.ask(candidates, person=DANI)] == [dani]


def test_short_names_go_both_ways_and_not_through_each_other() -> None:
    assert same_given_name("Bob", "Robert")
    assert same_given_name("William", "Bill")
    assert not same_given_name("Bill", "Bob")


PEOPLE = st.builds(
    Person,
    first=st.sampled_from(["Ann", "Bob", "Robert", "José", "D", ""]),
    last=st.sampled_from(["Foster", "Phoster", "Harris", "O'Brien", ""]),
    born_on=st.none() | st.dates(date(1920, 1, 1), date(2026, 1, 1)),
    phones=st.lists(st.sampled_from(["5035550148", "5035550164"]), max_size=2).map(tuple),
    street=st.sampled_from(["", "12 Pier Street"]),
)


@given(PEOPLE, PEOPLE)
def test_likeness_does_not_depend_on_who_was_here_first(one: Person, other: Person) -> None:
    assert compare(one, other).points == compare(other, one).points


@given(PEOPLE)
def test_nobody_is_more_like_somebody_than_themselves(one: Person) -> None:
    assert compare(one, one).points >= compare(one, replace(one, born_on=date(1900, 1, 1))).points
