"""The window never waits: no statement may be sent to the database by a window's own code on its thread.

A test itself asks and does on that thread; what the windows do there is told from it by the calls between.
"""

import sys
import threading
from pathlib import Path
from types import FrameType

from sqlalchemy import Engine, event

import frontdesk.ui

WINDOWS = str(Path(frontdesk.ui.__file__).parent)


def guard() -> None:
    """From now on such a statement fails, naming the window's line."""
    event.listen(Engine, "before_cursor_execute", _refuse)


def _refuse(*_: object) -> None:
    if threading.current_thread() is threading.main_thread() and (where := _line_of_a_window()) is not None:
        raise AssertionError(f"{where} waits for the database on the window's thread")


def _line_of_a_window() -> str | None:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith(WINDOWS):
            return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
        frame = frame.f_back
    return None
