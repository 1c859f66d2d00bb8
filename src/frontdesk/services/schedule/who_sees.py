"""Whom a provider sees, read from the book itself: nobody keeps such a list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.models.registration.patient import Patient, Sex
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.schedule.taken import STANDING
from frontdesk.services.work import Work

_DAYS: Final = 90
"""How far back and ahead the book is read."""
_CHILD_UNTIL: Final = timedelta(days=18 * 365.25)


@dataclass(frozen=True, slots=True)
class Seen:
    """A kind of visit, and of patient."""

    visit_type_id: int
    sex: Sex
    is_child: bool


def seen_lately(work: Work) -> dict[int, set[Seen]]:
    """What each provider has in the book; one statement."""
    is_child = Patient.born_on > work.today - _CHILD_UNTIL
    asked = (
        select(Appointment.provider_id, Appointment.visit_type_id, Patient.sex, is_child)
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(
            Appointment.starts >= work.local_now - timedelta(_DAYS),
            Appointment.starts < work.local_now + timedelta(_DAYS),
            Appointment.lifecycle.in_(STANDING),
        )
        .distinct()
    )
    found: dict[int, set[Seen]] = {}
    for provider_id, visit_type_id, sex, child in work.session.execute(asked):
        found.setdefault(provider_id, set()).add(Seen(visit_type_id, sex, bool(child)))
    return found


def who_may_see(
    visit: Appointment,
    patient: Patient,
    provider_ids: Collection[int],
    seen: Mapping[int, Collection[Seen]],
    today: date,
) -> tuple[int, ...]:
    """The visit's own provider; who sees such visits of such patients; and who has seen nobody yet."""
    wanted = Seen(visit.visit_type_id, patient.sex, patient.born_on > today - _CHILD_UNTIL)
    return tuple(
        id for id in provider_ids if id == visit.provider_id or not seen.get(id) or wanted in seen[id]
    )
