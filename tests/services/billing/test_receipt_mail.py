"""Receipts by e-mail: over a real mail server, only to who may be written to."""

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.services.billing import receipt_mail, receipts
from frontdesk.services.schedule import message_settings
from frontdesk.services.schedule.message_settings import MailDraft, MailSecurity
from tests.builders.billing import paid
from tests.builders.registration import danielle, patient
from tests.message_servers import mail_server
from tests.office import Office


def server(office: Office, host: str, port: int) -> None:
    draft = MailDraft(host, port, MailSecurity.PLAIN, "Harbor Point", "desk@example.com")
    office.do(message_settings.set_mail, draft=draft)


def test_a_receipt_is_sent_and_prints_as_a_copy_from_then_on(office: Office) -> None:
    dani = danielle(office)
    taken = paid(office, dani, 3000)
    assert office.ask(receipt_mail.address_of, patient_id=dani) == ""
    with mail_server() as mailbox:
        server(office, mailbox.host, mailbox.port)
        assert office.ask(receipt_mail.address_of, patient_id=dani) == "d.foster@example.com"
        receipt_mail.send(office.database, office.actor, receipt_id=taken.receipt_id)
    (letter,) = mailbox.letters
    assert letter["Subject"] == f"Receipt {taken.number} from Harbor Point Family Medicine"
    (attached,) = letter.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content().startswith(b"%PDF")
    assert office.ask(receipts.paper, receipt_id=taken.receipt_id).is_copy


def test_who_has_no_address_gets_paper_and_a_silent_server_is_said(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    taken = paid(office, walter, 3000)
    server(office, "127.0.0.1", 9)
    with pytest.raises(Refused, match="Print the receipt"):
        receipt_mail.send(office.database, office.actor, receipt_id=taken.receipt_id)
    dani = danielle(office)
    hers = paid(office, dani, 3000)
    with pytest.raises(Refused, match="was not e-mailed"):
        receipt_mail.send(office.database, office.actor, receipt_id=hers.receipt_id)
    assert not office.ask(receipts.paper, receipt_id=hers.receipt_id).is_copy
