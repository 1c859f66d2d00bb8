"""Tries an office server before the office relies on it, and says in a sentence what is in the way."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

OLDEST_SERVER: Final = 14
PATIENCE_SECONDS: Final = 5

# psycopg's row type here is a tuple of whatever the server sends.
Server = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Connection:
    """What the check found; `field` is the part to mend: server, port, database, user or password."""

    works: bool
    sentence: str
    field: str = ""
    practice: str = ""


class _Obstacle(Exception):
    """The first thing in the way."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.found = Connection(works=False, sentence=sentence, field=field)


def url_of(*, server: str, port: int, database: str, user: str, password: str) -> str:
    """The address that these parts make."""
    address = URL.create(
        "postgresql",
        username=user or None,
        password=password or None,
        host=server,
        port=port,
        database=database,
    )
    return address.render_as_string(hide_password=False)


def check(url: str) -> Connection:
    """Connect to the server as the client would, and look for all that it needs there."""
    try:
        address = _address(url)
        _reach(address)
        with _sign_in(address) as server:
            for step in _STEPS:
                step(server, address)
            return _found(server)
    except _Obstacle as obstacle:
        return obstacle.found


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as problem:
        raise _Obstacle(
            "This is no server address. Write it as server name, port and database.", "server"
        ) from problem
    if address.get_backend_name() != "postgresql":
        raise _Obstacle("The office server must be a PostgreSQL server.", "server")
    if not address.database:
        raise _Obstacle("Name the database on the server.", "database")
    return address


def _host(address: URL) -> str:
    host = address.host or address.query.get("host") or "localhost"
    return host if isinstance(host, str) else host[0]


def _is_this_computer(host: str) -> bool:
    if host == "localhost" or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _reach(address: URL) -> None:
    """Find the computer and its open door first: these answers do not depend on the server's language."""
    host, port = _host(address), address.port or 5432
    if host.startswith("/"):
        return
    try:
        socket.create_connection((host, port), timeout=PATIENCE_SECONDS).close()
    except socket.gaierror as problem:
        raise _Obstacle(
            f"No computer named {host} was found on this network. Check the name, or use its IP address.",
            "server",
        ) from problem
    except ConnectionRefusedError as problem:
        raise _Obstacle(
            f"{host} was found, but nothing answers on port {port}. "
            "Check the port, and that PostgreSQL is running and listens to the network.",
            "port",
        ) from problem
    except OSError as problem:
        raise _Obstacle(
            f"{host} did not answer within {PATIENCE_SECONDS} seconds. "
            "Check that it is switched on, on this network, and that its firewall lets this desk in.",
            "server",
        ) from problem


def _sign_in(address: URL) -> Server:
    tls = {name: str(value) for name, value in address.query.items() if name.startswith("ssl")}
    info = make_conninfo(
        "",
        host=_host(address),
        port=address.port or 5432,
        dbname=address.database,
        user=address.username,
        password=address.password,
        **tls,
    )
    try:
        return psycopg.connect(info, connect_timeout=PATIENCE_SECONDS, autocommit=True)
    except psycopg.OperationalError as problem:
        raise _refusal(address, str(problem)) from problem


def _refusal(address: URL, said: str) -> _Obstacle:
    """libpq gives no error code while connecting, only the server's words."""
    if "password authentication failed" in said or "no password supplied" in said:
        return _Obstacle(
            f"The server does not accept this password for {address.username}. Type it again.", "password"
        )
    if f'role "{address.username}" does not exist' in said:
        return _Obstacle(
            f"The server knows no user {address.username}. Check the name with your manager.", "user"
        )
    if "does not exist" in said and "database" in said:
        return _Obstacle(
            f"The server has no database named {address.database}. "
            "Check the name, or ask for it to be created.",
            "database",
        )
    if "pg_hba.conf" in said:
        return _Obstacle(
            "The server does not let this computer in. "
            "Ask whoever looks after the server to allow this desk in its pg_hba.conf.",
            "server",
        )
    if "permission denied for database" in said:
        return _Obstacle(f"{address.username} may not use the database {address.database}.", "user")
    if "SSL" in said or "certificate" in said:
        return _Obstacle(
            f"{_host(address)} could not agree with this desk on an encrypted connection. "
            "Ask whoever looks after the server to switch TLS on and to check its certificate.",
            "server",
        )
    words = said.rpartition("FATAL:")[2].strip()
    return _Obstacle(f"{_host(address)} answered, but refused the connection. It said: {words}", "server")


def _is_encrypted(server: Server, address: URL) -> None:
    if not server.pgconn.ssl_in_use and not _is_this_computer(_host(address)):
        raise _Obstacle(
            f"The connection to {_host(address)} is not encrypted: patients' data would cross the network "
            "in the open. Ask whoever looks after the server to switch TLS on.",
            "server",
        )


def _is_new_enough(server: Server, address: URL) -> None:
    major = server.info.server_version // 10_000
    if major < OLDEST_SERVER:
        raise _Obstacle(
            f"The server runs PostgreSQL {major}. Frontdesk needs {OLDEST_SERVER} or newer. "
            "Have the server updated.",
            "server",
        )


def _writes_every_script(server: Server, address: URL) -> None:
    if server.info.parameter_status("server_encoding") != "UTF8":
        raise _Obstacle(
            f"The database {address.database} cannot keep every name as written. "
            "Ask for a database with the encoding UTF8.",
            "database",
        )


def _has_btree_gist(server: Server, address: URL) -> None:
    """The rule against double booking is an exclusion constraint, which needs this extension."""
    if _one(server, "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist')"):
        return
    if not _one(server, "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'btree_gist')"):
        raise _Obstacle(
            "The server lacks the extension btree_gist, which keeps a room from being booked twice. "
            "Ask for the package postgresql-contrib to be installed.",
            "server",
        )
    if not _one(server, "SELECT has_database_privilege(current_database(), 'CREATE')"):
        raise _Obstacle(
            f"{address.username} may not add the extension btree_gist, which keeps a room from being booked "
            f"twice. Ask for it to be created once in {address.database}.",
            "user",
        )


def _may_create_tables(server: Server, address: URL) -> None:
    is_new = _one(server, "SELECT to_regclass('practice') IS NULL")
    if is_new and not _one(server, "SELECT has_schema_privilege(current_schema(), 'CREATE')"):
        raise _Obstacle(
            f"{address.username} may not create tables in {address.database}. "
            "Ask for that right for the set-up.",
            "user",
        )


_STEPS: Final[tuple[Callable[[Server, URL], None], ...]] = (
    _is_encrypted,
    _is_new_enough,
    _writes_every_script,
    _has_btree_gist,
    _may_create_tables,
)


def _found(server: Server) -> Connection:
    secured = "Connected and encrypted." if server.pgconn.ssl_in_use else "Connected on this computer."
    practice = ""
    if _one(server, "SELECT to_regclass('practice') IS NOT NULL"):
        practice = str(_one(server, "SELECT coalesce(max(name), '') FROM practice"))
    if practice:
        return Connection(True, f"{secured} This is the office of {practice}.", practice=practice)
    return Connection(True, f"{secured} The database is empty and ready for your practice.")


def _one(server: Server, statement: str) -> Any:  # whatever the one column holds
    row = server.execute(statement.encode()).fetchone()
    return None if row is None else row[0]
