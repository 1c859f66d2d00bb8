"""Finding patients while typing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kernel.text import fold
from frontdesk.models.registration.patient import PatientStatus
from frontdesk.models.registration.search_key import KeyKind
from frontdesk.services.registration import patients
from frontdesk.services.registration.search import Found, search, underlines
from frontdesk.services.registration.search_keys import Findable, keys_of
from frontdesk.services.registration.typed import understand
from tests.builders.registration import patient
from tests.office import Office

TODAY = date(2026, 3, 17)


def found(office: Office, typed: str) -> list[int]:
    return [line.patient_id for line in office.ask(search, typed=typed).patients]


@pytest.mark.parametrize(
    "typed",
    [
        "foster",
        "Fos Dan",
        "dan, fos",
        "o'brien",
        "obrien",
        "brien",
        "nunez dani",
        "NÚÑEZ",
        "Dani",
        "blake",
        "06/14/1982",
        "6/14/82",
        "6-14-1982",
        "06141982",
        "061482",
        "1982-06-14",
        "jun 14 1982",
        "14 June 1982",
        "6/14",
        "6/1",
        "6/14/19",
        "1982",
        "5035550148",
        "15035550148",
        "1503",
        "(503) 555-01",
        "503 555 0148",
        "+1 503.555.0148",
        "555-0148",
        "0148",
        "HP-00001",
        "hp00001",
        "00001",
        "foster 6/14/1982",
        "fos 503 555",
    ],
)
def test_a_patient_is_found_by_any_of_it(file_office: Office, typed: str) -> None:
    dani = patient(
        file_office,
        "Danielle",
        "O'Brien-Núñez Foster",
        phone="(503) 555-0148",
        preferred="Dani",
        former_last="Blake",
    )
    patient(file_office, "Zoe", "Marchetti", date(1999, 12, 31), phone="971 222 0137")
    assert found(file_office, typed) == [dani]


@pytest.mark.parametrize(
    "typed", ["foster 6/15/1982", "dan marchetti", "ster", "5035550149", "6/41/1982", ""]
)
def test_and_not_by_what_is_not_all_there(file_office: Office, typed: str) -> None:
    patient(file_office, phone="(503) 555-0148")
    patient(file_office, "Zoe", "Marchetti", date(1999, 12, 31))
    assert found(file_office, typed) == []


def test_the_line_says_what_was_found(office: Office) -> None:
    patient(office, phone="(503) 555-0148", former_last="Blake", preferred="Dani")
    [line] = office.ask(search, typed="fost dani").patients
    assert line.name == "Danielle “Dani” Foster"
    assert [line.name[at : at + length] for at, length in line.underlined] == ["Dani", "Fost"]
    assert (line.phone, line.is_today, line.found_by) == ("(503) 555-0148", True, "")
    for typed, found_by in (
        ("blake", "formerly Blake"),
        ("0148", "phone ending in 0148"),
        ("5035550148", "phone (503) 555-0148"),
        ("6/14/82", "born 06/14/1982"),
        ("hp-00001", "chart number"),
    ):
        assert office.ask(search, typed=typed).patients[0].found_by == found_by


def test_today_s_and_recent_patients_come_first_even_in_a_crowd(office: Office) -> None:
    office.clock.advance(days=-60)
    crowd = [patient(office, "Ana", "Abel" + "abcdefghij"[n // 10] + "abcdefghij"[n % 10]) for n in range(45)]
    zoe = patient(office, "Zoe", "Azure", date(1999, 12, 31))
    office.clock.advance(days=60)
    assert found(office, "a")[0] in crowd
    office.do(patients.open_record, patient_id=zoe)
    answer = office.ask(search, typed="a")
    assert answer.patients[0].patient_id == zoe
    assert (len(answer.patients), answer.has_more) == (12, True)


def test_namesakes_are_marked_and_the_dead_come_last(office: Office) -> None:
    one, other = patient(office), patient(office, born_on=date(1990, 10, 2))
    office.do(patients.record_death, patient_id=one, died_on=date(2026, 3, 1))
    lines = office.ask(search, typed="danielle foster").patients
    assert [(line.patient_id, line.has_namesake) for line in lines] == [(other, True), (one, True)]
    assert lines[1].status is PatientStatus.DECEASED


def test_nothing_typed_finds_nobody(file_office: Office) -> None:
    patient(file_office)
    assert file_office.ask(search, typed=" - ") == Found(" - ", (), has_more=False)


NAMES = st.text(
    st.characters(categories=("Lu", "Ll", "Mn"), include_characters=" -'’."), min_size=1, max_size=20
)


@given(NAMES, NAMES, st.data())
def test_every_beginning_of_every_word_is_among_the_keys(first: str, last: str, data: st.DataObject) -> None:
    keys = [key for _, key in keys_of(Findable(first, last, date(1982, 6, 14), "HP-00001"))]
    for word in (first + " " + last).split():
        plain = fold(word).replace(" ", "")
        if plain:
            typed = plain[: data.draw(st.integers(1, len(plain)))]
            [term] = understand(typed, TODAY) or [None]
            if term is not None and term.word:
                assert any(span.holds(key) for key in keys for span in term.ranges)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_a_birth_date_is_found_in_every_form_and_while_it_is_typed(born_on: date) -> None:
    keys = [key for kind, key in keys_of(Findable("A", "B", born_on, "HP-1")) if kind is KeyKind.BORN]
    whole = f"{born_on.month}/{born_on.day}/{born_on.year:04d}"
    forms = [whole, f"{born_on:%m-%d-%Y}", f"{born_on}", f"{born_on:%b} {born_on.day}, {born_on.year}"]
    typing = [whole[:end] for end in range(len(f"{born_on.month}/{born_on.day}"), len(whole) + 1)]
    for typed in (*forms, *typing):
        [term] = understand(typed.rstrip("/"), TODAY)
        assert any(span.holds(key) for key in keys for span in term.ranges), typed


@given(st.text(max_size=40))
def test_whatever_is_typed_is_understood_as_something(typed: str) -> None:
    for term in understand(typed, TODAY):
        assert all(span.low < span.high for span in term.ranges)


@given(NAMES, st.text(st.characters(codec="ascii"), max_size=6))
def test_underlines_lie_within_the_name_and_spell_what_was_typed(name: str, typed: str) -> None:
    terms = understand(typed, TODAY)
    marked = [fold(name[at : at + length]).replace(" ", "") for at, length in underlines(name, terms)]
    # A letter that folds into two, as Œ does, is underlined whole.
    assert all(any(word.startswith(term.word) for term in terms if term.word) for word in marked)
