"""The signature of a request for copies, asked for at the check-in of a visit."""

from datetime import date, datetime

from frontdesk.services.visit import release_signing
from tests.builders.registration import patient
from tests.builders.releases import checked, lawyer, requested
from tests.builders.schedule import book
from tests.office import Office


def run(office: Office) -> None:
    """Asked for, no longer, asked for again."""
    ruth = patient(office, "Ruth", "Amari", date(1949, 5, 4))
    visit = book(office, datetime(2026, 3, 25, 16, 10), patient_id=ruth, override_reason="A test needs it")
    request_id = requested(office, lawyer(ruth))
    checked(office, request_id)
    office.do(release_signing.ask_at_visit, request_id=request_id, appointment_id=visit)
    office.do(release_signing.ask_no_more, request_id=request_id)
    office.do(release_signing.ask_at_visit, request_id=request_id, appointment_id=visit)
