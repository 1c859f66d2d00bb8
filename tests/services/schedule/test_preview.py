"""What a picked time does to the day, before it is booked."""

from frontdesk.kernel.timespan import Span
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.schedule import preview
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import PhaseDraft
from tests.builders.office import device, room
from tests.builders.registration import danielle
from tests.builders.schedule import at, book, doctor, visit_type, walter
from tests.office import Office


def span(starts: str, ends: str) -> Span:
    return Span(at(starts), at(ends))


def test_each_resource_has_its_bar_and_the_provider_a_load(office: Office) -> None:
    imaging, scanner, lee = room(office, "Imaging"), device(office), doctor(office)
    scan = visit_type(
        office,
        "Scan",
        30,
        PhaseDraft(Role.PROVIDER, 0, 30),
        PhaseDraft(Role.ROOM, 0, 45, "exam"),
        PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"),
        PhaseDraft(Role.DEVICE, 30, 15, "ultrasound", PhaseKind.CLEANING),
        arrive_early_minutes=15,
    )
    book(office, "8:00", visit_type_id=scan, patient_id=walter(office))
    book(office, "1:00", minutes=60)

    found = office.ask(
        preview.slot_preview,
        slot=Slot(lee, at("9:30"), 30, (imaging, scanner)),
        visit_type_id=scan,
        patient_id=danielle(office),
    )

    doctors, rooms, devices, patient = found.bars
    assert [each.name for each in found.bars] == ["Dr. Lee", "Imaging", "Ultrasound 1", "Danielle Foster"]
    assert doctors.open == (span("8:00", "12:00"), span("1:00", "5:00"))
    assert doctors.busy == (span("8:00", "8:30"), span("1:00", "2:00"))
    assert (rooms.busy, rooms.needed) == ((span("8:00", "8:45"),), (span("9:30", "10:15"),))
    assert (devices.needed, devices.cleaning) == ((span("9:30", "10:00"),), (span("10:00", "10:15"),))
    assert (patient.busy, patient.needed) == ((span("1:00", "2:00"),), (span("9:15", "10:00"),))
    assert (found.booked_before, found.booked_after) == (90, 120)


def test_a_time_before_another_visit_adds_to_the_wait(office: Office) -> None:
    lee, kind = doctor(office), visit_type(office)
    book(office, "9:15", patient_id=walter(office))
    slots = (Slot(lee, at("9:00"), 15), Slot(lee, at("9:00"), 60), Slot(lee, at("3:00"), 15))
    same, longer, apart = office.ask(preview.expected_waits, slots=slots, visit_type_id=kind)
    assert longer.added > same.added >= apart.added == 0
