"""Where a request for amendment stands: the sum of its events. The only place that adds them up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.models.records.amendment import (
    AmendmentEvent,
    AmendmentKind,
    AmendmentRequest,
    AmendmentState,
)
from frontdesk.services.records.happened import holding
from frontdesk.services.work import Work

ANSWER_DAYS: Final = 60
"""45 CFR 164.526(b)(2)(i)."""
EXTENSION_DAYS: Final = 30
"""45 CFR 164.526(b)(2)(ii): once, with the reason and the day in writing, within the first 60 days."""

DECISIONS: Final = {
    AmendmentKind.ACCEPTED: AmendmentState.ACCEPTED,
    AmendmentKind.IN_PART: AmendmentState.IN_PART,
    AmendmentKind.DENIED: AmendmentState.DENIED,
}


@dataclass(slots=True)
class Stands:
    """What the events come to; the events themselves, where letters quote them."""

    is_received: bool = False
    extension: AmendmentEvent | None = None
    decision: AmendmentEvent | None = None
    answer: AmendmentEvent | None = None
    """The letter that told the decision."""
    disagreement: AmendmentEvent | None = None
    rebuttal: AmendmentEvent | None = None
    include: AmendmentEvent | None = None
    withdrawal: AmendmentEvent | None = None
    named: list[AmendmentEvent] = field(default_factory=list)
    told: dict[int, AmendmentEvent] = field(default_factory=dict)
    last_at: datetime | None = None

    @property
    def state(self) -> AmendmentState:
        if self.withdrawal is not None or not self.is_received:
            return AmendmentState.WITHDRAWN
        return DECISIONS[self.decision.kind] if self.decision is not None else AmendmentState.OPEN

    @property
    def untold(self) -> list[AmendmentEvent]:
        """Who must still be told of what was accepted (164.526(c)(3))."""
        if self.state not in (AmendmentState.ACCEPTED, AmendmentState.IN_PART):
            return []
        return [event for event in self.named if event.id not in self.told]


def stands(events: Sequence[AmendmentEvent]) -> Stands:
    """Adds up what holds."""
    at = Stands()
    for event in holding(events):
        at.last_at = event.at
        match event.kind:
            case AmendmentKind.RECEIVED:
                at.is_received = True
            case AmendmentKind.EXTENDED:
                at.extension = event
            case AmendmentKind.ACCEPTED | AmendmentKind.IN_PART | AmendmentKind.DENIED:
                at.decision = event
            case AmendmentKind.LETTER_SENT:
                # The letter that tells of the extension is no answer.
                at.answer = event if at.decision is not None else None
            case AmendmentKind.PERSON_NAMED:
                at.named.append(event)
            case AmendmentKind.TOLD if event.about_id is not None:
                at.told[event.about_id] = event
            case AmendmentKind.DISAGREED:
                at.disagreement = event
            case AmendmentKind.REBUTTED:
                at.rebuttal = event
            case AmendmentKind.INCLUDE_ASKED:
                at.include = event
            case AmendmentKind.WITHDRAWN:
                at.withdrawal = event
            case _:
                pass
    return at


def due_on(received_on: date, extension: AmendmentEvent | None) -> date:
    """The last day on which the office may answer."""
    if extension is not None and extension.until is not None:
        return extension.until
    return received_on + timedelta(days=ANSWER_DAYS)


def events_of(work: Work, request_id: int) -> list[AmendmentEvent]:
    """All that happened, in order; the lines that were taken back too."""
    return list(
        work.session.scalars(
            select(AmendmentEvent).where(AmendmentEvent.request_id == request_id).order_by(AmendmentEvent.id)
        )
    )


def settle(work: Work, request: AmendmentRequest) -> None:
    """Writes the sum of the events on the request."""
    work.flush()
    events = events_of(work, request.id)
    at = stands(events)
    request.state = at.state
    request.due_on = due_on(request.received_on, at.extension)
    request.is_extended = at.extension is not None
    request.is_answered = at.answer is not None
    is_over = at.state is AmendmentState.WITHDRAWN or (request.is_answered and not at.untold)
    request.ended_at = (at.last_at or work.now) if is_over else None
    request.events = len(events)
