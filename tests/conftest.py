"""What every test starts from: a fresh, real database, a clock that is set, an office to fill."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without a screen Qt would abort the process

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from hypothesis import HealthCheck, settings
from keyring.backends.null import Keyring as NoKeyring
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services import migrate
from frontdesk.services.database import Database
from frontdesk.services.engines import local_file, office_server
from tests import compiled_once, crash_reports, in_memory, postgres_server
from tests.office import KEY, Office
from tests.patience import Patient
from tests.twin import file_of

TUESDAY = datetime(2026, 3, 17, 17, 42, tzinfo=UTC)
"""Tuesday, March 17, 2026, 10:42 AM in Portland: the moment of the mockups."""


# No deadline: a slow machine is not a failure. The same examples on each CI run, so that a red one is new.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")


in_memory.prefer()
compiled_once.begin()


@pytest.hookimpl(trylast=True)  # after pytest's own fault handler
def pytest_configure(config: pytest.Config) -> None:
    crash_reports.begin(config)


@pytest.hookimpl(trylast=True)  # after the order was drawn
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The whole days first: begun last, one would keep a single worker busy while the others are done."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(report: pytest.TestReport) -> None:
    crash_reports.complete(report)


def pytest_sessionfinish() -> None:
    postgres_server.release()


@pytest.fixture(scope="session", autouse=True)
def _no_keyring_of_this_machine() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The robot at the window, patient."""
    return Patient(request)


@pytest.fixture
def clock() -> SetClock:
    """A clock that shows the mockups' moment until a test sets it."""
    return SetClock(TUESDAY)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted file with all tables and no rows, made by the migrations once."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engines = local_file(path, KEY)
    migrate.upgrade(engines.write)
    engines.close()
    return path


@pytest.fixture(scope="session")
def empty_server_database(worker_id: str) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables and no rows, made by the migrations once."""
    name = f"empty_{worker_id}_{os.getpid()}"
    url = postgres_server.create_database(name)
    engines = office_server(url)
    migrate.upgrade(engines.write)
    engines.close()
    yield name
    postgres_server.drop_database(name)


@pytest.fixture
def file_database(empty_file: Path, tmp_path: Path, clock: SetClock) -> Iterator[Database]:
    """A fresh encrypted SQLite file."""
    path = tmp_path / "office.db"
    shutil.copy(empty_file, path)
    database = Database.open_file(path, KEY, station="Front desk 2", clock=clock)
    yield database
    database.close()


@pytest.fixture
def server_database(
    empty_server_database: str, clock: SetClock, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """A fresh database on a real PostgreSQL server."""
    name = f"{empty_server_database}_{abs(hash(request.node.nodeid))}"[:60]
    url = postgres_server.create_database(name, template=empty_server_database)
    database = Database.open_server(url, station="Front desk 2", clock=clock)
    yield database
    database.close()
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """The test runs twice: on an encrypted file, and on a server."""
    name = {"sqlite": "file_database", "postgresql": "server_database"}[request.param]
    found: Database = request.getfixturevalue(name)
    return found


@pytest.fixture
def office(database: Database, clock: SetClock) -> Office:
    """An office with nothing in it yet, not even its practice (`builders.office.site`); on both engines."""
    return Office(database, clock)


@pytest.fixture
def file_office(file_database: Database, clock: SetClock) -> Office:
    """The same on the encrypted file only, where the engine does not matter."""
    return Office(file_database, clock)


@pytest.fixture
def another(database: Database) -> Iterator[Callable[[], Database]]:
    """Opens the same data once more, as another desk's programme would."""
    opened: list[Database] = []

    def open_it() -> Database:
        url = database.engines.write.url
        if database.engines.on_server:
            found = Database.open_server(url, station="Front desk 1", clock=database.clock)
        else:
            found = Database.open_file(file_of(database), KEY, station="Front desk 1", clock=database.clock)
        opened.append(found)
        return found

    yield open_it
    for found in opened:
        found.close()
