"""Putting people on the waitlist, changing what they wish, taking them off and putting them back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date_time
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.models.schedule.waitlist import (
    LONGEST,
    LONGEST_NOTICE_MINUTES,
    OfferOutcome,
    WaitlistEnd,
    WaitlistEntry,
    WaitlistOffer,
    WaitlistProvider,
    WaitlistWindow,
)
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule import holds, known
from frontdesk.services.schedule.search import Window
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_waitlist_entry_appointment",
    "Another desk has just put this visit on the waitlist. Nothing was saved.",
    field="appointment_id",
)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """Everything that is said about one who waits. Empty providers or windows mean any."""

    patient_id: int
    visit_type_id: int
    minutes: int | None = None
    reason: str = ""
    urgency: Urgency = Urgency.ROUTINE
    provider_ids: tuple[int, ...] = ()
    windows: tuple[Window, ...] = ()
    notice_minutes: int = 0
    wanted_until: date | None = None
    appointment_id: int | None = None
    """The patient's own later visit, which would move up."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry to be edited."""

    id: int
    version: int
    draft: EntryDraft


@dataclass(frozen=True, slots=True)
class ComingVisit:
    """A booked visit of a patient who might come earlier."""

    id: int
    visit_type_id: int
    words: str


def _taken_off(done: Performed) -> Undo:
    return Undo(withdraw, entry_id=done.result, reason="Added by mistake")


@command("Add to waitlist", permission="schedule.book", undo=_taken_off)
def add(work: Work, *, draft: EntryDraft) -> int:
    """Lets a patient wait for a time. Gives back the entry's id; raises `Refused` with all that is wrong."""
    work.concerns(draft.patient_id)
    refuse_if_any(list(_problems(work, draft, None)))
    entry = WaitlistEntry(added_at=work.now, added_by=work.actor.name, user_id=work.actor.user_id)
    _fill(entry, draft)
    work.add(entry)
    work.flush()
    _add_wishes(work, entry.id, draft)
    return entry.id


def _changed_back(done: Performed) -> Undo:
    return Undo(change, entry_id=done.arguments["entry_id"], draft=done.result)


@command("Change waitlist entry", permission="schedule.book", undo=_changed_back)
def change(work: Work, *, entry_id: int, draft: EntryDraft, version: int | None = None) -> EntryDraft:
    """Edits what is wished; the place in the list stays. Gives back what was wished before."""
    entry = waiting(work, entry_id, version)
    refuse_if_any(list(_problems(work, draft, entry)))
    before = _draft_of(work, entry)
    _fill(entry, draft)
    for model in (WaitlistProvider, WaitlistWindow):
        for row in work.session.scalars(select(model).where(model.entry_id == entry_id).order_by(model.id)):
            work.session.delete(row)
    work.flush()
    _add_wishes(work, entry_id, draft)
    return before


def _put_back(done: Performed) -> Undo:
    return Undo(put_back, entry_id=done.arguments["entry_id"])


@command("Take off waitlist", permission="schedule.book", undo=_put_back)
def withdraw(work: Work, *, entry_id: int, reason: str, version: int | None = None) -> None:
    """Ends an entry without a visit; a time that is kept for it is free again."""
    entry = waiting(work, entry_id, version)
    if len(reason.strip()) > LONGEST:
        raise Refused(_too_long("reason"))
    open_offers = select(WaitlistOffer).where(
        WaitlistOffer.entry_id == entry_id, WaitlistOffer.outcome.is_(None)
    )
    for offer in work.session.scalars(open_offers):
        offer.outcome, offer.outcome_at, offer.outcome_by = (
            OfferOutcome.WITHDRAWN,
            work.now,
            work.actor.name,
        )
        holds.end(work, offer.slot_hold_id)
    end(work, entry, WaitlistEnd.WITHDRAWN, reason)


def _taken_off_again(done: Performed) -> Undo:
    return Undo(withdraw, entry_id=done.arguments["entry_id"], reason="Put back by mistake")


@command("Put back on waitlist", permission="schedule.book", undo=_taken_off_again)
def put_back(work: Work, *, entry_id: int) -> None:
    """Lets somebody wait again, in the old place."""
    entry = work.get(WaitlistEntry, entry_id)
    work.concerns(entry.patient_id)
    if entry.ended_at is None:
        raise Refused(Finding("This patient is on the waitlist already."))
    if entry.ended is WaitlistEnd.BOOKED:
        raise Refused(Finding("This wish was booked. Take the booking back, or add the patient anew."))
    if entry.appointment_id is not None and _waits_already(work, entry.appointment_id, entry_id):
        raise Refused(Finding("This visit is on the waitlist already."))
    reopen(entry)


@query(permission="schedule.view")
def coming_visits(work: Work, *, patient_id: int) -> tuple[ComingVisit, ...]:
    """The patient's booked visits that could move up, next first; one statement."""
    asked = (
        select(Appointment.id, Appointment.starts, Appointment.visit_type_id, Provider.last_name)
        .join(Provider, Provider.id == Appointment.provider_id)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.starts > work.local_now,
            Appointment.lifecycle == Lifecycle.BOOKED,
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return tuple(
        ComingVisit(id, visit_type_id, f"{us_date_time(starts)}, {name}")
        for id, starts, visit_type_id, name in work.session.execute(asked)
    )


@query(permission="schedule.view")
def entry(work: Work, *, entry_id: int) -> KnownEntry:
    """One entry as it was written, to edit it; raises NotFound. Three statements."""
    found = work.get(WaitlistEntry, entry_id)
    return KnownEntry(found.id, found.version, _draft_of(work, found))


def waiting(work: Work, entry_id: int, version: int | None = None) -> WaitlistEntry:
    """The entry, where it still waits."""
    entry = work.get(WaitlistEntry, entry_id, version)
    work.concerns(entry.patient_id)
    if entry.ended is WaitlistEnd.BOOKED:
        raise Refused(Finding("This wish has been booked already."))
    if entry.ended is WaitlistEnd.WITHDRAWN:
        raise Refused(Finding("This patient was taken off the waitlist. Put them back first."))
    return entry


def end(work: Work, entry: WaitlistEntry, how: WaitlistEnd, reason: str = "") -> None:
    """Nobody waits here any more."""
    entry.ended, entry.ended_at, entry.ended_reason = how, work.now, reason.strip()


def reopen(entry: WaitlistEntry) -> None:
    """As if it had not ended."""
    entry.ended = entry.ended_at = None
    entry.ended_reason = ""


def _problems(work: Work, draft: EntryDraft, entry: WaitlistEntry | None) -> Iterator[Finding]:
    patient = work.get(Patient, draft.patient_id)
    kind = work.get(VisitType, draft.visit_type_id)
    name = known.spoken_name(patient)
    if patient.status is PatientStatus.DECEASED:
        yield Finding(f"{name} is recorded as deceased. Nobody is added to the waitlist.", "patient_id")
    elif patient.status is PatientStatus.MERGED:
        yield Finding(f"{name}'s chart was merged into another. Add that one.", "patient_id")
    if entry is not None and entry.patient_id != draft.patient_id:
        yield Finding("An entry stays with its patient. Add the other patient anew.", "patient_id")
    if draft.minutes is None and kind.minutes is None:
        yield Finding(f"{kind.name} has no length yet. Say how long this visit is.", "minutes")
    elif draft.minutes is not None and not 5 <= draft.minutes <= 720:
        yield Finding("A visit lasts from 5 minutes to 12 hours.", "minutes")
    if not 0 <= draft.notice_minutes <= LONGEST_NOTICE_MINUTES:
        yield Finding("The notice that a patient needs is two weeks at most.", "notice_minutes")
    if draft.wanted_until is not None and draft.wanted_until < work.today:
        yield Finding("The last day on which the time is wanted has passed.", "wanted_until")
    for field in ("reason", "note"):
        if len(getattr(draft, field).strip()) > LONGEST:
            yield _too_long(field)
    if any(each.ends is not None and each.ends <= each.starts for each in draft.windows):
        yield Finding("A time of the week ends after it starts.", "windows")
    if draft.appointment_id is not None:
        yield from _problems_of_own(work, draft, entry, draft.appointment_id)


def _problems_of_own(
    work: Work, draft: EntryDraft, entry: WaitlistEntry | None, appointment_id: int
) -> Iterator[Finding]:
    own = work.get(Appointment, appointment_id)
    if own.patient_id != draft.patient_id:
        yield Finding("The visit that would move up is another patient's.", "appointment_id")
    elif own.lifecycle is not Lifecycle.BOOKED or own.starts <= work.local_now:
        yield Finding("Only a booked visit that is still to come can move up.", "appointment_id")
    elif own.visit_type_id != draft.visit_type_id:
        yield Finding("The visit that would move up is of another type. Choose that type.", "visit_type_id")
    elif _waits_already(work, appointment_id, entry.id if entry else None):
        yield Finding("This visit is on the waitlist already.", "appointment_id")


def _waits_already(work: Work, appointment_id: int, beside_entry: int | None) -> bool:
    asked = select(WaitlistEntry.id).where(
        WaitlistEntry.appointment_id == appointment_id, WaitlistEntry.ended_at.is_(None)
    )
    return any(id != beside_entry for id in work.session.scalars(asked))


def _too_long(field: str) -> Finding:
    return Finding(f"This is longer than {LONGEST} characters. Say it shorter; nothing was saved.", field)


def _fill(entry: WaitlistEntry, draft: EntryDraft) -> None:
    entry.patient_id = draft.patient_id
    entry.visit_type_id = draft.visit_type_id
    entry.minutes = draft.minutes
    entry.reason = draft.reason.strip()
    entry.urgency = draft.urgency
    entry.notice_minutes = draft.notice_minutes
    entry.wanted_until = draft.wanted_until
    entry.appointment_id = draft.appointment_id
    entry.note = draft.note.strip()


def _add_wishes(work: Work, entry_id: int, draft: EntryDraft) -> None:
    for provider_id in dict.fromkeys(draft.provider_ids):
        work.add(WaitlistProvider(entry_id=entry_id, provider_id=provider_id))
    for each in draft.windows:
        work.add(WaitlistWindow(entry_id=entry_id, weekday=each.weekday, starts=each.starts, ends=each.ends))


def _draft_of(work: Work, entry: WaitlistEntry) -> EntryDraft:
    providers = work.session.scalars(
        select(WaitlistProvider.provider_id)
        .where(WaitlistProvider.entry_id == entry.id)
        .order_by(WaitlistProvider.id)
    )
    windows = work.session.scalars(
        select(WaitlistWindow).where(WaitlistWindow.entry_id == entry.id).order_by(WaitlistWindow.id)
    )
    return EntryDraft(
        patient_id=entry.patient_id,
        visit_type_id=entry.visit_type_id,
        minutes=entry.minutes,
        reason=entry.reason,
        urgency=entry.urgency,
        provider_ids=tuple(providers),
        windows=tuple(Window(each.weekday, each.starts, each.ends) for each in windows),
        notice_minutes=entry.notice_minutes,
        wanted_until=entry.wanted_until,
        appointment_id=entry.appointment_id,
        note=entry.note,
    )
