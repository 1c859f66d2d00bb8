"""How one who waits is shown in a list: how soon, the wish, and where it fits or what was offered."""

from datetime import datetime

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.waitlist import Board, EntryLine, HoleFit
from frontdesk.services.schedule.waitlist_offers import OfferLine, OfferOutcome
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.text import tr

_ICONS = {
    Urgency.TODAY: ("chevrons-up", "block"),
    Urgency.THIS_WEEK: ("chevron-up", "warn"),
    Urgency.ROUTINE: ("minus", "text-3"),
}


def urgency_icon(urgency: Urgency) -> tuple[str, str]:
    """The icon and its colour."""
    return _ICONS[urgency]


def latest_offers(board: Board) -> dict[int, OfferLine]:
    """Each entry's newest offer of today."""
    found: dict[int, OfferLine] = {}
    for offer in board.offers:
        found.setdefault(offer.entry_id, offer)
    return found


def stands(offer: OfferLine | None, now: datetime) -> bool:
    """Whether the time is still kept: an offer ends by the clock alone."""
    return offer is not None and offer.is_open and now < offer.until


def entry_item(entry: EntryLine, offer: OfferLine | None, now: datetime, *, narrow: bool = False) -> Item:
    """Three lines: who, the wish, where it fits."""
    icon, color = _ICONS[entry.urgency]
    return Item(
        title=entry.patient,
        lines=((Words(entry.wish),), (_third(entry, offer, now),)),
        icon=icon,
        icon_color=color,
        trailing=Words(entry.how_soon, "text-3"),
        under_icon=narrow,
    )


def fit_item(found: HoleFit, offer: OfferLine | None, now: datetime) -> Item:
    """One who could have a time that has come free."""
    icon, color = _ICONS[found.entry.urgency]
    third = _offered(offer, now) or Words(found.fit.words, "accent-text", "corner-down-right")
    if found.has_declined:
        third = Words(tr("Declined this time"), "text-3", "x")
    return Item(
        title=found.entry.patient,
        lines=((Words(found.entry.wish),), (third,)),
        icon=icon,
        icon_color=color,
        trailing=Words(found.entry.how_soon, "text-3"),
    )


def _third(entry: EntryLine, offer: OfferLine | None, now: datetime) -> Words:
    if said := _offered(offer, now):
        return said
    if entry.no_fit or entry.fit is None:
        return Words(entry.no_fit or entry.own_words, "text-3", "circle-dashed")
    return Words(entry.fit.words, "accent-text", "corner-down-right")


def _offered(offer: OfferLine | None, now: datetime) -> Words | None:
    """What became of the newest offer, where it still matters to the desk."""
    if offer is None:
        return None
    if stands(offer, now):
        until = clock_time(offer.until)
        return Words(
            tr("Offered {time}, until {until}", time=offer.said_time, until=until), "info-tx", "phone-call"
        )
    if offer.outcome in (None, OfferOutcome.EXPIRED) and offer.slot.starts > now:
        return Words(tr("Offer of {time} ran out", time=offer.said_time), "warn-tx", "clock-alert")
    return None
