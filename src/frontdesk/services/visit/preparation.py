"""What a provider reads before a visit, in one PDF: a cover with what is open and new, then documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from sqlalchemy import func, select

from frontdesk.formats.pdf.preparation import Cover, PacketChange, PacketDocument, PacketPart
from frontdesk.formats.pdf.preparation import packet_pdf as drawn
from frontdesk.kernel.errors import Finding, FrontdeskError, NotAllowed, Refused
from frontdesk.kernel.text import counted, us_date, us_time, weekday_date
from frontdesk.models.records.content import DocumentContent
from frontdesk.models.records.document import Document, DocumentReading, DocumentState, Sensitivity
from frontdesk.models.records.volume import ChartVolume
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import paper_rule, sheets, viewing, whereabouts
from frontdesk.services.visit import check_in, pull_list, since_last
from frontdesk.services.visit.steps import StepKind
from frontdesk.services.work import Work

MOST_BYTES: Final = 150 * 1024 * 1024
_FIRST_TIME: Final = 5
"""How many documents are proposed for a patient who was never here."""
_ON_COVER: Final = (StepKind.INSURANCE, StepKind.CONSENTS)
"""What the desk still has to do that a provider should know."""
_SENSITIVE: Final = "records.view_sensitive"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A visit with the documents that go into its part of the packet."""

    appointment_id: int
    document_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A document of the chart as the list shows it."""

    document_id: int
    title: str
    source: str
    on: date
    pages: int | None
    is_sensitive: bool
    is_unread: bool
    is_proposed: bool
    """New since the last visit, or still to be read; never a restricted one."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The documents of a visit's patient, the newest first."""

    appointment_id: int
    patient: str
    when: datetime
    provider: str
    documents: tuple[Choice, ...]
    hidden: int
    """Restricted documents that this person may not see."""


@query(permission="records.view")
def choices(work: Work, *, appointment_id: int) -> Choices:
    """What can go into a visit's packet; a constant number of statements."""
    visit = work.get(Appointment, appointment_id)
    known = check_in.check_in(work, appointment_id=appointment_id)
    every = _documents(work, visit)
    may = work.actor.may(_SENSITIVE)
    shown = tuple(each for each in every if may or not each.is_sensitive)
    return Choices(
        appointment_id, known.patient.name, visit.starts, known.provider, shown, len(every) - len(shown)
    )


@query(permission="records.view")
def proposed(work: Work, *, day: date, provider_id: int | None) -> tuple[Wanted, ...]:
    """A packet for each visit of a day that is still to come, in their order, as it would be proposed."""
    begins = datetime.combine(day, time())
    visits = work.session.scalars(
        select(Appointment)
        .where(
            Appointment.starts >= begins,
            Appointment.starts < begins + timedelta(days=1),
            Appointment.lifecycle.not_in(pull_list.OFF),
            Appointment.completed_at.is_(None),
            *([Appointment.provider_id == provider_id] if provider_id is not None else []),
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    return tuple(
        Wanted(visit.id, tuple(each.document_id for each in _documents(work, visit) if each.is_proposed))
        for visit in visits
    )


@command(
    "Print preparation packet",
    permission="records.view",
    undo=irreversible("That these documents were printed stays in the log."),
)
def note_packet(work: Work, *, wanted: tuple[Wanted, ...]) -> None:
    """Write down, document by document, what leaves the chart with the packet; before it is made."""
    if not wanted:
        raise Refused(Finding("No visit is left on that day to prepare for."))
    for each in wanted:
        patient_id = work.get(Appointment, each.appointment_id).patient_id
        work.concerns(patient_id)
        for document_id in each.document_ids:
            _of_chart(work, document_id, patient_id)


@query(permission="records.view")
def packet_pdf(work: Work, *, wanted: tuple[Wanted, ...]) -> bytes:
    """The packet; its documents are read one after another."""
    ids = [document_id for each in wanted for document_id in each.document_ids]
    size = work.session.scalar(
        select(func.sum(DocumentContent.size_bytes))
        .join(Document, Document.sha256 == DocumentContent.sha256)
        .where(Document.id.in_(ids))
    )
    if size and size > MOST_BYTES:
        said = f"These documents are {size // 1_000_000} MB together, and 150 MB fit into a packet."
        raise Refused(Finding(f"{said} Leave some out."))
    at = f"{us_date(work.today)} at {us_time(work.local_now)}"
    return drawn(sheets.sender(work), at, _parts(work, wanted))


def _parts(work: Work, wanted: tuple[Wanted, ...]) -> Iterator[PacketPart]:
    for done, each in enumerate(wanted):
        work.step(done, len(wanted))
        visit = work.get(Appointment, each.appointment_id)
        chosen = [_of_chart(work, document_id, visit.patient_id) for document_id in each.document_ids]
        yield PacketPart(
            cover=_cover(work, visit, {document.id for document in chosen}),
            documents=tuple(
                PacketDocument(
                    on=us_date(document.document_on or work.wall(document.received_at).date()),
                    title=document.title or "Without a title",
                    source=document.source,
                    remark="Restricted" if document.sensitivity is not Sensitivity.ORDINARY else "",
                    load=partial(_pdf_of, work, document.id),
                )
                for document in chosen
            ),
        )


def _pdf_of(work: Work, document_id: int) -> bytes:
    """Nothing where it is damaged or erased: the cover says so."""
    try:
        return viewing.document_pdf(work, document_id=document_id)
    except NotAllowed:
        raise
    except FrontdeskError:
        return b""


def _cover(work: Work, visit: Appointment, chosen: set[int]) -> Cover:
    known = check_in.check_in(work, appointment_id=visit.id)
    every = _documents(work, visit)
    open_items = [f"{step.title}: {step.result}." for step in known.open_steps if step.kind in _ON_COVER]
    open_items += [
        f"To be read: {each.title}, {us_date(each.on)}."
        for each in every
        if each.is_unread and not each.is_sensitive
    ]
    open_items += _paper(work, visit)
    restricted = sum(each.is_sensitive and each.document_id not in chosen for each in every)
    left_out = []
    if restricted:
        are = counted(restricted, "restricted document is", "restricted documents are")
        left_out.append(f"{are} left out. Ask at the records desk.")
    since = known.since_last
    changes = since.differences if since else ()
    return Cover(
        patient=known.patient.name,
        facts=(
            ("Visit", f"{weekday_date(visit.starts.date())}, {us_time(visit.starts)}"),
            ("Provider", known.provider),
            ("Reason", known.what),
            ("Birth date", f"{us_date(known.patient.born_on)}, {known.patient.age} years"),
            ("Chart", known.patient.chart_number),
            ("Language", known.patient.language),
        ),
        open_items=tuple(open_items),
        last_visit=us_date(since.on) if since else "",
        changes=tuple(PacketChange(each.what, each.before, each.after, each.by) for each in changes),
        left_out=tuple(left_out),
    )


def _paper(work: Work, visit: Appointment) -> list[str]:
    """Where the paper chart is; nothing in an office without paper."""
    if not paper_rule.rule(work).keeps_paper:
        return []
    found = whereabouts.volumes(work, ChartVolume.patient_id == visit.patient_id)
    newest = max(found, key=lambda volume: volume.number, default=None)
    return [f"Paper chart, {newest.label}: {newest.where}."] if newest else []


def _documents(work: Work, visit: Appointment) -> tuple[Choice, ...]:
    """The filed documents of the visit's patient, the newest first; three statements."""
    last = since_last.last_visit(work, visit)
    unread = set(
        work.session.scalars(
            select(DocumentReading.document_id)
            .join(Document, Document.id == DocumentReading.document_id)
            .where(Document.patient_id == visit.patient_id, DocumentReading.read_at.is_(None))
        )
    )
    rows = work.session.scalars(
        select(Document)
        .where(Document.patient_id == visit.patient_id, Document.state == DocumentState.FILED)
        .order_by(Document.document_on.desc(), Document.id.desc())
    )
    made = []
    for place, row in enumerate(rows):
        is_sensitive = row.sensitivity is not Sensitivity.ORDINARY
        is_new = row.received_at > last.over_at if last else place < _FIRST_TIME
        on = row.document_on or work.wall(row.received_at).date()
        made.append(
            Choice(
                document_id=row.id,
                title=row.title,
                source=row.source,
                on=on,
                pages=row.pages,
                is_sensitive=is_sensitive,
                is_unread=row.id in unread,
                is_proposed=(is_new or row.id in unread) and not is_sensitive,
            )
        )
    return tuple(made)


def _of_chart(work: Work, document_id: int, patient_id: int) -> Document:
    document = work.get(Document, document_id)
    if document.patient_id != patient_id or document.state is not DocumentState.FILED:
        raise Refused(Finding("A document of the packet is no longer in this chart. Choose again."))
    if document.sensitivity is not Sensitivity.ORDINARY:
        work.require(_SENSITIVE)
    return document
