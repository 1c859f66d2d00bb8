"""Servers, words and secrets: what is refused, and where nothing secret may stand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time
from functools import partial

import keyring
import pytest
from keyring.backend import KeyringBackend
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Conflict, NotAllowed, Refused
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.message_settings import MailSecurity
from frontdesk.services.schedule import message_secrets, message_settings, reminder_templates
from frontdesk.services.schedule.message_settings import QuietDraft
from frontdesk.services.schedule.reminder_templates import TemplateDraft
from frontdesk.services.work import Actor
from tests.builders.office import site
from tests.builders.reminders import MAIL, TEXT, sends
from tests.office import Office


class _Pocket(KeyringBackend):
    """A keyring that keeps what it is given, for one test."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def pocket() -> Iterator[_Pocket]:
    before, made = keyring.get_keyring(), _Pocket()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def messages(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.message for finding in refused.value.findings]


def test_each_wrong_field_of_a_mail_server_has_its_sentence(office: Office) -> None:
    site(office)
    wrong = replace(
        MAIL, host=" ", port=0, sender_address="desk", sender_name="A\nB", security=MailSecurity.PLAIN
    )
    with pytest.raises(Refused) as refused:
        office.do(message_settings.set_mail, draft=wrong)
    assert messages(refused) == [
        "Write the server's name, such as smtp.example.com.",
        "The port is 587 (STARTTLS), 465 (TLS) or 25.",
        "Write the address that patients answer to, such as desk@example.com.",
        "The sender's name is one line.",
        "A login over an open line can be read by others. Choose STARTTLS or TLS.",
    ]


def test_each_wrong_field_of_a_gateway_has_its_sentence(office: Office) -> None:
    site(office)
    with pytest.raises(Refused) as refused:
        office.do(
            message_settings.set_text, draft=replace(TEXT, url="text.example.com", body="", headers="x")
        )
    assert messages(refused) == [
        "Write the gateway's address, such as https://text.example.com/send.",
        "The body must say {to} and {text} where the gateway expects them.",
        "Each header is a line of its own: Authorization: Bearer {token}.",
    ]
    with pytest.raises(Refused, match=r"Numbers of patients must not cross an open line\. Use https\."):
        office.do(message_settings.set_text, draft=replace(TEXT, url="http://text.example.com/send"))
    with pytest.raises(Refused, match=r"The address must say \{to\} and \{text\}"):
        office.do(message_settings.set_text, draft=replace(TEXT, method="GET"))


def test_quiet_hours_go_over_the_night(office: Office) -> None:
    site(office)
    with pytest.raises(Refused, match=r"The quiet hours go over the night, such as 8:00 PM to 8:00 AM\."):
        office.do(message_settings.set_quiet, draft=QuietDraft(time(8), time(20)))


def test_who_works_the_desk_may_not_change_the_servers(office: Office) -> None:
    site(office)
    office.actor = Actor(None, "Dana Brooks", "DB", frozenset({"schedule.*"}))
    office.do(message_settings.set_quiet, draft=QuietDraft(time(21), time(7)))
    with pytest.raises(NotAllowed):
        office.do(message_settings.set_mail, draft=MAIL)


def test_two_managers_who_save_at_once_do_not_overwrite_each_other(office: Office) -> None:
    site(office)
    nothing = office.ask(message_settings.settings).versions
    sends(office)
    office.do(message_settings.set_quiet, draft=QuietDraft(time(21), time(7)))
    late = replace(MAIL, host="mine.example.com"), replace(TEXT, sender="mine"), QuietDraft(time(22), time(6))
    saves: dict[str, Callable[[], object]] = {
        "the mail server": partial(office.do, message_settings.set_mail, draft=late[0], version=nothing.mail),
        "the text gateway": partial(
            office.do, message_settings.set_text, draft=late[1], version=nothing.text
        ),
        "the quiet hours": partial(
            office.do, message_settings.set_quiet, draft=late[2], version=nothing.quiet
        ),
    }
    for words, save in saves.items():
        with pytest.raises(Conflict) as refused:
            save()
        assert str(refused.value) == (
            f"Another desk changed {words} while you had it open. Nothing of yours was saved. "
            "To put yours in its place, save again."
        )
    now = office.ask(message_settings.settings)
    assert (now.mail, now.text, now.quiet) == (MAIL, TEXT, QuietDraft(time(21), time(7)))
    office.do(message_settings.set_mail, draft=replace(MAIL, port=465), version=now.versions.mail)


def test_there_is_one_server_of_each_kind(office: Office) -> None:
    sends(office)
    for table in ("mail_server", "text_gateway"):
        with (
            pytest.raises(IntegrityError),
            Session(office.database.engines.write) as session,
            session.begin(),
        ):
            session.execute(text(f"UPDATE {table} SET singleton = 2"))


def test_a_secret_is_in_the_keyring_and_nowhere_in_the_office(office: Office, pocket: _Pocket) -> None:
    sends(office)
    account = message_secrets.mail_account("desk", "smtp.example.com")
    message_secrets.keep(message_secrets.MAIL, account, "mail lantern 7")
    assert message_secrets.kept(message_secrets.MAIL, account) == "mail lantern 7"
    assert message_secrets.kept(message_secrets.TEXT, TEXT.url) == ""
    assert not any("lantern" in str(entry) for entry in office.database.log_after(0))


def test_without_a_keyring_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(
        Refused,
        match=r"This computer has no keyring to keep the secret in\. "
        r"Give it to the program as FRONTDESK_TEXT_TOKEN instead\.",
    ):
        message_secrets.keep(message_secrets.TEXT, "https://text.example.com", "t-7")
    monkeypatch.setenv("FRONTDESK_TEXT_TOKEN", "t-7")
    assert message_secrets.kept(message_secrets.TEXT, "https://text.example.com") == "t-7"


def test_each_fault_of_the_words_has_its_sentence(office: Office) -> None:
    site(office)

    def write(channel: Channel, subject: str, body: str) -> list[str]:
        with pytest.raises(Refused) as refused:
            office.do(
                reminder_templates.write, channel=channel, language="en", draft=TemplateDraft(subject, body)
            )
        return messages(refused)

    assert write(Channel.TEXT, "", "") == ["Write what the patient reads or hears."]
    assert write(Channel.TEXT, "", "You have a visit.") == [
        "A text must say how to end the texts. Add “Reply STOP to end”."
    ]
    assert write(Channel.EMAIL, "", "You have a visit.") == ["An e-mail needs a subject."]
    assert write(Channel.LETTER, "", "a" * 801) == ["This is longer than 800 characters. Say it shorter."]
    assert write(Channel.PHONE, "", "Your {reason} is on {day}.") == [
        (
            "{reason} is not a field. The fields are {first_name}, {practice}, {day}, {time}, {arrive}, "
            "{provider}, {phone}, {preparation}."
        )
    ]
    assert write(Channel.EMAIL, "Bring {preparation}", "You have a visit.") == [
        "A subject is seen by others. Leave the preparation to the words below."
    ]


def test_the_preview_reads_as_in_each_language(office: Office) -> None:
    site(office)
    shown = {
        (each.channel, each.language): office.ask(
            reminder_templates.preview, channel=each.channel, language=each.language, draft=each.draft
        )
        for each in office.ask(reminder_templates.templates)
    }
    assert shown[Channel.TEXT, "es"].family.body == (
        "Harbor Point Family Medicine: Ana y Luis, tiene una cita el jueves 19 de marzo a las 9:30 a. m. "
        "y 9:45 a. m. con Dr. Lee. No coma nada desde la medianoche. Responda C para confirmar o llame al "
        "(503) 555-0100. Responda STOP para no recibir más mensajes."
    )
    assert shown[Channel.EMAIL, "en"].one.subject == "Your visit on Thursday, March 19"


def test_words_written_by_two_desks_are_not_lost(office: Office) -> None:
    site(office)
    draft = TemplateDraft("", "Hello {first_name}.")
    done = office.done(reminder_templates.write, channel=Channel.PHONE, language="en", draft=draft)
    office.database.undo(office.actor, done.entry_id)
    before = next(each for each in office.ask(reminder_templates.templates) if each.channel is Channel.PHONE)
    assert before.draft.body.startswith("Hello, this is {practice}")
