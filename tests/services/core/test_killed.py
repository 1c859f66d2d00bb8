"""A desk that dies in mid-write loses nothing that it acknowledged."""

import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.services import audit
from frontdesk.services.office import sites
from tests.builders.office import site
from tests.office import Office
from tests.twin import file_of

ROUNDS = 100
CHECKOUT = Path(__file__).parents[3]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
def test_killed_a_hundred_times_no_acknowledged_write_is_lost(office: Office) -> None:
    site(office)
    url = office.database.engines.write.url
    place = (
        url.set(drivername="postgresql").render_as_string(hide_password=False)
        if office.database.engines.on_server
        else str(file_of(office.database))
    )
    writers = subprocess.run(
        [sys.executable, "-m", "tests.services.core.killed_writers", str(ROUNDS), place],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert writers.returncode == 0, writers.stderr[-2000:]
    acknowledged = [int(line) for line in writers.stdout.split()]
    assert len(acknowledged) >= ROUNDS

    kept = {entry.intent.id for entry in office.database.log_after(0, limit=1_000_000)}
    assert [id for id in acknowledged if id not in kept] == []
    check = office.ask(audit.verify)
    assert check.broken == ()
    # Written whole or not at all: as many sites as entries that add one.
    entries = [
        entry
        for entry in office.database.log_after(0, limit=1_000_000)
        if entry.intent.command == "office.sites.add_site"
    ]
    assert len(office.ask(sites.sites)) == len(entries) + 1
