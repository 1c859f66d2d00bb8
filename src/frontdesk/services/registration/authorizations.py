"""Authorizations and referrals: what is allowed, what is promised, what is used, what is left."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.authorization import (
    AuthorizationGrant,
    AuthorizationUse,
    GrantKind,
    UnitState,
)
from frontdesk.models.registration.coverage import Coverage
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration.rules import check_lengths
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_authorization_grant_coverage_id_number",
    "This number is already on file for this coverage.",
    field="number",
)


@dataclass(frozen=True, slots=True)
class GrantDraft:
    """An authorization as the payer's letter says it."""

    coverage_id: int
    number: str
    units: int
    valid_from: date
    valid_until: date | None = None
    kind: GrantKind = GrantKind.AUTHORIZATION
    what_for: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """An authorization with what is left of it: allowed less used less booked."""

    id: int
    coverage_id: int
    kind: GrantKind
    number: str
    what_for: str
    units: int
    booked: int
    used: int
    valid_from: date
    valid_until: date | None

    @property
    def remaining(self) -> int:
        return self.units - self.used - self.booked


@query(permission="registration.view")
def grants(work: Work, *, patient_id: int) -> tuple[Grant, ...]:
    """The patient's authorizations that have not run out by date, the first to end first."""
    found = _grants(
        work,
        Coverage.patient_id == patient_id,
        func.coalesce(AuthorizationGrant.valid_until, work.today) >= work.today,
    )
    return tuple(sorted(found, key=lambda grant: (grant.valid_until or date.max, grant.id)))


@command(
    "Add authorization",
    permission="registration.authorize",
    undo=irreversible("The payer's number stays on file. Let it end on the day before it starts to be used."),
)
def add(work: Work, *, draft: GrantDraft) -> int:
    """The new authorization's id."""
    coverage = work.get(Coverage, draft.coverage_id)
    work.concerns(coverage.patient_id)
    findings = check_lengths(draft, AuthorizationGrant)
    if not draft.number.strip():
        findings.append(Finding("Enter the number of the authorization.", "number"))
    elif work.session.scalars(
        select(AuthorizationGrant.id).where(
            AuthorizationGrant.coverage_id == coverage.id, AuthorizationGrant.number == draft.number.strip()
        )
    ).first():
        findings.append(Finding("This number is already on file for this coverage.", "number"))
    if draft.units <= 0:
        findings.append(Finding("Enter how many units or visits are allowed.", "units"))
    if draft.valid_until is not None and draft.valid_until < draft.valid_from:
        findings.append(Finding("The authorization ends before it starts. Check both dates.", "valid_until"))
    refuse_if_any(findings)
    grant = AuthorizationGrant(
        coverage_id=coverage.id,
        kind=draft.kind,
        number=draft.number.strip(),
        what_for=draft.what_for.strip(),
        units=draft.units,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
    )
    return work.add(grant).id


def _reserve_undone(done: Performed) -> Undo:
    return Undo(release, use_id=done.result)


@command(
    "Reserve authorized units",
    permission="registration.authorize",
    undo=_reserve_undone,
)
def reserve(work: Work, *, grant_id: int, for_day: date, units: int = 1) -> int:
    """Promise units to a visit on a day; the id by which they are used or given back."""
    found = _locked(work, grant_id)
    work.concerns(work.get(Coverage, found.coverage_id).patient_id)
    findings: list[Finding] = []
    if units <= 0:
        findings.append(Finding("Enter how many units the visit takes.", "units"))
    if for_day < found.valid_from or (found.valid_until is not None and for_day > found.valid_until):
        until = "until further notice" if found.valid_until is None else f"to {us_date(found.valid_until)}"
        findings.append(
            Finding(
                f"Authorization {found.number} holds from {us_date(found.valid_from)} {until}. "
                "Choose a day within, or ask the payer to extend it.",
                "for_day",
            )
        )
    findings += _too_few(found, units)
    refuse_if_any(findings)
    use = AuthorizationUse(grant_id=grant_id, units=units, state=UnitState.BOOKED, for_day=for_day)
    return work.add(use).id


def _use_undone(done: Performed) -> Undo:
    return Undo(unuse, use_id=done.arguments["use_id"])


@command(
    "Use authorized units",
    permission="registration.authorize",
    undo=_use_undone,
)
def use(work: Work, *, use_id: int) -> None:
    """The visit took place: booked units count as used."""
    _turn(work, use_id, UnitState.BOOKED, UnitState.USED)


def _unuse_undone(done: Performed) -> Undo:
    return Undo(use, use_id=done.arguments["use_id"])


@command(
    "Take back use of authorized units",
    permission="registration.authorize",
    undo=_unuse_undone,
)
def unuse(work: Work, *, use_id: int) -> None:
    """Used units are booked again."""
    _turn(work, use_id, UnitState.USED, UnitState.BOOKED)


def _release_undone(done: Performed) -> Undo:
    return Undo(rebook, use_id=done.arguments["use_id"])


@command(
    "Release authorized units",
    permission="registration.authorize",
    undo=_release_undone,
)
def release(work: Work, *, use_id: int) -> None:
    """The visit was cancelled: its units can be promised to another."""
    _turn(work, use_id, UnitState.BOOKED, UnitState.RELEASED)


def _rebook_undone(done: Performed) -> Undo:
    return Undo(release, use_id=done.arguments["use_id"])


@command(
    "Book released units again",
    permission="registration.authorize",
    undo=_rebook_undone,
)
def rebook(work: Work, *, use_id: int) -> None:
    """The cancelled visit takes place after all, if its units are still there."""
    row = work.get(AuthorizationUse, use_id)
    refuse_if_any(_too_few(_locked(work, row.grant_id), row.units))
    _turn(work, use_id, UnitState.RELEASED, UnitState.BOOKED)


def _locked(work: Work, grant_id: int) -> Grant:
    """The grant, held until the commit: two desks cannot both take the last unit."""
    work.get(AuthorizationGrant, grant_id)
    work.session.execute(
        select(AuthorizationGrant.id).where(AuthorizationGrant.id == grant_id).with_for_update()
    )
    [found] = _grants(work, AuthorizationGrant.id == grant_id)
    return found


def _too_few(grant: Grant, units: int) -> list[Finding]:
    if units <= grant.remaining:
        return []
    return [
        Finding(
            f"Authorization {grant.number} has {grant.remaining} of {grant.units} units left. "
            "Ask the payer for more.",
            "units",
        )
    ]


def _turn(work: Work, use_id: int, before: UnitState, after: UnitState) -> None:
    row = work.get(AuthorizationUse, use_id)
    grant = work.get(AuthorizationGrant, row.grant_id)
    work.concerns(work.get(Coverage, grant.coverage_id).patient_id)
    if row.state is not before:
        raise Refused(Finding(f"These units are {row.state}. Nothing was changed."))
    row.state = after


def _grants(work: Work, *where: ColumnElement[bool]) -> list[Grant]:
    def taken(state: UnitState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((AuthorizationUse.state == state, AuthorizationUse.units))), 0)

    rows = work.session.execute(
        select(AuthorizationGrant, taken(UnitState.BOOKED), taken(UnitState.USED))
        .join(Coverage, Coverage.id == AuthorizationGrant.coverage_id)
        .outerjoin(AuthorizationUse, AuthorizationUse.grant_id == AuthorizationGrant.id)
        .where(*where)
        .group_by(AuthorizationGrant.id)
    )
    return [
        Grant(
            id=row.id,
            coverage_id=row.coverage_id,
            kind=row.kind,
            number=row.number,
            what_for=row.what_for,
            units=row.units,
            booked=int(booked),
            used=int(used),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row, booked, used in rows
    ]
