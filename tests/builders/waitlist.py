"""People who wait, and offers to them."""

from typing import Any

from frontdesk.services.schedule import waitlist_entries, waitlist_offers
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.waitlist_entries import EntryDraft
from tests.builders.registration import danielle
from tests.builders.schedule import at, doctor, visit_type
from tests.office import Office


def waits(office: Office, *, patient_id: int | None = None, **wish: Any) -> int:
    """Somebody who waits, by default Danielle Foster for a follow-up with whoever is free."""
    wish.setdefault("visit_type_id", None)
    kind = wish.pop("visit_type_id") or visit_type(office)
    draft = EntryDraft(patient_id or danielle(office), kind, **wish)
    return office.do(waitlist_entries.add, draft=draft)


def offered(office: Office, entry_id: int, starts: str = "9:30", provider_id: int | None = None) -> int:
    """An offer of a time, by default of Dr. Lee's on Wednesday morning."""
    slot = Slot(provider_id or doctor(office), at(starts))
    return office.do(waitlist_offers.offer, entry_id=entry_id, slot=slot)
