"""The signature of a request for copies, asked for at the check-in of a visit."""

from datetime import date

from frontdesk.services.visit import release_signing
from tests.builders.registration import patient
from tests.builders.releases import checked, lawyer, requested
from tests.builders.visit import due_today
from tests.office import Office


def run(office: Office) -> None:
    """Asked for, no longer, asked for again."""
    ruth = patient(office, "Ruth", "Amari", date(1949, 5, 4))
    visit = due_today(office, ruth, minutes_from_now=200)
    request_id = requested(office, lawyer(ruth))
    checked(office, request_id)
    office.do(release_signing.ask_at_visit, request_id=request_id, appointment_id=visit)
    office.do(release_signing.ask_no_more, request_id=request_id)
    office.do(release_signing.ask_at_visit, request_id=request_id, appointment_id=visit)
