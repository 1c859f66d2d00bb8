"""Claims: checked, put right, held, replaced; until a batch takes them along."""

from sqlalchemy import select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.billing.claims import Frequency as Frequency
from frontdesk.models.billing.remittances import RemittanceClaim
from frontdesk.services.billing import appeals, claim_attachments, claim_making, next_payer
from frontdesk.services.billing.claim_steps import (
    DECIDED,
    EDITABLE,
    WITH_PAYER,
    check_all,
    claim_of,
    is_blocked,
    move,
    only_from,
    record,
)
from frontdesk.services.billing.scrub_services import LETTERS
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.work import Work

LONGEST_NUMBER = 50
"""Characters of a reference (REF02)."""
_SENT = "Correct the claim instead."
_ANSWERED = (*WITH_PAYER, *DECIDED, ClaimState.APPEALED)
_DONE = (*DECIDED, ClaimState.REJECTED, ClaimState.APPEALED)


@command(
    "Check claim again",
    permission="billing.claims",
    undo=irreversible("A check changes nothing that could be taken back."),
)
def check(work: Work, *, claim_ids: tuple[int, ...]) -> int:
    """Run all rules once more; how many of the claims are stopped."""
    claims = [claim_of(work, claim_id) for claim_id in claim_ids]
    found = check_all(work, claims)
    return sum(is_blocked(findings) for _, findings in found.values())


def _pointed(done: Performed) -> Undo:
    return Undo(
        point_line,
        claim_id=done.arguments["claim_id"],
        line=done.arguments["line"],
        pointers=done.result,
    )


@command(
    "Point line to diagnosis",
    permission="billing.claims",
    undo=_pointed,
)
def point_line(work: Work, *, claim_id: int, line: int, pointers: str, version: int | None = None) -> str:
    """Say which diagnoses a service was for ("AB"), and check again; gives back what it said before."""
    claim = claim_of(work, claim_id, version)
    only_from(claim, EDITABLE, _SENT)
    row = work.session.scalar(
        select(ClaimLine).where(ClaimLine.claim_id == claim_id, ClaimLine.place == line)
    )
    if row is None:
        raise Refused(Finding(f"The claim has no line {line}.", "line"))
    there = LETTERS[: len(claim.diagnoses.split())]
    if len(pointers) > 4 or len(set(pointers)) < len(pointers) or any(c not in there for c in pointers):
        raise Refused(Finding(f"Choose up to four of the diagnoses A to {there[-1]}.", "diagnosis_pointers"))
    before, row.diagnosis_pointers = row.diagnosis_pointers, pointers
    record(work, claim, EventKind.CHANGED, f"Line {line} points to {' '.join(pointers) or 'nothing'}")
    check_all(work, [claim])
    return before


def _placed(done: Performed) -> Undo:
    return Undo(set_place_of_service, claim_id=done.arguments["claim_id"], code=done.result)


@command("Set place of service", permission="billing.claims", undo=_placed)
def set_place_of_service(work: Work, *, claim_id: int, code: str, version: int | None = None) -> str:
    """Say where it was done, and check again; gives back what it said before."""
    claim = claim_of(work, claim_id, version)
    only_from(claim, EDITABLE, _SENT)
    before, claim.place_of_service = claim.place_of_service, code.strip()
    record(work, claim, EventKind.CHANGED, f"Place of service {code.strip() or 'removed'}")
    check_all(work, [claim])
    return before


def _numbered(done: Performed) -> Undo:
    return Undo(set_payer_number, claim_id=done.arguments["claim_id"], number=done.result)


@command("Enter payer's number", permission="billing.claims", undo=_numbered)
def set_payer_number(work: Work, *, claim_id: int, number: str, version: int | None = None) -> str:
    """How the payer calls the claim that this one replaces or takes back (loop 2300, REF F8), checked again.

    Gives back what it said before.
    """
    claim = claim_of(work, claim_id, version)
    only_from(claim, EDITABLE, _SENT)
    told = number.strip()
    if claim.frequency is Frequency.ORIGINAL:
        raise Refused(Finding(f"Claim {claim.number} replaces none. It names no number of the payer."))
    refuse_if_any(_number_findings(told))
    before, claim.payer_control_number = claim.payer_control_number, told
    record(work, claim, EventKind.CHANGED, f"Payer's number {told or 'removed'}")
    check_all(work, [claim])
    return before


def _held(done: Performed) -> Undo:
    return Undo(unhold, claim_id=done.arguments["claim_id"])


@command("Hold claim", permission="billing.claims", undo=_held)
def hold(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> None:
    """Keep a claim back until somebody releases it."""
    claim = claim_of(work, claim_id, version)
    _says_why(reason, "Say why the claim is held.")
    only_from(claim, (ClaimState.FAILED, ClaimState.READY, ClaimState.REJECTED), "It cannot be held.")
    move(work, claim, ClaimState.HELD)
    claim.problem, claim.problem_code, claim.problem_count = reason.strip(), "", 0
    record(work, claim, EventKind.HELD, reason.strip())


@command(
    "Release held claim",
    permission="billing.claims",
    undo=irreversible("Hold the claim again with its reason."),
)
def unhold(work: Work, *, claim_id: int, version: int | None = None) -> None:
    """Let a held claim go on, checked anew."""
    claim = claim_of(work, claim_id, version)
    only_from(claim, (ClaimState.HELD,), "There is nothing to release.")
    _requeue(work, claim, "No longer held")


@command(
    "Send rejected claim again",
    permission="billing.claims",
    undo=irreversible("Hold the claim to keep it back."),
)
def send_again(work: Work, *, claim_id: int, version: int | None = None) -> None:
    """Put a rejected claim, which the payer never took in, among those to send; checked anew."""
    claim = claim_of(work, claim_id, version)
    only_from(claim, (ClaimState.REJECTED,), "Only a rejected claim is sent again as it is.")
    _requeue(work, claim, "To be sent again")


@command(
    "Record answer of clearinghouse",
    permission="billing.claims",
    undo=irreversible("Record the right answer; both stay in the timeline."),
)
def record_answer(
    work: Work,
    *,
    claim_id: int,
    is_accepted: bool,
    code: str = "",
    sentence: str = "",
    payer_control_number: str = "",
) -> None:
    """What the clearinghouse or payer said on receipt: taken in, or rejected with a code and sentence."""
    claim = claim_of(work, claim_id)
    only_from(claim, (*WITH_PAYER, ClaimState.REJECTED), "No answer is due.")
    if is_accepted:
        move(work, claim, ClaimState.ACCEPTED)
        claim.payer_control_number = payer_control_number or claim.payer_control_number
        claim.problem_code, claim.problem, claim.problem_count = "", "", 0
        record(work, claim, EventKind.ACCEPTED, "Accepted")
        return
    _says_why(sentence, "Enter what the rejection says.", "sentence")
    move(work, claim, ClaimState.REJECTED)
    claim.problem_code, claim.problem, claim.problem_count = code.strip(), sentence.strip(), 1
    record(work, claim, EventKind.ANSWERED, f"Rejected {code} {sentence}".replace("  ", " ").strip())


@command(
    "Correct claim",
    permission="billing.claims",
    undo=irreversible("Hold the correction to keep it back; the first claim lies with the payer."),
)
def correct(
    work: Work,
    *,
    claim_id: int,
    reason: str,
    frequency: Frequency = Frequency.REPLACEMENT,
    payer_control_number: str = "",
    version: int | None = None,
) -> int:
    """Make the claim that replaces one the payer has, with its papers, or takes it back (8); its id."""
    claim = claim_of(work, claim_id, version)
    _says_why(reason, "Say why the claim is corrected.")
    only_from(claim, _ANSWERED, "It is put right as it is.")
    if frequency is Frequency.ORIGINAL:
        raise Refused(Finding("Choose whether the claim is replaced or taken back.", "frequency"))
    refuse_if_any(_number_findings(payer_control_number.strip()))
    new = claim_making.copy(
        work,
        claim,
        coverage_id=claim.coverage_id,
        payer_id=claim.payer_id,
        file_by_on=claim.file_by_on,
        follows_id=_handed_over(work, claim),
    )
    taken_back = frequency is Frequency.VOID
    new.frequency, new.replaces_id = frequency, claim.id
    new.payer_control_number = payer_control_number.strip() or claim.payer_control_number
    _lead(work, claim, new)
    if not taken_back:
        claim_attachments.copy(work, claim, new)
    move(work, claim, ClaimState.CORRECTED)
    how, why = "Taken back" if taken_back else "Replaced", reason.strip()
    record(work, claim, EventKind.CORRECTED, f"{how} by {new.number}: {why}")
    record(work, new, EventKind.MADE, f"{'Takes back' if taken_back else 'Corrects'} {claim.number}: {why}")
    check_all(work, [new])
    return new.id


@command(
    "Void claim",
    permission="billing.claims",
    undo=irreversible("Enter the superbill again; a void claim stays void."),
)
def void(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> None:
    """Take a claim that was never sent out of the work; the charges stay in the ledger."""
    claim = claim_of(work, claim_id, version)
    _says_why(reason, "Say why the claim is void.")
    only_from(claim, EDITABLE, "To take it back from the payer, correct it.")
    if claim.replaces_id is not None:
        raise Refused(Finding(f"Claim {claim.number} corrects another one. Hold it, or close it."))
    move(work, claim, ClaimState.VOID)
    record(work, claim, EventKind.VOIDED, reason.strip())


def _closed(done: Performed) -> Undo:
    return Undo(reopen, claim_id=done.arguments["claim_id"], state=done.result)


@command("Close claim", permission="billing.claims", undo=_closed)
def close(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> ClaimState:
    """Nothing more is expected of the payer; gives back where it stood."""
    claim = claim_of(work, claim_id, version)
    _says_why(reason, "Say why the claim is closed.")
    only_from(claim, (*_DONE, ClaimState.FAILED, ClaimState.HELD), "Wait for the payer's answer.")
    before = claim.state
    move(work, claim, ClaimState.CLOSED)
    record(work, claim, EventKind.CLOSED, reason.strip())
    return before


def _reopened(done: Performed) -> Undo:
    return Undo(close, claim_id=done.arguments["claim_id"], reason="Closed again.")


@command("Reopen claim", permission="billing.claims", undo=_reopened)
def reopen(work: Work, *, claim_id: int, state: ClaimState | None = None, version: int | None = None) -> None:
    """A closed claim is worked again from where it stood; without `state`, from where its payer left it.

    One that no payer decided is held until somebody lets it go.
    """
    claim = claim_of(work, claim_id, version)
    only_from(claim, (ClaimState.CLOSED,), "It is open.")
    state = state or _left(work, claim)
    if state not in (*_DONE, ClaimState.FAILED, ClaimState.HELD):
        raise Refused(Finding("A closed claim goes back to where it stood when it was closed.", "state"))
    move(work, claim, state)
    record(work, claim, EventKind.CHANGED, "Reopened")


@command(
    "Add note to claim",
    permission="billing.claims",
    undo=irreversible("A note stays in the timeline; add another one."),
)
def add_note(work: Work, *, claim_id: int, text: str) -> None:
    """A sentence for whoever works the claim next."""
    claim = claim_of(work, claim_id)
    _says_why(text, "Write the note first.", "text")
    record(work, claim, EventKind.NOTE, text.strip())


def _left(work: Work, claim: Claim) -> ClaimState:
    decision = appeals.decision(work, claim_id=claim.id)
    if decision is None:
        return ClaimState.HELD
    if work.get(RemittanceClaim, decision.remittance_claim_id).status == ClaimStatus.DENIED:
        return ClaimState.DENIED
    is_open = any(cents > 0 for cents in next_payer.open_lines(work, [claim.id]).values())
    return ClaimState.PART_PAID if is_open else ClaimState.PAID


def _handed_over(work: Work, claim: Claim) -> int | None:
    """A replacement takes the place of the first claim in the order of payers."""
    before, claim.follows_id = claim.follows_id, None
    work.flush()
    return before


def _lead(work: Work, claim: Claim, new: Claim) -> None:
    """The claim to the payer after now follows the replacement."""
    after = work.session.scalar(select(Claim).where(Claim.follows_id == claim.id))
    if after is not None:
        after.follows_id = new.id


def _requeue(work: Work, claim: Claim, detail: str) -> None:
    move(work, claim, ClaimState.READY)
    record(work, claim, EventKind.RELEASED, detail)
    check_all(work, [claim])


def _says_why(text: str, sentence: str, field: str = "reason") -> None:
    refuse_if_any([] if text.strip() else [Finding(sentence, field)])


def _number_findings(number: str) -> list[Finding]:
    if len(number) <= LONGEST_NUMBER:
        return []
    most = f"The payer's number has at most {LONGEST_NUMBER} characters. Shorten it."
    return [Finding(most, "payer_control_number")]
