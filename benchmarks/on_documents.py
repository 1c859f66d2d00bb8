"""Very many documents with their text in the index, on either engine; the file is built once and kept."""

import gc
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert

from benchmarks.on_patients import NOW, opened
from frontdesk.demo import names
from frontdesk.kernel import words
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.text import fold
from frontdesk.models.base import Base
from frontdesk.models.records import word_index
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.content_text import TextState
from frontdesk.models.records.document import Category, DocumentState, Sensitivity
from frontdesk.models.records.word_index import WordEntry
from frontdesk.models.registration.patient import PatientStatus, Sex
from frontdesk.services.database import Database
from tests.builders.office import site
from tests.office import Office

SEED = 20260317
PATIENTS = 5_000
CHUNK = 10_000
WORDS = 110
"""Of each text; some two thirds of a page."""
Row = dict[str, Any]  # Any: a table's values
_FOLDER = Path(__file__).parents[1] / "build" / "bench-data"
_USED = ("patient", "document", "document_content", "content_text")
_GIN = ("heading", "words")
_SOURCES = ("Cascade General", "Willamette Labs", "Rose City Imaging", "Dr. Lee", "P. Raman, NP", "Scan")
_TITLES = (
    "Discharge summary",
    "Basic metabolic panel",
    "Chest X-ray, 2 views",
    "Hypertension follow-up",
    "Referral to cardiology",
    "Lipid panel",
    "Annual wellness visit",
    "Pneumonia follow-up",
)
_COMMON = (
    "patient pneumonia hypertension lower lobe right left acute chronic diabetes follow visit weeks "
    "daily normal pain chest blood pressure sputum culture oxygen antibiotics lipid glucose sodium "
    "potassium creatinine denies cough fever edema stable improved tolerated discharged admitted"
).split()
_PARTS = "ba be cor dal ex fi gen hy in kal lo men neu ost per ra sten tra uro vas xan zol".split()


def vocabulary() -> list[str]:
    """Words by how often they come: the office's usual ones first, then thousands that few share."""
    chance = Random(SEED)
    made = {"".join(chance.choices(_PARTS, k=chance.randint(2, 4))) for _ in range(30_000)}
    rest = sorted(made - set(_COMMON))
    chance.shuffle(rest)
    return _COMMON + rest


def with_documents(count: int) -> Path:
    """An encrypted file with this many; made now where an earlier run left none."""
    columns = [
        repr(column.type) + str(column) for name in _USED for column in Base.metadata.tables[name].columns
    ]
    sources = b"".join(
        Path(str(each)).read_bytes() for each in (__file__, word_index.__file__, words.__file__)
    )
    made_from = hashlib.sha256("".join(columns).encode() + sources).hexdigest()[:12]
    path = _FOLDER / f"documents-{count}-{made_from}.db"
    if not path.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        for older in (*_FOLDER.glob(f"documents-{count}-*"), *_FOLDER.glob(f"making-documents-{count}-*")):
            older.unlink()
        making = path.with_name(f"making-{path.name}")
        database = opened(making)
        fill(database, count)
        database.close()
        making.rename(path)
    return path


def fill(database: Database, count: int) -> None:
    """Patients, documents, texts and their entries in the index, in bulk."""
    site(Office(database, SetClock(NOW)))
    tables = Base.metadata.tables
    gc.disable()
    try:
        with database.engines.write.begin() as connection:
            connection.execute(insert(tables["patient"]), list(_patients()))
            for column in _GIN if database.engines.on_server else ():
                connection.exec_driver_sql(f"DROP INDEX ix_document_words_{column}")
        for rows, texts, entries in _documents(count):
            with database.engines.write.begin() as connection:
                connection.execute(insert(tables["document_content"]), [_content(row) for row in rows])
                connection.execute(insert(tables["document"]), rows)
                connection.execute(insert(tables["content_text"]), texts)
                word_index.keep(connection, entries)
    finally:
        gc.enable()
    with database.engines.write.connect() as connection:
        connection.rollback()
        driver: Any = connection.connection.driver_connection  # Any: either driver's own
        if database.engines.on_server:
            driver.autocommit = True
            driver.execute("SET maintenance_work_mem = '256MB'")
            for column in _GIN:  # as the model makes them; all at once is many times faster
                name = f"ix_document_words_{column}"
                driver.execute(f"CREATE INDEX {name} ON document_words USING gin ({column})")
            driver.execute("VACUUM ANALYZE")
            driver.autocommit = False
        else:
            for index in ("document_words", "document_headings"):
                driver.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
            driver.execute("ANALYZE")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _patients() -> Iterator[dict[str, Any]]:
    chance = Random(SEED)
    for number in range(1, PATIENTS + 1):
        first, last = chance.choice(names.WOMEN), chance.choice(names.LAST)
        yield {
            "id": _patient_id(number),
            "version": 1,
            "chart_number": f"HP-{number:05d}",
            "status": PatientStatus.ACTIVE,
            "legal_first": first,
            "legal_last": last,
            "search_name": fold(f"{last} {first}"),
            "born_on": date(1930, 1, 1) + timedelta(days=chance.randrange(34_500)),
            "sex": Sex.UNKNOWN,
            "registered_at": NOW,
        }


def _patient_id(number: int) -> int:
    return (1 << 40) + number * 8


def _documents(count: int) -> Iterator[tuple[list[Row], list[Row], list[WordEntry]]]:
    """Documents, the texts of their contents, and the entries of the index, a chunk at a time."""
    chance = Random(SEED)
    known = vocabulary()
    weights = list(accumulate(1 / (place + 2) for place in range(len(known))))
    for first in range(1, count + 1, CHUNK):
        rows: list[Row] = []
        texts: list[Row] = []
        entries: list[WordEntry] = []
        for number in range(first, min(first + CHUNK, count + 1)):
            address = hashlib.sha256(str(number).encode()).hexdigest()
            said = " ".join(chance.choices(known, cum_weights=weights, k=WORDS))
            title, source = chance.choice(_TITLES), chance.choice(_SOURCES)
            day = NOW.date() - timedelta(days=(count - number) * 3_650 // count)
            rows.append(_document(number, address, title, source, day, chance))
            texts.append(
                {"sha256": address, "state": TextState.TEXT, "text": said, "is_cut": False, "read_at": NOW}
            )
            entries.append(WordEntry(rows[-1]["id"], title, source, "", said))
        yield rows, texts, entries


def _document(number: int, address: str, title: str, source: str, day: date, chance: Random) -> Row:
    return {
        "id": (1 << 41) + number * 8,
        "version": 1,
        "patient_id": _patient_id(chance.randint(1, PATIENTS)),
        "state": DocumentState.FILED,
        "category": Category.HOSPITAL,
        "title": title,
        "source": source,
        "author": "",
        "document_on": day,
        "received_at": NOW,
        "arrived_as": "scan.pdf",
        "sha256": address,
        "media_type": MediaType.PDF.value,
        "pages": 1,
        "sensitivity": Sensitivity.ORDINARY,
        "filed_at": NOW,
    }


def _content(row: Row) -> Row:
    return {
        "sha256": row["sha256"],
        "size_bytes": 40_000,
        "media_type": MediaType.PDF,
        "pages": 1,
        "kept_at": NOW,
    }


def asked(chance: Random, count: int) -> Iterator[str]:
    """What desks type: a common word half typed, two words, one that few share, a phrase, a source."""
    known = vocabulary()
    for place in range(count):
        common, other = chance.sample(_COMMON, 2)
        rare = known[chance.randrange(2_000, 12_000)]
        yield (
            common[:4],
            f"{common} {other[:3]}",
            rare,
            f'"{common} {other}"',
            f"from:cascade {rare[:5]}",
            f"summary {common}",
        )[place % 6]
