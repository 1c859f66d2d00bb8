"""Desks of one server that start, and act, at the same moment."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.errors import Unavailable
from frontdesk.services import turns
from frontdesk.services.billing import deposits, payments
from frontdesk.services.command import all_commands, command_of
from frontdesk.services.database import Database
from frontdesk.services.office import sites
from frontdesk.services.visit import calling_off, merging
from tests import postgres_server
from tests.builders.office import site
from tests.office import Office
from tests.services.core.test_chain_and_connections import place

BUSY = "Another desk is saving something large. Nothing of yours was saved. Try again in a moment."


@pytest.fixture
def new_server() -> Iterator[str]:
    """The address of a database in which nothing was made yet."""
    name = f"new_{os.getpid()}"
    yield postgres_server.create_database(name)
    postgres_server.drop_database(name)


def test_desks_that_open_a_new_server_at_once_all_open_it(new_server: str, clock: SetClock) -> None:
    def opened(station: str) -> Database:
        return Database.open_server(new_server, station=station, clock=clock)

    with ThreadPoolExecutor(4) as desks:
        found = [*desks.map(opened, ["Front desk 1", "Front desk 2", "Front desk 1", "Front desk 2"])]
    stations = [each.station for each in found]
    for each in found:
        each.close()
    assert stations[:2] == stations[2:]


def test_whoever_waits_too_long_for_the_ledger_is_told_and_the_others_go_on(
    server_database: Database, clock: SetClock
) -> None:
    office = Office(server_database, clock)
    site(office)
    with server_database.engines.write.connect() as connection:  # the one that the pool gives out next
        connection.execute(text("SELECT set_config('lock_timeout', '50ms', false)"))
        connection.commit()
    other = Database.open_server(server_database.engines.write.url, station="Front desk 1", clock=clock)
    with Session(other.engines.write) as session:
        turns.wait(session)
        with pytest.raises(Unavailable) as told:
            office.do(deposits.set_deposit, visit_type_id=1, amount_cents=0, self_pay_only=False)
        office.do(sites.add_site, draft=place("North"))
    other.close()
    assert str(told.value) == BUSY


def test_what_touches_the_ledger_has_it_to_itself() -> None:
    in_turn = {command.name for command in all_commands() if command.in_turn}
    assert {command.name for command in all_commands() if command.name.startswith("billing.")} <= in_turn
    for act in (payments.take, calling_off.call_off, merging.approve):
        assert command_of(act).in_turn
    assert not command_of(sites.add_site).in_turn
