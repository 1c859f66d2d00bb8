"""Carries work to threads and what came of it back to the window's thread.

Work and answers close over widgets. A thread that let go of one last would take it apart there, and Qt
answers that with a crash; so the courier keeps both, and threads know a number only.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

R = TypeVar("R")


@dataclass(slots=True)
class _Load:
    work: Callable[[], Any]
    arrive: Callable[[Any, Exception | None], object]
    answer: Any = None
    error: Exception | None = None


class Courier(QObject):
    """Lives in the window's thread, as whatever it carries."""

    _worked = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loads: dict[int, _Load] = {}
        self._numbers = count(1)
        self._worked.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def send(
        self,
        threads: Executor,
        work: Callable[[], R],
        arrive: Callable[[Any, Exception | None], object],
    ) -> None:
        """Runs `work` on one of the threads; `arrive` gets its answer or what it raised, in this thread."""
        number = next(self._numbers)
        self._loads[number] = _Load(work, arrive)
        threads.submit(self._carry, number)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way and everything has arrived."""
        return not self._loads

    def _carry(self, number: int) -> None:
        self._work(number)
        self._worked.emit(number)

    def _work(self, number: int) -> None:
        """On a thread; it holds nothing of the load any more when the window hears of it."""
        load = self._loads[number]
        try:
            load.answer = load.work()
        except Exception as raised:  # noqa: BLE001 - a thread's top: it goes on in the window's thread
            load.error = raised
        finally:
            del load  # the traceback of what was raised would keep it

    @Slot(int)
    def _deliver(self, number: int) -> None:
        load = self._loads.pop(number)
        load.arrive(load.answer, load.error)
