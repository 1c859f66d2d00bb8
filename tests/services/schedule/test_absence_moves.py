"""Moving the visits of an absence: all or one, and who is here already."""

from frontdesk.services.schedule import absence_moves, affected, booking, confirmation, lifecycle, visits
from frontdesk.services.schedule.affected import State
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import Channel, Confirmation, Lifecycle
from tests.builders.registration import patient
from tests.builders.schedule import TODAY, at, book, doctor, walter
from tests.office import Office
from tests.refusal import refusal
from tests.services.schedule.test_absences import out
from tests.services.schedule.test_affected import lines, states
from tests.services.schedule.test_new_times import placements, proposed


def test_all_move_in_one_act_and_come_back_in_one(office: Office) -> None:
    doctor(office, "Okafor")
    ids = [
        book(office, at(starts, TODAY), patient_id=patient(office, name, "Young"))
        for starts, name in (("2:00", "Ada"), ("2:30", "Bo"), ("3:00", "Cy"))
    ]
    office.do(
        confirmation.record, appointment_id=ids[0], channel=Channel.PHONE, outcome=Confirmation.CONFIRMED
    )
    absence = out(office)
    done = office.done(
        absence_moves.move_all, placements=placements(proposed(office, absence)), reason="Dr. Lee is out"
    )
    found = office.ask(affected.affected, absence_id=absence)
    assert (found.replanned, found.told, len(found.visits)) == (3, 0, 3)
    assert {line.state for line in found.visits} == {State.MOVED}
    assert office.ask(visits.visit, appointment_id=ids[0]).confirmation is Confirmation.NONE
    office.database.undo(office.actor, done.entry_id)
    assert {line.state for line in lines(office, absence)} == {State.TO_REPLAN}
    assert office.ask(visits.visit, appointment_id=ids[0]).confirmation is Confirmation.CONFIRMED


def test_what_another_desk_took_is_named_and_nothing_moves(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    first = book(office, at("2:00", TODAY))
    book(office, at("3:00", TODAY), patient_id=walter(office))
    absence = out(office)
    found = proposed(office, absence)
    book(office, at("3:00", TODAY), patient_id=patient(office, "Ada", "Young"), provider_id=okafor)
    with refusal(
        "Walter Harris, Tue, Mar 17, 3:00 PM: Dr. Okafor is booked from 3:00 to 3:15. "
        "The next opening is 3:15 PM."
    ):
        office.do(absence_moves.move_all, placements=placements(found))
    assert office.ask(visits.visit, appointment_id=first).starts == at("2:00", TODAY)
    again = office.do(absence_moves.move_all, placements=placements(proposed(office, absence)))
    assert len(again) == 2


def test_what_another_desk_changed_is_named(office: Office) -> None:
    doctor(office, "Okafor")
    first = book(office, at("2:00", TODAY))
    absence = out(office)
    found = proposed(office, absence)
    office.do(booking.describe, appointment_id=first, reason="Migraine", note="")
    with refusal("Danielle Foster, Tue, Mar 17, 2:00 PM: Another desk changed this visit meanwhile."):
        office.do(absence_moves.move_all, placements=placements(found))


def test_nobody_to_move_is_said(office: Office) -> None:
    with refusal("There is no new time to move anybody to. Look for other times."):
        office.do(absence_moves.move_all, placements=())


def test_who_is_here_is_handed_over_and_stays_arrived(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    here = book(office, at("10:45", TODAY))
    office.do(lifecycle.arrive, appointment_id=here)
    absence = out(office)
    (offer,) = proposed(office, absence).found
    with refusal(
        "Danielle Foster, Tue, Mar 17, 10:45 AM: Danielle Foster has arrived. "
        "Take the arrival back before this visit is moved."
    ):
        office.do(absence_moves.move_all, placements=placements(proposed(office, absence)))
    done = office.done(
        absence_moves.hand_over, appointment_id=here, to=offer.opening.slot, reason="Dr. Lee is out"
    )
    seen = office.ask(visits.visit, appointment_id=here)
    assert (seen.provider_id, seen.lifecycle.value, seen.arrived_at) == (
        okafor,
        "arrived",
        at("10:42", TODAY),
    )
    assert states(office, absence) == {"Danielle Foster": State.TOLD}
    office.database.undo(office.actor, done.entry_id)
    assert states(office, absence) == {"Danielle Foster": State.HERE}


def test_only_who_waits_here_is_handed_over(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    visit = book(office, at("10:45", TODAY))
    to = Slot(okafor, at("11:00", TODAY))
    with refusal("Danielle Foster is not waiting here. Move the visit instead."):
        office.do(absence_moves.hand_over, appointment_id=visit, to=to)
    office.do(lifecycle.arrive, appointment_id=visit)
    with refusal("Danielle Foster is here now. Choose a time today, or send them home with a new time."):
        office.do(absence_moves.hand_over, appointment_id=visit, to=Slot(okafor, at("9:00")))
    office.do(lifecycle.with_provider, appointment_id=visit)
    with refusal("Danielle Foster has been with the provider. Take that back before you hand over."):
        office.do(absence_moves.hand_over, appointment_id=visit, to=to)


def test_who_is_here_is_sent_home_with_a_new_time(office: Office) -> None:
    lee = doctor(office)
    here = book(office, at("10:45", TODAY), reason="Migraine")
    office.do(lifecycle.arrive, appointment_id=here)
    absence = out(office)
    done = office.done(
        absence_moves.send_home, appointment_id=here, to=Slot(lee, at("9:00")), reason="Dr. Lee is out"
    )
    old = office.ask(visits.visit, appointment_id=here)
    new = office.ask(visits.visit, appointment_id=done.result.appointment_id)
    assert old.rescheduled_to_id == new.id
    assert (new.starts, new.reason) == (at("9:00"), "Migraine")
    (line,) = lines(office, absence)
    assert (line.state, line.starts) == (State.REBOOKED, at("9:00"))
    office.database.undo(office.actor, done.entry_id)
    (line,) = lines(office, absence)
    assert (line.state, line.starts) == (State.HERE, at("10:45", TODAY))


def test_who_has_not_come_is_not_sent_home(office: Office) -> None:
    visit = book(office, at("10:45", TODAY))
    with refusal("Danielle Foster is not waiting here."):
        office.do(absence_moves.send_home, appointment_id=visit, to=Slot(doctor(office), at("9:00")))


def test_a_new_time_that_is_taken_keeps_the_patient_here(office: Office) -> None:
    here = book(office, at("10:45", TODAY))
    book(office, "9:00", patient_id=walter(office))
    office.do(lifecycle.arrive, appointment_id=here)
    with refusal("Dr. Lee is booked from 9:00 to 9:15. The next opening is 9:15 AM."):
        office.do(absence_moves.send_home, appointment_id=here, to=Slot(doctor(office), at("9:00")))
    assert office.ask(visits.visit, appointment_id=here).lifecycle is Lifecycle.ARRIVED
