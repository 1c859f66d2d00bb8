"""What may be destroyed today among 200,000 documents, beside reading the rows that are old enough."""

from collections.abc import Iterator
from datetime import date
from random import Random

from sqlalchemy import insert, select

from benchmarks.measure import Measure, compared
from benchmarks.on_engines import ENGINES, office_on
from frontdesk.models.records.document import Document
from frontdesk.models.registration.patient import Patient
from frontdesk.services.visit import retention_due
from tests.builders.disposal import old_paper
from tests.builders.registration import patient
from tests.office import Office

NAMES = tuple(f"retention_due_{engine}" for engine in ENGINES)
_DOCUMENTS, _PATIENTS, _CHUNK = 200_000, 20_000, 20_000
_OLD = date(2020, 3, 17)
"""What the shortest rule of six years lets through."""


def measures(wanted: set[str]) -> Iterator[Measure]:
    """Ten documents in each chart, of the last twenty years; few charts were quiet for long."""
    for engine in ENGINES:
        name = f"retention_due_{engine}"
        if name in wanted:
            with office_on(engine) as office:
                _fill(office)
                yield compared(
                    name,
                    lambda office=office: office.ask(retention_due.due),  # type: ignore[misc]
                    lambda office=office: _read(office),  # type: ignore[misc]
                    goal=1.5,
                    pairs=5,
                )


def _read(office: Office) -> None:
    columns = (Document.id, Document.patient_id, Document.category, Document.document_on, Document.sha256)
    with office.database.engines.read.connect() as connection:
        connection.execute(select(*columns).where(Document.document_on <= _OLD)).fetchall()


def _fill(office: Office) -> None:
    chance = Random(20260317)
    document_id = old_paper(office, patient(office, "Walter", "Harris", date(1951, 2, 9)))
    with office.database.engines.write.begin() as connection:
        document = dict(
            connection.execute(Document.__table__.select().where(Document.id == document_id)).mappings().one()
        )
        person = dict(
            connection.execute(Patient.__table__.select().where(Patient.id == document["patient_id"]))
            .mappings()
            .one()
        )
        people = [
            {**person, "id": person["id"] + 1_000 + number, "chart_number": f"B{number}"}
            for number in range(_PATIENTS)
        ]
        connection.execute(insert(Patient), people)
        rows = [
            {
                **document,
                "id": document_id + 1_000_000 + number,
                "patient_id": people[number % _PATIENTS]["id"],
                "document_on": date(
                    2005 + chance.randrange(20), 1 + chance.randrange(12), 1 + chance.randrange(28)
                ),
            }
            for number in range(_DOCUMENTS)
        ]
        for first in range(0, _DOCUMENTS, _CHUNK):
            connection.execute(insert(Document), rows[first : first + _CHUNK])
