"""Reminders go out by a real mail server and a real text gateway, and the call list is worked by keys."""

from dataclasses import replace
from email.message import EmailMessage

import icalendar

from frontdesk.demo.reminding import MAIL, TEXT
from frontdesk.services.schedule import calls, message_settings, reminder_log
from frontdesk.services.schedule.calls import Call
from frontdesk.services.schedule.message_settings import MailSecurity
from frontdesk.services.schedule.reminder_log import Shown
from frontdesk.services.work import SYSTEM
from frontdesk.ui.schedule.calls_page import CallsPage
from frontdesk.ui.schedule.reminder_timer import ReminderSender
from frontdesk.ui.schedule.reminders_page import RemindersPage
from tests.e2e.tour import Tour
from tests.message_servers import Mailbox, mail_server, text_gateway


def messages_go_out(tour: Tour) -> str:
    """The office manager names the servers; the client sends what is due while the desk works on."""
    hands = tour.driver
    tour.pass_time(60)
    hands.workplace.go("reminders", None)
    hands.settle()
    sender = ReminderSender(hands.desk, every_ms=3_600_000)
    with mail_server() as box, text_gateway() as gateway:
        _set_servers(tour, box, gateway.url)
        gateway.answers = [(429, {"Retry-After": "600"})]
        sender.send()
        hands.until(lambda: hands.desk.is_idle, "the sender does not come to an end")
        assert box.letters, "no e-mail was sent"
        assert gateway.texts, "no text was sent"
        said = f"{len(gateway.texts)} texts and {len(box.letters)} e-mails, one to be tried again"
        event = _entry(box.letters[0])
        assert "SEQUENCE" in event
        sender.stop()
    assert isinstance(hands.page, RemindersPage)
    hands.click(hands.button("Sent", hands.page.log))
    hands.expect("took the")
    return said


def the_log_of_failures(tour: Tour) -> str:
    """What could not be sent is told apart, with what the server said."""
    hands = tour.driver
    assert isinstance(hands.page, RemindersPage)
    hands.click(hands.button("Failed", hands.page.log))
    found = hands.desk.database.ask(SYSTEM, reminder_log.log, shown=Shown.FAILED)
    assert found.lines, "nothing failed, though the sample office has a wrong number"
    hands.expect("for good")
    return f"{len(found.lines)} failed, each is on the call list"


def works_the_call_list(tour: Tour) -> str:
    """One key per call; the next patient comes by itself, and Ctrl+Z brings the last one back."""
    hands = tour.driver
    hands.workplace.go("calls", None)
    hands.settle()
    page = hands.page
    assert isinstance(page, CallsPage)
    before = _listed(tour)
    assert len(before) > 3, "nobody is to be called"
    page.table.setFocus()
    keys = hands.keystrokes
    hands.press("C")
    hands.expect("confirmed")
    hands.press("N")
    hands.expect("No answer from")
    hands.press("C")
    hands.settle()
    taken = hands.keystrokes - keys
    after = _listed(tour)
    assert len(after) == len(before) - 2, "two confirmed, one is to be tried again"
    assert any(call.is_again for call in after)
    hands.press("Ctrl+Z")
    hands.until(lambda: len(_listed(tour)) == len(before) - 1, "the last call was not taken back")
    return f"{taken} keys for three calls, {len(_listed(tour))} left"


def _listed(tour: Tour) -> tuple[Call, ...]:
    return tour.driver.desk.database.ask(SYSTEM, calls.call_list)


def _set_servers(tour: Tour, box: Mailbox, url: str) -> None:
    manager = tour.another()
    try:
        mail = replace(MAIL, host=box.host, port=box.port, security=MailSecurity.PLAIN, login="")
        manager.do(SYSTEM, message_settings.set_mail, draft=mail)
        manager.do(
            SYSTEM,
            message_settings.set_text,
            draft=replace(TEXT, url=url, headers="", id_field="messages.0.id"),
        )
    finally:
        manager.close()


def _entry(letter: EmailMessage) -> icalendar.Component:
    (attached,) = letter.iter_attachments()
    content = attached.get_content()
    calendar = icalendar.Calendar.from_ical(content if isinstance(content, str) else content.decode())
    return calendar.walk("VEVENT")[0]
