"""Running late: who must be told what, what stands of it, and how it is taken back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import JobState, ReminderJob
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.services.registration import phones
from frontdesk.services.registration.drafts import PhoneDraft
from frontdesk.services.registration.panel import PhoneKind
from frontdesk.services.schedule import late, lifecycle, notices, overview
from frontdesk.services.schedule.late import LatePatient, RunningLate, Told
from tests.builders.office import room
from tests.builders.registration import patient
from tests.builders.reminders import sends
from tests.builders.schedule import TODAY, at, book, walter
from tests.builders.visit import statements
from tests.office import Office
from tests.refusal import refusal

SAID = (
    "Dr. Lee is running 20 minutes late. "
    "Please come at 11:35 instead of 11:15, or I can find you another time."
)


def clock(said: str) -> datetime:
    return at(said, TODAY)


def now(office: Office) -> RunningLate:
    return office.ask(late.running_late)


def line(office: Office) -> LatePatient:
    (found,) = now(office).patients
    return found


def behind(office: Office) -> int:
    """Dr. Lee called a patient of 10:45 in at 11:05; Walter Harris is booked at 11:15. Gives his visit."""
    first = book(office, clock("10:45"), minutes=30)
    second = book(office, clock("11:15"), patient_id=walter(office), minutes=30)
    with_phone(office, walter(office), voicemail_ok=True)
    office.do(lifecycle.arrive, appointment_id=first)
    office.do(lifecycle.room, appointment_id=first, room_id=room(office, "Room 2"))
    office.clock.advance(minutes=23)
    office.do(lifecycle.with_provider, appointment_id=first)
    return second


def with_phone(office: Office, patient_id: int, *, voicemail_ok: bool) -> None:
    draft = PhoneDraft("503 555 0164", PhoneKind.HOME, text_ok=False, voicemail_ok=voicemail_ok)
    office.do(phones.change, patient_id=patient_id, before=(), after=(draft,))


def tell(office: Office, visit: int, how: Told = Told.PHONE) -> int:
    return office.do(late.tell, appointment_id=visit, how=how, said=SAID, promised=clock("11:35"))


def test_nobody_is_told_of_a_day_on_time(office: Office) -> None:
    book(office, clock("11:15"))
    found = now(office)
    assert [(each.words, each.waiting, each.is_late) for each in found.providers] == [("On time", 1, False)]
    assert (found.patients, found.to_tell) == ((), 0)


def test_a_patient_who_will_wait_is_listed_with_what_to_say(office: Office) -> None:
    visit = behind(office)
    found = now(office)
    (lee,) = found.providers
    assert (lee.provider, lee.words, lee.busy_until) == ("Dr. Lee", "Running 20 min late", clock("11:35"))
    (him,) = found.patients
    assert (him.appointment_id, him.patient, him.starts) == (visit, "Harris, Walter", clock("11:15"))
    assert (him.predicted, him.come_at, him.late_minutes) == (clock("11:35"), clock("11:35"), 20)
    assert him.say == SAID
    assert [(phone.number, phone.kind, phone.text_ok, phone.voicemail_ok) for phone in him.phones] == [
        ("(503) 555-0164", "home", False, True)
    ]
    assert (him.told, him.is_told, found.to_tell) == ((), False, 1)
    assert office.ask(overview.waiting)["late"] == 1


def test_ten_minutes_are_nobodys_business(office: Office) -> None:
    book(office, clock("10:45"), minutes=30)
    book(office, clock("11:05"), patient_id=walter(office), override_reason="Works late")
    assert now(office).patients == ()


@pytest.mark.parametrize(
    ("how", "channel", "said"),
    [(Told.PHONE, Channel.PHONE, SAID), (Told.MESSAGE, Channel.PHONE, f"Left a message: {SAID}")],
)
def test_what_was_told_stands_and_goes_back(office: Office, how: Told, channel: Channel, said: str) -> None:
    visit = behind(office)
    done = office.done(late.tell, appointment_id=visit, how=how, said=SAID, promised=clock("11:35"))
    (told,) = line(office).told
    assert (told.kind, told.channel, told.said) == (NoticeKind.DELAY, channel, said)
    assert told.promised == clock("11:35")
    assert (line(office).is_told, line(office).say, now(office).to_tell) == (True, SAID, 0)
    assert office.ask(overview.waiting)["late"] == 0
    office.database.undo(office.actor, done.entry_id)
    assert (line(office).told, now(office).to_tell) == ((), 1)


def test_who_was_told_another_time_is_told_again(office: Office) -> None:
    visit = behind(office)
    office.do(late.tell, appointment_id=visit, how=Told.PHONE, said="Come at 11:20.", promised=clock("11:20"))
    him = line(office)
    assert (him.predicted, him.is_told) == (clock("11:35"), False)
    assert him.say == (
        "Dr. Lee is running 20 minutes late. Please come at 11:35 instead of 11:20, "
        "or I can find you another time."
    )


def test_who_was_told_to_come_later_is_waited_for_until_then(office: Office) -> None:
    visit = behind(office)
    office.clock.advance(minutes=26)
    assert now(office).patients == (), "nobody told him: at 11:31 he should be here"
    tell(office, visit)
    assert line(office).predicted == clock("11:35")
    office.clock.advance(minutes=14)
    assert line(office).predicted == clock("11:45")
    office.clock.advance(minutes=5)
    assert now(office).patients == ()


def test_who_was_told_too_late_a_time_is_told_that_the_provider_caught_up(office: Office) -> None:
    visit = book(office, clock("11:15"), patient_id=walter(office))
    office.do(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.DELAY,
        channel=Channel.PHONE,
        said="Dr. Lee is running 30 minutes late.",
        promised=clock("11:45"),
    )
    him = line(office)
    assert him.say == "Dr. Lee has caught up. Please come at your booked time, 11:15."
    assert (him.come_at, him.is_told) == (clock("11:15"), False)


def test_catching_up_is_said_too() -> None:
    assert late.sentence("Dr. Lee", clock("11:15"), clock("11:28"), clock("11:45")) == (
        "Dr. Lee is catching up. Please come at 11:30 instead of 11:45."
    )


def test_a_patient_who_has_come_is_told_in_person(office: Office) -> None:
    visit = behind(office)
    tell(office, visit)
    office.do(lifecycle.arrive, appointment_id=visit)
    office.clock.advance(minutes=42)
    assert line(office).is_here
    told = office.do(
        late.tell, appointment_id=visit, how=Told.IN_PERSON, said="Sorry", promised=clock("11:50")
    )
    assert line(office).told[-1].id == told
    assert line(office).told[-1].channel is Channel.IN_PERSON


def test_no_message_is_left_where_none_is_allowed(office: Office) -> None:
    visit = behind(office)
    office.do(
        phones.change,
        patient_id=walter(office),
        before=(PhoneDraft("503 555 0164", PhoneKind.HOME, text_ok=False, voicemail_ok=True),),
        after=(PhoneDraft("503 555 0164", PhoneKind.HOME, text_ok=False, voicemail_ok=False),),
    )
    with refusal("Walter Harris allows no voicemail. Try again later, or tell them when they come."):
        tell(office, visit, Told.MESSAGE)
    assert not line(office).may_leave_message


def test_a_text_is_sent_where_the_office_and_the_patient_have_one(office: Office) -> None:
    visit = behind(office)
    with refusal("No text gateway is switched on. Call, or leave a message."):
        tell(office, visit, Told.TEXT)
    assert not line(office).may_text
    sends(office)
    assert not line(office).may_text, "his phone takes no texts"
    with refusal("This patient cannot be reached by text. Call, and note the call instead."):
        tell(office, visit, Told.TEXT)
    office.do(
        phones.change,
        patient_id=walter(office),
        before=(PhoneDraft("503 555 0164", PhoneKind.HOME, text_ok=False, voicemail_ok=True),),
        after=(PhoneDraft("503 555 0164", PhoneKind.MOBILE, text_ok=True, voicemail_ok=True),),
    )
    assert line(office).may_text
    done = office.done(late.tell, appointment_id=visit, how=Told.TEXT, said=SAID, promised=clock("11:35"))
    assert jobs(office) == [JobState.PLANNED]
    assert line(office).told[-1].channel is Channel.TEXT
    office.database.undo(office.actor, done.entry_id)
    assert jobs(office) == [JobState.WITHDRAWN]


def jobs(office: Office) -> list[JobState]:
    with office.database.engines.read.connect() as connection:
        return list(connection.scalars(select(ReminderJob.state).where(ReminderJob.notice_id.is_not(None))))


def test_nobody_who_is_not_here_is_told_in_person(office: Office) -> None:
    visit = behind(office)
    with refusal("Walter Harris has not arrived yet. Call them, or leave a message."):
        tell(office, visit, Told.IN_PERSON)


def test_who_is_with_the_provider_is_told_nothing(office: Office) -> None:
    behind(office)
    first = book(office, clock("3:00"), patient_id=patient(office, "Ana", "Ruiz"))
    office.do(lifecycle.arrive, appointment_id=first)
    office.do(lifecycle.left_without_being_seen, appointment_id=first, reason="Could not wait")
    with refusal("Ana Ruiz no longer waits for this visit. Nothing was noted."):
        tell(office, first)


def test_the_statements_do_not_grow_with_the_patients(office: Office) -> None:
    behind(office)
    few = statements(office, lambda: now(office))
    for quarter in range(6):
        book(office, clock("1:00") + timedelta(minutes=15 * quarter), patient_id=walter(office))
    assert statements(office, lambda: now(office)) == few <= 7
