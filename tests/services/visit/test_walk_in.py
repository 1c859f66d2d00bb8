"""Somebody without an appointment: booked, arrived and checking in, in one act with one undo."""

from datetime import timedelta

from frontdesk.models.schedule.appointment import Appointment, Lifecycle, Stage
from frontdesk.services.schedule import visit_types
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from frontdesk.services.visit import walk_in
from tests.builders.billing import at_work
from tests.builders.registration import danielle
from tests.builders.schedule import doctor, visit_type
from tests.builders.visit import NOW, at_the_desk
from tests.office import Office
from tests.refusal import refusal

AT_ELEVEN = NOW.replace(hour=11, minute=0)


def walked_in(office: Office, slot: Slot) -> walk_in.WalkedIn:
    return office.do(
        walk_in.take,
        patient_id=danielle(office),
        slot=slot,
        visit_type_id=visit_type(office),
        reason="Sore throat",
    )


def test_a_walk_in_is_booked_arrived_and_checking_in(office: Office) -> None:
    done = office.done(
        walk_in.take,
        patient_id=danielle(office),
        slot=Slot(doctor(office), AT_ELEVEN),
        visit_type_id=visit_type(office),
        reason="Sore throat",
    )
    visit = done.result.appointment_id
    with at_work(office) as work:
        row = work.get(Appointment, visit)
        assert (row.stage, row.lifecycle, row.reason) == (Stage.CHECKING_IN, Lifecycle.ARRIVED, "Sore throat")
        assert row.arrived_at == work.now
    office.database.undo(office.actor, done.entry_id)
    with at_work(office) as work:
        row = work.get(Appointment, visit)
        assert (row.stage, row.lifecycle) == (Stage.EXPECTED, Lifecycle.IN_ERROR)
    assert walked_in(office, Slot(doctor(office), AT_ELEVEN)).appointment_id != visit, (
        "the time is free again"
    )


def test_a_walk_in_is_seen_today_and_in_a_free_time(office: Office) -> None:
    with refusal("A walk-in is seen today. Book the visit for another day."):
        walked_in(office, Slot(doctor(office), AT_ELEVEN + timedelta(days=1)))


def test_the_kind_of_visit_to_begin_with(office: Office) -> None:
    new = office.do(
        visit_types.add_visit_type,
        draft=VisitTypeDraft("New patient", 45, for_new_patients=True, sort_order=9),
    )
    at_the_desk(office)
    assert office.ask(walk_in.usual_type, patient_id=danielle(office)) == new
