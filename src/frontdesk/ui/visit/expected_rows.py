"""How a patient who is still expected looks in the board's first column."""

from datetime import datetime

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.board import Card
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.visit.lane import short_provider


def look_of(card: Card, now: datetime) -> Item:
    """When, who, with whom, and the first two things to see to."""
    late = card.minutes_late(now) if card.status is Status.NOT_ARRIVED else 0
    flags = tuple(
        Words(flag.words, "text-2", look.FLAG_ICON[flag.kind], look.SEVERITY_TOKEN[flag.severity])
        for flag in card.flags[:2]
    )
    ready = (Words(tr("Ready to arrive"), "text-2", "circle-check", "ok"),)
    return Item(
        card.name,
        (
            (Words(f"{short_provider(card)}, {card.what}", "text-2"),),
            flags or ready,
        ),
        lead=clock_time(card.starts),
        trailing=Words(tr("{minutes} min late", minutes=late), "block-tx", role="medium") if late else None,
        strong=True,
    )
