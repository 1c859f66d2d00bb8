"""Every command of the request queue and of the recall, once."""

from datetime import date

from frontdesk.services.schedule import recall, visit_requests
from frontdesk.services.schedule.recall import RecallOutcome
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_requests import RequestChannel, RequestDraft, RequestState
from frontdesk.services.schedule.words import Urgency
from tests.builders.registration import danielle
from tests.builders.schedule import at, doctor, visit_type, walter
from tests.office import Office

APRIL = date(2026, 4, 15)


def run(office: Office) -> None:
    """Walk through the commands, leaving an open request and a recall."""
    lee, kind = doctor(office), visit_type(office)
    asked = RequestDraft(RequestChannel.PHONE, "Knee pain", walter(office), visit_type_id=kind)
    taken = office.do(visit_requests.take_down, draft=asked)
    today = RequestDraft(RequestChannel.PHONE, "Knee pain, worse", walter(office), urgency=Urgency.TODAY)
    office.do(visit_requests.change, request_id=taken, draft=today)
    office.do(
        visit_requests.move_on, request_id=taken, state=RequestState.WAITING, owner_id=None, note="Calls back"
    )
    slot = Slot(lee, at("9:30", APRIL))

    def book() -> int:
        return office.do(
            visit_requests.book, request_id=taken, patient_id=walter(office), slot=slot, visit_type_id=kind
        )

    office.do(visit_requests.unbook, request_id=taken, appointment_id=book())
    other = RequestDraft(
        RequestChannel.REFERRAL, "Biopsy", caller_name="Dr. Hale's office", caller_phone="(503) 555-0190"
    )
    office.do(visit_requests.take_down, draft=other)
    book()

    rule = office.do(recall.add_rule, visit_type_id=kind, months=6)
    office.do(recall.set_rule, rule_id=rule, months=12, is_active=True)

    def note(outcome: RecallOutcome, until: date | None = None) -> int:
        return office.do(
            recall.note_contact, rule_id=rule, patient_id=danielle(office), outcome=outcome, until=until
        )

    office.do(recall.take_back, contact_id=note(RecallOutcome.MESSAGE_LEFT))
    note(RecallOutcome.NOT_NOW, APRIL)
