"""Where the demo practice lives: made once per version, copied afresh for each start.

Each start of the demo is the same Tuesday. Its file is encrypted as an office's file is, under a key that
anybody can make: the data is synthetic and protects nobody.
"""

import hashlib
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

import platformdirs

from frontdesk.demo.start import INCOMING, PATIENTS, SEED, STARTS_AT, STATION, Progress, no_progress
from frontdesk.kernel.files import migrations_folder
from frontdesk.services import migrate

SENTENCE: Final = "Harbor Point Family Medicine does not exist, and nobody in it does."
KEY: Final = hashlib.sha256(SENTENCE.encode()).digest()
"""The published key of the demo's file."""

__all__ = ["KEY", "PATIENTS", "SEED", "STARTS_AT", "STATION", "incoming_file", "pristine_file", "ready_file"]


def ready_file(
    patients: int = PATIENTS, progress: Progress = no_progress, *, folder: Path | None = None
) -> Path:
    """A fresh working copy of the demo in a folder of its own; whoever asked deletes that folder at the end.

    The first call of a version builds the practice, which takes some seconds; later ones only copy it.
    """
    pristine = pristine_file(patients, folder or _cache())
    if not pristine.exists():
        _make(pristine, patients, progress)
    working = Path(tempfile.mkdtemp(prefix="frontdesk-demo-")) / "demo.db"
    shutil.copyfile(pristine, working)
    if _incoming(pristine).exists():
        shutil.copyfile(_incoming(pristine), incoming_file(working))
    return working


def incoming_file(working: Path) -> Path:
    """The 835 that waits to be imported, beside a working copy."""
    return working.with_name(INCOMING)


def is_made(patients: int = PATIENTS, *, folder: Path | None = None) -> bool:
    """Whether the practice was built before, so that a start only copies it."""
    return pristine_file(patients, folder or _cache()).exists()


def pristine_file(patients: int, folder: Path) -> Path:
    """The file's name tells what it was made from, so that another version never opens it."""
    tables = hashlib.sha256()
    for path in sorted((migrations_folder() / "versions").glob("*.sql")):
        tables.update(path.read_bytes())
    here = Path(__file__).parent
    for path in sorted((*here.glob("*.py"), *here.glob("*.csv"))):
        tables.update(path.read_bytes())
    made_from = f"{version('frontdesk')}-{patients}-{SEED}-{migrate.newest()}-{tables.hexdigest()[:12]}"
    return folder / f"demo-{made_from}.db"


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("frontdesk", appauthor=False))


def _incoming(pristine: Path) -> Path:
    return pristine.with_suffix(".835")


def _make(pristine: Path, patients: int, progress: Progress) -> None:
    """Build beside the place and move there whole: a stopped build leaves nothing behind."""
    # Loaded here: only the first start of a version makes the practice.
    from frontdesk.demo.practice import build

    pristine.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=pristine.parent) as beside:
        path = Path(beside) / "demo.db"
        incoming = build((path, KEY), patients=patients, progress=progress)
        if incoming:
            _incoming(pristine).write_text(incoming, encoding="ascii", newline="")
        path.replace(pristine)
    for older in pristine.parent.glob(f"demo-*-{patients}-{SEED}-*"):
        if older.stem != pristine.stem:
            older.unlink(missing_ok=True)
