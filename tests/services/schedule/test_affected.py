"""Whose visits an absence takes away, and how far the desk is with each."""

from datetime import timedelta

import pytest

from frontdesk.kernel.errors import NotFound
from frontdesk.services.schedule import (
    absences,
    affected,
    booking,
    confirmation,
    lifecycle,
    notices,
    taking_back,
)
from frontdesk.services.schedule.affected import AffectedVisit, Phone, State
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import (
    BlockKind,
    CancelledBy,
    Channel,
    Confirmation,
    NoticeKind,
    Urgency,
)
from tests.builders.registration import patient
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.builders.visit import statements
from tests.office import Office
from tests.services.schedule.test_absences import out


def lines(office: Office, absence: int) -> list[AffectedVisit]:
    return list(office.ask(affected.affected, absence_id=absence).visits)


def states(office: Office, absence: int) -> dict[str, State]:
    return {line.spoken: line.state for line in lines(office, absence)}


def test_who_is_here_comes_first(office: Office) -> None:
    doctor(office)
    later = book(office, at("2:00", TODAY))
    soon = book(office, at("3:00", TODAY), patient_id=walter(office))
    here = book(office, at("4:00", TODAY), patient_id=patient(office, "Edith", "Nowak"))
    office.do(lifecycle.arrive, appointment_id=here)
    absence = out(office)
    assert [line.id for line in lines(office, absence)] == [here, later, soon]
    assert states(office, absence)["Edith Nowak"] is State.HERE


def test_an_urgent_visit_stands_above_a_routine_one(office: Office) -> None:
    doctor(office)
    urgent = visit_type(office, "Urgent", 15, opens_blocks=(BlockKind.URGENT,))
    routine = book(office, at("9:00", WEDNESDAY + timedelta(7)))
    soon = book(office, at("3:00", WEDNESDAY + timedelta(7)), patient_id=walter(office), visit_type_id=urgent)
    absence = out(office, "8:00", "5:00", on=WEDNESDAY + timedelta(7))
    assert [(line.id, line.urgency) for line in lines(office, absence)] == [
        (soon, Urgency.TODAY),
        (routine, Urgency.ROUTINE),
    ]


def test_whoever_waits_from_before_is_affected_too(office: Office) -> None:
    waits = book(office, at("10:45", TODAY))
    office.clock.advance(minutes=60)
    late = out(office, "11:30")
    assert [line.id for line in lines(office, late)] == [waits]


def test_a_visit_before_a_later_absence_is_not(office: Office) -> None:
    book(office, at("10:45", TODAY))
    assert lines(office, out(office, "2:00")) == []


def test_what_ended_before_the_absence_was_noted_is_not(office: Office) -> None:
    called_off = book(office, at("2:00", TODAY))
    office.do(booking.cancel, appointment_id=called_off, by=CancelledBy.PATIENT)
    moved = book(office, at("3:00", TODAY), patient_id=walter(office))
    office.do(booking.move, appointment_id=moved, to=Slot(doctor(office), at("9:00")))
    assert lines(office, out(office)) == []


def test_a_visit_goes_from_state_to_state(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    visit = book(office, at("2:00", TODAY))
    absence = out(office)
    seen = [states(office, absence)["Danielle Foster"]]
    office.do(booking.move, appointment_id=visit, to=Slot(okafor, at("2:30", TODAY)))
    seen.append(states(office, absence)["Danielle Foster"])
    for outcome in (Confirmation.ATTEMPTED, Confirmation.MESSAGE_LEFT):
        office.do(confirmation.record, appointment_id=visit, channel=Channel.PHONE, outcome=outcome)
        seen.append(states(office, absence)["Danielle Foster"])
    office.do(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.NEW_TIME,
        channel=Channel.PHONE,
        said="Your visit is now at 2:30.",
        promised=at("2:30", TODAY),
    )
    seen.append(states(office, absence)["Danielle Foster"])
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PROVIDER)
    seen.append(states(office, absence)["Danielle Foster"])
    assert seen == [
        State.TO_REPLAN,
        State.MOVED,
        State.NO_ANSWER,
        State.MESSAGE_LEFT,
        State.TOLD,
        State.CALLED_OFF,
    ]


def test_a_second_move_must_be_told_anew(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    visit = book(office, at("2:00", TODAY))
    absence = out(office)
    office.do(booking.move, appointment_id=visit, to=Slot(okafor, at("2:30", TODAY)))
    office.do(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.NEW_TIME,
        channel=Channel.PHONE,
        said="Your visit is now at 2:30.",
        promised=at("2:30", TODAY),
    )
    office.do(booking.move, appointment_id=visit, to=Slot(okafor, at("3:30", TODAY)))
    (line,) = lines(office, absence)
    assert (line.state, line.was, line.starts) == (State.MOVED, at("2:00", TODAY), at("3:30", TODAY))


def test_who_is_seen_all_the_same_is_said(office: Office) -> None:
    visit = book(office, at("10:45", TODAY))
    absence = out(office)
    for step in (lifecycle.arrive, lifecycle.ready, lifecycle.with_provider, lifecycle.provider_out):
        office.do(step, appointment_id=visit)
    assert states(office, absence) == {"Danielle Foster": State.SEEN}


def test_taking_the_move_back_brings_the_visit_back(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    visit = book(office, at("2:00", TODAY))
    absence = out(office)
    moved = office.do(booking.move, appointment_id=visit, to=Slot(okafor, at("2:30", TODAY)))
    office.do(taking_back.take_back, appointment_id=visit, event_id=moved)
    assert states(office, absence) == {"Danielle Foster": State.TO_REPLAN}


def test_the_words_and_the_phones(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    visit = book(office, at("2:00", TODAY), reason="Migraine")
    absence = out(office)
    (line,) = lines(office, absence)
    assert line.patient == "Foster, Danielle"
    assert line.reason == "Migraine"
    assert line.say == "Dr. Lee is out and cannot see you today. We are looking for another time for you."
    assert line.phones == (
        Phone("5035550148", "mobile", text_ok=True, voicemail_ok=True),
        Phone("5035550172", "work", text_ok=False, voicemail_ok=False),
    )
    office.do(booking.move, appointment_id=visit, to=Slot(okafor, at("2:30")))
    (line,) = lines(office, absence)
    assert line.say == (
        "Dr. Lee is out and cannot see you today. "
        "Your visit is now Wednesday, March 18 at 2:30 PM with Dr. Okafor."
    )


def test_the_statements_do_not_grow_with_the_visits(office: Office) -> None:
    book(office, at("1:00", TODAY))
    absence = out(office, ends=at("5:00", TODAY + timedelta(1)))
    one = statements(office, lambda: lines(office, absence))
    office.do(absences.withdraw, absence_id=absence)
    for number, name in enumerate(("Ada", "Bo", "Cy", "Di", "Ed", "Flo")):
        book(office, at(f"9:{5 * number:02d}"), patient_id=patient(office, name), minutes=5)
    more = out(office, ends=at("5:00", TODAY + timedelta(1)))
    assert len(lines(office, more)) == 7
    assert statements(office, lambda: lines(office, more)) == one == 9


def test_an_absence_that_is_not_there_is_said(office: Office) -> None:
    doctor(office)
    with pytest.raises(NotFound):
        lines(office, 1)
