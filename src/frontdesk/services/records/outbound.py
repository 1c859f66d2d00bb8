"""Asking other offices for a patient's records: the letter, the chasing, the parts that come, the end."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import digits, us_date
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.records.outbound import Basis as Basis
from frontdesk.models.records.outbound import (
    OutboundEvent,
    OutboundItem,
    OutboundKind,
    OutboundRequest,
)
from frontdesk.models.records.outbound import OutboundState as OutboundState
from frontdesk.models.records.outbound import PartState as PartState
from frontdesk.models.records.outbound import Way as Way
from frontdesk.models.records.outside import OutsideOffice
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import asking_rules, outbound_letter, tray
from frontdesk.services.records.happened import void
from frontdesk.services.records.outbound_rules import AskDraft as AskDraft
from frontdesk.services.records.outbound_rules import findings_of
from frontdesk.services.records.outbound_state import ENDED, OPEN, settle
from frontdesk.services.records.request_row import SERIES, number_words
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_outbound_event", "What happened to a request is never changed. Note a new entry.")
says("ck_outbound_event_texts_short", "A note has 1,000 characters at most, a name 120.", field="note")
says(
    "ck_outbound_request_note_short",
    "What the letter says besides has 1,000 characters at most.",
    field="note",
)
says("ck_outbound_item_what", "Each thing that is asked for has 1 to 200 characters.", field="items")


@dataclass(frozen=True, slots=True)
class Asked:
    """A new request, and the entry by which it is taken back."""

    request_id: int
    number: str
    event_id: int


@dataclass(frozen=True, slots=True)
class Came:
    """A part that came; `was_nobodys`: the document had no chart until now."""

    event_id: int
    document_id: int | None
    was_nobodys: bool


def _ask_undone(done: Performed) -> Undo:
    return Undo(take_back, event_id=done.result.event_id)


@command("Ask another office for records", permission="records.request", undo=_ask_undone)
def ask(work: Work, *, draft: AskDraft, again: bool = False) -> Asked:
    """A request to be sent; `again` allows what an open request asks already."""
    patient = work.get(Patient, draft.patient_id)
    work.concerns(patient.id)
    items = tuple(filter(None, (" ".join(item.split()) for item in draft.items)))
    refuse_if_any(findings_of(work, draft, items, again=again))
    assert draft.office_id is not None
    assert draft.needed_on is not None
    request = work.add(
        OutboundRequest(
            number=work.next_number(SERIES),
            patient_id=patient.id,
            office_id=draft.office_id,
            basis=draft.basis,
            is_guarded=draft.is_guarded,
            consent_id=draft.consent_id,
            authorization_document_id=draft.authorization_document_id,
            provider_id=draft.provider_id,
            covers_from=draft.covers_from,
            covers_until=draft.covers_until,
            note=draft.note.strip(),
            state=OutboundState.TO_SEND,
            needed_on=draft.needed_on,
            asked_at=work.now,
        )
    )
    work.flush()
    for position, what in enumerate(items, start=1):
        work.add(OutboundItem(request_id=request.id, position=position, what=what))
    event = _event(
        work,
        request,
        OutboundKind.ASKED,
        needed_on=draft.needed_on,
        visit_id=draft.visit_id,
    )
    return Asked(request.id, number_words(request.number), event)


def _taken_back(done: Performed) -> Undo:
    return Undo(take_back, event_id=done.result)


@command("Change when records are needed", permission="records.request", undo=_taken_back)
def set_dates(
    work: Work,
    *,
    request_id: int,
    needed_on: date | None,
    visit_id: int | None,
    chase_on: date | None,
    version: int | None = None,
) -> int:
    """Another day by which they must be here, or to call; the entry's id."""
    request = _open(work, request_id, version)
    findings: list[Finding] = []
    if needed_on is None:
        findings.append(Finding("Enter the day by which the records must be here.", "needed_on"))
    elif needed_on < work.today:
        findings.append(Finding(f"{us_date(needed_on)} has passed. Choose a day to come.", "needed_on"))
    if chase_on is not None and chase_on < work.today:
        findings.append(Finding(f"{us_date(chase_on)} has passed. Choose a day to come.", "chase_on"))
    if chase_on is not None and request.state is OutboundState.TO_SEND:
        findings.append(Finding("Send the request first; the day of the first call follows.", "chase_on"))
    refuse_if_any(findings)
    return _event(
        work,
        request,
        OutboundKind.DATES,
        needed_on=needed_on,
        visit_id=visit_id,
        chase_on=chase_on,
    )


@command(
    "Print request for records",
    permission="records.request",
    undo=irreversible("The letter is on paper or in a file. Shred what is not wanted."),
)
def note_printed(work: Work, *, request_id: int) -> int:
    """That the letter was printed or saved; the entry's id."""
    request = work.get(OutboundRequest, request_id)
    work.concerns(request.patient_id)
    return _event(work, request, OutboundKind.PRINTED)


@command("Send request for records", permission="records.request", undo=_taken_back)
def note_sent(work: Work, *, request_id: int, way: Way, sent_to: str = "", version: int | None = None) -> int:
    """That the letter left, how and to which number; keeps what it said. The entry's id."""
    request = _open(work, request_id, version)
    office = work.get(OutsideOffice, request.office_id)
    to = sent_to.strip() or {Way.FAX: office.fax, Way.EMAIL: office.email}.get(way, "")
    if way is Way.FAX:
        to = digits(to)
        if len(to) != 10:
            raise Refused(Finding("Enter the fax number with its area code.", "sent_to"))
    elif way is Way.EMAIL and not ("@" in to[1:-1] and " " not in to):
        raise Refused(Finding("Enter the address of the secure mailbox.", "sent_to"))
    elif way is Way.MAIL and not to:
        if not office.street:
            raise Refused(Finding("Enter the address that is on the envelope.", "sent_to"))
        to = f"{office.street}, {office.city}, {office.state} {office.zip}"
    rules = asking_rules.in_force(work)
    return _event(
        work,
        request,
        OutboundKind.SENT,
        way=way,
        sent_to=to,
        chase_on=asking_rules.chase_on(work, rules.first_after_days, request.needed_on),
        letter=outbound_letter.kept(outbound_letter.letter_of(work, request, way)),
    )


@command("Log call for records", permission="records.request", undo=_taken_back)
def note_call(
    work: Work,
    *,
    request_id: int,
    answered_by: str,
    note: str,
    chase_on: date | None = None,
    version: int | None = None,
) -> int:
    """Who was asked on the phone, what they said, and when to call again. The entry's id."""
    request = _open(work, request_id, version)
    findings: list[Finding] = []
    if request.sent_at is None:
        findings.append(Finding("Nothing was sent yet. Send the request, then call."))
    if not answered_by.strip():
        findings.append(Finding("Enter who answered, or “no answer”.", "answered_by"))
    if chase_on is not None and chase_on < work.today:
        findings.append(Finding(f"{us_date(chase_on)} has passed. Choose a day to come.", "chase_on"))
    refuse_if_any(findings)
    rules = asking_rules.in_force(work)
    again = chase_on or asking_rules.chase_on(work, rules.again_after_days, request.needed_on)
    return _event(
        work,
        request,
        OutboundKind.CALLED,
        answered_by=answered_by.strip(),
        note=note.strip(),
        chase_on=again,
    )


def _came_undone(done: Performed) -> Undo:
    found: Came = done.result
    return Undo(take_back, event_id=found.event_id, leave_to_nobody=found.was_nobodys)


@command("Tick record that came", permission="records.request", undo=_came_undone)
def note_came(
    work: Work, *, item_id: int, document_id: int | None, note: str = "", version: int | None = None
) -> Came:
    """One thing that was asked for is here: as a document of the tray or the chart, or told on the phone."""
    item, request = _item(work, item_id, version)
    was_nobodys = False
    if document_id is None:
        if not note.strip():
            raise Refused(
                Finding("Choose the document that came, or write how the answer came.", "document_id")
            )
    else:
        document = work.get(Document, document_id)
        if document.state is DocumentState.WITHDRAWN:
            raise Refused(Finding("This document was withdrawn. Choose another.", "document_id"))
        if document.patient_id is None:
            was_nobodys = True
            tray.suggest_chart(work, document_id=document_id, patient_id=request.patient_id)
        elif document.patient_id != request.patient_id:
            raise Refused(Finding("This document is in another patient's chart.", "document_id"))
    event = _event(
        work, request, OutboundKind.CAME, item_id=item.id, document_id=document_id, note=note.strip()
    )
    return Came(event, document_id, was_nobodys)


@command("Tick record that is not there", permission="records.request", undo=_taken_back)
def note_none_there(work: Work, *, item_id: int, note: str, version: int | None = None) -> int:
    """The other office has none of it. The entry's id."""
    item, request = _item(work, item_id, version)
    if not note.strip():
        raise Refused(Finding("Write who said that they have none.", "note"))
    return _event(work, request, OutboundKind.NONE_THERE, item_id=item.id, note=note.strip())


@command("Give up request for records", permission="records.request", undo=_taken_back)
def give_up(work: Work, *, request_id: int, reason: str, version: int | None = None) -> int:
    """Nothing more is expected; what came stays. The entry's id."""
    request = _open(work, request_id, version)
    if not reason.strip():
        raise Refused(Finding("Write why nothing more is expected.", "reason"))
    return _event(work, request, OutboundKind.GIVEN_UP, note=reason.strip())


@command("Take back entry of a request", permission="records.request", undo=_taken_back)
def take_back(work: Work, *, event_id: int, leave_to_nobody: bool = False) -> int:
    """An entry no longer counts; taking back the taking back brings it again. The new entry's id."""
    event = work.get(OutboundEvent, event_id)
    request = work.get(OutboundRequest, event.request_id)
    work.concerns(request.patient_id)
    if event.kind is OutboundKind.PRINTED:
        raise Refused(Finding("What was printed stays in the history."))
    entries = select(OutboundEvent).where(OutboundEvent.request_id == request.id)
    if event_id in void(work.session.scalars(entries).all()):
        raise Refused(Finding("This entry was taken back already."))
    if leave_to_nobody and event.document_id is not None:
        document = work.get(Document, event.document_id)
        if document.state is DocumentState.TO_FILE and document.patient_id == request.patient_id:
            document.patient_id = None
    return _event(work, request, OutboundKind.TAKEN_BACK, corrects_id=event_id)


@query(permission="records.view")
def waiting_of(work: Work, *, patient_id: int) -> int:
    """How many requests for a patient's records wait for others."""
    asked = (
        select(func.count())
        .select_from(OutboundRequest)
        .where(OutboundRequest.patient_id == patient_id, OutboundRequest.state.in_(OPEN))
    )
    return work.session.scalar(asked) or 0


def _event(work: Work, request: OutboundRequest, kind: OutboundKind, **said: object) -> int:
    event = work.add(
        OutboundEvent(
            request_id=request.id,
            kind=kind,
            at=work.now,
            by=work.actor.name,
            by_id=work.actor.user_id,
            **said,
        )
    )
    settle(work, request)
    return event.id


def _open(work: Work, request_id: int, version: int | None) -> OutboundRequest:
    request = work.get(OutboundRequest, request_id, version)
    work.concerns(request.patient_id)
    if request.state in ENDED:
        raise Refused(Finding(f"{number_words(request.number)} has ended. Ask anew, or undo how it ended."))
    return request


def _item(work: Work, item_id: int, version: int | None) -> tuple[OutboundItem, OutboundRequest]:
    item = work.get(OutboundItem, item_id, version)
    request = work.get(OutboundRequest, item.request_id)
    work.concerns(request.patient_id)
    if request.state is OutboundState.WITHDRAWN:
        raise Refused(Finding(f"{number_words(request.number)} was taken back. Ask anew."))
    if item.state is not PartState.WAITING:
        raise Refused(Finding("This is ticked already. Take the tick back first."))
    return item, request
