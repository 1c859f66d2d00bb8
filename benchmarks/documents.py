"""Documents into the store beside copying and hashing the files, and the memory that a long scan takes."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.measure import Measure, of_pairs, timed
from benchmarks.on_engines import ENGINES, office_on
from frontdesk.services.records import many_files
from frontdesk.services.records.sniff import CHUNK_BYTES
from tests.builders.long_scans import jpeg, long_scan, scan

NAMES = (*(f"import_documents_{engine}" for engine in ENGINES), "import_memory_200mb")
FILES = 1_000
PAIRS = 7
_LARGEST = 199
_MEMORY_GOAL = 100.0


def measures(wanted: set[str]) -> Iterator[Measure]:
    """A thousand scans, letters, photographs and notes into an empty office; and one scan of 200 MB."""
    with tempfile.TemporaryDirectory() as folder:
        files = (
            _mixed(Path(folder) / "in") if any(name.startswith("import_documents") for name in wanted) else []
        )
        for engine in ENGINES:
            if f"import_documents_{engine}" in wanted:
                pairs = [
                    _pair(engine, files, Path(folder) / f"{engine}-{number}") for number in range(PAIRS + 1)
                ]
                yield of_pairs(f"import_documents_{engine}", pairs[1:], goal=2.0, unit="ms", scale=1000.0)
        if "import_memory_200mb" in wanted:
            yield _memory(Path(folder))


def _pair(engine: str, files: list[Path], folder: Path) -> tuple[float, float]:
    with office_on(engine) as office:
        os.sync()
        ours = timed(lambda: many_files.store_all(office.database, files))
    os.sync()
    return ours, timed(lambda: _copy(files, folder))


def _copy(files: list[Path], folder: Path) -> None:
    """Copied, hashed, and as sure to be there after a power cut as ours."""
    folder.mkdir()
    for file in files:
        hashed = hashlib.sha256()
        with file.open("rb") as source, (folder / file.name).open("wb") as copy:
            while chunk := source.read(CHUNK_BYTES):
                hashed.update(chunk)
                copy.write(chunk)
    os.sync()


def _mixed(folder: Path) -> list[Path]:
    """What comes in over some weeks: 120 MB."""
    chance = Random(20260317)
    folder.mkdir()
    for number in range(FILES):
        kind = number % 10
        if kind < 5:  # a fax or a scan of a few pages
            data, ending = scan(chance, pages=chance.randint(1, 6), page_bytes=40_000), "pdf"
        elif kind < 7:  # a card or a photograph
            data, ending = jpeg(chance, chance.randint(60_000, 500_000)), "jpg"
        elif kind < 9:  # a letter that was written, not scanned
            data, ending = scan(chance, pages=1, page_bytes=9_000), "pdf"
        else:
            data, ending = f"Note {number}.\n".encode() * 150, "txt"
        (folder / f"{number}.{ending}").write_bytes(data)
    return sorted(folder.iterdir())


def _memory(folder: Path) -> Measure:
    """The most that a process of its own holds while it keeps 199 MB, above what it holds before."""
    source = folder / "long.pdf"
    long_scan(source, megabytes=_LARGEST)
    pairs = []
    for number in range(3):
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.on_memory", str(folder / f"{number}.db"), str(source)],
            capture_output=True,
            text=True,
            check=True,
        )
        pairs.append((float(ran.stdout), _MEMORY_GOAL))
    return of_pairs("import_memory_200mb", pairs, goal=1.0, unit="MB")
