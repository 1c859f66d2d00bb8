"""The day on paper, from the book to the page."""

from datetime import date, datetime

from frontdesk.services.visit import papers
from tests.builders.billing import TODAY, visit
from tests.builders.registration import danielle, patient
from tests.formats.pdf.reading import pages, words
from tests.office import Office
from tests.refusal import refusal


def test_the_day_list_names_every_visit_but_the_canceled(office: Office) -> None:
    visit(office, danielle(office), datetime(2026, 3, 17, 11, 0))
    visit(office, patient(office, "Walter", "Harris"), datetime(2026, 3, 17, 11, 30))
    said = words(office.ask(papers.day_list_pdf, day=TODAY))
    assert "Visits on Tuesday, March 17, 2026" in said
    assert "All providers: 2 visits" in said
    assert said.index("11:00 AM Foster, Danielle") < said.index("11:30 AM Harris, Walter")
    (page,) = pages(office.ask(papers.day_list_pdf, day=TODAY, by_provider=True))
    assert "Dr. Lee: 2 visits" in page


def test_a_slip_for_one_and_slips_for_the_day(office: Office) -> None:
    first = visit(office, danielle(office), datetime(2026, 3, 17, 11, 0))
    visit(office, patient(office, "Walter", "Harris"), datetime(2026, 3, 17, 11, 30))
    said = words(office.ask(papers.routing_slip_pdf, appointment_id=first))
    assert "Foster, Danielle" in said
    assert "No coverage on file" in said
    assert len(pages(office.ask(papers.day_slips_pdf, day=TODAY))) == 2


def test_a_label_names_the_patient_and_the_visit(office: Office) -> None:
    made = visit(office, danielle(office), datetime(2026, 3, 17, 11, 0))
    (said,) = pages(office.ask(papers.label_pdf, appointment_id=made))
    assert "Foster, Danielle Born 06/14/1982 03/17/2026, 11:00 AM, Dr. Lee" in said


def test_a_day_without_visits_has_no_slips(office: Office) -> None:
    visit(office, danielle(office))
    with refusal("No visit of this day is still to come, so there are no slips to print."):
        office.ask(papers.day_slips_pdf, day=date(2026, 3, 18))
