"""Who wants copies of which chart at 10:42, each with its history. Nobody of them exists.

Whoever sends the copies goes on from here: `leave` gives the ids of the requests in the order of `ASKED`.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting, charts, copying_pages
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Category
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.database import Database
from frontdesk.services.records import release_desk, release_endings, release_forms, release_rules, releases
from frontdesk.services.records.release_forms import CheckItem, FormDraft
from frontdesk.services.records.release_rules import SHIPPED
from frontdesk.services.records.release_words import STATED
from frontdesk.services.records.releases import (
    Basis,
    CameBy,
    CopyForm,
    Delivery,
    ReleaseDraft,
    Requester,
)
from frontdesk.services.work import Actor

REVIEWED_ON: Final = date(2026, 1, 12)
BEFORE: Final = 260
"""The last number of the years before."""
_AUTH, _ACCESS, _CARE = Basis.AUTHORIZATION, Basis.ACCESS, Basis.TREATMENT
_PAPER, _FILE = CopyForm.PAPER, CopyForm.ELECTRONIC


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as it came, and what was done about it since."""

    patient: str
    received: date
    requester: Requester
    basis: Basis
    who: str = ""
    attention: str = ""
    came_by: CameBy = CameBy.FAX
    pages: int | None = None
    purpose: str = ""
    covers: tuple[date | None, date | None] = (None, None)
    words: str = ""
    parts: tuple[Category, ...] = ()
    copy_form: CopyForm = _FILE
    delivery: Delivery = Delivery.SECURE_EMAIL
    to: str = ""
    identity: str = ""
    """What was compared; empty: nobody looked yet."""
    authority: str = ""
    minimum: str = ""
    form: FormDraft | None = None
    notes: tuple[tuple[date, str], ...] = ()
    ends: str = ""
    """A reason with which it was returned or withdrawn."""
    by_guardian: bool = False


ASKED: Final = (
    Ask(
        "Walter Harris",
        date(2026, 2, 14),
        Requester.ATTORNEY,
        _AUTH,
        "Rose City Legal LLP",
        "P. Doan",
        pages=2,
        purpose="Legal, at the patient's request",
        covers=(date(2025, 1, 1), date(2026, 3, 12)),
        words="visits and hospital",
        to="(503) 555-0188",
        identity="3 details",
        authority="letter filed",
        notes=(
            (date(2026, 2, 20), "Form sent to patient"),
            (date(2026, 3, 2), "Reminder sent to patient"),
            (date(2026, 3, 9), "Patient admitted, no answer"),
            (date(2026, 3, 16), "M. Hess told of the deadline"),
        ),
    ),
    Ask(
        "Marcus Bell",
        date(2026, 2, 18),
        Requester.INSURER,
        _AUTH,
        "Evergreen Auto Insurance",
        purpose="Claim of 01/30/2026",
        covers=(date(2026, 1, 30), None),
        to="claims@evergreen.example.com",
        identity="claim number and birth date",
        minimum="visits since the accident",
        form=FormDraft(date(2026, 2, 16), STATED, expires_on=date(2027, 2, 16)),
    ),
    Ask(
        "Raymond Castillo",
        date(2026, 2, 19),
        Requester.PATIENT,
        _ACCESS,
        came_by=CameBy.IN_PERSON,
        copy_form=_PAPER,
        delivery=Delivery.PICK_UP,
        identity="driver license and birth date",
    ),
    Ask(
        "Walter Harris",
        date(2026, 2, 27),
        Requester.PROVIDER,
        _CARE,
        "Dr. Amin, Cardiology",
        purpose="Consultation",
        covers=(date(2025, 1, 1), None),
        to="records@amincardio.example.com",
        identity="NPI and a call to the office",
    ),
    Ask(
        "Edith Nowak",
        date(2026, 3, 1),
        Requester.PROVIDER,
        _CARE,
        "Sunset Home Health",
        purpose="Home care plan",
        to="intake@sunsethh.example.com",
        identity="NPI and the referral",
    ),
    Ask(
        "Hannah Weiss",
        date(2026, 3, 6),
        Requester.PATIENT,
        _ACCESS,
        came_by=CameBy.PORTAL,
        to="h.weiss@example.com",
    ),
    Ask(
        "Caleb Dixon",
        date(2026, 3, 9),
        Requester.SCHOOL,
        _AUTH,
        "Northside School District",
        "School nurse",
        purpose="Asthma plan at school",
        words="asthma action plan, immunizations",
        to="nurse@northside.example.com",
        identity="letterhead and a call to the school",
        by_guardian=True,
        form=FormDraft(date(2026, 3, 8), STATED, expires_event="end of the school year"),
    ),
    Ask(
        "Malcolm Hughes",
        date(2026, 3, 10),
        Requester.ATTORNEY,
        _AUTH,
        "Pearl District Law Group",
        purpose="Injury claim",
        to="(503) 555-0193",
        ends="The form names another office and has no date",
    ),
    Ask(
        "Erik Larsen",
        date(2026, 3, 15),
        Requester.EMPLOYER,
        _AUTH,
        "Portland Freight Inc.",
        came_by=CameBy.EMAIL,
        purpose="Fit for work",
        to="hr@portlandfreight.example.com",
        identity="letterhead and a call to the employer",
        minimum="fit-for-work letter",
        form=FormDraft(date(2026, 3, 13), STATED, expires_on=date(2026, 9, 13)),
    ),
    Ask(
        "Carol Petersen",
        date(2026, 3, 15),
        Requester.PROVIDER,
        _CARE,
        "Alder Physical Therapy",
        purpose="Therapy of the knee",
        to="front@alderpt.example.com",
        identity="NPI and the referral",
    ),
    Ask(
        "Yesenia Ramos",
        date(2026, 3, 16),
        Requester.PATIENT,
        _ACCESS,
        came_by=CameBy.PORTAL,
        to="y.ramos@example.com",
    ),
    Ask(
        "Leonard Fitch",
        date(2026, 3, 16),
        Requester.INSURER,
        _AUTH,
        "Summit Life, underwriting",
        came_by=CameBy.MAIL,
        pages=3,
        purpose="Life insurance application",
        delivery=Delivery.MAIL,
        copy_form=_PAPER,
        to="Summit Life, 900 Main Street, Boise, ID 83702",
        identity="application number and birth date",
        form=FormDraft(date(2026, 2, 28), STATED, expires_on=date(2026, 3, 30)),
    ),
    Ask(
        "Zoe Marchetti",
        date(2026, 3, 17),
        Requester.PROVIDER,
        _CARE,
        "Dr. Patel, Pediatric ENT",
        purpose="Consultation",
        delivery=Delivery.FAX,
        to="(503) 555-0181",
    ),
    Ask(
        "Winston Achebe",
        date(2026, 3, 17),
        Requester.PATIENT,
        _ACCESS,
        came_by=CameBy.IN_PERSON,
        copy_form=_PAPER,
        delivery=Delivery.PICK_UP,
    ),
)


def leave(database: Database, clock: SetClock) -> tuple[int, ...]:
    """Written down on their days, checked by Dana; the manager has looked at the office's rules."""
    with Session(database.engines.read) as session:
        people = acting.everybody(session)
        lee = session.scalars(select(Provider.id).where(Provider.last_name == "Lee")).one()
        patients = {
            f"{patient.legal_first} {patient.legal_last}": patient
            for patient in session.scalars(select(Patient).order_by(Patient.id.desc()))
        }
        guardians = {
            patient_id: (name, relation)
            for patient_id, name, relation in session.execute(
                select(PatientContact.patient_id, PatientContact.name, PatientContact.relationship)
                .where(PatientContact.is_guardian)
                .order_by(PatientContact.id.desc())
            )
        }
    dana, maria = people["dana"], people["maria"]
    clock.set(instant(datetime.combine(REVIEWED_ON, time(16, 10))))
    for rule in SHIPPED.values():
        database.do(
            maria,
            release_rules.set_rule,
            rule=replace(rule, reviewed_by=maria.name, reviewed_on=REVIEWED_ON),
        )
    for name, sheets in copying_pages.CHARTS.items():
        for sheet in sheets:
            charts.bring(database, clock, patients[name], sheet, lee)
    made = []
    for place, ask in enumerate(ASKED):
        patient_id = patients[ask.patient].id
        made.append(_one(database, clock, dana, ask, place, patient_id, guardians.get(patient_id)))
        pages = copying_pages.CHOSEN.get((ask.patient, ask.who))
        if pages is not None:
            copying_pages.choose(database, clock, dana, maria, made[-1], pages)
    clock.set(STARTS_AT)
    return tuple(made)


def _one(
    database: Database,
    clock: SetClock,
    dana: Actor,
    ask: Ask,
    place: int,
    patient_id: int,
    guardian: tuple[str, str] | None,
) -> int:
    clock.set(instant(datetime.combine(ask.received, time(8, 10 + place))))
    address = ask.to if ask.delivery is Delivery.MAIL else ""
    draft = ReleaseDraft(
        patient_id=patient_id,
        requester=ask.requester,
        basis=ask.basis,
        requester_name=ask.who or ask.patient,
        attention=ask.attention,
        requester_address=address,
        came_by=ask.came_by,
        came_pages=ask.pages,
        received_on=ask.received,
        copy_form=ask.copy_form,
        delivery=ask.delivery,
        deliver_to=ask.to,
        purpose=ask.purpose,
        covers_from=ask.covers[0],
        covers_until=ask.covers[1],
        covers_words=ask.words,
        categories=ask.parts,
    )
    request_id = database.do(dana, releases.write_down, draft=draft).result
    looked = (
        (CheckItem.IDENTITY, ask.identity),
        (CheckItem.AUTHORITY, ask.authority),
        (CheckItem.MINIMUM, ask.minimum),
    )
    for item, words in looked:
        if words:
            database.do(
                dana, release_forms.check_item, request_id=request_id, item=item, holds=True, words=words
            )
    if ask.form is not None:
        form = ask.form
        if ask.by_guardian:
            name, relation = guardian or ("A parent", "parent")
            form = replace(form, signer_name=name, relation=relation, authority="parent")
        database.do(dana, release_forms.record_form, request_id=request_id, form=form)
    for on, words in ask.notes:
        clock.set(instant(datetime.combine(on, time(9, 30))))
        database.do(dana, release_desk.note, request_id=request_id, words=words, asked=True)
    if ask.ends:
        database.do(dana, release_endings.return_to_sender, request_id=request_id, reason=ask.ends)
    return request_id
