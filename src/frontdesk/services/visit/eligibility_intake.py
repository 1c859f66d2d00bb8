"""Reading payers' answers (271): each is matched and kept; none is dropped, none is taken in twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256 as sha256_of
from itertools import islice

from sqlalchemy import func, select

from frontdesk.formats.x12.eligibility import Answer
from frontdesk.formats.x12.eligibility_reader import EligibilityReader
from frontdesk.formats.x12.envelope import Reader
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date, us_time
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.registration.eligibility import (
    AnswerBasis,
    EligibilityAnswer,
    EligibilityFile,
)
from frontdesk.models.registration.verification import CoverageVerification
from frontdesk.services.billing.remittance_survey import opened
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import verifications
from frontdesk.services.sentences import says
from frontdesk.services.visit import eligibility_answers
from frontdesk.services.visit.eligibility_match import Match, Matcher, plain_id
from frontdesk.services.visit.eligibility_survey import look_through
from frontdesk.services.work import Work

says("append_only_eligibility_file", "What the payer sent is kept as it came.")
says("append_only_eligibility_answer", "What the payer sent is kept as it came.")
says("uq_eligibility_file_sha256", "This file was read at another desk a moment ago. Nothing was changed.")
says("uq_eligibility_answer_fingerprint", "This answer was read at another desk a moment ago.")

READ_BEFORE = "read_before"
"""The field of the finding that a file was read before."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file held."""

    file_id: int
    answers: int
    matched: int
    failed: int
    """Of the matched: the payer would not answer."""
    unmatched: int
    known: int
    """Answers that another file brought before; nothing of them was changed."""
    note: str


@dataclass(frozen=True, slots=True)
class LooseAnswer:
    """An answer that no coverage fits."""

    answer_id: int
    version: int
    payer: str
    name: str
    born_on: date | None
    member_id: str
    trace: str
    reject_codes: str
    why: str
    received_at: datetime


@command(
    "Read eligibility answers",
    permission="registration.verify",
    undo=irreversible("What a payer said stays on file. Withdraw an answer that is on the wrong coverage."),
)
def take_in(work: Work, *, sha256: str) -> TakenIn:
    """Take in every answer of a file that `records.content.store` kept.

    Raises Refused for a file that was read before, that is no 271, or that ends in the middle.
    """
    before = work.session.scalar(select(EligibilityFile).where(EligibilityFile.sha256 == sha256))
    if before is not None:
        at = work.wall(before.received_at)
        raise Refused(
            Finding(
                f"This file was read on {us_date(at.date())} at {us_time(at)} by {before.received_by}. "
                "Nothing was changed.",
                READ_BEFORE,
            )
        )
    seen = look_through(work, sha256)
    file = EligibilityFile(
        received_at=work.now,
        received_by=work.actor.name,
        answers=seen.answers,
        note=seen.note,
        sha256=sha256,
    )
    work.add(file)
    work.flush()
    counts = Counter[str]()
    answers = _answers(Reader(opened(work.session, sha256)))
    place = 0
    while some := list(islice(answers, _AT_ONCE)):
        _keep(work, file.id, place, some, counts)
        place += len(some)
        work.step(place, seen.answers)
    return TakenIn(
        file_id=file.id,
        answers=seen.answers,
        matched=counts["matched"],
        failed=counts["failed"],
        unmatched=counts["unmatched"],
        known=counts["known"],
        note=seen.note,
    )


@query(permission="registration.view")
def loose(work: Work) -> tuple[LooseAnswer, ...]:
    """The answers that wait for somebody to say whom they are about, the oldest first."""
    found = work.session.execute(
        select(EligibilityAnswer, EligibilityFile.received_at)
        .join(EligibilityFile, EligibilityFile.id == EligibilityAnswer.file_id)
        .where(EligibilityAnswer.basis == AnswerBasis.NONE, EligibilityAnswer.set_aside_reason == "")
        .order_by(EligibilityFile.received_at, EligibilityAnswer.file_id, EligibilityAnswer.place)
    )
    return tuple(
        LooseAnswer(
            answer_id=row.id,
            version=row.version,
            payer=row.payer_name,
            name=" ".join(part for part in (row.first_name, row.last_name) if part),
            born_on=row.born_on,
            member_id=row.member_id,
            trace=row.trace,
            reject_codes=row.reject_codes,
            why=row.match_note,
            received_at=work.wall(received_at),
        )
        for row, received_at in found
    )


def loose_count(work: Work) -> int:
    """How many answers wait for somebody."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(EligibilityAnswer)
            .where(EligibilityAnswer.basis == AnswerBasis.NONE, EligibilityAnswer.set_aside_reason == "")
        )
        or 0
    )


def _matched(done: Performed) -> Undo:
    return Undo(unmatch, answer_id=done.arguments["answer_id"])


@command("Match eligibility answer", permission="registration.verify", undo=_matched)
def match(work: Work, *, answer_id: int, coverage_id: int, version: int | None = None) -> int:
    """A person says whose answer it is; the id of the verification."""
    row = work.get(EligibilityAnswer, answer_id, version)
    coverage = work.get(Coverage, coverage_id)
    work.concerns(coverage.patient_id)
    if row.coverage_id is not None:
        raise Refused(Finding("This answer has its coverage already. Withdraw it there first."))
    row.coverage_id, row.inquiry_id, row.basis = coverage.id, None, AnswerBasis.PERSON
    row.match_note, row.set_aside_reason = f"Matched by {work.actor.name}.", ""
    work.flush()
    return eligibility_answers.keep(work, row, _again(work, row), None)


@command(
    "Take match of eligibility answer back",
    permission="registration.verify",
    undo=irreversible("Match the answer again."),
)
def unmatch(work: Work, *, answer_id: int, version: int | None = None) -> None:
    """The answer is about somebody else: what it said of the coverage no longer counts."""
    row = work.get(EligibilityAnswer, answer_id, version)
    if row.coverage_id is None:
        raise Refused(Finding("This answer has no coverage. Match it first."))
    work.concerns(work.get(Coverage, row.coverage_id).patient_id)
    said = work.session.scalars(
        select(CoverageVerification.id)
        .where(CoverageVerification.answer_id == answer_id, verifications.counts())
        .order_by(CoverageVerification.id)
    )
    for verification_id in said.all():
        verifications.withdraw(
            work, verification_id=verification_id, reason="The answer is about somebody else."
        )
    row.coverage_id, row.inquiry_id, row.basis = None, None, AnswerBasis.NONE
    row.match_note = f"Match taken back by {work.actor.name}."


def _set_aside(done: Performed) -> Undo:
    return Undo(take_up, answer_id=done.arguments["answer_id"])


@command("Set eligibility answer aside", permission="registration.verify", undo=_set_aside)
def set_aside(work: Work, *, answer_id: int, reason: str) -> None:
    """Nobody needs to match it: another office's patient, somebody who left."""
    row = work.get(EligibilityAnswer, answer_id)
    if row.coverage_id is not None:
        raise Refused(Finding("This answer has its coverage already."))
    if not reason.strip():
        raise Refused(Finding("Enter why nobody needs to match it.", "reason"))
    row.set_aside_reason = reason.strip()


@command(
    "Take eligibility answer up again",
    permission="registration.verify",
    undo=irreversible("Set the answer aside again."),
)
def take_up(work: Work, *, answer_id: int) -> None:
    """It waits to be matched again."""
    work.get(EligibilityAnswer, answer_id).set_aside_reason = ""


def _keep(work: Work, file_id: int, before: int, answers: list[Answer], counts: Counter[str]) -> None:
    prints = [_fingerprint(answer) for answer in answers]
    known = set(
        work.session.scalars(
            select(EligibilityAnswer.fingerprint).where(EligibilityAnswer.fingerprint.in_(prints))
        )
    )
    matcher = Matcher(work, answers)
    for place, (answer, fingerprint) in enumerate(zip(answers, prints, strict=True), before + 1):
        if fingerprint in known:
            counts["known"] += 1
            continue
        known.add(fingerprint)
        found = matcher.match(answer)
        row = _row(file_id, place, fingerprint, answer, found)
        work.add(row)
        if found.patient_id is None:
            counts["unmatched"] += 1
            continue
        work.concerns(found.patient_id)
        work.flush()
        eligibility_answers.keep(work, row, answer, found.service_on)
        counts["matched"] += 1
        counts["failed"] += bool(answer.rejections)
    work.flush()


def _row(file_id: int, place: int, fingerprint: str, answer: Answer, found: Match) -> EligibilityAnswer:
    patient = answer.patient
    return EligibilityAnswer(
        file_id=file_id,
        place=place,
        fingerprint=fingerprint,
        payer_name=answer.source.name,
        trace=next(iter(answer.trace_numbers()), ""),
        member_id=plain_id(answer.subscriber.id),
        last_name=patient.last,
        first_name=patient.first,
        born_on=patient.born_on,
        reject_codes=eligibility_answers.reject_codes(answer),
        coverage_id=found.coverage_id,
        inquiry_id=found.inquiry_id,
        basis=found.basis,
        match_note=found.note,
    )


def _again(work: Work, row: EligibilityAnswer) -> Answer:
    """Reads an answer once more from the file it came in."""
    sha256 = work.get(EligibilityFile, row.file_id).sha256
    answers = _answers(Reader(opened(work.session, sha256)))
    return next(islice(answers, row.place - 1, None))


def _answers(reader: Reader) -> Iterator[Answer]:
    for message in reader.transaction_sets():
        if message.kind == "271":
            yield from EligibilityReader(message)


def _fingerprint(answer: Answer) -> str:
    whole = "\n".join("\t".join(segment) for segment in answer.segments)
    return sha256_of(f"{answer.source.id}\n{answer.reference}\n{whole}".encode()).hexdigest()
