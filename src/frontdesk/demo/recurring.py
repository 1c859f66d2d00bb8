"""A weekly series, two who want a new time, and the fees for missed visits. None of these people exists."""

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
from frontdesk.models.schedule.appointment import CancelledBy, Confirmation
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import missed_fees
from frontdesk.services.database import Database
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import IdentityDraft, PatientDraft, PhoneDraft
from frontdesk.services.schedule import booking, openings, series, unscheduled
from frontdesk.services.schedule.recurrence import Rule, Unit
from frontdesk.services.schedule.search import OpeningRequest, Window
from frontdesk.services.visit import calling_off
from frontdesk.services.visit.calling_off import Next
from frontdesk.services.work import Actor

VISITS: Final = 6
LATE_CENTS, MISSED_CENTS = 2_500, 5_000


@dataclass(frozen=True, slots=True)
class Comes:
    """Somebody with a visit to come; the time is the first free one from a day on."""

    first: str
    last: str
    sex: Sex
    born_on: date
    phone: str
    kind: str
    reason: str
    provider: str
    from_day: date
    weekday: int


WEEKLY: Final = Comes(
    "Rafael",
    "Quintero",
    Sex.MALE,
    date(1971, 9, 22),
    "5035550154",
    "Follow-up",
    "Shoulder, physical therapy",
    "Raman",
    date(2026, 4, 9),
    3,
)
WANT_A_NEW_TIME: Final = (
    Comes(
        "Ingrid",
        "Solberg",
        Sex.FEMALE,
        date(1966, 2, 11),
        "5035550171",
        "Follow-up",
        "Thyroid follow-up",
        "Lee",
        date(2026, 4, 14),
        1,
    ),
    Comes(
        "Malik",
        "Freeman",
        Sex.MALE,
        date(1994, 7, 5),
        "9715550128",
        "Follow-up",
        "Knee pain",
        "Okafor",
        date(2026, 4, 15),
        2,
    ),
)


def leave(database: Database, clock: SetClock) -> None:
    """Book all of them, then call two visits off on the days before; Dana has tried to reach one of them."""
    with Session(database.engines.read) as session:
        providers = dict(session.execute(select(Provider.last_name, Provider.id)).all())
        kinds = dict(session.execute(select(VisitType.name, VisitType.id)).all())
        actor = acting.as_user(session, "dana")

    def book(each: Comes) -> int:
        patient_id = database.do(actor, patients.register, draft=_patient(each)).result
        request = OpeningRequest(
            visit_type_id=kinds[each.kind],
            patient_id=patient_id,
            provider_ids=(providers[each.provider],),
            windows=(Window(each.weekday, time(13)),),
            first_day=each.from_day,
        )
        found = database.ask(actor, openings.first_openings, request=request).found
        return database.do(
            actor,
            booking.book,
            patient_id=patient_id,
            slot=found[0].slot,
            visit_type_id=kinds[each.kind],
            reason=each.reason,
        ).result

    database.do(actor, missed_fees.set_fees, late_cancel_cents=LATE_CENTS, no_show_cents=MISSED_CENTS)
    clock.set(instant(datetime(2026, 3, 12, 9, 20)))
    _weekly(database, actor, book(WEEKLY))
    thyroid, knee = (book(each) for each in WANT_A_NEW_TIME)
    clock.set(instant(datetime(2026, 3, 13, 15, 40)))
    database.do(
        actor,
        calling_off.call_off,
        appointment_id=thyroid,
        by=CancelledBy.PATIENT,
        then=Next.UNSCHEDULED,
        reason="travels that week",
    )
    clock.set(instant(datetime(2026, 3, 16, 11, 5)))
    database.do(
        actor,
        calling_off.call_off,
        appointment_id=knee,
        by=CancelledBy.PROVIDER,
        then=Next.UNSCHEDULED,
        reason="Dr. Okafor is at a course",
    )
    clock.set(instant(datetime(2026, 3, 16, 16, 30)))
    database.do(
        actor,
        unscheduled.called,
        appointment_id=thyroid,
        outcome=Confirmation.MESSAGE_LEFT,
        note="asks for afternoons",
    )
    clock.set(STARTS_AT)


def _weekly(database: Database, actor: Actor, first: int) -> None:
    wanted = database.ask(actor, series.preview, appointment_id=first, rule=Rule(Unit.WEEK, count=VISITS))
    slots = tuple(each.slot if each.is_free else each.alternative for each in wanted)
    database.do(
        actor, series.make, appointment_id=first, slots=tuple(slot for slot in slots if slot is not None)
    )


def _patient(each: Comes) -> PatientDraft:
    return PatientDraft(
        identity=IdentityDraft(each.first, each.last, each.born_on, each.sex),
        phones=(PhoneDraft(each.phone, PhoneKind.MOBILE, text_ok=True, voicemail_ok=True),),
    )
