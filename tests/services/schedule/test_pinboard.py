"""The pinboard: visits laid aside, put down elsewhere, and each person's own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from frontdesk.services.schedule import booking, lifecycle, pinboard, series, visits
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import CancelledBy, Lifecycle
from frontdesk.services.work import Actor
from tests.builders.schedule import TODAY, at, book, doctor, walter
from tests.builders.security import user
from tests.office import Office
from tests.refusal import refusal

FRIDAY = date(2026, 3, 20)
AGAIN = (
    "INSERT INTO pinned_visit (id, appointment_id, pinned_at)"
    " SELECT 1, appointment_id, pinned_at FROM pinned_visit"
)


def test_a_pinned_visit_keeps_its_place_until_it_is_put_down(office: Office) -> None:
    id = book(office, "9:30", reason="Migraine")
    pin_id = office.do(pinboard.pin, appointment_id=id)
    (card,) = office.ask(pinboard.pins)
    assert (card.patient, card.reason, card.provider, card.starts) == (
        "Foster, Danielle",
        "Migraine",
        "Dr. Lee",
        at("9:30"),
    )
    with refusal("Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM."):
        book(office, "9:30", patient_id=walter(office))
    done = office.done(pinboard.put_down, pin_id=pin_id, to=Slot(doctor(office), at("2:00", FRIDAY)))
    assert office.ask(visits.visit, appointment_id=id).starts == at("2:00", FRIDAY)
    assert office.ask(pinboard.pins) == ()
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(visits.visit, appointment_id=id).starts == at("9:30")
    assert [each.appointment_id for each in office.ask(pinboard.pins)] == [id]


def test_a_called_off_visit_is_booked_anew_where_it_is_put_down(office: Office) -> None:
    id = book(office, "9:30")
    office.do(booking.cancel, appointment_id=id, by=CancelledBy.PATIENT)
    pin_id = office.do(pinboard.pin, appointment_id=id)
    assert office.ask(pinboard.pins)[0].is_called_off
    done = office.done(pinboard.put_down, pin_id=pin_id, to=Slot(doctor(office), at("2:00", FRIDAY)))
    assert done.result.rebooked is not None
    new = office.ask(visits.visit, appointment_id=done.result.rebooked.appointment_id)
    assert new.starts == at("2:00", FRIDAY)
    assert office.ask(visits.visit, appointment_id=id).lifecycle is Lifecycle.RESCHEDULED
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(visits.visit, appointment_id=id).lifecycle is Lifecycle.CANCELLED
    assert office.ask(visits.visit, appointment_id=new.id).lifecycle is Lifecycle.IN_ERROR


def test_a_series_is_put_down_as_one_and_picked_up_as_one(office: Office) -> None:
    first = book(office, "9:30")
    slots = tuple(Slot(doctor(office), at("9:30") + timedelta(7 * week)) for week in (1, 2))
    ids = (first, *office.do(series.make, appointment_id=first, slots=slots).appointment_ids)
    pin_id = office.do(pinboard.pin, appointment_id=first)
    assert office.ask(pinboard.pins)[0].series_id == first
    placements = tuple(
        Placement(id, Slot(doctor(office), at("2:00") + timedelta(7 * week))) for week, id in enumerate(ids)
    )

    def hours() -> list[int]:
        return [office.ask(visits.visit, appointment_id=id).starts.hour for id in ids]

    done = office.done(pinboard.put_down_series, pin_id=pin_id, placements=placements)
    assert hours() == [14, 14, 14]
    assert office.ask(pinboard.pins) == ()
    office.database.undo(office.actor, done.entry_id)
    assert hours() == [9, 9, 9]
    assert len(office.ask(pinboard.pins)) == 1
    office.do(pinboard.unpin, pin_id=pin_id)
    with refusal("This visit is no longer on your pinboard."):
        office.do(pinboard.put_down_series, pin_id=pin_id, placements=placements)


def test_what_cannot_be_there_is_refused_and_stays_pinned(office: Office) -> None:
    pin_id = office.do(pinboard.pin, appointment_id=book(office, "9:30"))
    book(office, "10:00", patient_id=walter(office))
    with refusal("Dr. Lee is booked from 10:00 to 10:15. The next opening is 10:15 AM."):
        office.do(pinboard.put_down, pin_id=pin_id, to=Slot(doctor(office), at("10:00")))
    assert len(office.ask(pinboard.pins)) == 1


def test_a_card_is_taken_off_and_put_back(office: Office) -> None:
    id = book(office)
    pin_id = office.do(pinboard.pin, appointment_id=id)
    with refusal("This visit is on your pinboard already."):
        office.do(pinboard.pin, appointment_id=id)
    done = office.done(pinboard.unpin, pin_id=pin_id)
    assert office.ask(pinboard.pins) == ()
    with refusal("This visit is no longer on your pinboard."):
        office.do(pinboard.unpin, pin_id=pin_id)
    office.database.undo(office.actor, done.entry_id)
    assert len(office.ask(pinboard.pins)) == 1


def test_each_person_has_their_own(office: Office) -> None:
    id = book(office)
    office.do(pinboard.pin, appointment_id=id)
    other = Actor(user(office, "Rosa Diaz", login="rosa"), "Rosa Diaz", "RD", frozenset({"*"}))
    assert office.database.ask(other, pinboard.pins) == ()
    office.database.do(other, pinboard.pin, appointment_id=id)
    assert len(office.database.ask(other, pinboard.pins)) == 1


def test_a_visit_under_way_is_not_pinned_and_leaves_the_board(office: Office) -> None:
    id = book(office, at("10:45", TODAY))
    office.do(pinboard.pin, appointment_id=id)
    office.do(lifecycle.arrive, appointment_id=id)
    assert office.ask(pinboard.pins) == ()
    other = book(office, at("11:00", TODAY), patient_id=walter(office))
    office.do(lifecycle.arrive, appointment_id=other)
    with refusal("Only a visit that can still be moved or booked anew goes on the pinboard."):
        office.do(pinboard.pin, appointment_id=other)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("DELETE FROM pinned_visit", "append_only_pinned_visit"),
        ("UPDATE pinned_visit SET pinned_at = ended_at", "append_only_pinned_visit"),
        (
            AGAIN,
            "uq_pinned_visit",
        ),
    ],
)
def test_the_database_keeps_the_board(office: Office, change: str, constraint: str) -> None:
    office.do(pinboard.pin, appointment_id=book(office))
    with pytest.raises(Exception, match=constraint), office.database.engines.write.begin() as on:
        on.execute(text(change))
