"""Called off or missed, and a new time is wanted: the list, its calls, and the new visit."""

import pytest
from sqlalchemy import text

from frontdesk.services.schedule import booking, confirmation, overview, unscheduled, visits
from frontdesk.services.schedule.day import day_sheet
from frontdesk.services.schedule.openings import first_openings
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import CancelledBy, Channel, Confirmation, Lifecycle
from tests.builders.schedule import WEDNESDAY, at, book, doctor, visit_type, walter
from tests.office import Office
from tests.refusal import refusal


def waits(office: Office, starts: str = "9:30") -> int:
    """A canceled visit that wants a new time."""
    id = book(office, starts)
    office.do(
        booking.cancel,
        appointment_id=id,
        by=CancelledBy.PATIENT,
        reason="ill",
        wants_rebooking=True,
    )
    return id


def test_a_broken_visit_frees_its_time_though_it_stays_on_the_book(office: Office) -> None:
    long = visit_type(office, "Procedure", 60)
    first = book(office, "8:00", visit_type_id=long)
    request = OpeningRequest(visit_type_id=long, provider_ids=(doctor(office),), first_day=WEDNESDAY)
    assert office.ask(first_openings, request=request).found[0].starts == at("9:00")
    office.do(booking.cancel, appointment_id=first, by=CancelledBy.PATIENT, wants_rebooking=True)
    assert office.ask(first_openings, request=request).found[0].starts == at("8:00")
    assert [each.id for each in office.ask(day_sheet, day=WEDNESDAY).visits] == [first]


def test_off_the_book_is_hidden_from_its_day_and_not_gone(office: Office) -> None:
    id = book(office, "9:30")
    done = office.done(booking.cancel, appointment_id=id, by=CancelledBy.OFFICE, leaves_book=True)
    assert office.ask(day_sheet, day=WEDNESDAY).visits == ()
    assert office.ask(visits.visit, appointment_id=id).lifecycle is Lifecycle.CANCELLED
    office.database.undo(office.actor, done.entry_id)
    assert [each.id for each in office.ask(day_sheet, day=WEDNESDAY).visits] == [id]


def test_the_list_says_since_when_why_and_what_calls_came_of(office: Office) -> None:
    id = waits(office)
    office.clock.advance(minutes=10)
    office.do(unscheduled.called, appointment_id=id, outcome=Confirmation.ATTEMPTED)
    told = office.done(
        unscheduled.called, appointment_id=id, outcome=Confirmation.MESSAGE_LEFT, note="with her son"
    )
    (entry,) = office.ask(unscheduled.entries)
    assert (entry.patient, entry.provider, entry.was) == ("Foster, Danielle", "Dr. Lee", at("9:30"))
    assert (entry.reason, entry.by, entry.is_missed) == ("ill", CancelledBy.PATIENT, False)
    assert entry.since == at("10:42", entry.since.date())
    assert entry.attempts == 2
    assert entry.last_call is not None
    assert (entry.last_call.outcome, entry.last_call.note) == (Confirmation.MESSAGE_LEFT, "with her son")
    assert office.ask(overview.waiting)["unscheduled"] == 1
    office.database.undo(office.actor, told.entry_id)
    (entry,) = office.ask(unscheduled.entries)
    assert entry.attempts == 1
    assert entry.last_call is not None
    assert entry.last_call.outcome is Confirmation.ATTEMPTED


def test_what_was_said_before_it_was_called_off_stays(office: Office) -> None:
    id = book(office)
    office.do(confirmation.record, appointment_id=id, channel=Channel.PHONE, outcome=Confirmation.CONFIRMED)
    office.do(booking.cancel, appointment_id=id, by=CancelledBy.OFFICE, wants_rebooking=True)
    office.do(unscheduled.called, appointment_id=id, outcome=Confirmation.ATTEMPTED)
    assert office.ask(visits.visit, appointment_id=id).confirmation is Confirmation.CONFIRMED


def test_a_new_visit_is_linked_and_leaves_the_list(office: Office) -> None:
    id = waits(office)
    new = office.done(booking.rebook, appointment_id=id, slot=Slot(doctor(office), at("2:00")))
    assert office.ask(unscheduled.entries) == ()
    assert office.ask(visits.visit, appointment_id=id).rescheduled_to_id == new.result.appointment_id
    office.database.undo(office.actor, new.entry_id)
    assert [each.appointment_id for each in office.ask(unscheduled.entries)] == [id]


def test_what_is_no_longer_wanted_leaves_with_its_reason(office: Office) -> None:
    id = waits(office)
    with refusal("Say why no new time is wanted."):
        office.do(unscheduled.no_longer_wanted, appointment_id=id, reason=" ")
    done = office.done(unscheduled.no_longer_wanted, appointment_id=id, reason="Moved away")
    assert office.ask(unscheduled.entries) == ()
    history = office.ask(visits.visit, appointment_id=id).history
    assert history[-1].said == "Taken off the unscheduled list: Moved away"
    with refusal("This visit is no longer on the unscheduled list."):
        office.do(unscheduled.called, appointment_id=id, outcome=Confirmation.ATTEMPTED)
    office.database.undo(office.actor, done.entry_id)
    assert len(office.ask(unscheduled.entries)) == 1


def test_a_call_says_what_came_of_it(office: Office) -> None:
    with refusal("Say what came of it: no answer, message left, or not reachable."):
        office.do(unscheduled.called, appointment_id=waits(office), outcome=Confirmation.CONFIRMED)


def test_restoring_takes_it_off_the_list(office: Office) -> None:
    id = waits(office)
    office.do(booking.restore, appointment_id=id)
    assert office.ask(unscheduled.entries) == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE appointment SET needs_rebooking = true",
        "UPDATE appointment SET is_off_book = true",
    ],
)
def test_the_database_keeps_a_booked_visit_in_its_book(office: Office, change: str) -> None:
    book(office)
    with (
        pytest.raises(Exception, match="off_book_after_its_end"),
        office.database.engines.write.begin() as on,
    ):
        on.execute(text(change))


def test_the_longest_waiting_comes_first(office: Office) -> None:
    second = book(office, "10:00", patient_id=walter(office))
    first = waits(office)
    office.clock.advance(minutes=1)
    office.do(booking.cancel, appointment_id=second, by=CancelledBy.OFFICE, wants_rebooking=True)
    assert [each.appointment_id for each in office.ask(unscheduled.entries)] == [first, second]
