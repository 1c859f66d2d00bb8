"""Sixty days back and sixty ahead: five providers' days, filled as such days are."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from frontdesk.demo import flow, week
from frontdesk.demo.book import Book, Happened, Planned, Visit, cancelled, confirmed, unreached
from frontdesk.demo.pool import Pool
from frontdesk.demo.start import NOW
from frontdesk.demo.week import TODAY
from frontdesk.models.schedule.appointment import CancelledBy, EventKind
from frontdesk.models.schedule.template import BlockKind

MIX: Final = {
    "Lee": (
        (
            40,
            "Follow-up",
            ("Hypertension follow-up", "Diabetes follow-up", "Thyroid follow-up", "Migraine follow-up"),
        ),
        (35, "Office visit", ("Med review", "Sore throat", "Refill visit", "Back pain", "Rash")),
        (15, "Annual physical", ("Annual physical",)),
        (10, "Annual wellness visit", ("Annual wellness visit",)),
    ),
    "Okafor": (
        (40, "Follow-up", ("Diabetes follow-up", "Asthma follow-up", "Back pain", "Low back pain")),
        (45, "Office visit", ("Sinus pain", "Cough", "BP check", "Refill visit", "Knee pain")),
        (15, "Annual physical", ("Annual physical",)),
    ),
    "Reyes": (
        (35, "Well child", ("Well child",)),
        (45, "Office visit", ("Ear pain", "Fever", "Rash", "Sore throat", "Cough", "Wart")),
        (10, "Follow-up", ("ADHD follow-up", "Asthma follow-up")),
        (10, "Nurse visit", ("Flu vaccine", "Vaccines")),
    ),
    "Raman": (
        (55, "Office visit", ("Cough", "Sinus pain", "Wound check", "Refill visit", "Ankle sprain", "Rash")),
        (25, "Nurse visit", ("BP check", "TB test read", "Ear wash", "Flu vaccine")),
        (10, "Annual physical", ("Annual physical",)),
        (10, "Work physical", ("Work physical",)),
    ),
    "Whitfield": (
        (40, "Prenatal visit", ("Prenatal, 12 wk", "Prenatal, 24 wk", "Prenatal, 32 wk", "Prenatal, 36 wk")),
        (30, "Well woman exam", ("Annual exam",)),
        (18, "Office visit", ("Results review", "Refill visit")),
        (12, "OB ultrasound", ("OB ultrasound, 20 wk",)),
    ),
}
BUSY: Final = {0: 0.94, 1: 0.95, 2: 0.88, 3: 0.86, 4: 0.78}
"""How much of each weekday is booked when it comes."""
CANCELLED_FOR: Final = ("Sick", "Work", "No ride", "Feels better", "Moved to another date", "Child care")
_PROCEDURES: Final = {
    "Okafor": ("Skin procedure", "Skin biopsy"),
    "Whitfield": ("Gynecologic procedure", "Colposcopy"),
}


def filled(book: Book, pool: Pool, on: date, share: float) -> Iterator[Visit]:
    """The visits of one working day but the demo's own; `share` thins them for a small practice."""
    if on in book.setting.holidays:
        return
    for provider in MIX:
        if on.weekday() in week.working_days(provider):
            yield from _provider_day(book, pool, provider, on, share)


def _provider_day(book: Book, pool: Pool, provider: str, on: date, share: float) -> Iterator[Visit]:
    chance = book.chance
    load = _load(on) * share
    free_at = datetime.combine(on, week.OPENS)
    for starts, minutes, kind, reason, is_new in _slots(chance, provider, on, load):
        booked = _booked(chance, starts)
        person = pool.newcomer(booked.date(), provider) if is_new else pool.established(provider, on)
        if person is None:
            continue
        planned = Planned(
            person,
            book.setting.providers[provider],
            book.setting.kinds[kind],
            reason,
            starts,
            minutes,
            max(booked, datetime.combine(person.since, time(9, 45))),
            is_new,
        )
        story, free_at = _story(book, planned, free_at)
        if week.is_away(provider, planned.starts, planned.ends):
            with book.rows.leaving_out():
                visit = book.place(planned, story)
        else:
            visit = book.place(planned, story)
        if visit is not None:
            yield visit


def _load(on: date) -> float:
    ahead = (on - TODAY).days
    return BUSY[on.weekday()] * (1.0 if ahead <= 0 else max(0.28, 0.92 - 0.015 * ahead))


def _slots(
    chance: Random, provider: str, on: date, load: float
) -> Iterator[tuple[datetime, int, str, str, bool]]:
    """Start, length, visit type, reason and whether a new patient, through the day."""
    at, closes = datetime.combine(on, week.OPENS), datetime.combine(on, week.CLOSES)
    kept = week.kept_on(provider, on)
    while at < closes:
        block = next((each for each in kept if each.starts <= at.time() < each.ends), None)
        if block is not None:
            ends = datetime.combine(on, block.ends)
            yield from _in_block(chance, provider, block.kind, at, ends, load)
            at = ends
            continue
        until = next((datetime.combine(on, each.starts) for each in kept if each.starts > at.time()), closes)
        _, kind, reasons = chance.choices(MIX[provider], [weight for weight, _, _ in MIX[provider]])[0]
        minutes = _LENGTHS[kind]
        if chance.random() < load and at + timedelta(minutes=minutes) <= until:
            yield at, minutes, kind, chance.choice(reasons), False
            at += timedelta(minutes=minutes)
        else:
            at += timedelta(minutes=15)


_LENGTHS: Final = {
    "Office visit": 15,
    "Nurse visit": 15,
    "OB ultrasound": 45,
    **dict.fromkeys(
        (
            "Follow-up",
            "Annual physical",
            "Annual wellness visit",
            "Well child",
            "Work physical",
            "Prenatal visit",
            "Well woman exam",
        ),
        30,
    ),
}


def _in_block(
    chance: Random, provider: str, kind: BlockKind, starts: datetime, ends: datetime, load: float
) -> Iterator[tuple[datetime, int, str, str, bool]]:
    is_past = ends <= NOW
    minutes = int((ends - starts).total_seconds() // 60)
    if kind is BlockKind.URGENT and is_past and chance.random() < load * 0.85:
        yield (
            starts,
            15,
            "Urgent visit",
            chance.choice(("Fever", "Chest cold", "Back spasm", "Cut hand")),
            False,
        )
    elif kind is BlockKind.NEW_PATIENT and minutes >= 45 and chance.random() < load * 0.7:
        kind_name = "New OB visit" if provider == "Whitfield" else "New patient visit"
        yield starts, 45, kind_name, kind_name, True
    elif kind is BlockKind.PROCEDURE and chance.random() < load * 0.8:
        name, reason = _PROCEDURES[provider]
        yield starts, 45 if provider == "Whitfield" else 30, name, reason, False


def _booked(chance: Random, starts: datetime) -> datetime:
    """When somebody called for this time: mostly a week or two before, urgent things on the day."""
    days = min(70, int(chance.expovariate(1 / 16)) + 1)
    at = datetime.combine(
        starts.date() - timedelta(days), time(8 + chance.randrange(9), 5 * chance.randrange(12))
    )
    latest = NOW - timedelta(minutes=30 + chance.randrange(3 * 24 * 60))
    return min(at, latest)


def _story(book: Book, planned: Planned, free_at: datetime) -> tuple[tuple[Happened, ...], datetime]:
    """What happened to a visit until now, and when its provider is free again."""
    chance, starts = book.chance, planned.starts
    if starts.date() > TODAY:
        return tuple(_ahead(chance, planned)), free_at
    call = max(
        planned.booked + timedelta(minutes=10), datetime.combine(starts.date() - timedelta(1), time(15, 10))
    )
    before = (confirmed(call),) if chance.random() < 0.72 else (unreached(call),)
    drawn = chance.random()
    if drawn < 0.045:
        return (*before, Happened(EventKind.NO_SHOW, starts + timedelta(minutes=25))), free_at
    if drawn < 0.115:
        is_late = drawn < 0.065
        at = (
            starts - timedelta(hours=2)
            if is_late
            else max(planned.booked + timedelta(hours=1), starts - timedelta(days=2))
        )
        at = min(at, starts - timedelta(minutes=20))
        whom = CancelledBy.OFFICE if chance.random() < 0.1 else CancelledBy.PATIENT
        return (cancelled(at, is_late=is_late, by=whom, reason=chance.choice(CANCELLED_FOR)),), free_at
    if drawn < 0.12:
        arrived = flow.comes(chance, planned)
        left = Happened(
            EventKind.LEFT, arrived + timedelta(minutes=35), (("reason", "Could not wait longer"),)
        )
        return (*before, *flow.steps(arrived, arrived + timedelta(minutes=2)), left), free_at
    room_id = chance.choice(book.setting.own_rooms[planned.provider_id])
    way, free_at = flow.walked_through(chance, planned, room_id, free_at)
    return (*before, *way), free_at


def _ahead(chance: Random, planned: Planned) -> Iterator[Happened]:
    days = (planned.starts.date() - TODAY).days
    call = max(planned.booked + timedelta(minutes=10), NOW - timedelta(hours=2 + chance.randrange(20)))
    if call >= NOW:
        return
    if chance.random() < 0.035:
        yield cancelled(call, is_late=False, reason=chance.choice(CANCELLED_FOR))
    elif days <= 3 and chance.random() < 0.6:
        yield confirmed(call)
