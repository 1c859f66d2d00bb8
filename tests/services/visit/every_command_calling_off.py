"""Every command of visits called off or missed, once."""

from datetime import date

from frontdesk.services.schedule import booking
from frontdesk.services.schedule.words import CancelledBy
from frontdesk.services.visit import calling_off
from frontdesk.services.visit.calling_off import Next
from tests.builders.registration import patient
from tests.builders.schedule import at, book, doctor
from tests.office import Office

JUNE = date(2026, 6, 3)


def run(office: Office) -> None:
    """Calls visits off, and puts some of them back."""
    luis = patient(office, "Luis", "Ibarra", date(1980, 5, 6))
    late = book(office, at("9:00", JUNE), patient_id=luis)
    done = office.do(
        calling_off.call_off, appointment_id=late, by=CancelledBy.PATIENT, then=Next.PINBOARD, reason="ill"
    )
    office.do(calling_off.put_back, called_off=done)
    office.do(
        calling_off.call_off, appointment_id=late, by=CancelledBy.OFFICE, then=Next.UNSCHEDULED, reason=""
    )
    restored = office.do(calling_off.restore, appointment_id=late)
    office.do(calling_off.unrestore, appointment_id=late, restored=restored)
    office.do(calling_off.restore, appointment_id=late)
    office.clock.advance(minutes=24 * 60)  # billing has closed the day
    now = office.clock.now().astimezone(office.database.zone).replace(tzinfo=None, second=0, microsecond=0)
    missed, missed_too = (
        book(
            office,
            now,
            patient_id=luis,
            provider_id=doctor(office, name),
            override_reason="A test needs this visit",
        )
        for name in ("Okafor", "Reyes")
    )
    office.clock.advance(minutes=20)
    office.do(booking.mark_no_show, appointment_id=missed_too)
    office.do(calling_off.miss, appointment_id=missed, then=Next.UNSCHEDULED)
    office.clock.advance(minutes=-24 * 60)  # the other commands are taken back on their day
