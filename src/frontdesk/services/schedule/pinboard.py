"""The pinboard: one's visits laid aside while the days are turned; each keeps its place in the book."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.pinned_visit import PinnedVisit
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import booking, series_changes
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.together import Happened, take_back_all
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_pinned_visit", "This visit is on your pinboard already.")
says("append_only_pinned_visit", "What was on the pinboard stays on record.")

_MAY_BE_PINNED = (Lifecycle.BOOKED, Lifecycle.CANCELLED, Lifecycle.NO_SHOW)
_ENDED = (Lifecycle.CANCELLED, Lifecycle.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Pin:
    """A card of the pinboard."""

    id: int
    appointment_id: int
    version: int
    patient_id: int
    patient: str
    """ "Foster, Danielle"."""
    visit_type_id: int
    provider_id: int
    provider: str
    reason: str
    """Why the patient comes, or the type of visit."""
    starts: datetime
    ends: datetime
    series_id: int | None
    is_called_off: bool
    """Then putting it down books it anew."""


@dataclass(frozen=True, slots=True)
class PutDown:
    """What putting a card down did."""

    pin_id: int
    moved: tuple[Happened, ...]
    rebooked: booking.Rebooked | None


@query(permission="schedule.view")
def pins(work: Work) -> tuple[Pin, ...]:
    """The cards of whoever asks, oldest first; what was seen or booked anew elsewhere is gone."""
    asked = (
        select(PinnedVisit.id, Appointment, Patient, Provider.short_name, VisitType.name)
        .join(Appointment, Appointment.id == PinnedVisit.appointment_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(
            PinnedVisit.user_id.is_not_distinct_from(work.actor.user_id),
            PinnedVisit.ended_at.is_(None),
            Appointment.lifecycle.in_(_MAY_BE_PINNED),
            Appointment.rescheduled_to_id.is_(None),
        )
        .order_by(PinnedVisit.pinned_at, PinnedVisit.id)
    )
    return tuple(
        Pin(
            id=id,
            appointment_id=visit.id,
            version=visit.version,
            patient_id=visit.patient_id,
            patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
            visit_type_id=visit.visit_type_id,
            provider_id=visit.provider_id,
            provider=provider,
            reason=visit.reason or kind,
            starts=visit.starts,
            ends=visit.ends,
            series_id=visit.series_id,
            is_called_off=visit.lifecycle in _ENDED,
        )
        for id, visit, patient, provider, kind in work.session.execute(asked)
    )


def _unpin(done: Performed) -> Undo:
    return Undo(unpin, pin_id=done.result)


@command("Pin visit", permission="schedule.book", undo=_unpin)
def pin(work: Work, *, appointment_id: int) -> int:
    """Lays a visit on one's pinboard; it stays where it is in the book. Gives back the card's id."""
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    if visit.lifecycle not in _MAY_BE_PINNED or visit.rescheduled_to_id is not None:
        raise Refused(Finding("Only a visit that can still be moved or booked anew goes on the pinboard."))
    if _standing(work, appointment_id) is not None:
        raise Refused(Finding("This visit is on your pinboard already."))
    return work.add(
        PinnedVisit(appointment_id=appointment_id, user_id=work.actor.user_id, pinned_at=work.now)
    ).id


def _put_back(done: Performed) -> Undo:
    return Undo(put_back, pin_id=done.arguments["pin_id"])


@command("Take off pinboard", permission="schedule.book", undo=_put_back)
def unpin(work: Work, *, pin_id: int) -> int:
    """Takes a card off; the visit stays as it is. Gives back the card's id."""
    card = work.get(PinnedVisit, pin_id)
    if card.ended_at is not None:
        raise Refused(Finding("This visit is no longer on your pinboard."))
    card.ended_at = work.now
    return pin_id


@command("Put back on pinboard", permission="schedule.book", undo=_unpin)
def put_back(work: Work, *, pin_id: int) -> int:
    """Lays a card that was taken off on the pinboard again. Gives back its id."""
    card = work.get(PinnedVisit, pin_id)
    if _standing(work, card.appointment_id) is not None:
        raise Refused(Finding("This visit is on your pinboard already."))
    card.ended_at = None
    return pin_id


def _pick_up(done: Performed) -> Undo:
    return Undo(pick_up, put=done.result)


@command("Put down from pinboard", permission="schedule.book", undo=_pick_up)
def put_down(
    work: Work, *, pin_id: int, to: Slot, override_reason: str = "", version: int | None = None
) -> PutDown:
    """Moves the visit of a card to a place, or books it anew there when it was called off."""
    card = work.get(PinnedVisit, pin_id)
    unpin(work, pin_id=pin_id)
    visit = work.get(Appointment, card.appointment_id, version)
    if visit.lifecycle in _ENDED:
        rebooked = booking.rebook(
            work, appointment_id=visit.id, slot=to, note=visit.note, override_reason=override_reason
        )
        return PutDown(pin_id, (), rebooked)
    event_id = booking.move(work, appointment_id=visit.id, to=to, override_reason=override_reason)
    return PutDown(pin_id, (Happened(visit.id, event_id),), None)


@command("Put down series from pinboard", permission="schedule.book", undo=_pick_up)
def put_down_series(
    work: Work, *, pin_id: int, placements: tuple[Placement, ...], override_reason: str = ""
) -> PutDown:
    """Moves visits of the series to which the visit of a card belongs; all of them or none."""
    unpin(work, pin_id=pin_id)
    return PutDown(
        pin_id, series_changes.move(work, placements=placements, override_reason=override_reason), None
    )


@command("Pick up to pinboard", permission="schedule.book", undo=irreversible("Put the visit down anew."))
def pick_up(work: Work, *, put: PutDown) -> int:
    """Takes the putting down back; the visit is on the pinboard again. Gives back the card's id."""
    take_back_all(work, events=put.moved)
    if put.rebooked is not None:
        booking.unrebook(
            work,
            appointment_id=put.rebooked.appointment_id,
            replaced_id=work.get(PinnedVisit, put.pin_id).appointment_id,
            replaced_event_id=put.rebooked.replaced_event_id,
        )
    return put_back(work, pin_id=put.pin_id)


def lay(work: Work, appointment_id: int) -> int:
    """The card of a visit on one's pinboard, put there if it is not."""
    return _standing(work, appointment_id) or pin(work, appointment_id=appointment_id)


def end(work: Work, pin_id: int) -> None:
    """Takes a card off, if it is still there."""
    card = work.get(PinnedVisit, pin_id)
    if card.ended_at is None:
        card.ended_at = work.now


def _standing(work: Work, appointment_id: int) -> int | None:
    return work.session.scalar(
        select(PinnedVisit.id).where(
            PinnedVisit.appointment_id == appointment_id,
            PinnedVisit.user_id.is_not_distinct_from(work.actor.user_id),
            PinnedVisit.ended_at.is_(None),
        )
    )
