"""What came in this morning, what Dr. Lee has to read, and a report that was superseded."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo.papers import Paper, printed
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.formats.pdf import page_work
from frontdesk.formats.pdf.page_work import Taken
from frontdesk.kernel.clock import SetClock
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Category
from frontdesk.models.registration.patient import Patient
from frontdesk.services.database import Database
from frontdesk.services.records import archiving, content, filing, tray
from frontdesk.services.records.filing import Indexing
from frontdesk.services.work import SYSTEM

_FOSTER: Final = "Danielle Foster"
_CASTILLO: Final = "Raymond Castillo"
_NAMES: Final = (_FOSTER, _CASTILLO)


def bring(database: Database, clock: SetClock) -> None:
    """In the order in which it came; nobody has looked at the tray yet."""
    with Session(database.engines.read) as session:
        lee = session.scalars(select(Provider.id).where(Provider.last_name == "Lee")).one()
        people = {
            f"{patient.legal_first} {patient.legal_last}": patient
            for patient in session.scalars(select(Patient).order_by(Patient.id.desc()))
        }
    foster, castillo = (people[name] for name in _NAMES)
    thyroid = _lab(foster, "Thyroid panel", date(2026, 3, 13), "TSH 2.1 mIU/L (0.4 to 4.0).")
    lipids = _lab(castillo, "Lipid panel", date(2026, 3, 12), "LDL 128 mg/dL (below 100), high.")
    for patient, paper in ((foster, thyroid), (castillo, lipids)):
        _file(database, clock, patient, paper, Category.LAB_RESULT, (lee,))
    first = _echo(castillo, "Echocardiogram, preliminary", date(2026, 2, 20))
    final = _echo(castillo, "Echocardiogram, final", date(2026, 2, 23))
    old, new = (_file(database, clock, castillo, paper, Category.IMAGING, ()) for paper in (first, final))
    database.do(SYSTEM, archiving.archive, document_id=old, reason="", superseded_by_id=new)
    reply = Paper(
        sender="Rose City Cardiology",
        title="Reply to your referral",
        on=date(2026, 3, 16),
        facts=_facts(castillo),
        sections=(("Seen", "Blood pressure well controlled. Next visit in six months."),),
    )
    both = (printed(_lab(foster, "Iron studies", date(2026, 3, 16), "Ferritin 21 ng/mL.")), printed(reply))
    fax = page_work.put(both, (Taken(0, 0), Taken(1, 0)))
    _receive(database, clock, printed(reply), "20260317_081244.pdf", datetime(2026, 3, 17, 8, 12))
    _receive(database, clock, fax, "fax of two letters.pdf", datetime(2026, 3, 17, 8, 31))
    born = f"{foster.born_on:%m/%d/%Y}"
    note = f"Refill request\nPatient: Foster, D.\nDate of birth: {born}\nSumatriptan 50 mg, 9 tablets\n"
    _receive(database, clock, note.encode(), "refill request.txt", datetime(2026, 3, 17, 9, 5))
    clock.set(STARTS_AT)


def _receive(database: Database, clock: SetClock, data: bytes, name: str, at: datetime) -> None:
    clock.set(instant(at))
    seen = content.store_bytes(database, data, name)
    title = tray.title_from(name)
    database.do(
        SYSTEM, tray.receive, sha256=seen.sha256, arrived_as=name, title=title, source="Fax", patient_id=None
    )


def _file(
    database: Database,
    clock: SetClock,
    patient: Patient,
    paper: Paper,
    category: Category,
    readers: tuple[int, ...],
) -> int:
    clock.set(instant(datetime(paper.on.year, paper.on.month, paper.on.day, 16, 20)))
    seen = content.store_bytes(database, printed(paper), "fax.pdf")
    document_id = database.do(
        SYSTEM, tray.receive, sha256=seen.sha256, source=paper.sender, patient_id=patient.id
    ).result
    indexing = Indexing(category, paper.title, paper.on, paper.sender, readers)
    database.do(SYSTEM, filing.file, document_id=document_id, patient_id=patient.id, indexing=indexing)
    return document_id


def _lab(patient: Patient, title: str, on: date, words: str) -> Paper:
    return Paper(
        sender="Willamette Labs", title=title, on=on, facts=_facts(patient), sections=(("Result", words),)
    )


def _echo(patient: Patient, title: str, on: date) -> Paper:
    said = "Normal left ventricular function. No valve disease."
    return Paper(
        sender="Rose City Imaging", title=title, on=on, facts=_facts(patient), sections=(("Finding", said),)
    )


def _facts(patient: Patient) -> tuple[tuple[str, str], ...]:
    name = f"{patient.legal_last}, {patient.legal_first}"
    return (("Patient", name), ("Birth date", f"{patient.born_on:%m/%d/%Y}"))
