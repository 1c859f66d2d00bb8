"""The offices outside, who was seen there before, what is awaited from them; and a record to be amended.

Nobody and no office of it exists.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Category, Document
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.database import Database
from frontdesk.services.records import amendments, outbound, outbound_views, outside, prior_providers
from frontdesk.services.records.amendments import AmendmentDraft, Arrival
from frontdesk.services.records.outbound import AskDraft, Way
from frontdesk.services.records.outside import OfficeDraft
from frontdesk.services.records.prior_providers import PriorDraft
from frontdesk.services.work import Actor

CASCADE: Final = "Cascade General"
OFFICES: Final = (
    OfficeDraft(
        CASCADE,
        department="Health information",
        attention="M. Ortiz",
        phone="5035550177",
        fax="5035550178",
        street="1200 NW Cascade Avenue",
        city="Portland",
        state="OR",
        zip="97209",
    ),
    OfficeDraft(
        "Amin Cardiology",
        phone="5035550121",
        fax="5035550122",
        email="records@amincardio.example.com",
        street="410 SW Salmon Street",
        city="Portland",
        state="OR",
        zip="97204",
    ),
    OfficeDraft("Northside Pediatrics", phone="5035550183", fax="5035550184", attention="Front desk"),
    OfficeDraft("Rose City Imaging", department="Film library", phone="5035550131", fax="5035550132"),
    OfficeDraft("Willamette Labs", phone="5035550141", fax="5035550142"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Where somebody was seen before."""

    patient: str
    office: str
    provider: str
    first: date | None
    last: date | None
    holds: tuple[Category, ...]


SEEN: Final = (
    Seen(
        "Walter Harris",
        CASCADE,
        "L. Whitcomb, MD",
        date(2026, 3, 9),
        date(2026, 3, 12),
        (Category.HOSPITAL, Category.LAB_RESULT),
    ),
    Seen("Walter Harris", "Amin Cardiology", "Dr. Amin", date(2025, 8, 5), None, (Category.LETTER,)),
    Seen("Marcus Bell", "Rose City Imaging", "", date(2026, 1, 30), date(2026, 1, 30), (Category.IMAGING,)),
    Seen(
        "Caleb Dixon",
        "Northside Pediatrics",
        "R. Okafor, MD",
        date(2017, 9, 1),
        date(2024, 6, 30),
        (Category.VISIT_NOTE,),
    ),
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A request to another office, and what came of it so far."""

    patient: str
    office: str
    items: tuple[str, ...]
    asked_at: datetime
    needed_on: date
    visit_on: date | None = None
    way: Way | None = Way.FAX
    came: tuple[str, ...] = ()
    """Titles of documents of the chart, for the first items."""
    call: tuple[datetime, str] | None = None


AWAITED: Final = (
    Awaited(
        "Walter Harris",
        CASCADE,
        ("Discharge summary 03/2026", "Sputum culture"),
        datetime(2026, 3, 13, 9, 10),
        date(2026, 4, 13),
        visit_on=date(2026, 4, 14),
        came=("Hospital discharge summary",),
        call=(datetime(2026, 3, 16, 14, 5), "The lab reads it on 03/18"),
    ),
    Awaited(
        "Marcus Bell",
        "Rose City Imaging",
        ("Cervical spine X-ray 01/30/2026, report and images",),
        datetime(2026, 3, 16, 11, 30),
        date(2026, 4, 2),
    ),
    Awaited(
        "Caleb Dixon",
        "Northside Pediatrics",
        ("Immunization record", "Growth charts"),
        datetime(2026, 3, 16, 16, 20),
        date(2026, 4, 8),
        way=None,
    ),
)
AMENDED_BY: Final = "Danielle Foster"
AMENDED: Final = "New headache"


def leave(database: Database, clock: SetClock) -> None:
    """Written, sent, called after and ticked, each at its time; a small practice lacks some of the people."""
    with Session(database.engines.read) as session:
        patients = {
            f"{patient.legal_first} {patient.legal_last}": patient.id
            for patient in session.scalars(select(Patient).order_by(Patient.id.desc()))
        }
        lee = session.scalars(select(Provider.id).where(Provider.last_name == "Lee")).one()
        actor = acting.as_user(session, "dana")
    clock.set(instant(datetime(2026, 1, 5, 9, 0)))
    ids = {draft.name: database.do(actor, outside.add, draft=draft).result for draft in OFFICES}
    for seen in SEEN:
        if seen.patient in patients:
            prior = PriorDraft(ids[seen.office], seen.provider, seen.first, seen.last, seen.holds)
            clock.set(instant(datetime(2026, 3, 13, 8, 50)))
            database.do(actor, prior_providers.add, patient_id=patients[seen.patient], draft=prior)
    for each in AWAITED:
        if each.patient in patients:
            _ask(database, clock, actor, each, patients[each.patient], ids[each.office], lee)
    _ask_for_newcomer(database, clock, actor, ids[CASCADE], lee)
    if AMENDED_BY in patients:
        clock.set(instant(datetime(2026, 3, 5, 15, 20)))
        _amend(database, actor, patients[AMENDED_BY])
    clock.set(STARTS_AT)


def _ask(
    database: Database,
    clock: SetClock,
    actor: Actor,
    each: Awaited,
    patient_id: int,
    office_id: int,
    lee: int,
) -> None:
    clock.set(instant(each.asked_at))
    draft = AskDraft(
        patient_id,
        office_id,
        each.items,
        each.needed_on,
        visit_id=_visit(database, patient_id, each.visit_on),
        provider_id=lee,
    )
    request_id = database.do(actor, outbound.ask, draft=draft).result.request_id
    if each.way is None:
        return
    database.do(actor, outbound.note_sent, request_id=request_id, way=each.way)
    parts = database.ask(actor, outbound_views.request, request_id=request_id).parts
    for title, part in zip(each.came, parts, strict=False):
        document_id = _document(database, patient_id, title)
        if document_id is not None:
            database.do(actor, outbound.note_came, item_id=part.item_id, document_id=document_id)
    if each.call is not None:
        clock.set(instant(each.call[0]))
        database.do(
            actor,
            outbound.note_call,
            request_id=request_id,
            answered_by="M. Ortiz",
            note=each.call[1],
            chase_on=date(2026, 3, 19),
        )


def _ask_for_newcomer(database: Database, clock: SetClock, actor: Actor, office_id: int, lee: int) -> None:
    """The next new patient but those of today and tomorrow was seen at the hospital's clinic before."""
    with Session(database.engines.read) as session:
        newcomer = session.execute(
            select(Appointment.id, Appointment.patient_id, Appointment.starts)
            .where(
                Appointment.is_new_patient,
                Appointment.lifecycle == Lifecycle.BOOKED,
                Appointment.starts >= datetime(2026, 3, 19),
            )
            .order_by(Appointment.starts, Appointment.id)
        ).first()
    if newcomer is None:
        return
    clock.set(instant(datetime(2026, 3, 16, 10, 15)))
    prior = PriorDraft(office_id, "", date(2023, 4, 1), date(2025, 11, 30), (Category.VISIT_NOTE,))
    database.do(actor, prior_providers.add, patient_id=newcomer.patient_id, draft=prior)
    draft = AskDraft(
        newcomer.patient_id,
        office_id,
        ("Visit notes of the last two years", "Medication list"),
        newcomer.starts.date() - timedelta(days=1),
        visit_id=newcomer.id,
        provider_id=lee,
    )
    request_id = database.do(actor, outbound.ask, draft=draft).result.request_id
    database.do(actor, outbound.note_sent, request_id=request_id, way=Way.FAX)


def _amend(database: Database, actor: Actor, patient_id: int) -> None:
    note = _document(database, patient_id, AMENDED)
    draft = AmendmentDraft(
        patient_id,
        asked_by=AMENDED_BY,
        what="Headaches since childhood",
        wanted="Headaches since October 2025, none before",
        received_on=date(2026, 3, 5),
        arrival=Arrival.HAND,
        reason="I was asked about my mother, not about me.",
        document_ids=(note,) if note is not None else (),
    )
    database.do(actor, amendments.receive, draft=draft)


def _visit(database: Database, patient_id: int, on: date | None) -> int | None:
    with Session(database.engines.read) as session:
        booked = session.execute(
            select(Appointment.id, Appointment.starts)
            .where(Appointment.patient_id == patient_id, Appointment.lifecycle == Lifecycle.BOOKED)
            .order_by(Appointment.starts)
        )
        return next((id_ for id_, starts in booked if starts.date() == on), None)


def _document(database: Database, patient_id: int, title: str) -> int | None:
    with Session(database.engines.read) as session:
        found = session.scalars(
            select(Document.id)
            .where(Document.patient_id == patient_id, Document.title == title)
            .order_by(Document.id)
        )
        return found.first()
