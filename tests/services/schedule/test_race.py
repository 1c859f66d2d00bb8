"""Two desks at the same instant: one booking, and one refusal that names the next opening."""

from collections.abc import Callable
from threading import Barrier, Thread

from frontdesk.kernel.errors import Refused
from frontdesk.services.database import Database
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.slot import Slot
from tests.builders.registration import danielle
from tests.builders.schedule import at, doctor, visit_type, walter
from tests.office import Office

ROUNDS = 12


def test_two_desks_that_want_the_same_time(office: Office, another: Callable[[], Database]) -> None:
    lee, kind = doctor(office), visit_type(office)
    desks = ((office.database, danielle(office)), (another(), walter(office)))
    refusals: list[str] = []
    booked: list[int] = []
    for round in range(ROUNDS):
        slot = Slot(lee, at(f"{8 + round // 4}:{round % 4 * 15:02d}"))
        start = Barrier(2)

        def book(database: Database, patient_id: int, slot: Slot = slot, start: Barrier = start) -> None:
            start.wait()
            try:
                done = database.do(
                    office.actor, booking.book, patient_id=patient_id, slot=slot, visit_type_id=kind
                )
            except Refused as refused:
                refusals.append(str(refused))
            else:
                booked.append(done.result)

        threads = [Thread(target=book, args=desk) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(booked), len(refusals)) == (ROUNDS, ROUNDS)
    assert all("The next opening is" in refusal for refusal in refusals)
    assert refusals[0] == "Dr. Lee is booked from 8:00 to 8:15. The next opening is 8:15 AM."
    assert refusals[-1] == "Dr. Lee is booked from 10:45 to 11:00. The next opening is 11:00 AM."
