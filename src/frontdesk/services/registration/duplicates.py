"""Who in the practice may be the same person as somebody about to be registered."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.names import first_last
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.search_key import PatientMatchKey
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.registration import match_keys
from frontdesk.services.registration.likeness import compare
from frontdesk.services.registration.person import Person
from frontdesk.services.work import Work

_MOST_COMPARED = 100
"""The records that share the most keys; a person's own share nearly always more than one."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A registered patient who may be the one at the desk, with what speaks for it."""

    patient_id: int
    name: str
    born_on: date
    chart_number: str
    status: PatientStatus
    points: float
    is_certain: bool
    reasons: tuple[str, ...]


@query(permission="registration.view")
def candidates(work: Work, *, person: Person) -> tuple[LookAlike, ...]:
    """The most alike first; ask with what is typed so far."""
    return look_alikes(work, person)


def look_alikes(work: Work, person: Person) -> tuple[LookAlike, ...]:
    """Patients likely to be this person, inactive ones included, merged ones not; six statements."""
    compared = (
        (patient_id, compare(person, other))
        for patient_id, other in match_keys.people(work, sharing_keys(work, person))
    )
    likely = {patient_id: likeness for patient_id, likeness in compared if likeness.is_likely}
    if not likely:
        return ()
    alike = [
        LookAlike(
            patient_id=row.id,
            name=first_last(row.legal_first, row.legal_last),
            born_on=row.born_on,
            chart_number=row.chart_number,
            status=row.status,
            points=likely[row.id].points,
            is_certain=likely[row.id].is_certain,
            reasons=likely[row.id].reasons,
        )
        for row in work.session.execute(
            select(
                Patient.id,
                Patient.legal_first,
                Patient.legal_last,
                Patient.born_on,
                Patient.chart_number,
                Patient.status,
            ).where(Patient.id.in_(likely))
        )
    ]
    return tuple(sorted(alike, key=lambda found: (-found.points, found.patient_id)))


def sharing_keys(work: Work, person: Person) -> tuple[int, ...]:
    """Patients who share a key with the person, those with the most keys first."""
    keys = sorted(match_keys.sought(person))
    if not keys:
        return ()
    return tuple(patient_id for (patient_id,) in _SHARING.rows(work.session, {"keys": keys}))


_SHARING: Final = Prepared(
    select(PatientMatchKey.patient_id)
    .where(among(PatientMatchKey.key, "keys"))
    .group_by(PatientMatchKey.patient_id)
    .order_by(func.count().desc(), PatientMatchKey.patient_id)
    .limit(_MOST_COMPARED)
)
