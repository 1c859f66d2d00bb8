"""Cards of a day: for everybody, or for those who want letters."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.registration.patient import ReminderWay
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import JobState, ReminderJob
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import DetailsDraft
from frontdesk.services.schedule import reminder_cards, reminder_jobs
from tests.builders.office import site
from tests.builders.registration import DANIELLE
from tests.builders.reminders import SAME_DAY, TWO_DAYS, rule
from tests.builders.schedule import at, book, visit_type, walter
from tests.office import Office

THURSDAY = date(2026, 3, 19)


def by_letter(office: Office) -> int:
    site(office)
    return office.do(
        patients.register, draft=replace(DANIELLE, details=DetailsDraft(reminder_way=ReminderWay.LETTER))
    )


def text_of(office: Office, *, only_mailed: bool) -> str:
    pdf = office.ask(reminder_cards.cards_pdf, day=THURSDAY, only_mailed=only_mailed)
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_card_says_when_and_where_to_and_never_why(office: Office) -> None:
    book(office, at("9:00", THURSDAY), patient_id=by_letter(office), reason="Cyst seen")
    book(office, at("9:15", THURSDAY), patient_id=walter(office))
    mailed = text_of(office, only_mailed=True)
    assert "Danielle Foster" in mailed
    assert "2218 Alder Court, Apt 4" in mailed
    assert "Thursday, March 19, 9:00 AM" in mailed
    assert "Walter" not in mailed
    everybody = text_of(office, only_mailed=False)
    assert "Walter Harris" in everybody
    assert "Cyst" not in everybody + mailed


def test_mailed_cards_are_marked_and_the_marking_is_taken_back(office: Office) -> None:
    now = office.clock.now()
    office.clock.advance(days=-7)
    book(office, at("9:00", THURSDAY), patient_id=by_letter(office))
    rule(office, replace(TWO_DAYS, name="Card", hours_before=120, channels=(Channel.LETTER,)))
    office.clock.set(now)
    office.do(reminder_jobs.refresh)

    def states() -> list[JobState]:
        with Session(office.database.engines.read) as session:
            return list(session.scalars(select(ReminderJob.state)))

    done = office.done(reminder_cards.mark_mailed, day=THURSDAY)
    assert states() == [JobState.SENT]
    office.database.undo(office.actor, done.entry_id)
    assert states() == [JobState.PLANNED]


def test_a_card_says_the_preparation_only_where_a_rule_may(office: Office) -> None:
    scan = visit_type(office, "Pelvic ultrasound", 15, preparation="full bladder")
    book(office, at("9:00", THURSDAY), visit_type_id=scan)
    assert "Full bladder." not in text_of(office, only_mailed=False)
    rule(office, SAME_DAY)
    assert "Full bladder." in text_of(office, only_mailed=False)
