"""Who waits at 10:42 for a time: the six of the mockup, added by the real commands. None of them exists."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.database import Database
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import IdentityDraft, PatientDraft, PhoneDraft
from frontdesk.services.schedule import waitlist_entries
from frontdesk.services.schedule.search import Window
from frontdesk.services.schedule.waitlist_entries import EntryDraft


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody on the waitlist."""

    first: str
    last: str
    sex: Sex
    born_on: date
    phone: str
    added: datetime
    kind: str
    reason: str
    urgency: Urgency
    provider: str = ""
    windows: tuple[Window, ...] = ()
    notice_minutes: int = 0


def _each_weekday(starts: time) -> tuple[Window, ...]:
    return tuple(Window(weekday, starts) for weekday in range(5))


PEOPLE: Final = (
    Waits(
        first="Alicia",
        last="Moreno",
        sex=Sex.FEMALE,
        born_on=date(1979, 8, 3),
        phone="5035550187",
        added=datetime(2026, 3, 17, 9, 52),
        kind="Urgent visit",
        reason="Chest cold, fever 2 days",
        urgency=Urgency.TODAY,
    ),
    Waits(
        first="Colin",
        last="Dyer",
        sex=Sex.MALE,
        born_on=date(1988, 1, 27),
        phone="5035550139",
        added=datetime(2026, 3, 17, 10, 14),
        kind="Urgent visit",
        reason="Back spasm",
        urgency=Urgency.TODAY,
        windows=_each_weekday(time(11, 30)),
        notice_minutes=60,
    ),
    Waits(
        first="Gail",
        last="Osterman",
        sex=Sex.FEMALE,
        born_on=date(1957, 11, 19),
        phone="5035550166",
        added=datetime(2026, 3, 12, 14, 5),
        kind="Follow-up",
        reason="Hypertension follow-up",
        urgency=Urgency.THIS_WEEK,
        provider="Lee",
    ),
    Waits(
        first="Brooke",
        last="Tully",
        sex=Sex.FEMALE,
        born_on=date(1997, 5, 8),
        phone="5035550112",
        added=datetime(2026, 3, 16, 11, 30),
        kind="Prenatal visit",
        reason="Prenatal, 24 wk",
        urgency=Urgency.THIS_WEEK,
        provider="Whitfield",
    ),
    Waits(
        first="Samantha",
        last="Yoder",
        sex=Sex.FEMALE,
        born_on=date(1991, 9, 14),
        phone="5035550154",
        added=datetime(2026, 3, 5, 9, 20),
        kind="Annual physical",
        reason="Annual physical",
        urgency=Urgency.ROUTINE,
        provider="Okafor",
        windows=_each_weekday(time(12)),
    ),
    Waits(
        first="Wade",
        last="Prentiss",
        sex=Sex.MALE,
        born_on=date(1965, 2, 2),
        phone="5035550128",
        added=datetime(2026, 3, 11, 16, 48),
        kind="Office visit",
        reason="Refill visit",
        urgency=Urgency.ROUTINE,
        provider="Raman",
    ),
)


def leave(database: Database, clock: SetClock) -> None:
    """Register the six and put each on the waitlist when they called."""
    with Session(database.engines.read) as session:
        providers = dict(session.execute(select(Provider.last_name, Provider.id)).all())
        kinds = dict(session.execute(select(VisitType.name, VisitType.id)).all())
        actor = acting.as_user(session, "dana")
    for each in sorted(PEOPLE, key=lambda each: each.added):
        clock.set(instant(each.added))
        patient_id = database.do(actor, patients.register, draft=_patient(each)).result
        wish = EntryDraft(
            patient_id=patient_id,
            visit_type_id=kinds[each.kind],
            reason=each.reason,
            urgency=each.urgency,
            provider_ids=(providers[each.provider],) if each.provider else (),
            windows=each.windows,
            notice_minutes=each.notice_minutes,
        )
        database.do(actor, waitlist_entries.add, draft=wish)
    clock.set(STARTS_AT)


def _patient(each: Waits) -> PatientDraft:
    return PatientDraft(
        identity=IdentityDraft(each.first, each.last, each.born_on, each.sex),
        phones=(PhoneDraft(each.phone, PhoneKind.MOBILE, text_ok=True, voicemail_ok=True),),
    )
