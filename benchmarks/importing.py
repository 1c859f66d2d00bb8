"""Patients from a CSV file, each looked at and compared, beside csv.reader and the same rows in bulk."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measure import Measure, of_pairs, timed
from benchmarks.on_engines import NOW
from frontdesk.demo import names
from frontdesk.kernel.clock import SetClock
from frontdesk.models.base import Base
from frontdesk.services.database import Database
from frontdesk.services.registration.patient_file import import_patients
from frontdesk.services.work import SYSTEM
from tests.builders.office import site
from tests.office import KEY, Office

NAMES = ("import_patients",)
LINES = 5_000
PAIRS = 7
_TABLES = (
    "patient",
    "patient_phone",
    "patient_address",
    "patient_identifier",
    "account",
    "account_member",
    "patient_search_key",
    "patient_match_key",
)


def measures(wanted: set[str]) -> Iterator[Measure]:
    """Five thousand lines into an empty office, each pair into new files; per line."""
    if "import_patients" not in wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "patients.csv"
        _write(path)
        with _office(Path(folder) / "model.db") as database:
            import_patients(database, SYSTEM, path, dry_run=False)
            rows = _rows_of(database)
        pairs = [_pair(Path(folder), number, path, rows) for number in range(PAIRS)]
    yield of_pairs("import_patients", pairs, goal=5.0, unit="ms", scale=1000.0)


def _pair(folder: Path, number: int, path: Path, rows: dict[str, list[Any]]) -> tuple[float, float]:
    with _office(folder / f"ours-{number}.db") as database:
        ours = timed(lambda: import_patients(database, SYSTEM, path, dry_run=False))
    with _office(folder / f"limit-{number}.db") as database, database.engines.write.connect() as connection:
        connection.rollback()
        cursor = connection.connection.cursor()

        def limit() -> None:
            with path.open(encoding="utf-8", newline="") as lines:
                for _ in csv.reader(lines):
                    pass
            cursor.execute("BEGIN IMMEDIATE")
            for name, table_rows in rows.items():
                places = ", ".join("?" * len(table_rows[0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({places})", table_rows)
            cursor.execute("COMMIT")

        bare = timed(limit)
    return ours / LINES, bare / LINES


@contextmanager
def _office(path: Path) -> Iterator[Database]:
    """A new encrypted file with a practice in it, gone afterwards."""
    clock = SetClock(NOW)
    database = Database.open_file(path, KEY, station="Desk 2", clock=clock)
    site(Office(database, clock))
    try:
        yield database
    finally:
        database.close()
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()


def _rows_of(database: Database) -> dict[str, list[Any]]:
    """What the import wrote, as the bare driver gives it."""
    with database.engines.read.connect() as connection:
        cursor = connection.connection.cursor()
        found = {}
        for name in _TABLES:
            columns = ", ".join(column.name for column in Base.metadata.tables[name].columns)
            found[name] = cursor.execute(f"SELECT {columns} FROM {name}").fetchall()
        return {name: rows for name, rows in found.items() if rows}


def _write(path: Path) -> None:
    """People of a town: common names, no two of them alike enough to be set aside."""
    chance = Random(20260317)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Id", "First", "Last", "DOB", "Phone", "Address", "City", "State", "Zip"))
        for number in range(LINES):
            born_on = date(1930, 1, 1) + timedelta(days=number * 6 + chance.randrange(6))
            writer.writerow(
                (
                    number,
                    chance.choice(names.WOMEN),
                    chance.choice(names.LAST),
                    f"{born_on:%m/%d/%Y}",
                    f"{chance.choice(('503', '971'))}55{number:05d}",
                    f"{number} Alder Street",
                    "Portland",
                    "OR",
                    f"972{number % 100:02d}",
                )
            )
