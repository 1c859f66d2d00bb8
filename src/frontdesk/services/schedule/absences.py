"""A provider who is out: noted at the desk as it happens, ended when they are back."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.template import ExceptionKind, ScheduleException
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule import hours, resources
from frontdesk.services.schedule.intervals import time_of
from frontdesk.services.work import Work

LONGEST = timedelta(days=366)
_LONGEST_REASON = 120


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch in which a provider is out; wall times."""

    id: int
    version: int
    provider_id: int
    provider: str
    starts: datetime
    ends: datetime
    reason: str
    waiting: int
    """Visits that still stand in it."""


@query(permission="schedule.view")
def absences(work: Work) -> tuple[Absence, ...]:
    """Today's absences, also those that are over, and the later ones; one statement."""
    asked = (
        select(ScheduleException, Provider.short_name, func.count(Appointment.id))
        .join(Provider, Provider.id == ScheduleException.provider_id)
        .outerjoin(Appointment, and_(*_waits_in(work)))
        .where(
            ScheduleException.is_active,
            ScheduleException.kind == ExceptionKind.OUT,
            ScheduleException.ends >= datetime.combine(work.today, time()),
        )
        .group_by(ScheduleException.id, Provider.id)
        .order_by(ScheduleException.starts, ScheduleException.id)
    )
    return tuple(
        Absence(
            id=row.id,
            version=row.version,
            provider_id=row.provider_id,
            provider=provider,
            starts=row.starts,
            ends=row.ends,
            reason=row.reason,
            waiting=waiting,
        )
        for row, provider, waiting in work.session.execute(asked)
    )


@dataclass(frozen=True, slots=True)
class ProviderToday:
    """A provider, and when they would stop seeing patients today; None on a day off."""

    id: int
    name: str
    until: datetime | None


@query(permission="schedule.view")
def providers_today(work: Work) -> tuple[ProviderToday, ...]:
    """Who could be out, in the order of the columns; five statements."""
    found = resources.providers(work)
    worked = hours.load(work, work.today, work.today, tuple(found))
    ends = {
        id: max(session.ends for session in sessions) for id, sessions in worked.sessions.items() if sessions
    }
    return tuple(
        ProviderToday(each.id, each.name, time_of(ends[each.id], worked.origin) if each.id in ends else None)
        for each in found.values()
    )


def waiting(work: Work) -> int:
    """How many visits still stand where their provider is out; one statement."""
    asked = (
        select(func.count(Appointment.id.distinct()))
        .select_from(ScheduleException)
        .join(Appointment, and_(*_waits_in(work)))
        .where(
            ScheduleException.is_active,
            ScheduleException.kind == ExceptionKind.OUT,
            ScheduleException.ends >= datetime.combine(work.today, time()),
        )
    )
    return work.session.scalars(asked).one()


def _waits_in(work: Work) -> tuple[ColumnElement[bool], ...]:
    """A visit that nobody has begun, in the absence; or before it on its first day, once it has begun."""
    return (
        Appointment.provider_id == ScheduleException.provider_id,
        Appointment.lifecycle.in_((Lifecycle.BOOKED, Lifecycle.ARRIVED)),
        Appointment.starts >= func.date(ScheduleException.starts),
        Appointment.starts < ScheduleException.ends,
        or_(
            Appointment.ends > ScheduleException.starts,
            and_(
                ScheduleException.starts <= work.local_now,
                func.date(Appointment.starts) == func.date(ScheduleException.starts),
            ),
        ),
    )


def _withdrawn(done: Performed) -> Undo:
    return Undo(withdraw, absence_id=done.result)


@command("Provider out", permission="schedule.book", undo=_withdrawn)
def mark_out(work: Work, *, provider_id: int, starts: datetime, ends: datetime, reason: str = "") -> int:
    """Notes that a provider is out; booked visits stay until they are moved. Gives back the absence's id.

    The receptionist may say so: whoever answers the telephone knows it first.
    """
    starts, ends = starts.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    found = resources.providers(work, (provider_id,))
    findings = []
    if not found:
        findings.append(
            Finding("This provider no longer sees patients. Choose another.", field="provider_id")
        )
    if ends <= starts:
        findings.append(Finding("The end comes after the start.", field="ends"))
    elif ends <= work.local_now:
        findings.append(Finding("This time has passed. Choose a later end.", field="ends"))
    elif ends - starts > LONGEST:
        findings.append(Finding("An absence lasts a year at most. Look at the dates again.", field="ends"))
    if len(reason.strip()) > _LONGEST_REASON:
        findings.append(Finding(f"Say why in {_LONGEST_REASON} characters at most.", field="reason"))
    refuse_if_any(findings)
    other = _overlapping(work, provider_id, starts, ends)
    if other is not None:
        span = _from_to(other.starts, other.ends)
        raise Refused(
            Finding(
                f"{found[provider_id].name} is out already from {span}. "
                "Open that absence, or choose other times.",
                field="starts",
            )
        )
    return work.add(
        ScheduleException(
            provider_id=provider_id,
            site_id=work.get(Resource, provider_id).site_id,
            kind=ExceptionKind.OUT,
            starts=starts,
            ends=ends,
            reason=reason.strip(),
        )
    ).id


def _brought_back(done: Performed) -> Undo:
    return Undo(bring_back, absence_id=done.arguments["absence_id"], ends=done.result)


@command("Withdraw absence", permission="schedule.book", undo=_brought_back)
def withdraw(work: Work, *, absence_id: int) -> datetime:
    """Takes an absence away as if it had not been. Gives back when it would have ended."""
    row = _standing(work, absence_id, None)
    row.is_active = False
    return row.ends


@command("Provider is back", permission="schedule.book", undo=_brought_back)
def come_back(work: Work, *, absence_id: int, version: int | None = None) -> datetime:
    """Ends an absence now, or withdraws one that has not begun. Gives back when it would have ended."""
    row = _standing(work, absence_id, version)
    before, now = row.ends, work.local_now.replace(second=0, microsecond=0)
    if before <= now:
        raise Refused(Finding("This absence is over already."))
    if row.starts < now:
        row.ends = now
    else:
        row.is_active = False
    return before


def _withdrawn_again(done: Performed) -> Undo:
    return Undo(withdraw, absence_id=done.arguments["absence_id"])


@command("Bring absence back", permission="schedule.book", undo=_withdrawn_again)
def bring_back(work: Work, *, absence_id: int, ends: datetime) -> None:
    """The provider is out after all, until the time that was said before."""
    row = work.get(ScheduleException, absence_id)
    row.is_active, row.ends = True, ends


def _standing(work: Work, absence_id: int, version: int | None) -> ScheduleException:
    row = work.get(ScheduleException, absence_id, version)
    if not row.is_active or row.kind is not ExceptionKind.OUT:
        raise Refused(Finding("This absence was withdrawn already."))
    return row


def _overlapping(work: Work, provider_id: int, starts: datetime, ends: datetime) -> ScheduleException | None:
    asked = (
        select(ScheduleException)
        .where(
            ScheduleException.provider_id == provider_id,
            ScheduleException.kind == ExceptionKind.OUT,
            ScheduleException.is_active,
            ScheduleException.starts < ends,
            ScheduleException.ends > starts,
        )
        .order_by(ScheduleException.starts, ScheduleException.id)
        .limit(1)
    )
    return work.session.scalars(asked).first()


def _from_to(starts: datetime, ends: datetime) -> str:
    """ "Tuesday, March 17 at 10:40 AM to 5:00 PM", with the other day named where there is one."""
    day = "" if ends.date() == starts.date() else f"{weekday_date(ends.date())} at "
    return f"{weekday_date(starts.date())} at {us_time(starts)} to {day}{us_time(ends)}"
