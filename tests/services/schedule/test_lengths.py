"""How long visits take: learned from the stamps, kept in step with them, the same work whatever the past."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from frontdesk.models.schedule.appointment import Appointment, Lifecycle, Stage
from frontdesk.models.schedule.visit_length import WHOEVER, VisitLength
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.schedule import lengths, lifecycle, taking_back
from frontdesk.services.schedule.day import day_sheet
from frontdesk.services.schedule.lengths import MOST, TOO_FEW, Lengths, percents
from frontdesk.services.schedule.simulation import Length
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.work import Work
from tests.builders.office import room, site
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at, book, doctor, visit_type, walter
from tests.office import Office

NINE = datetime(2026, 3, 16, 9)


def bring_in(
    work: Work,
    *,
    provider_id: int,
    visit_type_id: int,
    patient_id: int,
    site_id: int,
    minutes: tuple[int, ...],
) -> None:
    """Seen visits of a quarter of an hour, one each day back from yesterday, with how long they took."""
    for back, took in enumerate(minutes):
        starts = NINE - timedelta(days=back)
        came = work.instant(starts)
        work.session.execute(
            insert(Appointment),
            {
                "id": work.new_id(),
                "version": 1,
                "patient_id": patient_id,
                "provider_id": provider_id,
                "site_id": site_id,
                "visit_type_id": visit_type_id,
                "starts": starts,
                "ends": starts + timedelta(minutes=15),
                "lifecycle": Lifecycle.COMPLETED,
                "stage": Stage.GONE,
                "booked_at": came,
                "provider_in_at": came,
                "provider_out_at": came + timedelta(minutes=took),
                "completed_at": came + timedelta(minutes=took + 5),
            },
        )
    lengths.learn_all(work)


def known(office: Office) -> Lengths:
    """What was learned."""
    return office.ask(query(permission="schedule.view")(lengths.load))


def seen(office: Office, provider_id: int, *minutes: int) -> None:
    # Declared only while it runs: the walk over every command is about the office's.
    declared = command("Bring in past visits", permission="demo.fill", undo=irreversible("A test's own."))
    office.do(
        declared(bring_in),
        provider_id=provider_id,
        visit_type_id=visit_type(office),
        patient_id=danielle(office),
        site_id=site(office),
        minutes=minutes,
    )


def take(office: Office, visit: int, minutes: int) -> int:
    """Through the office, so long with the provider; the event of going out."""
    office.do(lifecycle.arrive, appointment_id=visit)
    office.do(lifecycle.room, appointment_id=visit, room_id=room(office, "Room 2"))
    office.do(lifecycle.with_provider, appointment_id=visit)
    office.clock.advance(minutes=minutes)
    return office.do(lifecycle.provider_out, appointment_id=visit)


def test_the_median_and_the_80th_percentile_of_what_visits_took() -> None:
    visits = [
        (NINE, NINE + timedelta(minutes=took), NINE, NINE + timedelta(minutes=10)) for took in range(1, 11)
    ]
    assert percents(visits) == (50, 80)
    assert percents([]) == (0, 0)
    one_night = [(NINE, NINE + timedelta(hours=9), NINE, NINE + timedelta(minutes=15))]
    assert percents(one_night) == (400, 400)


def test_a_provider_is_known_by_their_own_visits_another_by_everybodys(office: Office) -> None:
    lee, okafor = doctor(office), doctor(office, "Okafor")
    seen(office, lee, *[18] * 8, *[24] * 4)
    kind = visit_type(office)
    found = known(office)
    assert found.of(kind, lee, 15) == Length(18, 24)
    assert found.of(kind, lee, 30) == Length(36, 48)
    assert found.of(kind, okafor, 15) == Length(18, 24)
    assert found.of(visit_type(office, "Physical"), lee, 30) == Length(30, 30)


def test_too_few_visits_say_nothing(office: Office) -> None:
    lee = doctor(office)
    seen(office, lee, *[18] * (TOO_FEW - 1))
    assert known(office).of(visit_type(office), lee, 15) == Length(15, 15)


def test_only_the_providers_part_counts_where_nothing_is_known(office: Office) -> None:
    scan = visit_type(
        office, "Scan", 45, PhaseDraft(Role.PROVIDER, 15, 30), PhaseDraft(Role.ROOM, 0, 45, "exam")
    )
    assert known(office).of(scan, doctor(office), 45) == Length(30, 30)


def test_only_the_last_visits_are_looked_at(office: Office) -> None:
    lee = doctor(office)
    seen(office, lee, *[12] * MOST, *[60] * 150)
    found = known(office)
    assert found.of(visit_type(office), lee, 15) == Length(12, 12)


def test_each_stamp_teaches_and_what_is_taken_back_is_forgotten(office: Office) -> None:
    lee = doctor(office)
    seen(office, lee, *[15] * (TOO_FEW - 1))
    visit = book(office, at("10:45", TODAY))
    went = take(office, visit, 30)
    assert known(office).of(visit_type(office), lee, 15) == Length(15, 15)
    with office.database.engines.read.connect() as connection:
        rows = connection.execute(
            select(VisitLength.provider_id, VisitLength.visits).order_by(VisitLength.provider_id)
        ).all()
    assert rows == [(WHOEVER, TOO_FEW), (lee, TOO_FEW)]
    office.do(taking_back.take_back, appointment_id=visit, event_id=went)
    with office.database.engines.read.connect() as connection:
        assert set(connection.scalars(select(VisitLength.visits))) == {TOO_FEW - 1}


def test_the_day_is_projected_by_what_was_learned(office: Office) -> None:
    lee = doctor(office)
    seen(office, lee, *[21] * TOO_FEW)
    first = book(office, at("10:45", TODAY))
    second = book(office, at("11:00", TODAY), patient_id=walter(office))
    (found,) = office.ask(day_sheet, day=TODAY, provider_ids=(lee,)).columns
    predicted = {visit.id: visit.predicted for visit in office.ask(day_sheet, day=TODAY).visits}
    assert predicted == {first: at("10:45", TODAY), second: at("11:06", TODAY)}
    assert found.pace == "On time"


@pytest.mark.parametrize(
    "values", ["1, 0, -1, 0, 0", "1, 0, 5, 100, 90"], ids=["fewer than none", "usual above long"]
)
def test_the_database_refuses_lengths_that_cannot_be(office: Office, values: str) -> None:
    kind = visit_type(office)
    with office.database.engines.write.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(f"INSERT INTO visit_length VALUES ({kind}{values[1:]})"))
