"""What the desk is told while booking: which reminders will come, and which not and why."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.schedule.reminder import ReminderJob
from frontdesk.services.schedule import reminder_jobs, reminder_preview
from frontdesk.services.schedule.reminder_preview import ReminderLine
from tests.builders.registration import danielle, patient
from tests.builders.reminders import SAME_DAY, TWO_DAYS, rule, sends
from tests.builders.schedule import at, book, visit_type
from tests.office import Office

NEXT_WEEK = date(2026, 3, 24)


def lines(office: Office, patient_id: int, on: date = NEXT_WEEK) -> list[tuple[str, str, bool]]:
    scan = visit_type(office, "Pelvic ultrasound", 15, preparation="full bladder")
    found = office.ask(
        reminder_preview.ahead, patient_id=patient_id, visit_type_id=scan, starts=at("1:30", on)
    )
    return [(line.name, line.detail, line.goes_out) for line in found.lines]


def test_each_rule_says_where_it_goes_or_what_it_says(office: Office) -> None:
    sends(office)
    rule(office)
    rule(office, SAME_DAY)
    assert lines(office, danielle(office)) == [
        (TWO_DAYS.name, "(503) 555-0148", True),
        (SAME_DAY.name, "full bladder", True),
    ]


def test_a_line_that_will_not_come_says_why(office: Office) -> None:
    sends(office)
    rule(office)
    rule(office, SAME_DAY)
    assert lines(office, danielle(office), date(2026, 3, 18)) == [
        (TWO_DAYS.name, "the visit is too near", False),
        (SAME_DAY.name, "full bladder", True),
    ]
    nobody = patient(office, "Nell", "Ortega", date(1970, 4, 2))
    assert lines(office, nobody) == [
        (TWO_DAYS.name, "no way on file", False),
        (SAME_DAY.name, "no way on file", False),
    ]


def test_without_rules_there_is_nothing_to_say(office: Office) -> None:
    assert lines(office, danielle(office)) == []


def test_a_line_left_out_while_booking_sends_nothing(office: Office) -> None:
    sends(office)
    two_days, same_day = rule(office), rule(office, SAME_DAY)
    book(office, at("1:30", NEXT_WEEK), no_reminders=(two_days,))
    office.clock.advance(days=6)
    office.do(reminder_jobs.refresh)
    with Session(office.database.engines.read) as session:
        assert list(session.scalars(select(ReminderJob.rule_id))) == [same_day]


def test_the_language_comes_from_the_chart(office: Office) -> None:
    rule(office)
    found = office.ask(
        reminder_preview.ahead,
        patient_id=danielle(office),
        visit_type_id=visit_type(office),
        starts=at("1:30", NEXT_WEEK),
    )
    assert (found.language, found.interpreter_needed) == ("English", False)
    assert isinstance(found.lines[0], ReminderLine)
