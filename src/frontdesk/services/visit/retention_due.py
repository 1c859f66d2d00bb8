"""Which records may be destroyed today, and why each is kept until when: a few statements for any number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.disposal import DisposalItem
from frontdesk.models.records.document import Document, DocumentState, RetentionClass, Sensitivity
from frontdesk.models.records.retention import Trigger
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.command import query
from frontdesk.services.records import legal_holds, retention_rules
from frontdesk.services.records.retention_engine import (
    NEVER,
    Applied,
    PatientFacts,
    RuleBook,
    Subject,
    adult_at,
    class_of,
    hold_on,
)
from frontdesk.services.records.retention_rules import TRIGGER_WORDS
from frontdesk.services.work import Work

SHOWN: Final = 500
"""Lines of the list, and entries of one run; what is left comes with the next."""
_COMES = (
    Lifecycle.HELD,
    Lifecycle.BOOKED,
    Lifecycle.ARRIVED,
    Lifecycle.IN_PROGRESS,
    Lifecycle.COMPLETED,
)
"""A visit that was, or that is to come: the patient is one of the office's."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """A record whose time is over."""

    document_id: int
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


@dataclass(frozen=True, slots=True)
class Due:
    """What may be destroyed today: the longest over first."""

    count: int
    held_count: int
    """Over as well, and under legal hold."""
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
    """Why a document is kept, and until when: every rule that applies, the strictest first."""

    document_id: int
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
    found.sort(key=lambda each: (each[0], each[1].document_on, each[1].id))
    first = found[:SHOWN]
    names = _patients(work, {row.patient_id for _, row in first})
    book, facts = retention_rules.rule_book(work), _facts_of(work, {row.patient_id for _, row in first})
    lines = []
    for until, row in first:
        patient = names[row.patient_id]
        subject = _subject(row)
        lines.append(
            DueLine(
                document_id=row.id,
                patient_id=row.patient_id,
                patient=last_first(patient.legal_last, patient.legal_first),
                chart_number=patient.chart_number,
                title=row.title,
                dated_on=row.document_on,
                retention_class=subject.retention_class,
                sha256=row.sha256,
                disposable_on=until,
                because=why(book.applied(subject, facts[row.patient_id])),
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
        return Kept(document_id, None, "It is not in a chart yet.", (), "")
    subject = _subject(document)
    facts = _facts_of(work, {document.patient_id})[document.patient_id]
    applied = retention_rules.rule_book(work).applied(subject, facts)
    holds = legal_holds.standing(work, (document.patient_id,))
    hold = hold_on(holds, document.patient_id, document.id, document.document_on)
    until = applied[0].until if applied else NEVER
    return Kept(
        document_id=document_id,
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
    facts = _facts_of(work, {each.patient_id for each in rows if each.patient_id is not None})
    book = retention_rules.rule_book(work)
    return {
        each.id: book.applied(_subject(each), facts[each.patient_id])
        for each in rows
        if each.patient_id is not None
    }


def paper_kept_until(work: Work, last_dated: Mapping[int, date]) -> dict[int, date]:
    """By patient the first day on which a paper chart may go whose last sheet is of that day."""
    book, facts = retention_rules.rule_book(work), _facts_of(work, set(last_dated))
    return {
        patient_id: book.disposable_on(
            Subject(RetentionClass.PAPER_CHART, Sensitivity.ORDINARY, dated_on), facts[patient_id]
        )
        for patient_id, dated_on in last_dated.items()
    }


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


def _over(work: Work) -> tuple[list[tuple[date, Any]], int]:  # Any: a row's columns
    """The records whose time is over with the day it was, and how many more a hold keeps."""
    book = retention_rules.rule_book(work)
    in_question = _in_question(work, book)
    facts = _facts(work, in_question.with_only_columns(Document.patient_id).distinct())
    holds = legal_holds.standing(work)
    today, subject_of = work.today, _subject
    found, held = [], 0
    known: dict[tuple[object, ...], date] = {}
    for row in work.session.execute(in_question):
        key = (row.patient_id, row.document_on, row.category, row.sensitivity, row.retention_class)
        until = known.get(key)
        if until is None:
            until = known[key] = book.disposable_on(subject_of(row), facts[row.patient_id])
        if until > today:
            continue
        if row.patient_id in holds and hold_on(holds, row.patient_id, row.id, row.document_on):
            held += 1
        else:
            found.append((until, row))
    return found, held


def _in_question(work: Work, book: RuleBook) -> Select[*tuple[Any, ...]]:  # Any: SQLAlchemy's own columns
    """Filed documents that are old enough for the shortest rule, and that no run has in hand."""
    try:
        youngest = work.today.replace(year=work.today.year - book.shortest_years)
    except ValueError:
        youngest = date(work.today.year - book.shortest_years, 2, 28)
    in_hand = select(DisposalItem.document_id).where(
        or_(DisposalItem.is_open, DisposalItem.ask_again_on > work.today)
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
        Document.id.not_in(in_hand),
    )
    return wanted


def _facts_of(work: Work, patient_ids: set[int]) -> dict[int, PatientFacts]:
    return _facts(work, select(Patient.id).where(Patient.id.in_(sorted(patient_ids))))


def _facts(work: Work, patients: Select[*tuple[Any, ...]]) -> dict[int, PatientFacts]:  # Any: ids
    """What the triggers ask about these patients, in four statements."""
    session = work.session
    adult = adult_at(session.scalar(select(Practice.state)) or "")
    newest = session.execute(
        select(Document.patient_id, func.max(Document.document_on))
        .where(
            Document.patient_id.in_(patients),
            Document.state.in_((DocumentState.FILED, DocumentState.DISPOSED)),
        )
        .group_by(Document.patient_id)
    )
    last = {patient_id: dated_on for patient_id, dated_on in newest if patient_id and dated_on}
    for patient_id, starts in session.execute(
        select(Appointment.patient_id, func.max(Appointment.starts))
        .where(Appointment.patient_id.in_(patients), Appointment.lifecycle.in_(_COMES))
        .group_by(Appointment.patient_id)
    ):
        last[patient_id] = max(last.get(patient_id, date.min), starts.date())
    covered: dict[int, date | None] = {}
    for patient_id, until, open_ended in session.execute(
        select(
            Coverage.patient_id,
            func.max(Coverage.effective_until),
            func.count() - func.count(Coverage.effective_until),
        )
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(
            Coverage.patient_id.in_(patients),
            and_(Coverage.is_active, Payer.kind == PayerKind.MEDICARE),
        )
        .group_by(Coverage.patient_id)
    ):
        covered[patient_id] = None if open_ended else until
    return {
        patient_id: PatientFacts(
            born_on=born_on,
            died_on=died_on,
            last_contact_on=last.get(patient_id),
            has_coverage=patient_id in covered,
            coverage_until=covered.get(patient_id),
            adult_at=adult,
        )
        for patient_id, born_on, died_on in session.execute(
            select(Patient.id, Patient.born_on, Patient.died_on).where(Patient.id.in_(patients))
        )
    }


def _patients(work: Work, patient_ids: set[int]) -> dict[int, Patient]:
    found = work.session.scalars(select(Patient).where(Patient.id.in_(sorted(patient_ids))))
    return {patient.id: patient for patient in found}


def _subject(row: Any) -> Subject:  # Any: a document, or its columns
    return Subject(class_of(row.retention_class, row.category), row.sensitivity, row.document_on)
