"""What is to be reviewed of a remittance, told with its facts, and what can be done about it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.refund import Refund, RefundState, RefundWay
from frontdesk.models.billing.remittances import (
    Remittance,
    RemittanceClaim,
    RemittanceState,
    Treatment,
    Verdict,
)
from frontdesk.services.billing import denial_causes, refunds, remittance_review, remittance_rules
from frontdesk.services.billing.denial_causes import Cause
from frontdesk.services.billing.refunds import RefundDraft
from frontdesk.services.billing.remittance_facts import ClaimFacts, Facts, LineFacts, day, paid_in_words
from frontdesk.services.billing.remittance_review import Answered, Note, NoteKind
from frontdesk.services.work import Work

_SHORT = 30


class Verb(StrEnum):
    """What can be done about an answer that is to be reviewed."""

    REFUND = "refund"
    """Ask for what the patient paid too much; it goes out once the remittance is posted."""
    APPEAL = "appeal"
    PATIENT = "patient"
    WRITE_OFF = "write_off"
    AGAIN = "again"
    """Decide anew."""
    WITHDRAW = "withdraw"
    """The refund is not wanted after all."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be reviewed of one answer."""

    text: str
    verbs: tuple[Verb, ...]
    is_posted: bool = False
    is_settled: bool = False
    """A person decided on it, or asked for the refund."""
    refund: RefundDraft | None = None
    """What could be asked for."""
    refund_id: int | None = None
    """What was asked for."""


_ADVICE = {
    Cause.ELIGIBILITY: "Bill the patient or find new coverage.",
    Cause.AUTHORIZATION: "Appeal with the authorization, or write it off.",
    Cause.CODING: "Correct the claim, or appeal.",
    Cause.MEDICAL_NECESSITY: "Appeal with the notes, or write it off.",
    Cause.TIMELY_FILING: "Appeal with the proof of filing, or write it off.",
    Cause.DUPLICATE: "Look at the other claim first.",
}
_DECIDED = {
    Verdict.WRITE_OFF: "Written off",
    Verdict.PATIENT: "Billed to the patient",
    Verdict.APPEAL: "Appealed",
    Verdict.KEEP: "Left open with the payer",
}


def found_of(work: Work, remittance: Remittance, answers: Sequence[RemittanceClaim]) -> dict[int, Found]:
    """By answer that is to be reviewed or was decided on; in a fixed number of statements."""
    some = [answer for answer in answers if answer.review or answer.decided is not None]
    if not some:
        return {}
    facts = Facts(work, some)
    is_open = remittance.state in (RemittanceState.OPEN, RemittanceState.HELD)
    answered = remittance_review.answered_of(work, some)
    return {
        answer.id: _Told(facts, remittance, answer, said, is_open).found()
        for answer, said in zip(some, answered, strict=True)
    }


@dataclass(slots=True)
class _Told:
    """One answer."""

    facts: Facts
    remittance: Remittance
    answer: RemittanceClaim
    answered: Answered
    is_open: bool

    def found(self) -> Found:
        refund = self.facts.refunds.get(self.answer.id)
        notes = list(remittance_review.notes(self.answered))
        texts = [*self._decided(), *(self._text(note, notes) for note in notes if self._is_told(note))]
        if refund is not None:
            texts.append(self._asked(refund))
        owed = next((note.cents for note in notes if note.kind is NoteKind.CREDIT), 0)
        draft = self._draft(owed) if refund is None else None
        return Found(
            text=" ".join(text for text in texts if text),
            verbs=tuple(self._verbs(notes, refund, draft)),
            is_posted=not self.is_open,
            is_settled=self.answer.decided is not None or refund is not None,
            refund=draft,
            refund_id=refund.id if refund is not None else None,
        )

    def _is_told(self, note: Note) -> bool:
        """What is appealed stays open, and was told by what was decided."""
        return note.kind is not NoteKind.OPEN or self.answer.decided is None

    def _verbs(
        self, notes: Sequence[Note], refund: Refund | None, draft: RefundDraft | None
    ) -> Iterator[Verb]:
        if self.is_open and self.answer.decided is not None:
            yield Verb.AGAIN
        elif self.is_open and self.answer.claim_id is not None:
            yield from _verbs_of([note.code for note in notes if note.kind is NoteKind.OPEN])
        if draft is not None:
            yield Verb.REFUND
        elif refund is not None and refund.state is not RefundState.PAID:
            yield Verb.WITHDRAW
        yield Verb.OPEN

    def _decided(self) -> Iterator[str]:
        if self.answer.decided is not None:
            when = " when posted" if self.is_open else ""
            done, off = _DECIDED[self.answer.decided], self.answer.decided_off_cents
            if off:
                done = f"{dollars(off)} written off, the rest {done[:1].lower()}{done[1:]}"
            yield f"{done}{when}: {self.answer.decided_note.rstrip('.')}."

    def _text(self, note: Note, notes: Sequence[Note]) -> str:
        if note.kind is NoteKind.CREDIT:
            return self._credit(note)
        if note.kind is not NoteKind.OPEN:
            return note.text
        if self.answer.status != ClaimStatus.DENIED:
            return self._unpaid(note)
        of_claim = [each for each in notes if each.kind is NoteKind.OPEN]
        main = max(of_claim, key=lambda each: (_number(each.code) in remittance_rules.DENIALS, each.cents))
        return self._denied(main, of_claim) if note is main else ""

    def _denied(self, main: Note, all_open: Sequence[Note]) -> str:
        claim = self._claim()
        cause = _cause(main.code)
        said = _meaning(main.code)
        if cause is Cause.ELIGIBILITY and claim is not None and claim.covered_until is not None:
            said = f"coverage ended {day(claim.covered_until, self.remittance.paid_on)}"
        others = [note.code for note in all_open if note is not main]
        also = f" (also {', '.join(others)})" if others else ""
        cents = dollars(sum(note.cents for note in all_open))
        return f"Denied {main.code}, {said}{also}. {_ADVICE.get(cause, f'{cents} stays open.')}"

    def _unpaid(self, note: Note) -> str:
        places = {
            row.line
            for row in self.facts.adjustments[self.answer.id]
            if row.treatment is Treatment.OPEN
            and row.amount_cents > 0
            and f"{row.group_code}-{row.reason_code}" == note.code
        }
        line = self.facts.lines.get((self.answer.id, next(iter(places)))) if len(places) == 1 else None
        if line is None:
            return f"{dollars(note.cents)} not paid, {note.code} {_meaning(note.code)}."
        paid = f"paid at {dollars(line.paid_cents)}"
        less = "" if not line.paid_cents else f" {dollars(note.cents)} stays open."
        return (
            f"{self._service(line.code)} {paid}, {note.code} {_meaning(note.code)}.{less}{self._usual(line)}"
        )

    def _service(self, code: str) -> str:
        """ "Vaccine 90707", or the number alone where the name is long."""
        claim = self._claim()
        label = claim.labels.get(code, "") if claim is not None else ""
        is_short = label != code and len(label) <= _SHORT and "," not in label
        return f"{label} {code}" if label and is_short else code

    def _usual(self, line: LineFacts) -> str:
        claim = self._claim()
        rate = self.facts.rate(claim.payer_id, line.code, claim.service_on) if claim is not None else None
        return f" Usual rate is {dollars(rate)}." if rate is not None and rate != line.paid_cents else ""

    def _credit(self, note: Note) -> str:
        paid = self._paid()
        if paid is None:
            return note.text
        moved = defaultdict[str, int](int)
        for row in self.facts.adjustments[self.answer.id]:
            if row.treatment is Treatment.PATIENT:
                moved[f"{row.group_code}-{row.reason_code}"] += row.amount_cents - row.written_off_cents
        refund = "" if self.answer.id in self.facts.refunds else f" Refund {dollars(note.cents)}."
        if not any(moved.values()):
            return f"Nothing is left to the patient, who {paid}.{refund}"
        codes = [f"{_meaning(code)} {code}" for code, cents in moved.items() if cents]
        what, verb = " and ".join(codes), "moves" if len(codes) == 1 else "move"
        return (
            f"{what[:1].upper()}{what[1:]} {verb} {dollars(sum(moved.values()))} to the patient, "
            f"who {paid}.{refund}"
        )

    def _asked(self, refund: Refund) -> str:
        number = refunds.said_refund(refund.number)
        if refund.state is RefundState.PAID:
            return f"{number} of {dollars(refund.amount_cents)} was paid."
        when = " It is paid once this is posted." if self.is_open else ""
        return f"{number} of {dollars(refund.amount_cents)} is asked for.{when}"

    def _draft(self, owed_cents: int) -> RefundDraft | None:
        claim = self._claim()
        left = self.facts.left.get(claim.visit_id) if claim is not None else None
        if not owed_cents or left is None:
            return None
        receipt_id, cents = left
        return RefundDraft(
            amount_cents=min(owed_cents, cents),
            way=RefundWay.CHECK,
            reason=f"{self.remittance.payer_name} left the patient less than they paid.",
            receipt_id=receipt_id,
            remittance_claim_id=self.answer.id,
        )

    def _claim(self) -> ClaimFacts | None:
        return self.facts.claims.get(self.answer.claim_id or 0)

    def _paid(self) -> str | None:
        claim = self._claim()
        paid = self.facts.ahead.get(claim.visit_id) if claim is not None else None
        return paid_in_words(paid, self.remittance.paid_on) if paid is not None else None


def _verbs_of(codes: Sequence[str]) -> Iterator[Verb]:
    """What the open amounts call for; W, B and A work on each of them all the same."""
    if not codes:
        return
    if any(_cause(code) is Cause.ELIGIBILITY for code in codes):
        yield Verb.PATIENT
        return
    yield Verb.APPEAL
    yield Verb.PATIENT if all(code.startswith("PR-") for code in codes) else Verb.WRITE_OFF


def _cause(code: str) -> Cause:
    return denial_causes.of_code(_number(code))[0]


def _meaning(code: str) -> str:
    words = remittance_rules.meaning(_number(code)) or "a reason not on our list"
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _number(code: str) -> str:
    return code.partition("-")[2]
