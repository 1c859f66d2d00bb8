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
    if place.startswith("postgresql"):
        database = Database.open_server(place, station="Front desk 2")
    else:
        database = Database.open_file(Path(place), KEY, station="Front desk 2")
    content.store_bytes(database, sheet(), "idle.pdf")  # what keeping needs is loaded
    if _CLEAR.exists():
        _CLEAR.write_text("5")  # forget the peak so far: making the tables took more than being idle does
    idle = _peak_megabytes()
    content.store(database, source)
    print(_peak_megabytes() - idle)
    database.close()


def _peak_megabytes() -> float:
    if _CLEAR.exists():
        (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
