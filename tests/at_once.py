"""Two desks that act at the same moment, so that neither can have seen what the other did."""

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.database import Database
from tests.patience import PATIENCE

DONE = "done"

_WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
)


def at_once(database: Database, *acts: Callable[[], object]) -> list[str]:
    """What came of each: "done", or the sentence of the refusal; sorted, for either may be first.

    On a server every act is held back at its last statement, its line in the log, until the others are as
    far: whatever an act looks at before it writes, it has looked at by then. On a file the engine itself
    lets in one after the other.
    """
    said: list[str] = []
    errors: list[BaseException] = []
    threads = [threading.Thread(target=_try, args=(act, said, errors)) for act in acts]
    if database.engines.on_server:
        _hold_back(database, threads)
    else:
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return sorted(said)


def _try(act: Callable[[], object], said: list[str], errors: list[BaseException]) -> None:
    try:
        act()
    except FrontdeskError as refused:
        said.append(str(refused))
    except BaseException as error:  # noqa: BLE001 # raised again in the test's thread
        errors.append(error)
    else:
        said.append(DONE)


def _hold_back(database: Database, threads: list[threading.Thread]) -> None:
    url = database.engines.write.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as holder, psycopg.connect(url, autocommit=True) as onlooker:
        holder.execute("LOCK TABLE audit_entry IN EXCLUSIVE MODE")
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + PATIENCE / 1000
        while _still_on_their_way(onlooker, threads):
            assert time.monotonic() < deadline, "an act neither ended nor came to its last statement"
            time.sleep(0.01)


def _still_on_their_way(onlooker: "psycopg.Connection[Any]", threads: list[threading.Thread]) -> bool:
    alive = sum(thread.is_alive() for thread in threads)
    row = onlooker.execute(_WAITING).fetchone()
    return row is not None and int(row[0]) < alive
