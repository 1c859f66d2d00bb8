"""Loads the windows that nobody opened yet, while the desk has nothing else to do.

A start loads what its first page needs and no more; without this, the first turn to each page would wait
for its modules instead.
"""

import gc
import linecache
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Final

from PySide6.QtCore import QObject, QTimer

import frontdesk.ui
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.pages import PAGES

EVERY_MS: Final = 50
FIRST: Final = (
    "frontdesk.ui.shell.palette",
    "frontdesk.services.visit.flow",
    "frontdesk.ui.schedule.visit_dialogs",
    "frontdesk.ui.schedule.calling_off_dialog",
    "frontdesk.ui.schedule.day_papers",
)
"""What a key on the first page needs."""


class LoadingAhead(QObject):
    """One module at a time, on a thread of the desk: whoever asks for something comes first."""

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
        name = next(self._waiting, None)
        if name is None:
            self.stop()
            gc.freeze()  # what is loaded stays for good: the collector need not look through it
            linecache.clearcache()  # Qt looked into the source of each module, which nobody needs again
            return
        self._is_loading = True
        self._desk.run(self, self._loaded, import_module, name)

    def _loaded(self, _: object) -> None:
        self._is_loading = False


def modules() -> Iterator[str]:
    """What a click can open: on the first page, then the pages in the order of their tabs, then the rest."""
    yield from FIRST
    yield from (entry.where.partition(":")[0] for entry in PAGES)
    yield from (found.name for found in walk_packages(frontdesk.ui.__path__, "frontdesk.ui."))
