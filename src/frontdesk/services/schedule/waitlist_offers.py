"""Offering a time to somebody who waits: kept for a while, and booked only when a person says yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_time
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.resource_booking import SlotHold
from frontdesk.models.schedule.waitlist import LONGEST, WaitlistEnd, WaitlistEntry, WaitlistOffer
from frontdesk.models.schedule.waitlist import OfferOutcome as OfferOutcome
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import booking, holds, known
from frontdesk.services.schedule import waitlist_entries as entries
from frontdesk.services.schedule import waitlist_words as words
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

OFFER_LASTS = timedelta(minutes=15)
"""How long an offered time is kept while the patient is called."""

says("ck_waitlist_offer_override_reason", "The reason is too long. Shorten it.", field="override_reason")
says("uq_waitlist_offer_open", "Another desk is just offering this patient a time. Nothing was saved.")


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer as lists show it. Times are wall times."""

    id: int
    version: int
    entry_id: int
    patient_id: int
    patient: str
    slot: Slot
    ends: datetime
    provider: str
    said_time: str
    """ "Lee 11:45"."""
    say: str
    """What to say on the phone."""
    until: datetime
    offered: datetime
    offered_by: str
    outcome: OfferOutcome | None
    """None while it is open."""
    decided: datetime | None
    decided_by: str
    said: str
    after_id: int | None
    own_starts: datetime | None

    @property
    def is_open(self) -> bool:
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class NextStep:
    """Who takes the time that an acceptance frees: the next step of a chain."""

    entry_id: int
    slot: Slot
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an acceptance made."""

    appointment_id: int
    moved_event_id: int | None
    """The event that moved the patient's own visit; None where a new one was booked."""
    next_offer_id: int | None
    """The offer of the next step, where there is one and its time could be kept."""


def _withdrawn(done: Performed) -> Undo:
    return Undo(withdraw, offer_id=done.result)


@command("Offer time from waitlist", permission="schedule.book", undo=_withdrawn)
def offer(
    work: Work, *, entry_id: int, slot: Slot, override_reason: str = "", after_id: int | None = None
) -> int:
    """Keeps a time for one who waits, for fifteen minutes. Gives back the offer's id.

    Raises `Refused` with all that speaks against the time, and who holds it where somebody does.
    """
    entry = entries.waiting(work, entry_id)
    _end_expired(work)
    own = work.get(Appointment, entry.appointment_id) if entry.appointment_id is not None else None
    _refuse_second_offer(work, entry)
    if own is not None and slot.starts >= own.starts:
        raise Refused(Finding("This is not earlier than the visit the patient has.", field="slot"))
    usual = entry.minutes if own is None else int((own.ends - own.starts).total_seconds() // 60)
    hold_id = holds.hold(
        work,
        patient_id=entry.patient_id,
        slot=Slot(slot.provider_id, slot.starts, slot.minutes or usual, slot.resource_ids),
        visit_type_id=entry.visit_type_id,
        override_reason=override_reason,
    )
    kept = work.get(SlotHold, hold_id)
    kept.expires_at = work.now + OFFER_LASTS
    made = work.add(
        WaitlistOffer(
            entry_id=entry_id,
            slot_hold_id=hold_id,
            provider_id=slot.provider_id,
            starts=kept.starts,
            ends=kept.ends,
            override_reason=override_reason.strip(),
            after_id=after_id,
            offered_at=work.now,
            offered_by=work.actor.name,
            user_id=work.actor.user_id,
        )
    )
    return made.id


@command(
    "Keep offered time longer",
    permission="schedule.book",
    undo=irreversible("An offer ends by itself; it can be withdrawn at any time."),
)
def extend(work: Work, *, offer_id: int) -> datetime:
    """Keeps an offered time for another fifteen minutes; gives back until when (UTC)."""
    kept = work.get(SlotHold, _open(work, offer_id, None).slot_hold_id)
    kept.expires_at = work.now + OFFER_LASTS
    return kept.expires_at


def _unaccepted(done: Performed) -> Undo:
    made: Accepted = done.result
    return Undo(
        unaccept,
        offer_id=done.arguments["offer_id"],
        moved_event_id=made.moved_event_id,
        next_offer_id=made.next_offer_id,
    )


@command("Accept offered time", permission="schedule.book", undo=_unaccepted)
def accept(
    work: Work, *, offer_id: int, then: NextStep | None = None, version: int | None = None
) -> Accepted:
    """The patient said yes: books the kept time, or moves their own visit there, and ends the waiting.

    The time that a moved visit frees is kept for the next step of a chain in the same breath; where it
    cannot be, the acceptance stands all the same.
    """
    offered = _open(work, offer_id, version)
    entry = entries.waiting(work, offered.entry_id)
    slot = _slot(offered)
    moved_event_id = None
    if entry.appointment_id is None:
        appointment_id = booking.book(
            work,
            patient_id=entry.patient_id,
            slot=slot,
            visit_type_id=entry.visit_type_id,
            reason=entry.reason,
            note=entry.note,
            override_reason=offered.override_reason,
            hold_id=offered.slot_hold_id,
        )
    else:
        appointment_id = entry.appointment_id
        holds.end(work, offered.slot_hold_id)
        moved_event_id = booking.move(
            work,
            appointment_id=appointment_id,
            to=slot,
            reason="Moved up from the waitlist",
            override_reason=offered.override_reason,
        )
    _decide(work, offered, OfferOutcome.ACCEPTED)
    offered.appointment_id = appointment_id
    entries.end(work, entry, WaitlistEnd.BOOKED)
    work.flush()
    return Accepted(appointment_id, moved_event_id, _offer_next(work, offer_id, then))


@command(
    "Take back acceptance",
    permission="schedule.book",
    undo=irreversible("The time is free for others now; offer it anew."),
)
def unaccept(work: Work, *, offer_id: int, moved_event_id: int | None, next_offer_id: int | None) -> None:
    """Takes back the booking or the move; the patient waits again, in the old place.

    Raises `Refused` where the old time of a moved visit is taken meanwhile.
    """
    offered = work.get(WaitlistOffer, offer_id)
    if offered.outcome is not OfferOutcome.ACCEPTED or offered.appointment_id is None:
        raise Refused(Finding("This offer was not accepted."))
    entry = work.get(WaitlistEntry, offered.entry_id)
    if next_offer_id is not None:
        following = work.get(WaitlistOffer, next_offer_id)
        if following.outcome is OfferOutcome.ACCEPTED:
            raise Refused(Finding("The next step of the chain has been accepted. Take that back first."))
        if following.outcome is None:
            _end(work, following, OfferOutcome.WITHDRAWN)
    if moved_event_id is None:
        booking.unbook(work, appointment_id=offered.appointment_id)
    else:
        take_back(work, appointment_id=offered.appointment_id, event_id=moved_event_id)
    offered.outcome = OfferOutcome.WITHDRAWN
    entries.reopen(entry)


@command(
    "Decline offered time",
    permission="schedule.book",
    undo=irreversible("The time is free for others now; offer it anew."),
)
def decline(work: Work, *, offer_id: int, said: str = "", version: int | None = None) -> None:
    """The patient said no: the time is free again, the patient keeps the place in the list."""
    if len(said.strip()) > LONGEST:
        raise Refused(Finding(f"This is longer than {LONGEST} characters. Say it shorter.", field="said"))
    offered = _open(work, offer_id, version)
    offered.said = said.strip()
    _end(work, offered, OfferOutcome.DECLINED)


@command(
    "Withdraw offer",
    permission="schedule.book",
    undo=irreversible("The time is free for others now; offer it anew."),
)
def withdraw(work: Work, *, offer_id: int) -> None:
    """The office takes an offer back, as where nobody answers; the patient keeps the place in the list."""
    offered = work.get(WaitlistOffer, offer_id)
    has_ended = offered.outcome is None and work.get(SlotHold, offered.slot_hold_id).expires_at <= work.now
    _end(work, offered if has_ended else _open(work, offer_id, None), OfferOutcome.WITHDRAWN)


@query(permission="schedule.view")
def offers(work: Work) -> tuple[OfferLine, ...]:
    """The offers of today and those still open, newest first; one statement."""
    midnight = work.local_now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = (
        select(WaitlistOffer, SlotHold.expires_at, WaitlistEntry, Patient, Provider, Appointment.starts)
        .join(SlotHold, SlotHold.id == WaitlistOffer.slot_hold_id)
        .join(WaitlistEntry, WaitlistEntry.id == WaitlistOffer.entry_id)
        .join(Patient, Patient.id == WaitlistEntry.patient_id)
        .join(Provider, Provider.id == WaitlistOffer.provider_id)
        .outerjoin(Appointment, Appointment.id == WaitlistEntry.appointment_id)
        .where(WaitlistOffer.offered_at >= work.instant(midnight))
        .order_by(WaitlistOffer.id.desc())
    )
    return tuple(_line(work, *row) for row in work.session.execute(asked))


def _line(
    work: Work,
    row: WaitlistOffer,
    expires_at: datetime,
    entry: WaitlistEntry,
    patient: Patient,
    provider: Provider,
    own_starts: datetime | None,
) -> OfferLine:
    has_expired = row.outcome is None and expires_at <= work.now
    until = work.wall(expires_at)
    return OfferLine(
        id=row.id,
        version=row.version,
        entry_id=row.entry_id,
        patient_id=entry.patient_id,
        patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
        slot=_slot(row),
        ends=row.ends,
        provider=provider.short_name,
        said_time=f"{provider.last_name} {words.short(row.starts, work.today)}",
        say=words.offer(provider.short_name, row.starts, work.today, until=us_time(until), own=own_starts),
        until=until,
        offered=work.wall(row.offered_at),
        offered_by=row.offered_by,
        outcome=OfferOutcome.EXPIRED if has_expired else row.outcome,
        decided=until if has_expired else row.outcome_at and work.wall(row.outcome_at),
        decided_by=row.outcome_by,
        said=row.said,
        after_id=row.after_id,
        own_starts=own_starts,
    )


def _slot(row: WaitlistOffer) -> Slot:
    return Slot(row.provider_id, row.starts, int((row.ends - row.starts).total_seconds() // 60))


def _offer_next(work: Work, offer_id: int, then: NextStep | None) -> int | None:
    if then is None:
        return None
    try:
        return offer(
            work,
            entry_id=then.entry_id,
            slot=then.slot,
            override_reason=then.override_reason,
            after_id=offer_id,
        )
    except Refused:
        return None


def _open(work: Work, offer_id: int, version: int | None) -> WaitlistOffer:
    """The offer, where it still stands."""
    offered = work.get(WaitlistOffer, offer_id, version)
    entry = work.get(WaitlistEntry, offered.entry_id)
    work.concerns(entry.patient_id)
    if offered.outcome in (OfferOutcome.ACCEPTED, OfferOutcome.DECLINED, OfferOutcome.WITHDRAWN):
        raise Refused(Finding(f"This offer was {offered.outcome.value} by {offered.outcome_by} already."))
    until = work.get(SlotHold, offered.slot_hold_id).expires_at
    if offered.outcome is OfferOutcome.EXPIRED or until <= work.now:
        raise Refused(
            Finding(
                f"This offer ended at {us_time(work.wall(until))}. Offer the time anew, if it is still free."
            )
        )
    return offered


def _refuse_second_offer(work: Work, entry: WaitlistEntry) -> None:
    standing = work.session.scalars(
        select(WaitlistOffer).where(WaitlistOffer.entry_id == entry.id, WaitlistOffer.outcome.is_(None))
    ).one_or_none()
    if standing is not None:
        name = known.spoken_name(work.get(Patient, entry.patient_id))
        until = us_time(work.wall(work.get(SlotHold, standing.slot_hold_id).expires_at))
        raise Refused(
            Finding(
                f"{standing.offered_by} is offering {name} {us_time(standing.starts)} until {until}. "
                "Finish that offer first."
            )
        )


def _end_expired(work: Work) -> None:
    """Writes down which offers ended by themselves: the database does not know the time."""
    asked = (
        select(WaitlistOffer)
        .join(SlotHold, SlotHold.id == WaitlistOffer.slot_hold_id)
        .where(WaitlistOffer.outcome.is_(None), SlotHold.expires_at <= work.now)
        .order_by(WaitlistOffer.id)
    )
    for row in work.session.scalars(asked).all():
        expired_at = work.get(SlotHold, row.slot_hold_id).expires_at
        row.outcome, row.outcome_at = OfferOutcome.EXPIRED, expired_at
    work.flush()


def _end(work: Work, offered: WaitlistOffer, outcome: OfferOutcome) -> None:
    holds.end(work, offered.slot_hold_id)
    _decide(work, offered, outcome)


def _decide(work: Work, offered: WaitlistOffer, outcome: OfferOutcome) -> None:
    offered.outcome, offered.outcome_at = outcome, work.now
    offered.outcome_by = work.actor.name
