"""Telling patients of a delay: every command, once."""

from frontdesk.services.schedule import late
from frontdesk.services.schedule.late import Told
from tests.builders.registration import patient
from tests.builders.schedule import TODAY, at, book
from tests.office import Office


def run(office: Office) -> None:
    """A patient of this afternoon who is told on the phone."""
    visit = book(office, at("4:30", TODAY), patient_id=patient(office, "Ana", "Ruiz"))
    office.do(
        late.tell,
        appointment_id=visit,
        how=Told.PHONE,
        said="Dr. Lee is running 20 minutes late. Please come at 4:50 instead of 4:30.",
        promised=at("4:50", TODAY),
    )
