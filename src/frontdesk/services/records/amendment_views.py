"""Requests for amendment as they are shown, and what of them goes out with a document from now on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.records.amendment import (
    AmendmentDocument,
    AmendmentEvent,
    AmendmentKind,
    AmendmentRequest,
    AmendmentState,
    Arrival,
    DenialGround,
)
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records.amendment_state import (
    ANSWER_DAYS,
    EXTENSION_DAYS,
    Stands,
    events_of,
    stands,
)
from frontdesk.services.records.happened import holding
from frontdesk.services.records.outbound_views import Entry
from frontdesk.services.records.request_row import number_words
from frontdesk.services.work import Work


class StatementKind(StrEnum):
    """What goes out with a document (45 CFR 164.526(c)(1), (d)(5))."""

    AMENDED = "amended"
    REQUEST = "request"
    DENIAL = "denial"
    DISAGREEMENT = "disagreement"
    REBUTTAL = "rebuttal"


@dataclass(frozen=True, slots=True)
class Statement:
    """One text that goes out with a document; a scan of it, where there is one."""

    document_id: int
    request_id: int
    number: str
    kind: StatementKind
    on: date
    text: str
    scan_id: int | None = None


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """A request in a list."""

    request_id: int
    number: str
    plain_number: int
    patient_id: int
    patient_name: str
    asked_by: str
    state: AmendmentState
    says: str
    received_on: date
    due_on: date
    is_ended: bool
    clock_stands: bool
    """It was answered, or is over: the deadline is met or gone."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is told of what was accepted."""

    person_id: int
    name: str
    reach: str
    told_on: date | None


@dataclass(frozen=True, slots=True)
class About:
    """A document that it is about."""

    document_id: int
    title: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A request as its panel shows it."""

    line: AmendmentLine
    version: int
    relation: str
    arrival: Arrival
    what: str
    wanted: str
    reason: str
    letter_id: int | None
    documents: tuple[About, ...]
    is_extended: bool
    may_extend: bool
    last_day: date
    """The last day that an extension could name."""
    decided_on: date | None
    accepted: str
    grounds: tuple[DenialGround, ...]
    basis: str
    answered_on: date | None
    disagreement: str
    rebuttal: str
    rebuttal_sent: bool
    includes: bool
    people: tuple[Person, ...]
    history: tuple[Entry, ...]


_STATES: Final[Mapping[AmendmentState, str]] = {
    AmendmentState.ACCEPTED: "Accepted",
    AmendmentState.IN_PART: "Accepted in part",
    AmendmentState.DENIED: "Denied",
}


@query(permission="records.view")
def lines(work: Work, *, only_open: bool = True, patient_id: int | None = None) -> tuple[AmendmentLine, ...]:
    """Requests for amendment, those due first on top; two statements."""
    asked = (
        select(AmendmentRequest, Patient.legal_last, Patient.legal_first)
        .join(Patient, Patient.id == AmendmentRequest.patient_id)
        .order_by(AmendmentRequest.due_on, AmendmentRequest.number)
    )
    if only_open:
        asked = asked.where(AmendmentRequest.ended_at.is_(None))
    if patient_id is not None:
        asked = asked.where(AmendmentRequest.patient_id == patient_id)
    rows = work.session.execute(asked).all()
    all_events: dict[int, list[AmendmentEvent]] = {}
    events = select(AmendmentEvent).where(AmendmentEvent.request_id.in_([row.id for row, *_ in rows]))
    for event in work.session.scalars(events.order_by(AmendmentEvent.id)):
        all_events.setdefault(event.request_id, []).append(event)
    return tuple(
        _line(row, last_first(last, first), stands(all_events.get(row.id, []))) for row, last, first in rows
    )


@query(permission="records.view")
def amendment(work: Work, *, request_id: int) -> Amendment:
    """One request with its documents, people and history."""
    row = work.get(AmendmentRequest, request_id)
    work.concerns(row.patient_id)
    patient = work.get(Patient, row.patient_id)
    events = events_of(work, row.id)
    at = stands(events)
    first_due, last_day = _span(row)
    letters = [each for each in holding(events) if each.kind is AmendmentKind.LETTER_SENT]
    return Amendment(
        line=_line(row, last_first(patient.legal_last, patient.legal_first), at),
        version=row.version,
        relation=row.relation,
        arrival=row.arrival,
        what=row.what,
        wanted=row.wanted,
        reason=row.reason,
        letter_id=row.letter_id,
        documents=_documents(work, row.id),
        is_extended=row.is_extended,
        may_extend=row.state is AmendmentState.OPEN and not row.is_extended and work.today <= first_due,
        last_day=last_day,
        decided_on=_on(work, at.decision),
        accepted=at.decision.accepted if at.decision else "",
        grounds=at.decision.grounds if at.decision else (),
        basis=at.decision.note if at.decision else "",
        answered_on=_on(work, at.answer),
        disagreement=at.disagreement.note if at.disagreement else "",
        rebuttal=at.rebuttal.note if at.rebuttal else "",
        rebuttal_sent=at.rebuttal is not None and any(each.id > at.rebuttal.id for each in letters),
        includes=at.include is not None,
        people=tuple(
            Person(each.id, each.note, each.sent_to, _on(work, at.told.get(each.id))) for each in at.named
        ),
        history=_history(work, events),
    )


@query(permission="records.view")
def documents(work: Work, *, patient_id: int) -> tuple[About, ...]:
    """The filed documents of a chart that a request can be about, the newest first."""
    rows = work.session.execute(
        select(Document.id, Document.title, Document.document_on)
        .where(Document.patient_id == patient_id, Document.state == DocumentState.FILED)
        .order_by(Document.document_on.desc(), Document.id.desc())
    )
    return tuple(About(*row) for row in rows)


def statements_for(work: Work, document_ids: Sequence[int]) -> tuple[Statement, ...]:
    """What must go out with these documents, by document and request.

    Accepted: the amendment. Denied: the request, the denial, the statement and its rebuttal; without a
    statement the request and the denial only where the patient asked for it (164.526(d)(5)(ii)).
    """
    rows = work.session.execute(
        select(AmendmentDocument.document_id, AmendmentRequest)
        .join(AmendmentRequest, AmendmentRequest.id == AmendmentDocument.request_id)
        .where(
            AmendmentDocument.document_id.in_(document_ids),
            AmendmentRequest.state.in_(list(_STATES)),
        )
        .order_by(AmendmentDocument.document_id, AmendmentRequest.number)
    ).all()
    known: dict[int, Stands] = {}
    found: list[Statement] = []
    for document_id, row in rows:
        if row.id not in known:
            known[row.id] = stands(events_of(work, row.id))
        at, number = known[row.id], number_words(row.number)
        said: list[tuple[StatementKind, date, str, int | None]] = []
        decided_on = _on(work, at.decision) or row.received_on
        if at.decision is not None and at.decision.accepted:
            said.append((StatementKind.AMENDED, decided_on, at.decision.accepted, None))
        if row.state is not AmendmentState.ACCEPTED and (at.disagreement or at.include):
            asks = f"{row.what}\nIt should read: {row.wanted}"
            said.append((StatementKind.REQUEST, row.received_on, asks, row.letter_id))
            said.append((StatementKind.DENIAL, decided_on, at.decision.note if at.decision else "", None))
        if at.disagreement is not None:
            on = _on(work, at.disagreement) or decided_on
            said.append((StatementKind.DISAGREEMENT, on, at.disagreement.note, at.disagreement.document_id))
        if at.rebuttal is not None:
            said.append(
                (StatementKind.REBUTTAL, _on(work, at.rebuttal) or decided_on, at.rebuttal.note, None)
            )
        found += [
            Statement(document_id, row.id, number, kind, on, text, scan) for kind, on, text, scan in said
        ]
    return tuple(found)


@query(permission="records.view")
def statements(work: Work, *, document_ids: tuple[int, ...]) -> tuple[Statement, ...]:
    """What is linked to these documents, for who looks at them."""
    return statements_for(work, document_ids)


def _line(row: AmendmentRequest, patient: str, at: Stands) -> AmendmentLine:
    return AmendmentLine(
        request_id=row.id,
        number=number_words(row.number),
        plain_number=row.number,
        patient_id=row.patient_id,
        patient_name=patient,
        asked_by=row.asked_by,
        state=row.state,
        says=_says(row, at),
        received_on=row.received_on,
        due_on=row.due_on,
        is_ended=row.ended_at is not None,
        clock_stands=row.is_answered or row.state is AmendmentState.WITHDRAWN,
    )


def _says(row: AmendmentRequest, at: Stands) -> str:
    if row.state is AmendmentState.WITHDRAWN:
        return "Withdrawn"
    if row.state is AmendmentState.OPEN:
        return "To be decided, time extended" if row.is_extended else "To be decided"
    said = _STATES[row.state]
    if not row.is_answered:
        return f"{said}, letter to be sent"
    if at.untold:
        return f"{said}, {len(at.untold)} to be told"
    return f"{said}, statement on file" if at.disagreement is not None else said


def _span(row: AmendmentRequest) -> tuple[date, date]:
    first_due = row.received_on + timedelta(days=ANSWER_DAYS)
    return first_due, first_due + timedelta(days=EXTENSION_DAYS)


def _on(work: Work, event: AmendmentEvent | None) -> date | None:
    return work.wall(event.at).date() if event is not None else None


def _documents(work: Work, request_id: int) -> tuple[About, ...]:
    rows = work.session.execute(
        select(Document.id, Document.title, Document.document_on)
        .join(AmendmentDocument, AmendmentDocument.document_id == Document.id)
        .where(AmendmentDocument.request_id == request_id)
        .order_by(Document.document_on, Document.id)
    )
    return tuple(About(*row) for row in rows)


def _history(work: Work, events: Sequence[AmendmentEvent]) -> tuple[Entry, ...]:
    held = {event.id for event in holding(events)}
    return tuple(
        Entry(
            event_id=event.id,
            kind=event.kind,
            at=work.wall(event.at),
            way=event.way,
            words=_words(event),
            by=event.by,
            is_gone=event.id not in held,
            has_letter=bool(event.letter),
            can_go=event.id in held and event.kind is not AmendmentKind.PRINTED,
        )
        for event in events
        if event.kind is not AmendmentKind.TAKEN_BACK
    )


def _words(event: AmendmentEvent) -> str:
    until = us_date(event.until) if event.until else ""
    return {
        AmendmentKind.RECEIVED: "Request received",
        AmendmentKind.EXTENDED: f"Extended to {until}: {event.note}",
        AmendmentKind.ACCEPTED: "Accepted",
        AmendmentKind.IN_PART: "Accepted in part",
        AmendmentKind.DENIED: "Denied",
        AmendmentKind.LETTER_SENT: f"Letter sent: {event.note}",
        AmendmentKind.PERSON_NAMED: f"To be told: {event.note}",
        AmendmentKind.TOLD: f"Told: {event.note}",
        AmendmentKind.DISAGREED: "Statement of disagreement came",
        AmendmentKind.REBUTTED: "Rebuttal written",
        AmendmentKind.INCLUDE_ASKED: "Request and denial go out with the record",
        AmendmentKind.WITHDRAWN: f"Withdrawn: {event.note}",
        AmendmentKind.PRINTED: "Letter printed or saved",
    }[event.kind]
