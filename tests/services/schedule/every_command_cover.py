"""Every command about who pays for a visit and what the payer authorized, once."""

from datetime import date

from frontdesk.services.registration import authorization_alerts, authorizations
from frontdesk.services.registration.authorization_alerts import Alerts
from frontdesk.services.registration.authorizations import GrantDraft
from frontdesk.services.schedule import authorization_steps, visit_authorizations, visit_choice
from frontdesk.services.schedule.authorization_steps import StepDraft, StepKind, StepWay
from tests.builders.registration import coverage
from tests.builders.schedule import at, book, visit_type, walter
from tests.office import Office

MAY = date(2026, 5, 29)


def run(office: Office) -> None:
    """Walk through the commands, leaving Walter's scan authorized."""
    covered = coverage(office, walter(office), member_id="WAL100200300")
    scan = visit_type(office, "Bone scan", 30, needs_authorization=True)
    visit = book(office, at("9:30", MAY), patient_id=walter(office), visit_type_id=scan)
    office.do(visit_choice.choose, appointment_id=visit, coverage_id=covered)
    asked = office.do(
        authorization_steps.note,
        appointment_id=visit,
        draft=StepDraft(StepKind.ASKED, StepWay.FAX, reference="F-1"),
    )
    office.do(authorization_steps.take_back, step_id=asked)
    chased = StepDraft(StepKind.CHASED, StepWay.PHONE, "Kim", "F-2")
    office.do(authorization_steps.note, appointment_id=visit, draft=chased)
    draft = GrantDraft(covered, "W-77", 2, date(2026, 3, 1), codes="78306, 78300")
    granted = office.do(authorization_steps.grant, draft=draft, appointment_id=visit)
    office.do(visit_authorizations.take_units, appointment_id=visit, units=2)
    office.do(authorization_steps.change, grant_id=granted.grant_id, units=4, valid_until=MAY)
    office.do(authorization_steps.revoke, grant_id=granted.grant_id)
    office.do(authorization_steps.grant_again, grant_id=granted.grant_id)
    plain = office.do(authorizations.add, draft=GrantDraft(covered, "W-78", 1, date(2026, 3, 1)))
    office.do(authorizations.extend, grant_id=plain, units=2, valid_until=None)
    office.do(authorizations.withdraw, grant_id=plain)
    office.do(authorizations.reinstate, grant_id=plain)
    office.do(authorization_alerts.set_alerts, alerts=Alerts(low_at=1))
