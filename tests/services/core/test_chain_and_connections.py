"""What is remembered between acts is never trusted: the chain's head, and a connection that rested."""

import pytest
from sqlalchemy import text

from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.errors import Refused
from frontdesk.services import audit
from frontdesk.services.database import Database
from frontdesk.services.office import sites
from frontdesk.services.office.sites import SiteDraft
from tests.builders.office import site
from tests.office import KEY, Office
from tests.twin import file_of


def place(name: str) -> SiteDraft:
    return SiteDraft(
        name=name, zone="America/Los_Angeles", address1="9 Pier", city="Portland", state="OR", zip="97204"
    )


def started_twice(office: Office) -> Office:
    """The same station in a second process."""
    database, station = office.database, office.database.station.name
    if database.engines.on_server:
        opened = Database.open_server(database.engines.write.url, station=station, clock=database.clock)
    else:
        opened = Database.open_file(file_of(database), KEY, station=station, clock=database.clock)
    return Office(opened, office.clock)


def test_two_processes_of_one_station_write_one_chain(office: Office) -> None:
    site(office)
    other = started_twice(office)
    try:
        for turn in range(3):
            office.do(sites.add_site, draft=place(f"North {turn}"))
            other.do(sites.add_site, draft=place(f"South {turn}"))
            other.do(sites.add_site, draft=place(f"West {turn}"))
    finally:
        other.database.close()
    checked = office.ask(audit.verify)
    assert checked.broken == ()
    assert checked.entries >= 9


def test_an_act_that_was_refused_leaves_the_chain_where_it_was(office: Office) -> None:
    site(office)
    office.do(sites.add_site, draft=place("North"))
    with pytest.raises(Refused):
        office.do(sites.add_site, draft=place("North"))
    office.do(sites.add_site, draft=place("South"))
    assert office.ask(audit.verify).broken == ()


def test_connections_that_died_are_replaced_without_a_word(
    server_database: Database, clock: SetClock
) -> None:
    office = Office(server_database, clock)
    site(office)
    kill_all(server_database)
    office.ask(sites.sites)
    kill_all(server_database)
    office.do(sites.add_site, draft=place("North"))
    assert [line.name for line in office.ask(sites.sites)].count("North") == 1
    assert office.ask(audit.verify).broken == ()


def kill_all(database: Database) -> None:
    """As when the server was started anew: every connection that rests in this process is dead."""
    killer = Database.open_server(database.engines.write.url, station="Killer", clock=database.clock)
    with killer.engines.write.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    killer.close()
