"""A patient's chart as a list: what waits to be filed, then the years, newest first."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import fold
from frontdesk.models.records.consent import Answer, Consent
from frontdesk.models.records.document import Category as Category
from frontdesk.models.records.document import Document, DocumentState, Sensitivity
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records import legal_holds, search, stubs
from frontdesk.services.records.search import FoundText
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One row of the chart: a document, or a consent given at the desk; exactly one id is set."""

    document_id: int | None
    consent_id: int | None
    version: int
    category: Category | None
    title: str
    source: str
    on: date
    is_filed: bool
    is_sensitive: bool
    is_set_aside: bool
    media_type: str
    pages: int | None
    destroyed: str = ""
    """ "Destroyed 03/17/2026, run D-0003" where only this entry is left."""
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class ChartYear:
    """The lines of one year, newest first."""

    year: int
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many filed lines a part of the chart holds."""

    category: Category
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The list, and the counts of the whole chart whatever is searched for."""

    patient_id: int
    patient_name: str
    chart_number: str
    counts: tuple[CategoryCount, ...]
    filed_count: int
    to_file_count: int
    archived_count: int
    to_file: tuple[ChartLine, ...]
    years: tuple[ChartYear, ...]
    found: tuple[FoundText, ...] = ()
    """The documents in whose text it was found, and where."""
    holds: tuple[str, ...] = ()
    """ "Legal hold H-0002" for each that stands on something of it."""


@query(permission="records.view")
def chart(
    work: Work,
    *,
    patient_id: int,
    category: Category | None = None,
    find: str = "",
    archived: bool = False,
) -> Chart:
    """The chart, one part of it, or its archive; `find` holds words of titles, sources and texts."""
    patient = work.get(Patient, patient_id)
    documents = _documents(work, patient_id)
    waiting = [line for line in documents if not line.is_filed]
    put_away = [line for line in documents if line.is_archived]
    filed = [line for line in documents if line.is_filed and not line.is_archived]
    filed += _consents(work, patient_id)
    filed.sort(key=lambda line: (line.on, line.document_id or line.consent_id or 0), reverse=True)
    counts = tuple(
        CategoryCount(part, sum(1 for line in filed if line.category is part)) for part in Category
    )
    wanted = _Wanted(fold(find).split(), search.found_in_chart(work, patient_id, find))
    listed = sorted(put_away, key=lambda line: line.on, reverse=True) if archived else filed
    shown = [line for line in listed if category in (None, line.category) and _matches(line, wanted)]
    return Chart(
        patient_id=patient_id,
        patient_name=first_last(patient.legal_first, patient.legal_last),
        chart_number=patient.chart_number,
        counts=counts,
        filed_count=len(filed),
        to_file_count=len(waiting),
        archived_count=len(put_away),
        to_file=tuple(
            line for line in waiting if category is None and not archived and _matches(line, wanted)
        ),
        years=tuple(
            ChartYear(year, tuple(line for line in shown if line.on.year == year))
            for year in dict.fromkeys(line.on.year for line in shown)
        ),
        found=tuple(found for found in wanted.found.values() if found.snippet),
        holds=tuple(
            f"Legal hold {legal_holds.said(hold.number)}"
            for hold in legal_holds.standing(work, (patient_id,)).get(patient_id, ())
        ),
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is searched for: the index knows whole words and texts, the list fragments of its own lines."""

    fragments: list[str]
    found: dict[int, FoundText]


def _matches(line: ChartLine, wanted: _Wanted) -> bool:
    said = fold(f"{line.title} {line.source}")
    return line.document_id in wanted.found or all(fragment in said for fragment in wanted.fragments)


def _documents(work: Work, patient_id: int) -> list[ChartLine]:
    rows = work.session.scalars(
        select(Document)
        .where(Document.patient_id == patient_id, Document.state != DocumentState.WITHDRAWN)
        .order_by(Document.set_aside_at.is_not(None), Document.received_at, Document.id)
    ).all()
    destroyed = stubs.destroyed(work, [row.id for row in rows if row.state is DocumentState.DISPOSED])
    return [
        ChartLine(
            document_id=row.id,
            consent_id=None,
            version=row.version,
            category=row.category,
            title=row.title or row.arrived_as or "Without a title",
            source=row.source,
            on=row.document_on or work.wall(row.received_at).date(),
            is_filed=row.state is not DocumentState.TO_FILE,
            is_sensitive=row.sensitivity is not Sensitivity.ORDINARY,
            is_set_aside=row.set_aside_at is not None,
            media_type=row.media_type,
            pages=row.pages,
            destroyed=destroyed.get(row.id, ""),
            is_archived=row.archived_at is not None,
        )
        for row in rows
    ]


def _consents(work: Work, patient_id: int) -> list[ChartLine]:
    """What was signed at the desk is in the chart without anybody filing it."""
    said = {Answer.SIGNED: "Signed", Answer.REFUSED: "Refused", Answer.REVOKED: "Revoked"}
    rows = work.session.execute(
        select(Consent.id, Consent.title, Consent.answer, Consent.answered_on).where(
            Consent.patient_id == patient_id
        )
    )
    return [
        ChartLine(
            document_id=None,
            consent_id=consent_id,
            version=0,
            category=Category.CONSENT,
            title=title,
            source=said[answer],
            on=answered_on,
            is_filed=True,
            is_sensitive=False,
            is_set_aside=False,
            media_type="application/pdf",
            pages=None,
        )
        for consent_id, title, answer, answered_on in rows
    ]
