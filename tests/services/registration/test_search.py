"""Finding patients while typing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kernel.text import fold
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.search_key import KeyKind
from frontdesk.services.audit import AuditedSession
from frontdesk.services.registration import patients, phones
from frontdesk.services.registration.drafts import PhoneDraft, PhoneKind
from frontdesk.services.registration.search import Found, search, underlines
from frontdesk.services.registration.search_keys import Findable, keys_of, rebuild
from frontdesk.services.registration.typed import understand
from frontdesk.services.work import Work
from tests.builders.office import site
from tests.builders.registration import coverage, danielle, draft, patient
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
        "ster",
        "ster dan",
        "niel oster",
        "o brien",
        "Nunez-Foster",
        "61482",
        "6141982",
        "19820614",
        "6",
        "6/",
        "614",
        "6/1982",
        "1982-06",
        "June 1982",
        "jun-14-82",
        "14 jun 82",
        "14jun1982",
        "June 14th, 1982",
        "14th of June 1982",
        "14/6/1982",
        "6.14.1982",
        "foster 6",
        "foster 1982",
        "1982 dan",
        "foster, 6/14/1982",
        "148",
        "55501",
        "503-5",
        "dan 0148",
        "hp 00001",
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
    "typed",
    ["foster 6/15/1982", "dan marchetti", "sterr", "st fo", "5035550149", "6/41/1982", "6/14 marchetti", ""],
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
        ("hp-00001", "chart HP-00001"),
        ("lak", "formerly Blake"),
    ):
        assert office.ask(search, typed=typed).patients[0].found_by == found_by
    [line] = office.ask(search, typed="oste 555-0148").patients
    assert [line.name[at : at + length] for at, length in line.underlined] == ["oste"]
    assert [line.phone[at : at + length] for at, length in line.phone_marks] == ["555", "0148"]
    assert [hit.born_matched for hit in office.ask(search, typed="6/14/82").patients] == [True]


def test_the_phone_that_was_typed_is_the_one_on_the_line(office: Office) -> None:
    """CASES.md, Patients / search: a country code is typed, and the number is not the first one."""
    dani = patient(office, phone="971 222 0137")
    before = (PhoneDraft("971 222 0137", text_ok=True),)
    work_phone = PhoneDraft("1 (503) 363-5432", PhoneKind.WORK)
    office.do(phones.change, patient_id=dani, before=before, after=(*before, work_phone))
    patient(office, "Zoe", "Marchetti", date(1999, 12, 31), phone="503 363 5433")
    for typed in ("15033635432", "5033635432", "+1 503 363 5432", "363-5432", "3635432"):
        [line] = office.ask(search, typed=typed).patients
        assert (line.patient_id, line.phone, line.found_by) == (dani, "(503) 363-5432", "")
        assert line.phone_marks


def test_what_was_registered_in_error_is_not_found_by_name_and_birth_date(office: Office) -> None:
    """CASES.md, Patients / search: archived or deleted patients do not match."""
    site(office)
    done = office.done(patients.register, draft=draft("Danielle", "Foster", date(1982, 6, 14)))
    assert found(office, "danielle foster 6/14/1982") == [done.result]
    office.database.undo(office.actor, done.entry_id)
    for typed in ("danielle foster 6/14/1982", "foster", "ster", "hp-00001"):
        assert found(office, typed) == []


def test_a_merged_chart_leads_to_the_one_it_became(office: Office) -> None:
    one = patient(office, phone="(503) 555-0148")
    other = patient(office, "Daniele", "Forster", phone="971 222 0137")
    with AuditedSession(office.database.engines.write) as session, session.begin():
        work = Work(session, office.actor, office.database.station, office.clock.now(), office.database.zone)
        merged = work.get(Patient, other)
        merged.status, merged.merged_into_id = PatientStatus.MERGED, one
        rebuild(work, other)
    assert found(office, "forster") == [one]
    assert found(office, "971 222 0137") == []
    [line] = office.ask(search, typed="hp-00002").patients
    assert (line.patient_id, line.found_by) == (one, "merged chart HP-00002")


def test_member_ids_are_found_however_they_are_typed(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani, member_id="XYQ845221003")
    patient(office, "Zoe", "Marchetti", date(1999, 12, 31))
    for typed in ("XYQ845221003", "xyq 845 221 003", "XYQ-845-221-003", "845221003", "845 221", "xyq8452"):
        [line] = office.ask(search, typed=typed).patients
        assert (line.patient_id, line.found_by) == (dani, "member ID XYQ845221003")


@pytest.mark.parametrize(
    ("first", "last", "typed"),
    [
        ("José", "Muñoz", "jose munoz"),
        ("Jose", "Munoz", "JOSÉ MUÑOZ"),
        ("Ann", "Smith-Jones", "jones"),
        ("Ann", "Smith-Jones", "smith ann"),
        ("Ann", "Smith-Jones", "smithjones"),
        ("Ann", "Smith-Jones", "smith jones"),
        ("Ann", "Smith Jones", "smith-jones"),
        ("Kate", "O’Brien", "o'brien"),
        ("Kate", "O'Brien", "o’brien k"),
        ("Kate", "O'Brien", "brien kate"),
        ("Kate", "OBrien", "o brien"),
        ("Ludwig", "van der Berg", "vanderberg"),
        ("Ludwig", "van der Berg", "berg lud"),
        ("Ludwig", "van der Berg", "van der b"),
        ("Angus", "McDonald", "mc donald"),
        ("Angus", "McDonald", "donald"),
        ("June", "Okafor", "june 1982"),
        ("James", "James", "james james"),
        ("Łukasz", "Żak", "lukasz zak"),
    ],
)
def test_names_are_found_however_they_are_written(office: Office, first: str, last: str, typed: str) -> None:
    wanted = patient(office, first, last)
    patient(office, "Zoe", "Marchetti", date(1999, 12, 31))
    assert found(office, typed) == [wanted]


def test_whole_words_stand_before_beginnings_and_those_before_fragments(office: Office) -> None:
    leeds = patient(office, "Ana", "Leeds")
    ashlee = patient(office, "Ashlee", "Abel")
    lee = patient(office, "Bo", "Lee")
    office.clock.advance(days=60)
    assert found(office, "lee") == [lee, leeds, ashlee]
    office.do(patients.open_record, patient_id=leeds)
    assert found(office, "lee") == [leeds, lee, ashlee]


def test_the_inactive_are_shown_as_such_and_last(office: Office) -> None:
    gone, here = patient(office), patient(office, born_on=date(1990, 10, 2))
    office.do(patients.deactivate, patient_id=gone, reason="Moved away")
    lines = office.ask(search, typed="foster danielle").patients
    assert [(line.patient_id, line.status) for line in lines] == [
        (here, PatientStatus.ACTIVE),
        (gone, PatientStatus.INACTIVE),
    ]


def test_both_engines_give_the_same_answer_in_a_crowd(office: Office) -> None:
    letters = "abcdefghij"
    crowd = [
        patient(office, first + "a", f"Hol{one}{other}ster", phone=f"503 555 {place:02d}{at:02d}")
        for place, one in enumerate(letters)
        for at, (other, first) in enumerate(zip("kmnprs", "ABCDEF", strict=True))
    ]
    office.clock.advance(days=60)
    places = {patient_id: place for place, patient_id in enumerate(crowd)}
    assert [places[id] for id in found(office, "hol")] == list(range(12))
    assert [places[id] for id in found(office, "hol b")] == [place for place in range(60) if place % 6 == 1]
    assert [places[id] for id in found(office, "ster")] == list(range(12))


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
