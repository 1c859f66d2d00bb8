"""Finding a time: first openings over providers, rooms, devices and staff at once, best first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import counted, us_date
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.schedule import fit, known, lead, why_not
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import intersection, minute_of, on_grid, time_of
from frontdesk.services.schedule.search import OpeningRequest, Search, prepare
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Work

GRID_MINUTES = 15
UNMET_COSTS_DAYS = 2.0
"""How much sooner another provider must be to come before the usual one, where it is not urgent."""
UNAUTHORIZED_COSTS_DAYS = 14.0
"""How much later an opening may be, where it is not for today, so that the payer has answered by then."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A word for or, as a warning, against an opening."""

    text: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A time that can be booked as it stands."""

    slot: Slot
    starts: datetime
    ends: datetime
    arrive_at: datetime
    provider: str
    things: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Openings:
    """What was found, best first; or why nothing was."""

    found: tuple[Opening, ...]
    more: int
    """How many others there are besides."""
    say: str
    """The offer, as it is spoken on the phone."""
    why_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    search: Search
    provider_id: int
    minute: int

    @property
    def starts(self) -> datetime:
        return time_of(self.minute, self.search.origin)

    @property
    def is_unmet(self) -> bool:
        """Whether the patient usually sees somebody else."""
        known_to = self.search.acquaintance
        return known_to is not None and known_to.usual_id not in (None, self.provider_id)

    @property
    def is_unauthorized(self) -> bool:
        """Whether the payer will not have answered."""
        return self.search.kind.needs_authorization and self.starts.date() < self.search.answered_on

    def cost(self, urgency: Urgency) -> tuple[float, int, int]:
        waits = UNMET_COSTS_DAYS if self.is_unmet and urgency is Urgency.ROUTINE else 0.0
        if urgency is not Urgency.TODAY and self.is_unauthorized:
            waits += UNAUTHORIZED_COSTS_DAYS
        return self.minute / DAY + waits, self.minute, list(self.search.providers).index(self.provider_id)


@query(permission="schedule.view")
def first_openings(work: Work, *, request: OpeningRequest) -> Openings:
    """The best times for a visit, each with its reasons; a constant number of statements.

    Raises `Refused` where nothing could be booked whatever the time.
    """
    _refuse_what_cannot_be(work, request)
    return best(prepare(work, request), request)


def best(searches: Sequence[Search], request: OpeningRequest) -> Openings:
    """The answer to a request whose searches are loaded. Pure."""
    candidates = sorted(
        (each for search in searches for each in _candidates(search)),
        key=lambda each: each.cost(request.urgency),
    )
    if not candidates:
        return Openings((), 0, "", why_not.sentences(searches))
    earliest = min(each.minute for each in candidates)
    chosen = list(_first_of_each(candidates)) if request.each_provider else candidates
    found = tuple(
        _opening(each, request, is_earliest=each.minute == earliest) for each in chosen[: request.limit]
    )
    return Openings(found, max(0, len(chosen) - request.limit), _said(searches[0].kind, found), ())


def _refuse_what_cannot_be(work: Work, request: OpeningRequest) -> None:
    findings: list[Finding] = []
    if request.patient_id is not None:
        findings += known.against_booking(work, work.get(Patient, request.patient_id))
    kind = work.get(VisitType, request.visit_type_id)
    if not kind.is_active:
        sentence = f"{kind.name} is no longer offered. Choose another."
        findings.append(Finding(sentence, field="visit_type_id"))
    if request.first_day is not None and request.first_day < work.today:
        sentence = f"{us_date(request.first_day)} has passed. Choose a day from today on."
        findings.append(Finding(sentence, field="first_day"))
    refuse_if_any(findings)


def next_opening(work: Work, request: OpeningRequest, after: datetime) -> datetime | None:
    """The first start at or after a wall time, on the grid."""
    found: list[datetime] = []
    for search in prepare(work, request):
        later = [(minute_of(after, search.origin), (search.last - search.origin.date()).days * DAY + DAY)]
        for starts in fit.starts_of(search.puzzle).values():
            first = next(iter(on_grid(intersection(starts, later), GRID_MINUTES)), None)
            if first is not None:
                found.append(time_of(first, search.origin))
    return min(found, default=None)


def _candidates(search: Search) -> Iterator[_Candidate]:
    """The earliest start of each provider's each half-day: more would be the same choice again."""
    for provider_id, starts in fit.starts_of(search.puzzle).items():
        half_day = -1
        for minute in on_grid(starts, GRID_MINUTES):
            if minute // (DAY // 2) != half_day:
                half_day = minute // (DAY // 2)
                yield _Candidate(search, provider_id, minute)


def _first_of_each(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    seen: set[int] = set()
    for each in candidates:
        if each.provider_id not in seen:
            seen.add(each.provider_id)
            yield each


def _opening(at: _Candidate, request: OpeningRequest, *, is_earliest: bool) -> Opening:
    search = at.search
    names = {thing.id: thing.name for several in search.things.values() for thing in several}
    chosen = [id for id in fit.things_at(search.puzzle, at.minute).values() if id is not None]
    things = tuple(names[id] for id in chosen)
    reasons = [Reason("Earliest that fits")] if is_earliest else []
    devices = [names[id] for id in chosen if id in search.devices]
    reasons += _for(at, devices)
    reasons += _against(at, request.urgency)
    return Opening(
        slot=Slot(at.provider_id, at.starts, search.puzzle.minutes, tuple(chosen)),
        starts=at.starts,
        ends=at.starts + timedelta(minutes=search.puzzle.minutes),
        arrive_at=at.starts - timedelta(minutes=search.kind.arrive_early_minutes),
        provider=search.providers[at.provider_id].name,
        things=things,
        reasons=tuple(reasons),
    )


def _for(at: _Candidate, devices: list[str]) -> Iterator[Reason]:
    search, known_to = at.search, at.search.acquaintance
    if known_to and known_to.usual_id == at.provider_id:
        yield Reason("Usual provider")
    if any(session.starts == at.minute for session in search.hours.sessions.get(at.provider_id, ())):
        yield Reason("First slot of the session")
    for name in devices:
        yield Reason(f"{name} free")
    if search.kind.needs_authorization and not at.is_unauthorized:
        days = lead.working_days(search.today, at.starts.date(), search.holidays)
        yield Reason(f"{counted(days, 'day')} for authorization")


def _against(at: _Candidate, urgency: Urgency) -> Iterator[Reason]:
    today = at.search.today
    if at.is_unauthorized:
        yield Reason("Authorization will not be back", is_warning=True)
    if urgency is Urgency.TODAY and at.starts.date() > today:
        yield Reason("After today", is_warning=True)
    if urgency is Urgency.THIS_WEEK and at.starts.date() > today + timedelta(6 - today.weekday()):
        yield Reason("After this week", is_warning=True)
    known_to = at.search.acquaintance
    if known_to and known_to.met and at.provider_id not in known_to.met | {known_to.usual_id}:
        yield Reason(f"Patient has not met {at.search.providers[at.provider_id].name}", is_warning=True)


def _said(kind: VisitType, found: tuple[Opening, ...]) -> str:
    """ "I have Thursday at 9:30 with Dr. Lee, or Friday at 11:15. Come 15 minutes early, ..."."""
    first, *others = found
    offer = f"I have {_spoken(first.starts)} with {first.provider}"
    if others:
        second = others[0]
        with_other = "" if second.provider == first.provider else f" with {second.provider}"
        offer += f", or {_spoken(second.starts)}{with_other}"
    early = f"Come {kind.arrive_early_minutes} minutes early" if kind.arrive_early_minutes else ""
    told = ", ".join(part for part in (early, kind.preparation) if part)
    return f"{offer}. {told[0].upper()}{told[1:]}." if told else f"{offer}."


def _spoken(at: datetime) -> str:
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at:%A}, {at:%B} {at.day} at {at.hour % 12 or 12}{minutes}"
