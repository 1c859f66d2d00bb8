"""Holding a time while a caller decides."""

from frontdesk.services.schedule import held, holds, openings
from frontdesk.services.schedule.day import day_sheet
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Actor
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.office import Office
from tests.refusal import refusal

HELD = "Dana Brooks holds Dr. Lee from 9:30 to 9:45. The next opening is 9:45 AM."


def hold(office: Office) -> int:
    slot = Slot(doctor(office), at("9:30"))
    return office.do(holds.hold, patient_id=danielle(office), slot=slot, visit_type_id=visit_type(office))


def test_a_held_time_is_refused_to_others_and_not_offered(office: Office) -> None:
    hold(office)
    with refusal(HELD):
        book(office, "9:30", patient_id=walter(office))
    book(office, "8:00", minutes=90)
    request = OpeningRequest(visit_type(office), first_day=WEDNESDAY)
    assert office.ask(openings.first_openings, request=request).found[0].starts == at("9:45")


def test_not_even_a_reason_takes_a_held_time(file_office: Office) -> None:
    hold(file_office)
    with refusal("Dana Brooks holds Dr. Lee from 9:30 to 9:45."):
        book(file_office, "9:30", patient_id=walter(file_office), override_reason="Fever")


def test_a_hold_becomes_a_visit(office: Office) -> None:
    kept = hold(office)
    book(office, "9:30", hold_id=kept)
    with refusal("Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM."):
        book(office, "9:30", patient_id=walter(office))


def test_a_hold_ends_by_itself(office: Office) -> None:
    hold(office)
    office.clock.advance(minutes=5)
    book(office, "9:30", patient_id=walter(office))


def test_a_hold_is_kept_up(office: Office) -> None:
    kept = hold(office)
    office.clock.advance(minutes=4)
    office.do(holds.renew, hold_id=kept)
    office.clock.advance(minutes=4)
    with refusal(HELD):
        book(office, "9:30", patient_id=walter(office))
    office.clock.advance(minutes=1)
    with refusal("This hold has ended. Look whether the time is still free."):
        office.do(holds.renew, hold_id=kept)


def test_a_hold_is_given_up_by_undo(office: Office) -> None:
    slot = Slot(doctor(office), at("9:30"))
    done = office.done(holds.hold, patient_id=danielle(office), slot=slot, visit_type_id=visit_type(office))
    office.database.undo(office.actor, done.entry_id)
    book(office, "9:30", patient_id=walter(office))


def test_a_hold_is_seen_on_the_day_while_it_lasts(office: Office) -> None:
    hold(office)
    (seen,) = held_on(office)
    assert (seen.starts, seen.ends, seen.until) == (at("9:30"), at("9:45"), at("10:47", TODAY))
    assert (seen.by, seen.is_own) == ("Dana Brooks", True)
    office.clock.advance(minutes=5)
    assert held_on(office) == ()


def test_only_whoever_holds_a_time_goes_on_with_it(office: Office) -> None:
    kept = hold(office)
    found = office.ask(held.kept, hold_id=kept)
    assert (found.patient_id, found.patient, found.slot) == (
        danielle(office),
        "Danielle Foster",
        Slot(doctor(office), at("9:30"), 15),
    )
    office.actor = Actor(None, "Priya Nair", permissions=office.actor.permissions)
    with refusal("Dana Brooks holds this time. Choose another opening."):
        office.ask(held.kept, hold_id=kept)
    office.clock.advance(minutes=5)
    with refusal("This hold has ended. Look whether the time is still free."):
        office.ask(held.kept, hold_id=kept)


def held_on(office: Office) -> tuple[held.Held, ...]:
    (column,) = office.ask(day_sheet, day=WEDNESDAY).columns
    return column.holds
