"""What the database refuses, whoever writes to it."""

from typing import Any

import pytest
from sqlalchemy import Update, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.slot import Slot
from tests.builders.schedule import at, book, doctor, visit_type, walter
from tests.office import Office


def _behind_the_back(office: Office, *statements: Any) -> None:
    with office.database.engines.write.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def _copy_of_a_booking(office: Office, **changed: object) -> Any:
    with office.database.engines.read.connect() as connection:
        row = connection.execute(select(ResourceBooking.__table__)).mappings().first()
    assert row is not None
    return ResourceBooking.__table__.insert().values({**row, "id": 7, **changed})  # type: ignore[attr-defined]


def test_two_active_bookings_of_a_resource_never_overlap(office: Office) -> None:
    book(office, "9:30")
    with pytest.raises(DBAPIError, match="no_overlap_resource_booking"):
        _behind_the_back(office, _copy_of_a_booking(office, starts=at("9:44"), ends=at("9:50")))
    _behind_the_back(office, _copy_of_a_booking(office, starts=at("9:45"), ends=at("9:50")))


def test_a_booking_cannot_be_moved_onto_another(office: Office) -> None:
    book(office, "9:30")
    other = book(office, "10:00")
    with pytest.raises(DBAPIError, match="no_overlap_resource_booking"):
        _behind_the_back(
            office,
            update(ResourceBooking)
            .where(ResourceBooking.appointment_id == other)
            .values(starts=at("9:40"), ends=at("9:55")),
        )


def test_a_given_up_booking_cannot_come_back_onto_another(office: Office) -> None:
    first = book(office, "9:30")
    office.do(booking.move, appointment_id=first, to=Slot(doctor(office), at("2:00")))
    book(office, "9:30", patient_id=walter(office))
    with pytest.raises(DBAPIError, match="no_overlap_resource_booking"):
        _behind_the_back(
            office,
            update(ResourceBooking)
            .where(ResourceBooking.appointment_id == first, ResourceBooking.starts == at("9:30"))
            .values(is_active=True, is_exclusive=True),
        )


def test_an_inactive_booking_is_never_exclusive(office: Office) -> None:
    book(office)
    with pytest.raises(DBAPIError, match="exclusive_while_active"):
        _behind_the_back(office, update(ResourceBooking).values(is_active=False))


@pytest.mark.parametrize(
    "statement",
    [update(AppointmentEvent).values(reason="changed"), delete(AppointmentEvent)],
    ids=["update", "delete"],
)
def test_what_happened_cannot_be_changed(office: Office, statement: Any) -> None:
    book(office)
    with pytest.raises(DBAPIError, match="append_only_appointment_event"):
        _behind_the_back(office, statement)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        (update(Appointment).values(ends=Appointment.starts), "ends_after_start"),
        (update(Appointment).values(ends=at("9:00", at("9:00").date().replace(day=19))), "within_one_day"),
        (update(Appointment).values(lifecycle="cancelled"), "cancelled_by_somebody"),
        (update(Appointment).values(lifecycle="rescheduled"), "rescheduled_to_a_visit"),
        (update(Appointment).values(lifecycle="completed"), "completed_with_time"),
        (update(Appointment).values(is_overbooked=True), "overbooked_with_reason"),
        (update(Appointment).values(rescheduled_to_id=Appointment.id), "not_to_itself"),
        (update(VisitType).values(minutes=0), "minutes_in_a_day"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_visit_that_cannot_be_is_refused(office: Office, statement: Update, constraint: str) -> None:
    visit_type(office)
    book(office)
    with pytest.raises(DBAPIError, match=constraint):
        _behind_the_back(office, statement)


def test_a_type_opens_only_kinds_of_kept_time(office: Office) -> None:
    made = visit_type(office, "Scan", 30, opens_blocks=(BlockKind.PROCEDURE, BlockKind.URGENT))
    with office.database.engines.read.connect() as connection:
        kept = connection.execute(text("SELECT opens_blocks FROM visit_type WHERE id = :id"), {"id": made})
        assert kept.scalar() == "urgent,procedure"
    wrong = text("UPDATE visit_type SET opens_blocks = 'tea' WHERE id = :id").bindparams(id=made)
    with pytest.raises(DBAPIError, match="ck_visit_type_opens_blocks"):
        _behind_the_back(office, wrong)
