"""Every command of the waitlist, once."""

from frontdesk.services.schedule import waitlist_entries, waitlist_offers
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.waitlist_entries import EntryDraft
from frontdesk.services.schedule.waitlist_offers import NextStep
from frontdesk.services.schedule.words import Urgency
from tests.builders.registration import danielle, patient
from tests.builders.schedule import at, book, doctor, visit_type, walter
from tests.builders.waitlist import offered, waits
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving one who waits and is offered a time."""
    lee = doctor(office)
    ann = patient(office, "Ann", "Grant")
    moves_up = waits(office, patient_id=ann, appointment_id=book(office, "4:30", patient_id=ann))
    waiting = waits(office, patient_id=walter(office), reason="Back spasm")
    wish = EntryDraft(walter(office), visit_type(office), reason="Neck pain", urgency=Urgency.THIS_WEEK)
    office.do(waitlist_entries.change, entry_id=waiting, draft=wish)
    made = office.do(
        waitlist_offers.accept,
        offer_id=offered(office, moves_up, "10:30"),
        then=NextStep(waiting, Slot(lee, at("4:30"))),
    )
    assert made.next_offer_id is not None
    office.do(waitlist_offers.extend, offer_id=made.next_offer_id)
    office.do(waitlist_offers.decline, offer_id=made.next_offer_id, said="At work")
    office.do(waitlist_offers.withdraw, offer_id=offered(office, waiting, "11:00"))
    again = offered(office, waiting, "11:00")
    taken = office.do(waitlist_offers.accept, offer_id=again)
    office.do(
        waitlist_offers.unaccept,
        offer_id=again,
        moved_event_id=taken.moved_event_id,
        next_offer_id=taken.next_offer_id,
    )
    gone = waits(office, patient_id=danielle(office))
    office.do(waitlist_entries.withdraw, entry_id=gone, reason="Went elsewhere")
    office.do(waitlist_entries.put_back, entry_id=gone)
    offered(office, gone, "11:00")
