"""Who opened, printed, copied, sent or changed what: read from the audit log, never written beside it.

The log holds commands. Opening a document or a signed form is one; looking at a list, at the schedule or
at the patient panel is not, and is not in here. The page and the report say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Select, exists, func, or_, select, union_all

from frontdesk.formats.pdf.access_report import AccessReport, ReportLine, access_report_pdf
from frontdesk.formats.spreadsheet import csv_of
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last, last_first
from frontdesk.kernel.text import us_date, us_date_time, us_time
from frontdesk.models.records.consent import Consent
from frontdesk.models.records.document import Document, Sensitivity
from frontdesk.models.registration.patient import Patient
from frontdesk.models.security.accounts import UserAccount
from frontdesk.models.security.audit import AuditEntry, AuditPatient, Station
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import access_kinds, sheets
from frontdesk.services.records.access_kinds import Kind as Kind
from frontdesk.services.registration.merged import chart_ids
from frontdesk.services.work import Work

LIMIT: Final = 200
MOST_IN_FILE: Final = 20_000
_PERMISSION: Final = "records.access_log"
_STAYS: Final = "That the log was taken out of the program stays in the log."
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class AccessWanted:
    """Which acts; what is empty does not narrow."""

    patient_id: int | None = None
    user_id: int | None = None
    kind: Kind | None = None
    from_on: date | None = None
    until_on: date | None = None
    """The last day."""


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One act on a record."""

    entry_id: int
    at: datetime
    """The office's wall time."""
    user_id: int | None
    who: str
    desk: str
    kind: Kind
    words: str
    patient_id: int
    patient_name: str
    chart_number: str
    last_name: str
    others: int
    """How many other patients the same act concerned."""


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Acts, newest first, and where the next page begins."""

    lines: tuple[AccessLine, ...]
    before: int | None
    """The last entry, where older ones follow."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may have looked."""

    user_id: int
    name: str


@query(permission=_PERMISSION)
def acts(work: Work, *, wanted: AccessWanted, before: int | None = None, limit: int = LIMIT) -> AccessPage:
    """The acts that fit, newest first; `before` continues where the page before ended."""
    if wanted.from_on and wanted.until_on and wanted.from_on > wanted.until_on:
        raise Refused(Finding("The first day is after the last. Change one of them.", "from_on"))
    ids = _ids(work, wanted, limit + 1, before)
    lines = _lines(work, ids[:limit], wanted.patient_id)
    return AccessPage(lines, ids[limit - 1] if len(ids) > limit else None)


@query(permission="records.view")
def waiting_count(work: Work) -> int | None:
    """Nothing waits here; None for whoever may not see the log, so that its page has no tab."""
    return 0 if work.actor.may(_PERMISSION) else None


@query(permission=_PERMISSION)
def people(work: Work) -> tuple[Person, ...]:
    """Everybody who has, or had, an account."""
    rows = work.session.execute(
        select(UserAccount.id, UserAccount.name).order_by(UserAccount.name, UserAccount.id)
    )
    return tuple(Person(row.id, row.name) for row in rows)


@command("Export access log", permission=_PERMISSION, undo=irreversible(_STAYS))
def export(work: Work, *, wanted: AccessWanted) -> None:
    """Write down that the log was saved as a file; `as_csv` gives the file."""
    if wanted.patient_id is not None:
        work.get(Patient, wanted.patient_id)
        work.concerns(wanted.patient_id)


@query(permission=_PERMISSION)
def as_csv(work: Work, *, wanted: AccessWanted) -> bytes:
    """The acts that fit, newest first, for a spreadsheet; at most `MOST_IN_FILE`."""
    head = ("Date", "Time", "Person", "Desk", "Kind", "What", "Patient", "Chart", "Other patients")
    rows = (
        (
            us_date(line.at.date()),
            us_time(line.at),
            line.who,
            line.desk,
            line.kind.value,
            line.words,
            line.patient_name,
            line.chart_number,
            str(line.others or ""),
        )
        for line in _all(work, wanted)
    )
    return csv_of(head, rows)


@command("Print access report", permission=_PERMISSION, undo=irreversible(_STAYS))
def note_print_report(work: Work, *, patient_id: int, from_on: date, until_on: date) -> None:
    """Write down that a patient's own report was made; `report_pdf` makes it."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    if from_on > until_on:
        raise Refused(Finding("The first day is after the last. Change one of them.", "from_on"))


@query(permission=_PERMISSION)
def report_pdf(work: Work, *, patient_id: int, from_on: date, until_on: date) -> bytes:
    """A patient's own report of who had to do with the record, oldest first."""
    patient = work.get(Patient, patient_id)
    wanted = AccessWanted(patient_id=patient_id, from_on=from_on, until_on=until_on)
    lines = sorted(_all(work, wanted), key=lambda line: (line.at, line.entry_id))
    report = AccessReport(
        patient=first_last(patient.legal_first, patient.legal_last),
        born_on=us_date(patient.born_on),
        chart_number=patient.chart_number,
        from_on=us_date(from_on),
        until_on=us_date(until_on),
        made=f"{us_date_time(work.local_now)} by {work.actor.name}",
        lines=tuple(ReportLine(us_date_time(line.at), line.who, line.words) for line in lines),
        is_cut=len(lines) >= MOST_IN_FILE,
    )
    return access_report_pdf(sheets.sender(work), report)


def _all(work: Work, wanted: AccessWanted) -> list[AccessLine]:
    ids = _ids(work, wanted, MOST_IN_FILE)
    lines: list[AccessLine] = []
    for start in range(0, len(ids), _AT_ONCE):
        work.step(start, len(ids))
        lines += _lines(work, ids[start : start + _AT_ONCE], wanted.patient_id)
    return lines


# -- finding the entries ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """From one instant to before another, and behind one entry in the order of the list."""

    start: datetime | None
    end: datetime | None
    behind: tuple[datetime, int] | None

    def holds(self, at: datetime, id: int) -> bool:
        return (
            (self.start is None or at >= self.start)
            and (self.end is None or at < self.end)
            and (self.behind is None or (at, id) < self.behind)
        )

    def conditions(self) -> list[ColumnElement[bool]]:
        at, conditions = AuditEntry.at, []
        if self.start is not None:
            conditions.append(at >= self.start)
        if self.end is not None:
            conditions.append(at < self.end)
        if self.behind is not None:
            last, id = self.behind
            conditions += [at <= last, or_(at < last, AuditEntry.id < id)]
        return conditions


def _ids(work: Work, wanted: AccessWanted, limit: int, before: int | None = None) -> list[int]:
    """The newest entries that fit, by way of the index that leaves the fewest."""
    span = _span(work, wanted, before)
    if wanted.patient_id is not None:
        return _ids_of_patient(work, wanted, wanted.patient_id, span)[:limit]
    found = select(AuditEntry.id, AuditEntry.at).where(
        exists().where(AuditPatient.entry_id == AuditEntry.id), *span.conditions()
    )
    if wanted.user_id is not None or wanted.kind in (None, Kind.CHANGED):
        newest = _newest(found.where(*_narrowed(wanted)), limit)
    else:
        # The newest of each command, then the newest of these: an index leads to each.
        each = [
            select(_newest(found.where(AuditEntry.command == name), limit).subquery())
            for name in access_kinds.names_of(wanted.kind)
        ]
        together = union_all(*each).subquery()
        order = (together.c.at.desc(), together.c.id.desc())
        newest = select(together.c.id, together.c.at).order_by(*order).limit(limit)
    return [row.id for row in work.session.execute(newest)]


def _newest(found: Select[int, datetime], limit: int) -> Select[int, datetime]:
    return found.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)


def _ids_of_patient(work: Work, wanted: AccessWanted, patient_id: int, span: _Span) -> list[int]:
    """All entries of one record are few: they are fetched by its index, and narrowed here."""
    charts = chart_ids(work, patient_id=patient_id)
    rows = work.session.execute(
        select(AuditEntry.id, AuditEntry.at, AuditEntry.user_id, AuditEntry.command)
        .join(AuditPatient, AuditPatient.entry_id == AuditEntry.id)
        .where(AuditPatient.patient_id.in_(charts))
    )
    kinds = access_kinds.kinds()
    fitting = {
        (row.at, row.id)
        for row in rows
        if span.holds(row.at, row.id)
        and wanted.user_id in (None, row.user_id)
        and wanted.kind in (None, kinds.get(row.command, Kind.CHANGED))
    }
    return [id for _, id in sorted(fitting, reverse=True)]


def _narrowed(wanted: AccessWanted) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if wanted.user_id is not None:
        narrowed.append(AuditEntry.user_id == wanted.user_id)
    if wanted.kind is Kind.CHANGED:
        others = [name for name, kind in access_kinds.kinds().items() if kind is not Kind.CHANGED]
        narrowed.append(AuditEntry.command.not_in(others))
    elif wanted.kind is not None:
        narrowed.append(AuditEntry.command.in_(access_kinds.names_of(wanted.kind)))
    return narrowed


def _span(work: Work, wanted: AccessWanted, before: int | None) -> _Span:
    start, end, behind = wanted.from_on, wanted.until_on, None
    if before is not None:
        behind = (work.session.scalars(select(AuditEntry.at).where(AuditEntry.id == before)).one(), before)
    return _Span(
        None if start is None else work.instant(datetime.combine(start, time())),
        None if end is None else work.instant(datetime.combine(end + timedelta(days=1), time())),
        behind,
    )


# -- saying them --------------------------------------------------------------------


class _Intent(msgspec.Struct):
    """What of a recorded intent the log shows."""

    name: str = ""
    arguments: dict[str, Any] = {}  # Any: JSON


_read = msgspec.json.Decoder(_Intent).decode


def _lines(work: Work, ids: Sequence[int], patient_id: int | None) -> tuple[AccessLine, ...]:
    if not ids:
        return ()
    entries = work.session.execute(
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.user_id,
            AuditEntry.command,
            AuditEntry.intent,
            Station.name.label("desk"),
        )
        .join(Station, Station.id == AuditEntry.station_id)
        .where(AuditEntry.id.in_(ids))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    ).all()
    concerned = {
        row.entry_id: (patient_id or row.first, row.patients - 1)
        for row in work.session.execute(
            select(
                AuditPatient.entry_id,
                func.min(AuditPatient.patient_id).label("first"),
                func.count().label("patients"),
            )
            .where(AuditPatient.entry_id.in_(ids))
            .group_by(AuditPatient.entry_id)
        )
    }
    columns = (Patient.id, Patient.legal_last, Patient.legal_first, Patient.chart_number)
    asked = {first for first, _ in concerned.values()}
    patients = {
        row.id: row for row in work.session.execute(select(*columns).where(Patient.id.in_(asked))).all()
    }
    intents = {entry.id: _read(entry.intent) for entry in entries}
    subjects = _subjects(work, [intent.arguments for intent in intents.values()])
    lines = []
    for entry in entries:
        intent, (patient, others) = intents[entry.id], concerned[entry.id]
        whose = patients[patient]
        lines.append(
            AccessLine(
                entry_id=entry.id,
                at=work.wall(entry.at),
                user_id=entry.user_id,
                who=intent.name,
                desk=entry.desk,
                kind=access_kinds.kinds().get(entry.command, Kind.CHANGED),
                words=access_kinds.words_of(entry.command, _subject(intent.arguments, subjects)),
                patient_id=patient,
                patient_name=last_first(whose.legal_last, whose.legal_first),
                chart_number=whose.chart_number,
                last_name=whose.legal_last,
                others=others,
            )
        )
    return tuple(lines)


_Subjects = dict[tuple[str, int], str]


def _subject(arguments: dict[str, Any], subjects: _Subjects) -> str:  # Any: JSON
    for name in ("document_id", "consent_id"):
        named = arguments.get(name)
        if isinstance(named, int) and (name, named) in subjects:
            return subjects[name, named]
    return ""


def _subjects(work: Work, arguments: Sequence[dict[str, Any]]) -> _Subjects:  # Any: JSON
    """The titles that documents and signed forms have now."""
    documents = {each["document_id"] for each in arguments if isinstance(each.get("document_id"), int)}
    consents = {each["consent_id"] for each in arguments if isinstance(each.get("consent_id"), int)}
    subjects: _Subjects = {}
    if documents:
        columns = (Document.id, Document.title, Document.arrived_as, Document.sensitivity)
        for row in work.session.execute(select(*columns).where(Document.id.in_(documents))):
            is_plain = row.sensitivity is Sensitivity.ORDINARY or work.actor.may("records.view_sensitive")
            title = (row.title or row.arrived_as or "a document") if is_plain else "a restricted document"
            subjects["document_id", row.id] = title
    if consents:
        for form in work.session.execute(select(Consent.id, Consent.title).where(Consent.id.in_(consents))):
            subjects["consent_id", form.id] = form.title
    return subjects
