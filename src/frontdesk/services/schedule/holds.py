"""Holding a time while a caller decides: other desks see it as taken until the hold ends."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.resource_booking import ResourceBooking, SlotHold
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.prepared import Prepared
from frontdesk.services.schedule import checks, occupancy
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Work

LASTS = timedelta(minutes=5)


def _released(done: Performed) -> Undo:
    return Undo(release, hold_id=done.result)


@command("Hold time", permission="schedule.book", undo=_released)
def hold(work: Work, *, patient_id: int, slot: Slot, visit_type_id: int, override_reason: str = "") -> int:
    """Keeps a time, with everything the visit needs, for five minutes; raises `Refused` as booking does."""
    work.concerns(patient_id)
    end_expired(work)
    place = checks.place(
        work,
        patient=work.get(Patient, patient_id),
        visit_type_id=visit_type_id,
        slot=slot,
        override_reason=override_reason,
    )
    kept = work.add(
        SlotHold(
            provider_id=slot.provider_id,
            visit_type_id=visit_type_id,
            patient_id=patient_id,
            starts=place.slot.starts,
            ends=place.ends,
            held_by=work.actor.name,
            user_id=work.actor.user_id,
            expires_at=work.now + LASTS,
        )
    )
    work.flush()
    occupancy.reserve(work, place.stretches, slot_hold_id=kept.id, beside_others=place.beside_others)
    return kept.id


@command(
    "Keep holding time",
    permission="schedule.book",
    undo=irreversible("A hold ends by itself; it can be given up at any time."),
)
def renew(work: Work, *, hold_id: int) -> datetime:
    """Holds a time for another five minutes; gives back until when (UTC)."""
    kept = work.get(SlotHold, hold_id)
    if kept.ended_at is not None or kept.expires_at <= work.now:
        raise Refused(Finding("This hold has ended. Look whether the time is still free.", field="slot"))
    kept.expires_at = work.now + LASTS
    return kept.expires_at


@command(
    "Release time",
    permission="schedule.book",
    undo=irreversible("The time is free for others now; hold it anew."),
)
def release(work: Work, *, hold_id: int) -> None:
    """Gives a held time up."""
    end(work, hold_id)


def end(work: Work, hold_id: int) -> None:
    """Frees what a hold took, if it has not ended before."""
    kept = work.get(SlotHold, hold_id)
    if kept.ended_at is None:
        _end(work, kept)


def end_expired(work: Work) -> None:
    """Frees what expired holds still take: the database does not know the time."""
    for (hold_id,) in _EXPIRED.rows(work.session, {"now": work.now}):
        end(work, hold_id)


_EXPIRED: Final = Prepared(
    select(SlotHold.id)
    .where(SlotHold.ended_at.is_(None), SlotHold.expires_at <= bindparam("now"))
    .order_by(SlotHold.id)
)


def _end(work: Work, kept: SlotHold) -> None:
    kept.ended_at = work.now
    rows = select(ResourceBooking).where(ResourceBooking.slot_hold_id == kept.id).order_by(ResourceBooking.id)
    for row in work.session.scalars(rows):
        row.is_active = row.is_exclusive = False
    work.flush()
