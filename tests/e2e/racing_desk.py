"""One of two desks that want the same times; run as a process of its own.

`python -m tests.e2e.racing_desk STATION PLACE PATIENT_ID VISIT_TYPE_ID`: opens the data, then answers each
line "PROVIDER_ID TIME" with a line "booked ID" or "refused SENTENCE", at once.
"""

import sys
from datetime import datetime
from pathlib import Path

from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.errors import Refused
from frontdesk.services.database import Database
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.slot import Slot
from tests.conftest import TUESDAY
from tests.office import DANA, KEY


def main(station: str, place: str, patient_id: int, visit_type_id: int) -> None:
    clock = SetClock(TUESDAY)
    if place.startswith("postgresql"):
        database = Database.open_server(place, station=station, clock=clock)
    else:
        database = Database.open_file(Path(place), KEY, station=station, clock=clock)
    print("ready", flush=True)
    for line in sys.stdin:
        provider_id, starts = line.split()
        slot = Slot(int(provider_id), datetime.fromisoformat(starts))
        try:
            done = database.do(
                DANA, booking.book, patient_id=patient_id, slot=slot, visit_type_id=visit_type_id
            )
        except Refused as refused:
            print("refused", refused, flush=True)
        else:
            print("booked", done.result, flush=True)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
