"""The pages that go with a request: offered by what was asked for, chosen one by one, no page too many."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.kernel.page_ranges import read_pages, written_pages
from frontdesk.kernel.text import us_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Category, Document, DocumentState, Sensitivity
from frontdesk.models.records.release import (
    LONGEST,
    ReleaseRequest,
    ReleaseScopeDocument,
    ReleaseScopeProvider,
)
from frontdesk.models.records.release_packet import ReleasePages
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import release_gates, release_steps
from frontdesk.services.records.page_counts import pages_of
from frontdesk.services.records.release_words import CATEGORIES
from frontdesk.services.records.request_row import number_words
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_release_pages_request_id_document_id", "Another desk has just chosen pages of this document.")
says("ck_release_pages_reason", "The reason is too long. Say it in a sentence.", field="reason")


@dataclass(frozen=True, slots=True)
class Offered:
    """A document of the chart, as it stands to a request."""

    document_id: int
    title: str
    source: str
    category: Category
    on: date
    pages: int
    chosen: tuple[int, ...]
    is_decided: bool
    """Whether somebody chose its pages, or left it out."""
    outside: str
    """Why it is not among what was asked for; empty: it is."""
    reason: str
    """Why it goes all the same."""
    lock: str
    """Why it must stay; empty: it may go."""
    is_guarded: bool

    @property
    def written(self) -> str | None:
        """The choice as `choose` wants to know it was seen."""
        return written_pages(self.chosen) if self.is_decided else None


@dataclass(frozen=True, slots=True)
class Choice:
    """The whole choice of a request."""

    request_id: int
    number: str
    patient_id: int
    patient: str
    chart_number: str
    is_open: bool
    documents: tuple[Offered, ...]
    """What was asked for first, then the rest of the chart, each by date, newest first."""
    pages_found: int
    pages_chosen: int
    decided: int
    to_decide: int
    """How many documents fit what was asked for, and of how many somebody decided."""
    locked: int
    """Those that fit and must stay; 0 for who may not know of them."""

    @property
    def document_ids(self) -> tuple[int, ...]:
        """Those of which pages go."""
        return tuple(each.document_id for each in self.documents if each.chosen)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A changed choice, and what it was before: None where nobody had decided."""

    request_id: int
    document_id: int
    now: str | None
    before: str | None
    before_reason: str


def _chosen_before(done: Performed) -> Undo:
    return Undo(
        put_back,
        request_id=done.result.request_id,
        document_id=done.result.document_id,
        pages=done.result.before,
        reason=done.result.before_reason,
        instead_of=done.result.now,
    )


def _proposed_back(done: Performed) -> Undo | None:
    if not done.result:
        return None
    return Undo(take_back_proposal, request_id=done.arguments["request_id"], document_ids=done.result)


def _proposed_again(done: Performed) -> Undo:
    return Undo(propose, request_id=done.arguments["request_id"])


@query(permission="records.view")
def choice(work: Work, *, request_id: int) -> Choice:
    """What may go with a request, and what was chosen so far; a constant number of statements."""
    row = work.get(ReleaseRequest, request_id)
    patient = work.get(Patient, row.patient_id)
    documents = offered(work, row)
    asked = [each for each in documents if not each.outside and not each.lock]
    return Choice(
        request_id=row.id,
        number=number_words(row.number),
        patient_id=row.patient_id,
        patient=first_last(patient.legal_first, patient.legal_last),
        chart_number=patient.chart_number,
        is_open=row.state in release_steps.OPEN,
        documents=documents,
        pages_found=_found(documents),
        pages_chosen=sum(len(each.chosen) for each in documents),
        decided=sum(each.is_decided for each in asked),
        to_decide=len(asked),
        locked=sum(bool(each.lock) and not each.outside for each in documents),
    )


@command("Choose pages for release", permission="records.release", undo=_chosen_before)
def choose(
    work: Work, *, request_id: int, document_id: int, pages: str, instead_of: str | None, reason: str = ""
) -> Chosen:
    """Pages of one document, "1-3,7"; none: it is left out. `instead_of` is the choice that was seen."""
    row = release_steps.open_request(work, request_id)
    document = _of_chart(work, row, document_id)
    of = pages_of(work, document)
    try:
        wanted = read_pages(pages, of)
    except ValueError:
        raise Refused(
            Finding(f"These are no pages of a document with {of}. Write them as 1-3,7.", "pages")
        ) from None
    findings = []
    if wanted:
        findings += [
            gate.finding for gate in release_gates.check(work, request_id=row.id, document_ids=(document_id,))
        ]
        if _outside(work, row, document) and not reason.strip():
            findings.append(
                Finding("This is outside of what was asked for. Write why it goes all the same.", "reason")
            )
    refuse_if_any(findings)
    return _write(work, row, document, written_pages(wanted), reason.strip(), instead_of)


@command("Put choice of pages back", permission="records.release", undo=_chosen_before)
def put_back(
    work: Work,
    *,
    request_id: int,
    document_id: int,
    pages: str | None,
    reason: str,
    instead_of: str | None,
) -> Chosen:
    """The choice of before; None: nobody has decided."""
    row = release_steps.open_request(work, request_id)
    return _write(work, row, _of_chart(work, row, document_id), pages, reason, instead_of)


@command("Choose all that was asked for", permission="records.release", undo=_proposed_back)
def propose(work: Work, *, request_id: int) -> tuple[int, ...]:
    """All pages of what fits the request, may go, and was not decided yet; the documents."""
    row = release_steps.open_request(work, request_id)
    fitting = [
        each
        for each in offered(work, row)
        if not each.outside and not each.lock and not each.is_decided and each.pages
    ]
    if not fitting:
        raise Refused(Finding("Nothing is left to choose of what was asked for. Look at each document."))
    for each in fitting:
        _add(work, row.id, each.document_id, written_pages(range(1, each.pages + 1)), "")
    _count(work, row)
    return tuple(each.document_id for each in fitting)


@command("Take back what was proposed", permission="records.release", undo=_proposed_again)
def take_back_proposal(work: Work, *, request_id: int, document_ids: tuple[int, ...]) -> None:
    """These documents are undecided again."""
    row = release_steps.open_request(work, request_id)
    for kept in work.session.scalars(
        select(ReleasePages)
        .where(ReleasePages.request_id == request_id, ReleasePages.document_id.in_(document_ids))
        .order_by(ReleasePages.id)
    ):
        work.session.delete(kept)
    _count(work, row)


def offered(work: Work, row: ReleaseRequest, *, all_of_them: bool = False) -> tuple[Offered, ...]:
    """The filed documents of the chart; guarded ones only for who may see them, or to count and check."""
    documents = list(
        work.session.scalars(
            select(Document)
            .where(Document.patient_id == row.patient_id, Document.state == DocumentState.FILED)
            .order_by(Document.document_on.desc(), Document.id.desc())
        )
    )
    if not all_of_them and not work.actor.may("records.view_sensitive"):
        documents = [each for each in documents if each.sensitivity is Sensitivity.ORDINARY]
    kept = {
        each.document_id: each
        for each in work.session.scalars(select(ReleasePages).where(ReleasePages.request_id == row.id))
    }
    ids = tuple(each.id for each in documents)
    locks = {
        gate.document_id: gate.finding.message
        for gate in release_gates.check(work, request_id=row.id, document_ids=ids)
    }
    scope = _scope(work, row)
    found = [_offer(work, row, scope, document, kept.get(document.id), locks) for document in documents]
    return tuple(sorted(found, key=lambda each: bool(each.outside)))


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is named in a request beside dates and parts."""

    document_ids: frozenset[int]
    providers: tuple[str, ...]


def _scope(work: Work, row: ReleaseRequest) -> _Scope:
    documents = work.session.scalars(
        select(ReleaseScopeDocument.document_id).where(ReleaseScopeDocument.request_id == row.id)
    )
    providers = work.session.scalars(
        select(Provider.short_name)
        .join(ReleaseScopeProvider, ReleaseScopeProvider.provider_id == Provider.id)
        .where(ReleaseScopeProvider.request_id == row.id)
        .order_by(Provider.short_name)
    )
    return _Scope(frozenset(documents), tuple(providers))


def _outside(work: Work, row: ReleaseRequest, document: Document) -> str:
    return _why_outside(row, _scope(work, row), document)


def _why_outside(row: ReleaseRequest, scope: _Scope, document: Document) -> str:
    assert document.document_on is not None, "the database keeps it so for what is filed"
    assert document.category is not None
    if document.id in scope.document_ids:
        return ""
    is_named = not (row.covers_from or row.covers_until or row.categories or scope.providers)
    if scope.document_ids and is_named:
        return "Not among the documents that were named"
    if row.covers_from is not None and document.document_on < row.covers_from:
        return f"Before {us_date(row.covers_from)}"
    if row.covers_until is not None and document.document_on > row.covers_until:
        return f"After {us_date(row.covers_until)}"
    if row.categories and document.category not in row.categories:
        return f"Not asked for: {CATEGORIES[document.category]}"
    if scope.providers and not any(name in document.source for name in scope.providers):
        return f"Not from {' or '.join(scope.providers)}"
    return ""


def _offer(
    work: Work,
    row: ReleaseRequest,
    scope: _Scope,
    document: Document,
    kept: ReleasePages | None,
    locks: dict[int, str],
) -> Offered:
    assert document.document_on is not None
    assert document.category is not None
    pages = pages_of(work, document)
    return Offered(
        document_id=document.id,
        title=document.title,
        source=document.source,
        category=document.category,
        on=document.document_on,
        pages=pages,
        chosen=tuple(page for page in read_pages(kept.pages, 1_000_000) if page <= pages) if kept else (),
        is_decided=kept is not None,
        outside=_why_outside(row, scope, document),
        reason=kept.reason if kept else "",
        lock=locks.get(document.id, ""),
        is_guarded=document.sensitivity is not Sensitivity.ORDINARY,
    )


def _of_chart(work: Work, row: ReleaseRequest, document_id: int) -> Document:
    document = work.get(Document, document_id)
    if document.patient_id != row.patient_id or document.state is not DocumentState.FILED:
        raise Refused(Finding("This document is no longer filed in this chart. Nothing was chosen."))
    if document.sensitivity is not Sensitivity.ORDINARY:
        work.require("records.view_sensitive")
    return document


def _write(
    work: Work,
    row: ReleaseRequest,
    document: Document,
    pages: str | None,
    reason: str,
    instead_of: str | None,
) -> Chosen:
    if len(reason) > LONGEST:
        raise Refused(Finding("The reason is too long. Say it in a sentence.", "reason"))
    kept = work.session.scalar(
        select(ReleasePages).where(ReleasePages.request_id == row.id, ReleasePages.document_id == document.id)
    )
    before = kept.pages if kept is not None else None
    if before != instead_of:
        raise Conflict(
            "Another desk chose pages of this document while you had it open. "
            "Nothing of yours was saved. Look at what is chosen now."
        )
    before_reason = kept.reason if kept is not None else ""
    if kept is None and pages is not None:
        _add(work, row.id, document.id, pages, reason)
    elif kept is not None and pages is None:
        work.session.delete(kept)
    elif kept is not None and pages is not None:
        kept.pages, kept.reason = pages, reason if pages else ""
        kept.chosen_at, kept.chosen_by_id = work.now, work.actor.user_id
    _count(work, row)
    return Chosen(row.id, document.id, pages, before, before_reason)


def _add(work: Work, request_id: int, document_id: int, pages: str, reason: str) -> None:
    work.add(
        ReleasePages(
            request_id=request_id,
            document_id=document_id,
            pages=pages,
            reason=reason if pages else "",
            chosen_at=work.now,
            chosen_by_id=work.actor.user_id,
        )
    )


def _count(work: Work, row: ReleaseRequest) -> None:
    """Tell the request how far its pages are; what a second reader had agreed to lapses."""
    work.flush()
    documents = offered(work, row, all_of_them=True)
    release_steps.collected(
        work,
        row,
        chosen=sum(len(each.chosen) for each in documents),
        found=_found(documents),
        document_ids=tuple(each.document_id for each in documents if each.chosen),
    )


def _found(documents: tuple[Offered, ...]) -> int:
    """The pages that fit and may go; those from outside count once they are chosen."""
    return sum(each.pages if not each.outside and not each.lock else len(each.chosen) for each in documents)
