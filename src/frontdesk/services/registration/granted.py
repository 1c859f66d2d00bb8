"""What is left of authorizations: read in one statement, and held where units are about to be taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from frontdesk.models.registration.authorization import (
    AuthorizationGrant,
    AuthorizationUse,
    GrantKind,
    UnitKind,
    UnitState,
)
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Grant:
    """An authorization with what is left of it: allowed less used less booked."""

    id: int
    coverage_id: int
    payer: str
    kind: GrantKind
    number: str
    what_for: str
    codes: tuple[str, ...]
    provider_id: int | None
    counts: UnitKind
    units: int
    booked: int
    used: int
    valid_from: date
    valid_until: date | None
    is_active: bool = True

    def holds_on(self, day: date, provider_id: int | None = None) -> bool:
        """Whether it covers a visit on a day with a provider."""
        return (
            self.is_active
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
            and (provider_id is None or self.provider_id in (None, provider_id))
        )

    @property
    def remaining(self) -> int:
        return self.units - self.used - self.booked


def open_on(work: Work, patient_id: int, day: date, provider_id: int | None) -> list[Grant]:
    """What holds on a day and has units left, the first to end first; held until the commit."""
    ids = work.session.scalars(
        select(AuthorizationGrant.id)
        .join(Coverage, Coverage.id == AuthorizationGrant.coverage_id)
        .where(
            Coverage.patient_id == patient_id,
            AuthorizationGrant.is_active,
            AuthorizationGrant.valid_from <= day,
            func.coalesce(AuthorizationGrant.valid_until, day) >= day,
        )
        .order_by(AuthorizationGrant.id)
    ).all()
    if not ids:
        return []
    found = locked(work, ids)
    usable = [grant for grant in found if grant.remaining > 0 and grant.holds_on(day, provider_id)]
    return sorted(usable, key=lambda grant: (grant.valid_until or date.max, grant.id))


def of_patient(work: Work, patient_id: int) -> list[Grant]:
    """Every authorization of a patient that was not withdrawn."""
    return grants_where(work, Coverage.patient_id == patient_id, AuthorizationGrant.is_active.is_(True))


def by_id(work: Work, grant_ids: Sequence[int]) -> list[Grant]:
    """These grants as they stand."""
    return grants_where(work, AuthorizationGrant.id.in_(sorted(set(grant_ids)))) if grant_ids else []


def locked(work: Work, grant_ids: Sequence[int]) -> list[Grant]:
    """The grants, held until the commit, in the order of their ids."""
    ids = sorted(set(grant_ids))
    work.session.execute(
        select(AuthorizationGrant.id)
        .where(AuthorizationGrant.id.in_(ids))
        .order_by(AuthorizationGrant.id)
        .with_for_update()
    )
    return sorted(grants_where(work, AuthorizationGrant.id.in_(ids)), key=lambda grant: grant.id)


def grants_where(work: Work, *where: ColumnElement[bool]) -> list[Grant]:
    """Grants with what is taken of each, in one statement."""

    def taken(state: UnitState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((AuthorizationUse.state == state, AuthorizationUse.units))), 0)

    rows = work.session.execute(
        select(AuthorizationGrant, Payer.name, taken(UnitState.BOOKED), taken(UnitState.USED))
        .join(Coverage, Coverage.id == AuthorizationGrant.coverage_id)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .outerjoin(AuthorizationUse, AuthorizationUse.grant_id == AuthorizationGrant.id)
        .where(*where)
        .group_by(AuthorizationGrant.id, Payer.name)
    )
    return [
        Grant(
            id=row.id,
            coverage_id=row.coverage_id,
            payer=payer,
            kind=row.kind,
            number=row.number,
            what_for=row.what_for,
            codes=tuple(row.codes.split()),
            provider_id=row.provider_id,
            counts=row.counts,
            units=row.units,
            booked=int(booked),
            used=int(used),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            is_active=row.is_active,
        )
        for row, payer, booked, used in rows
    ]
