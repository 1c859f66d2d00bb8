"""Requests to others as they are shown: in the list of requests, in a chart, and whole with their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import fold, us_date, us_phone
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.amendment import AmendmentKind
from frontdesk.models.records.consent import Answer, Consent
from frontdesk.models.records.document import Category, Document, DocumentState
from frontdesk.models.records.outbound import (
    Basis,
    OutboundEvent,
    OutboundItem,
    OutboundKind,
    OutboundRequest,
    OutboundState,
    PartState,
    Way,
)
from frontdesk.models.records.outside import OutsideOffice
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.prepared import among
from frontdesk.services.records import outside
from frontdesk.services.records.happened import holding
from frontdesk.services.records.outbound_state import OPEN, covers_said, items_of
from frontdesk.services.records.outside import OfficeView
from frontdesk.services.records.request_row import number_words
from frontdesk.services.work import Work

CANDIDATES = 40
_WAYS = {Way.FAX: "by fax", Way.MAIL: "by mail", Way.EMAIL: "by secure e-mail", Way.HAND: "by hand"}


@dataclass(frozen=True, slots=True)
class OutboundLine:
    """A request in a list."""

    request_id: int
    number: str
    plain_number: int
    patient_id: int
    patient_name: str
    office: str
    state: OutboundState
    says: str
    """ "Waiting: sputum culture"."""
    needed_on: date
    chase_on: date | None
    is_chase_due: bool
    asked_on: date
    waits_for: tuple[str, ...]
    visit_id: int | None
    """The visit for which it is needed."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was asked for."""

    item_id: int
    version: int
    what: str
    state: PartState
    document_id: int | None
    document_title: str
    is_here: bool
    """False where the document left this chart since."""
    event_id: int | None
    """The entry that ticked it."""
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history, the office's wall time."""

    event_id: int
    kind: OutboundKind | AmendmentKind
    at: datetime
    way: Way | None
    words: str
    by: str
    is_gone: bool
    """It was taken back."""
    has_letter: bool
    can_go: bool
    """Whether it can be taken back."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """A request as its panel shows it."""

    line: OutboundLine
    version: int
    office: OfficeView
    provider: str
    basis: Basis
    is_guarded: bool
    covers: str
    note: str
    sent_on: date | None
    parts: tuple[Part, ...]
    history: tuple[Entry, ...]

    @property
    def is_open(self) -> bool:
        return self.line.state in OPEN


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be what was asked for; `is_likely`: it says that it comes from there."""

    document_id: int
    title: str
    source: str
    on: date
    is_filed: bool
    has_chart: bool
    is_likely: bool


@dataclass(frozen=True, slots=True)
class AuthorizationChoice:
    """A signed form, on the screen or as a document; one id is set."""

    consent_id: int | None
    document_id: int | None
    words: str


@query(permission="records.view")
def lines(work: Work, *, only_open: bool = True, patient_id: int | None = None) -> tuple[OutboundLine, ...]:
    """Requests to others, those needed first on top; a constant number of statements."""
    asked = (
        select(OutboundRequest, Patient.legal_last, Patient.legal_first, OutsideOffice)
        .join(Patient, Patient.id == OutboundRequest.patient_id)
        .join(OutsideOffice, OutsideOffice.id == OutboundRequest.office_id)
        .order_by(OutboundRequest.needed_on, OutboundRequest.number)
    )
    if only_open:
        asked = asked.where(OutboundRequest.state.in_(OPEN))
    else:
        asked = asked.where(OutboundRequest.state != OutboundState.WITHDRAWN)
    if patient_id is not None:
        asked = asked.where(OutboundRequest.patient_id == patient_id)
    rows = work.session.execute(asked).all()
    items = items_of(work, [request.id for request, *_ in rows])
    return tuple(
        _line(work, request, last_first(last, first), outside.view_of(office), items.get(request.id, []))
        for request, last, first, office in rows
    )


@query(permission="records.view")
def request(work: Work, *, request_id: int) -> Outbound:
    """One request with its parts and its history."""
    row = work.get(OutboundRequest, request_id)
    work.concerns(row.patient_id)
    patient = work.get(Patient, row.patient_id)
    office = outside.view_of(work.get(OutsideOffice, row.office_id))
    items = items_of(work, (row.id,)).get(row.id, [])
    events = work.session.scalars(
        select(OutboundEvent).where(OutboundEvent.request_id == row.id).order_by(OutboundEvent.id)
    ).all()
    held = {event.id for event in holding(events)}
    provider = work.session.get(Provider, row.provider_id) if row.provider_id else None
    return Outbound(
        line=_line(work, row, last_first(patient.legal_last, patient.legal_first), office, items),
        version=row.version,
        office=office,
        provider=provider.short_name if provider else "",
        basis=row.basis,
        is_guarded=row.is_guarded,
        covers=covers_said(row),
        note=row.note,
        sent_on=work.wall(row.sent_at).date() if row.sent_at else None,
        parts=_parts(work, row.patient_id, items, [event for event in events if event.id in held]),
        history=_history(work, events, held, {item.id: item.what for item in items}),
    )


@query(permission="records.view")
def candidates(work: Work, *, request_id: int) -> tuple[Candidate, ...]:
    """Documents that came since the request, of this patient or of nobody yet; the likely ones first."""
    row = work.get(OutboundRequest, request_id)
    office = fold(work.get(OutsideOffice, row.office_id).name)
    taken = select(OutboundItem.document_id).where(
        OutboundItem.request_id == request_id, OutboundItem.document_id.is_not(None)
    )
    found = work.session.scalars(
        select(Document)
        .where(
            or_(
                Document.patient_id == row.patient_id,
                (Document.patient_id.is_(None)) & (Document.state == DocumentState.TO_FILE),
            ),
            Document.state != DocumentState.WITHDRAWN,
            Document.received_at >= row.asked_at,
            Document.id.not_in(taken),
        )
        .order_by(Document.received_at.desc(), Document.id.desc())
        .limit(CANDIDATES)
    )
    lines_ = [
        Candidate(
            document_id=document.id,
            title=document.title or document.arrived_as or "Without a title",
            source=document.source,
            on=document.document_on or work.wall(document.received_at).date(),
            is_filed=document.state is DocumentState.FILED,
            has_chart=document.patient_id is not None,
            is_likely=bool(office) and office in fold(f"{document.source} {document.title}"),
        )
        for document in found
    ]
    return tuple(sorted(lines_, key=lambda each: (not each.is_likely, not each.has_chart)))


@query(permission="records.view")
def authorizations(work: Work, *, patient_id: int) -> tuple[AuthorizationChoice, ...]:
    """What the patient signed and may be shown to another office: newest first."""
    revoked = select(Consent.revokes_id).where(
        Consent.revokes_id.is_not(None), Consent.counts_from <= work.today
    )
    signed = work.session.execute(
        select(Consent.id, Consent.title, Consent.answered_on)
        .where(
            Consent.patient_id == patient_id,
            Consent.answer == Answer.SIGNED,
            or_(Consent.expires_on.is_(None), Consent.expires_on >= work.today),
            Consent.id.not_in(revoked),
        )
        .order_by(Consent.answered_on.desc(), Consent.id.desc())
    )
    filed = work.session.execute(
        select(Document.id, Document.title, Document.document_on)
        .where(
            Document.patient_id == patient_id,
            Document.state == DocumentState.FILED,
            Document.category == Category.CONSENT,
        )
        .order_by(Document.document_on.desc(), Document.id.desc())
    )
    return (
        *(AuthorizationChoice(id_, None, f"{title}, {us_date(on)}") for id_, title, on in signed),
        *(
            AuthorizationChoice(None, id_, f"{title}, {us_date(on)}" if on else title)
            for id_, title, on in filed
        ),
    )


_OPEN_OF: Final = (
    select(OutboundRequest, OutsideOffice)
    .join(OutsideOffice, OutsideOffice.id == OutboundRequest.office_id)
    .where(among(OutboundRequest.patient_id, "patient_ids"), OutboundRequest.state.in_(OPEN))
    .order_by(OutboundRequest.needed_on, OutboundRequest.number)
)


def open_of(work: Work, patient_ids: Sequence[int]) -> dict[int, list[OutboundLine]]:
    """What these patients' charts still wait for, those needed first on top; two statements."""
    rows = work.session.execute(_OPEN_OF, {"patient_ids": patient_ids}).all()
    if not rows:
        return {}
    items = items_of(work, [row.id for row, _ in rows])
    found: dict[int, list[OutboundLine]] = {}
    for row, office in rows:
        line = _line(work, row, "", outside.view_of(office), items.get(row.id, []))
        found.setdefault(row.patient_id, []).append(line)
    return found


def _line(
    work: Work, row: OutboundRequest, patient: str, office: OfficeView, items: Sequence[OutboundItem]
) -> OutboundLine:
    waits = tuple(item.what for item in items if item.state is PartState.WAITING)
    is_due = row.chase_on is not None and row.chase_on <= work.today
    return OutboundLine(
        request_id=row.id,
        number=number_words(row.number),
        plain_number=row.number,
        patient_id=row.patient_id,
        patient_name=patient,
        office=office.draft.name,
        state=row.state,
        says=_says(row.state, waits, len(items), is_chase_due=is_due),
        needed_on=row.needed_on,
        chase_on=row.chase_on,
        is_chase_due=is_due,
        asked_on=work.wall(row.asked_at).date(),
        waits_for=waits,
        visit_id=row.visit_id,
    )


def _says(state: OutboundState, waits: Sequence[str], asked: int, *, is_chase_due: bool) -> str:
    if state is OutboundState.TO_SEND:
        return "To be sent"
    if state is OutboundState.RECEIVED:
        return "All here"
    if state is OutboundState.GIVEN_UP:
        return f"Given up, {asked - len(waits)} of {asked} came"
    if state is OutboundState.WITHDRAWN:
        return "Taken back"
    what = waits[0][:1].lower() + waits[0][1:] if waits and not waits[0][:2].isupper() else waits[0]
    more = f" and {len(waits) - 1} more" if len(waits) > 1 else ""
    return f"{'Call now' if is_chase_due else 'Waiting'}: {what}{more}"


def _parts(
    work: Work, patient_id: int, items: Sequence[OutboundItem], held: Sequence[OutboundEvent]
) -> tuple[Part, ...]:
    ticked = {event.item_id: event for event in held if event.item_id is not None}
    wanted = [item.document_id for item in items if item.document_id is not None]
    documents = {
        document.id: document
        for document in work.session.scalars(select(Document).where(Document.id.in_(wanted)))
    }
    titles = {id_: document.title or document.arrived_as for id_, document in documents.items()}
    here = {
        id_
        for id_, document in documents.items()
        if document.patient_id == patient_id and document.state is not DocumentState.WITHDRAWN
    }
    return tuple(
        Part(
            item_id=item.id,
            version=item.version,
            what=item.what,
            state=item.state,
            document_id=item.document_id,
            document_title=titles.get(item.document_id, "") if item.document_id else "",
            is_here=item.document_id is None or item.document_id in here,
            event_id=ticked[item.id].id if item.id in ticked else None,
            note=ticked[item.id].note if item.id in ticked else "",
        )
        for item in items
    )


def _history(
    work: Work, events: Sequence[OutboundEvent], held: set[int], items: dict[int, str]
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            event_id=event.id,
            kind=event.kind,
            at=work.wall(event.at),
            way=event.way,
            words=_words(event, items),
            by=event.by,
            is_gone=event.id not in held,
            has_letter=bool(event.letter),
            can_go=event.id in held and event.kind is not OutboundKind.PRINTED,
        )
        for event in events
        if event.kind is not OutboundKind.TAKEN_BACK
    )


def _words(event: OutboundEvent, items: dict[int, str]) -> str:
    what = items.get(event.item_id or 0, "")
    match event.kind:
        case OutboundKind.ASKED:
            return (
                f"Request written, needed by {us_date(event.needed_on)}"
                if event.needed_on
                else "Request written"
            )
        case OutboundKind.DATES:
            needed = us_date(event.needed_on) if event.needed_on else ""
            call = f", call on {us_date(event.chase_on)}" if event.chase_on else ""
            return f"Needed by {needed}{call}"
        case OutboundKind.PRINTED:
            return "Letter printed or saved"
        case OutboundKind.SENT:
            to = us_phone(event.sent_to) if event.way is Way.FAX else event.sent_to
            how = _WAYS[event.way] if event.way else ""
            return f"Sent {how}{f' to {to}' if to else ''}"
        case OutboundKind.CALLED:
            return ": ".join(filter(None, (f"Called, {event.answered_by}", event.note)))
        case OutboundKind.CAME:
            return f"{what} came" if event.document_id else f"{what}: {event.note}"
        case OutboundKind.NONE_THERE:
            return f"{what}: none there, {event.note}"
        case OutboundKind.GIVEN_UP:
            return f"Given up: {event.note}"
        case _:
            return ""
