"""The day by people, rooms and equipment: bars, groups, double bookings, rooms as patients were in them."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from frontdesk.kernel.errors import Refused
from frontdesk.models.office.resources import ResourceKind, RoomKind
from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.schedule import booking, holds, lifecycle
from frontdesk.services.schedule.resource_bars import Bar, double_bookings
from frontdesk.services.schedule.resource_day import Part, ResourceDay, ResourceRow, resource_day
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import PhaseDraft
from tests.builders.office import device, room, staff_member
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.office import Office


def shown(office: Office, day: date = WEDNESDAY) -> ResourceDay:
    return office.ask(resource_day, day=day)


def row(day: ResourceDay, name: str) -> ResourceRow:
    return next(row for group in day.groups for row in group.rows if row.name == name)


def scan(office: Office) -> int:
    """45 minutes with the provider, the room, the device and the sonographer, then 15 of cleaning."""
    room(office, "Imaging", RoomKind.IMAGING)
    device(office, "Ultrasound 1", "ultrasound")
    staff_member(office, "K. Ortega", "sonographer")
    things = ((Role.ROOM, "imaging"), (Role.DEVICE, "ultrasound"), (Role.STAFF, "sonographer"))
    cleaned = [PhaseDraft(role, 45, 15, what, PhaseKind.CLEANING) for role, what in things[:2]]
    phases = [PhaseDraft(role, 0, 45, what) for role, what in things]
    return visit_type(office, "Scan", 45, *phases, *cleaned)


def spans(row: ResourceRow) -> list[tuple[datetime, datetime, bool]]:
    return [(bar.starts, bar.ends, bar.is_cleaning) for bar in row.bars]


def test_one_visit_has_a_bar_on_each_thing_it_holds(office: Office) -> None:
    visit = book(office, "9:30", visit_type_id=scan(office))
    day = shown(office)
    alone = [(at("9:30"), at("10:15"), False)]
    cleaned = [*alone, (at("10:15"), at("10:30"), True)]
    assert spans(row(day, "Dr. Lee")) == spans(row(day, "K. Ortega")) == alone
    assert spans(row(day, "Imaging")) == spans(row(day, "Ultrasound 1")) == cleaned
    assert {bar.visit_id for group in day.groups for each in group.rows for bar in each.bars} == {visit}
    assert day.double_bookings == 0


def test_the_groups_say_what_there_is(office: Office) -> None:
    scan(office)
    doctor(office)
    doctor(office, "Okafor")
    notes = {group.part: group.note for group in shown(office).groups}
    assert notes == {
        Part.PEOPLE: "2 providers, 1 sonographer",
        Part.ROOMS: "1 room",
        Part.EQUIPMENT: "1 device",
    }
    assert {group.part: group.note for group in shown(office, TODAY).groups}[Part.ROOMS] == "1 free now"


def test_a_canceled_visit_stays_on_its_provider_until_somebody_takes_the_time(office: Office) -> None:
    visit = book(office, "9:30")
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    assert [bar.visit_id for bar in row(shown(office), "Dr. Lee").bars] == [visit]
    other = book(office, "9:30", patient_id=walter(office))
    assert [bar.visit_id for bar in row(shown(office), "Dr. Lee").bars] == [other]


def test_a_held_time_names_who_holds_it(office: Office) -> None:
    office.do(
        holds.hold,
        patient_id=walter(office),
        slot=Slot(doctor(office), at("9:30")),
        visit_type_id=visit_type(office),
    )
    (bar,) = row(shown(office), "Dr. Lee").bars
    assert (bar.visit_id, bar.held_by) == (None, "Dana Brooks")


def test_overbooked_visits_are_counted(office: Office) -> None:
    book(office, "9:30")
    book(office, "9:30", patient_id=walter(office), override_reason="Both agreed")
    assert shown(office).double_bookings == 1


def test_a_pair_of_visits_counts_once_whatever_they_share() -> None:
    def bar(resource: int, starts: int, ends: int, visit: int | None) -> Bar:
        midnight = datetime(2026, 3, 17)
        return Bar(resource, midnight + timedelta(minutes=starts), midnight + timedelta(minutes=ends), visit)

    assert double_bookings([]) == 0
    assert double_bookings([bar(1, 0, 30, 1), bar(1, 30, 60, 2)]) == 0
    assert double_bookings([bar(1, 0, 30, 1), bar(2, 0, 30, 1)]) == 0
    assert double_bookings([bar(1, 0, 30, 1), bar(1, 29, 60, 2), bar(2, 0, 30, 1), bar(2, 0, 30, 2)]) == 1
    assert double_bookings([bar(1, 0, 60, 1), bar(1, 10, 20, 2), bar(1, 30, 40, 3)]) == 2
    assert double_bookings([bar(1, 0, 60, 1), bar(1, 10, 20, None)]) == 0


def test_a_room_that_no_booking_names_shows_who_was_in_it(office: Office) -> None:
    lee, first = doctor(office), room(office, "Room 1")
    visit = book(office, at("10:45", TODAY))
    office.do(lifecycle.arrive, appointment_id=visit)
    office.do(lifecycle.ready, appointment_id=visit)
    office.do(lifecycle.room, appointment_id=visit, room_id=first)
    (bar,) = row(shown(office, TODAY), "Room 1").bars
    assert (bar.starts, bar.ends, bar.is_stay) == (at("10:42", TODAY), at("11:00", TODAY), True)
    assert shown(office, TODAY).groups[1].note == "0 free now"

    office.clock.advance(minutes=5)
    second = room(office, "Room 2")
    office.do(lifecycle.room, appointment_id=visit, room_id=second)
    office.clock.advance(minutes=10)
    office.do(lifecycle.with_provider, appointment_id=visit)
    office.clock.advance(minutes=10)
    office.do(lifecycle.provider_out, appointment_id=visit)
    office.do(lifecycle.check_out_start, appointment_id=visit)
    day = shown(office, TODAY)
    assert spans(row(day, "Room 1")) == [(at("10:42", TODAY), at("10:47", TODAY), False)]
    assert spans(row(day, "Room 2")) == [(at("10:47", TODAY), at("11:07", TODAY), False)]
    assert day.double_bookings == 0
    assert row(day, "Dr. Lee").id == lee


def test_a_day_costs_the_same_number_of_statements_whatever_is_booked(file_office: Office) -> None:
    scan(file_office)
    doctor(file_office)
    counts = []
    for hour in ("9:30", "11:00", "2:00"):
        book(file_office, hour, visit_type_id=scan(file_office))
        seen: list[str] = []
        engine = file_office.database.engines.read

        def note(_: object, __: object, statement: str, *___: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        shown(file_office)
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_a_visit_moves_to_the_device_that_was_asked_for(office: Office) -> None:
    kind = scan(office)
    visit = book(office, "9:30", visit_type_id=kind)
    before = row(shown(office), "Ultrasound 1").id
    other = device(office, "Ultrasound 2", "ultrasound")
    held = [
        each.id
        for group in shown(office).groups
        for each in group.rows
        if each.bars and each.kind is not ResourceKind.PROVIDER
    ]
    asked = tuple(other if id == before else id for id in held)
    office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), at("9:30"), 45, asked))
    day = shown(office)
    assert row(day, "Ultrasound 1").bars == ()
    assert [bar.visit_id for bar in row(day, "Ultrasound 2").bars] == [visit, visit]
    assert len(row(day, "Imaging").bars) == 2


def test_a_visit_is_not_moved_to_what_does_not_serve_it(office: Office) -> None:
    visit = book(office, "9:30", visit_type_id=scan(office))
    exam = room(office, "Room 1")
    with pytest.raises(Refused) as refused:
        office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), at("9:30"), 45, (exam,)))
    assert [finding.message for finding in refused.value.findings] == [
        "Room 1 is not what Scan is booked on: ultrasound, imaging, sonographer."
    ]
