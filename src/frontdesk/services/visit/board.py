"""The flow board: who is in the office, in which state, for how long, and who is next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.names import first_last
from frontdesk.models.office.resources import Provider, Resource, Room
from frontdesk.models.office.resources import RoomState as RoomState
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.schedule import lengths, pace, waiting_goals
from frontdesk.services.schedule.pace import Pace
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.schedule.taken import STANDING
from frontdesk.services.visit import flags, presence
from frontdesk.services.visit.flags import Flag
from frontdesk.services.visit.presence import OpenAt
from frontdesk.services.work import Work

LANES: Final = (Status.CHECKING_IN, Status.READY, Status.IN_ROOM, Status.IN_VISIT, Status.CHECK_OUT)
_EXPECTED = (Status.SCHEDULED, Status.CONFIRMED, Status.NOT_ARRIVED)
_SHORTLY = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Card:
    """One patient of the day."""

    appointment_id: int
    version: int
    patient_id: int
    name: str
    last_name: str
    starts: datetime
    minutes: int
    provider_id: int
    provider: str
    what: str
    status: Status
    since: datetime | None
    """When the present state began, on the office's clock."""
    limit_minutes: int | None
    room_id: int | None
    room: str
    expected_in: datetime | None
    """When the provider will probably see them; None where it is not for the desk to say."""
    flags: tuple[Flag, ...]
    open_at: OpenAt | None = None
    """The desk at which the check-in is open."""

    def minutes_here(self, now: datetime) -> int:
        """Full minutes in the present state."""
        return 0 if self.since is None else max(0, int((now - self.since).total_seconds() // 60))

    def minutes_late(self, now: datetime) -> int:
        """Full minutes since the booked time."""
        return max(0, int((now - self.starts).total_seconds() // 60))


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """Who is with a provider, and who follows when."""

    provider_id: int
    provider: str
    late_minutes: int
    words: str
    busy_until: datetime | None
    queue: tuple[int, ...]
    """Appointment ids: the one in the visit, then those to come, in their order."""


@dataclass(frozen=True, slots=True)
class RoomTile:
    """A room, and who is in it."""

    room_id: int
    name: str
    state: RoomState
    blocked_reason: str
    appointment_id: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board at one moment; minutes tick in the window, without asking again."""

    at: datetime
    cards: tuple[Card, ...]
    """Everyone expected or here, by booked time."""
    providers: tuple[ProviderLine, ...]
    rooms: tuple[RoomTile, ...]
    done: tuple[Card, ...]
    """Who has left, the last one first."""
    goals: Mapping[Status, int]
    """How many minutes a patient should stay in a state; a visit's own length is the goal while it lasts."""

    def lane(self, status: Status) -> tuple[Card, ...]:
        """A lane, the longest wait first."""
        here = [card for card in self.cards if card.status is status]
        return tuple(sorted(here, key=lambda card: (card.since or card.starts, card.appointment_id)))

    @property
    def expected(self) -> tuple[Card, ...]:
        return tuple(card for card in self.cards if card.status in _EXPECTED)

    @property
    def waiting(self) -> int:
        """How many wait at the desk or in the waiting room: the count on the tab."""
        return sum(card.status in (Status.READY, Status.CHECKING_IN) for card in self.cards)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a locked screen may show: numbers, no names."""

    ready: int
    checking_in: int


@query(permission="schedule.view")
def board(work: Work) -> Board:
    """Today's board; a constant number of statements."""
    visits = _todays(work)
    now = work.local_now
    statuses = {
        visit.id: status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, now)
        for visit, *_ in visits
    }
    shown = [row for row in visits if statuses[row[0].id] in (*_EXPECTED, *LANES)]
    projected = pace.of_day(
        work, (pace.placed(work, visit, statuses[visit.id]) for visit, *_ in visits), lengths.load(work)
    )
    flagged = {
        each.appointment_id: each.flags
        for each in flags.of_visits(work, appointment_ids=tuple(visit.id for visit, *_ in shown))
    }
    opened = presence.open_of(work, [visit.id for visit, *_ in shown])
    rooms = _rooms(work)
    names = {room.id: name for room, name in rooms}
    goals = {Status(state.value): minutes for state, minutes in waiting_goals.by_state(work).items()}
    cards, done = [], []
    for row in visits:
        visit, status = row[0], statuses[row[0].id]
        if status is not Status.DONE and status not in (*_EXPECTED, *LANES):
            continue
        card = replace(
            _card(work, row, status),
            limit_minutes=goals.get(status),
            room=names.get(visit.room_id, "") if visit.room_id else "",
            expected_in=projected[visit.provider_id].predicted.get(visit.id),
            flags=flagged.get(visit.id, ()),
            open_at=opened.get(visit.id),
        )
        if status is Status.DONE:
            done.append(card)
        else:
            cards.append(replace(card, limit_minutes=card.minutes) if status is Status.IN_VISIT else card)
    return Board(
        at=now,
        cards=tuple(cards),
        providers=_lines(cards, projected),
        rooms=_tiles(rooms, cards),
        done=tuple(sorted(done, key=lambda card: card.since or card.starts, reverse=True)),
        goals=goals,
    )


@query(permission="door.sign_in")
def counts(work: Work) -> Counts:
    """How many wait, for the locked screen."""
    now = work.local_now
    found = [
        status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, now)
        for visit, *_ in _todays(work)
    ]
    return Counts(found.count(Status.READY), found.count(Status.CHECKING_IN))


def private(card: Card) -> Card:
    """For a screen that others may see: initials, no reason, nothing that is owed or missing."""
    initials = " ".join(f"{word[:1]}." for word in (card.name[:1], card.last_name[:1]) if word)
    return replace(card, name=initials, last_name=initials, what="", flags=(), expected_in=None, open_at=None)


def shortly(board: Board) -> tuple[Card, ...]:
    """Those expected within two hours, and those who should be here already."""
    return tuple(card for card in board.expected if card.starts <= board.at + _SHORTLY)


def _todays(work: Work) -> list[tuple[Appointment, Patient, str, str]]:
    day = datetime.combine(work.today, datetime.min.time())
    asked = (
        select(Appointment, Patient, Provider.short_name, VisitType.name)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(
            Appointment.starts >= day,
            Appointment.starts < day + timedelta(days=1),
            Appointment.lifecycle.in_(STANDING),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return [
        (visit, patient, provider, kind) for visit, patient, provider, kind in work.session.execute(asked)
    ]


def _card(work: Work, row: tuple[Appointment, Patient, str, str], status: Status) -> Card:
    """What the visit itself says; clocks, room and flags are the board's."""
    visit, patient, provider, kind = row
    return Card(
        appointment_id=visit.id,
        version=visit.version,
        patient_id=patient.id,
        name=first_last(patient.preferred_name or patient.legal_first, patient.legal_last),
        last_name=patient.legal_last,
        starts=visit.starts,
        minutes=int((visit.ends - visit.starts).total_seconds() // 60),
        provider_id=visit.provider_id,
        provider=provider,
        what=visit.reason or kind,
        status=status,
        since=_since(work, visit, status),
        limit_minutes=None,
        room_id=visit.room_id,
        room="",
        expected_in=None,
        flags=(),
        open_at=None,
    )


def _since(work: Work, visit: Appointment, status: Status) -> datetime | None:
    if status in _EXPECTED:
        return None
    # Arrival and check-in are one wait: the patient counts from the door.
    at = visit.arrived_at if status is Status.CHECKING_IN else visit.stage_at
    return work.wall(at) if at else None


def _lines(cards: list[Card], projected: Mapping[int, Pace]) -> tuple[ProviderLine, ...]:
    names = {card.provider_id: card.provider for card in cards}
    lines = []
    for provider_id, name in sorted(names.items(), key=lambda item: item[1]):
        ahead = projected[provider_id]
        mine = [card for card in cards if card.provider_id == provider_id]
        inside = [card.appointment_id for card in mine if card.status is Status.IN_VISIT]
        coming = sorted(
            (card for card in mine if card.expected_in is not None),
            key=lambda card: (card.expected_in or card.starts, card.starts),
        )
        queue = (*inside, *(card.appointment_id for card in coming))
        lines.append(
            ProviderLine(provider_id, name, ahead.late_minutes, ahead.words, ahead.busy_until, queue)
        )
    return tuple(lines)


def _rooms(work: Work) -> list[tuple[Room, str]]:
    asked = (
        select(Room, Resource.name)
        .join(Resource, Resource.id == Room.id)
        .where(Resource.is_active)
        .order_by(Resource.name)
    )
    return [(room, name) for room, name in work.session.execute(asked)]


def _tiles(rooms: list[tuple[Room, str]], cards: list[Card]) -> tuple[RoomTile, ...]:
    inside = {card.room_id: card.appointment_id for card in cards if card.room_id is not None}
    return tuple(
        RoomTile(
            room_id=room.id,
            name=name,
            # Somebody sitting in it counts for more than what was last said of it.
            state=RoomState.OCCUPIED if room.id in inside else room.state,
            blocked_reason=room.blocked_reason,
            appointment_id=inside.get(room.id),
        )
        for room, name in rooms
    )
