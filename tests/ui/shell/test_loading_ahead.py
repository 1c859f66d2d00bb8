"""What a start left out is loaded while the desk has nothing to do."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.loading_ahead import LoadingAhead, modules

PATIENTLY_MS = 120_000


class Asker:
    """Somebody whose answer takes its time."""

    def __init__(self, order: list[str]) -> None:
        self._order = order

    def show(self, _: object) -> None:
        self._order.append("answer")

    def refused(self, error: FrontdeskError) -> None:
        raise error


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


def test_whoever_asks_comes_first(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr("frontdesk.ui.shell.loading_ahead.import_module", order.append)
    asker, never = Asker(order), threading.Event()
    desk.run(asker, asker.show, never.wait, 0.2)
    ahead = LoadingAhead(desk, every_ms=1)
    qtbot.waitUntil(lambda: len(order) > 2, timeout=PATIENTLY_MS)
    ahead.stop()
    assert order[:2] == ["answer", next(modules())]
