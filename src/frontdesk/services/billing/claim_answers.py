"""What receivers and payers say of claims on the way: read once, tied to the claims, and what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from frontdesk.formats.x12.status_words import Outcome as Outcome
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.claim_answers import AnswerKind as AnswerKind
from frontdesk.models.billing.claim_answers import ClaimAnswer, ClaimAnswerFile, ClaimInquiry
from frontdesk.models.billing.claims import Claim, ClaimBatch, ClaimState, ClaimVersion, EventKind
from frontdesk.services.billing import answer_reading
from frontdesk.services.billing.answer_reading import CLAIMS, Told
from frontdesk.services.billing.batch_bytes import CLAIMS_PER_SET
from frontdesk.services.billing.claim_steps import WITH_PAYER, claim_of, move, only_from, record
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

for _table in ("claim_answer_file", "claim_answer"):
    says(f"append_only_{_table}", "What a receiver or payer said is kept as it came.")
says("uq_claim_answer_file_sha256", "This file was taken in at another desk a moment ago.")

_MESSAGES = {
    AnswerKind.ENVELOPE: "TA1",
    AnswerKind.SYNTAX: "999",
    AnswerKind.INTAKE: "277CA",
    AnswerKind.STATUS: "277",
}
_NOT_CLAIMS = {"HS": "a question on eligibility", "HR": "a question on a claim"}
_STEPS = {
    (AnswerKind.ENVELOPE, Outcome.RECEIVED): ClaimState.SENT,
    (AnswerKind.SYNTAX, Outcome.RECEIVED): ClaimState.PASSED,
    (AnswerKind.INTAKE, Outcome.RECEIVED): ClaimState.PASSED,
}
_FORWARD = {
    Outcome.ACCEPTED: ClaimState.ACCEPTED,
    Outcome.IN_PROCESS: ClaimState.IN_PROCESS,
    Outcome.WANTS_MORE: ClaimState.IN_PROCESS,
    Outcome.PAID: ClaimState.IN_PROCESS,
    Outcome.DENIED: ClaimState.IN_PROCESS,
}
"""Only a remittance says that a claim is paid or denied: until it is here, the payer is at work on it."""
_WORRIES = frozenset({Outcome.WANTS_MORE, Outcome.DENIED, Outcome.NOT_FOUND})
"""What somebody should look at though the claim is still with the payer."""


@dataclass(frozen=True, slots=True)
class AnswersTaken:
    """What a file of answers came to, in claims."""

    file_id: int
    is_known: bool
    """It was taken in before; nothing was changed."""
    accepted: int = 0
    rejected: int = 0
    worked_on: int = 0
    """In process, and whatever else the payer said of a claim that is with it."""
    unmatched: int = 0


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer that fits no claim or file of ours."""

    id: int
    version: int
    message: str
    """TA1, 999, 277CA, 277."""
    received_at: datetime
    from_name: str
    claim_number: str
    control_number: str
    code: str
    sentence: str
    charge_cents: int | None
    answered_on: date | None


@command(
    "Import answers about claims",
    permission="billing.claims",
    undo=irreversible("What a payer said stays in the timeline of each claim."),
)
def take_in(work: Work, *, sha256: str) -> AnswersTaken:
    """Read a file that `records.content.store` kept, and let each claim go on as it was answered; once.

    Raises Refused for a file that cannot be read whole; each finding names the place.
    """
    known = work.session.scalar(select(ClaimAnswerFile.id).where(ClaimAnswerFile.sha256 == sha256))
    if known is not None:
        return AnswersTaken(known, is_known=True)
    told = answer_reading.read(work.session, sha256)
    file = ClaimAnswerFile(
        received_at=work.now,
        received_by=work.actor.name,
        kinds=" ".join(dict.fromkeys(line.kind.value for line in told)),
        answers=len(told),
        sha256=sha256,
    )
    work.add(file)
    work.flush()
    intake = _Intake(work, told)
    for place, line in enumerate(told, 1):
        intake.take(file.id, place, line)
    return AnswersTaken(
        file.id,
        is_known=False,
        accepted=len(intake.accepted - intake.rejected),
        rejected=len(intake.rejected),
        worked_on=len(intake.worked_on - intake.accepted - intake.rejected),
        unmatched=intake.unmatched,
    )


@query(permission="billing.view")
def waiting(work: Work) -> tuple[AnswerLine, ...]:
    """Answers that fit no claim of ours and wait for somebody, the newest first."""
    found = work.session.execute(
        select(ClaimAnswer, ClaimAnswerFile.received_at)
        .join(ClaimAnswerFile, ClaimAnswerFile.id == ClaimAnswer.file_id)
        .where(*_WAITING)
        .order_by(ClaimAnswer.id.desc())
        .limit(200)
    )
    return tuple(
        AnswerLine(
            id=row.id,
            version=row.version,
            message=_MESSAGES[row.kind],
            received_at=work.wall(received_at),
            from_name=row.from_name,
            claim_number=row.claim_number,
            control_number=row.control_number,
            code=row.code,
            sentence=row.sentence,
            charge_cents=row.charge_cents,
            answered_on=row.answered_on,
        )
        for row, received_at in found
    )


@query(permission="billing.view")
def waiting_count(work: Work) -> int:
    """How many answers fit no claim."""
    return work.session.scalar(select(func.count()).select_from(ClaimAnswer).where(*_WAITING)) or 0


@command(
    "Say whose answer it is",
    permission="billing.claims",
    undo=irreversible("What a payer said stays in the timeline of the claim."),
)
def assign(work: Work, *, answer_id: int, claim_id: int, version: int | None = None) -> None:
    """A person says which claim the payer means; the claim goes on as it was answered."""
    answer = _waiting_answer(work, answer_id, version)
    claim = claim_of(work, claim_id)
    instead = "The payer cannot have answered it."
    only_from(claim, tuple(state for state in ClaimState if state not in _NEVER_OUT), instead)
    answer.claim_id = claim.id
    told = Told(
        kind=answer.kind,
        outcome=Outcome(answer.outcome),
        code=answer.code,
        sentence=answer.sentence,
        payer_control_number=answer.payer_control_number,
    )
    _apply(work, claim, told)


def _set_aside(done: Performed) -> Undo:
    return Undo(take_up, answer_id=done.arguments["answer_id"])


@command("Set answer aside", permission="billing.claims", undo=_set_aside)
def set_aside(work: Work, *, answer_id: int, reason: str, version: int | None = None) -> None:
    """It is about no claim of this office; it is kept, and waits no more."""
    answer = _waiting_answer(work, answer_id, version)
    if not reason.strip():
        raise Refused(Finding("Say why nobody needs to look for its claim.", "reason"))
    answer.set_aside_reason = reason.strip()


def _taken_up(done: Performed) -> Undo:
    return Undo(set_aside, answer_id=done.arguments["answer_id"], reason=done.result)


@command("Take answer up again", permission="billing.claims", undo=_taken_up)
def take_up(work: Work, *, answer_id: int) -> str:
    """Let an answer that was set aside wait again; gives back why it was set aside."""
    answer = work.get(ClaimAnswer, answer_id)
    if not answer.set_aside_reason:
        raise Refused(Finding("This answer was not set aside."))
    before, answer.set_aside_reason = answer.set_aside_reason, ""
    return before


_WAITING = (
    ClaimAnswer.claim_id.is_(None),
    ClaimAnswer.claim_batch_id.is_(None),
    ClaimAnswer.set_aside_reason == "",
)
_NEVER_OUT = (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY, ClaimState.HELD, ClaimState.VOID)


class _Intake:
    """A file of answers on its way to the claims: what it names is read in a few statements."""

    def __init__(self, work: Work, told: tuple[Told, ...]) -> None:
        self._work = work
        self.accepted: set[int] = set()
        self.rejected: set[int] = set()
        self.worked_on: set[int] = set()
        self.unmatched = 0
        numbers = {line.claim_number for line in told} - {""}
        traces = {line.trace for line in told} - {""}
        asked = dict(
            work.session.execute(
                select(ClaimInquiry.trace, ClaimInquiry.claim_id).where(ClaimInquiry.trace.in_(traces))
            ).all()
        )
        wanted = select(Claim).where(Claim.number.in_(numbers) | Claim.id.in_(asked.values()))
        found = work.session.scalars(wanted.order_by(Claim.id)).all()
        self._by_number = {claim.number: claim for claim in found}
        by_id = {claim.id: claim for claim in found}
        self._by_trace = {trace: by_id[claim_id] for trace, claim_id in asked.items()}
        controls = {int(line.control_number) for line in told if line.control_number.isdecimal()}
        batches = {int(line.file_number) for line in told if line.file_number.isdecimal()}
        self._batches = work.session.scalars(
            select(ClaimBatch).where(ClaimBatch.control_number.in_(controls) | ClaimBatch.number.in_(batches))
        ).all()

    def take(self, file_id: int, place: int, told: Told) -> None:
        """Keep one line, and do what follows of it."""
        batch = self._batch(told) if told.is_about_a_file else None
        claim = None if told.is_about_a_file else self._claim(told)
        other = told.group != CLAIMS
        self._work.add(
            ClaimAnswer(
                file_id=file_id,
                place=place,
                kind=told.kind,
                outcome=told.outcome.value,
                code=told.code,
                sentence=told.sentence,
                from_name=told.from_name,
                claim_number=told.claim_number,
                control_number=told.control_number,
                payer_control_number=told.payer_control_number,
                charge_cents=told.charge_cents,
                answered_on=told.answered_on,
                claim_id=claim.id if claim else None,
                claim_batch_id=batch.id if batch else None,
                set_aside_reason=f"About {_NOT_CLAIMS.get(told.group, 'another kind of message')}."
                if other
                else "",
            )
        )
        if other:
            return
        if claim is not None:
            self._tell(claim, told, is_current=self._is_current(claim, told))
        elif batch is not None:
            named = dict(told.named)
            for each in self._claims_of(batch, told.set_number):
                self._work.concerns(each.patient_id)
                own = named.get(each.number, "")
                self._tell(each, told, own=own, is_current=each.claim_batch_id == batch.id)
        else:
            self.unmatched += 1

    def _tell(self, claim: Claim, told: Told, *, is_current: bool, own: str = "") -> None:
        self._work.concerns(claim.patient_id)
        _apply(self._work, claim, told, own=own, is_current=is_current)
        if told.outcome is Outcome.REJECTED:
            self.rejected.add(claim.id)
        elif told.outcome in (Outcome.RECEIVED, Outcome.ACCEPTED):
            self.accepted.add(claim.id)
        else:
            self.worked_on.add(claim.id)

    def _claim(self, told: Told) -> Claim | None:
        by_trace = self._by_trace.get(told.trace) if told.trace else None
        return by_trace or self._by_number.get(told.claim_number)

    def _batch(self, told: Told) -> ClaimBatch | None:
        for batch in self._batches:
            if told.control_number.isdecimal() and batch.control_number == int(told.control_number):
                return batch
            is_named = told.kind is AnswerKind.INTAKE and told.file_number.isdecimal()
            if is_named and batch.number == int(told.file_number):
                return batch
        return None

    def _is_current(self, claim: Claim, told: Told) -> bool:
        """Whether it is about the last time that the claim went out: an answer may be late."""
        if told.kind is not AnswerKind.INTAKE or not told.file_number.isdecimal():
            return True
        batch = next((batch for batch in self._batches if batch.number == int(told.file_number)), None)
        return batch is None or batch.id == claim.claim_batch_id

    def _claims_of(self, batch: ClaimBatch, set_number: str) -> Iterable[Claim]:
        """The claims of a file, or of one set of it, in the order in which they were written."""
        found = self._work.session.scalars(
            select(Claim)
            .join(ClaimVersion, ClaimVersion.claim_id == Claim.id)
            .where(ClaimVersion.claim_batch_id == batch.id)
            .order_by(ClaimVersion.id)
        ).all()
        if not set_number.isdecimal():
            return found
        start = (int(set_number) - 1) * CLAIMS_PER_SET
        return found[start : start + CLAIMS_PER_SET]


def _apply(work: Work, claim: Claim, told: Told, *, own: str = "", is_current: bool = True) -> None:
    """Let a claim go on as it was answered; what is late or already decided goes into its timeline only."""
    said = own[:1].upper() + own[1:] + "." if own else told.sentence
    code = f"{told.code} " if told.code and told.kind is not AnswerKind.ENVELOPE else ""
    detail = f"{_MESSAGES[told.kind]}: {code}{said}"
    if not is_current:
        record(work, claim, EventKind.ANSWERED, f"{detail} It is about an earlier file.")
        return
    is_taken_in = told.outcome is Outcome.ACCEPTED
    record(work, claim, EventKind.ACCEPTED if is_taken_in else EventKind.ANSWERED, detail)
    claim.payer_control_number = told.payer_control_number or claim.payer_control_number
    if claim.state not in (*WITH_PAYER, ClaimState.APPEALED):
        return
    if told.outcome is Outcome.REJECTED:
        move(work, claim, ClaimState.REJECTED)
        _show_problem(claim, told.code, said)
        return
    step = _STEPS.get((told.kind, told.outcome)) or _FORWARD.get(told.outcome)
    if (
        step is not None
        and claim.state in WITH_PAYER
        and WITH_PAYER.index(claim.state) < WITH_PAYER.index(step)
    ):
        move(work, claim, step)
    if told.outcome in _WORRIES:
        _show_problem(claim, told.code, said)
    elif told.outcome in _FORWARD:
        claim.problem_code, claim.problem, claim.problem_count = "", "", 0


def _show_problem(claim: Claim, code: str, said: str) -> None:
    claim.problem_code, claim.problem, claim.problem_count = code, said, 1


def _waiting_answer(work: Work, answer_id: int, version: int | None) -> ClaimAnswer:
    answer = work.get(ClaimAnswer, answer_id, version)
    if answer.claim_id is not None or answer.claim_batch_id is not None:
        raise Refused(Finding("This answer has its claim already."))
    return answer
