"""Every command of reminders, once."""

from dataclasses import replace
from datetime import date, time

from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.services.schedule import (
    calls,
    message_settings,
    notices,
    reminder_cards,
    reminder_jobs,
    reminder_replies,
    reminder_rules,
    reminder_templates,
)
from frontdesk.services.schedule.calls import CallOutcome
from frontdesk.services.schedule.delivery import AttemptResult
from frontdesk.services.schedule.message_settings import QuietDraft
from frontdesk.services.schedule.reminder_templates import TemplateDraft
from tests.builders.registration import patient
from tests.builders.reminders import MAIL, SAME_DAY, TEXT, TWO_DAYS, rule, sends
from tests.builders.schedule import at, book, visit_type
from tests.office import Office

MONDAY = date(2026, 3, 23)


def run(office: Office) -> None:
    """Rules, servers and words; messages that go, come back and are answered; calls."""
    sends(office)
    office.do(message_settings.set_mail, draft=replace(MAIL, port=465))
    office.do(message_settings.set_text, draft=replace(TEXT, sender="+15035550101"))
    office.do(message_settings.set_quiet, draft=QuietDraft(time(21), time(7)))
    two_days = rule(office)
    same_day = rule(office, SAME_DAY)
    other = visit_type(office, "Walk-in", 15)
    office.do(reminder_rules.change, rule_id=two_days, draft=replace(TWO_DAYS, off_type_ids=(other,)))
    office.do(reminder_rules.set_active, rule_id=same_day, is_active=False)
    office.do(reminder_rules.set_active, rule_id=same_day, is_active=True)
    office.do(
        reminder_templates.write,
        channel=Channel.TEXT,
        language="en",
        draft=TemplateDraft("", "{practice}: your visit is on {day} at {time}. Reply STOP to end."),
    )
    person = patient(office, "Nell", "Ortega", date(1970, 4, 2), phone="(503) 555-0133")
    visit = book(office, at("9:00", MONDAY), patient_id=person)
    office.do(reminder_rules.skip_for_visit, appointment_id=visit, rule_id=same_day, is_off=True)
    told = office.do(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.NEW_TIME,
        channel=Channel.TEXT,
        said="We moved your visit to Monday at 9:00.",
    )
    office.do(reminder_jobs.refresh)
    taken = office.do(reminder_jobs.claim)
    assert taken is not None
    office.do(
        reminder_jobs.record,
        job_ids=taken.job_ids,
        result=AttemptResult.SENT,
        sent_to=taken.sent_to,
        gateway_id="m-1",
        answer="text.example.com took the text.",
    )
    office.do(reminder_replies.record, channel=Channel.TEXT, sender="503 555 0133", said="C")
    wrong = office.do(reminder_replies.record, channel=Channel.TEXT, sender="503 555 0133", said="STOP")
    office.do(reminder_replies.take_back, replied=wrong)
    stopped = office.do(reminder_replies.stop_messages, channel=Channel.TEXT, address="503 555 0134")
    office.do(reminder_replies.allow_again, opt_out_id=stopped)
    office.do(reminder_replies.stop_messages, channel=Channel.EMAIL, address="nell@example.com")
    office.do(reminder_jobs.mark_bounced, job_id=taken.job_ids[0], said="No such number")
    called = office.do(calls.record, appointment_id=visit, outcome=CallOutcome.MESSAGE_LEFT)
    office.do(
        calls.take_back,
        appointment_id=visit,
        event_id=called.event_id,
        job_ids=called.job_ids,
    )
    office.do(calls.record, appointment_id=visit, outcome=CallOutcome.CONFIRMED)
    office.do(notices.take_back, notice_id=told)
    mailed = office.do(reminder_cards.mark_mailed, day=MONDAY)
    office.do(reminder_cards.mark_not_mailed, job_ids=mailed)
