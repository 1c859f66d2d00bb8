"""The two-identifier check of a visit: what was compared, by whom, when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.registration.review import Section
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.visit.check_in import Identifier as Identifier
from frontdesk.models.visit.check_in import IdentityCheck
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration import reviews
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

SAID = {
    Identifier.NAME: "name",
    Identifier.BIRTH_DATE: "birth date",
    Identifier.PHOTO_ID: "photo ID",
    Identifier.ADDRESS: "address",
    Identifier.PHONE: "phone",
    Identifier.MEMBER_ID: "member ID",
}
_TWO = "Compare at least two: name, birth date, photo ID, address, phone or member ID."

says("append_only_identity_check", "An identity check stays on record. Compare again.")
says("ck_identity_check_two_identifiers", _TWO, field="identifiers")
says("ck_identity_check_identifiers_known", _TWO, field="identifiers")


@dataclass(frozen=True, slots=True)
class Identified:
    """That the patient is who the record says."""

    identifiers: tuple[Identifier, ...]
    at: datetime
    """On the office's clock."""
    by: str

    @property
    def words(self) -> str:
        """ "Photo ID and birth date match"."""
        return f"{said(self.identifiers)} match"


def said(identifiers: tuple[Identifier, ...]) -> str:
    """ "Name, birth date and photo ID"."""
    names = [SAID[each] for each in identifiers]
    words = " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
    return words[:1].upper() + words[1:]


@query(permission="visit.check_in")
def identified(work: Work, *, appointment_id: int) -> Identified | None:
    """The last check of the visit."""
    row = work.session.scalars(
        select(IdentityCheck)
        .where(IdentityCheck.appointment_id == appointment_id)
        .order_by(IdentityCheck.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Identified(row.identifiers, work.wall(row.checked_at), row.checked_by)


@command(
    "Compare identity",
    permission="visit.check_in",
    undo=irreversible("A check stays on record: compare again, and the later one counts."),
)
def compare(work: Work, *, appointment_id: int, identifiers: tuple[Identifier, ...]) -> int:
    """These identifiers were compared with the record, and match; at least two (NPSG.01.01.01 names two)."""
    chosen = tuple(each for each in Identifier if each in identifiers)
    refuse_if_any([] if len(chosen) >= 2 else [Finding(_TWO, field="identifiers")])
    visit = work.get(Appointment, appointment_id)
    row = work.add(
        IdentityCheck(
            appointment_id=appointment_id,
            patient_id=visit.patient_id,
            identifiers=chosen,
            checked_at=work.now,
            checked_by=work.actor.name,
            user_id=work.actor.user_id,
            station_id=work.station.id,
        )
    )
    reviews.mark_reviewed(
        work, patient_id=visit.patient_id, sections=(Section.IDENTITY,), appointment_id=appointment_id
    )
    return row.id
