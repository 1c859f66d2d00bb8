"""Times that are kept for callers just now, as the book shows them, and how one is taken up again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.resource_booking import SlotHold
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Held:
    """A time that is kept; wall times."""

    id: int
    provider_id: int
    starts: datetime
    ends: datetime
    by: str
    until: datetime
    is_own: bool
    """Kept by the person who looks."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept time with whom and what it is for, to go on with the booking."""

    held: Held
    patient_id: int
    patient: str
    born_on: date
    visit_type_id: int

    @property
    def slot(self) -> Slot:
        minutes = int((self.held.ends - self.held.starts).total_seconds() // 60)
        return Slot(self.held.provider_id, self.held.starts, minutes)


@query(permission="schedule.book")
def kept(work: Work, *, hold_id: int) -> Kept:
    """What the person at the desk holds; raises `Refused` once it has ended."""
    row = work.get(SlotHold, hold_id)
    if row.ended_at is not None or row.expires_at <= work.now or row.patient_id is None:
        raise Refused(Finding("This hold has ended. Look whether the time is still free.", field="slot"))
    if not _is_own(work, row):
        raise Refused(Finding(f"{row.held_by} holds this time. Choose another opening.", field="slot"))
    patient = work.get(Patient, row.patient_id)
    name = first_last(patient.legal_first, patient.legal_last)
    return Kept(_held(work, row), patient.id, name, patient.born_on, row.visit_type_id)


def load(work: Work, origin: datetime, until: datetime, provider_ids: Collection[int]) -> tuple[Held, ...]:
    """The live holds of providers in a span, by time; one statement."""
    wanted = {"providers": provider_ids, "now": work.now, "begin": origin, "end": until}
    return tuple(_held(work, row) for row in _LIVE.named(work.session, wanted))


# Any, here: a hold as it is mapped, or its columns by name.
def _held(work: Work, row: Any) -> Held:
    return Held(
        id=row.id,
        provider_id=row.provider_id,
        starts=row.starts,
        ends=row.ends,
        by=row.held_by,
        until=work.wall(row.expires_at),
        is_own=_is_own(work, row),
    )


def _is_own(work: Work, row: Any) -> bool:
    return (row.user_id, row.held_by) == (work.actor.user_id, work.actor.name)


_LIVE: Final = Prepared(
    select(SlotHold)
    .where(
        among(SlotHold.provider_id, "providers"),
        SlotHold.ended_at.is_(None),
        SlotHold.expires_at > bindparam("now"),
        SlotHold.starts >= bindparam("begin"),
        SlotHold.starts < bindparam("end"),
    )
    .order_by(SlotHold.starts, SlotHold.id)
)
