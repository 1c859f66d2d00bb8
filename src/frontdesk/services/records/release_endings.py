"""More time for a request, and how it ends without copies: denied, returned, withdrawn; taken up again."""

from datetime import timedelta

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.records.release import LONGEST, Basis, ReleaseRequest, ReleaseState
from frontdesk.models.records.release_check import REVIEWABLE, ReleaseEnd, ReleaseEndKind
from frontdesk.models.records.release_check import DenialGround as DenialGround
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.records import release_letters, release_rules
from frontdesk.services.records.release_log import ReleaseEventKind, log
from frontdesk.services.records.release_steps import open_request, settle
from frontdesk.services.records.release_words import ACCESS_GROUNDS, GROUNDS
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_release_end", "How a request ended stays on record.")
_LETTER_IS_OUT = "The letter is in the chart and may be on its way. Take the request up again instead."


@command(
    "Extend request for records",
    permission="records.release",
    undo=irreversible("The letter is in the chart and may be on its way; the law allows one extension."),
)
def extend(work: Work, *, request_id: int, reason: str, version: int | None = None) -> int:
    """More time, once, before the deadline, with a letter that says why. Gives the letter's document."""
    row = open_request(work, request_id, version)
    days = release_rules.rule_of(work, row.basis).extension_days
    findings = _reason(reason)
    if not days:
        findings.append(Finding("The office gives no extension for requests on this ground."))
    if row.extended_on is not None:
        findings.append(
            Finding(f"The time was extended on {us_date(row.extended_on)}, and it can be extended once only.")
        )
    elif row.due_on < work.today:
        findings.append(
            Finding(
                f"The deadline passed on {us_date(row.due_on)}. Time is asked for before it is over; "
                "answer the request now."
            )
        )
    refuse_if_any(findings)
    until = row.due_on + timedelta(days=days)
    letter = release_letters.more_time(work, row, reason, until)
    row.first_due_on, row.due_on = row.due_on, until
    row.extended_on, row.extension_reason = work.today, reason.strip()
    log(
        work,
        row,
        ReleaseEventKind.EXTENDED,
        f"Extended to {us_date(until)}, letter written",
        document_id=letter,
    )
    return letter


@command("Deny request for records", permission="records.release", undo=irreversible(_LETTER_IS_OUT))
def deny(work: Work, *, request_id: int, ground: DenialGround, words: str, version: int | None = None) -> int:
    """No copies, on a ground of the law, with the letter that says so. Gives its document."""
    row = open_request(work, request_id, version)
    findings = []
    is_access = row.basis is Basis.ACCESS
    if is_access and ground not in ACCESS_GROUNDS:
        findings.append(
            Finding("The law does not allow the patient's own access to be denied on this ground.", "ground")
        )
    if ground in REVIEWABLE and not words.strip():
        findings.append(
            Finding(
                "Write which licensed professional decided so; the letter names the right to a review.",
                "words",
            )
        )
    elif ground is DenialGround.NOT_KEPT and not words.strip():
        findings.append(Finding("Write who keeps it, if the office knows; the letter says so.", "words"))
    if len(words.strip()) > LONGEST:
        findings += _reason(words, "words")
    refuse_if_any(findings)
    letter = release_letters.denial(work, row, ground, words)
    _end(work, row, ReleaseEndKind.DENIED, words.strip() or GROUNDS[ground], ground=ground, letter=letter)
    return letter


@command("Return request to sender", permission="records.release", undo=irreversible(_LETTER_IS_OUT))
def return_to_sender(work: Work, *, request_id: int, reason: str, version: int | None = None) -> int:
    """The request goes back as it came, with the letter that says what is missing. Gives its document."""
    row = open_request(work, request_id, version)
    findings = _reason(reason)
    if row.basis is Basis.ACCESS:
        findings.append(
            Finding(
                "A patient's own request is not sent back. Ask for what is missing, or deny it on a ground."
            )
        )
    refuse_if_any(findings)
    letter = release_letters.returned(work, row, reason)
    _end(work, row, ReleaseEndKind.RETURNED, reason.strip(), letter=letter)
    return letter


def _taken_up(done: Performed) -> Undo:
    return Undo(reopen, request_id=done.arguments["request_id"], reason="Taken back")


@command("Withdraw request for records", permission="records.release", undo=_taken_up)
def withdraw(
    work: Work, *, request_id: int, reason: str, with_letter: bool = False, version: int | None = None
) -> int | None:
    """Whoever asked no longer wants it, or it was written down by mistake. Gives the letter, where wanted."""
    row = open_request(work, request_id, version)
    refuse_if_any(_reason(reason))
    letter = release_letters.withdrawn(work, row, reason) if with_letter else None
    _end(work, row, ReleaseEndKind.WITHDRAWN, reason.strip(), letter=letter)
    return letter


@command(
    "Take up request for records again",
    permission="records.release",
    undo=irreversible("End the request again, with its reason."),
)
def reopen(work: Work, *, request_id: int, reason: str, version: int | None = None) -> None:
    """A request that ended without copies is open again, with the deadline it had."""
    row = work.get(ReleaseRequest, request_id, version)
    work.concerns(row.patient_id)
    ended = (ReleaseState.DENIED, ReleaseState.RETURNED, ReleaseState.WITHDRAWN)
    if row.state not in ended:
        raise Refused(Finding("This request has not ended without copies, so it cannot be taken up again."))
    refuse_if_any(_reason(reason))
    row.state = ReleaseState.NEW
    settle(work, row)
    log(work, row, ReleaseEventKind.REOPENED, f"Taken up again: {reason.strip()}")


def _reason(reason: str, field: str = "reason") -> list[Finding]:
    if not reason.strip():
        return [Finding("Write the reason; it stays with the request.", field)]
    if len(reason.strip()) > LONGEST - 100:
        return [Finding(f"This is longer than {LONGEST - 100} characters. Say it shorter.", field)]
    return []


_WORDS = {
    ReleaseEndKind.DENIED: (ReleaseState.DENIED, ReleaseEventKind.DENIED, "Denied"),
    ReleaseEndKind.RETURNED: (ReleaseState.RETURNED, ReleaseEventKind.RETURNED, "Returned to sender"),
    ReleaseEndKind.WITHDRAWN: (ReleaseState.WITHDRAWN, ReleaseEventKind.WITHDRAWN, "Withdrawn"),
}


def _end(
    work: Work,
    row: ReleaseRequest,
    how: ReleaseEndKind,
    words: str,
    *,
    ground: DenialGround | None = None,
    letter: int | None,
) -> None:
    state, kind, said = _WORDS[how]
    row.state = state
    row.owner_id, row.owner, row.owned_since = None, "", None
    row.prepared_at, row.prepared_by_id, row.prepared_by = None, None, ""
    work.add(
        ReleaseEnd(
            request_id=row.id,
            how=how,
            ground=ground,
            words=words,
            document_id=letter,
            at=work.now,
            by=work.actor.name,
            user_id=work.actor.user_id,
        )
    )
    log(work, row, kind, f"{said}: {words}", document_id=letter)
