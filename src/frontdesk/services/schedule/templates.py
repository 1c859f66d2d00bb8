"""Providers' weeks: sessions, kept time and exceptions, as the office edits them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.schedule.template import (
    BlockKind,
    ExceptionKind,
    ScheduleException,
    TemplateBlock,
    TemplateSession,
    TemplateSessionRoom,
)
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule import weekly
from frontdesk.services.schedule.words import kept_for
from frontdesk.services.work import Work

AnyRule = TypeVar("AnyRule", TemplateSession, TemplateBlock)


class RuleKind(StrEnum):
    """Which of the three a rule is."""

    SESSION = "session"
    BLOCK = "block"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Weekly:
    """When a rule holds."""

    provider_id: int
    weekday: int
    starts: time
    ends: time
    effective_from: date
    effective_until: date | None = None
    every_weeks: int = 1


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """Hours in which a provider sees patients."""

    weekly: Weekly
    room_ids: tuple[int, ...] = ()
    most_visits: int | None = None
    most_new_patients: int | None = None
    most_overbooked: int = 2


@dataclass(frozen=True, slots=True)
class BlockDraft:
    """Time that is kept for something."""

    weekly: Weekly
    kind: BlockKind
    release_hours: int | None = None


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as it is kept."""

    id: int
    weekly: Weekly
    rooms: tuple[str, ...]
    most_visits: int | None
    most_new_patients: int | None
    most_overbooked: int


@dataclass(frozen=True, slots=True)
class BlockView:
    """Kept time as it is kept."""

    id: int
    weekly: Weekly
    kind: BlockKind
    release_hours: int | None


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """A stretch that is different."""

    id: int
    kind: ExceptionKind
    starts: datetime
    ends: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ProviderTemplate:
    """Everything that makes up a provider's weeks."""

    sessions: tuple[SessionView, ...]
    blocks: tuple[BlockView, ...]
    exceptions: tuple[ExceptionView, ...]


@query(permission="schedule.view")
def provider_template(work: Work, *, provider_id: int) -> ProviderTemplate:
    """A provider's rules that hold now or later."""
    rooms: dict[int, list[str]] = {}
    named = (
        select(TemplateSessionRoom.template_session_id, Resource.name)
        .join(Resource, Resource.id == TemplateSessionRoom.room_id)
        .order_by(Resource.sort_order, Resource.name)
    )
    for session_id, name in work.session.execute(named):
        rooms.setdefault(session_id, []).append(name)
    exceptions = (
        select(ScheduleException)
        .where(
            ScheduleException.provider_id == provider_id,
            ScheduleException.is_active,
            ScheduleException.ends > work.local_now,
        )
        .order_by(ScheduleException.starts, ScheduleException.id)
    )
    return ProviderTemplate(
        sessions=tuple(
            SessionView(
                id=row.id,
                weekly=_weekly(row),
                rooms=tuple(rooms.get(row.id, ())),
                most_visits=row.most_visits,
                most_new_patients=row.most_new_patients,
                most_overbooked=row.most_overbooked,
            )
            for row in _in_force(work, TemplateSession, provider_id)
        ),
        blocks=tuple(
            BlockView(row.id, _weekly(row), row.kind, row.release_hours)
            for row in _in_force(work, TemplateBlock, provider_id)
        ),
        exceptions=tuple(
            ExceptionView(row.id, row.kind, row.starts, row.ends, row.reason)
            for row in work.session.scalars(exceptions)
        ),
    )


def _session_withdrawn(done: Performed) -> Undo:
    return Undo(set_rule_active, kind=RuleKind.SESSION, rule_id=done.result, is_active=False)


@command("Add session", permission="schedule.edit_templates", undo=_session_withdrawn)
def add_session(work: Work, *, draft: SessionDraft) -> int:
    """Gives a provider weekly hours; raises `Refused` where they overlap others of theirs."""
    findings = weekly.problems(draft.weekly)
    findings += [] if findings else _overlaps(work, TemplateSession, draft.weekly)
    for most in (draft.most_visits, draft.most_new_patients, draft.most_overbooked):
        if most is not None and most < 0:
            findings.append(Finding("A session takes no less than no visits.", field="most_visits"))
    refuse_if_any(findings)
    site_id = work.get(Resource, draft.weekly.provider_id).site_id
    row = work.add(
        TemplateSession(
            **_columns(draft.weekly),
            site_id=site_id,
            most_visits=draft.most_visits,
            most_new_patients=draft.most_new_patients,
            most_overbooked=draft.most_overbooked,
        )
    )
    work.flush()
    for room_id in draft.room_ids:
        work.add(TemplateSessionRoom(template_session_id=row.id, room_id=room_id))
    return row.id


def _block_withdrawn(done: Performed) -> Undo:
    return Undo(set_rule_active, kind=RuleKind.BLOCK, rule_id=done.result, is_active=False)


@command("Keep time", permission="schedule.edit_templates", undo=_block_withdrawn)
def add_block(work: Work, *, draft: BlockDraft) -> int:
    """Keeps weekly time for something; raises `Refused` where it overlaps other kept time."""
    findings = weekly.problems(draft.weekly)
    findings += [] if findings else _overlaps(work, TemplateBlock, draft.weekly)
    if draft.release_hours is not None and not 0 <= draft.release_hours <= 720:
        findings.append(Finding("Release it at most 30 days before.", field="release_hours"))
    refuse_if_any(findings)
    return work.add(
        TemplateBlock(**_columns(draft.weekly), kind=draft.kind, release_hours=draft.release_hours)
    ).id


def _exception_withdrawn(done: Performed) -> Undo:
    return Undo(set_rule_active, kind=RuleKind.EXCEPTION, rule_id=done.result, is_active=False)


@command("Add exception", permission="schedule.edit_templates", undo=_exception_withdrawn)
def add_exception(
    work: Work, *, provider_id: int, kind: ExceptionKind, starts: datetime, ends: datetime, reason: str = ""
) -> int:
    """Notes that a provider is away, or works extra hours; visits already booked stay."""
    if ends <= starts:
        raise Refused(Finding("The end comes after the start.", field="ends"))
    return work.add(
        ScheduleException(
            provider_id=provider_id,
            site_id=work.get(Resource, provider_id).site_id,
            kind=kind,
            starts=starts,
            ends=ends,
            reason=reason.strip(),
        )
    ).id


def _ended_before(done: Performed) -> Undo:
    return Undo(
        end_rule, kind=done.arguments["kind"], rule_id=done.arguments["rule_id"], last_day=done.result
    )


@command("End weekly rule", permission="schedule.edit_templates", undo=_ended_before)
def end_rule(work: Work, *, kind: RuleKind, rule_id: int, last_day: date | None) -> date | None:
    """Says on which day a session or kept time holds for the last time. Gives back what was said before."""
    row = _rule(work, kind, rule_id)
    if isinstance(row, ScheduleException):
        raise Refused(Finding("An exception ends by itself. Withdraw it instead."))
    if last_day is not None and last_day < row.effective_from:
        raise Refused(Finding("This would end before it begins. Withdraw it instead.", field="last_day"))
    before, row.effective_until = row.effective_until, last_day
    refuse_if_any(_overlaps(work, type(row), _weekly(row), beside_id=row.id))
    return before


def _switched_back(done: Performed) -> Undo:
    return Undo(
        set_rule_active,
        kind=done.arguments["kind"],
        rule_id=done.arguments["rule_id"],
        is_active=not done.arguments["is_active"],
    )


@command("Withdraw rule or bring it back", permission="schedule.edit_templates", undo=_switched_back)
def set_rule_active(work: Work, *, kind: RuleKind, rule_id: int, is_active: bool) -> None:
    """Withdraws a session, kept time or an exception as if it had not been, or brings it back."""
    row = _rule(work, kind, rule_id)
    if is_active and not isinstance(row, ScheduleException):
        refuse_if_any(_overlaps(work, type(row), _weekly(row), beside_id=row.id))
    row.is_active = is_active


def _rule(work: Work, kind: RuleKind, rule_id: int) -> TemplateSession | TemplateBlock | ScheduleException:
    if kind is RuleKind.SESSION:
        return work.get(TemplateSession, rule_id)
    if kind is RuleKind.BLOCK:
        return work.get(TemplateBlock, rule_id)
    return work.get(ScheduleException, rule_id)


def _overlaps(
    work: Work,
    model: type[TemplateSession] | type[TemplateBlock],
    wanted: Weekly,
    *,
    beside_id: int | None = None,
) -> list[Finding]:
    """The provider's rules of the same kind that share a minute of some day with this one."""
    findings = []
    rows = (
        _rules(work, TemplateSession, wanted.provider_id)
        if model is TemplateSession
        else _rules(work, TemplateBlock, wanted.provider_id)
    )
    for row in rows:
        other = _weekly(row)
        if row.id != beside_id and weekly.overlap(wanted, other):
            name = work.get(Provider, wanted.provider_id).short_name
            what = f"time kept for {kept_for(row.kind)}" if isinstance(row, TemplateBlock) else "session"
            findings.append(Finding(f"This overlaps {name}'s {what} {weekly.said(other)}.", field="starts"))
    return findings


def _rules(work: Work, model: type[AnyRule], provider_id: int) -> list[AnyRule]:
    asked = (
        select(model)
        .where(model.provider_id == provider_id, model.is_active)
        .order_by(model.weekday, model.starts, model.id)
    )
    return list(work.session.scalars(asked))


def _in_force(work: Work, model: type[AnyRule], provider_id: int) -> list[AnyRule]:
    return [
        row
        for row in _rules(work, model, provider_id)
        if row.effective_until is None or row.effective_until >= work.today
    ]


def _weekly(row: TemplateSession | TemplateBlock) -> Weekly:
    return Weekly(
        provider_id=row.provider_id,
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        every_weeks=row.every_weeks,
    )


def _columns(weekly: Weekly) -> dict[str, Any]:
    """Any: a mapped class takes its columns by name."""
    return asdict(weekly)
