"""The request queue: taken down, worked on, booked or declined; every change of state stays in the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_request import (
    LONGEST,
    VisitRequest,
    VisitRequestEvent,
)
from frontdesk.models.schedule.visit_request import RequestChannel as RequestChannel
from frontdesk.models.schedule.visit_request import RequestState as RequestState
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.registration.phone_numbers import stored_phone
from frontdesk.services.registration.rules import check_one_phone
from frontdesk.services.schedule import booking, known
from frontdesk.services.schedule.request_due import due_by
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request as it is written down. `due` is wall time; None: by how soon the patient must be seen."""

    channel: RequestChannel
    reason: str
    patient_id: int | None = None
    caller_name: str = ""
    caller_relation: str = ""
    caller_phone: str = ""
    visit_type_id: int | None = None
    urgency: Urgency = Urgency.ROUTINE
    wanted_from: date | None = None
    wanted_until: date | None = None
    wanted_times: str = ""
    owner_id: int | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stood before a change."""

    state: RequestState
    owner_id: int | None


def _taken_down_wrongly(done: Performed) -> Undo:
    return Undo(
        move_on,
        request_id=done.result,
        state=RequestState.DECLINED,
        owner_id=done.arguments["draft"].owner_id,
        note="Written down by mistake",
    )


@command("Write down request", permission="schedule.book", undo=_taken_down_wrongly)
def take_down(work: Work, *, draft: RequestDraft) -> int:
    """A new request in the queue. Gives back its id; raises `Refused` with all that is missing."""
    refuse_if_any(list(_problems(work, draft)))
    row = VisitRequest(state=RequestState.NEW, taken_at=work.now, taken_by=work.actor.name)
    _fill(work, row, draft)
    work.add(row)
    work.flush()
    _log(work, row, "")
    return row.id


def _changed_back(done: Performed) -> Undo:
    return Undo(change, request_id=done.arguments["request_id"], draft=done.result)


@command("Change request", permission="schedule.book", undo=_changed_back)
def change(work: Work, *, request_id: int, draft: RequestDraft, version: int | None = None) -> RequestDraft:
    """Writes a request down anew, such as when the caller was registered. Gives back what it said."""
    row = _open(work, request_id, version)
    refuse_if_any(list(_problems(work, draft)))
    before = draft_of(work, row)
    _fill(work, row, draft)
    if row.owner_id != before.owner_id:
        _log(work, row, "")
    return before


def _moved_back(done: Performed) -> Undo:
    before: Standing = done.result
    return Undo(
        move_on,
        request_id=done.arguments["request_id"],
        state=before.state,
        owner_id=before.owner_id,
        note="Taken back",
    )


@command("Move request on", permission="schedule.book", undo=_moved_back)
def move_on(
    work: Work,
    *,
    request_id: int,
    state: RequestState,
    owner_id: int | None,
    note: str = "",
    version: int | None = None,
) -> Standing:
    """Says how far a request is and who has it. Gives back how it stood; a declined one may be taken up."""
    row = work.get(VisitRequest, request_id, version)
    _concerns(work, row)
    if row.state is RequestState.BOOKED:
        raise Refused(Finding("This request has been booked. Cancel or move the visit instead."))
    if state is RequestState.BOOKED:
        raise Refused(Finding("A request is booked with its visit. Find a slot for it."))
    if len(note.strip()) > LONGEST:
        raise Refused(_too_long("note"))
    before = Standing(row.state, row.owner_id)
    row.state, row.owner_id = state, owner_id
    _log(work, row, note)
    return before


def _unbooked(done: Performed) -> Undo:
    return Undo(unbook, request_id=done.arguments["request_id"], appointment_id=done.result)


@command("Book request", permission="schedule.book", undo=_unbooked)
def book(
    work: Work,
    *,
    request_id: int,
    patient_id: int,
    slot: Slot,
    visit_type_id: int,
    reason: str = "",
    note: str = "",
    override_reason: str = "",
    hold_id: int | None = None,
    no_reminders: tuple[int, ...] = (),
) -> int:
    """Books the visit that was asked for, as `booking.book` does, and closes the request with it."""
    row = _open(work, request_id, None)
    if row.patient_id not in (None, patient_id):
        raise Refused(Finding("This request is of another patient. Book that one.", field="patient_id"))
    appointment_id = booking.book(
        work,
        patient_id=patient_id,
        slot=slot,
        visit_type_id=visit_type_id,
        reason=reason or row.reason[:200],
        note=note,
        override_reason=override_reason,
        hold_id=hold_id,
        no_reminders=no_reminders,
    )
    row.patient_id = patient_id
    row.state, row.appointment_id = RequestState.BOOKED, appointment_id
    _log(work, row, "")
    return appointment_id


@command(
    "Take back booking of request",
    permission="schedule.book",
    undo=irreversible("Book the visit anew; the time may be gone."),
)
def unbook(work: Work, *, request_id: int, appointment_id: int) -> None:
    """Takes the visit back; the request is being worked on again."""
    row = work.get(VisitRequest, request_id)
    if row.appointment_id != appointment_id:
        raise Refused(Finding("This visit does not belong to the request."))
    booking.unbook(work, appointment_id=appointment_id)
    row.state, row.appointment_id = RequestState.WORKING, None
    _log(work, row, "Booking taken back")


def _problems(work: Work, draft: RequestDraft) -> Iterator[Finding]:
    if draft.patient_id is not None:
        patient = work.get(Patient, draft.patient_id)
        work.concerns(draft.patient_id)
        name = known.spoken_name(patient)
        if patient.status is PatientStatus.DECEASED:
            yield Finding(f"{name} is recorded as deceased. Nothing can be booked.", "patient_id")
        elif patient.status is PatientStatus.MERGED:
            yield Finding(f"{name}'s chart was merged into another. Choose that one.", "patient_id")
    elif not draft.caller_name.strip():
        yield Finding("Choose the patient, or write down who asked.", "patient_id")
    elif not draft.caller_phone.strip():
        yield Finding("Write down a phone: nobody is registered to be called back.", "caller_phone")
    if draft.caller_phone.strip():
        yield from check_one_phone(draft.caller_phone, "caller_phone")
    if not draft.reason.strip():
        yield Finding("Write down what is asked for.", "reason")
    for field in ("reason", "wanted_times"):
        if len(getattr(draft, field).strip()) > LONGEST:
            yield _too_long(field)
    if draft.wanted_from and draft.wanted_until and draft.wanted_until < draft.wanted_from:
        yield Finding("The last day that is wanted is before the first.", "wanted_until")


def _too_long(field: str) -> Finding:
    return Finding(f"This is longer than {LONGEST} characters. Say it shorter; nothing was saved.", field)


def _open(work: Work, request_id: int, version: int | None) -> VisitRequest:
    row = work.get(VisitRequest, request_id, version)
    _concerns(work, row)
    if row.state is RequestState.BOOKED:
        raise Refused(Finding("This request has been booked. Cancel or move the visit instead."))
    if row.state is RequestState.DECLINED:
        raise Refused(Finding("This request was declined. Take it up again first."))
    return row


def _concerns(work: Work, row: VisitRequest) -> None:
    if row.patient_id is not None:
        work.concerns(row.patient_id)


def _fill(work: Work, row: VisitRequest, draft: RequestDraft) -> None:
    row.channel = draft.channel
    row.patient_id = draft.patient_id
    row.caller_name = draft.caller_name.strip()
    row.caller_relation = draft.caller_relation.strip()
    row.caller_phone = stored_phone(draft.caller_phone) if draft.caller_phone.strip() else ""
    row.visit_type_id = draft.visit_type_id
    row.reason = draft.reason.strip()
    row.urgency = draft.urgency
    row.wanted_from = draft.wanted_from
    row.wanted_until = draft.wanted_until
    row.wanted_times = draft.wanted_times.strip()
    row.owner_id = draft.owner_id
    row.due_at = work.instant(draft.due or due_by(draft.urgency, work.local_now))


def draft_of(work: Work, row: VisitRequest) -> RequestDraft:
    return RequestDraft(
        channel=row.channel,
        reason=row.reason,
        patient_id=row.patient_id,
        caller_name=row.caller_name,
        caller_relation=row.caller_relation,
        caller_phone=row.caller_phone,
        visit_type_id=row.visit_type_id,
        urgency=row.urgency,
        wanted_from=row.wanted_from,
        wanted_until=row.wanted_until,
        wanted_times=row.wanted_times,
        owner_id=row.owner_id,
        due=work.wall(row.due_at),
    )


def _log(work: Work, row: VisitRequest, note: str) -> None:
    work.add(
        VisitRequestEvent(
            request_id=row.id,
            state=row.state,
            owner_id=row.owner_id,
            appointment_id=row.appointment_id,
            note=note.strip(),
            at=work.now,
            by=work.actor.name,
            user_id=work.actor.user_id,
            station_id=work.station.id,
        )
    )
