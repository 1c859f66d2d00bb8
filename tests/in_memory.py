"""Where a run's files lie: in memory where there is room.

Thousands of tests each make a database of their own. A copy of the empty one takes a server a second and
more on a disk, and a tenth of that in memory.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import psutil

_SHARED_MEMORY = Path("/dev/shm")
_ROOM = 4 * 1024**3  # bytes; a whole run holds less than a quarter of it at any time


def folder() -> Path | None:
    """A folder of the system's that lies in memory; None where there is none, or too little of it."""
    if not sys.platform.startswith("linux") or not os.access(_SHARED_MEMORY, os.W_OK | os.X_OK):
        return None
    room = min(shutil.disk_usage(_SHARED_MEMORY).free, psutil.virtual_memory().available)
    return _SHARED_MEMORY if room > _ROOM else None


def prefer() -> None:
    """From now on temporary files lie there, in the processes that this one starts too."""
    found = None if "TMPDIR" in os.environ else folder()
    if found is not None:
        os.environ["TMPDIR"] = str(found)
        tempfile.tempdir = str(found)
