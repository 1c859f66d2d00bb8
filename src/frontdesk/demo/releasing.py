"""Copies that left before today, and what today's requests cost. Nobody of them exists."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.registration.patient import Patient
from frontdesk.services.database import Database
from frontdesk.services.records import (
    accounting,
    disclosures,
    release_choice,
    release_deliveries,
    release_fees,
    release_forms,
    release_packets,
    release_sending,
    release_steps,
    releases,
)
from frontdesk.services.records.disclosures import DisclosureDraft, Ground
from frontdesk.services.records.release_deliveries import Outcome
from frontdesk.services.records.release_fees import NO_COSTS
from frontdesk.services.records.release_forms import CheckItem
from frontdesk.services.records.release_sending import Letter
from frontdesk.services.records.releases import (
    Basis,
    CameBy,
    CopyForm,
    Delivery,
    ReleaseDraft,
    Requester,
)
from frontdesk.services.work import Actor

_COUNTY: Final = "Multnomah County Health Department"
_COUNTY_ADDRESS: Final = "619 NW 6th Avenue\nPortland, OR 97209"


@dataclass(frozen=True, slots=True)
class Gone:
    """A request of which the copies left, and what shows that they arrived."""

    patient: str
    received: date
    sent: date
    requester: Requester
    basis: Basis
    who: str
    address: str
    purpose: str
    covers_from: date | None
    delivery: Delivery
    items: tuple[CheckItem, ...]
    tracking: str = ""
    id_seen: str = ""
    arrived: date | None = None
    shows: str = ""
    by: str = ""


GONE: Final = (
    Gone(
        "Walter Harris",
        date(2026, 1, 20),
        date(2026, 1, 22),
        Requester.PUBLIC_HEALTH,
        Basis.PUBLIC_HEALTH,
        _COUNTY,
        _COUNTY_ADDRESS,
        "Follow-up of a reportable disease",
        date(2025, 10, 1),
        Delivery.MAIL,
        (CheckItem.IDENTITY, CheckItem.AUTHORITY, CheckItem.MINIMUM),
        tracking="9400 1000 0000 0000 0261 07",
        arrived=date(2026, 1, 26),
        shows="Signed for at the department",
        by="T. Alvarez",
    ),
    Gone(
        "Danielle Foster",
        date(2026, 2, 3),
        date(2026, 2, 9),
        Requester.PATIENT,
        Basis.ACCESS,
        "Danielle Foster",
        "",
        "",
        None,
        Delivery.PICK_UP,
        (CheckItem.IDENTITY,),
        id_seen="Oregon driver license",
        arrived=date(2026, 2, 9),
        shows="Handed over at the desk",
        by="Danielle Foster",
    ),
)


def send_past(database: Database, clock: SetClock) -> None:
    """What left in January and February, as it would have been sent; ahead of today's requests."""
    people, dana = _people(database), _dana(database)
    for gone in GONE:
        _send(database, clock, dana, gone, people[gone.patient])
    report = DisclosureDraft(
        disclosed_on=date(2026, 3, 12),
        recipient=_COUNTY,
        what="Pneumonia, hospital stay 03/09 to 03/12, by telephone",
        purpose="Report of an outbreak at a care home",
        ground=Ground.PUBLIC_HEALTH,
        recipient_address=_COUNTY_ADDRESS,
    )
    clock.set(instant(datetime(2026, 3, 12, 16, 20)))
    database.do(dana, disclosures.enter, patient_id=people["Walter Harris"], draft=report)
    clock.set(instant(datetime(2026, 3, 2, 11, 5)))
    database.do(
        dana,
        accounting.ask,
        patient_id=people["Walter Harris"],
        asked_by="June Harris, with his authorization",
        asked_on=date(2026, 3, 2),
    )
    clock.set(STARTS_AT)


def state_fees(database: Database, clock: SetClock) -> None:
    """Of today's requests one copy costs nothing; an insurer was told its fee, and has not paid."""
    people, dana = _people(database), _dana(database)
    clock.set(instant(datetime(2026, 3, 16, 16, 40)))
    _waive(database, dana, _request(database, people["Raymond Castillo"], "Raymond Castillo"), "A few pages")
    insurer = _request(database, people["Marcus Bell"], "Evergreen Auto Insurance")
    database.do(dana, release_fees.state, request_id=insurer, costs=NO_COSTS, instead_of=None)
    clock.set(STARTS_AT)


def _send(database: Database, clock: SetClock, dana: Actor, gone: Gone, patient_id: int) -> None:
    clock.set(instant(datetime.combine(gone.received, time(9, 15))))
    draft = ReleaseDraft(
        patient_id=patient_id,
        requester=gone.requester,
        basis=gone.basis,
        requester_name=gone.who,
        requester_address=gone.address,
        came_by=CameBy.MAIL if gone.address else CameBy.IN_PERSON,
        received_on=gone.received,
        copy_form=CopyForm.PAPER,
        delivery=gone.delivery,
        purpose=gone.purpose,
        covers_from=gone.covers_from,
        covers_until=gone.sent,
    )
    request_id = database.do(dana, releases.write_down, draft=draft).result
    for item in gone.items:
        database.do(
            dana,
            release_forms.check_item,
            request_id=request_id,
            item=item,
            holds=True,
            words="letterhead and a call back" if gone.address else "driver license and birth date",
        )
    clock.set(instant(datetime.combine(gone.sent, time(13, 40))))
    database.do(dana, release_choice.propose, request_id=request_id)
    if gone.basis is Basis.ACCESS:
        _waive(database, dana, request_id, "First copy of the year")
    chosen = database.ask(dana, release_choice.choice, request_id=request_id).document_ids
    database.do(dana, release_steps.prepare, request_id=request_id, document_ids=chosen)
    built = database.ask(dana, release_packets.build, request_id=request_id)
    kept = release_packets.keep(database, built, is_locked=False)
    letter = Letter(gone.delivery, gone.who, gone.address, tracking=gone.tracking, id_seen=gone.id_seen)
    went = database.do(
        dana,
        release_sending.send,
        request_id=request_id,
        packet_sha256=kept.sha256,
        fingerprint=built.fingerprint,
        letter=letter,
    ).result
    if gone.arrived is not None:
        clock.set(instant(datetime.combine(gone.arrived, time(16, 5))))
        database.do(
            dana,
            release_deliveries.note_proof,
            sending_id=went.sending_id,
            outcome=Outcome.DELIVERED,
            happened_on=gone.arrived,
            words=gone.shows,
            received_by=gone.by,
        )


def _waive(database: Database, dana: Actor, request_id: int, why: str) -> None:
    database.do(dana, release_fees.state, request_id=request_id, costs=NO_COSTS, waived=why, instead_of=None)


def _request(database: Database, patient_id: int, who: str) -> int:
    with Session(database.engines.read) as session:
        return session.scalars(
            select(ReleaseRequest.id).where(
                ReleaseRequest.patient_id == patient_id, ReleaseRequest.requester_name == who
            )
        ).one()


def _people(database: Database) -> dict[str, int]:
    with Session(database.engines.read) as session:
        return {
            f"{first} {last}": id
            for id, first, last in session.execute(
                select(Patient.id, Patient.legal_first, Patient.legal_last).order_by(Patient.id.desc())
            )
        }


def _dana(database: Database) -> Actor:
    with Session(database.engines.read) as session:
        return acting.as_user(session, "dana")
