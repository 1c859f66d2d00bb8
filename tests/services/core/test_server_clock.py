"""Desks on a server go by its clock."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select

from frontdesk.kernel.clock import SetClock, ShiftedClock
from frontdesk.services.database import Database
from frontdesk.services.server_clock import ServerClock

_CLOSE = timedelta(minutes=10)
"""Far more than any machine takes from one statement to the next, far less than the clocks are wrong here."""


def servers(engine: Engine) -> datetime:
    with engine.connect() as connection:
        at: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return at


def test_a_desk_whose_clock_is_wrong_goes_by_the_servers(server_database: Database) -> None:
    engines = server_database.engines
    wrong = ShiftedClock(datetime.now(UTC) - timedelta(hours=9))
    desk = Database.open_server(engines.write.url, station="Front desk 1", clock=ServerClock(wrong))
    try:
        assert abs(desk.clock.now() - servers(engines.read)) < _CLOSE
    finally:
        desk.close()


def test_a_clock_that_was_put_right_meanwhile_is_believed_again(server_database: Database) -> None:
    engine = server_database.engines.read
    own = SetClock(servers(engine) + timedelta(hours=2))
    clock = ServerClock(own, again_after=0)
    for _ in range(2):
        with engine.connect() as connection:
            clock.look(connection)
        assert abs(clock.now() - servers(engine)) < _CLOSE
        own.set(servers(engine))


def test_what_the_server_said_is_good_for_a_while(server_database: Database) -> None:
    engine = server_database.engines.read
    own = SetClock(servers(engine))
    clock = ServerClock(own, again_after=3600)
    with engine.connect() as connection:
        clock.look(connection)
        own.advance(hours=2)
        clock.look(connection)
    assert clock.now() - servers(engine) > timedelta(hours=1)
