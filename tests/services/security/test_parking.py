"""What a person put aside is theirs, at any desk and after a restart."""

from collections.abc import Callable

import pytest

from frontdesk.kernel.errors import NotFound
from frontdesk.services.database import Database
from frontdesk.services.security import parking
from frontdesk.services.work import Actor
from tests.builders.security import user
from tests.office import DANA, Office
from tests.refusal import refusal


def test_what_is_put_aside_waits_for_its_person_and_is_taken_once(
    office: Office, another: Callable[[], Database]
) -> None:
    rita = Actor(user(office), "Rita Gomez", "RG", frozenset({"*"}))
    first = office.do(parking.put, page="registration", title="Registering: Ada", content="{}")
    office.clock.advance(minutes=4)
    office.do(parking.put, page="find_slot", title="Booking: T. Nguyen", content="[1]")
    assert office.database.ask(rita, parking.waiting) == ()
    restarted = another()
    waiting = restarted.ask(DANA, parking.waiting)
    assert [(each.page, each.title, each.content) for each in waiting] == [
        ("registration", "Registering: Ada", "{}"),
        ("find_slot", "Booking: T. Nguyen", "[1]"),
    ]
    with pytest.raises(NotFound):
        office.database.do(rita, parking.take, parked_id=first)
    restarted.do(DANA, parking.take, parked_id=first)
    office.do(parking.take, parked_id=first)
    assert [each.title for each in office.ask(parking.waiting)] == ["Booking: T. Nguyen"]


def test_more_than_can_be_kept_is_refused(office: Office) -> None:
    with refusal("This is more than can be put aside. Save it, or finish it first."):
        office.do(parking.put, page="registration", title="Registering", content="x" * 100_001)
