"""What becomes of a booked visit: moved, lengthened, called off, taken back."""

import pytest

from frontdesk.kernel.errors import Conflict
from frontdesk.models.schedule.appointment import CancelledBy, Channel, Confirmation, Lifecycle
from frontdesk.services.schedule import booking, confirmation, lifecycle, visit_types
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.visits import VisitDetail, visit, visits_of_patient
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at, book, doctor, visit_type, walter
from tests.office import Office
from tests.refusal import refusal


def shown(office: Office, appointment_id: int) -> VisitDetail:
    return office.ask(visit, appointment_id=appointment_id)


def test_moving_resets_the_confirmation_and_undo_brings_it_back(office: Office) -> None:
    booked = book(office)
    office.do(
        confirmation.record, appointment_id=booked, channel=Channel.PHONE, outcome=Confirmation.CONFIRMED
    )
    moved = office.done(booking.move, appointment_id=booked, to=Slot(doctor(office, "Okafor"), at("2:00")))
    found = shown(office, booked)
    assert (found.provider, found.starts, found.ends) == ("Dr. Okafor", at("2:00"), at("2:15"))
    assert found.status is Status.SCHEDULED
    book(office, "9:45", patient_id=walter(office))  # where it was is free

    office.database.undo(office.actor, moved.entry_id)
    found = shown(office, booked)
    assert (found.provider, found.starts) == ("Dr. Lee", at("9:30"))
    assert found.status is Status.CONFIRMED


def test_undoing_a_move_is_refused_where_the_time_is_taken(office: Office) -> None:
    booked = book(office)
    moved = office.done(booking.move, appointment_id=booked, to=Slot(doctor(office), at("2:00")))
    book(office, "9:30", patient_id=walter(office))
    with refusal("Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM."):
        office.database.undo(office.actor, moved.entry_id)
    assert shown(office, booked).starts == at("2:00")


def test_a_visit_does_not_stand_in_its_own_way(office: Office) -> None:
    booked = book(office, minutes=30)
    office.do(booking.move, appointment_id=booked, to=Slot(doctor(office), at("9:45")))
    assert shown(office, booked).ends == at("10:15")


def test_only_the_last_thing_is_taken_back(file_office: Office) -> None:
    done = file_office.done(
        booking.book,
        patient_id=danielle(file_office),
        slot=Slot(doctor(file_office), at("10:45", TODAY)),
        visit_type_id=visit_type(file_office),
    )
    file_office.do(lifecycle.arrive, appointment_id=done.result)
    with refusal("This visit was marked as arrived at 10:42 AM since. Take that back first."):
        file_office.database.undo(file_office.actor, done.entry_id)


def test_undoing_a_booking_leaves_no_visit(office: Office) -> None:
    done = office.done(
        booking.book,
        patient_id=danielle(office),
        slot=Slot(doctor(office), at("9:30")),
        visit_type_id=visit_type(office),
    )
    office.database.undo(office.actor, done.entry_id)
    assert shown(office, done.result).lifecycle is Lifecycle.IN_ERROR
    book(office, "9:30", patient_id=walter(office))


def test_a_late_cancellation_frees_the_time_and_undo_takes_it_again(office: Office) -> None:
    booked = book(office)
    canceled = office.done(booking.cancel, appointment_id=booked, by=CancelledBy.PATIENT, reason="ill")
    found = shown(office, booked)
    assert (found.status, found.is_late_cancellation) == (Status.CANCELED, True)
    assert found.history[-1].said == "Canceled by the patient, late: ill"
    other = book(office, "9:30", patient_id=walter(office))
    with refusal("Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM."):
        office.database.undo(office.actor, canceled.entry_id)
    office.do(booking.cancel, appointment_id=other, by=CancelledBy.OFFICE)
    office.database.undo(office.actor, canceled.entry_id)
    found = shown(office, booked)
    assert (found.status, found.is_late_cancellation) == (Status.SCHEDULED, False)


def test_a_cancellation_in_good_time_is_not_late(file_office: Office) -> None:
    booked = book(file_office, at("11:00"))
    file_office.do(booking.cancel, appointment_id=booked, by=CancelledBy.PATIENT)
    assert not shown(file_office, booked).is_late_cancellation


def test_a_no_show_is_marked_after_the_grace(file_office: Office) -> None:
    booked = book(file_office, at("10:45", TODAY))
    file_office.clock.advance(minutes=17)
    with refusal("Danielle Foster is expected at 10:45 AM. This can be marked from 11:00 AM on."):
        file_office.do(booking.mark_no_show, appointment_id=booked)
    file_office.clock.advance(minutes=1)
    file_office.do(booking.mark_no_show, appointment_id=booked)
    assert shown(file_office, booked).status is Status.NO_SHOW
    file_office.do(booking.restore, appointment_id=booked, reason="Came late")
    assert shown(file_office, booked).status is Status.NOT_ARRIVED


def test_a_canceled_visit_is_rebooked_and_linked(office: Office) -> None:
    booked = book(office, reason="Knee pain")
    office.do(booking.cancel, appointment_id=booked, by=CancelledBy.PATIENT)
    done = office.done(booking.rebook, appointment_id=booked, slot=Slot(doctor(office), at("2:00")))
    new = done.result.appointment_id
    assert shown(office, booked).rescheduled_to_id == new
    assert shown(office, booked).lifecycle is Lifecycle.RESCHEDULED
    assert shown(office, new).reason == "Knee pain"
    with refusal("This visit was rescheduled. Cancel the new one, or move it back."):
        office.do(booking.restore, appointment_id=booked)
    office.database.undo(office.actor, done.entry_id)
    assert shown(office, booked).lifecycle is Lifecycle.CANCELLED
    assert shown(office, new).lifecycle is Lifecycle.IN_ERROR


def test_a_longer_visit_keeps_its_confirmation(file_office: Office) -> None:
    booked = book(file_office)
    file_office.do(
        confirmation.record, appointment_id=booked, channel=Channel.TEXT, outcome=Confirmation.CONFIRMED
    )
    book(file_office, "10:00", patient_id=walter(file_office))
    with refusal("Dr. Lee is booked from 10:00 to 10:15. The next opening is 10:15 AM."):
        file_office.do(booking.resize, appointment_id=booked, minutes=45)
    file_office.do(booking.resize, appointment_id=booked, minutes=30)
    found = shown(file_office, booked)
    assert (found.ends, found.status) == (at("10:00"), Status.CONFIRMED)


def test_an_entry_in_error_says_why(file_office: Office) -> None:
    booked = book(file_office)
    with refusal("Say what was wrong with this entry."):
        file_office.do(booking.enter_in_error, appointment_id=booked, reason=" ")
    file_office.do(booking.enter_in_error, appointment_id=booked, reason="Wrong patient")
    with refusal("This visit was entered in error. It cannot be canceled."):
        file_office.do(booking.cancel, appointment_id=booked, by=CancelledBy.OFFICE)


def test_a_stale_move_is_a_conflict(file_office: Office) -> None:
    booked = book(file_office)
    seen = shown(file_office, booked).version
    file_office.do(booking.move, appointment_id=booked, to=Slot(doctor(file_office), at("2:00")))
    with pytest.raises(Conflict):
        file_office.do(
            booking.move, appointment_id=booked, to=Slot(doctor(file_office), at("3:00")), version=seen
        )


def test_a_type_that_is_switched_off_is_not_booked(file_office: Office) -> None:
    kind = visit_type(file_office)
    file_office.do(visit_types.set_visit_type_active, visit_type_id=kind, is_active=False)
    with refusal("Follow-up is no longer offered. Choose another."):
        book(file_office)


def test_the_patient_panel_counts_how_visits_were_kept(file_office: Office) -> None:
    dani = danielle(file_office)
    today = book(file_office, at("10:45", TODAY))
    later = book(file_office, "9:30")
    file_office.do(lifecycle.arrive, appointment_id=today)
    file_office.do(lifecycle.complete, appointment_id=today)
    found = file_office.ask(visits_of_patient, patient_id=dani)
    assert [line.id for line in found.today] == [today]
    assert found.next is not None
    assert found.next.id == later
    assert (found.kept, found.canceled, found.no_shows) == (1, 0, 0)
    file_office.clock.advance(days=1)
    found = file_office.ask(visits_of_patient, patient_id=dani)
    assert found.last is not None
    assert found.last.id == today
