"""What the schedule knows of a patient: whether they are new, whom they have met, how they keep visits."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, func, select

from frontdesk.kernel.names import first_last
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.work import Work

NEW_AFTER = timedelta(days=3 * 365)
"""A patient not seen for three years counts as new."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """The providers a patient has seen, and the one they usually see."""

    met: frozenset[int]
    usual_id: int | None


def spoken_name(patient: Patient) -> str:
    """As the desk says it: "Danielle Foster"."""
    return first_last(patient.preferred_name or patient.legal_first, patient.legal_last)


def is_new(work: Work, patient_id: int, at: datetime) -> bool:
    """Whether nobody here has seen the patient in the three years before a visit."""
    asked = {"patient": patient_id, "since": at - NEW_AFTER, "at": at}
    return work.session.scalar(_SEEN, asked) is None


# Every booking asks this; making the statement anew took longer than its answer.
_SEEN: Final = (
    select(Appointment.id)
    .where(
        Appointment.patient_id == bindparam("patient"),
        Appointment.lifecycle == Lifecycle.COMPLETED,
        Appointment.starts >= bindparam("since"),
        Appointment.starts < bindparam("at"),
    )
    .limit(1)
)


def acquaintance(work: Work, patient_id: int) -> Acquaintance:
    """Whom the patient has seen; the usual one is named on the chart, else seen most often."""
    named = work.get(Patient, patient_id).usual_provider_id
    asked = (
        select(Appointment.provider_id, func.count())
        .where(Appointment.patient_id == patient_id, Appointment.lifecycle == Lifecycle.COMPLETED)
        .group_by(Appointment.provider_id)
        .order_by(Appointment.provider_id)
    )
    seen = Counter(dict(work.session.execute(asked).all()))
    most = seen.most_common(1)
    return Acquaintance(frozenset(seen), named or (most[0][0] if most else None))
