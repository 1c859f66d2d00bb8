"""The reception day through the windows, on both engines; and once more from what was recorded."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import place
from frontdesk.demo.practice import build
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.text import fold
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.security.audit import Station
from frontdesk.services import audit, migrate
from frontdesk.services.billing import aging
from frontdesk.services.database import Database
from frontdesk.services.engines import office_server
from frontdesk.services.records import content
from frontdesk.services.work import SYSTEM
from frontdesk.ui.desk import Desk
from tests import postgres_server
from tests.e2e import tour
from tests.e2e.tour import STARTS_AT
from tests.twin import replayed, rows_of

PATIENTS = tour.PATIENTS


class Practice:
    """The demo practice before its Tuesday, made once on an engine and opened afresh as often as wanted."""

    def __init__(self, folder: Path, clock: SetClock) -> None:
        self.clock = clock
        self._folder = folder
        self._opened: list[Database] = []

    def fresh(self) -> tuple[Database, Path | str]:
        """A copy of the start, and where it is."""
        where = self._copy()
        return self.open(where), where

    def open(self, where: Path | str, station: str = place.STATION) -> Database:
        """The same data once more, as another programme would open it."""
        if isinstance(where, Path):
            found = Database.open_file(where, place.KEY, station=station, clock=self.clock)
        else:
            found = Database.open_server(where, station=station, clock=self.clock)
        self._opened.append(found)
        return found

    def close(self) -> None:
        for database in self._opened:
            with suppress(Exception):
                database.close()

    def _copy(self) -> Path | str:
        return place.ready_file(PATIENTS, folder=self._folder)


class ServerPractice(Practice):
    """The same, row for row, on PostgreSQL."""

    def __init__(self, folder: Path, clock: SetClock, template: str) -> None:
        super().__init__(folder, clock)
        self._template = template
        self._names: list[str] = []

    def close(self) -> None:
        super().close()
        for name in self._names:
            postgres_server.drop_database(name)

    def _copy(self) -> Path | str:
        self._names.append(f"{self._template}_{len(self._names)}")
        return postgres_server.create_database(self._names[-1], template=self._template)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("practice")


@pytest.fixture(scope="module")
def on_server(empty_server_database: str) -> Iterator[str]:
    """The name of the demo practice on PostgreSQL, to be copied."""
    name = f"{empty_server_database}_demo"
    engines = office_server(postgres_server.create_database(name, template=empty_server_database))
    migrate.upgrade(engines.write)
    build(engines, patients=PATIENTS)
    engines.close()
    yield name
    postgres_server.drop_database(name)


@pytest.fixture
def file_practice(folder: Path) -> Iterator[Practice]:
    practice = Practice(folder, SetClock(STARTS_AT))
    yield practice
    practice.close()


@pytest.fixture
def server_practice(folder: Path, on_server: str) -> Iterator[Practice]:
    practice = ServerPractice(folder, SetClock(STARTS_AT), on_server)
    yield practice
    practice.close()


def test_the_day_on_a_file_and_once_more_on_both_engines(
    file_practice: Practice,
    server_practice: Practice,
    tmp_path: Path,
    qapp: QApplication,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    database = _day(file_practice, tmp_path)
    for again in (file_practice, server_practice):
        twin, _ = again.fresh()
        _comes_out_the_same(database, twin)

    said = capfd.readouterr()
    told = fold(caplog.text + said.out + said.err + " ".join(path.name for path in tmp_path.rglob("*")))
    assert [name for name in _names_of_the_day(database) if name in told.split()] == []


def test_the_day_on_a_server(server_practice: Practice, tmp_path: Path, qapp: QApplication) -> None:
    database = _day(server_practice, tmp_path)
    twin, _ = server_practice.fresh()
    _comes_out_the_same(database, twin)


def _day(practice: Practice, out: Path) -> Database:
    """The tour on a fresh copy."""
    database, where = practice.fresh()
    said: list[str] = []
    desk = Desk(practice.open(where))
    try:
        tour.run(desk, practice.clock, out, lambda: practice.open(where, "Front desk 1"), said.append)
    finally:
        desk.close()
    assert said
    assert all(line.startswith("ok") for line in said)
    assert {path.suffix for path in out.iterdir()} >= {".png", ".pdf", ".txt", ".835"}
    return database


def _comes_out_the_same(database: Database, twin: Database) -> None:
    """Every row, its id, and every balance; and a second replay does nothing."""
    content.carry(database, twin)
    _carry_stations(database, twin)
    start = max(entry.position for entry in twin.log_after(0, limit=1_000_000))
    assert replayed(database, twin, after=start) > 0
    before, after = rows_of(database, log=False), rows_of(twin, log=False)
    for table, rows in before.items():
        assert after[table] == rows, table
    assert _owed(database) == _owed(twin)
    assert replayed(database, twin) == 0
    assert rows_of(twin, log=False) == after
    assert twin.ask(SYSTEM, audit.verify).broken == ()


def _carry_stations(database: Database, twin: Database) -> None:
    """The other desk was set up during the day: setting up a desk is no command."""
    with Session(database.engines.read) as session:
        stations = session.execute(select(Station.id, Station.name)).all()
    with Session(twin.engines.write) as session:
        known = set(session.scalars(select(Station.id)))
        session.add_all(Station(id=one.id, name=one.name) for one in stations if one.id not in known)
        session.commit()


def _owed(database: Database) -> object:
    return database.ask(SYSTEM, aging.aging)


def _names_of_the_day(database: Database) -> set[str]:
    """Last names of whoever had a visit on the day."""
    day = place.STARTS_AT.replace(tzinfo=None, hour=0, minute=0)
    with Session(database.engines.read) as session:
        names = session.scalars(
            select(Patient.legal_last)
            .join(Appointment, Appointment.patient_id == Patient.id)
            .where(Appointment.starts >= day, Appointment.starts < day + timedelta(days=1))
        )
        return {fold(name) for name in names}
