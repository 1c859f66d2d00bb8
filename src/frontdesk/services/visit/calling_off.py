"""A visit called off or missed: its fee, and what comes next, in one act that is taken back as one."""

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.missed_fee import MissedKind
from frontdesk.models.schedule.appointment import Appointment, CancelledBy, Lifecycle
from frontdesk.services.billing import missed_fees
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import booking, pinboard, series_changes
from frontdesk.services.schedule.series_changes import Scope
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.schedule.together import Happened, each_or_none, on, take_back_all
from frontdesk.services.work import Work


class Next(StrEnum):
    """What comes after the calling off."""

    REBOOK = "rebook"
    """A new time is looked for at once; until it is booked the visit is on the unscheduled list."""
    UNSCHEDULED = "unscheduled"
    PINBOARD = "pinboard"
    OFF_BOOK = "off_book"
    """Hidden from its day. Nothing is deleted."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What calling this visit off would mean now."""

    appointment_id: int
    version: int
    is_late: bool
    """If the patient does it now."""
    late_cancel_cents: int
    no_show_cents: int
    can_be_missed: bool
    """Whether its start and the grace are over."""
    following: int
    """Visits of its series that this one and those after it are; 1 where it is none."""
    of_series: int
    """All that are booked and to come, this one included."""


@dataclass(frozen=True, slots=True)
class CalledOff:
    """What the act did, to take it back."""

    events: tuple[Happened, ...]
    fee_ids: tuple[int, ...]
    pin_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A visit that is on again, and the fee that fell with it."""

    event_id: int
    fee_id: int | None


@query(permission="schedule.view")
def terms(work: Work, *, appointment_id: int) -> Terms:
    """What the dialog shows: late or not, the fee by the office's rule, and the series it belongs to."""
    visit = work.get(Appointment, appointment_id)
    asked = missed_fees.rules(work)
    return Terms(
        appointment_id=visit.id,
        version=visit.version,
        is_late=booking.is_late_notice(work, visit),
        late_cancel_cents=asked.late_cancel_cents,
        no_show_cents=asked.no_show_cents,
        can_be_missed=visit.lifecycle is Lifecycle.BOOKED
        and work.local_now >= visit.starts + booking.NO_SHOW_GRACE,
        following=len(series_changes.members(work, visit, Scope.FOLLOWING)),
        of_series=len(series_changes.members(work, visit, Scope.ALL)),
    )


def _put_back(done: Performed) -> Undo:
    return Undo(put_back, called_off=done.result)


@command("Call off visit", permission="schedule.book", undo=_put_back, in_turn=True)
def call_off(
    work: Work,
    *,
    appointment_id: int,
    by: CancelledBy,
    then: Next,
    reason: str = "",
    scope: Scope = Scope.THIS,
    waived_because: str | None = None,
    version: int | None = None,
) -> CalledOff:
    """Cancels a visit, or the visits of its series; what is late costs the office's fee, unless it is waived.

    Raises `Refused` with what stands against any of them; then none is canceled.
    """
    visit = booking.booked(work, appointment_id, version, "canceled")
    several = series_changes.members(work, visit, scope)
    fee_ids: list[int] = []

    def cancel(each: Appointment) -> Happened:
        is_late = by is CancelledBy.PATIENT and booking.is_late_notice(work, each)
        event_id = booking.cancel(
            work,
            appointment_id=each.id,
            by=by,
            reason=reason,
            wants_rebooking=then in (Next.REBOOK, Next.UNSCHEDULED),
            leaves_book=then is Next.OFF_BOOK,
        )
        if is_late:
            fee_id = missed_fees.ask(work, each, MissedKind.LATE_CANCEL, waived_because=waived_because)
            fee_ids.extend([fee_id] if fee_id is not None else [])
        return Happened(each.id, event_id)

    if len(several) == 1:
        events = tuple(cancel(each) for each in several)
    else:
        events = each_or_none(several, cancel, lambda each: on(each.starts))
    return CalledOff(events, tuple(fee_ids), _pinned(work, several, then))


@command("Mark visit as missed", permission="schedule.book", undo=_put_back, in_turn=True)
def miss(
    work: Work,
    *,
    appointment_id: int,
    then: Next,
    waived_because: str | None = None,
    version: int | None = None,
) -> CalledOff:
    """Notes that the patient did not come; that costs the office's fee, unless it is waived."""
    visit = booking.booked(work, appointment_id, version, "marked as a no-show")
    event_id = booking.mark_no_show(
        work,
        appointment_id=appointment_id,
        wants_rebooking=then in (Next.REBOOK, Next.UNSCHEDULED),
        leaves_book=then is Next.OFF_BOOK,
    )
    fee_id = missed_fees.ask(work, visit, MissedKind.NO_SHOW, waived_because=waived_because)
    return CalledOff(
        (Happened(visit.id, event_id),),
        () if fee_id is None else (fee_id,),
        _pinned(work, [visit], then),
    )


@command(
    "Put called-off visit back",
    permission="schedule.book",
    undo=irreversible("Call the visit off anew."),
    in_turn=True,
)
def put_back(work: Work, *, called_off: CalledOff) -> None:
    """Takes the calling off back: the visits are on again, the fee is voided, the pinboard is as it was."""
    for pin_id in called_off.pin_ids:
        pinboard.end(work, pin_id)
    for fee_id in reversed(called_off.fee_ids):
        missed_fees.take_back(work, fee_id, "Canceling the visit was taken back.")
    take_back_all(work, events=called_off.events)


def _unrestored(done: Performed) -> Undo:
    return Undo(unrestore, appointment_id=done.arguments["appointment_id"], restored=done.result)


@command("Put visit back on", permission="schedule.book", undo=_unrestored, in_turn=True)
def restore(work: Work, *, appointment_id: int, reason: str = "", version: int | None = None) -> Restored:
    """Restores a canceled or missed visit where it was, if that is still free; its fee falls with it."""
    event_id = booking.restore(work, appointment_id=appointment_id, reason=reason, version=version)
    fee_id = missed_fees.standing(work, appointment_id)
    if fee_id is not None:
        missed_fees.take_back(work, fee_id, "The visit was restored.")
    return Restored(event_id, fee_id)


@command(
    "Take back restoring",
    permission="schedule.book",
    undo=irreversible("Restore the visit anew."),
    in_turn=True,
)
def unrestore(work: Work, *, appointment_id: int, restored: Restored) -> None:
    """The visit is off again, with the fee it had."""
    take_back(work, appointment_id=appointment_id, event_id=restored.event_id)
    if restored.fee_id is not None:
        missed_fees.ask_again(work, restored.fee_id)


def _pinned(work: Work, several: list[Appointment], then: Next) -> tuple[int, ...]:
    if then is not Next.PINBOARD:
        return ()
    if len(several) > 12:
        raise Refused(Finding("The pinboard is for a few visits. Put these on the unscheduled list."))
    work.flush()
    return tuple(pinboard.lay(work, each.id) for each in several)
