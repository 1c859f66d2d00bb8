"""Who waits, where each fits, and who fits a time that has come free."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import bindparam, func, or_, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_phone
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.schedule.appointment import Lifecycle
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.waitlist import OfferOutcome, WaitlistEntry, WaitlistOffer
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule import waitlist_ground as loading
from frontdesk.services.schedule import waitlist_offers
from frontdesk.services.schedule import waitlist_words as words
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import minute_of, time_of
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.waitlist_fit import Fit, Gap, Ground, Waiting, first_fit, fit_in, too_short
from frontdesk.services.schedule.waitlist_ground import Entry
from frontdesk.services.schedule.waitlist_offers import OfferLine
from frontdesk.services.work import Work

HORIZON_DAYS = 14
"""How far ahead a time is looked for."""


MOST_FITS = 6


@dataclass(frozen=True, slots=True)
class Hole:
    """A time of a provider that has come free, in wall time."""

    provider_id: int
    starts: datetime
    ends: datetime
    appointment_id: int | None = None
    """The visit that still stands there, where it is only about to go."""


@dataclass(frozen=True, slots=True)
class FitView:
    """A time that can be offered as it stands."""

    slot: Slot
    ends: datetime
    provider: str
    words: str
    """ "Fits Raman 11:15, urgent hold"."""
    place: str
    needs_reason: bool
    """Whether the time is kept for something else, so that giving it away needs a reason."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One who waits, as lists show it. Times are wall times."""

    id: int
    version: int
    patient_id: int
    patient: str
    """ "Moreno, Alicia"."""
    spoken: str
    """ "Alicia Moreno"."""
    phone: str
    urgency: Urgency
    how_soon: str
    visit_type: str
    minutes: int | None
    reason: str
    wish: str
    """ "Back spasm, after 11:30"."""
    note: str
    notice_minutes: int
    added: datetime
    added_by: str
    own_starts: datetime | None
    """The later visit that would move up."""
    own_hole: Hole | None
    """The time that a yes to an earlier one would free."""
    own_words: str
    fit: FitView | None
    no_fit: str
    """ "No match today, Thu 9:15 open", where there is none today."""
    declined: tuple[str, ...]
    """What was offered today and not wanted: "Lee 11:45"."""


@dataclass(frozen=True, slots=True)
class Board:
    """Who waits, and what was offered today, newest first."""

    entries: tuple[EntryLine, ...]
    offers: tuple[OfferLine, ...]


@dataclass(frozen=True, slots=True)
class HoleFit:
    """One who could have a time that has come free."""

    entry: EntryLine
    fit: FitView
    has_declined: bool
    """Whether this patient has turned this time down already."""


@query(permission="schedule.view")
def entries(work: Work) -> tuple[EntryLine, ...]:
    """Everybody who waits, most urgent first, then longest waiting; a constant number of statements."""
    found = loading.waiting_entries(work)
    ground, waiting = loading.ground(work, found, work.today, HORIZON_DAYS)
    matched = {each.entry_id: each for each in waiting}
    ranked = sorted(found, key=lambda each: _rank(each.row))
    return tuple(lines_of(work, ranked, ground, matched, look_around=True))


@query(permission="schedule.view")
def fits_of(work: Work, *, entry_id: int) -> tuple[FitView, ...]:
    """The next times that one who waits could be offered: the first of each day; constant statements."""
    found = loading.waiting_entries(work, (entry_id,))
    ground, waiting = loading.ground(work, found, work.today, HORIZON_DAYS)
    fits = (
        (each, first_fit(ground, each, (day * DAY, (day + 1) * DAY)))
        for each in waiting
        for day in range(HORIZON_DAYS)
    )
    return tuple(view_of(work, ground, each, fit) for each, fit in fits if fit is not None)[:MOST_FITS]


@query(permission="schedule.view")
def board(work: Work) -> Board:
    """Everybody who waits, and today's offers; a constant number of statements."""
    return Board(entries(work), waitlist_offers.offers(work))


@query(permission="schedule.view")
def fits_for(work: Work, *, hole: Hole) -> tuple[HoleFit, ...]:
    """Who fits a time that has come free, best first, whoever declined it last; constant statements."""
    found = {each.row.id: each for each in loading.waiting_entries(work)}
    ground, waiting = loading.ground(
        work, found.values(), hole.starts.date(), 1, beside_appointment=hole.appointment_id
    )
    origin = ground.hours.origin
    gap = Gap(hole.provider_id, minute_of(hole.starts, origin), minute_of(hole.ends, origin))
    fits = {each.entry_id: fit for each in waiting if (fit := fit_in(ground, each, gap)) is not None}
    matched = {each.entry_id: each for each in waiting}
    fitting = [found[id] for id in matched if id in fits]
    declined = _declined(work, [each.row.id for each in fitting])
    result = []
    for line in lines_of(work, fitting, ground, matched):
        fit = fits[line.id]
        starts = time_of(fit.starts, origin)
        has_declined = any(
            (provider_id, at) == (fit.provider_id, starts) for provider_id, at, _ in declined.get(line.id, ())
        )
        result.append(HoleFit(line, view_of(work, ground, matched[line.id], fit), has_declined))
    return tuple(sorted(result, key=lambda each: each.has_declined))


def waiting_count(work: Work) -> int:
    """How many wait; one statement."""
    return work.session.scalar(_COUNT, {"today": work.today}) or 0


def view_of(work: Work, ground: Ground, waiting: Waiting, fit: Fit) -> FitView:
    """A fit in wall time and in words."""
    starts = time_of(fit.starts, ground.hours.origin)
    provider = ground.providers[fit.provider_id]
    place = words.place(fit.place)
    return FitView(
        slot=Slot(fit.provider_id, starts, waiting.minutes),
        ends=starts + timedelta(minutes=waiting.minutes),
        provider=provider.name,
        words=f"Fits {provider.last_name} {words.short(starts, work.today)}, {place}",
        place=place,
        needs_reason=fit.needs_reason,
    )


def _rank(row: WaitlistEntry) -> tuple[int, datetime, int]:
    return list(Urgency).index(row.urgency), row.added_at, row.id


def lines_of(
    work: Work,
    several: Collection[Entry],
    ground: Ground,
    matched: dict[int, Waiting],
    *,
    look_around: bool = False,
) -> list[EntryLine]:
    """The lines of these entries, in their order; `look_around` finds where each fits."""
    names = {id: words.briefly(each.name, each.last_name) for id, each in ground.providers.items()}
    phones = _phones(work, [each.row.patient_id for each in several])
    declined = _declined(work, [each.row.id for each in several])
    lines = []
    for each in several:
        row, patient = each.row, each.patient
        waiting = matched.get(row.id)
        fit, no_fit = _where(work, ground, each, waiting) if look_around else (None, "")
        first = patient.preferred_name or patient.legal_first
        lines.append(
            EntryLine(
                id=row.id,
                version=row.version,
                patient_id=patient.id,
                patient=last_first(patient.legal_last, first),
                spoken=f"{first} {patient.legal_last}",
                phone=us_phone(phones.get(patient.id, "")),
                urgency=row.urgency,
                how_soon=words.how_soon(row.urgency),
                visit_type=each.kind.name,
                minutes=each.minutes,
                reason=row.reason or each.kind.name,
                wish=words.wish(
                    row.reason or each.kind.name,
                    [names[id] for id in each.provider_ids if id in names],
                    each.windows,
                    row.urgency,
                ),
                note=row.note,
                notice_minutes=row.notice_minutes,
                added=work.wall(row.added_at),
                added_by=row.added_by,
                own_starts=each.own.starts if each.own else None,
                own_hole=_own_hole(each),
                own_words=_own_words(work, each, names),
                fit=fit,
                no_fit=no_fit,
                declined=tuple(said for _, _, said in declined.get(row.id, ())),
            )
        )
    return lines


def _own_hole(entry: Entry) -> Hole | None:
    own = entry.own
    return None if own is None else Hole(own.provider_id, own.starts, own.ends, own.id)


def _own_words(work: Work, entry: Entry, names: dict[int, str]) -> str:
    own = entry.own
    if own is None:
        return ""
    if own.lifecycle is not Lifecycle.BOOKED or own.starts <= work.local_now:
        return "The visit that would move up is no longer booked."
    name = names.get(own.provider_id, "")
    return f"Has {words.short(own.starts, work.today)} with {name}, would come earlier"


def _where(work: Work, ground: Ground, entry: Entry, waiting: Waiting | None) -> tuple[FitView | None, str]:
    """The first time that fits today; else what comes nearest."""
    if waiting is None:
        return None, "" if entry.own is not None else "Say how long the visit is"
    today = (0, DAY)
    fit = first_fit(ground, waiting, today)
    if fit is not None:
        return view_of(work, ground, waiting, fit), ""
    later = first_fit(ground, waiting, (DAY, ground.all_of_it[1]))
    view = view_of(work, ground, waiting, later) if later is not None else None
    short = too_short(ground, waiting, today)
    if short is not None and entry.own is None and (view is None or entry.row.urgency is Urgency.ROUTINE):
        said = words.short(time_of(short[0], ground.hours.origin), work.today)
        return view, f"Needs {waiting.minutes} min, {short[1] - short[0]} open at {said}"
    if view is None:
        return None, f"No match in the next {HORIZON_DAYS} days"
    return view, f"No match today, {words.short(view.slot.starts, work.today)} {view.place}"


def _phones(work: Work, patient_ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for patient_id, number in _PHONES.rows(work.session, {"patients": patient_ids}):
        found.setdefault(patient_id, number)
    return found


def _declined(work: Work, entry_ids: Collection[int]) -> dict[int, list[tuple[int, datetime, str]]]:
    """What was turned down of the times still to come: provider, start, and in words."""
    found: dict[int, list[tuple[int, datetime, str]]] = {}
    asked = {"entries": entry_ids, "since": datetime.combine(work.today, time())}
    for entry_id, provider_id, starts, name in _DECLINED.rows(work.session, asked):
        said = f"{name} {words.short(starts, work.today)}"
        found.setdefault(entry_id, []).append((provider_id, starts, said))
    return found


_PHONES: Final = Prepared(
    select(PatientPhone.patient_id, PatientPhone.number)
    .where(among(PatientPhone.patient_id, "patients"), PatientPhone.ended_on.is_(None))
    .order_by(PatientPhone.rank, PatientPhone.id)
)
_DECLINED: Final = Prepared(
    select(WaitlistOffer.entry_id, WaitlistOffer.provider_id, WaitlistOffer.starts, Provider.last_name)
    .join(Provider, Provider.id == WaitlistOffer.provider_id)
    .where(
        among(WaitlistOffer.entry_id, "entries"),
        WaitlistOffer.outcome == OfferOutcome.DECLINED,
        WaitlistOffer.starts >= bindparam("since"),
    )
    .order_by(WaitlistOffer.starts, WaitlistOffer.id)
)
_COUNT: Final = (
    select(func.count())
    .select_from(WaitlistEntry)
    .where(
        WaitlistEntry.ended_at.is_(None),
        or_(WaitlistEntry.wanted_until.is_(None), WaitlistEntry.wanted_until >= bindparam("today")),
    )
)
