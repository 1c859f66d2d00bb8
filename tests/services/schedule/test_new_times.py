"""New times for all visits of an absence at once: what is proposed, and why nothing is."""

from datetime import time, timedelta

from frontdesk.models.schedule.template import ExceptionKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import absence_moves, absences, downtime, lifecycle, new_times, templates
from frontdesk.services.schedule.absence_book import Wish
from frontdesk.services.schedule.new_times import Proposals
from frontdesk.services.schedule.search import Window
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.schedule.words import Urgency
from tests.builders.office import device, provider
from tests.builders.registration import patient
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter, works
from tests.builders.visit import statements
from tests.office import Office
from tests.services.schedule.test_absences import out

THURSDAY = TODAY + timedelta(2)


def proposed(office: Office, absence: int) -> Proposals:
    return office.ask(new_times.propose, absence_id=absence)


def placements(found: Proposals) -> tuple[Placement, ...]:
    return tuple(Placement(each.appointment_id, each.opening.slot, each.version) for each in found.found)


def test_each_gets_a_time_of_their_own(office: Office) -> None:
    doctor(office), doctor(office, "Okafor")
    for starts, name in (("2:00", "Ada"), ("2:00", "Bo"), ("2:15", "Cy")):
        book(
            office,
            at(starts, TODAY),
            patient_id=patient(office, name, "Young"),
            override_reason="" if name != "Bo" else "twins",
        )
    found = proposed(office, out(office))
    assert found.unplaced == ()
    assert sorted((each.opening.provider, each.opening.starts) for each in found.found) == [
        ("Dr. Okafor", at("2:00", TODAY)),
        ("Dr. Okafor", at("2:15", TODAY)),
        ("Dr. Okafor", at("2:30", TODAY)),
    ]


def test_the_offer_is_said(office: Office) -> None:
    doctor(office, "Okafor")
    book(office, at("2:00", TODAY))
    (offer,) = proposed(office, out(office)).found
    assert offer.say == "Dr. Lee is out today. I can offer you today at 2:00 PM with Dr. Okafor."
    assert offer.delay_minutes == 0


def test_the_own_provider_comes_before_another_a_little_sooner(office: Office) -> None:
    doctor(office, "Okafor")
    book(office, at("1:00", TODAY))
    (offer,) = proposed(office, out(office, "1:00", "1:45")).found
    assert (offer.opening.provider, offer.opening.starts) == ("Dr. Lee", at("1:45", TODAY))


def test_who_is_here_gets_the_early_time(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    book(office, "10:45", patient_id=walter(office))
    here = book(office, "11:00")
    for starts in ("10:45", "11:15", "11:30", "11:45"):
        book(office, starts, patient_id=patient(office, "Otto"), provider_id=okafor)
    office.clock.advance(days=1)
    office.do(lifecycle.arrive, appointment_id=here)
    found = proposed(office, out(office, on=WEDNESDAY)).found
    assert {each.appointment_id: each.opening.starts for each in found}[here] == at("11:00")


def test_why_there_is_no_time(office: Office) -> None:
    lee = provider(office, "Lee")
    works(office, lee, "8:00", "5:00", weekday=1)
    book(office, at("2:00", TODAY), provider_id=lee)
    absence = office.do(
        absences.mark_out,
        provider_id=lee,
        starts=at("10:40", TODAY),
        ends=at("5:00", TODAY + timedelta(60)),
    )
    office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.OUT,
        starts=at("5:00", TODAY + timedelta(60)),
        ends=at("5:00", TODAY + timedelta(90)),
    )
    assert [each.why for each in proposed(office, absence).unplaced] == [
        "Only Dr. Lee sees such visits, and has no 15 minutes free until 05/30/2026."
    ]


def test_a_patient_with_another_visit_then_gets_another_time(office: Office) -> None:
    doctor(office, "Okafor")
    book(office, at("2:00", TODAY))
    book(office, at("2:00", TODAY), provider_id=doctor(office, "Reyes"), override_reason="both")
    absence = out(office)
    (offer,) = proposed(office, absence).found
    assert offer.opening.starts == at("2:15", TODAY)


def test_another_who_never_sees_such_visits_is_not_asked(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    book(office, at("8:00"), patient_id=walter(office), provider_id=okafor)
    book(office, at("2:00", TODAY), visit_type_id=visit_type(office, "Scan", 30))
    (offer,) = proposed(office, out(office)).found
    assert (offer.opening.provider, offer.opening.starts) == ("Dr. Lee", at("8:00"))


def test_the_machine_is_needed_too(office: Office) -> None:
    device(office)
    okafor = doctor(office, "Okafor")
    scan = visit_type(office, "Scan", 30, PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"))
    book(office, at("2:00", TODAY), visit_type_id=scan)
    book(office, at("2:30", TODAY), patient_id=walter(office), provider_id=okafor, visit_type_id=scan)
    (offer,) = proposed(office, out(office)).found
    assert (offer.opening.starts, offer.opening.things) == (at("2:00", TODAY), ("Ultrasound 1",))


def test_without_the_machine_it_says_so(office: Office) -> None:
    scan = visit_type(office, "Scan", 30, PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"))
    machine = device(office)
    book(office, at("2:00", TODAY), visit_type_id=scan)
    absence = out(office)
    office.do(
        downtime.take_out,
        resource_id=machine,
        starts=at("8:00", TODAY),
        ends=at("5:00", TODAY + timedelta(40)),
        reason="repair",
        visits_stay=True,
    )
    (why,) = proposed(office, absence).unplaced
    assert why.why == "No ultrasound is free until 03/31/2026 when a provider is."


def test_nothing_is_proposed_for_nobody(office: Office) -> None:
    assert proposed(office, out(office)) == Proposals((), ())


def test_the_statements_do_not_grow_with_the_visits(office: Office) -> None:
    doctor(office, "Okafor")
    book(office, at("1:00", TODAY))
    absence = out(office, ends=at("5:00", TODAY + timedelta(1)))
    one = statements(office, lambda: proposed(office, absence))
    office.do(absences.withdraw, absence_id=absence)
    for number, name in enumerate(("Ada", "Bo", "Cy", "Di", "Ed", "Flo")):
        book(office, at(f"9:{5 * number:02d}"), patient_id=patient(office, name), minutes=5)
    more = out(office, ends=at("5:00", TODAY + timedelta(1)))
    assert len(proposed(office, more).found) == 7
    assert statements(office, lambda: proposed(office, more)) == one


def test_no_more_visits_than_a_session_takes(office: Office) -> None:
    lee, okafor = provider(office, "Lee"), provider(office, "Okafor")
    works(office, lee, "8:00", "5:00", weekday=1)
    works(office, okafor, "8:00", "12:00", weekday=1, most_visits=1)
    works(office, okafor, "1:00", "5:00", weekday=1, most_visits=1)
    for starts, name in (("10:45", "Ada"), ("11:00", "Bo")):
        book(office, at(starts, TODAY), patient_id=patient(office, name), provider_id=lee)
    absence = office.do(absences.mark_out, provider_id=lee, starts=at("10:40", TODAY), ends=at("5:00", TODAY))
    found = proposed(office, absence)
    assert [each.opening.starts for each in found.found] == [at("10:45", TODAY), at("1:00", TODAY)]
    office.do(absence_moves.move_all, placements=placements(found))


def test_a_chosen_time_is_left_to_its_visit(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    first = book(office, at("2:00", TODAY))
    second = book(office, at("2:15", TODAY), patient_id=walter(office))
    absence = out(office)
    chosen = (Placement(first, Slot(okafor, at("2:15", TODAY), 15)),)
    (offer,) = office.ask(new_times.propose, absence_id=absence, chosen=chosen).found
    assert (offer.appointment_id, offer.opening.starts) == (second, at("2:30", TODAY))


def test_other_times_are_of_those_who_see_such_visits(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    doctor(office, "Reyes")
    book(office, at("8:00"), patient_id=walter(office), provider_id=okafor)
    visit = book(office, at("2:00", TODAY), visit_type_id=visit_type(office, "Scan", 30))
    out(office)
    found = office.ask(new_times.other_times, appointment_id=visit)
    assert {each.provider for each in found} == {"Dr. Lee", "Dr. Reyes"}
    assert len(found) == 5


def test_a_patient_who_can_come_only_then_gets_such_a_time(office: Office) -> None:
    doctor(office, "Okafor")
    visit = book(office, at("1:00", TODAY))
    absence = out(office)
    wish = Wish(visit, Urgency.ROUTINE, (Window(3, time(12), None),))
    (offer,) = office.ask(new_times.propose, absence_id=absence, wishes=(wish,)).found
    assert (f"{offer.opening.starts:%A}", offer.opening.starts.time()) == ("Thursday", time(13))
    found = office.ask(new_times.other_times, appointment_id=visit, windows=wish.windows)
    assert {each.starts.weekday() for each in found} == {3}


def test_a_wish_that_cannot_be_met_is_said(office: Office) -> None:
    visit = book(office, at("1:00", TODAY))
    absence = out(office)
    wish = Wish(visit, Urgency.ROUTINE, (Window(6),))
    assert [
        each.why for each in office.ask(new_times.propose, absence_id=absence, wishes=(wish,)).unplaced
    ] == ["The patient cannot come at any time that there is until 03/31/2026."]


def test_whom_the_desk_calls_urgent_comes_first(office: Office) -> None:
    first = book(office, at("8:00", THURSDAY))
    second = book(office, at("8:15", THURSDAY), patient_id=walter(office))
    absence = out(office, "8:00", "4:45", on=THURSDAY)
    wish = Wish(second, Urgency.TODAY)
    found = office.ask(new_times.propose, absence_id=absence, wishes=(wish,)).found
    starts = {each.appointment_id: each.opening.starts for each in found}
    assert starts[second] == at("4:45", THURSDAY) < starts[first]
