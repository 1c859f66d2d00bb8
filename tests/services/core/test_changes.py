"""What the window is told of acts: each once, and whose it was."""

import threading

import pytest

from frontdesk.services import changes
from frontdesk.services.changes import Changes, Watcher
from frontdesk.services.office import sites
from tests.builders.office import site
from tests.office import Office
from tests.services.core.test_chain_and_connections import place

ACTS = 40


def test_an_own_act_is_told_once_however_often_the_log_is_looked_at(office: Office) -> None:
    site(office)
    database = office.database
    told: list[Changes] = []
    database.listen(told.append)
    database.watch_others()
    watcher, is_over = database._watcher, threading.Event()
    assert watcher is not None

    def look_again_and_again() -> None:
        while not is_over.is_set():
            watcher.look()

    looking = threading.Thread(target=look_again_and_again)
    looking.start()
    for number in range(ACTS):
        office.do(sites.add_site, draft=place(f"North {number}"))
    is_over.set()
    looking.join()
    assert [each.here for each in told] == [True] * ACTS


def test_whoever_was_away_for_long_hears_of_everything(
    file_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(file_office)
    told: list[Changes] = []
    watcher = Watcher(file_office.database.engines, told.append)  # it has seen nothing yet
    monkeypatch.setattr(changes, "OVERLAP", 8)
    monkeypatch.setattr(changes, "AT_ONCE", 12)
    for number in range(ACTS):
        file_office.do(sites.add_site, draft=place(f"North {number}"))
    watcher.look()
    entries = file_office.database.log_after(0)
    assert [each.entry_id for each in told] == [entry.intent.id for entry in entries]
    assert len(told) > ACTS
