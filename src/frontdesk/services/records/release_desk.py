"""Who works on a request, and what they note: calls, reminders, whatever came of them."""

from datetime import date

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import clock_time, us_date
from frontdesk.models.records.release import LONGEST, ReleaseRequest
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.records.release_log import ReleaseEventKind, log
from frontdesk.services.records.release_steps import open_request
from frontdesk.services.work import Work


def _let_go(done: Performed) -> Undo:
    return Undo(let_go, request_id=done.arguments["request_id"])


@command("Take on request for records", permission="records.release", undo=_let_go)
def take_on(work: Work, *, request_id: int, take_over: bool = False, version: int | None = None) -> None:
    """This person works on it from now on, and every desk sees so."""
    row = open_request(work, request_id, version)
    if row.owner == work.actor.name and row.owner_id == work.actor.user_id:
        return
    if row.owner and row.owned_since is not None and not take_over:
        since = work.wall(row.owned_since)
        when = clock_time(since) if since.date() == work.today else us_date(since.date())
        raise Refused(
            Finding(
                f"{row.owner} has been working on this request since {when}. Ask, or take it over.",
                overridable=True,
            )
        )
    words = (
        f"{work.actor.name} took it over from {row.owner}" if row.owner else f"{work.actor.name} took it on"
    )
    row.owner_id, row.owner, row.owned_since = work.actor.user_id, work.actor.name, work.now
    log(work, row, ReleaseEventKind.TAKEN_ON, words)


def _taken_on_again(done: Performed) -> Undo:
    return Undo(take_on, request_id=done.arguments["request_id"], take_over=True)


@command("Let go of request for records", permission="records.release", undo=_taken_on_again)
def let_go(work: Work, *, request_id: int, version: int | None = None) -> None:
    """Nobody works on it for now."""
    row = open_request(work, request_id, version)
    if not row.owner:
        raise Refused(Finding("Nobody is working on this request."))
    row.owner_id, row.owner, row.owned_since = None, "", None


@command(
    "Note on request for records",
    permission="records.release",
    undo=irreversible("What was noted stays in the history. Add another note."),
)
def note(
    work: Work,
    *,
    request_id: int,
    words: str,
    on: date | None = None,
    asked: bool = False,
    document_id: int | None = None,
) -> None:
    """Something that happened, today or earlier; `asked`: the patient or sender was asked for it."""
    row = work.get(ReleaseRequest, request_id)
    work.concerns(row.patient_id)
    findings = []
    if not words.strip():
        findings.append(Finding("Write what happened.", "words"))
    elif len(words.strip()) > LONGEST:
        findings.append(Finding(f"This is longer than {LONGEST} characters. Say it shorter.", "words"))
    if on is not None and on > work.today:
        findings.append(Finding("This day is still to come. Look at the date.", "on"))
    elif on is not None and on < row.received_on:
        findings.append(Finding("The request came later than this. Look at the date.", "on"))
    refuse_if_any(findings)
    kind = ReleaseEventKind.ASKED if asked else ReleaseEventKind.NOTE
    log(work, row, kind, words.strip(), on=on, document_id=document_id)
