"""The Tuesday itself: its people registered, their papers in order or not, their visits under way."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from frontdesk.demo import flow, names
from frontdesk.demo.billing import Billing
from frontdesk.demo.book import Book, Happened, Planned, Visit, cancelled, confirmed, unreached
from frontdesk.demo.cast import DAY, At, Mark, Role, clock
from frontdesk.demo.characters import CHARTS, known
from frontdesk.demo.money import Ledger
from frontdesk.demo.people import ChartNumbers, Draft, Person, Registry, email, home, is_child
from frontdesk.demo.signatures import TREATMENT, Signatures
from frontdesk.demo.start import NOW
from frontdesk.demo.verify import verified
from frontdesk.demo.week import TODAY
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.models.schedule.appointment import (
    EventKind,
    Readiness,
    ReadinessItem,
    ReadinessState,
)
from frontdesk.models.schedule.visit_type import Role as BookedAs

ASKED_AT: Final = datetime.combine(TODAY, time(8, 12))
"""When the payers were asked about everybody who is expected today."""


def register(registry: Registry, charts: ChartNumbers) -> dict[str, Person]:
    """The people of the day, by name; a brother or sister is on the same account."""
    people: dict[str, Person] = {}
    families: dict[str, tuple[Person, Draft]] = {}
    for role in DAY:
        draft = _draft(registry, charts, role)
        sibling = families.get(role.last) if is_child(role.born_on) else None
        if sibling is not None:
            _, first = sibling
            draft = replace(draft, home=first.home, phones=first.phones, contact=first.contact)
        people[role.name] = person = registry.register(draft, payer=sibling[0] if sibling else None)
        person.is_cast = True
        if is_child(role.born_on):
            families.setdefault(role.last, (person, draft))
    return people


def _draft(registry: Registry, charts: ChartNumbers, role: Role) -> Draft:
    chance = registry.chance
    child = is_child(role.born_on)
    since = TODAY - timedelta(days=chance.randrange(400, 2600))
    if Mark.NEW in role.marks:
        since = TODAY - timedelta(days=chance.randrange(8, 20))
    spanish = Mark.SPANISH in role.marks
    phone = names.phone(chance)
    parent = f"{chance.choice(names.WOMEN)} {role.last}"
    contact = (parent, "parent", phone) if child else (parent, "sister", names.phone(chance))
    draft = Draft(
        first=role.first,
        last=role.last,
        sex=Sex.FEMALE if role.sex == "F" else Sex.MALE,
        born_on=role.born_on,
        chart_number=CHARTS.get(role.name) or charts.next(),
        usual_id=registry.setting.providers[role.provider],
        since=max(since, role.born_on),
        home=home(chance),
        phones=((PhoneKind.MOBILE, phone, True),),
        plan=role.plan,
        contact=contact,
        other={
            "email": "" if child else email(role.first, role.last),
            "pharmacy": chance.choice(names.PHARMACIES),
            "language": "Spanish" if spanish else "English",
            "interpreter_needed": spanish,
        },
    )
    return known(draft)


def sign(signatures: Signatures, people: dict[str, Person], chance: Random) -> None:
    """Everybody's forms; the ones that the desk must ask for today are missing or have run out."""
    for role in DAY:
        person = people[role.name]
        if role.name == "Danielle Foster":
            signatures.sign(person, TREATMENT, date(2025, 3, 2))
            for key in ("privacy_notice", "messages", "financial_policy"):
                signatures.sign(person, key, date(2025, 1, 14))
        elif role.name == "Walter Harris":
            signatures.sign_all(person, date(2026, 1, 6), but=frozenset({"financial_policy"}))
        else:
            earliest = max(person.since, TODAY - timedelta(days=300))
            on = earliest + timedelta(days=chance.randrange((TODAY - earliest).days - 3))
            missing = frozenset({TREATMENT}) if Mark.UNSIGNED in role.marks else frozenset()
            signatures.sign_all(person, on, but=missing)


def verify(book: Book, people: dict[str, Person]) -> None:
    """This morning's answers of the payers, but for those whom they did not answer about."""
    for role in DAY:
        if Mark.UNVERIFIED not in role.marks:
            at = datetime(2026, 3, 16, 16, 40) if role.name == "Walter Harris" else ASKED_AT
            verified(book.rows, book.setting, people[role.name], at, TODAY)


def play(book: Book, billing: Billing, people: dict[str, Person]) -> None:
    """The visits of the day, each up to where it stands at 10:42."""
    free_at: dict[str, datetime] = {}
    rooms = _Rooms(book)
    for role in DAY:
        planned = _planned(book, role, people[role.name])
        story = _story(book, role, planned, free_at, rooms)
        visit = book.place(planned, story)
        assert visit is not None, f"{role.starts} {role.provider} is free for the cast"
        if role.at is At.DONE or role.since:
            _at_the_desk(billing, role, visit)
        _ready(book, role, visit)


def _planned(book: Book, role: Role, person: Person) -> Planned:
    booked = datetime.combine(TODAY - timedelta(days=4 + book.chance.randrange(25)), time(10, 20))
    return Planned(
        person=person,
        provider_id=book.setting.providers[role.provider],
        kind=book.setting.kinds[role.kind],
        reason=role.reason,
        starts=role.starts_at,
        minutes=role.minutes,
        booked=max(booked, datetime.combine(person.since, time(9, 45))),
        is_new=Mark.NEW in role.marks,
    )


_IMAGING: Final = (BookedAs.ROOM, "imaging")
_LED_IN: Final = timedelta(minutes=5)
"""How long before the provider comes the patient is led into the room."""


class _Rooms:
    """Which rooms are left when: nobody is led into a room where somebody is."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._stays: dict[int, list[tuple[datetime, datetime]]] = {}
        for role in DAY:
            if role.room:
                since, is_out = clock(role.since), role.at is At.CHECK_OUT
                stay = (since - timedelta(minutes=27), since) if is_out else (since - _LED_IN, clock("17:00"))
                self._stays.setdefault(book.setting.rooms[role.room], []).append(stay)

    def led_into(self, planned: Planned, way: tuple[Happened, ...]) -> tuple[Happened, ...]:
        """The way with the first room that is free by the time the provider comes in: their own, else any."""
        at = {each.kind: each.at for each in way}
        roomed, seen, left = (
            at[kind] for kind in (EventKind.ROOMED, EventKind.PROVIDER_IN, EventKind.CHECK_OUT_STARTED)
        )
        wants = {phase.want for phase in planned.kind.needs(planned.minutes)}
        imaging = self._book.setting.things.get(_IMAGING, ()) if _IMAGING in wants else ()
        own = self._book.setting.own_rooms[planned.provider_id]
        rooms = imaging or (*own, *(id for id in self._book.setting.rooms.values() if id not in own))
        room_id = rooms[0]
        for id in rooms:
            stays = [stay for stay in self._stays.get(id, ()) if stay[0] < left and roomed < stay[1]]
            if all(until <= seen for _, until in stays):
                room_id, roomed = id, max([roomed, *(until for _, until in stays)])
                break
        self._stays.setdefault(room_id, []).append((roomed, left))
        return tuple(
            replace(each, at=roomed, facts=(("room_id", room_id),)) if each.kind is EventKind.ROOMED else each
            for each in way
        )


def _story(
    book: Book, role: Role, planned: Planned, free_at: dict[str, datetime], rooms: _Rooms
) -> tuple[Happened, ...]:
    yesterday = datetime.combine(TODAY - timedelta(days=1), time(15, 5))
    before = (confirmed(yesterday),) if role.at is not At.SCHEDULED else ()
    if role.at is At.CANCELED:
        return (cancelled(yesterday, is_late=True, reason="Work"),)
    if role.at is At.NO_SHOW:
        return (unreached(yesterday), Happened(EventKind.NO_SHOW, clock("9:48")))
    if Mark.CALLED in role.marks:
        return (unreached(clock("10:31")),)
    if role.at is At.DONE:
        first = book.setting.own_rooms[planned.provider_id][0]
        way, free_at[role.provider] = _done(book.chance, planned, first, free_at.get(role.provider))
        return (*before, *rooms.led_into(planned, way))
    if role.since:
        return (*before, *_under_way(role, book.setting.rooms.get(role.room, 0)))
    return before


def _done(
    chance: Random, planned: Planned, room_id: int, free_at: datetime | None
) -> tuple[tuple[Happened, ...], datetime]:
    """A visit of this morning that is over; squeezed where chance would let it last until after now."""
    way, left = flow.walked_through(chance, planned, room_id, free_at or planned.starts)
    late = max(timedelta(), way[-1].at - (NOW - timedelta(minutes=6)))
    if late:
        way = tuple(Happened(each.kind, max(way[0].at, each.at - late), each.facts, each.by) for each in way)
    return way, left - late


def _under_way(role: Role, room_id: int) -> tuple[Happened, ...]:
    since = clock(role.since)
    minute = timedelta(minutes=1)
    match role.at:
        case At.CHECKING_IN:
            return flow.steps(since, min(since + minute, NOW))
        case At.READY:
            return flow.steps(since - 6 * minute, since - 5 * minute, since)
        case At.IN_ROOM:
            return flow.steps(
                since - 14 * minute, since - 12 * minute, since - 6 * minute, since, room_id=room_id
            )
        case At.IN_VISIT:
            return flow.steps(
                since - 19 * minute,
                since - 18 * minute,
                since - 12 * minute,
                since - 5 * minute,
                since,
                room_id=room_id,
            )
        case _:
            seen = since - 22 * minute
            return flow.steps(
                seen - 15 * minute,
                seen - 14 * minute,
                seen - 9 * minute,
                seen - 4 * minute,
                seen,
                since - 2 * minute,
                since,
                room_id=room_id,
            )


def _at_the_desk(billing: Billing, role: Role, visit: Visit) -> None:
    """The superbill at arrival, the copay at check-in where it was paid."""
    ledger = billing.ledger
    assert visit.at.arrived_at is not None
    arrived = ledger.rows.work.wall(visit.at.arrived_at)
    billing.at(arrived, lambda: ledger.issue(visit))
    copay = ledger.setting.plans[role.plan].plan.copay_cents
    if copay and Mark.COPAY_DUE not in role.marks:
        at = min(arrived + timedelta(minutes=3), NOW - timedelta(minutes=1))
        billing.at(at, lambda: _paid(ledger, visit, copay, at))


def _paid(ledger: Ledger, visit: Visit, cents: int, at: datetime) -> None:
    ledger.take(visit, cents, at)


def _ready(book: Book, role: Role, visit: Visit) -> None:
    missing = Mark.UNAUTHORIZED in role.marks
    book.rows.add(
        Readiness,
        appointment_id=visit.id,
        item=ReadinessItem.AUTHORIZATION if missing else ReadinessItem.CHART,
        state=ReadinessState.BLOCKED if missing else ReadinessState.DONE,
        note="Authorization missing: payer asked on 03/13, no answer yet" if missing else "",
    )
