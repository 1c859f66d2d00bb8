"""Loads the windows that nobody opened yet, while the desk has nothing else to do.

A start loads what its first page needs and no more; without this, the first turn to each page would wait
for its modules instead. What the windows stand on is loaded on a thread of the desk. The windows themselves
are loaded in theirs: a class of Qt that is made on one thread while Qt works on another may end the process.
"""

import gc
import linecache
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Final

from PySide6.QtCore import QObject, QTimer

import frontdesk.services
import frontdesk.ui
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.ui.desk import Desk

EVERY_MS: Final = 50
FIRST: Final = (
    "frontdesk.services.registration.search",
    "frontdesk.ui.shell.palette",
    "frontdesk.services.visit.flow",
    "frontdesk.services.schedule.confirmation",
    "frontdesk.ui.schedule.visit_dialogs",
    "frontdesk.services.visit.calling_off",
    "frontdesk.ui.schedule.calling_off_dialog",
    "frontdesk.services.visit.papers",
    "frontdesk.services.visit.preparation",
    "frontdesk.ui.schedule.day_papers",
)
"""What a key on the first page needs: a window behind the services that it asks."""


class LoadingAhead(QObject):
    """One module at a time: whoever asks for something comes first, and no window is held up for long."""

    def __init__(self, desk: Desk, every_ms: int = EVERY_MS) -> None:
        super().__init__(desk)
        self._desk = desk
        self._waiting = modules()
        self._is_loading = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(every_ms)

    @property
    def is_done(self) -> bool:
        """Whether everything is loaded."""
        return not self._timer.isActive()

    def stop(self) -> None:
        """Load no more."""
        self._timer.stop()

    def refused(self, error: FrontdeskError) -> None:
        """Loading asks nothing that could be refused."""

    def _go_on(self) -> None:
        if self._is_loading or not self._desk.is_idle:
            return
        name = next((name for name in self._waiting if name not in sys.modules), None)
        if name is None:
            self.stop()
            gc.freeze()  # what is loaded stays for good: the collector need not look through it
            linecache.clearcache()  # Qt looked into the source of each module, which nobody needs again
            return
        if _is_window(name):
            import_module(name)
        else:
            self._is_loading = True
            self._desk.run(self, self._loaded, import_module, name)

    def _loaded(self, _: object) -> None:
        self._is_loading = False


def modules() -> Iterator[str]:
    """What a click can open: on the first page, then the rest; a window behind what it is made of."""
    yield from FIRST
    yield from _names_in(frontdesk.services)
    yield from sorted(_names_in(frontdesk.ui), key=lambda name: (".kit." not in name, name.endswith("page")))


def _names_in(package: ModuleType) -> Iterator[str]:
    return (found.name for found in walk_packages(package.__path__, f"{package.__name__}."))


def _is_window(name: str) -> bool:
    return name.startswith(f"{frontdesk.ui.__name__}.")
