"""A patient who stands at the desk without an appointment: booked, arrived and checking in, in one act."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.visit import check_in
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class WalkedIn:
    """The visit that was made, and the events of its arrival and its check-in."""

    appointment_id: int
    event_ids: tuple[int, ...]


@query(permission="schedule.view")
def usual_type(work: Work, *, patient_id: int) -> int | None:
    """The kind of visit to begin with: for a new patient one that is meant for them, else the first."""
    was_here = work.session.scalar(
        select(Appointment.id)
        .where(Appointment.patient_id == patient_id, Appointment.lifecycle == Lifecycle.COMPLETED)
        .limit(1)
    )
    return work.session.scalar(
        select(VisitType.id)
        .where(VisitType.is_active, VisitType.minutes.is_not(None), VisitType.is_video.is_(False))
        .order_by(
            VisitType.for_new_patients if was_here else VisitType.for_new_patients.desc(),
            VisitType.sort_order,
            VisitType.id,
        )
        .limit(1)
    )


def _not_walked_in(done: Performed) -> Undo:
    walked: WalkedIn = done.result
    return Undo(take_back, appointment_id=walked.appointment_id, event_ids=walked.event_ids)


@command("Take a walk-in", permission="visit.check_in", undo=_not_walked_in)
def take(
    work: Work,
    *,
    patient_id: int,
    slot: Slot,
    visit_type_id: int,
    reason: str = "",
    override_reason: str = "",
) -> WalkedIn:
    """Books the time for somebody who is here, marks them arrived and begins the check-in.

    Raises `Refused` as booking does, whose overridable findings pass with `override_reason`, and where
    the time is not today.
    """
    work.require("schedule.book")
    if slot.starts.date() != work.today:
        raise Refused(Finding("A walk-in is seen today. Book the visit for another day.", "slot"))
    appointment_id = booking.book(
        work,
        patient_id=patient_id,
        slot=slot,
        visit_type_id=visit_type_id,
        reason=reason,
        override_reason=override_reason,
    )
    work.flush()
    begun = check_in.begin(work, appointment_id=appointment_id)
    return WalkedIn(appointment_id, begun.event_ids)


@command(
    "Take back walk-in",
    permission="visit.check_in",
    undo=irreversible("The time is free for others now. Take the walk-in again."),
)
def take_back(work: Work, *, appointment_id: int, event_ids: tuple[int, ...]) -> None:
    """The patient did not stay: the check-in, the arrival and the booking are taken back."""
    check_in.not_begun(work, appointment_id=appointment_id, event_ids=event_ids)
    work.flush()
    booking.unbook(work, appointment_id=appointment_id)
