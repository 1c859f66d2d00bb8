"""One keystroke of a code search over 98,000 diagnoses, beside the bare statement on the same index."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Connection

from benchmarks.measure import Measure, compared
from benchmarks.on_engines import ENGINES, office_on
from frontdesk.services.billing import code_search, code_synonyms, shipped_codes
from tests.builders.office import provider
from tests.office import Office

NAMES = tuple(f"code_search_{engine}" for engine in ENGINES)
_ON: Final = date(2026, 3, 17)
_TYPED: Final = (
    "migr unsp",
    "type 2 diabetes with",
    "fracture tibia",
    "pain knee",
    "hypert",
    "asthma mild",
    "anxiety",
    "otitis media left",
)
_BARE: Final = {
    "sqlite": (
        "SELECT id, code, label, is_billable, expires_on FROM diagnosis_code WHERE id IN "
        "(SELECT rowid FROM diagnosis_words WHERE diagnosis_words MATCH ? LIMIT 2000) "
        "AND effective_on <= ? AND (expires_on IS NULL OR expires_on >= ?) AND is_billable "
        "ORDER BY length(label), code LIMIT 20"
    ),
    "postgres": (
        "SELECT id, code, label, is_billable, expires_on FROM diagnosis_code WHERE "
        "to_tsvector('simple', words) @@ to_tsquery('simple', %s) "
        "AND effective_on <= %s AND (expires_on IS NULL OR expires_on >= %s) AND is_billable "
        "ORDER BY length(label), code LIMIT 20"
    ),
}


def measures(wanted: set[str]) -> Iterator[Measure]:
    """A row for each engine."""
    for engine in ENGINES:
        if f"code_search_{engine}" in wanted:
            with office_on(engine) as office:
                yield _search(engine, office)


def _search(engine: str, office: Office) -> Measure:
    doctor = provider(office)
    office.do(shipped_codes.load_public_codes)
    office.do(code_synonyms.add, said="sugar", means="diabetes")

    def ours() -> int:
        return sum(
            len(office.ask(code_search.find_diagnoses, typed=typed, on=_ON, provider_id=doctor))
            for typed in _TYPED
        )

    def limit() -> int:
        with office.database.engines.read.connect() as connection:
            return sum(_bare(connection, engine, typed) for typed in _TYPED)

    assert ours() == limit()
    return compared(f"code_search_{engine}", ours, limit, goal=3.0, per=len(_TYPED))


def _bare(connection: Connection, engine: str, typed: str) -> int:
    words = typed.split()
    asked = (
        " AND ".join(f'"{word}"*' for word in words)
        if engine == "sqlite"
        else " & ".join(f"{word}:*" for word in words)
    )
    day = _ON.isoformat() if engine == "sqlite" else _ON
    return len(connection.exec_driver_sql(_BARE[engine], (asked, day, day)).fetchall())
