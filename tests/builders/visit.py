"""Patients on their way through the office today."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import event

from frontdesk.models.registration.review import Section
from frontdesk.services.registration import reviews
from frontdesk.services.schedule import lifecycle, visit_forms
from frontdesk.services.visit import check_in
from frontdesk.services.visit.steps import DEMOGRAPHICS
from tests.builders.billing import code_lists
from tests.builders.office import room
from tests.builders.records import library, signed
from tests.builders.registration import coverage, danielle, verification
from tests.builders.schedule import book, doctor
from tests.office import Office

TODAY = date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 10, 42)


def due_today(office: Office, patient_id: int | None = None, *, minutes_from_now: int = 3) -> int:
    """A visit with Dr. Lee shortly, by default Danielle Foster's at 10:45."""
    code_lists(office)
    starts = NOW + timedelta(minutes=minutes_from_now)
    return book(
        office,
        starts,
        patient_id=patient_id or danielle(office),
        provider_id=doctor(office),
        override_reason="A test needs this visit",
    )


def at_the_desk(office: Office, patient_id: int | None = None, *, minutes_from_now: int = 3) -> int:
    """The same visit, the check-in begun."""
    visit = due_today(office, patient_id, minutes_from_now=minutes_from_now)
    office.do(check_in.begin, appointment_id=visit)
    return visit


def covered(office: Office, patient_id: int | None = None) -> int:
    """A coverage verified today."""
    made = coverage(office, patient_id or danielle(office))
    verification(office, made)
    return made


def all_signed(office: Office, patient_id: int | None = None) -> None:
    """Every form that the patient is asked for today, signed by them."""
    library(office)
    who = patient_id or danielle(office)
    for asked in office.ask(visit_forms.required_for, patient_id=who):
        signed(office, who, asked.key)


def confirmed(office: Office, patient_id: int | None = None) -> None:
    """The patient said who they are, and that what is on file is right."""
    office.do(
        reviews.mark_reviewed,
        patient_id=patient_id or danielle(office),
        sections=(Section.IDENTITY, *DEMOGRAPHICS),
    )


def in_room(office: Office, visit: int, name: str = "Room 2") -> None:
    """From the desk to a room, whatever was left open."""
    office.do(lifecycle.ready, appointment_id=visit)
    office.do(lifecycle.room, appointment_id=visit, room_id=room(office, name))


def with_doctor(office: Office, visit: int, name: str = "Room 2") -> None:
    """Into a room and the doctor with them."""
    in_room(office, visit, name)
    office.do(lifecycle.with_provider, appointment_id=visit)


def statements(office: Office, question: Callable[[], object]) -> int:
    """How many statements a question takes."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).startswith("SELECT"):
            seen.append(str(arguments[2]))

    event.listen(office.database.engines.read, "before_cursor_execute", note)
    try:
        question()
    finally:
        event.remove(office.database.engines.read, "before_cursor_execute", note)
    return len(seen)
