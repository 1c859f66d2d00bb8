"""Whose chart a document may belong to, with the reason; and what was entered last time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.formats.first_words import dates_in
from frontdesk.kernel.errors import NotAllowed
from frontdesk.services.records import filing, remembering
from frontdesk.services.records.candidates import Weight, candidates
from frontdesk.services.records.filing import Category, Indexing, Sensitivity
from frontdesk.services.work import Actor
from tests.builders.office import provider
from tests.builders.records import filed, received, sheet
from tests.builders.registration import patient
from tests.office import Office

TODAY = date(2026, 3, 17)


def _found(office: Office, document: int) -> list[tuple[int, Weight]]:
    return [(each.patient_id, each.weight) for each in office.ask(candidates, document_id=document)]


def test_name_and_birth_date_in_the_text_point_at_a_chart(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", date(1951, 2, 9))
    patient(office, "Wilma", "Harris", date(1960, 1, 1))
    letter = received(office, sheet("Patient: Harris, Walter", "Born February 9, 1951"))
    (found,) = office.ask(candidates, document_id=letter)
    assert (found.patient_id, found.name) == (walter, "Harris, Walter")
    assert found.reason == "Name and birth date match."


def test_the_file_name_and_the_chart_number_count_too(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", date(1951, 2, 9))
    number = next(
        iter(office.ask(candidates, document_id=received(office, sheet("x"), arrived_as="a.pdf"))), None
    )
    assert number is None
    named = received(office, sheet("Without a name"), arrived_as="harris_walter_1951-02-09.pdf")
    assert _found(office, named) == [(walter, Weight.NAME_AND_BORN)]
    chart = office.ask(candidates, document_id=named)[0].chart_number
    numbered = received(office, sheet("Also without"), arrived_as=f"{chart.lower()} lab.pdf")
    assert _found(office, numbered) == [(walter, Weight.NUMBER)]


def test_a_name_alone_is_said_to_be_one(file_office: Office) -> None:
    walter = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    other = patient(file_office, "Walter", "Harris", date(1988, 5, 5))
    bare = received(file_office, b"Dear Walter Harris, thank you.", arrived_as="note.txt")
    assert sorted(_found(file_office, bare)) == sorted([(walter, Weight.NAME), (other, Weight.NAME)])
    assert file_office.ask(candidates, document_id=bare)[0].reason == (
        "The name matches. No birth date on it says whether it is this patient."
    )
    dated = received(file_office, b"Walter Harris, seen 03/02/2026", arrived_as="seen.txt")
    assert file_office.ask(candidates, document_id=dated)[0].reason == (
        "The name matches, the birth date does not stand on it."
    )
    last = received(file_office, b"Harris, W. 02-09-51", arrived_as="short.txt")
    assert _found(file_office, last) == [(walter, Weight.LAST_AND_BORN)]
    assert _found(file_office, received(file_office, b"Nobody at all", arrived_as="nobody.txt")) == []


def test_candidates_of_a_sensitive_document_need_its_right(file_office: Office) -> None:
    document = filed(file_office, patient(file_office, "Walter", "Harris"))
    guarded = Indexing(Category.HOSPITAL, "Stay", date(2026, 3, 12), sensitivity=Sensitivity.GENETIC)
    file_office.do(filing.correct, document_id=document, indexing=guarded)
    clerk = Actor(None, "Clerk", "C", frozenset({"records.view"}))
    with pytest.raises(NotAllowed):
        file_office.database.ask(clerk, candidates, document_id=document)
    empty = file_office.database.ask(clerk, remembering.remembered, source="Cascade General")
    assert empty.category is None


@given(st.dates(date(1905, 1, 1), TODAY))
def test_a_date_is_read_in_any_usual_form(day: date) -> None:
    forms = (f"{day:%m/%d/%Y}", f"{day.month}-{day.day}-{day.year}", f"{day:%Y-%m-%d}", f"{day:%m%d%Y}")
    spelled = (
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b} {day.day} {day.year}",
        f"{day.day}-{day:%b}-{day.year}",
    )
    for written in (*forms, *spelled):
        assert day in dates_in(f"DOB {written}; seen", until=TODAY), written


def test_dates_to_come_and_days_that_never_were_are_none() -> None:
    assert dates_in("02/30/2020 13/01/2020 03/18/2026 2026-99-99", until=TODAY) == frozenset()
    assert dates_in("2/9/51 and 2/9/25", until=TODAY) == {date(1951, 2, 9), date(2025, 2, 9)}


def test_what_was_entered_for_a_sender_is_remembered(office: Office) -> None:
    walter, lee = patient(office, "Walter", "Harris"), provider(office)
    assert office.ask(remembering.remembered, source="Willamette Labs").category is None
    for title in ("Lipid panel", "A1c", "A1c"):
        document = received(office, sheet(title, str(office.clock.now())), patient_id=walter)
        indexing = Indexing(
            Category.LAB_RESULT, title, date(2026, 3, 2), "Willamette Labs", (lee,), author="R. Moss, MD"
        )
        office.do(filing.file, document_id=document, patient_id=walter, indexing=indexing)
        office.clock.advance(minutes=1)
    filed(office, walter, "Basic metabolic panel", category=Category.LAB_RESULT)

    known = office.ask(remembering.remembered, source="Willamette Labs")
    assert (known.category, known.author, known.reader_id) == (Category.LAB_RESULT, "R. Moss, MD", lee)
    assert (
        office.ask(remembering.remembered, source="Willamette Labs", category=Category.LETTER).category
        is None
    )
    assert office.ask(remembering.titles, category=Category.LAB_RESULT, source="Willamette Labs") == (
        "A1c",
        "Lipid panel",
        "Basic metabolic panel",
    )
    assert office.ask(remembering.titles, category=None) == ()
    assert office.ask(remembering.senders)[:2] == ("Willamette Labs", "Cascade General")
