"""Connections to the two engines: an encrypted SQLite file, or the office's PostgreSQL server.

Parameters are hidden: they are patients' data, and an engine's error or log line would spell them out.
"""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 10
_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A server whose cable was pulled answers nothing at all: it is given up after 15 seconds, not hours."""
_WRITING = {
    "lock_timeout": f"{BUSY_SECONDS}s",
    "idle_in_transaction_session_timeout": "5min",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
}
"""What the server is told of a desk that writes: it waits for another as long as at a file, and one that
vanished in the middle of an act (its cable, its power) does not keep the others waiting for hours."""
_RESTED_SECONDS = 2.0
CACHE_KIB = 64_000  # with less, range scans of an encrypted file are several times slower


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine that writes, one that only reads."""

    write: Engine
    read: Engine

    @property
    def on_server(self) -> bool:
        return self.write.dialect.name == "postgresql"

    def close(self) -> None:
        self.write.dispose()
        self.read.dispose()


def local_file(path: Path, key: bytes) -> Engines:
    """The engines of an encrypted file; `key` is its 32 random bytes, not a passphrase."""
    return Engines(_sqlite(path, key, writes=True), _sqlite(path, key, writes=False))


def office_server(url: str | URL) -> Engines:
    """The engines of a PostgreSQL database: `postgresql://desk@host/office`."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    return Engines(_writing(_server(address)), _only_reading(_server(address)))


def _writing(engine: Engine) -> Engine:
    settings = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in _WRITING.items())

    @event.listens_for(engine, "connect")
    def _tells(driver: Any, _: Any) -> None:
        driver.execute(f"SELECT {settings}")
        driver.commit()

    return engine


def _only_reading(engine: Engine) -> Engine:
    """An answer is of one moment, as a file gives it: no row from before an act beside one from after it."""

    @event.listens_for(engine, "connect")
    def _reads(driver: Any, _: Any) -> None:
        driver.isolation_level = engine.dialect.loaded_dbapi.IsolationLevel.REPEATABLE_READ
        driver.read_only = True

    return engine


def _server(address: URL) -> Engine:
    engine = create_engine(address, hide_parameters=True, connect_args=_PATIENCE)

    # A connection that rested is asked whether it still lives; asking each time would cost a way to the
    # server and back. One that dies in between fails its statement, and `Database` tries that once more.
    @event.listens_for(engine, "checkin")
    def _rests(_: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _wakes(driver: Any, record: Any, _: Any) -> None:
        since = record.info.get("rests_since")
        if since is not None and monotonic() - since > _RESTED_SECONDS:
            try:
                engine.dialect.do_ping(driver)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    return engine


def _sqlite(path: Path, key: bytes, *, writes: bool) -> Engine:
    # Loaded here: an office on a server never needs it.
    from sqlcipher3 import dbapi2

    def connect() -> Any:  # Any: the driver has no types
        connection = dbapi2.connect(
            str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        if not writes:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
    )

    # A connection that met a page which does not open reads no other page either: the next one gets another.
    @event.listens_for(engine, "handle_error")
    def _met_a_damaged_page(context: ExceptionContext) -> None:
        if "malformed" in str(context.original_exception):
            context.is_disconnect = True
            context.invalidate_pool_on_disconnect = False

    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # By the driver: every question and every act begins so, and SQLAlchemy's way costs a third of a read.
        try:
            connection.connection.driver_connection.execute(begin)
        except dbapi2.Error as error:
            raise DBAPIError.instance(begin, None, error, dbapi2.Error, hide_parameters=True) from error

    return engine
