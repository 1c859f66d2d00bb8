"""A desk is killed in the middle of a check-in: another takes over at once, or waits it out."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontdesk.services import audit
from frontdesk.services.visit import presence, unfinished
from tests.builders.visit import at_the_desk
from tests.office import Office
from tests.refusal import refusal
from tests.twin import file_of

CHECKOUT = Path(__file__).parents[2]


def test_a_killed_desk_is_taken_over_from_and_blocks_nobody(office: Office) -> None:
    visit = at_the_desk(office)
    with _killed(office, visit) as opening_id:
        found = office.ask(presence.open_at, appointment_id=visit)
        assert found is not None
        assert (found.opening_id, found.words) == (
            opening_id,
            "Open at Front desk 1 since 10:42 by Dana B.",
        )
        with refusal(f"{found.words} Look on, or take it over."):
            office.do(presence.open_here, appointment_id=visit)
        (left,) = office.ask(unfinished.left, appointment_id=visit)
        assert (left.content, left.named, left.station) == ('{"city":"Salem"}', "City", "Front desk 1")
        mine = office.do(presence.open_here, appointment_id=visit, instead_of=opening_id)
        assert office.do(presence.stay, opening_id=mine) is True
    assert office.ask(audit.verify).broken == ()


def test_who_does_not_take_over_waits_three_minutes(office: Office) -> None:
    visit = at_the_desk(office)
    with _killed(office, visit):
        office.clock.advance(minutes=4)
        assert office.ask(presence.open_at, appointment_id=visit) is None
        office.do(presence.open_here, appointment_id=visit)


@contextmanager
def _killed(office: Office, visit: int) -> Iterator[int]:
    """The opening's id at a desk that is no more."""
    url = office.database.engines.write.url
    place = (
        url.set(drivername="postgresql").render_as_string(hide_password=False)
        if office.database.engines.on_server
        else str(file_of(office.database))
    )
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.check_in_desk", place, str(visit)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    with desk:
        assert desk.stdout is not None
        word, _, said = desk.stdout.readline().rstrip("\n").partition(" ")
        assert word == "open"
        desk.kill()
        desk.wait()
        yield int(said)
