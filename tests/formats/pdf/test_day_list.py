"""The day's visits on paper."""

from dataclasses import replace

from frontdesk.formats.pdf.day_list import DayLine, DayListSheet, DayPart, day_list_pdf
from tests.formats.pdf.reading import pages, words
from tests.formats.pdf.test_letterhead import PRACTICE
from tests.formats.pdf.test_receipt import LONG_NAME

LINE = DayLine(
    "10:45 AM", "Foster, Danielle", "06/14/1982", "Dr. Lee", "Migraine check", "Room 2", "Confirmed"
)
SHEET = DayListSheet(
    sender=PRACTICE,
    day="Tuesday, March 17, 2026",
    printed_at="03/17/2026 10:42 AM",
    parts=(DayPart("Dr. Lee", (LINE, LINE)), DayPart("Dr. Ortiz", ())),
)


def test_each_visit_is_a_line_and_each_provider_a_page() -> None:
    first, second = pages(day_list_pdf(SHEET))
    assert "Visits on Tuesday, March 17, 2026" in first
    assert "Dr. Lee: 2 visits" in first
    assert " ".join((LINE.time, LINE.patient, LINE.born_on, LINE.provider, LINE.reason)) in first
    assert "Room 2 Confirmed" in first
    assert "Dr. Ortiz: no visits" in second
    assert "Printed 03/17/2026 10:42 AM" in second


def test_a_long_day_repeats_its_head_on_each_page() -> None:
    found = pages(day_list_pdf(replace(SHEET, parts=(DayPart("All providers", (LINE,) * 75),))))
    assert len(found) == 3
    assert all("Birth date" in page for page in found)


def test_a_day_off_says_so() -> None:
    assert "no visits are booked" in words(day_list_pdf(replace(SHEET, parts=())))


def test_long_names_are_whole() -> None:
    long = replace(LINE, patient=LONG_NAME, reason=LONG_NAME)
    assert (
        words(day_list_pdf(replace(SHEET, parts=(DayPart("Dr. Lee", (long,)),)))).count("Montgomery-Smythe")
        == 2
    )


def test_the_same_values_give_the_same_bytes() -> None:
    assert day_list_pdf(SHEET) == day_list_pdf(SHEET)
