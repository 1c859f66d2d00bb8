"""Charts of those who asked for copies, and how far the pages of their requests are at 10:42."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from frontdesk.demo.charts import Sheet
from frontdesk.demo.papers import Paper
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.records.document import Category
from frontdesk.services.database import Database
from frontdesk.services.records import release_choice, release_detail, release_steps
from frontdesk.services.work import Actor

_NOTE, _LAB, _IMAGE = Category.VISIT_NOTE, Category.LAB_RESULT, Category.IMAGING
_HOSPITAL, _LETTER = Category.HOSPITAL, Category.LETTER


def _sheet(on: date, title: str, source: str, category: Category, pages: int = 1) -> Sheet:
    paper = Paper(sender=source, title=title, on=on, pages=pages)
    return Sheet(on, title, source, category, paper=paper)


CHARTS: Final = {
    "Marcus Bell": (
        _sheet(date(2026, 1, 30), "Emergency room report", "Cascade General", _HOSPITAL, 6),
        _sheet(date(2026, 1, 30), "X-ray, left ankle", "Rose City Imaging", _IMAGE, 2),
        _sheet(date(2026, 2, 6), "Visit after the accident", "P. Raman, NP", _NOTE, 3),
        _sheet(date(2026, 2, 12), "Physical therapy evaluation", "Alder Physical Therapy", _LETTER, 3),
    ),
    "Edith Nowak": (
        _sheet(date(2025, 9, 9), "Fall at home", "Dr. Lee", _NOTE),
        _sheet(date(2025, 11, 18), "Medication review", "Dr. Lee", _NOTE),
        _sheet(date(2025, 11, 20), "Complete blood count", "Willamette Labs", _LAB),
        _sheet(date(2026, 1, 14), "Home care, how she manages", "Sunset Home Health", _LETTER),
    ),
    "Carol Petersen": (
        _sheet(date(2026, 2, 3), "Knee pain", "Dr. Lee", _NOTE),
        _sheet(date(2026, 2, 5), "X-ray, right knee", "Rose City Imaging", _IMAGE),
        _sheet(date(2026, 2, 24), "Knee pain, follow-up", "Dr. Lee", _NOTE),
    ),
}
"""Sheets that `charts` brings in with the others."""


@dataclass(frozen=True, slots=True)
class Pages:
    """How far a request is: so many documents chosen, or all; handed over; read by the manager."""

    on: date
    documents: int | None = None
    is_prepared: bool = False
    is_read: bool = False


CHOSEN: Final = {
    ("Marcus Bell", "Evergreen Auto Insurance"): Pages(date(2026, 3, 16), is_prepared=True, is_read=True),
    ("Raymond Castillo", ""): Pages(date(2026, 3, 13), is_prepared=True),
    ("Walter Harris", "Dr. Amin, Cardiology"): Pages(date(2026, 3, 16), 6),
    ("Edith Nowak", "Sunset Home Health"): Pages(date(2026, 3, 16), 2),
    ("Carol Petersen", "Alder Physical Therapy"): Pages(date(2026, 3, 16), is_prepared=True),
}
"""By the patient and who asks."""


def choose(
    database: Database, clock: SetClock, dana: Actor, maria: Actor, request_id: int, pages: Pages
) -> None:
    """Dana chooses and prepares; Maria reads where two must agree."""
    clock.set(instant(datetime.combine(pages.on, time(16, 20))))
    if pages.documents is None:
        database.do(dana, release_choice.propose, request_id=request_id)
    else:
        fitting = [
            each
            for each in database.ask(dana, release_choice.choice, request_id=request_id).documents
            if not each.outside and not each.lock
        ]
        for each in fitting[: pages.documents]:
            database.do(
                dana,
                release_choice.choose,
                request_id=request_id,
                document_id=each.document_id,
                pages="1",
                instead_of=None,
            )
    if pages.is_prepared:
        database.do(dana, release_steps.prepare, request_id=request_id)
    if pages.is_read:
        clock.set(instant(datetime.combine(pages.on, time(17, 5))))
        shown = database.ask(maria, release_detail.detail, request_id=request_id)
        database.do(
            maria,
            release_steps.review,
            request_id=request_id,
            agrees=True,
            round=shown.review_round,
            version=shown.panels.version,
        )
    clock.set(STARTS_AT)
