"""The entries of a request for amendment: how each is written, which may follow, how one is taken back."""

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.amendment import (
    AmendmentEvent,
    AmendmentKind,
    AmendmentRequest,
    AmendmentState,
)
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.records.amendment_state import DECISIONS, events_of, settle
from frontdesk.services.records.happened import void
from frontdesk.services.records.request_row import number_words
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_amendment_event", "What happened to a request is never changed. Note a new entry.")
says("append_only_amendment_document", "What a request is about is never changed. Write a new request.")


def taken_back(done: Performed) -> Undo:
    """The inverse of every entry."""
    return Undo(take_back, event_id=done.result)


@command("Take back entry of an amendment", permission="records.amend", undo=taken_back)
def take_back(work: Work, *, event_id: int) -> int:
    """An entry no longer counts; taking back the taking back brings it again. The new entry's id."""
    event = work.get(AmendmentEvent, event_id)
    request = work.get(AmendmentRequest, event.request_id)
    work.concerns(request.patient_id)
    if event.kind is AmendmentKind.PRINTED:
        raise Refused(Finding("What was printed stays in the history."))
    if event.kind in DECISIONS or event.kind is AmendmentKind.REBUTTED:
        work.require("records.decide_amendment")
    if event_id in void(events_of(work, request.id)):
        raise Refused(Finding("This entry was taken back already."))
    return written(work, request, AmendmentKind.TAKEN_BACK, corrects_id=event_id)


def entry(work: Work, request: AmendmentRequest, kind: AmendmentKind, **said: object) -> AmendmentEvent:
    """A line that is not written yet."""
    return AmendmentEvent(
        request_id=request.id,
        kind=kind,
        at=work.now,
        by=work.actor.name,
        by_id=work.actor.user_id,
        **said,
    )


def added(work: Work, request: AmendmentRequest, event: AmendmentEvent) -> int:
    """Writes a line and what it changes; its id."""
    work.add(event)
    settle(work, request)
    return event.id


def written(work: Work, request: AmendmentRequest, kind: AmendmentKind, **said: object) -> int:
    """Writes a new line; its id."""
    return added(work, request, entry(work, request, kind, **said))


def live(work: Work, request_id: int, version: int | None) -> AmendmentRequest:
    """The request as the desk saw it, if it was not withdrawn."""
    request = work.get(AmendmentRequest, request_id, version)
    work.concerns(request.patient_id)
    if request.state is AmendmentState.WITHDRAWN:
        raise Refused(Finding(f"{number_words(request.number)} was withdrawn."))
    return request


def undecided(work: Work, request_id: int, version: int | None) -> AmendmentRequest:
    """The request as the desk saw it, if it is still to be decided."""
    request = live(work, request_id, version)
    if request.state is not AmendmentState.OPEN:
        raise Refused(Finding(f"{number_words(request.number)} is decided already."))
    return request
