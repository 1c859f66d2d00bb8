"""Reminders on their way: what the database keeps, what a desk may claim, and what becomes of failures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Conflict, FrontdeskError, Refused
from frontdesk.models.schedule.appointment import Appointment, CancelledBy, Channel, Lifecycle
from frontdesk.models.schedule.reminder import JobState, ReminderAttempt, ReminderJob
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.services.database import Database
from frontdesk.services.registration import contacts
from frontdesk.services.registration.drafts import ContactDraft
from frontdesk.services.schedule import booking, notices, reminder_jobs, reminder_message, reminder_rules
from frontdesk.services.schedule.delivery import AttemptResult
from frontdesk.services.schedule.slot import Slot
from tests.builders.registration import danielle, patient
from tests.builders.reminders import SAME_DAY, TWO_DAYS, rule, sends
from tests.builders.schedule import at, book, doctor, visit_type
from tests.office import Office

THURSDAY = date(2026, 3, 19)
FRIDAY = date(2026, 3, 20)


def jobs(office: Office) -> list[ReminderJob]:
    with Session(office.database.engines.read) as session:
        return list(session.scalars(select(ReminderJob).order_by(ReminderJob.id)))


def states(office: Office) -> list[tuple[Channel, JobState]]:
    return [(job.channel, job.state) for job in jobs(office)]


def booked(office: Office, starts: str = "9:00", on: date = THURSDAY, **others: object) -> int:
    """A visit that was booked a week before, in an office that reminds by text."""
    sends(office)
    rule(office)
    now = office.clock.now()
    office.clock.advance(days=-7)
    made = book(office, at(starts, on), **others)  # type: ignore[arg-type]
    office.clock.set(now)
    return made


def failed(office: Office, result: AttemptResult, **others: object) -> None:
    taken = office.do(reminder_jobs.claim)
    assert taken is not None
    office.do(reminder_jobs.record, job_ids=taken.job_ids, result=result, sent_to=taken.sent_to, **others)  # type: ignore[arg-type]


def test_planning_twice_makes_each_reminder_once(office: Office) -> None:
    booked(office)
    assert office.ask(reminder_jobs.is_work_waiting)
    assert office.do(reminder_jobs.refresh).planned == 1
    assert office.do(reminder_jobs.refresh).planned == 0
    assert states(office) == [(Channel.TEXT, JobState.PLANNED)]


def test_nothing_is_written_where_nothing_waits(office: Office) -> None:
    sends(office)
    rule(office)
    assert not office.ask(reminder_jobs.is_work_waiting)


def test_a_cancelled_visit_withdraws_its_reminder_and_a_moved_one_renews_it(office: Office) -> None:
    visit = booked(office)
    office.do(reminder_jobs.refresh)
    office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), at("9:30", THURSDAY)))
    office.do(reminder_jobs.refresh)
    assert [(job.starts.time().isoformat("minutes"), job.state) for job in jobs(office)] == [
        ("09:00", JobState.WITHDRAWN),
        ("09:30", JobState.PLANNED),
    ]
    office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), at("9:00", THURSDAY)))
    office.do(reminder_jobs.refresh)
    assert [job.state for job in jobs(office)] == [JobState.PLANNED, JobState.WITHDRAWN]
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    office.do(reminder_jobs.refresh)
    assert {job.state for job in jobs(office)} == {JobState.WITHDRAWN}


def test_a_claimed_message_cannot_be_claimed_by_another_desk(
    office: Office, another: Callable[[], Database]
) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    first = office.do(reminder_jobs.claim)
    assert first is not None
    assert first.sent_to == "5035550148"
    other = another()
    assert other.do(office.actor, reminder_jobs.claim).result is None


def test_a_visit_called_off_after_the_planning_is_not_claimed(office: Office) -> None:
    visit = booked(office)
    office.do(reminder_jobs.refresh)
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    assert office.do(reminder_jobs.claim) is None


def test_nothing_is_claimed_while_it_is_quiet(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    office.clock.advance(hours=11)
    assert office.do(reminder_jobs.claim) is None


def test_a_temporary_failure_is_tried_again_later_and_in_the_end_a_person_calls(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    for minutes in (5, 20, 60):
        failed(office, AttemptResult.TEMPORARY)
        assert office.do(reminder_jobs.claim) is None
        office.clock.advance(minutes=minutes)
    failed(office, AttemptResult.TEMPORARY)
    assert states(office) == [(Channel.TEXT, JobState.FAILED), (Channel.PHONE, JobState.PLANNED)]


def test_a_gateway_that_asks_to_wait_is_left_alone_for_so_long(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    failed(office, AttemptResult.TEMPORARY, wait_seconds=1800)
    office.clock.advance(minutes=29)
    assert office.do(reminder_jobs.claim) is None
    office.clock.advance(minutes=1)
    assert office.do(reminder_jobs.claim) is not None


def test_a_permanent_failure_becomes_a_call_that_the_next_planning_keeps(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    failed(office, AttemptResult.PERMANENT)
    office.do(reminder_jobs.refresh)
    made = jobs(office)
    assert [(job.channel, job.state) for job in made] == [
        (Channel.TEXT, JobState.FAILED),
        (Channel.PHONE, JobState.PLANNED),
    ]
    assert made[1].why == "The text could not be sent."


def test_a_desk_that_went_down_leaves_a_call_and_no_second_message(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    taken = office.do(reminder_jobs.claim)
    assert taken is not None
    office.clock.advance(minutes=16)
    assert office.do(reminder_jobs.refresh).unknown == 1
    assert states(office) == [(Channel.TEXT, JobState.UNKNOWN), (Channel.PHONE, JobState.PLANNED)]
    assert jobs(office)[1].why == "Nobody can say whether the text arrived."
    assert office.do(reminder_jobs.claim) is None
    office.do(reminder_jobs.record, job_ids=taken.job_ids, result=AttemptResult.SENT, sent_to=taken.sent_to)
    assert states(office)[0] == (Channel.TEXT, JobState.SENT)
    with pytest.raises(Conflict, match="settled meanwhile"):
        office.do(
            reminder_jobs.record, job_ids=taken.job_ids, result=AttemptResult.SENT, sent_to=taken.sent_to
        )


def test_one_text_covers_mother_and_child_on_one_day(office: Office) -> None:
    mother = danielle(office)
    child = patient(office, "Theo", "Foster", date(2017, 3, 1))
    guardian = ContactDraft(
        "Danielle Foster",
        "mother",
        is_guardian=True,
        authority="parent",
        contact_patient_id=mother,
    )
    office.do(contacts.add, patient_id=child, draft=guardian)
    booked(office, "9:00")
    booked(office, "9:15", patient_id=child)
    booked(office, "9:30", FRIDAY)
    office.do(reminder_jobs.refresh)
    taken = office.do(reminder_jobs.claim)
    assert taken is not None
    assert len(taken.job_ids) == 2
    said = office.ask(reminder_message.message, job_ids=taken.job_ids)
    assert said.body == (
        "Harbor Point Family Medicine: Danielle and Theo, you have a visit on Thursday, March 19 at "
        "9:00 AM and 9:15 AM with Dr. Lee. Reply C to confirm, or call (503) 555-0100. "
        "Reply STOP to end texts."
    )


def test_a_message_says_the_preparation_only_where_the_rule_says_so_and_never_the_reason(
    office: Office,
) -> None:
    scan = visit_type(office, "Pelvic ultrasound", 15, preparation="full bladder")
    booked(office, "9:00", visit_type_id=scan, reason="Cyst seen in February")
    office.do(reminder_jobs.refresh)
    rule(office, replace(SAME_DAY, name="With preparation", hours_before=47))
    office.clock.advance(hours=1)
    office.do(reminder_jobs.refresh)
    said = [office.ask(reminder_message.message, job_ids=(job.id,)).body for job in jobs(office)]
    assert ["Full bladder." in words for words in said] == [False, True]
    assert not any("ultrasound" in words.lower() or "cyst" in words.lower() for words in said)


def test_a_notice_by_text_is_sent_the_same_way(office: Office) -> None:
    sends(office)
    visit = book(office, at("11:30", date(2026, 3, 17)))
    told = office.do(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.DELAY,
        channel=Channel.TEXT,
        said="Dr. Lee is running 18 minutes late.",
    )
    assert office.ask(reminder_jobs.is_work_waiting)
    taken = office.do(reminder_jobs.claim)
    assert taken is not None
    assert office.ask(reminder_message.message, job_ids=taken.job_ids).body == (
        "Harbor Point Family Medicine: Dr. Lee is running 18 minutes late. "
        "Questions? Call (503) 555-0100. Reply STOP to end texts."
    )
    office.do(notices.take_back, notice_id=told)


def test_a_notice_taken_back_in_time_is_not_sent(office: Office) -> None:
    sends(office)
    visit = book(office, at("11:30", date(2026, 3, 17)))
    told = office.done(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.DELAY,
        channel=Channel.EMAIL,
        said="Dr. Lee is running 18 minutes late.",
    )
    office.database.undo(office.actor, told.entry_id)
    assert office.do(reminder_jobs.claim) is None
    assert states(office) == [(Channel.EMAIL, JobState.WITHDRAWN)]


def test_a_notice_to_somebody_without_a_number_is_refused(office: Office) -> None:
    sends(office)
    visit = book(office, at("11:30", date(2026, 3, 17)), patient_id=patient(office, "Nell", "Ortega"))
    with pytest.raises(
        Refused, match=r"This patient cannot be reached by text\. Call, and note the call instead\."
    ):
        office.do(
            notices.tell,
            appointment_id=visit,
            kind=NoticeKind.DELAY,
            channel=Channel.TEXT,
            said="Dr. Lee is running late.",
        )


def test_without_a_gateway_a_notice_is_only_noted(office: Office) -> None:
    visit = book(office, at("11:30", date(2026, 3, 17)))
    office.do(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.DELAY,
        channel=Channel.TEXT,
        said="Dr. Lee is running late.",
    )
    assert jobs(office) == []


def test_a_message_that_came_back_becomes_a_call(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    failed(office, AttemptResult.SENT)
    sent = jobs(office)[0]
    office.do(reminder_jobs.mark_bounced, job_id=sent.id, said="No such user")
    assert states(office) == [(Channel.TEXT, JobState.FAILED), (Channel.PHONE, JobState.PLANNED)]
    with pytest.raises(Refused, match=r"Only a message that was sent can come back\."):
        office.do(reminder_jobs.mark_bounced, job_id=sent.id, said="No such user")


def test_the_database_keeps_each_occurrence_once_and_sends_nothing_twice(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    failed(office, AttemptResult.SENT)
    job = jobs(office)[0]
    copied = (
        "INSERT INTO reminder_job (id, version, appointment_id, starts, rule_id, channel, state, due_at, "
        "tries, why) SELECT id + 1, 1, appointment_id, starts, rule_id, channel, 'planned', due_at, 0, '' "
        "FROM reminder_job"
    )
    for statement in (
        copied,
        "UPDATE reminder_job SET state = 'planned'",
        "UPDATE reminder_job SET state = 'claimed', claimed_at = due_at",
        "UPDATE reminder_job SET starts = '2026-03-20 09:00:00'",
        "UPDATE reminder_job SET state = 'claimed'",
        "DELETE FROM reminder_job",
        "UPDATE reminder_attempt SET answer = 'other'",
        "DELETE FROM reminder_attempt",
        "UPDATE reminder_job SET rule_id = NULL",
    ):
        with (
            pytest.raises(IntegrityError),
            Session(office.database.engines.write) as session,
            session.begin(),
        ):
            session.execute(text(statement))
    assert jobs(office)[0].state is job.state


def test_a_reminder_never_touches_what_becomes_of_a_visit(office: Office) -> None:
    """Every lifecycle, stage and time is as before, whatever servers say and patients answer."""
    from tests.services.schedule import every_command_reminders

    def axes() -> dict[int, tuple[Lifecycle, object, datetime, datetime]]:
        with Session(office.database.engines.read) as session:
            return {
                row.id: (row.lifecycle, row.stage, row.starts, row.ends)
                for row in session.scalars(select(Appointment))
            }

    visit = booked(office)
    before = axes()[visit]
    office.do(reminder_jobs.refresh)
    every_command_reminders.run(office)
    after = axes()
    assert after[visit] == before
    assert {each[0] for each in after.values()} == {Lifecycle.BOOKED}


def test_a_rule_for_one_visit_is_left_out_as_the_patient_wishes(office: Office) -> None:
    visit = booked(office)
    done = office.done(reminder_rules.skip_for_visit, appointment_id=visit, rule_id=rule(office), is_off=True)
    assert office.do(reminder_jobs.refresh).planned == 0
    office.database.undo(office.actor, done.entry_id)
    assert office.do(reminder_jobs.refresh).planned == 1


def test_each_wrong_field_of_a_rule_has_its_sentence(office: Office) -> None:
    rule(office)
    wrong = replace(TWO_DAYS, name=" ", hours_before=0, channels=(), guardian_below_age=30)
    with pytest.raises(Refused) as refused:
        office.do(reminder_rules.add, draft=wrong)
    assert [finding.message for finding in refused.value.findings] == [
        "Give the rule a name, such as “Text, 2 days before”.",
        "Choose between 1 hour and 30 days.",
        "Choose at least one way to reach the patient.",
        "Choose an age from 0 to 21.",
    ]
    with pytest.raises(Refused, match="earlier than the reminder itself"):
        office.do(reminder_rules.add, draft=replace(TWO_DAYS, name="Other", not_within_hours=72))
    with pytest.raises(FrontdeskError, match="There is a rule of this name already"):
        office.do(reminder_rules.add, draft=TWO_DAYS)


def test_attempts_are_counted_and_kept(office: Office) -> None:
    booked(office)
    office.do(reminder_jobs.refresh)
    failed(office, AttemptResult.TEMPORARY, answer="text.example.com is busy (answer 429).")
    with Session(office.database.engines.read) as session:
        tried = session.scalars(select(ReminderAttempt)).one()
    assert (tried.result, tried.sent_to) == (AttemptResult.TEMPORARY, "5035550148")
    assert tried.next_try_at is not None
