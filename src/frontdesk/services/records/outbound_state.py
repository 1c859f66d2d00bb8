"""Where a request to others stands: the sum of its events. The only place that adds them up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from frontdesk.kernel.text import us_date
from frontdesk.models.records.outbound import (
    OutboundEvent,
    OutboundItem,
    OutboundKind,
    OutboundRequest,
    OutboundState,
    PartState,
)
from frontdesk.services.records.happened import holding
from frontdesk.services.work import Work

ENDED = (OutboundState.RECEIVED, OutboundState.GIVEN_UP, OutboundState.WITHDRAWN)
OPEN = (OutboundState.TO_SEND, OutboundState.WAITING)


@dataclass(slots=True)
class Stands:
    """What the events come to."""

    is_asked: bool = False
    needed_on: date | None = None
    visit_id: int | None = None
    chase_on: date | None = None
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    parts: dict[int, tuple[PartState, int | None]] = field(default_factory=dict)
    """State and document by item."""
    last_at: datetime | None = None


def stands(events: Sequence[OutboundEvent]) -> Stands:
    """Adds up what holds."""
    at = Stands()
    for event in holding(events):
        at.last_at = event.at
        match event.kind:
            case OutboundKind.ASKED:
                at.is_asked = True
                at.needed_on, at.visit_id = event.needed_on, event.visit_id
            case OutboundKind.DATES:
                at.needed_on, at.visit_id = event.needed_on, event.visit_id
                at.chase_on = event.chase_on
            case OutboundKind.SENT:
                at.sent_at, at.chase_on = event.at, event.chase_on
            case OutboundKind.CALLED:
                at.chase_on = event.chase_on
            case OutboundKind.CAME if event.item_id is not None:
                at.parts[event.item_id] = (PartState.CAME, event.document_id)
            case OutboundKind.NONE_THERE if event.item_id is not None:
                at.parts[event.item_id] = (PartState.NONE_THERE, None)
            case OutboundKind.GIVEN_UP:
                at.given_up_at = event.at
            case _:
                pass
    return at


def state_of(at: Stands, item_ids: Sequence[int]) -> OutboundState:
    """All answered is received, even after it was given up."""
    if not at.is_asked:
        return OutboundState.WITHDRAWN
    if all(item_id in at.parts for item_id in item_ids):
        return OutboundState.RECEIVED
    if at.given_up_at is not None:
        return OutboundState.GIVEN_UP
    return OutboundState.TO_SEND if at.sent_at is None else OutboundState.WAITING


def settle(work: Work, request: OutboundRequest) -> None:
    """Writes the sum of the events on the request and its items."""
    work.flush()
    events = work.session.scalars(select(OutboundEvent).where(OutboundEvent.request_id == request.id)).all()
    items = items_of(work, (request.id,)).get(request.id, [])
    at = stands(events)
    state = state_of(at, [item.id for item in items])
    request.state = state
    request.needed_on = at.needed_on or request.needed_on
    request.visit_id = at.visit_id
    request.sent_at = at.sent_at
    request.chase_on = at.chase_on if state in OPEN else None
    request.ended_at = at.last_at or request.asked_at if state in ENDED else None
    request.events = len(events)
    for item in items:
        item.state, item.document_id = at.parts.get(item.id, (PartState.WAITING, None))


def items_of(work: Work, request_ids: Sequence[int]) -> Mapping[int, list[OutboundItem]]:
    """What is asked for, in order, by request; one statement."""
    found: dict[int, list[OutboundItem]] = {}
    rows = work.session.scalars(
        select(OutboundItem)
        .where(OutboundItem.request_id.in_(request_ids))
        .order_by(OutboundItem.request_id, OutboundItem.position)
    )
    for row in rows:
        found.setdefault(row.request_id, []).append(row)
    return found


def covers_said(request: OutboundRequest) -> str:
    """ "01/01/2025 to 03/12/2026"; empty where no time is named."""
    first, last = request.covers_from, request.covers_until
    if first and last:
        return f"{us_date(first)} to {us_date(last)}"
    if first:
        return f"from {us_date(first)}"
    return f"until {us_date(last)}" if last else ""
