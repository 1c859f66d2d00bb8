"""The flow board and its flags."""

from datetime import date

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.services.office.rooms import RoomState, set_room_state
from frontdesk.services.schedule import booking, lifecycle
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import board, day, flags
from frontdesk.services.visit.board import Board
from frontdesk.services.visit.flags import FlagKind
from tests.builders.office import room
from tests.builders.records import library
from tests.builders.registration import danielle, patient
from tests.builders.schedule import walter
from tests.builders.visit import TODAY, at_the_desk, covered, due_today, in_room, statements
from tests.office import Office


def shown(office: Office) -> Board:
    return office.ask(board.board)


def test_everyone_stands_in_the_lane_of_their_state(office: Office) -> None:
    at_desk = at_the_desk(office)
    roomed = at_the_desk(office, walter(office), minutes_from_now=18)
    in_room(office, roomed)
    later = due_today(office, patient(office, "Edith", "Nowak"), minutes_from_now=33)
    now = shown(office)
    assert [card.appointment_id for card in now.lane(Status.CHECKING_IN)] == [at_desk]
    assert [(card.appointment_id, card.room) for card in now.lane(Status.IN_ROOM)] == [(roomed, "Room 2")]
    assert [card.appointment_id for card in now.expected] == [later]
    assert now.waiting == 1
    assert office.ask(board.counts) == board.Counts(ready=0, checking_in=1)
    assert board.shortly(now) == now.expected


def test_the_wait_counts_from_the_door(office: Office) -> None:
    visit = due_today(office)
    office.do(lifecycle.arrive, appointment_id=visit)
    office.clock.advance(minutes=4)
    office.do(lifecycle.start_check_in, appointment_id=visit)
    office.clock.advance(minutes=2)
    (card,) = shown(office).lane(Status.CHECKING_IN)
    assert card.minutes_here(shown(office).at) == 6


def test_a_room_with_a_patient_in_it_is_not_free(office: Office) -> None:
    visit = at_the_desk(office)
    in_room(office, visit)
    room(office, "Room 3")
    # Somebody says it is free while the patient still sits there.
    office.do(set_room_state, room_id=room(office, "Room 2"), state=RoomState.FREE)
    states = {tile.name: (tile.state, tile.appointment_id) for tile in shown(office).rooms}
    assert states == {"Room 2": (RoomState.OCCUPIED, visit), "Room 3": (RoomState.FREE, None)}


def test_a_provider_line_has_who_follows(office: Office) -> None:
    first, second = at_the_desk(office), due_today(office, walter(office), minutes_from_now=18)
    (line,) = shown(office).providers
    assert (line.provider, line.words, line.queue) == ("Dr. Lee", "On time", (first, second))


def test_the_board_is_a_constant_number_of_statements(office: Office) -> None:
    at_the_desk(office)
    few = statements(office, lambda: shown(office))
    for number in range(4):
        at_the_desk(office, patient(office, "Ann", f"Ab{'abcd'[number]}"), minutes_from_now=18 + 15 * number)
    assert statements(office, lambda: shown(office)) == few


def test_flags_say_what_is_open_the_most_severe_first(office: Office) -> None:
    library(office)
    visit = at_the_desk(office)
    (found,) = office.ask(flags.of_day, day=TODAY)
    assert found.appointment_id == visit
    assert [(flag.kind, flag.severity, flag.words) for flag in found.flags] == [
        (FlagKind.ELIGIBILITY, "block", "No coverage on file"),
        (FlagKind.FORMS, "warn", "4 forms to sign"),
        (FlagKind.FIRST_VISIT, "info", "First visit"),
    ]
    covered(office)
    (found,) = office.ask(flags.of_visits, appointment_ids=(visit,))
    assert [flag.words for flag in found.flags] == ["4 forms to sign", "Copay $30.00 due", "First visit"]
    assert office.ask(flags.of_visits, appointment_ids=()) == ()


def test_the_flags_of_a_sheet_are_those_of_each_visit_read_alone(office: Office) -> None:
    library(office)
    desk = [at_the_desk(office), at_the_desk(office, walter(office), minutes_from_now=18)]
    covered(office)
    coming = [due_today(office, patient(office, "Edith", "Nowak"), minutes_from_now=33)]
    over = due_today(office, patient(office, "Ann", "Abernathy"), minutes_from_now=48)
    office.do(booking.cancel, appointment_id=over, by=CancelledBy.OFFICE)
    sheet = office.ask(day.flagged_day, day=TODAY)
    assert {visit.id for visit in sheet.sheet.visits} == {*desk, *coming, over}
    alone = {visit: office.ask(flags.of_visits, appointment_ids=(visit,)) for visit in (*desk, *coming)}
    assert sheet.flags == {visit: found.flags for visit, (found,) in alone.items()}
    assert office.ask(flags.of_day, day=TODAY) == tuple(found for (found,) in alone.values())
    assert office.ask(day.flagged_resources, day=TODAY).flags == sheet.flags


def test_the_flags_of_a_day_are_a_constant_number_of_statements(office: Office) -> None:
    library(office)
    at_the_desk(office)
    covered(office)
    few = statements(office, lambda: office.ask(flags.of_day, day=TODAY))
    for number in range(3):
        someone = patient(office, "Ann", f"Ab{'abcd'[number]}", date(1990, 1, 1 + number))
        due_today(office, someone, minutes_from_now=33 + 15 * number)
    assert statements(office, lambda: office.ask(flags.of_day, day=TODAY)) == few
    assert danielle(office)


def test_a_card_for_the_wall_has_initials_and_nothing_else_about_the_patient(office: Office) -> None:
    at_the_desk(office)
    [card] = office.ask(board.board).lane(Status.CHECKING_IN)
    hidden = board.private(card)
    assert (hidden.name, hidden.last_name, hidden.what, hidden.flags) == ("D. F.", "D. F.", "", ())
    assert "Foster" not in repr(hidden)
