"""One thread for what takes a moment before there is a desk: the server check, making the file."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from frontdesk.kernel.errors import FrontdeskError

R = TypeVar("R")


class Background(QObject):
    """Runs one thing after another; answers and refusals arrive in the window's thread."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="first-run")
        self._is_closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        function: Callable[[], R],
        then: Callable[[R], object],
        refused: Callable[[FrontdeskError], object],
    ) -> None:
        def work() -> None:
            try:
                answer = function()
            except FrontdeskError as error:
                why = error
                self._arrived.emit(lambda: refused(why))
            except Exception as error:  # noqa: BLE001 - a thread's top: it goes on in the window's thread
                bug = error
                self._arrived.emit(lambda: _raise(bug))
            else:
                self._arrived.emit(lambda: then(answer))

        self._thread.submit(work)

    def close(self) -> None:
        """Wait for what is under way, and tell nobody of it."""
        self._is_closed = True
        self._thread.shutdown()

    @Slot(object)
    def _deliver(self, arrive: Callable[[], object]) -> None:
        if not self._is_closed:
            arrive()


def _raise(error: Exception) -> None:
    raise error
