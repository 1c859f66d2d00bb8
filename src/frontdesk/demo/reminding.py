"""The sample office's reminders: its rules, two days of texts and e-mail, and the four of the call list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import TODAY, instant
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.errors import Refused
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import ReminderWay, Sex
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.message_settings import MailSecurity
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.database import Database
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import DetailsDraft, IdentityDraft, PatientDraft, PhoneDraft
from frontdesk.services.schedule import (
    booking,
    calls,
    message_settings,
    reminder_jobs,
    reminder_replies,
    reminder_rules,
)
from frontdesk.services.schedule.calls import CallOutcome
from frontdesk.services.schedule.delivery import AttemptResult
from frontdesk.services.schedule.message_settings import MailDraft, TextDraft
from frontdesk.services.schedule.reminder_rules import RuleDraft
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import SYSTEM


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody to call; `days` after today, at a time of the office's clock."""

    first: str
    last: str
    born_on: date
    kind: str
    reason: str
    days: int
    at: time
    phone: str


MAIL: Final = MailDraft(
    "smtp.harborpoint.example",
    587,
    MailSecurity.STARTTLS,
    "Harbor Point Family Medicine",
    "desk@harborpoint.example",
    "desk",
)
TEXT: Final = TextDraft(
    "https://text.harborpoint.example/messages",
    '{"to": "{to}", "from": "{from}", "text": "{text}"}',
    "Authorization: Bearer {token}",
    sender="+15035550100",
)
RULES: Final = (
    RuleDraft("Text, 2 days before", 48, (Channel.TEXT, Channel.EMAIL), 12),
    RuleDraft("Text, 3 hours before, with prep", 3, (Channel.TEXT,), 1, says_preparation=True),
    RuleDraft("Phone call by staff", 24, (Channel.PHONE,), 1, if_unconfirmed=True),
)
CALLED: Final = (
    Called("Roy", "Kemp", date(1958, 8, 3), "Follow-up", "COPD follow-up", 1, time(9, 30), "5035550137"),
    Called("Neil", "Grant", date(1987, 1, 25), "Office visit", "Back pain", 2, time(10), "5035550183"),
    Called("Rory", "Egan", date(1994, 5, 9), "New patient visit", "", 2, time(13), "5035550139"),
    Called(
        "Bernard",
        "Moss",
        date(1949, 11, 30),
        "Follow-up",
        "Diabetes follow-up",
        2,
        time(15, 45),
        "5035550141",
    ),
)
"""Dr. Lee's patients of the week on the mockup who did not confirm."""
_BOOKED_AT: Final = datetime.combine(TODAY - timedelta(days=6), time(14, 20))
_ROUNDS: Final = (
    datetime.combine(TODAY - timedelta(days=1), time(16, 45)),
    datetime.combine(TODAY, time(10, 30)),
)


def begin(database: Database, clock: SetClock) -> None:
    """Set the servers and rules up, book the four, and let two rounds of messages go out."""
    clock.set(instant(_BOOKED_AT))
    database.do(SYSTEM, message_settings.set_mail, draft=MAIL)
    database.do(SYSTEM, message_settings.set_text, draft=TEXT)
    for rule in RULES:
        database.do(SYSTEM, reminder_rules.add, draft=rule)
    visits = _book(database)
    messages = count(1)
    for at in _ROUNDS:
        clock.set(instant(at))
        _send(database, messages)
    clock.set(instant(_ROUNDS[0]))
    database.do(SYSTEM, calls.record, appointment_id=visits[-1], outcome=CallOutcome.NO_ANSWER)
    clock.set(STARTS_AT)


def _book(database: Database) -> list[int]:
    with Session(database.engines.read) as session:
        lee = session.scalars(select(Provider.id).where(Provider.last_name == "Lee")).one()
        kinds = dict(session.execute(select(VisitType.name, VisitType.id)).all())
    booked = []
    for each in CALLED:
        patient_id = database.do(
            SYSTEM,
            patients.register,
            draft=PatientDraft(
                identity=IdentityDraft(each.first, each.last, each.born_on, Sex.MALE),
                details=DetailsDraft(reminder_way=ReminderWay.CALL),
                phones=(PhoneDraft(each.phone, PhoneKind.MOBILE, voicemail_ok=each.last != "Egan"),),
            ),
            override="Of the mockups",
        ).result
        starts = datetime.combine(TODAY + timedelta(days=each.days), each.at)
        booked.append(_near(database, patient_id, lee, kinds[each.kind], starts, each.reason))
    return booked


def _quarters(wanted: datetime) -> Iterator[datetime]:
    """The quarters of an hour of two weeks of days, those nearest to the wanted time first on each."""
    for day in range(14):
        opens = datetime.combine(wanted.date() + timedelta(days=day), time(8))
        quarters = [opens + timedelta(minutes=15 * number) for number in range(36)]
        yield from sorted(quarters, key=lambda at: abs(at - wanted - timedelta(days=day)))


def _near(database: Database, patient_id: int, lee: int, kind: int, starts: datetime, reason: str) -> int:
    """At that time, or the nearest one of the day that is free, then the days after."""
    for quarter in _quarters(starts):
        slot = Slot(lee, quarter)
        try:
            return database.do(
                SYSTEM,
                booking.book,
                patient_id=patient_id,
                slot=slot,
                visit_type_id=kind,
                reason=reason,
            ).result
        except Refused:
            continue
    raise AssertionError("Dr. Lee has a free quarter of an hour within two weeks")


def _send(database: Database, messages: "count[int]") -> None:
    """A round as the sender makes it, with the answers that servers give: one number in twenty is wrong."""
    database.do(SYSTEM, reminder_jobs.refresh)
    while (claim := database.do(SYSTEM, reminder_jobs.claim).result) is not None:
        if not claim.job_ids:
            continue
        number = next(messages)
        host = MAIL.host if claim.channel is Channel.EMAIL else "text.harborpoint.example"
        what = "message" if claim.channel is Channel.EMAIL else "text"
        result, answer = AttemptResult.SENT, f"{host} took the {what}."
        if number % 20 == 7:
            result, answer = AttemptResult.PERMANENT, f"{host} refuses the number for good (answer 400)."
        database.do(
            SYSTEM,
            reminder_jobs.record,
            job_ids=claim.job_ids,
            result=result,
            sent_to=claim.sent_to,
            gateway_id=f"m-{number}" if result is AttemptResult.SENT else "",
            answer=answer,
        )
        if number == 5:
            database.do(
                SYSTEM,
                reminder_replies.record,
                channel=claim.channel,
                sender=claim.sent_to,
                said="Can I bring my daughter too?",
            )
