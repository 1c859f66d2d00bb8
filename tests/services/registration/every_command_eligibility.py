"""Every command of verifying a coverage, once."""

from datetime import date

from frontdesk.services.registration import eligibility_settings, verification_assignments, verifications
from frontdesk.services.registration.eligibility_settings import SettingsDraft
from tests.builders.registration import coverage, patient, verification
from tests.builders.security import user
from tests.office import Office


def run(office: Office) -> None:
    """A coverage is given to somebody and taken away again; an answer on the wrong one is withdrawn."""
    ines = patient(office, "Ines", "Duarte", date(1990, 4, 2))
    coverage_id = coverage(office, ines, member_id="DRT900402")
    office.do(eligibility_settings.set_up, draft=SettingsDraft(days_ahead=5, before_visit_days=3))
    office.do(eligibility_settings.set_up, draft=SettingsDraft())
    before = office.do(verification_assignments.assign, coverage_ids=(coverage_id,), user_id=user(office))
    office.do(verification_assignments.put_back, before=before)
    office.do(
        verifications.withdraw,
        verification_id=verification(office, coverage_id),
        reason="Read from another patient's card",
    )
