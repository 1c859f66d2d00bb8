"""Mail to a real server, texts to a real gateway: what each of their answers comes to."""

import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdesk.services.schedule import mail_delivery, text_delivery
from frontdesk.services.schedule.delivery import AttemptResult, Delivery
from frontdesk.services.schedule.message_settings import MailDraft, MailSecurity, TextDraft
from frontdesk.services.schedule.reminder_message import Message
from tests.message_servers import PASSWORD, Gateway, Mailbox, certificate, mail_server, text_gateway

NOW = datetime(2026, 3, 17, 17, 42, tzinfo=UTC)
WORDS = Message("Your visit", "Hello Zoë,\n\nyou have a visit.", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
TO = "zoe@example.com"


def mail(box: Mailbox, security: MailSecurity = MailSecurity.PLAIN, login: str = "") -> MailDraft:
    return MailDraft(box.host, box.port, security, "Harbor Point", "desk@example.com", login)


def delivered(server: MailDraft, password: str = PASSWORD, to: str = TO) -> Delivery:
    return mail_delivery.deliver(
        server, password, to, WORDS, message_id="<reminder-7@example.com>", timeout=5
    )


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ssl.SSLContext:
    """The context of a server whose authority this computer trusts."""
    context, authority = certificate()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context


def test_a_letter_arrives_whole(box: Mailbox) -> None:
    answer = delivered(mail(box))
    assert answer == Delivery(AttemptResult.SENT, "127.0.0.1 took the message.", "<reminder-7@example.com>")
    (letter,) = box.letters
    assert (letter["To"], letter["Subject"]) == (TO, "Your visit")
    assert str(letter["From"]) == "Harbor Point <desk@example.com>"
    body = letter.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == "Hello Zoë,\n\nyou have a visit.\n"
    (calendar,) = letter.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() == "visit.ics"


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_over_tls_with_a_login(security: MailSecurity, trusted: ssl.SSLContext) -> None:
    tls = trusted if security is MailSecurity.TLS else None
    starttls = trusted if security is MailSecurity.STARTTLS else None
    login = "desk" if starttls else ""  # the test server takes no login over SMTPS without a warning
    with mail_server(tls=tls, starttls=starttls, login=bool(login)) as box:
        assert delivered(mail(box, security, login)).result is AttemptResult.SENT
        assert box.logins == [login] * bool(login)
    assert len(box.letters) == 1


def test_a_wrong_password_is_said(trusted: ssl.SSLContext) -> None:
    with mail_server(starttls=trusted, login=True) as box:
        wrong = delivered(mail(box, MailSecurity.STARTTLS, "desk"), "not it")
    assert wrong == Delivery(
        AttemptResult.TEMPORARY, "127.0.0.1 does not accept the login. Check its name and password."
    )
    assert box.letters == []


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(security: MailSecurity) -> None:
    context, _ = certificate()
    tls = context if security is MailSecurity.TLS else None
    starttls = context if security is MailSecurity.STARTTLS else None
    with mail_server(tls=tls, starttls=starttls) as box:
        answer = delivered(mail(box, security))
    assert answer == Delivery(
        AttemptResult.TEMPORARY,
        "127.0.0.1 did not prove who it is: its certificate is not valid. Nothing was sent.",
    )
    assert box.letters == []


def test_without_starttls_nothing_goes_over_an_open_line(box: Mailbox) -> None:
    answer = delivered(mail(box, MailSecurity.STARTTLS))
    assert answer.result is AttemptResult.TEMPORARY
    assert answer.answer.startswith("127.0.0.1 offers no STARTTLS on port ")
    assert box.letters == []


def test_greylisting_is_for_now_and_an_unknown_recipient_for_good(box: Mailbox) -> None:
    box.answers[TO] = ["450 4.2.0 Greylisted", "550 5.1.1 No such user"]
    assert delivered(mail(box)) == Delivery(
        AttemptResult.TEMPORARY, "127.0.0.1 refuses the address for now (answer 450)."
    )
    assert delivered(mail(box)) == Delivery(
        AttemptResult.PERMANENT, "127.0.0.1 refuses the address for good (answer 550)."
    )
    box.data_answers = ["552 Too much"]
    assert delivered(mail(box)).result is AttemptResult.PERMANENT


def test_an_address_that_mail_cannot_have_is_refused_before_anybody_is_asked(box: Mailbox) -> None:
    answer = delivered(mail(box), to="zoe@example.com\nBcc: all@example.com")
    assert answer == Delivery(AttemptResult.PERMANENT, "The address is not one that mail can be sent to.")


def test_a_server_that_is_not_there_is_tried_again() -> None:
    port = _closed_port()
    nobody = MailDraft("127.0.0.1", port, MailSecurity.PLAIN, "Harbor Point", "desk@example.com")
    assert delivered(nobody) == Delivery(
        AttemptResult.TEMPORARY, f"127.0.0.1 does not answer on port {port}."
    )


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with text_gateway() as made:
        yield made


def by_text(gateway: Gateway) -> TextDraft:
    return TextDraft(
        gateway.url,
        '{"to": "{to}", "from": "{from}", "text": "{text}"}',
        "Authorization: Bearer {token}",
        sender="+15035550100",
        id_field="messages.0.id",
    )


def texted(
    draft: TextDraft, to: str = "5035550148", text: str = "Your visit", timeout: float = 5
) -> Delivery:
    return text_delivery.deliver(draft, "secret-7", to, text, now=NOW, timeout=timeout)


def test_a_text_arrives_as_it_was_written(gateway: Gateway) -> None:
    said = 'Zoë: "Thursday", 9:30\nReply C {token}'
    assert texted(by_text(gateway), text=said) == Delivery(
        AttemptResult.SENT, "127.0.0.1 took the text.", "m-1"
    )
    assert gateway.texts == [{"to": "+15035550148", "from": "+15035550100", "text": said}]
    assert gateway.tokens == ["Bearer secret-7"]


def test_a_busy_gateway_says_how_long_to_wait(gateway: Gateway) -> None:
    gateway.answers = [
        (429, {"Retry-After": "90"}),
        (503, {"Retry-After": "Tue, 17 Mar 2026 17:52:00 GMT"}),
        (500, {}),
        (429, {"Retry-After": "soon"}),
    ]
    answers = [texted(by_text(gateway)) for _ in range(4)]
    assert [(each.result, each.wait_seconds) for each in answers] == [
        (AttemptResult.TEMPORARY, 90),
        (AttemptResult.TEMPORARY, 600),
        (AttemptResult.TEMPORARY, None),
        (AttemptResult.TEMPORARY, None),
    ]
    assert answers[0].answer == "127.0.0.1 is busy (answer 429)."
    assert gateway.texts == []


def test_a_refused_number_is_for_good_and_a_refused_token_is_not(gateway: Gateway) -> None:
    gateway.refused = {"+15035550148"}
    assert texted(by_text(gateway)) == Delivery(
        AttemptResult.PERMANENT, "127.0.0.1 refuses the number for good (answer 400)."
    )
    gateway.answers = [(401, {}), (302, {"Location": "https://example.com"})]
    assert texted(by_text(gateway)) == Delivery(
        AttemptResult.TEMPORARY, "127.0.0.1 does not accept the token (answer 401). Check it."
    )
    assert texted(by_text(gateway)).result is AttemptResult.TEMPORARY


def test_a_gateway_that_takes_a_text_and_says_nothing_leaves_it_unknown(gateway: Gateway) -> None:
    gateway.hold = threading.Event()
    answer = texted(by_text(gateway), timeout=0.3)
    gateway.hold.set()
    assert answer == Delivery(AttemptResult.UNKNOWN, "127.0.0.1 took the text and then said nothing.")


def test_a_gateway_that_is_not_there_is_tried_again() -> None:
    nowhere = TextDraft(f"http://127.0.0.1:{_closed_port()}/send", "{to}{text}")
    assert texted(nowhere) == Delivery(AttemptResult.TEMPORARY, "127.0.0.1 does not answer.")


def test_values_are_written_as_an_address_or_a_form_wants_them(gateway: Gateway) -> None:
    draft = replace(
        by_text(gateway), body="to={to}&text={text}", content_type="application/x-www-form-urlencoded"
    )
    assert text_delivery._body(draft, {"to": "+1503", "from": "", "text": "9:30 & {to}"}) == (
        b"to=%2B1503&text=9%3A30%20%26%20%7Bto%7D"
    )


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
