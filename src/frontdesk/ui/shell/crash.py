"""One calm window for what should not have happened; a report that names no patient; the work goes on."""

import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from frontdesk.kernel.clock import Clock, SystemClock
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.text import tr


def report_text(error: BaseException) -> str:
    """Where it happened: types, files, lines, functions. Never the message: it may hold a name."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return "\n".join([*lines, versions, ""])


class CrashWindow:
    """Takes the place of `sys.excepthook`; shows each kind of crash once."""

    def __init__(self, folder: Path | None = None, clock: Clock | None = None) -> None:
        self._folder = folder or Path(platformdirs.user_log_dir("frontdesk", appauthor=False))
        self._clock = clock or SystemClock()
        self._shown: set[str] = set()
        self._previous: Callable[..., object] = sys.excepthook

    def install(self) -> None:
        self._previous = sys.excepthook
        sys.excepthook = self.caught

    def remove(self) -> None:
        sys.excepthook = self._previous

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = report_text(error)
        sys.stderr.write(report)
        if report not in self._shown:
            self._shown.add(report)
            self._tell(self._write(report))

    def _write(self, report: str) -> Path | None:
        path = self._folder / f"crash-{self._clock.now():%Y%m%d-%H%M%S}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(report, encoding="utf-8")
        except OSError:
            return None
        return path

    def _tell(self, path: Path | None) -> None:
        window = QApplication.activeWindow()
        if window is None:
            return
        kept = tr("What you saved is kept. Do the last step again, or go on with something else.")
        written = (
            tr("A report without any patient's data is in {name}.", name=path.name)
            if path
            else tr("The report could not be written.")
        )
        dialog = Dialog(window, tr("The last step did not work"), f"{kept} {written}", icon="octagon-alert")
        dialog.add_verb(tr("Go on"), kind="primary", keys="Esc")
        dialog.open()
