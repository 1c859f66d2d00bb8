"""Old charts whose time is over, a legal hold on one of them, and a run that was carried out in January."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.papers import Paper, printed
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.records.document import Category
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.models.security.accounts import Role
from frontdesk.services.database import Database
from frontdesk.services.records import content, filing, legal_holds, tray
from frontdesk.services.records.filing import Indexing
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import IdentityDraft, PatientDraft, PhoneDraft
from frontdesk.services.security import roles
from frontdesk.services.visit import disposal, disposal_done, disposal_views
from frontdesk.services.visit.disposal import Decided, Decision
from frontdesk.services.work import Actor

EARLIER: Final = datetime(2026, 1, 14, 15, 5)
BEFORE_LAST_WEEK: Final = datetime(2026, 3, 10, 11, 20)


@dataclass(frozen=True, slots=True)
class Old:
    """A sheet of an old chart, scanned when the shelves were cleared."""

    chart: int
    on: date
    title: str
    source: str
    category: Category


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart from the old shelves."""

    id: int
    person: IdentityDraft


CHARTS: Final = (
    IdentityDraft("Harriet", "Lindqvist", date(1931, 4, 8), Sex.FEMALE),
    IdentityDraft("Otto", "Brandvold", date(1948, 9, 30), Sex.MALE),
    IdentityDraft("Selma", "Achterberg", date(1959, 12, 2), Sex.FEMALE),
    IdentityDraft("Wendell", "Toomey", date(1966, 7, 21), Sex.MALE),
)
"""Of people who have not come for more than ten years; none of them exists."""
DESTROYED: Final = (
    Old(0, date(2009, 5, 12), "Annual physical", "Dr. Hale", Category.VISIT_NOTE),
    Old(0, date(2009, 5, 14), "Lipid panel", "Willamette Labs", Category.LAB_RESULT),
)
DUE: Final = (
    Old(1, date(2010, 2, 3), "Sinusitis", "Dr. Hale", Category.VISIT_NOTE),
    Old(1, date(2011, 9, 20), "Chest X-ray, 2 views", "Rose City Imaging", Category.IMAGING),
    Old(1, date(2012, 1, 11), "Consult letter, orthopedics", "Dr. Brandt", Category.LETTER),
    Old(2, date(2011, 3, 30), "Urgent visit, back pain", "Dr. Hale", Category.VISIT_NOTE),
    Old(2, date(2011, 4, 6), "MRI, lumbar spine", "Rose City Imaging", Category.IMAGING),
    Old(3, date(2012, 6, 19), "Driver's license", "Scan", Category.IDENTITY),
    Old(3, date(2013, 8, 2), "Hospital discharge summary", "Cascade General", Category.HOSPITAL),
)
MATTER: Final = "Harmon v. Northside Transit"


def leave(database: Database, clock: SetClock) -> None:
    """Maria and Dr. Lee destroyed two records in January; others are due, and one chart is under hold."""
    with Session(database.engines.read) as session:
        people = acting.everybody(session)
        officer = session.scalars(select(Role.id).where(Role.key == "records_officer")).one()
    maria, lee = people["maria"], people["lee"]
    assert lee.user_id is not None, "a person has a login"
    clock.set(instant(EARLIER))
    charts = [
        Chart(database.do(maria, patients.register, draft=_draft(each, number)).result, each)
        for number, each in enumerate(CHARTS)
    ]
    database.do(maria, roles.give_role, user_id=lee.user_id, role_id=officer)
    for old in DESTROYED:
        _bring(database, maria, charts[old.chart], old)
    run_id = database.do(maria, disposal.collect).result
    items = database.ask(maria, disposal_views.items, run_id=run_id)
    decisions = tuple(Decided(item.id, Decision.DISPOSE) for item in items)
    database.do(maria, disposal.decide, run_id=run_id, decisions=decisions)
    for each in (maria, lee):
        database.do(each, disposal.approve, run_id=run_id)
    database.do(
        maria,
        disposal_done.carry_out,
        run_id=run_id,
        method="Encryption keys destroyed",
        witness="Rita Gomez",
    )
    clock.set(instant(BEFORE_LAST_WEEK))
    for old in DUE:
        _bring(database, maria, charts[old.chart], old)
    database.do(
        maria,
        legal_holds.place,
        patient_id=charts[2].id,
        matter=MATTER,
        note="Letter of Rose City Legal LLP, 03/06",
    )
    clock.set(STARTS_AT)


def _draft(person: IdentityDraft, number: int) -> PatientDraft:
    return PatientDraft(identity=person, phones=(PhoneDraft(f"971555014{number}", PhoneKind.HOME),))


def _bring(database: Database, actor: Actor, chart: Chart, old: Old) -> None:
    person = chart.person
    name = f"{person.legal_last}, {person.legal_first}"
    facts = (("Patient", name), ("Birth date", f"{person.born_on:%m/%d/%Y}"))
    sheet = printed(Paper(sender=old.source, title=old.title, on=old.on, facts=facts))
    seen = content.store_bytes(database, sheet, "scan.pdf")
    document_id = database.do(
        actor, tray.receive, sha256=seen.sha256, title=old.title, source=old.source, patient_id=chart.id
    ).result
    indexing = Indexing(category=old.category, title=old.title, document_on=old.on, source=old.source)
    database.do(actor, filing.file, document_id=document_id, patient_id=chart.id, indexing=indexing)
