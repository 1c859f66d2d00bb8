"""One thread for what takes a moment before there is a desk: the server check, making the file."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.ui.courier import Courier

R = TypeVar("R")


class Background(QObject):
    """Runs one thing after another; answers and refusals arrive in the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="first-run")
        self._courier = Courier(self)
        self._is_closed = False

    def run(
        self,
        function: Callable[[], R],
        then: Callable[[R], object],
        refused: Callable[[FrontdeskError], object],
    ) -> None:
        def arrive(answer: Any, error: Exception | None) -> None:
            if self._is_closed:
                return
            if isinstance(error, FrontdeskError):
                refused(error)
            elif error is not None:
                raise error
            else:
                then(answer)

        self._courier.send(self._thread, function, arrive)

    def close(self) -> None:
        """Wait for what is under way, and tell nobody of it."""
        self._is_closed = True
        self._thread.shutdown()
