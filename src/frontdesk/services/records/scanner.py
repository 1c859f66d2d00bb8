"""A scanner at this desk, through SANE's own front end where it is installed. Nothing touches the disk."""

import shutil
import subprocess
from typing import Final

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.database import Database
from frontdesk.services.records import content
from frontdesk.services.records.sniff import Seen

PROGRAM: Final = "scanimage"
_RESOLUTION: Final = "200"
_PATIENCE_SECONDS: Final = 180


def is_installed() -> bool:
    """Whether this computer can scan."""
    return shutil.which(PROGRAM) is not None


def scan(database: Database) -> Seen:
    """One page from the glass or the feeder, kept; raises Refused with what is in the way."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise Refused(Finding("No scanner program is installed at this desk."))
    try:
        done = subprocess.run(
            [program, "--format=png", "--resolution", _RESOLUTION],
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(
            Finding("The scanner did not finish in three minutes. Look at it, then scan again.")
        ) from error
    except OSError as error:
        raise Refused(
            Finding("The scanner program cannot be started. Ask who looks after this computer.")
        ) from error
    if done.returncode or not done.stdout:
        raise Refused(Finding(_why(done.stderr)))
    return content.store_bytes(database, done.stdout, "scan.png")


def _why(said: bytes) -> str:
    words = said.decode("utf-8", errors="replace").lower()
    if "no scanners" in words or "invalid argument" in words:
        return "No scanner was found. Look whether it is switched on and connected, then scan again."
    if "busy" in words:
        return "The scanner is busy. Wait until it is done, then scan again."
    if "out of documents" in words or "no_docs" in words:
        return "The feeder is empty. Put the paper in, then scan again."
    if "jammed" in words:
        return "The paper is jammed. Open the scanner, take it out, then scan again."
    return "The scanner did not give a page. Look at it, then scan again."
