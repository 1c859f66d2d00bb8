"""Which reminders a visit gets, when and by which channel: plain values in, plain values out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final

from frontdesk.models.registration.patient import ReminderWay
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import JobState

MESSAGES: Final = (Channel.TEXT, Channel.EMAIL)
_WAYS: Final = {
    ReminderWay.TEXT: Channel.TEXT,
    ReminderWay.EMAIL: Channel.EMAIL,
    ReminderWay.CALL: Channel.PHONE,
    ReminderWay.LETTER: Channel.LETTER,
}
_BACKOFF: Final = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1))
"""How long after each failed try the next one follows; after the last there is none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in force."""

    id: int
    hours_before: int
    not_within_hours: int
    channels: tuple[Channel, ...]
    if_unconfirmed: bool = False
    guardian_below_age: int = 18
    off_types: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """A booked visit; times are the office's wall times."""

    id: int
    patient_id: int
    visit_type_id: int
    starts: datetime
    booked_at: datetime
    is_confirmed: bool = False
    off_rules: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reach:
    """How a patient can be reached; the numbers and addresses that want no messages are left out already."""

    way: ReminderWay = ReminderWay.TEXT
    second: ReminderWay = ReminderWay.NONE
    text: str = ""
    email: str = ""
    has_phone: bool = False
    has_address: bool = False
    age: int = 99
    guardian: "Reach | None" = None

    def by(self, channel: Channel) -> bool:
        """Whether this channel leads to the patient."""
        return {
            Channel.TEXT: bool(self.text),
            Channel.EMAIL: bool(self.email),
            Channel.PHONE: self.has_phone,
            Channel.LETTER: self.has_address,
        }.get(channel, False)


@dataclass(frozen=True, slots=True)
class Quiet:
    """No message between the evening and the morning."""

    starts: time = time(20)
    ends: time = time(8)

    def covers(self, at: datetime) -> bool:
        return at.time() >= self.starts or at.time() < self.ends

    def over_after(self, at: datetime) -> datetime:
        """The next moment that is not quiet."""
        if not self.covers(at):
            return at
        day = at.date() + timedelta(days=1) if at.time() >= self.starts else at.date()
        return datetime.combine(day, self.ends)

    def before(self, at: datetime) -> datetime:
        """The last minute before the quiet that covers this moment."""
        if not self.covers(at):
            return at
        day = at.date() if at.time() >= self.starts else at.date() - timedelta(days=1)
        return datetime.combine(day, self.starts) - timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder that there should be; `due` is wall time."""

    appointment_id: int
    starts: datetime
    rule_id: int
    channel: Channel
    due: datetime = field(compare=False)

    @property
    def occurrence(self) -> tuple[int, datetime, int]:
        return (self.appointment_id, self.starts, self.rule_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """A job that was made earlier. `is_instead`: a call in the place of a message that failed."""

    id: int
    appointment_id: int
    starts: datetime
    rule_id: int
    channel: Channel
    state: JobState
    due: datetime
    tries: int = 0
    is_instead: bool = False

    @property
    def occurrence(self) -> tuple[int, datetime, int]:
        return (self.appointment_id, self.starts, self.rule_id)


@dataclass(frozen=True, slots=True)
class Difference:
    """What must be done so that the jobs are as planned."""

    new: tuple[Planned, ...] = ()
    renewed: tuple[tuple[int, datetime], ...] = ()
    """Jobs that stand again, or at another time; with when they are due."""
    withdrawn: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.renewed or self.withdrawn)


def plan(
    rules: Sequence[Rule],
    visits: Iterable[Visit],
    reaches: Mapping[int, Reach],
    quiet: Quiet,
    now: datetime,
    *,
    usable: Collection[Channel] = (Channel.TEXT, Channel.EMAIL, Channel.PHONE, Channel.LETTER),
) -> tuple[Planned, ...]:
    """Every reminder of these visits that is still to go out, by visit and rule."""
    found = []
    for visit in visits:
        if visit.starts <= now:
            continue
        reach = reaches.get(visit.patient_id, Reach(ReminderWay.NONE))
        for rule in rules:
            if not _applies(rule, visit):
                continue
            channel = channel_of(rule, reach, usable)
            if channel is None:
                continue
            due = due_of(rule, visit, channel, quiet, now)
            if due is not None:
                found.append(Planned(visit.id, visit.starts, rule.id, channel, due))
    return tuple(found)


def told_to(rule: Rule, reach: Reach) -> Reach | None:
    """Who is reminded: a minor's guardian in the minor's place; None where a minor has none on file."""
    return reach if reach.age >= rule.guardian_below_age else reach.guardian


def channel_of(rule: Rule, reach: Reach, usable: Collection[Channel]) -> Channel | None:
    """The patient's own way where the rule has it, then their second, else the rule's first."""
    told = told_to(rule, reach)
    if reach.way is ReminderWay.NONE or told is None:
        return None
    own, second = _WAYS[reach.way], _WAYS.get(reach.second)
    ordered = sorted(rule.channels, key=lambda channel: (channel is not own, channel is not second))
    return next((channel for channel in ordered if channel in usable and told.by(channel)), None)


def due_of(rule: Rule, visit: Visit, channel: Channel, quiet: Quiet, now: datetime) -> datetime | None:
    """When it goes out: outside the quiet hours, not too near the visit; None where it is too late for it.

    What falls into the quiet hours waits for their end, or goes out before they begin where the end
    is too near the visit. A visit that was booked after its reminder was due is not reminded of: it
    was just spoken about.
    """
    due = visit.starts - timedelta(hours=rule.hours_before)
    if visit.booked_at > due or now >= latest_of(rule, visit.starts):
        return None
    if channel not in MESSAGES:
        return due
    later = quiet.over_after(due)
    if later == due or later < latest_of(rule, visit.starts):
        return later
    earlier = quiet.before(due)
    return earlier if visit.booked_at <= earlier else None


def latest_of(rule: Rule, starts: datetime) -> datetime:
    """From when on it is too near the visit for this rule."""
    return starts - timedelta(hours=rule.not_within_hours)


def _applies(rule: Rule, visit: Visit) -> bool:
    return (
        visit.visit_type_id not in rule.off_types
        and rule.id not in visit.off_rules
        and not (rule.if_unconfirmed and visit.is_confirmed)
    )


def next_try(
    tries: int, now: datetime, wait: timedelta | None, quiet: Quiet, latest: datetime
) -> datetime | None:
    """When a message that failed for now is tried again; None when a person has to call."""
    if tries > len(_BACKOFF):
        return None
    again = quiet.over_after(now + max(_BACKOFF[tries - 1], wait or timedelta(0)))
    return again if again < latest else None


def difference(
    wanted: Iterable[Planned],
    standing: Iterable[Standing],
    to_come: Collection[tuple[int, datetime]] = (),
) -> Difference:
    """From what stands to what is wanted; what was sent, or given up, stays and is not made again.

    `to_come`: visits and starts that are still unconfirmed and ahead: a call in the place of a
    message that failed stays for them.
    """
    known: dict[tuple[int, datetime, int], list[Standing]] = {}
    for job in standing:
        known.setdefault(job.occurrence, []).append(job)
    new: list[Planned] = []
    renewed: list[tuple[int, datetime]] = []
    kept: set[int] = set()
    for each in wanted:
        jobs = known.get(each.occurrence, [])
        if any(job.state not in (JobState.PLANNED, JobState.WITHDRAWN) for job in jobs):
            kept.update(job.id for job in jobs if not job.is_instead)
            continue
        same = next((job for job in jobs if job.channel is each.channel), None)
        if same is None:
            new.append(each)
            continue
        kept.add(same.id)
        is_elsewhen = same.tries == 0 and same.due != each.due
        if same.state is JobState.WITHDRAWN or is_elsewhen:
            renewed.append((same.id, each.due))
    withdrawn = [
        job.id
        for jobs in known.values()
        for job in jobs
        if job.state is JobState.PLANNED
        and job.id not in kept
        and not (job.is_instead and (job.appointment_id, job.starts) in to_come)
    ]
    return Difference(tuple(new), tuple(renewed), tuple(sorted(withdrawn)))


def families(jobs: Sequence[tuple[int, int, str, datetime]]) -> tuple[tuple[int, ...], ...]:
    """Jobs (id, rule, address, start) that one message covers: same rule, address and day; by start."""
    groups: dict[tuple[int, str, object], list[tuple[datetime, int]]] = {}
    for id, rule_id, address, starts in jobs:
        groups.setdefault((rule_id, address.lower(), starts.date()), []).append((starts, id))
    return tuple(tuple(id for _, id in sorted(group)) for group in groups.values())
