"""Requests for copies as they come in: written down with number and deadline, and written anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Category, Document
from frontdesk.models.records.release import (
    LONGEST,
    ReleaseRequest,
    ReleaseScopeDocument,
    ReleaseScopeProvider,
    ReleaseState,
)
from frontdesk.models.records.release import Basis as Basis
from frontdesk.models.records.release import CameBy as CameBy
from frontdesk.models.records.release import CopyForm as CopyForm
from frontdesk.models.records.release import Delivery as Delivery
from frontdesk.models.records.release import Requester as Requester
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import release_endings, release_rules
from frontdesk.services.records.release_log import ReleaseEventKind, log
from frontdesk.services.records.release_steps import OPEN, open_request, settle
from frontdesk.services.records.release_words import CAME_BY
from frontdesk.services.records.request_row import SERIES, number_words
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_release_request_number", "Another desk has just taken this number. Save once more.")


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """A request as it is written down."""

    patient_id: int
    requester: Requester
    basis: Basis
    requester_name: str
    came_by: CameBy
    received_on: date
    copy_form: CopyForm
    delivery: Delivery
    attention: str = ""
    requester_phone: str = ""
    requester_fax: str = ""
    requester_email: str = ""
    requester_address: str = ""
    their_reference: str = ""
    contact_id: int | None = None
    came_pages: int | None = None
    letter_document_id: int | None = None
    purpose: str = ""
    covers_from: date | None = None
    covers_until: date | None = None
    covers_words: str = ""
    categories: tuple[Category, ...] = ()
    provider_ids: tuple[int, ...] = ()
    document_ids: tuple[int, ...] = ()
    deliver_to: str = ""
    wanted_by: date | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """Another request of the same patient by the same sender."""

    request_id: int
    number: str
    received_on: date
    is_open: bool


_COLUMNS = tuple(
    name for name in ReleaseDraft.__dataclass_fields__ if name not in ("provider_ids", "document_ids")
)


@query(permission="records.view")
def draft_of(work: Work, *, request_id: int) -> ReleaseDraft:
    """What was written down about a request."""
    return _draft(work, work.get(ReleaseRequest, request_id))


@query(permission="records.view")
def alike(
    work: Work, *, patient_id: int, requester_name: str, received_on: date, but: int | None = None
) -> tuple[Alike, ...]:
    """Requests by the same sender for the same chart, open or received within sixty days; newest first."""
    rows = work.session.scalars(
        select(ReleaseRequest)
        .where(ReleaseRequest.patient_id == patient_id)
        .order_by(ReleaseRequest.received_on.desc(), ReleaseRequest.id)
    )
    return tuple(
        Alike(row.id, number_words(row.number), row.received_on, row.state in OPEN)
        for row in rows
        if row.id != but
        and row.state is not ReleaseState.WITHDRAWN
        and fold(row.requester_name) == fold(requester_name)
        and (row.state in OPEN or abs((received_on - row.received_on).days) <= 60)
    )


def _written_by_mistake(done: Performed) -> Undo:
    return Undo(release_endings.withdraw, request_id=done.result, reason="Written down by mistake")


@command("Write down request for records", permission="records.release", undo=_written_by_mistake)
def write_down(work: Work, *, draft: ReleaseDraft, again: bool = False) -> int:
    """A new request with its number and its deadline; `again` where another of the same sender stands."""
    findings = list(_problems(work, draft))
    if not again and draft.requester_name.strip():
        before = alike(
            work,
            patient_id=draft.patient_id,
            requester_name=draft.requester_name,
            received_on=draft.received_on,
        )
        if before:
            first = before[0]
            findings.append(
                Finding(
                    f"{first.number} of {us_date(first.received_on)} is by the same sender for this chart. "
                    "Look at it, or write this one down all the same.",
                    "requester_name",
                    overridable=True,
                )
            )
    refuse_if_any(findings)
    row = ReleaseRequest(
        number=work.next_number(SERIES),
        state=ReleaseState.NEW,
        pages_found=0,
        pages_chosen=0,
        review_round=0,
        has_guarded=False,
        owner="",
        prepared_by="",
        extension_reason="",
        recorded_at=work.now,
        recorded_by_id=work.actor.user_id,
    )
    _fill(row, draft)
    row.due_on = release_rules.due(
        release_rules.rule_of(work, draft.basis), draft.received_on, draft.wanted_by
    )
    work.add(row)
    work.flush()
    _write_scope(work, row, draft)
    pages = f", {row.came_pages} pages" if row.came_pages and row.came_pages > 1 else ""
    words = f"Request came {CAME_BY[row.came_by]}{pages}"
    log(work, row, ReleaseEventKind.CAME, words, on=row.received_on, document_id=row.letter_document_id)
    return row.id


def _changed_back(done: Performed) -> Undo:
    return Undo(change, request_id=done.arguments["request_id"], draft=done.result)


@command("Change request for records", permission="records.release", undo=_changed_back)
def change(work: Work, *, request_id: int, draft: ReleaseDraft, version: int | None = None) -> ReleaseDraft:
    """Write a request down anew. Gives back what it said; a new ground or date moves its deadline."""
    row = open_request(work, request_id, version)
    findings = list(_problems(work, draft))
    if draft.patient_id != row.patient_id:
        findings.append(
            Finding("A request stays with its patient. Withdraw it and write down another.", "patient_id")
        )
    refuse_if_any(findings)
    before = _draft(work, row)
    if draft == before:
        return before
    clock = release_rules.rule_of(work, draft.basis)
    if (draft.basis, draft.received_on, draft.wanted_by) != (
        before.basis,
        before.received_on,
        before.wanted_by,
    ):
        due_on = release_rules.due(clock, draft.received_on, draft.wanted_by)
        if row.extended_on is None:
            row.due_on = due_on
        else:
            row.first_due_on, row.due_on = due_on, max(row.due_on, due_on)
    _fill(row, draft)
    _write_scope(work, row, draft)
    log(work, row, ReleaseEventKind.CHANGED, f"Changed: {_differs(before, draft)}")
    settle(work, row)
    return before


def _problems(work: Work, draft: ReleaseDraft) -> Iterator[Finding]:
    patient = work.get(Patient, draft.patient_id)
    work.concerns(draft.patient_id)
    if patient.status is PatientStatus.MERGED:
        yield Finding("This chart was merged into another. Choose that one.", "patient_id")
    if patient.status is PatientStatus.DECEASED and draft.requester is Requester.PATIENT:
        yield Finding(
            "The patient is recorded as deceased. Only a personal representative may ask.",
            "requester",
        )
    if not draft.requester_name.strip():
        yield Finding("Enter who asks for the copies.", "requester_name")
    if draft.received_on > work.today:
        yield Finding("A request cannot have come in after today. Look at the date.", "received_on")
    if draft.covers_from and draft.covers_until and draft.covers_until < draft.covers_from:
        yield Finding("The last day that is asked for is before the first.", "covers_until")
    if draft.wanted_by is not None and draft.wanted_by < draft.received_on:
        yield Finding("The day by which it is wanted is before it came in.", "wanted_by")
    if draft.came_pages is not None and draft.came_pages < 1:
        yield Finding("A request has one page or more.", "came_pages")
    for name in ("purpose", "covers_words"):
        if len(getattr(draft, name).strip()) > LONGEST:
            yield Finding(f"This is longer than {LONGEST} characters. Say it shorter.", name)
    yield from _of_the_ground(draft)
    yield from _of_the_delivery(draft)
    yield from _of_the_people(work, draft)


def _of_the_ground(draft: ReleaseDraft) -> Iterator[Finding]:
    by_patient = (Requester.PATIENT, Requester.REPRESENTATIVE)
    if draft.basis is Basis.ACCESS and draft.requester not in by_patient:
        yield Finding(
            "Only the patient, or who acts for the patient, has a right of access. Choose another ground.",
            "basis",
        )
    if draft.basis is Basis.TREATMENT and draft.requester is not Requester.PROVIDER:
        yield Finding("Copies for treatment go to another provider. Choose another ground.", "basis")
    in_court = (Requester.COURT, Requester.ATTORNEY, Requester.GOVERNMENT)
    if draft.basis in (Basis.COURT_ORDER, Basis.SUBPOENA) and draft.requester not in in_court:
        yield Finding("An order or a subpoena comes from a court, an attorney or an office.", "basis")
    if draft.basis is not Basis.ACCESS and not draft.purpose.strip():
        yield Finding("Enter what the copies are for.", "purpose")


def _of_the_delivery(draft: ReleaseDraft) -> Iterator[Finding]:
    own = {
        Delivery.MAIL: (draft.requester_address, "the address"),
        Delivery.FAX: (draft.requester_fax, "the fax number"),
        Delivery.EMAIL: (draft.requester_email, "the e-mail address"),
        Delivery.SECURE_EMAIL: (draft.requester_email, "the e-mail address"),
    }
    if draft.copy_form is not CopyForm.INSPECT and draft.delivery in own:
        kept, what = own[draft.delivery]
        if not kept.strip() and not draft.deliver_to.strip():
            yield Finding(f"Enter {what} to which the copies go.", "deliver_to")
    if draft.delivery in (Delivery.EMAIL, Delivery.SECURE_EMAIL) and draft.copy_form is CopyForm.PAPER:
        yield Finding("A paper copy cannot go by e-mail. Choose the other form, or another way.", "delivery")


def _of_the_people(work: Work, draft: ReleaseDraft) -> Iterator[Finding]:
    if draft.contact_id is not None:
        contact = work.get(PatientContact, draft.contact_id)
        if contact.patient_id != draft.patient_id or contact.ended_on is not None:
            yield Finding("This person is not on file with the patient. Choose another.", "contact_id")
        elif not contact.is_guardian:
            yield Finding(
                f"{contact.name} is on file without the right to act for the patient. "
                "Enter the authority in registration first.",
                "contact_id",
            )
    for provider_id in draft.provider_ids:
        work.get(Provider, provider_id)
    for document_id in (*draft.document_ids, *filter(None, (draft.letter_document_id,))):
        if work.get(Document, document_id).patient_id not in (None, draft.patient_id):
            yield Finding("A document that was named lies in another patient's chart.", "document_ids")


def _fill(row: ReleaseRequest, draft: ReleaseDraft) -> None:
    for name in _COLUMNS:
        value = getattr(draft, name)
        setattr(row, name, value.strip() if type(value) is str else value)


def _write_scope(work: Work, row: ReleaseRequest, draft: ReleaseDraft) -> None:
    for model in (ReleaseScopeProvider, ReleaseScopeDocument):
        for named in work.session.scalars(
            select(model).where(model.request_id == row.id).order_by(model.id)
        ).all():
            work.session.delete(named)
    work.flush()
    for provider_id in dict.fromkeys(draft.provider_ids):
        work.add(ReleaseScopeProvider(request_id=row.id, provider_id=provider_id))
    for document_id in dict.fromkeys(draft.document_ids):
        work.add(ReleaseScopeDocument(request_id=row.id, document_id=document_id))


def _draft(work: Work, row: ReleaseRequest) -> ReleaseDraft:
    providers = work.session.scalars(
        select(ReleaseScopeProvider.provider_id)
        .where(ReleaseScopeProvider.request_id == row.id)
        .order_by(ReleaseScopeProvider.id)
    )
    documents = work.session.scalars(
        select(ReleaseScopeDocument.document_id)
        .where(ReleaseScopeDocument.request_id == row.id)
        .order_by(ReleaseScopeDocument.id)
    )
    kept = {name: getattr(row, name) for name in _COLUMNS}
    return ReleaseDraft(**kept, provider_ids=tuple(providers), document_ids=tuple(documents))


_SAID = {
    "requester": "who asks",
    "requester_name": "who asks",
    "basis": "the ground",
    "received_on": "the day it came",
    "purpose": "the purpose",
    "covers_from": "the dates asked for",
    "covers_until": "the dates asked for",
    "covers_words": "what is asked for",
    "categories": "what is asked for",
    "provider_ids": "what is asked for",
    "document_ids": "what is asked for",
    "copy_form": "the form of the copy",
    "delivery": "the delivery",
    "deliver_to": "the delivery",
    "wanted_by": "the day it is wanted by",
}


def _differs(before: ReleaseDraft, after: ReleaseDraft) -> str:
    names = [
        name for name in ReleaseDraft.__dataclass_fields__ if getattr(before, name) != getattr(after, name)
    ]
    return ", ".join(dict.fromkeys(_SAID.get(name, "how to reach the sender") for name in names))
