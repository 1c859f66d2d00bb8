"""Statements by e-mail: over a real mail server, only to who wants it, once, and else on paper."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from frontdesk.models.billing.statement_mail import MailStep, StatementMail
from frontdesk.models.registration.patient import ReminderWay
from frontdesk.services.billing import statement_mail, statement_rules, statement_run, statements
from frontdesk.services.billing.statement_mail import Mailed
from frontdesk.services.billing.statement_rules import StatementRules
from frontdesk.services.billing.statement_run import RunFilters
from tests.builders.billing import at_work
from tests.builders.statement_mail import by_email, owing_reader, run_of
from tests.message_servers import mail_server
from tests.office import Office
from tests.refusal import refusal


def pages(office: Office, run: int) -> int:
    return len(PdfReader(io.BytesIO(office.ask(statement_run.run_pdf, run_id=run))).pages)


def test_who_wants_email_gets_it_once_and_the_others_paper(office: Office) -> None:
    ida, otto = owing_reader(office, "Ida"), owing_reader(office, "Otto", ReminderWay.LETTER)
    with mail_server() as mailbox:
        by_email(office, mailbox.host, mailbox.port)
        preview = office.ask(statement_run.preview, filters=RunFilters())
        assert {each.account_id: each.by_email for each in preview.asked} == {ida: True, otto: False}
        run = run_of(office, ida, otto)
        sent = statement_mail.send_run(office.database, office.actor, run_id=run)
        assert sent == Mailed(sent=1)
        assert statement_mail.send_run(office.database, office.actor, run_id=run) == sent
    (letter,) = mailbox.letters
    assert letter["To"] == "ida@example.com"
    assert letter["Subject"] == "Statement S-000001 from Harbor Point Family Medicine"
    (attached,) = letter.iter_attachments()
    assert attached.get_content().startswith(b"%PDF")
    body = letter.get_body()
    assert body is not None
    words = body.get_content()
    assert not any(personal in words + letter["Subject"] for personal in ("Ida", "Emery", "Copies", "20.00"))
    (made,) = office.ask(statement_run.runs)
    assert (made.statements, made.mailed.sent, made.on_paper) == (2, 1, 1)
    assert pages(office, run) == 1


def test_what_the_server_refuses_comes_on_paper(office: Office) -> None:
    ida, otto = owing_reader(office, "Ida"), owing_reader(office, "Otto")
    with mail_server() as mailbox:
        mailbox.answers["ida@example.com"] = ["550 5.1.1 No such user"]
        by_email(office, mailbox.host, mailbox.port)
        run = run_of(office, ida, otto)
        assert statement_mail.send_run(office.database, office.actor, run_id=run) == Mailed(1, 1, 0)
    assert len(mailbox.letters) == 1
    assert pages(office, run) == 1


def test_a_silent_server_is_not_waited_for_forever(office: Office) -> None:
    households = [owing_reader(office, name) for name in ("Ada", "Ben", "Cleo", "Dov", "Eli")]
    by_email(office)
    run = run_of(office, *households)
    assert statement_mail.send_run(office.database, office.actor, run_id=run) == Mailed(failed=5)
    (made,) = office.ask(statement_run.runs)
    assert made.on_paper == 5


def test_a_desk_that_dies_while_it_sends_leads_to_paper_and_to_no_second_letter(office: Office) -> None:
    ida, otto = owing_reader(office, "Ida"), owing_reader(office, "Otto")
    with mail_server() as mailbox:
        by_email(office, mailbox.host, mailbox.port)
        run = run_of(office, ida, otto)
        taken = office.do(statement_mail.take, run_id=run)
        assert taken is not None
        # Here the desk is killed. Another one goes on at once: what is in hand stays in hand.
        assert statement_mail.send_run(office.database, office.actor, run_id=run) == Mailed(1, 0, 1)
        office.clock.advance(minutes=6)
        assert statement_mail.send_run(office.database, office.actor, run_id=run) == Mailed(1, 1, 0)
    assert [letter["To"] for letter in mailbox.letters] == ["otto@example.com"]
    office.do(statement_mail.note, statement_id=taken.statement_id, is_sent=True, answer="Late")
    assert office.ask(statement_mail.mailed, run_id=run) == Mailed(1, 1, 0)
    for step in (MailStep.WAITS, MailStep.TRIED):
        with pytest.raises(IntegrityError, match="statement_mail"), at_work(office) as work:
            work.session.execute(
                insert(StatementMail).values(
                    id=work.new_id(),
                    statement_id=taken.statement_id,
                    step=step,
                    address="a@example.com",
                    at=work.now,
                    answer="",
                )
            )
    with pytest.raises(IntegrityError, match="append_only_statement_mail"), at_work(office) as work:
        work.session.execute(update(StatementMail).values(answer="Never"))


def test_nothing_goes_by_email_unless_the_office_says_so(office: Office) -> None:
    ida = owing_reader(office, "Ida")
    by_email(office)
    office.do(statement_rules.set_rules, rules=StatementRules())
    run = run_of(office, ida)
    assert office.do(statement_mail.take, run_id=run) is None
    (row,) = office.ask(statements.of_run, run_id=run)
    with refusal("This statement is in nobody's hand."):
        office.do(statement_mail.note, statement_id=row.id, is_sent=True, answer="")
    assert timedelta(minutes=1) < statement_mail.FORGOTTEN
