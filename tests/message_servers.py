"""A real mail server and a real text gateway on this computer, for tests and the tour."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "mail lantern 7"


@dataclass
class Mailbox:
    """What a mail server took, and how it answers to an address."""

    host: str = "127.0.0.1"
    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    """By address, the answers to its next RCPT commands: "450 4.2.0 Greylisted"."""
    data_answers: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        waiting = self.answers.get(address, [])
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data_answers:
            return self.data_answers.pop(0)
        content = envelope.original_content or b""
        self.letters.append(message_from_bytes(content, policy=policy.default))
        return "250 Taken"


@contextmanager
def mail_server(
    *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, login: bool = False
) -> Iterator[Mailbox]:
    """A mail server on a port of its own; `login`: it takes mail only from who knows the password."""
    box = Mailbox(port=_free_port())

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        box.logins.append(data.login.decode())
        good = data.password.decode() == PASSWORD
        return AuthResult(success=good, handled=False)

    more: dict[str, Any] = {}
    if login:
        more = {"authenticator": check, "auth_required": True, "auth_require_tls": tls is None}
    controller = Controller(
        box,
        hostname=box.host,
        port=box.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        ready_timeout=20,
        **more,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    """aiosmtpd cannot take port 0 and say which one it got."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate() -> tuple[ssl.SSLContext, trustme.CA]:
    """A server's context for 127.0.0.1, and the authority that vouches for it."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context, authority


@dataclass
class Gateway:
    """What a text gateway took, and how it answers."""

    url: str = ""
    texts: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """The next answers, each with its headers; when they are used up it takes every text."""
    refused: set[str] = field(default_factory=set)
    """Numbers that it refuses for good."""
    hold: threading.Event | None = None
    """It answers only once this is set."""


@contextmanager
def text_gateway() -> Iterator[Gateway]:
    """A gateway that takes {"to": ..., "from": ..., "text": ...} and answers with the message's id."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if gateway.hold is not None:
                gateway.hold.wait(20)
            if gateway.answers:
                code, headers = gateway.answers.pop(0)
                self._say(code, headers, {"error": "later"})
            elif sent["to"] in gateway.refused:
                self._say(400, {}, {"error": "not a mobile number"})
            else:
                gateway.texts.append(sent)
                gateway.tokens.append(self.headers.get("Authorization", ""))
                self._say(202, {}, {"messages": [{"id": f"m-{len(gateway.texts)}"}]})

        def _say(self, code: int, headers: dict[str, str], said: dict[str, object]) -> None:
            content = json.dumps(said).encode()
            self.send_response(code)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: numbers would stand in it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}/send"
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
