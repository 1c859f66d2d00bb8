"""What a picked time becomes: a visit of its own, one that takes another's place, or a request's answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from frontdesk.kernel.errors import Finding
from frontdesk.services.schedule import booking, visit_requests
from frontdesk.services.schedule.request_queue import RequestLine
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.visits import VisitDetail
from frontdesk.services.schedule.waitlist_entries import EntryDraft
from frontdesk.ui.desk import Desk, Owner
from frontdesk.ui.schedule.request_pane import Caller, RequestPane, Wish
from frontdesk.ui.text import tr


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that is booked."""

    patient_id: int
    slot: Slot
    visit_type_id: int
    note: str
    override_reason: str
    hold_id: int | None = None
    no_reminders: tuple[int, ...] = ()


def book_picked(
    desk: Desk,
    owner: Owner,
    then: Callable[[int], object],
    wanted: Wanted,
    *,
    replaces: int | None,
    answers: int | None,
) -> None:
    """One command, one undo; `then` gets the visit's id."""
    if replaces is not None:
        desk.do(
            owner,
            lambda done: then(done.appointment_id),
            booking.rebook,
            appointment_id=replaces,
            slot=wanted.slot,
            note=wanted.note,
            override_reason=wanted.override_reason,
            visit_type_id=wanted.visit_type_id,
            hold_id=wanted.hold_id,
        )
    elif answers is not None:
        desk.do(
            owner,
            then,
            visit_requests.book,
            request_id=answers,
            patient_id=wanted.patient_id,
            slot=wanted.slot,
            visit_type_id=wanted.visit_type_id,
            note=wanted.note,
            override_reason=wanted.override_reason,
            hold_id=wanted.hold_id,
            no_reminders=wanted.no_reminders,
        )
    else:
        desk.do(
            owner,
            then,
            booking.book,
            patient_id=wanted.patient_id,
            slot=wanted.slot,
            visit_type_id=wanted.visit_type_id,
            note=wanted.note,
            override_reason=wanted.override_reason,
            hold_id=wanted.hold_id,
            no_reminders=wanted.no_reminders,
        )


def what_is_missing(caller: Caller | None, kind: VisitTypeView | None) -> list[Finding]:
    """What the person at the desk has still to choose."""
    return [
        Finding(sentence, field)
        for field, sentence, there in (
            ("patient_id", tr("Choose the patient."), caller),
            ("visit_type_id", tr("Choose the type of visit."), kind),
        )
        if there is None
    ]


def as_asked(wish: Wish, asked: RequestLine) -> Wish:
    """What somebody asked for."""
    draft = asked.draft
    return replace(wish, visit_type_id=draft.visit_type_id, urgency=draft.urgency, note=draft.reason)


def as_before(wish: Wish, visit: VisitDetail) -> Wish:
    """The same kind of visit again, with the same provider if possible."""
    return replace(
        wish,
        visit_type_id=visit.visit_type_id,
        minutes=int((visit.ends - visit.starts).total_seconds() // 60),
        provider=visit.provider_id,
        note=visit.note,
    )


def wish_to_wait(request: RequestPane) -> EntryDraft | None:
    """What stands in the request, for the waitlist; None while patient or type are to be said."""
    caller, kind, wish = request.caller, request.kind, request.wish()
    if caller is None or kind is None:
        return None
    return EntryDraft(
        patient_id=caller.patient_id,
        visit_type_id=kind.id,
        minutes=None if kind.minutes else wish.minutes,
        reason=wish.note,
        urgency=wish.urgency,
        provider_ids=(wish.provider,) if wish.provider > 0 else (),
        windows=request.times.windows(),
    )
