"""The call list: who is on it, in which order, what is said, and what came of each call."""

from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.appointment import Appointment, CancelledBy, Channel, Confirmation, Lifecycle
from frontdesk.services.registration import contacts
from frontdesk.services.registration.drafts import ContactDraft
from frontdesk.services.schedule import booking, calls, confirmation, reminder_jobs
from frontdesk.services.schedule.calls import CallOutcome
from tests.builders.registration import danielle, patient
from tests.builders.reminders import rule, sends
from tests.builders.schedule import at, book, doctor, walter
from tests.office import Office

THURSDAY, FRIDAY = date(2026, 3, 19), date(2026, 3, 20)
MONDAY = date(2026, 3, 16)


def visit_of(office: Office, appointment_id: int) -> Appointment:
    with Session(office.database.engines.read) as session:
        return session.scalars(select(Appointment).where(Appointment.id == appointment_id)).one()


def listed(office: Office) -> list[int]:
    return [call.appointment_id for call in office.ask(calls.call_list)]


def test_unconfirmed_visits_of_the_next_two_working_days_are_listed(office: Office) -> None:
    late = book(office, at("3:00", THURSDAY))
    early = book(office, at("9:00"), patient_id=walter(office))
    book(office, at("9:00", FRIDAY))
    confirmed = book(office, at("10:00"), patient_id=walter(office))
    office.do(
        confirmation.record, appointment_id=confirmed, channel=Channel.TEXT, outcome=Confirmation.CONFIRMED
    )
    cancelled = book(office, at("11:00"))
    office.do(booking.cancel, appointment_id=cancelled, by=CancelledBy.OFFICE)
    assert listed(office) == [early, late]


def test_on_a_thursday_the_list_reaches_over_the_weekend() -> None:
    assert calls.last_day(THURSDAY) == date(2026, 3, 23)


def test_the_week_of_a_provider_shows_its_part_of_the_list(office: Office) -> None:
    thursday = book(office, at("3:00", THURSDAY))
    wednesday = book(office, at("9:00"), patient_id=walter(office))
    book(office, at("9:00"), provider_id=doctor(office, "Okafor"))
    found = office.ask(calls.of_provider_week, provider_id=doctor(office), monday=MONDAY)
    assert [call.appointment_id for call in found] == [wednesday, thursday]
    assert office.ask(calls.of_provider_week, provider_id=doctor(office), monday=date(2026, 3, 23)) == ()


def test_whoever_did_not_answer_comes_last_with_the_number_of_tries(office: Office) -> None:
    first = book(office, at("9:00"))
    second = book(office, at("10:00"), patient_id=walter(office))
    office.do(calls.record, appointment_id=first, outcome=CallOutcome.NO_ANSWER)
    assert listed(office) == [second, first]
    last = office.ask(calls.call_list)[-1]
    assert (last.tries, last.is_again) == (1, True)


@pytest.mark.parametrize(
    ("outcome", "means"),
    [
        (CallOutcome.CONFIRMED, Confirmation.CONFIRMED),
        (CallOutcome.MESSAGE_LEFT, Confirmation.MESSAGE_LEFT),
        (CallOutcome.DECLINED, Confirmation.DECLINED),
        (CallOutcome.WRONG_NUMBER, Confirmation.UNREACHABLE),
    ],
)
def test_an_outcome_sets_the_confirmation_alone_and_undo_brings_the_call_back(
    office: Office, outcome: CallOutcome, means: Confirmation
) -> None:
    visit = book(office, at("9:00"))
    done = office.done(calls.record, appointment_id=visit, outcome=outcome)
    after = visit_of(office, visit)
    assert (after.confirmation, after.lifecycle) == (means, Lifecycle.BOOKED)
    assert listed(office) == []
    office.database.undo(office.actor, done.entry_id)
    assert visit_of(office, visit).confirmation is Confirmation.NONE
    assert listed(office) == [visit]


def test_a_message_left_today_is_tried_again_tomorrow(office: Office) -> None:
    visit = book(office, at("9:00", THURSDAY))
    office.do(calls.record, appointment_id=visit, outcome=CallOutcome.MESSAGE_LEFT)
    assert listed(office) == []
    office.clock.advance(days=1)
    assert listed(office) == [visit]


def test_the_sheet_says_whom_to_ask_for_and_what_to_say(office: Office) -> None:
    sheet = office.ask(calls.sheet, appointment_id=book(office, at("9:00"), reason="Cyst seen"))
    assert sheet.ask_for == "Danielle Foster"
    assert sheet.script == (
        "Hello, this is Harbor Point Family Medicine calling for Danielle. You have a visit on "
        "Wednesday, March 18 at 9:00 AM with Dr. Lee. Can you come?"
    )
    assert [(phone.number, phone.voicemail_ok) for phone in sheet.phones] == [
        ("5035550148", True),
        ("5035550172", False),
    ]


def test_a_machine_hears_neither_time_nor_provider(office: Office) -> None:
    sheet = office.ask(calls.sheet, appointment_id=book(office, at("9:00")))
    assert sheet.voicemail == (
        "This is Harbor Point Family Medicine with a message for Danielle. Call us back at (503) 555-0100."
    )


def test_where_no_number_may_have_a_message_there_is_none_to_leave(office: Office) -> None:
    person = patient(office, "Nell", "Ortega", phone="(503) 555-0133")
    sheet = office.ask(calls.sheet, appointment_id=book(office, at("9:00"), patient_id=person))
    assert sheet.voicemail == ""


def test_for_a_minor_the_guardian_is_asked_for(office: Office) -> None:
    child = patient(office, "Theo", "Foster", date(2017, 3, 1), phone="(503) 555-0133")
    guardian = ContactDraft(
        "Danielle Foster", "mother", "(503) 555-0148", is_guardian=True, authority="parent"
    )
    office.do(contacts.add, patient_id=child, draft=guardian)
    sheet = office.ask(calls.sheet, appointment_id=book(office, at("9:00"), patient_id=child))
    assert sheet.ask_for == "Danielle Foster, mother"
    assert [phone.number for phone in sheet.phones] == ["5035550148"]


def test_a_visit_that_is_no_longer_to_come_is_not_called_about(office: Office) -> None:
    visit = book(office, at("9:00"), patient_id=danielle(office))
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.OFFICE)
    with pytest.raises(Refused, match=r"Only a visit that is still to come can be confirmed\."):
        office.do(calls.record, appointment_id=visit, outcome=CallOutcome.CONFIRMED)


def test_a_longer_list_asks_no_more_of_the_database(office: Office) -> None:
    def asked() -> int:
        count = 0

        def one_more(*_: object) -> None:
            nonlocal count
            count += 1

        engine = office.database.engines.read
        event.listen(engine, "before_cursor_execute", one_more)
        office.ask(calls.call_list)
        office.ask(reminder_jobs.is_work_waiting)
        event.remove(engine, "before_cursor_execute", one_more)
        return count

    sends(office)
    rule(office)
    book(office, at("9:00", THURSDAY))
    few = asked()
    for quarter in range(6):
        book(office, at(f"{10 + quarter // 4}:{15 * (quarter % 4):02d}", THURSDAY), patient_id=walter(office))
    assert asked() == few
