"""The way through the office: each step, each refusal, and every way back."""

from collections.abc import Callable
from datetime import timedelta

from frontdesk.kernel.clock import SetClock
from frontdesk.models.office.resources import RoomState
from frontdesk.models.schedule.appointment import (
    CancelledBy,
    Channel,
    Confirmation,
    ReadinessItem,
    ReadinessState,
    Stage,
)
from frontdesk.services.database import Database
from frontdesk.services.office.rooms import rooms, set_room_state
from frontdesk.services.schedule import booking, confirmation, lifecycle, readiness
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.visits import VisitDetail, visit
from tests.at_once import DONE, at_once
from tests.builders.office import room
from tests.builders.schedule import TODAY, at, book, walter
from tests.office import Office
from tests.refusal import refusal


def shown(office: Office, appointment_id: int) -> VisitDetail:
    return office.ask(visit, appointment_id=appointment_id)


def state_of(office: Office, room_id: int) -> RoomState:
    return next(each.state for each in office.ask(rooms) if each.id == room_id)


def test_each_step_shows_its_status_and_goes_back(office: Office) -> None:
    two = room(office, "Room 2")
    booked = book(office, at("10:45", TODAY))
    steps = [
        (office.done(lifecycle.arrive, appointment_id=booked), Status.CHECKING_IN),
        (office.done(lifecycle.start_check_in, appointment_id=booked), Status.CHECKING_IN),
        (office.done(lifecycle.ready, appointment_id=booked), Status.READY),
        (office.done(lifecycle.room, appointment_id=booked, room_id=two), Status.IN_ROOM),
        (office.done(lifecycle.with_provider, appointment_id=booked), Status.IN_VISIT),
        (office.done(lifecycle.provider_out, appointment_id=booked), Status.CHECK_OUT),
        (office.done(lifecycle.check_out_start, appointment_id=booked), Status.CHECK_OUT),
        (office.done(lifecycle.complete, appointment_id=booked), Status.DONE),
    ]
    assert state_of(office, two) is RoomState.TO_CLEAN
    for done, status in reversed(steps):
        assert shown(office, booked).status is status
        office.database.undo(office.actor, done.entry_id)
    assert shown(office, booked).status is Status.SCHEDULED
    assert shown(office, booked).stage is Stage.EXPECTED
    assert state_of(office, two) is RoomState.FREE
    assert len(shown(office, booked).history) == 1 + 2 * len(steps)


def test_the_room_follows_the_patient(office: Office) -> None:
    two, three = room(office, "Room 2"), room(office, "Room 3")
    booked = book(office, at("10:45", TODAY))
    office.do(lifecycle.arrive, appointment_id=booked)
    office.do(lifecycle.room, appointment_id=booked, room_id=two)
    assert state_of(office, two) is RoomState.OCCUPIED
    office.do(lifecycle.room, appointment_id=booked, room_id=three)
    assert (state_of(office, two), state_of(office, three)) == (RoomState.TO_CLEAN, RoomState.OCCUPIED)


def test_a_room_that_is_not_free_is_refused(file_office: Office) -> None:
    two, three = room(file_office, "Room 2"), room(file_office, "Room 3")
    first = book(file_office, at("10:45", TODAY))
    second = book(file_office, at("11:00", TODAY), patient_id=walter(file_office))
    for each in (first, second):
        file_office.do(lifecycle.arrive, appointment_id=each)
    file_office.do(lifecycle.room, appointment_id=first, room_id=two)
    with refusal("Room 2 is occupied by Danielle Foster. Choose another room."):
        file_office.do(lifecycle.room, appointment_id=second, room_id=two)
    file_office.do(lifecycle.check_out_start, appointment_id=first)
    with refusal("Room 2 is to be cleaned first. Mark it free, or choose another."):
        file_office.do(lifecycle.room, appointment_id=second, room_id=two)
    file_office.do(set_room_state, room_id=three, state=RoomState.BLOCKED, reason="leaking tap")
    with refusal("Room 3 is blocked: leaking tap. Choose another room."):
        file_office.do(lifecycle.room, appointment_id=second, room_id=three)


def test_only_todays_patients_arrive(file_office: Office) -> None:
    booked = book(file_office, "9:30")
    with refusal("Danielle Foster's visit is on 03/18/2026. Only today's patients arrive."):
        file_office.do(lifecycle.arrive, appointment_id=booked)


def test_nobody_arrives_twice(file_office: Office) -> None:
    booked = book(file_office, at("10:45", TODAY))
    with refusal("Danielle Foster has not arrived yet."):
        file_office.do(lifecycle.ready, appointment_id=booked)
    file_office.do(lifecycle.arrive, appointment_id=booked)
    with refusal("Danielle Foster has arrived already."):
        file_office.do(lifecycle.arrive, appointment_id=booked)


def test_two_desks_take_a_step_once(office: Office, another: Callable[[], Database]) -> None:
    booked, elsewhere = book(office, at("10:45", TODAY)), another()
    office.do(lifecycle.arrive, appointment_id=booked)
    came = at_once(
        office.database,
        lambda: office.do(lifecycle.ready, appointment_id=booked),
        lambda: elsewhere.do(office.actor, lifecycle.ready, appointment_id=booked),
    )
    assert len(came) == 2
    assert came.count(DONE) == 1
    assert any(said.endswith(" is ready already.") for said in came)


def test_a_desk_whose_clock_is_behind_takes_the_next_step(
    office: Office, another: Callable[[], Database]
) -> None:
    booked, elsewhere = book(office, at("10:45", TODAY)), another()
    office.do(lifecycle.arrive, appointment_id=booked)
    elsewhere.clock = SetClock(office.clock.now() - timedelta(minutes=2))
    elsewhere.do(office.actor, lifecycle.ready, appointment_id=booked)
    assert shown(office, booked).stage is Stage.READY
    office.do(lifecycle.with_provider, appointment_id=booked)
    assert shown(office, booked).stage is Stage.WITH_PROVIDER


def test_a_visit_that_was_called_off_does_not_begin(file_office: Office) -> None:
    booked = book(file_office, at("10:45", TODAY))
    file_office.do(booking.cancel, appointment_id=booked, by=CancelledBy.OFFICE)
    with refusal("Danielle Foster's visit was called off. Restore it first."):
        file_office.do(lifecycle.arrive, appointment_id=booked)


def test_an_arrived_patient_is_not_moved(file_office: Office) -> None:
    booked = book(file_office, at("10:45", TODAY))
    file_office.do(lifecycle.arrive, appointment_id=booked)
    with refusal("Danielle Foster has arrived. Take the arrival back before this visit is canceled."):
        file_office.do(booking.cancel, appointment_id=booked, by=CancelledBy.OFFICE)


def test_who_left_was_waiting(file_office: Office) -> None:
    booked = book(file_office, at("10:45", TODAY))
    with refusal("Danielle Foster is not waiting here."):
        file_office.do(lifecycle.left_without_being_seen, appointment_id=booked)
    file_office.do(lifecycle.arrive, appointment_id=booked)
    file_office.do(lifecycle.left_without_being_seen, appointment_id=booked, reason="Long wait")
    assert shown(file_office, booked).status is Status.CANCELED
    book(file_office, at("10:45", TODAY), patient_id=walter(file_office))


def test_a_time_is_corrected_by_an_event(office: Office) -> None:
    booked = book(office, at("10:45", TODAY))
    arrived = office.do(lifecycle.arrive, appointment_id=booked)
    office.clock.advance(minutes=10)
    office.do(lifecycle.ready, appointment_id=booked)
    with refusal("10:55 AM is after 10:52 AM, when the visit was marked as ready."):
        office.clock.advance(minutes=10)
        office.do(lifecycle.correct_time, appointment_id=booked, event_id=arrived, at=at("10:55", TODAY))
    with refusal("11:30 AM has not come yet."):
        office.do(lifecycle.correct_time, appointment_id=booked, event_id=arrived, at=at("11:30", TODAY))
    done = office.done(lifecycle.correct_time, appointment_id=booked, event_id=arrived, at=at("10:35", TODAY))
    found = shown(office, booked)
    assert (found.arrived_at, found.status) == (at("10:35", TODAY), Status.READY)
    assert [line.holds for line in found.history] == [True, False, True, True]
    office.database.undo(office.actor, done.entry_id)
    assert shown(office, booked).arrived_at == at("10:42", TODAY)


def test_a_telephone_call_is_taken_back_whatever_followed(file_office: Office) -> None:
    booked = book(file_office, at("10:45", TODAY))
    call = file_office.done(
        confirmation.record, appointment_id=booked, channel=Channel.PHONE, outcome=Confirmation.CONFIRMED
    )
    assert shown(file_office, booked).status is Status.CONFIRMED
    file_office.do(lifecycle.arrive, appointment_id=booked)
    file_office.database.undo(file_office.actor, call.entry_id)
    assert shown(file_office, booked).confirmation is Confirmation.NONE


def test_only_a_visit_to_come_is_confirmed(file_office: Office) -> None:
    booked = book(file_office)
    with refusal("Say what came of it: confirmed, message left, no answer."):
        file_office.do(
            confirmation.record, appointment_id=booked, channel=Channel.TEXT, outcome=Confirmation.NONE
        )
    file_office.do(booking.cancel, appointment_id=booked, by=CancelledBy.OFFICE)
    with refusal("Only a visit that is still to come can be confirmed."):
        file_office.do(
            confirmation.record, appointment_id=booked, channel=Channel.TEXT, outcome=Confirmation.CONFIRMED
        )


def test_a_waived_item_says_why(file_office: Office) -> None:
    booked = book(file_office)
    with refusal("Say why this is waived."):
        file_office.do(
            readiness.mark, appointment_id=booked, item=ReadinessItem.FORMS, state=ReadinessState.WAIVED
        )
    done = file_office.done(
        readiness.mark, appointment_id=booked, item=ReadinessItem.FORMS, state=ReadinessState.DONE
    )

    def marked() -> set[ReadinessState]:
        return {item.state for item in file_office.ask(readiness.readiness, appointment_id=booked)}

    assert marked() == {ReadinessState.OPEN, ReadinessState.DONE}
    file_office.database.undo(file_office.actor, done.entry_id)
    assert marked() == {ReadinessState.OPEN}


def test_not_arrived_shows_from_a_quarter_of_an_hour_on(file_office: Office) -> None:
    booked = book(file_office, at("10:45", TODAY))
    file_office.clock.advance(minutes=17)
    assert shown(file_office, booked).status is Status.SCHEDULED
    file_office.clock.advance(minutes=1)
    assert shown(file_office, booked).status is Status.NOT_ARRIVED
