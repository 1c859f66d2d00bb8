"""What the schedule knows of a patient: whether they are new, whom they have met, how they keep visits."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import bindparam, func, select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.names import first_last
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.prepared import Prepared
from frontdesk.services.work import Work

OPEN_RESTRICTED = "registration.open_restricted"
NEW_AFTER = timedelta(days=3 * 365)
"""A patient not seen for three years counts as new."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """The providers a patient has seen, the one they usually see, and when they were seen last."""

    met: frozenset[int]
    usual_id: int | None
    last_seen: datetime | None

    def is_new(self, at: datetime) -> bool:
        """As `is_new` would say of a visit at that time."""
        return self.last_seen is None or self.last_seen < _counts_from(at)


def spoken_name(patient: Patient) -> str:
    """As the desk says it: "Danielle Foster"."""
    return first_last(patient.preferred_name or patient.legal_first, patient.legal_last)


def against_booking(work: Work, patient: Patient) -> Iterator[Finding]:
    """Why nothing can be booked for a patient, whatever the time."""
    name = spoken_name(patient)
    if patient.status is PatientStatus.DECEASED:
        yield Finding(f"{name} is recorded as deceased. Nothing can be booked.", field="patient_id")
    elif patient.status is PatientStatus.MERGED:
        yield Finding(f"{name}'s chart was merged into another. Book on that one.", field="patient_id")
    elif patient.is_restricted and not work.actor.may(OPEN_RESTRICTED):
        yield Finding("This chart is restricted. Ask somebody who may open it to book.", field="patient_id")


def is_new(work: Work, patient_id: int, at: datetime) -> bool:
    """Whether nobody here has seen the patient in the three years before the day of a visit."""
    return not _SEEN.rows(work.session, {"patient": patient_id, "since": _counts_from(at)})


def _counts_from(at: datetime) -> datetime:
    return datetime.combine(at - NEW_AFTER, time())


_SEEN: Final = Prepared(
    select(Appointment.id)
    .where(
        Appointment.patient_id == bindparam("patient"),
        Appointment.lifecycle == Lifecycle.COMPLETED,
        Appointment.starts >= bindparam("since"),
    )
    .limit(1)
)


def acquaintance(work: Work, patient_id: int) -> Acquaintance:
    """Whom the patient has seen; the usual one is named on the chart, else seen most often."""
    named = work.get(Patient, patient_id).usual_provider_id
    rows = _MET.rows(work.session, {"patient": patient_id})
    seen = Counter({provider_id: count for provider_id, count, _ in rows})
    most = seen.most_common(1)
    return Acquaintance(
        frozenset(seen),
        named or (most[0][0] if most else None),
        max((last for _, _, last in rows), default=None),
    )


_MET: Final = Prepared(
    select(Appointment.provider_id, func.count(), func.max(Appointment.starts))
    .where(Appointment.patient_id == bindparam("patient"), Appointment.lifecycle == Lifecycle.COMPLETED)
    .group_by(Appointment.provider_id)
    .order_by(Appointment.provider_id)
)
