"""What is out of service is neither offered nor booked, and the book says why."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import booking, downtime, holds, openings, visits
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import PhaseDraft
from tests.builders.office import device, provider, staff_member
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.office import Office
from tests.refusal import refusal


def scan(office: Office) -> int:
    """A visit of half an hour that needs the ultrasound all the while."""
    device(office)
    return visit_type(office, "Scan", 30, PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"))


def out(
    office: Office,
    starts: str = "10:00",
    ends: str = "12:00",
    *,
    thing: int | None = None,
    reason: str = "calibration",
    on: date = WEDNESDAY,
    visits_stay: bool = False,
) -> int:
    return office.do(
        downtime.take_out,
        resource_id=thing or device(office),
        starts=at(starts, on),
        ends=at(ends, on),
        reason=reason,
        visits_stay=visits_stay,
    )


def listed(office: Office, starts: str = "8:00", ends: str = "6:00") -> list[str]:
    found = office.ask(downtime.downtimes, starts=at(starts), ends=at(ends))
    return [f"{each.name}: {each.reason}" for each in found]


def test_what_is_out_of_service_is_listed_and_put_back(office: Office) -> None:
    kept = out(office)
    assert listed(office) == ["Ultrasound 1: calibration"]
    assert listed(office, "12:00", "1:00") == []
    done = office.done(downtime.put_back, downtime_id=kept)
    assert listed(office) == []
    office.database.undo(office.actor, done.entry_id)
    assert listed(office) == ["Ultrasound 1: calibration"]


def test_a_downtime_that_has_begun_ends_now(office: Office) -> None:
    kept = out(office, "8:00", "4:00", on=TODAY)
    office.do(downtime.put_back, downtime_id=kept)
    (row,) = office.ask(downtime.downtimes, starts=at("8:00", TODAY), ends=at("5:00", TODAY))
    assert (row.starts, row.ends) == (at("8:00", TODAY), at("10:42", TODAY))
    with refusal("This is back in service already."):
        office.do(downtime.put_back, downtime_id=kept)


def test_a_booking_then_is_refused_with_the_reason(office: Office) -> None:
    kind = scan(office)
    out(office)
    with refusal("Ultrasound 1 is out of service from 10:00 to 12:00 (calibration)."):
        book(office, "9:45", visit_type_id=kind, override_reason="Urgent")
    with refusal(
        "Ultrasound 1 is out of service from 10:00 to 12:00 (calibration). The next opening is 1:00 PM."
    ):
        office.do(
            holds.hold,
            patient_id=danielle(office),
            slot=Slot(doctor(office), at("9:45")),
            visit_type_id=kind,
        )
    book(office, "9:30", visit_type_id=kind)


def test_a_whole_day_out_is_said_so(office: Office) -> None:
    kind = scan(office)
    office.do(
        downtime.take_out,
        resource_id=device(office),
        starts=at("8:00", TODAY),
        ends=at("8:00", date(2026, 3, 19)),
        reason="repair",
    )
    with refusal(
        "Ultrasound 1 is out of service all day (repair). The next opening is Thursday, March 19 at 8:00 AM."
    ):
        book(office, "10:00", visit_type_id=kind)


def test_of_several_the_one_in_service_is_taken(office: Office) -> None:
    kind, second = scan(office), device(office, "Ultrasound 2")
    out(office)
    request = OpeningRequest(kind, first_day=WEDNESDAY, provider_ids=(doctor(office),))
    book(office, "8:00", minutes=120, patient_id=walter(office))
    found = office.ask(openings.first_openings, request=request).found[0]
    assert (found.starts, found.slot.resource_ids) == (at("10:00"), (second,))
    office.do(booking.book, patient_id=danielle(office), slot=found.slot, visit_type_id=kind)
    out(office, "8:00", "5:00", thing=second, reason="repair", visits_stay=True)
    with refusal("No ultrasound is free at 11:00. The next opening is 1:00 PM."):
        book(office, "11:00", visit_type_id=kind, patient_id=walter(office))


def test_visits_that_are_booked_then_are_counted_before(office: Office) -> None:
    kind = scan(office)
    first = book(office, "10:00", visit_type_id=kind)
    with refusal(
        "1 visit is booked on Ultrasound 1 then. Nothing moves by itself: "
        "take Ultrasound 1 out of service, then move it."
    ):
        out(office)
    second = book(office, "11:00", visit_type_id=kind, patient_id=walter(office))
    with refusal(
        "2 visits are booked on Ultrasound 1 then. Nothing moves by itself: "
        "take Ultrasound 1 out of service, then move them."
    ):
        out(office)
    out(office, visits_stay=True)
    (row,) = office.ask(downtime.downtimes, starts=at("8:00"), ends=at("5:00"))
    assert row.visit_ids == (first, second)


def test_a_canceled_visit_does_not_come_back_onto_what_is_out(office: Office) -> None:
    visit = book(office, "10:00", visit_type_id=scan(office))
    canceled = office.done(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    kept = out(office)
    said = "Ultrasound 1 is out of service from 10:00 to 12:00 (calibration). The next opening is 1:00 PM."
    with refusal(said):
        office.do(booking.restore, appointment_id=visit)
    with refusal(said):
        office.database.undo(office.actor, canceled.entry_id)
    office.do(downtime.put_back, downtime_id=kept)
    office.do(booking.restore, appointment_id=visit)


def test_a_move_is_not_taken_back_onto_what_is_out(office: Office) -> None:
    visit = book(office, "10:00", visit_type_id=scan(office))
    moved = office.done(booking.move, appointment_id=visit, to=Slot(doctor(office), at("2:00")))
    out(office)
    with refusal(
        "Ultrasound 1 is out of service from 10:00 to 12:00 (calibration). The next opening is 1:00 PM."
    ):
        office.database.undo(office.actor, moved.entry_id)
    assert office.ask(visits.visit, appointment_id=visit).starts == at("2:00")


def test_what_cannot_be_is_refused_with_all_its_faults(office: Office) -> None:
    with refusal(
        "Note a provider's absence in their week. The end comes after the start. "
        "Say why in 1 to 120 characters: repair, calibration, leave."
    ):
        out(office, "12:00", "10:00", thing=provider(office), reason=" ")
    with refusal("This time has passed. Choose a later end."):
        out(office, "8:00", "10:00", on=TODAY)


def test_a_person_can_be_out_too(office: Office) -> None:
    nurse = staff_member(office)
    shot = visit_type(office, "Injection", 15, PhaseDraft(Role.STAFF, 0, 15, "injections"))
    out(office, thing=nurse, reason="training")
    with refusal("Jo Whitten is out of service from 10:00 to 12:00 (training). The next opening is 1:00 PM."):
        book(office, "10:00", visit_type_id=shot)


@pytest.mark.parametrize("wrong", ["reason = ''", "ends = starts"])
def test_the_database_keeps_the_facts_of_a_downtime(office: Office, wrong: str) -> None:
    out(office)
    with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
        connection.execute(text(f"UPDATE resource_downtime SET {wrong}"))
