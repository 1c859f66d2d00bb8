"""Rounds of sending: through a real mail server and a real gateway, by one desk and by two at once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from frontdesk.models.schedule.appointment import Channel
from frontdesk.services.schedule import booking, calls, reminder_jobs, reminder_sender
from frontdesk.services.schedule.message_settings import MailDraft, MailSecurity, TextDraft
from frontdesk.services.schedule.reminder_sender import Sent
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import SYSTEM
from tests.builders.registration import patient
from tests.builders.reminders import TEXT, TWO_DAYS, rule, sends
from tests.builders.schedule import at, book, doctor
from tests.message_servers import Gateway, Mailbox, mail_server, text_gateway
from tests.office import Office
from tests.twin import file_of

THURSDAY = date(2026, 3, 19)
CHECKOUT = Path(__file__).parents[3]
PATIENTS = 10


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with text_gateway() as made:
        yield made


def set_up(office: Office, box: Mailbox | None = None, gateway: Gateway | None = None) -> None:
    mail = MailDraft(
        "127.0.0.1", box.port if box else 25, MailSecurity.PLAIN, "Harbor Point", "desk@example.com"
    )
    text = TextDraft(gateway.url if gateway else TEXT.url, TEXT.body, id_field="messages.0.id")
    sends(office, replace(mail, is_on=box is not None), replace(text, is_on=gateway is not None))


def visits(office: Office, count: int = 1) -> list[int]:
    """Visits on Thursday from 8:00 on, each of another patient, booked long ago."""
    rule(office)
    people = [
        patient(
            office,
            "Nell",
            f"Ortega-{'Abcdefghijkl'[number]}",
            date(1970, 4, 1 + number),
            phone=f"(503) 555-01{number:02d}",
        )
        for number in range(count)
    ]
    now = office.clock.now()
    office.clock.advance(days=-7)
    first = at("8:00", THURSDAY)
    made = [
        book(office, first + timedelta(minutes=15 * number), patient_id=person)
        for number, person in enumerate(people)
    ]
    office.clock.set(now)
    return made


def test_texts_go_out_once_and_a_round_with_nothing_to_do_writes_nothing(
    office: Office, gateway: Gateway
) -> None:
    set_up(office, gateway=gateway)
    visits(office, 2)
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent(planned=2, sent=2)
    before = len(office.database.log_after(0))
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent()
    assert len(office.database.log_after(0)) == before
    assert sorted(text["to"] for text in gateway.texts) == ["+15035550100", "+15035550101"]
    assert gateway.texts[0]["text"].startswith(
        "Harbor Point Family Medicine: Nell, you have a visit on Thursday"
    )


def test_a_refused_number_is_on_the_call_list(office: Office, gateway: Gateway) -> None:
    set_up(office, gateway=gateway)
    gateway.refused = {"+15035550100"}
    (visit,) = visits(office)
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent(planned=1, to_call=1)
    (call,) = office.ask(calls.call_list)
    assert (call.appointment_id, call.why) == (visit, "The text could not be sent.")


def test_a_busy_gateway_is_tried_in_a_later_round(office: Office, gateway: Gateway) -> None:
    set_up(office, gateway=gateway)
    gateway.answers = [(429, {"Retry-After": "600"})]
    visits(office)
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent(planned=1, again=1)
    office.clock.advance(minutes=9)
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent()
    office.clock.advance(minutes=1)
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent(sent=1)


def test_a_gateway_with_a_bad_hour_ends_the_round(office: Office, gateway: Gateway) -> None:
    set_up(office, gateway=gateway)
    gateway.answers = [(503, {})] * 9
    visits(office, 5)
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent(planned=5, again=3)


def test_a_stopped_round_leaves_the_rest_for_the_next(office: Office, gateway: Gateway) -> None:
    set_up(office, gateway=gateway)
    visits(office, 3)
    sent = reminder_sender.send_due(office.database, SYSTEM, is_stopped=lambda: len(gateway.texts) == 1)
    assert sent == Sent(planned=3, sent=1)
    assert reminder_sender.send_due(office.database, SYSTEM) == Sent(sent=2)


def test_an_email_brings_a_calendar_entry_that_a_move_changes(office: Office, box: Mailbox) -> None:
    set_up(office, box=box)
    rule(office, replace(TWO_DAYS, channels=(Channel.EMAIL,)))
    now = office.clock.now()
    office.clock.advance(days=-7)
    visit = book(office, at("9:00", THURSDAY), reason="Cyst seen in February")
    office.clock.set(now)
    reminder_sender.send_due(office.database, SYSTEM)
    office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), at("10:15", THURSDAY)))
    office.clock.advance(hours=1)
    assert reminder_sender.send_due(office.database, SYSTEM).sent == 1
    first, second = (_event(letter.as_bytes()) for letter in box.letters)
    assert first["UID"] == second["UID"] == f"visit-{visit}@frontdesk"
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    pacific = ZoneInfo("America/Los_Angeles")
    assert datetime(2026, 3, 19, 9, 0, tzinfo=pacific) == first.DTSTART
    assert datetime(2026, 3, 19, 10, 15, tzinfo=pacific) == second.DTSTART
    assert first["SUMMARY"] == "Harbor Point Family Medicine, Dr. Lee"
    assert b"Cyst" not in first.to_ical() + box.letters[0].as_bytes()
    assert "Follow-up" not in box.letters[0].as_string()


def _event(letter: bytes) -> icalendar.Event:
    from email import message_from_bytes, policy

    whole = message_from_bytes(letter, policy=policy.default)
    (attached,) = whole.iter_attachments()
    content = attached.get_content()
    calendar = icalendar.Calendar.from_ical(content if isinstance(content, str) else content.decode())
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


def test_a_test_message_says_what_the_server_answered(office: Office, gateway: Gateway) -> None:
    set_up(office, gateway=gateway)
    answer = reminder_sender.send_test(office.database, office.actor, channel=Channel.TEXT, to="5035550100")
    assert answer.answer == "127.0.0.1 took the text."
    assert gateway.texts[0]["text"].startswith("Harbor Point Family Medicine: this is a test")


def test_two_processes_never_send_one_text_twice(office: Office, gateway: Gateway) -> None:
    set_up(office, gateway=gateway)
    visits(office, PATIENTS)
    office.do(reminder_jobs.refresh)
    with ExitStack() as stack:
        desks = [stack.enter_context(_desk(office, name)) for name in ("Front desk 1", "Phone 2")]
        for desk in desks:
            assert desk.stdin is not None
            desk.stdin.write("go\n")
            desk.stdin.flush()
        sent = [int(desk.stdout.readline()) for desk in desks if desk.stdout is not None]
    assert sum(sent) == PATIENTS
    assert sorted(text["to"] for text in gateway.texts) == [f"+150355501{n:02d}" for n in range(PATIENTS)]


@contextmanager
def _desk(office: Office, station: str) -> Iterator["subprocess.Popen[str]"]:
    url = office.database.engines.write.url
    place = (
        url.set(drivername="postgresql").render_as_string(hide_password=False)
        if office.database.engines.on_server
        else str(file_of(office.database))
    )
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.sending_desk", station, place],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    with desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "ready\n"
        yield desk
