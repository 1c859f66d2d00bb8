"""One of two desks that take money at the same moment; run as a process of its own.

`python -m tests.e2e.paying_desk STATION PLACE PATIENT_ID`: opens the data, then answers each line "CENTS"
with a line "NUMBER" of the receipt, at once; "void" voids its last one and answers "void". Its clock goes on
with each line and is some milliseconds off the other desk's: ids are made from the time, and on two desks
whose clocks stand still at one instant they run into each other.
"""

import sys
from datetime import timedelta
from pathlib import Path

from frontdesk.kernel.clock import SetClock
from frontdesk.services.billing import payments
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.payments import Payment, Taken, Tender, TenderKind
from frontdesk.services.database import Database
from tests.conftest import TUESDAY
from tests.office import DANA, KEY


def main(station: str, place: str, patient_id: int) -> None:
    clock = SetClock(TUESDAY + timedelta(milliseconds=len(station)))
    if place.startswith("postgresql"):
        database = Database.open_server(place, station=station, clock=clock)
    else:
        database = Database.open_file(Path(place), KEY, station=station, clock=clock)
    print("ready", flush=True)
    last: Taken | None = None
    for line in sys.stdin:
        clock.advance(seconds=1)
        if line.strip() == "void":
            assert last is not None
            database.do(DANA, payments.void, receipt_id=last.receipt_id, reason="Wrong patient")
            print("void", flush=True)
            continue
        cents = int(line)
        payment = Payment(
            patient_id,
            (Tender(TenderKind.CASH, cents),),
            (Allocation("prepayment", cents),),
            taken_because="A test takes many",
        )
        last = database.do(DANA, payments.take, payment=payment).result
        print(last.number, flush=True)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
