"""Rules, words, servers and the log in the window; the sender beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import (
    message_settings,
    reminder_log,
    reminder_replies,
    reminder_rules,
    reminder_templates,
)
from frontdesk.services.schedule.reminder_log import Shown
from frontdesk.services.schedule.words import Channel
from frontdesk.ui.desk import Desk
from frontdesk.ui.schedule.reminder_timer import ReminderSender
from frontdesk.ui.schedule.reminders_page import RemindersPage
from frontdesk.ui.schedule.reply_dialog import ReplyDialog
from tests.builders.reminders import MAIL, TEXT, rule, sends
from tests.builders.schedule import at, book
from tests.message_servers import text_gateway
from tests.office import Office
from tests.patience import settled

THURSDAY = date(2026, 3, 19)


@pytest.fixture
def page(file_office: Office, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> RemindersPage:
    rule(file_office)
    made = RemindersPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    settle()
    return made


def test_a_rule_is_changed_and_switched_off(
    page: RemindersPage, file_office: Office, settle: Callable[[], None]
) -> None:
    page.open_panel(1)
    settle()
    page.rules.hours.set_value(72)
    page.rules.save()
    settle()
    page.rules.switch_rule()
    settle()
    (changed,) = file_office.ask(reminder_rules.rules)
    assert (changed.draft.hours_before, changed.is_active) == (72, False)


def test_what_is_wrong_with_a_rule_stands_under_its_field(
    page: RemindersPage, settle: Callable[[], None]
) -> None:
    page.open_panel(1)
    settle()
    page.rules.begin()
    page.rules.save()
    settle()
    assert page.rules.form.row("name").error == "Give the rule a name, such as “Text, 2 days before”."


def test_words_are_previewed_and_saved(
    page: RemindersPage, file_office: Office, settle: Callable[[], None]
) -> None:
    page.open_panel(2)
    settle()
    page.words.body.set_value("{first_name}, your visit is on {day}.")
    page.words.save()
    settle()
    assert page.words.form.row("body").error.startswith("A text must say how to end the texts.")
    page.words.body.set_value("{first_name}, your visit is on {day}. Reply STOP to end.")
    page.words.preview()
    settle()
    assert page.words._one.text() == "Ana, your visit is on Thursday, March 19. Reply STOP to end."
    page.words.save()
    settle()
    stored = file_office.ask(reminder_templates.templates)[0]
    assert (stored.channel, stored.version > 0) == (Channel.TEXT, True)


def test_a_test_text_says_what_the_gateway_answered(
    page: RemindersPage, file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    with text_gateway() as gateway:
        sends(file_office, replace(MAIL, is_on=False), replace(TEXT, url=gateway.url, headers=""))
        page.open_panel(3)
        page.servers.reload()
        settle()
        page.servers.text_to.set_value("(503) 555-0100")
        page.servers.test_text()
        qtbot.waitUntil(lambda: page.servers.text_answer.text == "127.0.0.1 took the text.")
        assert gateway.texts[0]["to"] == "+15035550100"


def test_a_mail_server_is_saved_without_its_password(
    page: RemindersPage, file_office: Office, settle: Callable[[], None]
) -> None:
    page.open_panel(3)
    settle()
    page.servers.host.set_value("smtp.example.com")
    page.servers.sender_name.set_value("Harbor Point")
    page.servers.sender_address.set_value("desk@example.com")
    page.servers.save_mail()
    settle()
    kept = file_office.ask(message_settings.settings).mail
    assert kept is not None
    assert kept.host == "smtp.example.com"


def test_a_server_that_another_desk_changed_is_not_overwritten_unseen(
    page: RemindersPage, file_office: Office, settle: Callable[[], None]
) -> None:
    sends(file_office)
    page.open_panel(3)
    settle()
    page.servers.host.set_value("mine.example.com")
    file_office.do(message_settings.set_mail, draft=replace(MAIL, host="theirs.example.com"))
    settle()
    page.servers.save_mail()
    settle()
    assert page.servers.banner.text.startswith("Another desk changed the mail server while you had it open.")
    assert page.servers.host.value() == "mine.example.com"
    settled = file_office.ask(message_settings.settings).mail
    assert settled is not None
    assert settled.host == "theirs.example.com"
    page.servers.save_mail()
    settle()
    settled = file_office.ask(message_settings.settings).mail
    assert settled is not None
    assert settled.host == "mine.example.com"


def test_the_sender_sends_beside_the_window_and_stops(
    page: RemindersPage, file_office: Office, desk: Desk, qtbot: QtBot
) -> None:
    with text_gateway() as gateway:
        sends(file_office, replace(MAIL, is_on=False), replace(TEXT, url=gateway.url, headers=""))
        now = file_office.clock.now()
        file_office.clock.advance(days=-7)
        book(file_office, at("9:00", THURSDAY))
        file_office.clock.set(now)
        sender = ReminderSender(desk, every_ms=3_600_000)
        sender.send()
        qtbot.waitUntil(lambda: len(gateway.texts) == 1)
        settled(qtbot, desk)
        sender.stop()
        sender.send()
        assert desk.is_idle
    assert len(file_office.ask(reminder_log.log, shown=Shown.SENT).lines) == 1


def test_a_reply_is_taken_down(
    page: RemindersPage, file_office: Office, desk: Desk, settle: Callable[[], None]
) -> None:
    told: list[str] = []
    dialog = ReplyDialog(page, desk, told.append)
    dialog.open()
    dialog.from_whom.set_value("(503) 555-0148")
    dialog.said.set_value("STOP")
    dialog.record()
    settle()
    assert told == ["Recorded the reply: no more messages to there"]
    page.log.parts.set_value("replies")
    page.log.reload()
    settle()
    page.log.replies.reload()
    settle()
    page.log.replies.stopped.choose_first()
    page.log.replies.allow_again()
    settle()
    assert file_office.ask(reminder_replies.opt_outs) == ()


def test_what_somebody_is_writing_stays_when_another_desk_changes_a_rule(
    page: RemindersPage, file_office: Office, settle: Callable[[], None]
) -> None:
    page.open_panel(1)
    settle()
    page.rules.name.set_value("Text, half written")
    (known,) = file_office.ask(reminder_rules.rules)
    file_office.do(reminder_rules.set_active, rule_id=known.id, is_active=False)
    settle()
    page.rules.reload()
    settle()
    assert page.rules.name.value() == "Text, half written"
    page.rules.save()
    settle()
    assert page.rules.banner.text.startswith("Another desk changed this reminder rule")
    assert page.rules.name.value() == "Text, half written"
