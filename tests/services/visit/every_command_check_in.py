"""Every command of a check-in as desks share it, once."""

from datetime import date, timedelta

from frontdesk.services.schedule.slot import Slot
from frontdesk.services.visit import identity, presence, unfinished, walk_in
from frontdesk.services.visit.identity import Identifier
from tests.builders.registration import patient
from tests.builders.schedule import doctor, visit_type
from tests.builders.visit import NOW, at_the_desk
from tests.office import Office


def run(office: Office) -> None:
    """A check-in is opened, typed in, left, and opened again."""
    grace = patient(office, "Grace", "Ito", date(1972, 4, 18))
    visit = at_the_desk(office, grace, minutes_from_now=558)
    opening = office.do(presence.open_here, appointment_id=visit)
    office.do(presence.stay, opening_id=opening)
    office.do(identity.compare, appointment_id=visit, identifiers=(Identifier.NAME, Identifier.BIRTH_DATE))
    office.do(unfinished.keep, appointment_id=visit, content='{"city":"Salem"}', named="City")
    office.do(presence.leave, opening_id=opening)
    office.do(unfinished.keep, appointment_id=visit, content="", named="")
    _walk_in(office)


def _walk_in(office: Office) -> None:
    """Somebody stands at the desk, leaves again, and comes back."""
    milo = patient(office, "Milo", "Varga", date(1968, 9, 30))
    slot = Slot(doctor(office), NOW + timedelta(minutes=618))
    kind, why = visit_type(office), "A test needs this visit"
    for _ in range(2):
        walked = office.do(walk_in.take, patient_id=milo, slot=slot, visit_type_id=kind, override_reason=why)
        office.do(walk_in.take_back, appointment_id=walked.appointment_id, event_ids=walked.event_ids)
    office.do(walk_in.take, patient_id=milo, slot=slot, visit_type_id=kind, override_reason=why)
