"""Two processes book one slot, two hundred times: one booking each, and one refusal that helps."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from frontdesk.services import audit
from frontdesk.services.schedule import day
from tests.builders.registration import danielle
from tests.builders.schedule import doctor, visit_type, walter
from tests.office import Office
from tests.twin import file_of

ROUNDS = 200
CHECKOUT = Path(__file__).parents[2]
QUARTERS = [time(hour, minute) for hour in (8, 9, 10, 11, 13, 14, 15, 16) for minute in (0, 15, 30, 45)]


def test_two_processes_that_book_one_slot_two_hundred_times(office: Office) -> None:
    lee, kind = doctor(office), visit_type(office)
    wanted = list(_slots())
    with (
        _desk(office, "Front desk 1", danielle(office), kind) as one,
        _desk(office, "Phone 2", walter(office), kind) as two,
    ):
        answers = [_raced(one, two, f"{lee} {starts.isoformat()}\n") for starts in wanted]

    assert [sorted(word for word, _ in both) for both in answers] == [["booked", "refused"]] * ROUNDS
    refusals = [said for both in answers for word, said in both if word == "refused"]
    assert [said for said in refusals if "The next opening is " not in said] == []
    assert refusals[0] == "Dr. Lee is booked from 8:00 to 8:15. The next opening is 8:15 AM."
    assert refusals[15] == "Dr. Lee is booked from 11:45 to 12:00. The next opening is 1:00 PM."
    booked = {int(said) for both in answers for word, said in both if word == "booked"}
    assert booked == {visit.id for on in _days(wanted) for visit in office.ask(day.day_sheet, day=on).visits}
    assert office.ask(audit.verify).broken == ()


def _slots() -> Iterator[datetime]:
    """As many quarters of an hour, from Wednesday on."""
    on = date(2026, 3, 18)
    for round_ in range(ROUNDS):
        days, quarter = divmod(round_, len(QUARTERS))
        weeks, weekdays = divmod(days + 2, 5)
        yield datetime.combine(on + timedelta(weeks=weeks, days=weekdays - 2), QUARTERS[quarter])


def _days(wanted: list[datetime]) -> list[date]:
    return sorted({starts.date() for starts in wanted})


@contextmanager
def _desk(office: Office, station: str, patient_id: int, kind: int) -> Iterator["subprocess.Popen[str]"]:
    url = office.database.engines.write.url
    place = (
        url.set(drivername="postgresql").render_as_string(hide_password=False)
        if office.database.engines.on_server
        else str(file_of(office.database))
    )
    told = [station, place, str(patient_id), str(kind)]
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.racing_desk", *told],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    with desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "ready\n"
        yield desk


def _raced(one: "subprocess.Popen[str]", two: "subprocess.Popen[str]", wanted: str) -> list[tuple[str, str]]:
    """Both get the same wish at the same moment; what each answers."""
    for desk in (one, two):
        assert desk.stdin is not None
        desk.stdin.write(wanted)
    answers = []
    for desk in (one, two):
        assert desk.stdout is not None
        word, _, said = desk.stdout.readline().rstrip("\n").partition(" ")
        answers.append((word, said))
    return answers
