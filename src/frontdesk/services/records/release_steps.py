"""How a request moves on: what its facts make of it, the second reader, and the one gate before it leaves."""

from typing import Final

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.text import counted
from frontdesk.models.records.release import ReleaseRequest, ReleaseState
from frontdesk.models.records.release_check import CheckItem, ReleaseReview
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import release_facts, release_gates, release_rules, release_validity
from frontdesk.services.records.release_facts import Known
from frontdesk.services.records.release_log import ReleaseEventKind, log
from frontdesk.services.records.release_state import OPEN as OPEN
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_release_review_request_id_round", "Another second reader has just given their word on this request.")
says("ck_release_review_another_person", "The second reader must be another person than who prepared it.")
says("append_only_release_review", "The word of a second reader is never changed.")
says("ck_release_request_pages", "No more pages can be chosen than were found.")

_PREPARED: Final = (ReleaseState.UNDER_REVIEW, ReleaseState.READY)
_ENDED: Final = {
    ReleaseState.SENT: "The copies were sent already.",
    ReleaseState.CLOSED: "This request is closed.",
    ReleaseState.DENIED: "This request was denied. Take it up again first.",
    ReleaseState.RETURNED: "This request was returned to its sender. Take it up again first.",
    ReleaseState.WITHDRAWN: "This request was withdrawn. Take it up again first.",
}


def open_request(work: Work, request_id: int, version: int | None = None) -> ReleaseRequest:
    """The row of a request that has not ended; raises Refused, NotFound and Conflict."""
    row = work.get(ReleaseRequest, request_id, version)
    work.concerns(row.patient_id)
    if row.state not in OPEN:
        raise Refused(Finding(_ENDED[row.state]))
    return row


def settle(work: Work, row: ReleaseRequest) -> None:
    """Let the state follow from what is known. What was prepared lapses where its ground no longer holds."""
    work.flush()
    known = release_facts.known(work, row)
    holds = release_validity.form_holds(row, known, work.today)
    if row.state in _PREPARED:
        if next(release_validity.findings(row, known, work.today), None) is None:
            return
        _lapse(row)
        row.state = _stage(row, known, holds=holds)
        log(work, row, ReleaseEventKind.LAPSED, "What it rests on changed; to be prepared again")
    elif row.state in OPEN:
        row.state = _stage(row, known, holds=holds)


def _stage(row: ReleaseRequest, known: Known, *, holds: bool) -> ReleaseState:
    if not known.holds(CheckItem.IDENTITY):
        return ReleaseState.NEW
    if not holds:
        return ReleaseState.WAITING_SIGNATURE
    return ReleaseState.COLLECTING if row.pages_found else ReleaseState.IDENTITY_CHECKED


def _lapse(row: ReleaseRequest) -> None:
    row.prepared_at, row.prepared_by_id, row.prepared_by = None, None, ""


def needs_second_reader(work: Work, row: ReleaseRequest) -> bool:
    """By the office's rule for the ground, and always where a guarded document is among the pages."""
    return row.has_guarded or release_rules.rule_of(work, row.basis).needs_second_reader


@query(permission="records.view")
def may_send(work: Work, *, request_id: int, document_ids: tuple[int, ...] = ()) -> tuple[Finding, ...]:
    """Everything that keeps the copies in the office; empty: they may leave. The one gate.

    Looked at are the documents of the chosen pages, and those that are named besides.
    """
    row = work.get(ReleaseRequest, request_id)
    if row.state not in OPEN:
        return (Finding(_ENDED[row.state]),)
    document_ids = _all_documents(work, row, document_ids)
    found = _before_review(work, row, document_ids)
    known = release_facts.known(work, row)
    has_guarded = row.has_guarded or release_gates.any_guarded(work, document_ids)
    if has_guarded or release_rules.rule_of(work, row.basis).needs_second_reader:
        if known.review is None or row.prepared_at is None:
            found.append(Finding("A second person must read what is sent. Hand it over first.", "review"))
        elif not known.review.agreed:
            found.append(
                Finding(
                    f"{known.review.reviewer} did not agree. Change what is sent, then hand it over.",
                    "review",
                )
            )
    elif row.state is not ReleaseState.READY:
        found.append(Finding("The copies are not marked as ready. Finish preparing them first.", "review"))
    return tuple(found)


def _all_documents(work: Work, row: ReleaseRequest, named: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({*named, *release_gates.chosen(work, row.id)}))


def _before_review(work: Work, row: ReleaseRequest, document_ids: tuple[int, ...]) -> list[Finding]:
    found = list(release_validity.findings(row, release_facts.known(work, row), work.today))
    if not row.pages_chosen:
        found.append(Finding("No page was chosen yet. Choose what is sent.", "pages"))
    gates = release_gates.check(work, request_id=row.id, document_ids=document_ids)
    found += [gate.finding for gate in gates]
    return found


def collected(
    work: Work, row: ReleaseRequest, *, chosen: int, found: int, document_ids: tuple[int, ...]
) -> None:
    """How many pages of those that fit were chosen, and from which documents: called by the page picker.

    What a second reader had agreed to lapses with it.
    """
    if row.state in _PREPARED:
        _lapse(row)
        row.state = ReleaseState.COLLECTING
        log(work, row, ReleaseEventKind.LAPSED, "The pages changed; to be prepared again")
    row.pages_chosen, row.pages_found = chosen, found
    row.has_guarded = release_gates.any_guarded(work, document_ids)
    settle(work, row)


def _taken_back(done: Performed) -> Undo:
    return Undo(take_back, request_id=done.arguments["request_id"])


@command("Finish preparing copies", permission="records.release", undo=_taken_back)
def prepare(
    work: Work, *, request_id: int, document_ids: tuple[int, ...] = (), version: int | None = None
) -> None:
    """Hand the chosen pages to a second reader; where none is needed they are ready to send."""
    row = open_request(work, request_id, version)
    if row.state in _PREPARED:
        raise Refused(Finding("This request is prepared already. Change its pages, or send it."))
    document_ids = _all_documents(work, row, document_ids)
    refuse_if_any(_before_review(work, row, document_ids))
    row.prepared_at, row.prepared_by_id, row.prepared_by = work.now, work.actor.user_id, work.actor.name
    row.review_round += 1
    row.has_guarded = row.has_guarded or release_gates.any_guarded(work, document_ids)
    if needs_second_reader(work, row):
        row.state = ReleaseState.UNDER_REVIEW
        log(work, row, ReleaseEventKind.SUBMITTED, "Handed to a second reader")
    else:
        row.state = ReleaseState.READY
        log(work, row, ReleaseEventKind.SUBMITTED, f"Ready to send, {_pages(row.pages_chosen)}")


@command(
    "Take copies back into preparation",
    permission="records.release",
    undo=irreversible("Finish preparing the copies again."),
)
def take_back(work: Work, *, request_id: int, version: int | None = None) -> None:
    """Prepare again what was handed over or ready."""
    row = open_request(work, request_id, version)
    if row.state not in _PREPARED:
        raise Refused(Finding("This request is not prepared yet, so there is nothing to take back."))
    _lapse(row)
    row.state = ReleaseState.COLLECTING
    log(work, row, ReleaseEventKind.LAPSED, "Taken back into preparation")
    settle(work, row)


@command(
    "Agree to release",
    permission="records.review_release",
    undo=irreversible("The word of a second reader stays on record. Take the copies back into preparation."),
)
def review(
    work: Work, *, request_id: int, agrees: bool, words: str = "", round: int, version: int | None = None
) -> None:
    """The second reader's word on the round they saw; another person than who prepared it."""
    row = open_request(work, request_id, version)
    if row.state is not ReleaseState.UNDER_REVIEW or row.review_round != round:
        raise Conflict(
            "This request is no longer what you read: it was taken back or changed meanwhile. "
            "Nothing was agreed. Look at it again."
        )
    findings = []
    if _same_person(work, row):
        findings.append(
            Finding("You prepared these copies yourself. Another person must read them.", "review")
        )
    if not agrees and not words.strip():
        findings.append(Finding("Write what must be changed before it may leave.", "words"))
    refuse_if_any(findings)
    work.add(
        ReleaseReview(
            request_id=row.id,
            round=row.review_round,
            prepared_by_id=row.prepared_by_id,
            reviewer_id=work.actor.user_id,
            reviewer=work.actor.name,
            agreed=agrees,
            words=words.strip(),
            at=work.now,
        )
    )
    row.state = ReleaseState.READY if agrees else ReleaseState.COLLECTING
    if agrees:
        log(work, row, ReleaseEventKind.AGREED, f"{work.actor.name} read it and agreed")
    else:
        _lapse(row)
        log(work, row, ReleaseEventKind.NOT_AGREED, f"{work.actor.name} did not agree: {words.strip()}")


def _same_person(work: Work, row: ReleaseRequest) -> bool:
    return work.actor.is_person(row.prepared_by_id, row.prepared_by)


def mark_sent(work: Work, row: ReleaseRequest, words: str, *, document_id: int | None = None) -> None:
    """The copies have left, in the words of the history: called by what sends them, behind `may_send`."""
    row.state, row.sent_on = ReleaseState.SENT, work.today
    row.owner_id, row.owner, row.owned_since = None, "", None
    log(work, row, ReleaseEventKind.SENT, words, document_id=document_id)


@command(
    "Close request",
    permission="records.release",
    undo=irreversible("A closed request stays closed. Write down a new one."),
)
def close(work: Work, *, request_id: int, words: str, version: int | None = None) -> None:
    """Nothing more is expected: the copy was picked up, its receipt came back."""
    row = work.get(ReleaseRequest, request_id, version)
    work.concerns(row.patient_id)
    if row.state is not ReleaseState.SENT:
        raise Refused(Finding("Only what was sent can be closed. Send the copies, or end the request."))
    if not words.strip():
        raise Refused(Finding("Write how the office knows that the copies arrived.", "words"))
    row.state = ReleaseState.CLOSED
    log(work, row, ReleaseEventKind.CLOSED, words.strip())


def _pages(count: int) -> str:
    return counted(count, "page")
