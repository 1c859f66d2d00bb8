"""Documents of a few charts, brought in as they would be: kept, received in the tray, filed by somebody."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo.papers import Paper, printed
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Category, Sensitivity
from frontdesk.models.registration.patient import Patient
from frontdesk.services.database import Database
from frontdesk.services.records import content, filing, tray
from frontdesk.services.records.filing import Indexing
from frontdesk.services.work import SYSTEM

_NOTE, _LAB, _IMAGE = Category.VISIT_NOTE, Category.LAB_RESULT, Category.IMAGING
_LETTER, _FORM, _ID = Category.LETTER, Category.CONSENT, Category.IDENTITY


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document of a chart; without a category it still waits to be filed."""

    on: date
    title: str
    source: str
    category: Category | None = None
    words: str = ""
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    paper: Paper | None = None
    arrived: datetime | None = None


DISCHARGE: Final = Paper(
    sender="Cascade General",
    title="Discharge summary",
    on=date(2026, 3, 12),
    corner="Fax received 03/12/2026 4:51 PM",
    facts=(
        ("Patient", "Harris, Walter"),
        ("Birth date", "02/09/1951"),
        ("Admitted", "03/09/2026"),
        ("Discharged", "03/12/2026"),
        ("Attending", "L. Whitcomb, MD"),
        ("Primary care", "S. Lee, MD"),
    ),
    sections=(
        ("Reason for stay", "Community-acquired pneumonia, right lower lobe (J18.9)."),
        (
            "Course",
            (
                "Treated with IV antibiotics for two days, then by mouth. Oxygen weaned to room air "
                "on day 2. Walking with physical therapy before discharge."
            ),
        ),
        (
            "Follow-up asked of the office",
            "Visit with Dr. Lee within 7 days. Chest X-ray in 6 weeks. Basic metabolic panel on 03/13.",
        ),
        ("Results pending at discharge", "Sputum culture, final. Call 503-555-0177 after 03/16."),
        ("Copies to", "Primary care, home health intake."),
    ),
    pages=3,
)
METABOLIC: Final = Paper(
    sender="Willamette Labs",
    title="Basic metabolic panel",
    on=date(2026, 3, 13),
    corner="Received 03/13/2026 2:20 PM",
    facts=(("Patient", "Harris, Walter"), ("Birth date", "02/09/1951"), ("Ordered by", "S. Lee, MD")),
    sections=(
        ("Sodium", "138 mmol/L (135 to 145)"),
        ("Potassium", "4.2 mmol/L (3.5 to 5.1)"),
        ("Creatinine", "1.1 mg/dL (0.7 to 1.3)"),
        ("Glucose", "112 mg/dL (70 to 99), high"),
    ),
)

HARRIS: Final = (
    Sheet(date(2025, 1, 8), "Photo ID", "Scan", _ID),
    Sheet(date(2025, 1, 8), "Consent to treat, 2025", "Signed", _FORM),
    Sheet(date(2025, 2, 11), "Hypertension follow-up", "Dr. Lee", _NOTE),
    Sheet(date(2025, 2, 11), "A1c", "Willamette Labs", _LAB, "5.9%"),
    Sheet(date(2025, 3, 19), "Sinus infection", "P. Raman, NP", _NOTE),
    Sheet(date(2025, 5, 2), "Proxy: June Harris, wife", "Signed", _FORM),
    Sheet(date(2025, 7, 18), "Basic metabolic panel", "Willamette Labs", _LAB, "All within range."),
    Sheet(date(2025, 7, 22), "Hypertension follow-up", "Dr. Lee", _NOTE),
    Sheet(date(2025, 7, 22), "Referral to cardiology", "Dr. Lee to Dr. Amin", _LETTER),
    Sheet(
        date(2025, 8, 5),
        "Consult letter, cardiology",
        "Dr. Amin",
        _LETTER,
        "Stress test normal.",
        Sensitivity.GENETIC,
    ),
    Sheet(date(2025, 10, 1), "Cough, 3 weeks", "Dr. Lee", _NOTE),
    Sheet(date(2025, 10, 2), "Chest X-ray, 2 views", "Rose City Imaging", _IMAGE, "No infiltrate."),
    Sheet(date(2025, 12, 15), "Lipid panel, A1c", "Willamette Labs", _LAB, "LDL 92 mg/dL. A1c 5.8%."),
    Sheet(date(2025, 12, 18), "Annual wellness visit", "Dr. Lee", _NOTE),
    Sheet(date(2026, 1, 6), "Privacy notice (HIPAA)", "Signed", _FORM),
    Sheet(date(2026, 1, 6), "Medigap Plan G card", "Scan", _ID),
    Sheet(date(2026, 1, 6), "Medicare card, front and back", "Scan", _ID),
    Sheet(date(2026, 1, 6), "Consent to treat, 2026", "Signed", _FORM),
    Sheet(date(2026, 3, 13), "Discharge phone call note", "P. Raman, NP", _LETTER, "Visit in 7 days agreed."),
    Sheet(
        date(2026, 3, 12),
        "Hospital discharge summary",
        "Cascade General",
        paper=DISCHARGE,
        arrived=datetime(2026, 3, 12, 16, 51),
    ),
    Sheet(
        date(2026, 3, 13),
        "Basic metabolic panel",
        "Willamette Labs",
        paper=METABOLIC,
        arrived=datetime(2026, 3, 13, 14, 20),
    ),
)
FOSTER: Final = (
    Sheet(date(2021, 6, 8), "New patient visit", "Dr. Lee", _NOTE),
    Sheet(date(2025, 1, 14), "Annual physical", "Dr. Lee", _NOTE),
    Sheet(date(2025, 1, 16), "Lipid panel", "Willamette Labs", _LAB, "LDL 101 mg/dL."),
    Sheet(date(2025, 11, 4), "New headache", "Dr. Lee", _NOTE),
)
CASTILLO: Final = (
    Sheet(date(2026, 1, 30), "ECG, 12 leads", "Dr. Lee", _IMAGE, "Sinus rhythm."),
    Sheet(date(2025, 9, 4), "Hypertension follow-up", "Dr. Lee", _NOTE),
)
CHARTS: Final = {"Walter Harris": HARRIS, "Danielle Foster": FOSTER, "Raymond Castillo": CASTILLO}


def bring_in(database: Database, clock: SetClock) -> None:
    """Receive and file the sheets; Dr. Lee is asked to read what came from the hospital."""
    with Session(database.engines.read) as session:
        lee = session.scalars(select(Provider.id).where(Provider.last_name == "Lee")).one()
        patients = {
            f"{patient.legal_first} {patient.legal_last}": patient
            for patient in session.scalars(select(Patient).order_by(Patient.id.desc()))
        }
    for name, sheets in CHARTS.items():
        for sheet in sheets:
            bring(database, clock, patients[name], sheet, lee)
    clock.set(STARTS_AT)


def bring(database: Database, clock: SetClock, patient: Patient, sheet: Sheet, lee: int) -> None:
    """One sheet on its day, received and, where it has a category, filed."""
    clock.set(instant(sheet.arrived or datetime.combine(sheet.on, time(15, 40))))
    seen = content.store_bytes(database, printed(sheet.paper or _plain(patient, sheet)), "scan.pdf")
    document_id = database.do(
        SYSTEM,
        tray.receive,
        sha256=seen.sha256,
        title=sheet.title,
        source=sheet.source,
        patient_id=patient.id,
    ).result
    if sheet.category is not None:
        indexing = Indexing(
            category=sheet.category,
            title=sheet.title,
            document_on=sheet.on,
            source=sheet.source,
            reader_ids=(lee,) if sheet.category is _LAB and sheet.on.year == 2026 else (),
            sensitivity=sheet.sensitivity,
        )
        database.do(SYSTEM, filing.file, document_id=document_id, patient_id=patient.id, indexing=indexing)


def _plain(patient: Patient, sheet: Sheet) -> Paper:
    name = f"{patient.legal_last}, {patient.legal_first}"
    return Paper(
        sender=sheet.source,
        title=sheet.title,
        on=sheet.on,
        facts=(("Patient", name), ("Birth date", f"{patient.born_on:%m/%d/%Y}")),
        sections=(("Summary", sheet.words),) if sheet.words else (),
    )
