"""Encrypted files with very many patients; built once into build/bench-data/, reused between runs."""

import gc
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from frontdesk.demo import names
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.text import fold
from frontdesk.models.base import Base
from frontdesk.models.registration.patient import PatientStatus, Sex
from frontdesk.models.registration.reach import AddressKind, PhoneKind
from frontdesk.models.registration.search_key import KeyKind
from frontdesk.services.database import Database
from frontdesk.services.registration import match_keys, search_keys
from frontdesk.services.registration.person import Person
from frontdesk.services.registration.search_keys import Findable, fragments_of, keys_of
from tests.builders.office import site
from tests.office import KEY, Office

NOW = datetime(2026, 3, 17, 17, 42, tzinfo=UTC)
SEED = 20260317
CHUNK = 50_000
_FOLDER = Path(__file__).parents[1] / "build" / "bench-data"
_INDEX = "ix_patient_search_key_patient_id"
_USED = (
    "name_fragment",
    "patient",
    "patient_address",
    "patient_match_key",
    "patient_phone",
    "patient_recency",
    "patient_search_key",
)
_STREETS = (
    "Alder Birch Cedar Division Elm Foster Glisan Hawthorne Irving Main Oak Powell Stark Taylor".split()
)
_ONSETS = "Bar Bel Cor Dal Dun Fair Gal Har Hol Kel Lan Mar Nor Os Pen Ros Sand Tal Vin Wes".split()
_MIDDLES = "a e i o ber den der ding gel ing len man ner ring sel ster ton vel wick yer".split()
_ENDS = (
    "by dale field ford ham hurst land ley man mont ridge son stad stein ton vale ville wood worth z".split()
)


def with_patients(count: int) -> Path:
    """A file with this many; made now where an earlier run left none."""
    columns = [
        repr(column.type) + str(column) for name in _USED for column in Base.metadata.tables[name].columns
    ]
    sources = b"".join(Path(str(source)).read_bytes() for source in (__file__, search_keys.__file__))
    made_from = hashlib.sha256("".join(columns).encode() + sources).hexdigest()[:12]
    path = _FOLDER / f"patients-{count}-{made_from}.db"
    if not path.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        for older in _FOLDER.glob(f"patients-{count}-*"):
            older.unlink()
        making = path.with_name(f"making-{path.name}")
        for left_over in _FOLDER.glob(f"{making.name}*"):
            left_over.unlink()
        _make(making, count)
        making.rename(path)
    return path


def opened(path: Path) -> Database:
    """The file, at the moment of the mockups."""
    return Database.open_file(path, KEY, station="Front desk 2", clock=SetClock(NOW))


def _make(path: Path, count: int) -> None:
    database = opened(path)
    site(Office(database, SetClock(NOW)))
    with database.engines.write.connect() as connection:
        connection.rollback()
        driver = connection.connection.cursor()
        driver.execute("PRAGMA synchronous = OFF")  # while it is made; whoever opens it has FULL again
        driver.execute(f"DROP INDEX {_INDEX}")
        gc.disable()
        try:
            keys, match = _people(connection, count)
        finally:
            gc.enable()
        keys.sort()
        match.sort()
        driver.execute("BEGIN")
        driver.executemany("INSERT INTO patient_match_key (key, patient_id) VALUES (?, ?)", match)
        driver.executemany("INSERT INTO patient_search_key (key, patient_id, kind) VALUES (?, ?, ?)", keys)
        words = {key for key, _, kind in keys if kind == KeyKind.NAME.value}
        driver.executemany(
            "INSERT INTO name_fragment (fragment, word) VALUES (?, ?)", sorted(fragments_of(words))
        )
        driver.execute(f"CREATE INDEX {_INDEX} ON patient_search_key (patient_id, key)")
        driver.execute("COMMIT")
        driver.execute("ANALYZE")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _people(connection: Connection, count: int) -> tuple[list[tuple[str, int, str]], list[tuple[str, int]]]:
    """Writes patients, phones, addresses and recent visits to the desk; gives back the keys they have."""
    chance = Random(SEED)
    tables = Base.metadata.tables
    keys: list[tuple[str, int, str]] = []
    match: list[tuple[str, int]] = []
    for first in range(0, count, CHUNK):
        patients: list[dict[str, Any]] = []
        phones: list[dict[str, Any]] = []
        recent: list[dict[str, Any]] = []
        addresses: list[dict[str, Any]] = []
        for number in range(first + 1, min(first + CHUNK, count) + 1):
            patient_id = (1 << 40) + number * 8
            person = _person(chance, number)
            keys += [(key, patient_id, kind.value) for kind, key in keys_of(person)]
            patients.append(_patient(patient_id, person))
            phones.append(
                {
                    "id": patient_id + 1,
                    "version": 1,
                    "patient_id": patient_id,
                    "rank": 1,
                    "kind": PhoneKind.MOBILE,
                    "number": person.phones[0],
                }
            )
            street = f"{number % 9_000 + 1} {_STREETS[number % len(_STREETS)]} Street"
            postal_code = f"97{number % 300:03d}"
            addresses.append(
                {
                    "id": patient_id + 2,
                    "version": 1,
                    "patient_id": patient_id,
                    "kind": AddressKind.HOME,
                    "street": street,
                    "city": "Portland",
                    "state": "OR",
                    "postal_code": postal_code,
                    "valid_from": NOW.date(),
                }
            )
            on_paper = Person(
                person.first,
                person.last,
                person.born_on,
                phones=person.phones,
                street=street,
                postal_code=postal_code,
            )
            match += [(key, patient_id) for key in match_keys.kept(on_paper)]
            if number % (count // 700) == 0:
                day = NOW.date() - timedelta(days=chance.randrange(30))
                recent.append({"patient_id": patient_id, "day": day})
        with connection.begin():
            for name, rows in (
                ("patient", patients),
                ("patient_phone", phones),
                ("patient_address", addresses),
                ("patient_recency", recent),
            ):
                connection.execute(insert(tables[name]), rows)
    return keys, match


def _person(chance: Random, number: int) -> Findable:
    """Seven of ten bear a common name, the others one that few share."""
    last = (
        chance.choice(names.LAST)
        if chance.random() < 0.7
        else chance.choice(_ONSETS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
    )
    born_on = date(1930, 1, 1) + timedelta(days=chance.randrange(34_500))
    phone = f"{chance.choice(('503', '971', '360', '541'))}555{chance.randrange(10_000):04d}"
    given = names.WOMEN if chance.random() < 0.5 else names.MEN
    return Findable(chance.choice(given), last, born_on, f"HP-{number:05d}", phones=(phone,))


def _patient(patient_id: int, person: Findable) -> dict[str, Any]:
    return {
        "id": patient_id,
        "version": 1,
        "chart_number": person.chart_number,
        "status": PatientStatus.ACTIVE,
        "legal_first": person.first,
        "legal_last": person.last,
        "search_name": fold(f"{person.last} {person.first}"),
        "born_on": person.born_on,
        "sex": Sex.UNKNOWN,
        "registered_at": NOW,
    }


def fragments(chance: Random, count: int) -> Iterator[str]:
    """What desks type: the beginnings of a last name, of both names, a birth date, a phone's end."""
    for place in range(count):
        last, first = chance.choice(names.LAST), chance.choice(names.WOMEN)
        born_on = date(1930, 1, 1) + timedelta(days=chance.randrange(34_500))
        yield (
            last[:2],
            last[:4],
            f"{last[:4]} {first[:3]}",
            f"{born_on:%m/%d/%Y}",
            f"555{chance.randrange(10_000):04d}",
        )[place % 5]
