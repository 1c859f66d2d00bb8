"""Which records may be destroyed today, and why each is kept until when: a few statements for any number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, or_, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.records.disposal import DisposalItem
from frontdesk.models.records.document import Document, DocumentState, RetentionClass
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.retention import Trigger
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records import legal_holds, retention_rules
from frontdesk.services.records.release_steps import OPEN
from frontdesk.services.records.request_row import number_words
from frontdesk.services.records.retention_engine import (
    NEVER,
    Applied,
    HoldScope,
    RuleBook,
    Subject,
    class_of,
    hold_on,
    years_before,
)
from frontdesk.services.records.retention_rules import TRIGGER_WORDS
from frontdesk.services.visit.retention_facts import facts, facts_of, quiet_since
from frontdesk.services.visit.retention_paper import closed_volumes, paper_verdicts, these_volumes
from frontdesk.services.work import Work

SHOWN: Final = 500
"""Lines of the list, and entries of one run; what is left comes with the next."""
_FEW: Final = 5_000
"""Patients who are asked for by their numbers; more of them by the statement that found them."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """A record whose time is over."""

    document_id: int | None
    volume_id: int | None
    """A paper chart, where it is no document."""
    patient_id: int
    patient: str
    chart_number: str
    title: str
    dated_on: date
    retention_class: RetentionClass
    sha256: str
    disposable_on: date
    because: str
    """The strictest rule, and the day it counts from."""

    @property
    def key(self) -> tuple[int | None, int | None]:
        """By which the list knows it."""
        return (self.document_id, self.volume_id)


class _Over(NamedTuple):
    until: date
    document_id: int | None
    volume_id: int | None
    patient_id: int
    title: str
    dated_on: date
    subject: Subject
    sha256: str


@dataclass(frozen=True, slots=True)
class Due:
    """What may be destroyed today: the longest over first."""

    count: int
    held_count: int
    """Over as well, and under legal hold, or asked for by a request that is open."""
    lines: tuple[DueLine, ...]


@dataclass(frozen=True, slots=True)
class RuleApplied:
    """A rule that applies to a record, and how long it keeps it."""

    name: str
    counts_from: date | None
    """None: its day is still to come."""
    until: date | None
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a record is kept, and until when: every rule that applies, the strictest first."""

    disposable_on: date | None
    """None: nobody can say yet, or never."""
    because: str
    rules: tuple[RuleApplied, ...]
    hold: str
    """ "H-0002, State v. Bell"; empty where none stands in the way."""


@query(permission="records.view")
def due(work: Work) -> Due:
    """The list of what may be destroyed today."""
    found, held = _over(work)
    found.sort(key=lambda each: (each.until, each.dated_on, each.document_id or each.volume_id))
    first = found[:SHOWN]
    patient_ids = {each.patient_id for each in first}
    names, known_of = _patients(work, patient_ids), facts_of(work, patient_ids)
    book = retention_rules.rule_book(work)
    lines = []
    for each in first:
        patient = names[each.patient_id]
        lines.append(
            DueLine(
                document_id=each.document_id,
                volume_id=each.volume_id,
                patient_id=each.patient_id,
                patient=last_first(patient.legal_last, patient.legal_first),
                chart_number=patient.chart_number,
                title=each.title,
                dated_on=each.dated_on,
                retention_class=each.subject.retention_class,
                sha256=each.sha256,
                disposable_on=each.until,
                because=why(book.applied(each.subject, known_of[each.patient_id])),
            )
        )
    return Due(len(found), held, tuple(lines))


def due_count(work: Work) -> int:
    """How many records may be destroyed today."""
    return len(_over(work)[0])


@query(permission="records.view")
def kept_until(work: Work, *, document_id: int) -> Kept:
    """Why one document is kept, for its chart."""
    document = work.get(Document, document_id)
    if document.patient_id is None or document.document_on is None:
        return Kept(None, "It is not in a chart yet.", (), "")
    known_of = facts_of(work, (document.patient_id,))[document.patient_id]
    applied = retention_rules.rule_book(work).applied(_subject(document), known_of)
    holds = legal_holds.standing(work, (document.patient_id,))
    return _kept(applied, hold_on(holds, document.patient_id, document.id, document.document_on))


@query(permission="records.view")
def paper_kept_until(work: Work, *, volume_id: int) -> Kept:
    """The same of a closed paper volume."""
    paper = these_volumes(work, (volume_id,)).get(volume_id)
    if paper is None:
        return Kept(None, "The volume is still in use.", (), "")
    applied = paper_verdicts(work, retention_rules.rule_book(work), (paper,))[volume_id]
    holds = legal_holds.standing(work, (paper.patient_id,))
    return _kept(applied, hold_on(holds, paper.patient_id, None, paper.dated_on, paper.begins_on))


def _kept(applied: tuple[Applied, ...], hold: HoldScope | None) -> Kept:
    until = applied[0].until if applied else NEVER
    return Kept(
        disposable_on=None if until == NEVER else until,
        because=why(applied),
        rules=tuple(
            RuleApplied(
                each.rule.name,
                None if each.counts_from == NEVER else each.counts_from,
                None if each.until == NEVER else each.until,
                each.rule.trigger,
            )
            for each in applied
        ),
        hold=f"{legal_holds.said(hold.number)}, {hold.matter}" if hold is not None else "",
    )


def verdicts(work: Work, documents: Iterable[Document]) -> dict[int, tuple[Applied, ...]]:
    """The rules that apply to each of these documents now, the strictest first."""
    rows = [each for each in documents if each.patient_id is not None and each.document_on is not None]
    known_of = facts_of(work, {each.patient_id for each in rows if each.patient_id is not None})
    book = retention_rules.rule_book(work)
    return {
        each.id: book.applied(_subject(each), known_of[each.patient_id])
        for each in rows
        if each.patient_id is not None
    }


def requests_open(work: Work) -> dict[int, str]:
    """By patient the request for copies that is open: what is asked for is not destroyed meanwhile."""
    rows = work.session.execute(
        select(ReleaseRequest.patient_id, ReleaseRequest.number)
        .where(ReleaseRequest.state.in_(OPEN))
        .order_by(ReleaseRequest.number.desc())
    )
    return {patient_id: number_words(number) for patient_id, number in rows}


def why(applied: tuple[Applied, ...]) -> str:
    """ "Medical record: ten years after the last contact. Counts from 03/11/2014, last contact." """
    if not applied:
        return "No rule says how long it is kept, so it stays."
    strictest = applied[0]
    if strictest.rule.trigger is Trigger.NEVER:
        return f"{strictest.rule.name}."
    what = TRIGGER_WORDS[strictest.rule.trigger]
    if strictest.until == NEVER:
        return f"{strictest.rule.name}. The {what} is still to come."
    return f"{strictest.rule.name}. Counts from {us_date(strictest.counts_from)}, {what}."


def _over(work: Work) -> tuple[list[_Over], int]:
    """The records whose time is over, and how many more a hold keeps."""
    book, holds, today = retention_rules.rule_book(work), legal_holds.standing(work), work.today
    in_question = _in_question(work, book)
    rows = work.session.execute(in_question).all()
    patient_ids = {row.patient_id for row in rows}
    if len(patient_ids) <= _FEW:
        known_of = facts_of(work, patient_ids)
    else:
        known_of = facts(work, in_question.with_only_columns(Document.patient_id).distinct())
    found, held = [], 0
    known: dict[tuple[object, ...], tuple[date, Subject]] = {}
    asked = requests_open(work)
    for row in rows:
        key = (row.patient_id, row.document_on, row.category, row.sensitivity, row.retention_class)
        verdict = known.get(key)
        if verdict is None:
            subject = _subject(row)
            verdict = known[key] = (book.disposable_on(subject, known_of[row.patient_id]), subject)
        if verdict[0] > today:
            continue
        if row.patient_id in asked or (
            row.patient_id in holds and hold_on(holds, row.patient_id, row.id, row.document_on)
        ):
            held += 1
            continue
        found.append(
            _Over(
                verdict[0],
                row.id,
                None,
                row.patient_id,
                row.title,
                row.document_on,
                verdict[1],
                row.sha256,
            )
        )
    papers = closed_volumes(work)
    by_volume = paper_verdicts(work, book, papers)
    for paper in papers:
        applied = by_volume[paper.volume_id]
        until = applied[0].until if applied else NEVER
        if until > today:
            continue
        if paper.patient_id in asked or hold_on(
            holds, paper.patient_id, None, paper.dated_on, paper.begins_on
        ):
            held += 1
            continue
        found.append(
            _Over(
                until, None, paper.volume_id, paper.patient_id, paper.title, paper.dated_on, paper.subject, ""
            )
        )
    return found, held


def _in_question(work: Work, book: RuleBook) -> Select[*tuple[Any, ...]]:  # Any: SQLAlchemy's own columns
    """Filed documents, old enough for the shortest rule, of quiet charts, that no run has in hand."""
    youngest = years_before(work.today, book.shortest_years)
    quiet = quiet_since(years_before(work.today, book.contact_years))
    in_hand = select(DisposalItem.document_id).where(
        DisposalItem.document_id.is_not(None),
        or_(DisposalItem.is_open, DisposalItem.ask_again_on > work.today),
    )
    wanted: Select[*tuple[Any, ...]] = select(
        Document.id,
        Document.patient_id,
        Document.category,
        Document.sensitivity,
        Document.retention_class,
        Document.document_on,
        Document.title,
        Document.sha256,
    ).where(
        Document.state == DocumentState.FILED,
        Document.document_on <= youngest,
        or_(Document.retention_class.is_not(None), Document.patient_id.in_(quiet)),
        Document.id.not_in(in_hand),
    )
    return wanted


def _patients(work: Work, patient_ids: set[int]) -> dict[int, Patient]:
    found = work.session.scalars(select(Patient).where(Patient.id.in_(sorted(patient_ids))))
    return {patient.id: patient for patient in found}


def _subject(row: Any) -> Subject:  # Any: a document, or its columns
    return Subject(class_of(row.retention_class, row.category), row.sensitivity, row.document_on)
