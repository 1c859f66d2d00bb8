"""Copies of records by e-mail: over a real mail server, locked, with nothing personal in its words."""

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.services.records import release_packets
from frontdesk.services.records.release_sending import Delivery, Letter, PasswordWay
from frontdesk.services.schedule import message_settings
from frontdesk.services.schedule.message_settings import MailDraft, MailSecurity
from frontdesk.services.visit import release_mail
from tests.builders.packets import BY_MAIL, ready, sent
from tests.message_servers import mail_server
from tests.office import Office
from tests.refusal import refusal

_TO = "records@rosecity.example.com"
LOCKED = Letter(Delivery.SECURE_EMAIL, "Rose City Legal LLP", _TO, PasswordWay.PHONE)
OPEN = Letter(Delivery.EMAIL, "Rose City Legal LLP", _TO)


def _server(office: Office, host: str, port: int) -> None:
    draft = MailDraft(host, port, MailSecurity.PLAIN, "Harbor Point", "desk@example.com")
    office.do(message_settings.set_mail, draft=draft)


def test_the_very_file_is_sent_and_says_nobodys_name(office: Office) -> None:
    went = sent(office, ready(office), LOCKED)
    assert office.ask(release_mail.address_of, sending_id=went.sending_id) == ""
    with mail_server() as mailbox:
        _server(office, mailbox.host, mailbox.port)
        assert office.ask(release_mail.address_of, sending_id=went.sending_id) == _TO
        release_mail.send(office.database, office.actor, sending_id=went.sending_id)
    (letter,) = mailbox.letters
    assert letter["Subject"] == "ROI-0001 from Harbor Point Family Medicine"
    (attached,) = letter.iter_attachments()
    plain = office.ask(release_packets.packet_bytes, packet_id=went.packet_id)
    assert attached.get_content().startswith(b"%PDF")
    assert attached.get_content() != plain
    body = letter.get_body()
    assert body is not None
    assert "Danielle" not in body.get_content()
    assert "told by telephone" in body.get_content()


def test_what_is_not_locked_goes_over_no_open_line(file_office: Office) -> None:
    unlocked = sent(file_office, ready(file_office), OPEN)
    by_mail = sent(file_office, ready(file_office), BY_MAIL)
    _server(file_office, "127.0.0.1", 9)
    for went in (unlocked, by_mail):
        with refusal("This cannot be e-mailed from here. Save the file, and send it as the office does."):
            release_mail.send(file_office.database, file_office.actor, sending_id=went.sending_id)
    locked = sent(file_office, ready(file_office), LOCKED)
    with pytest.raises(Refused, match="The copies were not e-mailed"):
        release_mail.send(file_office.database, file_office.actor, sending_id=locked.sending_id)
