"""The slip that goes with the patient."""

from dataclasses import replace

from frontdesk.formats.pdf.routing_slip import RoutingSlip, routing_slips_pdf
from tests.formats.pdf.reading import pages, place, words
from tests.formats.pdf.test_letterhead import PRACTICE
from tests.formats.pdf.test_receipt import LONG_NAME

SLIP = RoutingSlip(
    patient="Foster, Danielle",
    chart_number="HP-01042",
    born_on="06/14/1982",
    time="10:45 AM",
    day="Tuesday, March 17",
    provider="Dr. Lee",
    room="Room 2",
    reason="Migraine check",
    flags=("Copay $30.00 due", "Spanish interpreter"),
)


def test_it_says_who_goes_where_and_what_to_see_to() -> None:
    said = words(routing_slips_pdf(PRACTICE, [SLIP]))
    for text in ("Foster, Danielle", "10:45 AM, Tuesday, March 17", "Dr. Lee", "Room 2", "06/14/1982"):
        assert text in said
    assert "To see to: Copay $30.00 due · Spanish interpreter" in said
    assert "Check-out" in said


def test_the_barcode_says_the_chart_number() -> None:
    assert words(routing_slips_pdf(PRACTICE, [SLIP])).count("HP-01042") == 2


def test_a_slip_without_room_or_flags_says_so() -> None:
    said = words(routing_slips_pdf(PRACTICE, [replace(SLIP, room="", flags=())]))
    assert "Not assigned" in said
    assert "To see to" not in said


def test_each_patient_has_a_page_of_their_own() -> None:
    found = pages(routing_slips_pdf(PRACTICE, [SLIP, replace(SLIP, patient="Harris, Walter")]))
    assert ["Harris, Walter" in page for page in found] == [False, True]


def test_a_long_slip_keeps_to_the_upper_half() -> None:
    long = replace(SLIP, patient=LONG_NAME, reason=LONG_NAME, flags=("First visit",) * 8)
    pdf = routing_slips_pdf(PRACTICE, [long])
    assert LONG_NAME in words(pdf)
    assert place(pdf, "Next visit in")[1] < 792 * 0.6


def test_the_same_values_give_the_same_bytes() -> None:
    assert routing_slips_pdf(PRACTICE, [SLIP]) == routing_slips_pdf(PRACTICE, [SLIP])
