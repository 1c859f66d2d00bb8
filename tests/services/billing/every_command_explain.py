"""An explained balance on paper."""

from frontdesk.services.billing import explain_print
from frontdesk.services.billing.explain_subject import About, Subject
from tests.office import Office


def run(office: Office, patient_id: int) -> None:
    """For a patient with an account."""
    office.do(explain_print.note_print, subject=Subject(About.PATIENT, patient_id))
