"""One of two desks that send what is due; run as a process of its own.

`python -m tests.e2e.sending_desk STATION PLACE`: opens the data, waits for a line, sends
until nothing is due, and says how many.
"""

import sys
from pathlib import Path

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.schedule import reminder_sender
from frontdesk.services.work import SYSTEM
from tests.conftest import TUESDAY
from tests.office import KEY


def main(station: str, place: str) -> None:
    clock = SetClock(TUESDAY)
    if place.startswith("postgresql"):
        database = Database.open_server(place, station=station, clock=clock)
    else:
        database = Database.open_file(Path(place), KEY, station=station, clock=clock)
    print("ready", flush=True)
    sys.stdin.readline()
    print(reminder_sender.send_due(database, SYSTEM).sent, flush=True)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
