"""`python -m benchmarks.on_memory DATABASE FILE`: the MB that keeping a file takes at most, above idle."""

import resource
import sys
from pathlib import Path

from frontdesk.services.database import Database
from frontdesk.services.records import content
from tests.builders.records import sheet
from tests.office import KEY

_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def main(place: str, source: Path) -> None:
    database = opened(place)
    content.store_bytes(database, sheet(), "idle.pdf")  # what keeping needs is loaded
    idle = idle_megabytes()
    content.store(database, source)
    print(peak_megabytes() - idle)
    database.close()


def opened(place: str) -> Database:
    """The office at a file, or at a server's address."""
    if place.startswith("postgresql"):
        return Database.open_server(place, station="Front desk 2")
    return Database.open_file(Path(place), KEY, station="Front desk 2")


def idle_megabytes() -> float:
    """What the process holds now; from here on its peak counts."""
    if _CLEAR.exists():
        _CLEAR.write_text("5")  # forget the peak so far: making the tables took more than being idle does
    return peak_megabytes()


def peak_megabytes() -> float:
    """The most that it held since."""
    if _CLEAR.exists():
        (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
