"""Who is in the practice twice, and who only seems to be, by the real commands. None of them exists."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.reach import AlertKind, PhoneKind
from frontdesk.services.database import Database
from frontdesk.services.registration import alerts, coverages, duplicate_pairs, patients
from frontdesk.services.registration.drafts import (
    AddressDraft,
    CoverageDraft,
    DetailsDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
    PolicyDraft,
)


@dataclass(frozen=True, slots=True)
class Again:
    """A second chart, and why it was made all the same."""

    registered: datetime
    first: str
    last: str
    sex: Sex
    born_on: date
    phone: str
    why: str
    email: str = ""
    address: AddressDraft | None = None
    member_id: str = ""
    alert: str = ""
    are_two: str = ""
    """Why they are two persons, where the desk found that out."""


SECOND_CHARTS: Final = (
    Again(
        registered=datetime(2026, 3, 13, 9, 12),
        first="Gayle",
        last="Osterman",
        sex=Sex.FEMALE,
        born_on=date(1957, 11, 19),
        phone="5035550166",
        why="Was in a hurry, card not at hand",
        email="gayle.osterman@example.com",
        address=AddressDraft("4140 SE Woodward Street", "Portland", "OR", "97202"),
        member_id="1EG4TE5MK77",
        alert="Hard of hearing on the left; speak toward her right side",
    ),
    Again(
        registered=datetime(2026, 3, 13, 15, 40),
        first="Prentiss",
        last="Wade",
        sex=Sex.MALE,
        born_on=date(1965, 2, 2),
        phone="5035550128",
        why="No such name on file",
    ),
    Again(
        registered=datetime(2026, 3, 16, 8, 25),
        first="Collin",
        last="Dyer",
        sex=Sex.MALE,
        born_on=date(1988, 7, 21),
        phone="5035550139",
        why="Birth date differs",
        email="c.dyer@example.com",
    ),
    Again(
        registered=datetime(2026, 3, 16, 11, 50),
        first="Brook",
        last="Tully",
        sex=Sex.FEMALE,
        born_on=date(1997, 5, 8),
        phone="5035550112",
        why="Twin sister of Brooke Tully",
        are_two="Twin sisters, Brook and Brooke; both showed a license",
    ),
)


def register(database: Database, clock: SetClock) -> None:
    """Each second chart on its day, and what the desk decided on one of them."""
    with Session(database.engines.read) as session:
        medicare = session.scalars(
            select(Plan.id).join(Payer).where(Payer.name.like("Medicare%")).order_by(Plan.id)
        ).first()
        actor = acting.as_user(session, "dana")
    for each in SECOND_CHARTS:
        clock.set(instant(each.registered))
        patient_id = database.do(actor, patients.register, draft=_draft(each), override=each.why).result
        if each.member_id and medicare is not None:
            database.do(
                actor,
                coverages.add,
                patient_id=patient_id,
                policy=PolicyDraft(
                    medicare, each.member_id, date(2026, 1, 1), subscriber_patient_id=patient_id
                ),
                coverage=CoverageDraft(),
            )
        if each.alert:
            database.do(actor, alerts.add, patient_id=patient_id, kind=AlertKind.NOTE, sentence=each.alert)
        if each.are_two:
            for pair in database.ask(actor, duplicate_pairs.pairs):
                if patient_id in (pair.one.patient_id, pair.other.patient_id):
                    database.do(
                        actor,
                        duplicate_pairs.not_the_same,
                        pair_id=pair.pair_id,
                        version=pair.version,
                        note=each.are_two,
                    )
    clock.set(STARTS_AT)


def _draft(each: Again) -> PatientDraft:
    return PatientDraft(
        identity=IdentityDraft(each.first, each.last, each.born_on, each.sex),
        details=DetailsDraft(email=each.email),
        phones=(PhoneDraft(each.phone, PhoneKind.MOBILE, text_ok=True, voicemail_ok=True),),
        address=each.address,
    )
