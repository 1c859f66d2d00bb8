"""The list of visits: what each filter lets through, and the same on paper."""

from datetime import date, timedelta

from frontdesk.models.schedule.appointment import Channel, Confirmation
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import booking, confirmation
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.visit import papers
from frontdesk.services.visit.visit_list import VisitList, Wanted, visit_list, visit_list_pdf
from tests.builders import claims
from tests.builders.office import room
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.builders.visit import statements
from tests.formats.pdf.reading import pages, words
from tests.office import Office


def listed(
    office: Office, first: date = WEDNESDAY, last: date = WEDNESDAY, wanted: Wanted | None = None
) -> VisitList:
    return office.ask(visit_list, first=first, last=last, wanted=wanted or Wanted())


def ids(found: VisitList) -> list[int]:
    return [line.visit.id for line in found.lines]


def test_the_list_names_each_visit_with_its_phone_and_flags(office: Office) -> None:
    first = book(office, "9:30", reason="Migraine follow-up")
    second = book(office, "9:00", patient_id=walter(office), provider_id=doctor(office, "Okafor"))
    found = listed(office)
    assert ids(found) == [second, first]
    line = found.lines[1]
    assert (line.provider, line.visit.reason) == ("Dr. Lee", "Migraine follow-up")
    assert "No coverage on file" in [flag.words for flag in line.flags]
    assert line.needs_work
    assert line.is_unconfirmed


def test_each_filter_narrows_the_list(office: Office) -> None:
    lee, okafor = doctor(office), doctor(office, "Okafor")
    sure, unsure = book(office, "9:30"), book(office, "10:00", patient_id=walter(office), provider_id=okafor)
    later = book(office, at("9:30") + timedelta(1), patient_id=walter(office))
    office.do(confirmation.record, appointment_id=sure, channel=Channel.PHONE, outcome=Confirmation.CONFIRMED)
    assert ids(listed(office, last=WEDNESDAY + timedelta(1))) == [sure, unsure, later]
    assert ids(listed(office, wanted=Wanted(provider_ids=(lee,)))) == [sure]
    assert ids(listed(office, wanted=Wanted(statuses=(Status.CONFIRMED,)))) == [sure]
    assert ids(listed(office, wanted=Wanted(unconfirmed_only=True))) == [unsure]
    assert ids(listed(office, wanted=Wanted(needs_work=True))) == [sure, unsure]
    nobody = listed(office, wanted=Wanted(provider_ids=(lee,), unconfirmed_only=True))
    assert (nobody.lines, nobody.of) == ((), 2)


def test_a_visit_that_is_over_is_not_to_be_confirmed(office: Office) -> None:
    missed = book(office, at("10:45", TODAY))
    office.clock.advance(minutes=60)
    office.do(booking.mark_no_show, appointment_id=missed)
    found = listed(office, TODAY, TODAY)
    assert (ids(found), found.lines[0].is_unconfirmed, found.lines[0].flags) == ([missed], False, ())


def test_the_statements_do_not_grow_with_the_visits(office: Office) -> None:
    book(office, "9:30")
    few = statements(office, lambda: listed(office))
    for quarter in range(8):
        book(office, at("1:00") + timedelta(minutes=15 * quarter), patient_id=walter(office))
    assert statements(office, lambda: listed(office)) == few


def test_the_paper_says_what_the_list_says(office: Office) -> None:
    claims.billing_office(office)
    lee = doctor(office)
    book(office, "9:30", provider_id=lee)
    book(office, at("9:30") + timedelta(1), patient_id=walter(office), provider_id=lee)
    last = WEDNESDAY + timedelta(1)
    one, other = pages(office.ask(visit_list_pdf, first=WEDNESDAY, last=last, wanted=Wanted()))
    assert "Visits on Wednesday, March 18, 2026 to Thursday, March 19, 2026" in one
    assert "Wednesday, March 18: 1 visit" in one
    assert "Harris, Walter" in other
    none = Wanted(statuses=(Status.DONE,))
    assert "no visits are booked" in words(
        office.ask(visit_list_pdf, first=WEDNESDAY, last=last, wanted=none)
    )


def test_the_room_list_names_who_is_booked_into_each_room(office: Office) -> None:
    claims.billing_office(office)
    room(office, "Room 1")
    scan = visit_type(office, "Scan", 30, PhaseDraft(Role.ROOM, 0, 30, "exam"))
    book(office, "9:30", visit_type_id=scan)
    book(office, "9:30", patient_id=walter(office), provider_id=doctor(office, "Okafor"))
    said = words(office.ask(papers.room_list_pdf, day=WEDNESDAY))
    assert "Rooms on Wednesday, March 18, 2026" in said
    assert "Room 1: 1 visit" in said
    assert "Foster, Danielle" in said
    assert "Harris, Walter" not in said
