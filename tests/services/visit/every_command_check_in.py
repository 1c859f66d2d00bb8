"""Every command of a check-in as desks share it, once."""

from datetime import date

from frontdesk.services.visit import identity, presence, unfinished
from frontdesk.services.visit.identity import Identifier
from tests.builders.registration import patient
from tests.builders.visit import at_the_desk
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
