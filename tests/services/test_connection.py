import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from frontdesk.kernel.clock import SetClock
from frontdesk.services import connection
from frontdesk.services.database import Database
from tests import postgres_server
from tests.builders.office import site
from tests.office import Office


@pytest.fixture
def empty() -> Iterator[str]:
    """The URL of a database with nothing in it, not even the extension."""
    name = f"bare_{os.getpid()}"
    yield postgres_server.create_database(name)
    postgres_server.drop_database(name)


@pytest.fixture
def guest(empty: str) -> Iterator[str]:
    """The same database, for a user without any rights of their own."""
    role = f"guest_{os.getpid()}"
    with psycopg.connect(empty, autocommit=True) as server:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    yield make_url(empty).set(username=role).render_as_string(hide_password=False)
    with psycopg.connect(empty, autocommit=True) as server:
        server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def _told(url: str) -> tuple[str, str]:
    found = connection.check(url)
    assert not found.works
    return found.field, found.sentence


def test_an_empty_database_is_ready(empty: str) -> None:
    found = connection.check(empty)
    assert found.works
    assert found.sentence == "Connected on this computer. The database is empty and ready for your practice."


def test_an_office_that_is_set_up_is_named(server_database: Database, clock: SetClock) -> None:
    site(Office(server_database, clock))
    found = connection.check(server_database.engines.write.url.render_as_string(hide_password=False))
    assert (found.works, found.practice) == (True, "Harbor Point Family Medicine")


@pytest.mark.parametrize(
    ("url", "field", "sentence"),
    [
        ("sqlite:///office.db", "server", "The office server must be a PostgreSQL server."),
        ("postgresql://desk@127.0.0.1", "database", "Name the database on the server."),
        ("nothing", "server", "This is no server address. Write it as server name, port and database."),
    ],
)
def test_what_is_no_address_is_told_without_connecting(url: str, field: str, sentence: str) -> None:
    assert connection.check(url) == connection.Connection(False, sentence, field)


def test_an_unknown_computer_is_named() -> None:
    assert _told("postgresql://desk@office.invalid/office") == (
        "server",
        "No computer named office.invalid was found on this network. Check the name, or use its IP address.",
    )


def test_a_closed_port_is_named() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert _told(f"postgresql://desk@127.0.0.1:{port}/office") == (
        "port",
        (
            f"127.0.0.1 was found, but nothing answers on port {port}. "
            "Check the port, and that PostgreSQL is running and listens to the network."
        ),
    )


def test_a_missing_database_is_named(empty: str) -> None:
    url = make_url(empty).set(database="nowhere").render_as_string()
    assert _told(url) == (
        "database",
        "The server has no database named nowhere. Check the name, or ask for it to be created.",
    )


def test_an_unknown_user_is_named(empty: str) -> None:
    url = make_url(empty).set(username="nobody").render_as_string()
    assert _told(url) == ("user", "The server knows no user nobody. Check the name with your manager.")


def test_a_user_who_may_not_add_the_extension_is_told_what_to_ask_for(guest: str) -> None:
    url = make_url(guest)
    assert _told(guest) == (
        "user",
        (
            f"{url.username} may not add the extension btree_gist, which keeps a room from being booked "
            f"twice. Ask for it to be created once in {url.database}."
        ),
    )


def test_a_user_who_may_not_create_tables_is_told_what_to_ask_for(empty: str, guest: str) -> None:
    with psycopg.connect(empty, autocommit=True) as server:
        server.execute("CREATE EXTENSION btree_gist")
    url = make_url(guest)
    assert _told(guest) == (
        "user",
        f"{url.username} may not create tables in {url.database}. Ask for that right for the set-up.",
    )


def test_a_database_in_another_encoding_is_refused(empty: str) -> None:
    name = f"latin_{os.getpid()}"
    with psycopg.connect(empty, autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0").format(
                sql.Identifier(name)
            )
        )
    try:
        assert _told(make_url(empty).set(database=name).render_as_string()) == (
            "database",
            (
                f"The database {name} cannot keep every name as written. "
                "Ask for a database with the encoding UTF8."
            ),
        )
    finally:
        postgres_server.drop_database(name)


# What a server without passwords cannot say is said here by one that speaks the first lines of the
# protocol (PostgreSQL documentation, 54.2) and nothing more.


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def _fatal(code: str, text: str) -> bytes:
    fields = (b"SFATAL", b"VFATAL", b"C" + code.encode(), b"M" + text.encode())
    return _message(b"E", b"".join(field + b"\0" for field in fields) + b"\0")


def _welcome(version: str) -> bytes:
    statuses = {"server_version": version, "server_encoding": "UTF8", "client_encoding": "UTF8"}
    told = (name.encode() + b"\0" + value.encode() + b"\0" for name, value in statuses.items())
    return (
        _message(b"R", struct.pack("!i", 0))
        + b"".join(_message(b"S", status) for status in told)
        + _message(b"K", struct.pack("!ii", 1, 1))
        + _message(b"Z", b"I")
    )


@contextmanager
def _server(answer: bytes, host: str = "127.0.0.1") -> Iterator[str]:
    """The URL of a server that has no TLS and gives everybody this answer."""
    listener = socket.create_server((host, 0))

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                _talk(client, answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"postgresql://desk:secret@{host}:{listener.getsockname()[1]}/office"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _talk(client: socket.socket, answer: bytes) -> None:
    while head := client.recv(8):
        length, code = struct.unpack("!ii", head)
        client.recv(length - 8)
        if code in (80877103, 80877104):  # would you like TLS, would you like GSS
            client.sendall(b"N")
            continue
        client.sendall(answer)
        client.recv(4096)  # until it hangs up
        return


@pytest.mark.parametrize(
    ("code", "said", "field", "sentence"),
    [
        (
            "28P01",
            'password authentication failed for user "desk"',
            "password",
            "The server does not accept this password for desk. Type it again.",
        ),
        (
            "28000",
            'no pg_hba.conf entry for host "10.0.0.4", user "desk", database "office", no encryption',
            "server",
            (
                "The server does not let this computer in. "
                "Ask whoever looks after the server to allow this desk in its pg_hba.conf."
            ),
        ),
        (
            "42501",
            'permission denied for database "office"',
            "user",
            "desk may not use the database office.",
        ),
    ],
)
def test_a_refusal_at_the_servers_door_is_told_in_a_sentence(
    code: str, said: str, field: str, sentence: str
) -> None:
    with _server(_fatal(code, said)) as url:
        assert _told(url) == (field, sentence)


def test_a_refusal_that_nobody_foresaw_is_passed_on() -> None:
    with _server(_fatal("53300", "sorry, too many clients already")) as url:
        assert _told(url) == (
            "server",
            "127.0.0.1 answered, but refused the connection. It said: sorry, too many clients already",
        )


def test_a_server_that_is_too_old_is_named() -> None:
    with _server(_welcome("13.14")) as url:
        assert _told(url) == (
            "server",
            "The server runs PostgreSQL 13. Frontdesk needs 14 or newer. Have the server updated.",
        )


def test_a_connection_across_the_network_without_tls_is_refused() -> None:
    with _server(_welcome("16.2"), host="0.0.0.0") as url:
        assert _told(url) == (
            "server",
            (
                "The connection to 0.0.0.0 is not encrypted: patients' data would cross the network "
                "in the open. Ask whoever looks after the server to switch TLS on."
            ),
        )


def test_a_server_that_wants_no_tls_where_it_is_demanded_is_told() -> None:
    with _server(_welcome("16.2")) as url:
        assert _told(f"{url}?sslmode=require") == (
            "server",
            (
                "127.0.0.1 could not agree with this desk on an encrypted connection. "
                "Ask whoever looks after the server to switch TLS on and to check its certificate."
            ),
        )
