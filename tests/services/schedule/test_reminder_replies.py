"""Answers to reminders: what they mean, and what they do."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.schedule.appointment import Appointment, Channel, Confirmation, Lifecycle
from frontdesk.models.schedule.reminder import ReminderReply, ReplyMeaning
from frontdesk.services.schedule import calls, reminder_jobs, reminder_replies
from frontdesk.services.schedule.delivery import AttemptResult
from frontdesk.services.schedule.reminder_replies import Replied, meaning_of
from tests.builders.reminders import rule, sends
from tests.builders.schedule import at, book
from tests.office import Office

THURSDAY = date(2026, 3, 19)


def sent(office: Office) -> int:
    """Danielle's visit on Thursday at 9:00, with the text about it on its way."""
    sends(office)
    rule(office)
    now = office.clock.now()
    office.clock.advance(days=-7)
    visit = book(office, at("9:00", THURSDAY))
    office.clock.set(now)
    office.do(reminder_jobs.refresh)
    claim = office.do(reminder_jobs.claim)
    assert claim is not None
    office.do(reminder_jobs.record, job_ids=claim.job_ids, result=AttemptResult.SENT, sent_to=claim.sent_to)
    return visit


def answers(office: Office, said: str) -> Replied:
    return office.do(reminder_replies.record, channel=Channel.TEXT, sender="(503) 555-0148", said=said)


def confirmation_of(office: Office, visit: int) -> tuple[Confirmation, Lifecycle]:
    with Session(office.database.engines.read) as session:
        found = session.scalars(select(Appointment).where(Appointment.id == visit)).one()
        return found.confirmation, found.lifecycle


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("C", ReplyMeaning.CONFIRM),
        (" yes! ", ReplyMeaning.CONFIRM),
        ("Sí", ReplyMeaning.CONFIRM),
        ("Confirmo", ReplyMeaning.CONFIRM),
        ("STOP", ReplyMeaning.STOP),
        ("Stop texting me about this please", ReplyMeaning.STOP),
        ("Cancel", ReplyMeaning.STOP),
        ("alto", ReplyMeaning.STOP),
        ("START", ReplyMeaning.START),
        ("no", ReplyMeaning.DECLINE),
        ("Yes but can I come half an hour later?", ReplyMeaning.OTHER),
        ("who is this", ReplyMeaning.OTHER),
        ("?", ReplyMeaning.OTHER),
    ],
)
def test_the_first_word_says_what_an_answer_means(said: str, meaning: ReplyMeaning) -> None:
    assert meaning_of(said) is meaning


def test_a_yes_confirms_and_undo_takes_it_back(office: Office) -> None:
    visit = sent(office)
    done = office.done(reminder_replies.record, channel=Channel.TEXT, sender="503-555-0148", said="Yes")
    assert confirmation_of(office, visit) == (Confirmation.CONFIRMED, Lifecycle.BOOKED)
    office.database.undo(office.actor, done.entry_id)
    assert confirmation_of(office, visit) == (Confirmation.NONE, Lifecycle.BOOKED)
    assert office.ask(reminder_replies.replies) == ()


def test_a_no_declines_asks_for_a_call_and_cancels_nothing(office: Office) -> None:
    visit = sent(office)
    answers(office, "no")
    assert confirmation_of(office, visit) == (Confirmation.DECLINED, Lifecycle.BOOKED)
    assert [call.why for call in office.ask(calls.call_list)] == ["The patient wrote that they cannot come."]


def test_own_words_ask_for_a_call(office: Office) -> None:
    visit = sent(office)
    answers(office, "Can I bring my daughter too?")
    assert confirmation_of(office, visit)[0] is Confirmation.NONE
    assert [call.why for call in office.ask(calls.call_list)] == ["The patient answered in their own words."]
    (reply,) = office.ask(reminder_replies.replies)
    assert (reply.said, reply.patient) == ("Can I bring my daughter too?", "Foster, Danielle")


def test_stop_ends_the_texts_to_that_number_until_it_is_allowed_again(office: Office) -> None:
    sent(office)
    answers(office, "STOP")
    now = office.clock.now()
    office.clock.advance(days=-7)
    book(office, at("9:30", THURSDAY))
    office.clock.set(now)
    office.do(reminder_jobs.refresh)
    claim = office.do(reminder_jobs.claim)
    assert claim is not None
    assert (claim.channel, claim.sent_to) == (Channel.EMAIL, "d.foster@example.com")
    (opt_out,) = office.ask(reminder_replies.opt_outs)
    office.do(reminder_replies.allow_again, opt_out_id=opt_out.id)
    assert office.ask(reminder_replies.opt_outs) == ()
    with pytest.raises(Conflict, match="allowed again already"):
        office.do(reminder_replies.allow_again, opt_out_id=opt_out.id)


def test_start_allows_the_texts_again(office: Office) -> None:
    sent(office)
    answers(office, "STOP")
    answers(office, "START")
    assert office.ask(reminder_replies.opt_outs) == ()


def test_each_wrong_field_of_an_answer_has_its_sentence(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.do(reminder_replies.record, channel=Channel.PHONE, sender=" ", said=" ")
    assert [finding.message for finding in refused.value.findings] == [
        "Choose text or e-mail; a call is noted on the call list.",
        "Write the number or address that the answer came from.",
        "Write what the patient answered.",
    ]
    with pytest.raises(Refused, match=r"This is longer than 800 characters\. Enter the part that matters\."):
        answers(office, "a" * 801)
    office.do(reminder_replies.stop_messages, channel=Channel.EMAIL, address="Ann@example.com")
    with pytest.raises(Refused, match=r"This number or address wants no messages already\."):
        office.do(reminder_replies.stop_messages, channel=Channel.EMAIL, address="ann@example.com")


def test_the_database_keeps_answers_and_one_opt_out_for_each_number(office: Office) -> None:
    sent(office)
    answers(office, "STOP")
    for statement in (
        "UPDATE reminder_reply SET said = 'yes'",
        "DELETE FROM reminder_reply",
        (
            "INSERT INTO reminder_opt_out (id, version, channel, address, since_at) "
            "SELECT id + 1, 1, channel, address, since_at FROM reminder_opt_out"
        ),
        "UPDATE reminder_opt_out SET channel = 'phone'",
    ):
        with (
            pytest.raises(IntegrityError),
            Session(office.database.engines.write) as session,
            session.begin(),
        ):
            session.connection().exec_driver_sql(statement)
    with Session(office.database.engines.read) as session:
        assert session.scalars(select(ReminderReply)).one().said == "STOP"
