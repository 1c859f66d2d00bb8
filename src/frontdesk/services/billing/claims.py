"""Claims: made with the charges, checked, put right, held, replaced; until a batch takes them along."""

from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.charges import ChargeLine, Superbill, SuperbillDiagnosis
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind, Frequency
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import claim_parts, drugs, parties
from frontdesk.services.billing.claim_steps import (
    DECIDED,
    EDITABLE,
    WITH_PAYER,
    check_all,
    is_blocked,
    move,
    only_from,
    record,
    said,
)
from frontdesk.services.billing.scrub_services import LETTERS
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.work import Work

_SENT = "Correct the claim instead."
_ANSWERED = (*WITH_PAYER, *DECIDED, ClaimState.APPEALED)
_DONE = (*DECIDED, ClaimState.REJECTED, ClaimState.APPEALED)


def draft(work: Work, superbill: Superbill) -> int | None:
    """Make the claim of a superbill that was just entered, and check it; None where no insurer is asked."""
    payer_id = parties.payer_of(work, superbill.coverage_id)
    if superbill.coverage_id is None or payer_id is None:
        return None
    work.flush()
    lines = work.session.scalars(
        select(ChargeLine)
        .where(
            ChargeLine.superbill_id == superbill.id,
            ChargeLine.voided_at.is_(None),
            ChargeLine.is_fee.is_(False),
        )
        .order_by(ChargeLine.place, ChargeLine.id)
    ).all()
    diagnoses = work.session.scalars(
        select(SuperbillDiagnosis.code)
        .where(SuperbillDiagnosis.superbill_id == superbill.id)
        .order_by(SuperbillDiagnosis.place)
    ).all()
    claim = Claim(
        number=_next_number(work),
        patient_id=superbill.patient_id,
        superbill_id=superbill.id,
        appointment_id=superbill.appointment_id,
        provider_id=superbill.provider_id,
        coverage_id=superbill.coverage_id,
        payer_id=payer_id,
        service_on=superbill.service_on,
        charge_cents=sum(line.amount_cents for line in lines),
        place_of_service=superbill.place_of_service,
        diagnoses=" ".join(diagnoses),
        state=ClaimState.DRAFT,
        state_since_at=work.now,
        file_by_on=superbill.service_on + timedelta(days=work.get(Payer, payer_id).timely_filing_days),
    )
    work.add(claim)
    _add_lines(work, claim, [(line.id, line.diagnosis_pointers) for line in lines])
    claim_parts.begin(work, claim)
    drugs.onto_claim(work, claim.id)
    record(work, claim, EventKind.MADE)
    check_all(work, [claim])
    return claim.id


def release(work: Work, superbill: Superbill) -> None:
    """The superbill is released: its claim is ready, or needs a fix."""
    for claim in _of_superbill(work, superbill.id, (ClaimState.DRAFT,)):
        move(work, claim, ClaimState.READY)
        record(work, claim, EventKind.RELEASED)
        ((_, findings),) = check_all(work, [claim]).values()
        if not is_blocked(findings):
            record(work, claim, EventKind.CHECKED, said(findings))


def discard(work: Work, superbill: Superbill, reason: str) -> None:
    """The superbill is entered again: its claim is void. Raises Refused once it lies with the payer."""
    standing = tuple(state for state in ClaimState if state not in (ClaimState.VOID, ClaimState.CLOSED))
    for claim in _of_superbill(work, superbill.id, standing):
        only_from(claim, EDITABLE, _SENT)
        move(work, claim, ClaimState.VOID)
        record(work, claim, EventKind.VOIDED, reason.strip())


@command(
    "Check claim again",
    permission="billing.claims",
    undo=irreversible("A check changes nothing that could be taken back."),
)
def check(work: Work, *, claim_ids: tuple[int, ...]) -> int:
    """Run all rules once more; how many of the claims are stopped."""
    claims = [_claim(work, claim_id) for claim_id in claim_ids]
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
    claim = _claim(work, claim_id, version)
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
    claim = _claim(work, claim_id, version)
    only_from(claim, EDITABLE, _SENT)
    before, claim.place_of_service = claim.place_of_service, code.strip()
    record(work, claim, EventKind.CHANGED, f"Place of service {code.strip() or 'removed'}")
    check_all(work, [claim])
    return before


def _held(done: Performed) -> Undo:
    return Undo(unhold, claim_id=done.arguments["claim_id"])


@command("Hold claim", permission="billing.claims", undo=_held)
def hold(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> None:
    """Keep a claim back until somebody releases it."""
    claim = _claim(work, claim_id, version)
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
    claim = _claim(work, claim_id, version)
    only_from(claim, (ClaimState.HELD,), "There is nothing to release.")
    _requeue(work, claim, "No longer held")


@command(
    "Send rejected claim again",
    permission="billing.claims",
    undo=irreversible("Hold the claim to keep it back."),
)
def send_again(work: Work, *, claim_id: int, version: int | None = None) -> None:
    """Put a rejected claim, which the payer never took in, among those to send; checked anew."""
    claim = _claim(work, claim_id, version)
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
    claim = _claim(work, claim_id)
    only_from(claim, (*WITH_PAYER, ClaimState.REJECTED), "No answer is due.")
    if is_accepted:
        move(work, claim, ClaimState.ACCEPTED)
        claim.payer_control_number = payer_control_number or claim.payer_control_number
        claim.problem_code = claim.problem = ""
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
) -> int:
    """Make the claim that replaces one the payer has (or takes it back, frequency 8); its id."""
    claim = _claim(work, claim_id)
    _says_why(reason, "Say why the claim is corrected.")
    only_from(claim, _ANSWERED, "It is put right as it is.")
    if frequency is Frequency.ORIGINAL:
        raise Refused(Finding("Choose whether the claim is replaced or taken back.", "frequency"))
    new = copy(
        work,
        claim,
        coverage_id=claim.coverage_id,
        payer_id=claim.payer_id,
        file_by_on=claim.file_by_on,
        follows_id=_handed_over(work, claim),
    )
    new.frequency, new.replaces_id = frequency, claim.id
    new.payer_control_number = payer_control_number.strip() or claim.payer_control_number
    _lead(work, claim, new)
    move(work, claim, ClaimState.CORRECTED)
    record(work, claim, EventKind.CORRECTED, f"Replaced by {new.number}: {reason.strip()}")
    record(work, new, EventKind.MADE, f"Corrects {claim.number}: {reason.strip()}")
    check_all(work, [new])
    return new.id


@command(
    "Void claim",
    permission="billing.claims",
    undo=irreversible("Enter the superbill again; a void claim stays void."),
)
def void(work: Work, *, claim_id: int, reason: str, version: int | None = None) -> None:
    """Take a claim that was never sent out of the work; the charges stay in the ledger."""
    claim = _claim(work, claim_id, version)
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
    claim = _claim(work, claim_id, version)
    _says_why(reason, "Say why the claim is closed.")
    only_from(claim, (*_DONE, ClaimState.FAILED, ClaimState.HELD), "Wait for the payer's answer.")
    before = claim.state
    move(work, claim, ClaimState.CLOSED)
    record(work, claim, EventKind.CLOSED, reason.strip())
    return before


def _reopened(done: Performed) -> Undo:
    return Undo(close, claim_id=done.arguments["claim_id"], reason="Closed again.")


@command("Reopen claim", permission="billing.claims", undo=_reopened)
def reopen(work: Work, *, claim_id: int, state: ClaimState = ClaimState.DENIED) -> None:
    """A closed claim is worked again from where it stood."""
    claim = _claim(work, claim_id)
    only_from(claim, (ClaimState.CLOSED,), "It is open.")
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
    claim = _claim(work, claim_id)
    _says_why(text, "Write the note first.", "text")
    record(work, claim, EventKind.NOTE, text.strip())


def copy(
    work: Work, claim: Claim, *, coverage_id: int, payer_id: int, file_by_on: date, follows_id: int | None
) -> Claim:
    """Another claim for the same services, ready, with lines and numbers of its own."""
    new = Claim(
        number=_next_number(work),
        patient_id=claim.patient_id,
        superbill_id=claim.superbill_id,
        appointment_id=claim.appointment_id,
        provider_id=claim.provider_id,
        coverage_id=coverage_id,
        payer_id=payer_id,
        service_on=claim.service_on,
        charge_cents=claim.charge_cents,
        place_of_service=claim.place_of_service,
        diagnoses=claim.diagnoses,
        follows_id=follows_id,
        state=ClaimState.READY,
        state_since_at=work.now,
        file_by_on=file_by_on,
    )
    work.add(new)
    lines = work.session.scalars(
        select(ClaimLine).where(ClaimLine.claim_id == claim.id).order_by(ClaimLine.place)
    ).all()
    _add_lines(work, new, [(line.charge_line_id, line.diagnosis_pointers) for line in lines])
    claim_parts.copy(work, claim, new)
    return new


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


def _claim(work: Work, claim_id: int, version: int | None = None) -> Claim:
    claim = work.get(Claim, claim_id, version)
    work.concerns(claim.patient_id)
    return claim


def _of_superbill(work: Work, superbill_id: int, states: tuple[ClaimState, ...]) -> list[Claim]:
    found = select(Claim).where(Claim.superbill_id == superbill_id, Claim.state.in_(states))
    return list(work.session.scalars(found.order_by(Claim.id)))


def _add_lines(work: Work, claim: Claim, lines: list[tuple[int, str]]) -> None:
    for place, (charge_line_id, pointers) in enumerate(lines, 1):
        work.add(
            ClaimLine(
                claim_id=claim.id,
                charge_line_id=charge_line_id,
                place=place,
                control_number=f"{claim.number}-{place}",
                diagnosis_pointers=pointers,
            )
        )


def _next_number(work: Work) -> str:
    """Counted per year: "26-04127"."""
    year = work.today.year
    return f"{year % 100:02}-{work.next_number(f'claim {year}'):05}"


def _says_why(text: str, sentence: str, field: str = "reason") -> None:
    refuse_if_any([] if text.strip() else [Finding(sentence, field)])
