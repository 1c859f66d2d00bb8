"""A desk that opens a check-in and is killed in the middle of it; run as a process of its own.

`python -m tests.e2e.check_in_desk PLACE APPOINTMENT_ID`: opens the check-in, keeps what was typed, says
"open ID", and waits to be killed.
"""

import sys
from pathlib import Path

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.visit import presence, unfinished
from tests.conftest import TUESDAY
from tests.office import DANA, KEY


def main(place: str, appointment_id: int) -> None:
    clock = SetClock(TUESDAY)
    if place.startswith("postgresql"):
        database = Database.open_server(place, station="Front desk 1", clock=clock)
    else:
        database = Database.open_file(Path(place), KEY, station="Front desk 1", clock=clock)
    opening_id = database.do(DANA, presence.open_here, appointment_id=appointment_id).result
    database.do(
        DANA, unfinished.keep, appointment_id=appointment_id, content='{"city":"Salem"}', named="City"
    )
    print("open", opening_id, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
