"""What lies in the request queue at 10:42, and which visits come round again. Nobody of them exists."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.database import Database
from frontdesk.services.schedule import recall, visit_requests
from frontdesk.services.schedule.visit_requests import RequestChannel, RequestDraft, RequestState
from frontdesk.services.work import SYSTEM

RECALLS: Final = (
    ("Annual physical", 12),
    ("Annual wellness visit", 12),
    ("Well child", 12),
    ("Well woman exam", 12),
)


def leave(database: Database, clock: SetClock) -> None:
    """Five requests of this morning and yesterday, taken down by the desk; the office's recalls."""
    with Session(database.engines.read) as session:
        kinds = dict(session.execute(select(VisitType.name, VisitType.id)).all())
        users = acting.everybody(session)
        dana = users["dana"]
        people = {
            f"{first} {last}": id
            for id, first, last in session.execute(
                select(Patient.id, Patient.legal_first, Patient.legal_last).order_by(Patient.id.desc())
            )
        }
    asked = (
        (
            datetime(2026, 3, 16, 15, 40),
            RequestDraft(
                RequestChannel.REFERRAL,
                "Colposcopy, referred by Dr. Ellis Hart",
                caller_name="Renee Albright",
                caller_phone="5035550171",
                urgency=Urgency.THIS_WEEK,
                visit_type_id=kinds["Gynecologic procedure"],
                owner_id=users["theo"].user_id,
            ),
        ),
        (
            datetime(2026, 3, 16, 16, 25),
            RequestDraft(
                RequestChannel.EMAIL,
                "Work physical for a new employer",
                people["Troy Simmons"],
                visit_type_id=kinds["Work physical"],
                wanted_from=date(2026, 3, 23),
                wanted_until=date(2026, 3, 27),
                wanted_times="before 9 or after 4",
            ),
        ),
        (
            datetime(2026, 3, 17, 9, 5),
            RequestDraft(
                RequestChannel.PHONE,
                "Dizzy since yesterday, asks to be seen today",
                people["Lucille Bennett"],
                caller_name="Marcus Bennett",
                caller_relation="son",
                caller_phone="5035550143",
                urgency=Urgency.TODAY,
                visit_type_id=kinds["Urgent visit"],
                owner_id=dana.user_id,
            ),
        ),
        (
            datetime(2026, 3, 17, 9, 48),
            RequestDraft(
                RequestChannel.IN_PERSON,
                "Diabetes follow-up in three months",
                people["Winston Achebe"],
                visit_type_id=kinds["Follow-up"],
                wanted_from=date(2026, 6, 15),
                wanted_times="mornings",
            ),
        ),
        (
            datetime(2026, 3, 17, 10, 20),
            RequestDraft(
                RequestChannel.LETTER,
                "New patient, wants Dr. Okafor",
                caller_name="Harriet Blomquist",
                caller_phone="5035550158",
                visit_type_id=kinds["New patient visit"],
            ),
        ),
    )
    for at, draft in asked:
        clock.set(instant(at))
        taken = database.do(dana, visit_requests.take_down, draft=draft).result
        if draft.channel is RequestChannel.EMAIL:
            database.do(
                dana,
                visit_requests.move_on,
                request_id=taken,
                state=RequestState.WAITING,
                owner_id=dana.user_id,
                note="Asked which form the employer wants",
            )
    clock.set(STARTS_AT)
    for name, months in RECALLS:
        database.do(SYSTEM, recall.add_rule, visit_type_id=kinds[name], months=months)
