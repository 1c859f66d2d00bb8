"""Where a worker's process died, in the report of the test that it ran.

What the fault handler writes to a worker's stderr is far from the failure in a long log, or lost.
"""

import faulthandler
from collections.abc import Mapping
from pathlib import Path
from tempfile import gettempdir

import pytest

_NOT_OURS = ("/_pytest/", "/pluggy/", "/xdist/", "/execnet/")


class _Trace:
    """The stacks of all threads go into the worker's own file, if it comes to that."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, path.open("wb")
        faulthandler.enable(self._file)

    def pytest_unconfigure(self) -> None:
        faulthandler.disable()
        self._file.close()
        self._path.unlink()


def begin(config: pytest.Config) -> None:
    """In a worker of pytest-xdist: from now on a crash leaves its trace."""
    worker: Mapping[str, str] | None = getattr(config, "workerinput", None)
    if worker is not None:
        config.pluginmanager.register(_Trace(_path_of(worker)))


def complete(report: pytest.TestReport) -> None:
    """In the process that started the workers: the trace of the dead one joins the failure."""
    path = _path_of(report.node.workerinput)
    if path.exists():
        lines = path.read_text(errors="replace").splitlines()
        ours = (line for line in lines if not any(part in line for part in _NOT_OURS))
        report.longrepr = "\n".join((str(report.longrepr), *ours))
        path.unlink()


def _path_of(worker: Mapping[str, str]) -> Path:
    return Path(gettempdir()) / f"frontdesk-crash-{worker['testrunuid']}-{worker['workerid']}.txt"
