"""A booking under way, to park it and take it up."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.services.schedule.held import Kept
from frontdesk.services.schedule.openings import Opening
from frontdesk.services.schedule.slot import Slot
from frontdesk.ui.schedule.request_pane import Caller, Wish


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What stands on the page: the request, what is picked, and until when it is held."""

    wish: Wish
    asked: Slot | None = None
    picked: Opening | None = None
    hold_id: int | None = None
    until: datetime | None = None
    replaces: int | None = None
    """The called-off visit that the new one takes the place of."""
    answers: int | None = None
    """The request of the queue that the visit answers."""


def begun(kept: Kept) -> UnderWay:
    """The booking for which a time was held."""
    caller = Caller(kept.patient_id, kept.patient, kept.born_on)
    wish = Wish(caller, kept.visit_type_id, kept.slot.minutes)
    return UnderWay(wish, kept.slot, hold_id=kept.held.id, until=kept.held.until)
