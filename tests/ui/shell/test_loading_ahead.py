"""What a start left out is loaded while the desk has nothing to do."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell import loading_ahead
from frontdesk.ui.shell.loading_ahead import LoadingAhead, modules

PATIENTLY_MS = 120_000
SERVICE, WINDOW = "frontdesk.services.of_nobody", "frontdesk.ui.of_nobody"


class Asker:
    """Somebody whose answer takes its time."""

    def __init__(self, heard: list[tuple[str, bool]]) -> None:
        self._heard = heard

    def show(self, _: object) -> None:
        self._heard.append(("answer", True))

    def refused(self, error: FrontdeskError) -> None:
        raise error


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, thawed: None) -> list[tuple[str, bool]]:
    """The modules as they are loaded, each with whether that is in the windows' thread; only two are left."""
    found: list[tuple[str, bool]] = []
    here = threading.current_thread()
    monkeypatch.setattr(loading_ahead, "modules", lambda: iter([SERVICE, "sys", WINDOW]))
    monkeypatch.setattr(
        loading_ahead, "import_module", lambda name: found.append((name, threading.current_thread() is here))
    )
    return found


@pytest.fixture
def thawed() -> Iterator[None]:
    """The other tests count on a collector that sees everything."""
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_in_the_end_all_that_a_click_can_open_is_loaded(desk: Desk, qtbot: QtBot) -> None:
    ahead = LoadingAhead(desk, every_ms=1)
    qtbot.waitUntil(lambda: ahead.is_done, timeout=PATIENTLY_MS)
    assert [name for name in modules() if name not in sys.modules] == []


def test_windows_are_loaded_in_their_thread_and_the_rest_beside_it(
    desk: Desk, qtbot: QtBot, loaded: list[tuple[str, bool]]
) -> None:
    ahead = LoadingAhead(desk, every_ms=1)
    qtbot.waitUntil(lambda: ahead.is_done, timeout=PATIENTLY_MS)
    assert loaded == [(SERVICE, False), (WINDOW, True)]


def test_whoever_asks_comes_first(desk: Desk, qtbot: QtBot, loaded: list[tuple[str, bool]]) -> None:
    asker, never = Asker(loaded), threading.Event()
    desk.run(asker, asker.show, never.wait, 0.2)
    LoadingAhead(desk, every_ms=1)
    qtbot.waitUntil(lambda: len(loaded) == 3, timeout=PATIENTLY_MS)
    assert [name for name, _ in loaded] == ["answer", SERVICE, WINDOW]
