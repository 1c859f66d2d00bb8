"""The three panels of a request for copies: its facts, what stands in the way, the checklist, the history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Document
from frontdesk.models.records.release import (
    CopyForm,
    Delivery,
    ReleaseEvent,
    ReleaseEventKind,
    ReleaseRequest,
    ReleaseScopeDocument,
    ReleaseScopeProvider,
    ReleaseState,
)
from frontdesk.models.records.release_check import CheckItem, FormEnd
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records import (
    release_facts,
    release_fees,
    release_gates,
    release_list,
    release_people,
    release_steps,
    release_validity,
)
from frontdesk.services.records.release_facts import Known
from frontdesk.services.records.release_words import (
    CATEGORIES,
    COPY_FORMS,
    DELIVERIES,
    ITEMS,
    SOURCES,
    STATED,
    STATES,
)
from frontdesk.services.records.request_row import (
    CheckLine,
    HistoryLine,
    Mark,
    RequestDetail,
    Stands,
    Tone,
)
from frontdesk.services.work import Work

FORM: Final = "form"
"""The line of the checklist behind which the signed form is recorded."""
REVIEW: Final = "review"
PAGES: Final = "pages"
MORE: Final[tuple[Callable[[Work, ReleaseRequest], tuple[CheckLine, ...]], ...]] = (release_fees.check_lines,)
"""Lines of the checklist from those who send the copies: the fee. One line each; they import none of this."""
_GRAVE: Final = (ReleaseEventKind.OVERDUE, ReleaseEventKind.DENIED, ReleaseEventKind.NOT_AGREED)


@dataclass(frozen=True, slots=True)
class ReleaseDetail:
    """The panels, and what the buttons need to know."""

    panels: RequestDetail
    state: ReleaseState
    may_extend: bool
    review_round: int
    has_form: bool
    needs_form: bool
    is_access: bool
    asked_for_visit_on: date | None
    authority_on_file: str
    """What registration knows of the representative's right."""


@query(permission="records.view")
def detail(work: Work, *, request_id: int) -> ReleaseDetail:
    """Everything that is shown of one request; a constant number of statements."""
    row = work.get(ReleaseRequest, request_id)
    work.concerns(row.patient_id)
    patient = work.get(Patient, row.patient_id)
    known = release_facts.known(work, row)
    blocks = tuple(release_validity.findings(row, known, work.today))
    return ReleaseDetail(
        panels=RequestDetail(
            row=release_list.row_of(work, row),
            version=row.version,
            facts=tuple(_facts(work, row, patient)),
            stands=_stands(row, known, blocks, work.today),
            checks=tuple(_checks(work, row, known)),
            history=_history(work, row),
        ),
        state=row.state,
        may_extend=release_validity.can_be_extended(row, work.today),
        review_round=row.review_round,
        has_form=known.form is not None,
        needs_form=release_facts.needs_form(row),
        is_access=release_validity.is_access(row),
        asked_for_visit_on=row.sign_at_visit_on,
        authority_on_file=release_people.authority_on_file(work, row.contact_id),
    )


def _facts(work: Work, row: ReleaseRequest, patient: Patient) -> Iterator[tuple[str, str]]:
    attention = f", attn. {row.attention}" if row.attention else ""
    yield "Who asks", f"{release_list.who(row, patient)}{attention}"
    yield "Send by", _send_by(row)
    yield "Covers", _covers(work, row)
    yield "Purpose", f"{row.purpose or 'Not said'} ({SOURCES[row.basis]})"
    if row.owner:
        since = work.wall(row.owned_since).date() if row.owned_since else work.today
        yield "Worked on by", f"{row.owner}, since {us_date(since)}"
    if row.extended_on is not None and row.first_due_on is not None:
        yield "Extended", f"{us_date(row.extended_on)}, from {us_date(row.first_due_on)}"


def _send_by(row: ReleaseRequest) -> str:
    if row.copy_form is CopyForm.INSPECT:
        return COPY_FORMS[row.copy_form]
    own = {
        Delivery.FAX: us_phone(row.requester_fax) if row.requester_fax else "",
        Delivery.MAIL: ", ".join(row.requester_address.splitlines()),
        Delivery.EMAIL: row.requester_email,
        Delivery.SECURE_EMAIL: row.requester_email,
    }.get(row.delivery, us_phone(row.requester_phone) if row.requester_phone else "")
    paper = ", on paper" if row.copy_form is CopyForm.PAPER and row.delivery is not Delivery.MAIL else ""
    to = row.deliver_to or own
    return f"{DELIVERIES[row.delivery]}{paper}" + (f", {to}" if to else "")


def _covers(work: Work, row: ReleaseRequest) -> str:
    if row.covers_from and row.covers_until:
        days = f"{us_date(row.covers_from)} to {us_date(row.covers_until)}"
    elif row.covers_from:
        days = f"From {us_date(row.covers_from)}"
    elif row.covers_until:
        days = f"Until {us_date(row.covers_until)}"
    else:
        days = "All dates"
    parts = [days, row.covers_words or ", ".join(CATEGORIES[each] for each in row.categories)]
    parts += work.session.scalars(
        select(Provider.short_name)
        .join(ReleaseScopeProvider, ReleaseScopeProvider.provider_id == Provider.id)
        .where(ReleaseScopeProvider.request_id == row.id)
        .order_by(Provider.short_name)
    )
    titles = work.session.scalars(
        select(Document.title)
        .join(ReleaseScopeDocument, ReleaseScopeDocument.document_id == Document.id)
        .where(ReleaseScopeDocument.request_id == row.id)
        .order_by(Document.document_on, Document.id)
    )
    parts += [f"“{title}”" for title in titles]
    return ", ".join(part for part in parts if part)


def _stands(row: ReleaseRequest, known: Known, blocks: tuple[Finding, ...], today: date) -> Stands | None:
    if row.state not in release_steps.OPEN:
        return Stands(Tone.INFO, f"{STATES[row.state]}.", "")
    if row.state is ReleaseState.UNDER_REVIEW and not blocks:
        return Stands(
            Tone.INFO,
            "With the second reader.",
            f"{row.prepared_by} prepared it. Another person reads it and agrees, or says what must change.",
        )
    if row.state is ReleaseState.READY and not blocks:
        return Stands(Tone.OK, "May be sent.", "Everything was checked.")
    if not blocks and known.review is not None and not known.review.agreed and row.review_round:
        return Stands(Tone.WARN, "Not agreed.", f"{known.review.reviewer}: {known.review.words}")
    if blocks:
        soon = (ReleaseState.WAITING_SIGNATURE, ReleaseState.UNDER_REVIEW, ReleaseState.READY)
        is_late = row.due_on < today or row.state in soon
        first, *others = (finding.message for finding in blocks)
        more = f" And {len(others)} more: see the list." if others else ""
        return Stands(Tone.BLOCK if is_late else Tone.WARN, "Cannot be sent.", f"{first}{more}")
    if not row.pages_chosen:
        return Stands(Tone.INFO, "The ground holds.", "Choose the pages that were asked for.")
    return Stands(Tone.INFO, "The pages are chosen.", "Finish preparing, and it can be sent.")


def _checks(work: Work, row: ReleaseRequest, known: Known) -> Iterator[CheckLine]:
    items = release_facts.items_of(row)
    yield _item(known, CheckItem.IDENTITY, wanted=row.state is ReleaseState.NEW)
    if release_facts.needs_form(row):
        yield _form(row, known, work.today)
    for item in items:
        if item is not CheckItem.IDENTITY and item not in STATED:
            yield _item(known, item)
    chosen = f"{row.pages_chosen} of {row.pages_found}" if row.pages_found else "none yet"
    yield CheckLine(
        "Pages chosen, only what was asked", Mark.DONE if row.pages_chosen else Mark.OPEN, chosen, PAGES
    )
    locked = release_gates.locked_in_scope(work, row, known)
    if locked:
        yield CheckLine("Protected notes left out", Mark.LOCKED, f"{locked} locked")
    for lines in MORE:
        yield from lines(work, row)
    yield _reader(work, row, known)


def _item(known: Known, item: CheckItem, *, wanted: bool = False) -> CheckLine:
    fact = known.facts.get(item)
    if fact is None:
        return CheckLine(ITEMS[item], Mark.MISSING if wanted else Mark.OPEN, "not checked", item.value)
    said = f"{_short(fact.by)} {us_date(fact.on)[:5]}"
    if not fact.holds:
        return CheckLine(ITEMS[item], Mark.MISSING, fact.words or "missing", item.value)
    if item is CheckItem.IDENTITY:
        return CheckLine(f"Matched on {fact.words}", Mark.DONE, said, item.value)
    if item is CheckItem.AUTHORITY:
        return CheckLine(ITEMS[item], Mark.DONE, fact.words, item.value)
    return CheckLine(ITEMS[item], Mark.DONE, said, item.value)


def _form(row: ReleaseRequest, known: Known, today: date) -> CheckLine:
    form = known.form
    if form is None:
        return CheckLine("Form signed and dated", Mark.MISSING, "missing", FORM)
    if release_validity.form_holds(row, known, today):
        if form.expires_on is not None:
            return CheckLine("Form signed and dated", Mark.DONE, f"to {us_date(form.expires_on)}", FORM)
        return CheckLine("Form signed and dated", Mark.DONE, form.expires_event, FORM)
    if form.ended_on is not None and form.ended_on <= today:
        return CheckLine(
            "Form signed and dated",
            Mark.MISSING,
            "revoked" if form.ended_how is FormEnd.REVOKED else "ended",
            FORM,
        )
    if form.expires_on is not None and form.expires_on < today:
        return CheckLine("Form signed and dated", Mark.MISSING, "expired", FORM)
    if form.signed_on is None:
        return CheckLine("Form signed and dated", Mark.MISSING, "not signed", FORM)
    has = sum(known.holds(item) for item in STATED)
    return CheckLine("Form says what it must", Mark.MISSING, f"{has} of {len(STATED)}", FORM)


def _reader(work: Work, row: ReleaseRequest, known: Known) -> CheckLine:
    review = known.review
    if review is not None and row.review_round and row.state is ReleaseState.READY:
        return CheckLine("Second reader", Mark.DONE, f"{_short(review.reviewer)} {us_date(review.on)[:5]}")
    if row.state is ReleaseState.UNDER_REVIEW:
        return CheckLine("Second reader", Mark.OPEN, "asked", REVIEW)
    if not release_steps.needs_second_reader(work, row):
        return CheckLine("Second reader", Mark.DONE, "not needed")
    return CheckLine("Second reader", Mark.OPEN, "not asked yet")


def _history(work: Work, row: ReleaseRequest) -> tuple[HistoryLine, ...]:
    events = work.session.scalars(
        select(ReleaseEvent)
        .where(ReleaseEvent.request_id == row.id)
        .order_by(ReleaseEvent.happened_on, ReleaseEvent.at, ReleaseEvent.id)
    ).all()
    lines = [
        HistoryLine(each.happened_on, each.words, each.by, is_grave=each.kind in _GRAVE) for each in events
    ]
    if row.state in release_steps.OPEN and row.due_on < work.today:
        lines.append(HistoryLine(row.due_on, "Deadline passed", is_grave=True))
    return tuple(sorted(lines, key=lambda line: line.on))


def _short(name: str) -> str:
    """ "Dana B."."""
    first, _, last = name.partition(" ")
    return f"{first} {last[0]}." if last else first
