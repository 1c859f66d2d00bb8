"""Squeeze-ins: places where a visit could be put on purpose, each with what it costs the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import clock_time
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.services.command import query
from frontdesk.services.schedule import caps, fit, lengths, pace, taken
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import (
    covers,
    intersection,
    minute_of,
    normal,
    time_of,
)
from frontdesk.services.schedule.late import TELL_BEYOND
from frontdesk.services.schedule.openings import Reason
from frontdesk.services.schedule.search import OpeningRequest, Search, Window, prepare
from frontdesk.services.schedule.simulation import ON_TIME_WITHIN, Expected, Length, Price, price, project
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.squeeze_places import BLOCKS, OWN_TIME, Candidate, How, candidates
from frontdesk.services.schedule.status import Status
from frontdesk.services.work import Work

LOOK_AHEAD = {Urgency.TODAY: 2, Urgency.THIS_WEEK: 7, Urgency.ROUTINE: 7}
"""Days in which squeeze-ins are looked for."""
_NEW = -1
"""The added visit among those that have an id."""


# What a squeeze-in costs beside the minutes that others wait, in such minutes.
_A_DAY = {Urgency.TODAY: 480.0, Urgency.THIS_WEEK: 20.0, Urgency.ROUTINE: 5.0}
_AN_HOUR = {Urgency.TODAY: 8.0, Urgency.THIS_WEEK: 1.0, Urgency.ROUTINE: 0.0}
_A_BROKEN_PROMISE, _OUTSIDE_TIMES, _URGENT_TIME = 20, 30, 20
_ASKING_THE_PROVIDER, _ANOTHER_PROVIDER, _TWO_AT_ONCE = 15, 10, 10
_OWN_WAIT = 0.5
"""Of each minute that the added patient waits: they are glad of the time."""


@dataclass(frozen=True, slots=True)
class Longer:
    """A patient who waits longer because of a squeeze-in."""

    appointment_id: int
    patient: str
    starts: datetime
    minutes: int
    is_past_promise: bool


@dataclass(frozen=True, slots=True)
class SqueezeIn:
    """A place for a visit, and its price. Times are wall times."""

    slot: Slot
    starts: datetime
    ends: datetime
    arrive_at: datetime
    called_in: datetime
    """When the patient will be seen as the day runs."""
    provider: str
    things: tuple[str, ...]
    how: How
    said: str
    """ "in the procedure block", "beside Foster, Danielle"."""
    longer: tuple[Longer, ...]
    overtime: int
    reasons: tuple[Reason, ...]

    @property
    def greatest(self) -> int:
        """The most minutes that somebody waits longer."""
        return max((each.minutes for each in self.longer), default=0)


@dataclass(frozen=True, slots=True)
class _Priced:
    search: Search
    at: Candidate
    price: Price
    is_outside: bool
    """Outside the times at which the patient can come."""

    @property
    def called_in(self) -> int:
        """When the added patient will be seen, in minutes from the search's origin."""
        return self.at.minute // DAY * DAY + self.price.starts

    @property
    def own_wait(self) -> int:
        """Minutes after their time that the added patient is seen."""
        return self.price.starts - self.at.minute % DAY

    @property
    def is_unauthorized(self) -> bool:
        """Whether the payer will not have answered by then."""
        day = (self.search.origin + timedelta(self.at.minute // DAY)).date()
        return self.search.kind.needs_authorization and day < self.search.answered_on

    def cost(self, urgency: Urgency, now: int) -> tuple[float, int, int]:
        days, hours = self.at.minute // DAY, max(0, self.at.minute - now) % DAY / 60
        known_to = self.search.acquaintance
        cost = float(self.price.greatest + self.price.overtime + self.price.own_time) + self.price.total / 4
        cost += self.own_wait * _OWN_WAIT + _TWO_AT_ONCE * (self.at.how is How.DOUBLE)
        cost += days * _A_DAY[urgency] + hours * _AN_HOUR[urgency]
        cost += _A_BROKEN_PROMISE * len(self.price.past_promise)
        cost += _ASKING_THE_PROVIDER * (self.at.how in OWN_TIME) + _OUTSIDE_TIMES * self.is_outside
        cost += _URGENT_TIME * (self.at.how is How.URGENT and urgency is not Urgency.TODAY)
        if known_to and known_to.usual_id not in (None, self.at.provider_id):
            cost += _ANOTHER_PROVIDER
        return cost, self.at.minute, self.at.provider_id


@query(permission="schedule.overbook")
def squeeze_ins(work: Work, *, request: OpeningRequest) -> tuple[SqueezeIn, ...]:
    """The cheapest places into which a visit could be squeezed; a constant number of statements.

    Raises `Refused` when the visit has no length.
    """
    wide = replace(request, windows=(), days=LOOK_AHEAD[request.urgency])
    searches = prepare(work, wide)
    origin, last = searches[0].origin, searches[0].last
    provider_ids = tuple(searches[0].providers)
    until = datetime.combine(last, datetime.min.time()) + timedelta(1)
    booked = taken.load(work, origin, until, provider_ids)
    doubled = caps.starts_of(work, origin, until, provider_ids)
    days = pace.days(work, provider_ids, origin.date(), last)
    known = lengths.load(work)
    now = minute_of(work.local_now, origin)
    priced: list[_Priced] = []
    for search in searches:
        for provider_id in search.providers:
            found = candidates(search, provider_id, now, booked[provider_id], doubled.get(provider_id, ()))
            length = known.of(request.visit_type_id, provider_id, search.puzzle.minutes)
            for day, several in _by_day(found):
                theirs = days.get((provider_id, origin.date() + timedelta(day)), [])
                priced += _priced(search, several, theirs, length, now - day * DAY, request.windows)
    priced.sort(key=lambda each: each.cost(request.urgency, now))
    chosen = list(_one_of_each(priced))[: request.limit]
    if request.urgency is Urgency.TODAY and 1 < len(chosen) == request.limit:
        chosen = _with_soonest(chosen, priced)
    return _shown(work, chosen, request)


def _by_day(found: Iterable[Candidate]) -> Iterator[tuple[int, list[Candidate]]]:
    days: dict[int, list[Candidate]] = {}
    for each in found:
        days.setdefault(each.minute // DAY, []).append(each)
    yield from days.items()


def _priced(
    search: Search,
    several: Sequence[Candidate],
    theirs: Sequence[Expected],
    length: Length,
    now: int,
    windows: Sequence[Window],
) -> Iterator[_Priced]:
    """Each candidate of a provider's one day with its price. Minutes of a day count from its midnight."""
    before, at_once = project(theirs, max(0, now)), max(0, now)
    provider_id, midnight = several[0].provider_id, several[0].minute // DAY * DAY
    of_day = [(midnight, midnight + DAY)]
    closes = max(ends for _, ends in intersection(search.hours.open_sessions(provider_id), of_day)) - midnight
    breaks = [
        (block.starts - midnight, block.ends - midnight)
        for block in search.hours.blocks.get(provider_id, ())
        if BLOCKS[block.kind] in OWN_TIME and midnight <= block.starts < midnight + DAY
    ]
    for at in several:
        added = Expected(_NEW, at.minute - midnight, length, Status.SCHEDULED)
        cost = price(theirs, added, now=at_once, closes=closes, breaks=breaks, before=before)
        ends = at.minute + search.puzzle.minutes
        yield _Priced(search, at, cost, is_outside=not _can_come(search, windows, at.minute, ends))


def _can_come(search: Search, windows: Sequence[Window], starts: int, ends: int) -> bool:
    if not windows:
        return True
    day = starts // DAY
    weekday = (search.origin.weekday() + day) % 7
    spans = [
        (
            day * DAY + window.starts.hour * 60 + window.starts.minute,
            day * DAY + (window.ends.hour * 60 + window.ends.minute if window.ends else DAY),
        )
        for window in windows
        if window.weekday == weekday
    ]
    return covers(normal(spans), starts, ends)


def _one_of_each(priced: Iterable[_Priced]) -> Iterator[_Priced]:
    """The cheapest of each provider, day and way: another quarter of an hour is the same choice again."""
    seen: set[tuple[int, int, How]] = set()
    for each in priced:
        key = (each.at.provider_id, each.at.minute // DAY, each.at.how)
        if key not in seen:
            seen.add(key)
            yield each


def _with_soonest(chosen: Sequence[_Priced], priced: Sequence[_Priced]) -> list[_Priced]:
    """The cheapest, and in the last one's place the soonest, whatever it costs."""
    soonest = min(priced, key=lambda each: each.called_in)
    if chosen[0].called_in <= soonest.called_in or any(each is soonest for each in chosen):
        return list(chosen)
    return [*chosen[:-1], soonest]


def _shown(work: Work, chosen: Sequence[_Priced], request: OpeningRequest) -> tuple[SqueezeIn, ...]:
    ids = {id for each in chosen for id, _ in each.price.added}
    ids.update(id for each in chosen for id in each.at.beside)
    visits = _named(work, ids)
    return tuple(_squeeze_in(each, visits, request) for each in chosen)


def _named(work: Work, ids: set[int]) -> dict[int, tuple[str, datetime]]:
    """Whose visits these are, and when."""
    asked = (
        select(
            Appointment.id,
            Appointment.starts,
            Patient.legal_last,
            Patient.legal_first,
            Patient.preferred_name,
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(Appointment.id.in_(sorted(ids)))
    )
    return {
        id: (last_first(last, preferred or first), starts)
        for id, starts, last, first, preferred in work.session.execute(asked)
    }


def _squeeze_in(
    each: _Priced, visits: Mapping[int, tuple[str, datetime]], request: OpeningRequest
) -> SqueezeIn:
    search, at = each.search, each.at
    names = {thing.id: thing.name for several in search.things.values() for thing in several}
    chosen = [id for id in fit.things_at(search.puzzle, at.minute).values() if id is not None]
    starts = time_of(at.minute, search.origin)
    called_in = time_of(each.called_in, search.origin)
    longer = tuple(
        Longer(id, visits[id][0], visits[id][1], minutes, id in each.price.past_promise)
        for id, minutes in each.price.added
    )
    return SqueezeIn(
        slot=Slot(at.provider_id, starts, search.puzzle.minutes, tuple(chosen)),
        starts=starts,
        ends=starts + timedelta(minutes=search.puzzle.minutes),
        arrive_at=starts - timedelta(minutes=search.kind.arrive_early_minutes),
        called_in=called_in,
        provider=search.providers[at.provider_id].name,
        things=tuple(names[id] for id in chosen),
        how=at.how,
        said=f"beside {' and '.join(visits[id][0] for id in at.beside)}" if at.beside else at.how.value,
        longer=longer,
        overtime=each.price.overtime,
        reasons=tuple(_reasons(each, longer, called_in, request)),
    )


def _reasons(
    each: _Priced, longer: Sequence[Longer], called_in: datetime, request: OpeningRequest
) -> Iterator[Reason]:
    takes_own_time = each.price.own_time >= ON_TIME_WITHIN
    if takes_own_time or each.at.how in OWN_TIME:
        yield Reason("Provider must agree", is_warning=True)
    if longer:
        most = each.price.greatest
        who = f"{len(longer)} patients up to" if len(longer) > 1 else longer[0].patient
        yield Reason(f"{who} +{most} min", is_warning=True)
    else:
        yield Reason("Nobody waits longer")
    if broken := len(each.price.past_promise):
        yield Reason(f"Passes {broken} promised {'time' if broken == 1 else 'times'}", is_warning=True)
    if takes_own_time:
        yield Reason(f"{each.price.own_time} min of the provider's own time", is_warning=True)
    if each.own_wait > TELL_BEYOND:
        yield Reason(f"Seen about {clock_time(called_in)}", is_warning=True)
    if each.price.overtime > 0:
        yield Reason(f"{each.price.overtime} min overtime", is_warning=True)
    if each.is_outside:
        yield Reason("Outside the patient's times", is_warning=True)
    if request.urgency is Urgency.TODAY and called_in.date() > each.search.origin.date():
        yield Reason("After today", is_warning=True)
    if each.is_unauthorized:
        yield Reason("Authorization will not be back", is_warning=True)
    known_to = each.search.acquaintance
    if known_to and known_to.met and each.at.provider_id not in known_to.met | {known_to.usual_id}:
        provider = each.search.providers[each.at.provider_id].name
        yield Reason(f"Patient has not met {provider}", is_warning=True)
