"""The guard that keeps windows from waiting for the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from frontdesk.services.database import Database
from tests.ui import window_thread


def _asked_by_a_window(database: Database) -> None:
    """A statement that comes out of a file of the windows."""
    place = f"{window_thread.WINDOWS}/made_up.py"
    exec(compile("with database.engines.read.connect() as c: c.exec_driver_sql('SELECT 1')", place, "exec"))


def test_a_window_that_waits_for_the_database_is_named(file_database: Database) -> None:
    with pytest.raises(AssertionError, match=r"made_up\.py:1 waits for the database"):
        _asked_by_a_window(file_database)


def test_on_a_worker_it_may_wait(file_database: Database) -> None:
    with ThreadPoolExecutor(1) as workers:
        workers.submit(_asked_by_a_window, file_database).result()
