"""Reads a file of answers about claims (TA1, 999 or 997, 277CA, 277) into plain lines; keeps nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from frontdesk.formats.x12 import status_words
from frontdesk.formats.x12.acknowledgment import EnvelopeAnswer, GroupAnswer, SetAnswer
from frontdesk.formats.x12.acknowledgment_reader import KINDS, read_acknowledgment
from frontdesk.formats.x12.claim_status import ACKNOWLEDGMENT_VERSION, About, ClaimStatus, Status
from frontdesk.formats.x12.claim_status_reader import ClaimStatusReader
from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.status_words import Outcome
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.claim_answers import AnswerKind
from frontdesk.services.billing.remittance_survey import grave, opened, refused

CLAIMS = "HC"
"""GS01 and AK101 of a group of claims."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a file of answers."""

    kind: AnswerKind
    outcome: Outcome
    code: str
    sentence: str
    from_name: str = ""
    group: str = CLAIMS
    """What kind of group of ours it is about."""
    control_number: str = ""
    """ISA13 or GS06 of ours."""
    set_number: str = ""
    """ST02 of ours; empty for all sets."""
    named: tuple[tuple[str, str], ...] = ()
    """Claims that a 999 points at in this set, each with what is wrong."""
    file_number: str = ""
    """BHT03 of ours, as a 277CA gives it back."""
    trace: str = ""
    """TRN02 of our question, in a 277."""
    claim_number: str = ""
    payer_control_number: str = ""
    patient_last: str = ""
    member_id: str = ""
    charge_cents: int | None = None
    answered_on: date | None = None

    @property
    def is_about_a_file(self) -> bool:
        return self.kind in (AnswerKind.ENVELOPE, AnswerKind.SYNTAX) or not (self.claim_number or self.trace)


def read(session: Session, sha256: str) -> tuple[Told, ...]:
    """All answers of a kept file.

    Raises Refused for a file that is no X12, is not whole, or holds no answer; each finding says where,
    and what was expected.
    """
    reader = Reader(opened(session, sha256))
    told: list[Told] = []
    kinds: set[str] = set()
    try:
        for message in reader.transaction_sets():
            kinds.add(message.kind)
            if message.kind in KINDS:
                told += _syntax(read_acknowledgment(message), message.interchange.sender)
            elif message.kind == "277":
                statuses = ClaimStatusReader(message)
                is_intake = message.version.startswith(ACKNOWLEDGMENT_VERSION)
                told += _statuses(statuses, AnswerKind.INTAKE if is_intake else AnswerKind.STATUS)
        told = [*(_envelope(answer) for answer in reader.envelope_answers), *told]
    except Malformed as malformed:
        raise refused([*grave(reader), *malformed.problems]) from None
    if grave(reader):
        raise refused(grave(reader))
    if not told:
        held = " and ".join(sorted(kinds)) or "nothing"
        what = f"There is no answer about claims (TA1, 999, 277CA, 277) in this file. It holds {held}."
        raise Refused(Finding(f"{what} Choose what the clearinghouse put into its folder for answers."))
    return tuple(told)


def _envelope(answer: EnvelopeAnswer) -> Told:
    words = status_words.envelope_said(answer.note)
    said = (
        "The receiver took the envelope."
        if answer.is_accepted
        else f"The whole file was turned back: {words}."
    )
    return Told(
        kind=AnswerKind.ENVELOPE,
        outcome=Outcome.RECEIVED if answer.is_accepted else Outcome.REJECTED,
        code=f"{answer.code}:{answer.note}" if answer.note else answer.code,
        sentence=said,
        control_number=answer.control_number,
    )


def _syntax(answer: GroupAnswer, sender: str) -> Iterator[Told]:
    if not answer.sets:
        wrong = [status_words.group_said(code) for code in answer.error_codes]
        yield Told(
            kind=AnswerKind.SYNTAX,
            outcome=Outcome.RECEIVED if answer.is_accepted else Outcome.REJECTED,
            code=answer.code,
            sentence=_set_sentence(answer.is_accepted, wrong),
            from_name=sender,
            group=answer.kind,
            control_number=answer.control_number,
        )
    for told in answer.sets:
        yield Told(
            kind=AnswerKind.SYNTAX,
            outcome=Outcome.RECEIVED if told.is_accepted else Outcome.REJECTED,
            code=told.code,
            sentence=_set_sentence(told.is_accepted, _errors(told)),
            from_name=sender,
            group=answer.kind,
            control_number=answer.control_number,
            set_number=told.control_number,
            named=tuple(
                (number, status_words.segment_said(error))
                for error in told.errors
                if (number := error.claim_number())
            ),
        )


def _errors(told: SetAnswer) -> list[str]:
    return [status_words.segment_said(error) for error in told.errors] or [
        status_words.set_said(code) for code in told.error_codes
    ]


def _set_sentence(is_accepted: bool, wrong: list[str]) -> str:
    if is_accepted:
        return "The file passed the receiver's check." + (f" Noted: {'; '.join(wrong)}." if wrong else "")
    return f"The receiver could not read it: {'; '.join(wrong) or 'no reason given'}."


def _statuses(statuses: ClaimStatusReader, kind: AnswerKind) -> Iterator[Told]:
    file_number = ""
    for status in statuses:
        if status.about is About.RECEIVER:
            file_number = status.trace
        if status.about is not About.CLAIM and not _is_refusal(status):
            continue  # that a mailbox or provider was known is no news
        yield _status(status, kind, file_number)


def _is_refusal(status: ClaimStatus) -> bool:
    return any(outcome_of(told) is Outcome.REJECTED for told in status.statuses)


def _status(status: ClaimStatus, kind: AnswerKind, file_number: str) -> Told:
    is_claim = status.about is About.CLAIM
    weighty = max(status.statuses, key=lambda told: _WEIGHT[outcome_of(told)], default=None)
    own = status.number("EJ")
    lines = tuple(told for line in status.lines for told in line.statuses)
    words = [status_words.sentence(told) for told in (*status.statuses, *lines)]
    return Told(
        kind=kind,
        outcome=outcome_of(weighty) if weighty else Outcome.UNKNOWN,
        code=str(weighty.codes[0]) if weighty and weighty.codes else "",
        sentence=" ".join(dict.fromkeys(words)) or "The payer gave no status.",
        from_name=status.source.name,
        file_number=file_number,
        trace=status.trace if is_claim and kind is AnswerKind.STATUS else "",
        claim_number=(status.trace if kind is AnswerKind.INTAKE else own) if is_claim else "",
        payer_control_number=status.number("1K"),
        patient_last=status.patient.last,
        member_id=status.subscriber.id,
        charge_cents=weighty.charge_cents if weighty else None,
        answered_on=weighty.on if weighty else None,
    )


def outcome_of(status: Status) -> Outcome:
    """What an STC with several codes comes to: the weightiest of them."""
    outcomes = [status_words.outcome(code) for code in status.codes]
    return max(outcomes, key=_WEIGHT.__getitem__, default=Outcome.UNKNOWN)


_WEIGHT = {
    outcome: weight
    for weight, outcome in enumerate(
        (
            Outcome.UNKNOWN,
            Outcome.RECEIVED,
            Outcome.ACCEPTED,
            Outcome.IN_PROCESS,
            Outcome.PAID,
            Outcome.TROUBLE,
            Outcome.NOT_FOUND,
            Outcome.WANTS_MORE,
            Outcome.DENIED,
            Outcome.REJECTED,
        )
    )
}
