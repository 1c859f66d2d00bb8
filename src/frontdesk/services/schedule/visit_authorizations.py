"""The authorized units of a visit: promised at booking, moved with it, given back, used at charge entry.

Whatever changes a visit goes through `history`, and from there through `follow`: there is no other place
at which units are promised to visits or given back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import bindparam, exists, or_, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import fold
from frontdesk.models.registration.authorization import (
    AuthorizationGrant,
    AuthorizationUse,
    GrantKind,
    UnitKind,
    UnitState,
)
from frontdesk.models.schedule.appointment import (
    Appointment,
    Readiness,
    ReadinessItem,
    ReadinessState,
)
from frontdesk.models.schedule.visit_coverage import VisitAuthorization, VisitCoverage
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.registration import authorizations, coverages, self_pay
from frontdesk.services.registration.authorizations import Grant
from frontdesk.services.schedule import visit_payers
from frontdesk.services.schedule.standing import Standing, occupies
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Held:
    """Units of one authorization that a visit holds."""

    use_id: int
    grant_id: int
    number: str
    units: int
    is_used: bool


@dataclass(frozen=True, slots=True)
class VisitUnits:
    """What a visit needs and has."""

    needs: bool
    """It needs an authorization, and a payer pays."""
    wanted: int
    held: tuple[Held, ...]

    @property
    def missing(self) -> int:
        """Units without which the payer does not pay."""
        return max(0, self.wanted - sum(each.units for each in self.held)) if self.needs else 0


@query(permission="registration.view")
def of_visit(work: Work, *, appointment_id: int) -> VisitUnits:
    """What a visit needs and has."""
    visit = work.get(Appointment, appointment_id)
    needs, _ = _needs_and_holds(work, visit)
    paying = needs and self_pay.in_force(work, visit.patient_id, visit.starts.date())
    uses = _live(work, appointment_id)
    numbers = {
        grant.id: grant.number
        for grant in (authorizations.by_id(work, [use.grant_id for use in uses]) if uses else ())
    }
    return VisitUnits(
        needs=needs and not paying,
        wanted=_wanted(work, appointment_id),
        held=tuple(
            Held(use.id, use.grant_id, numbers[use.grant_id], use.units, use.state is UnitState.USED)
            for use in uses
        ),
    )


def _units_before(done: Performed) -> Undo:
    return Undo(take_units, appointment_id=done.arguments["appointment_id"], units=done.result)


@command("Set units of visit", permission="registration.authorize", undo=_units_before)
def take_units(work: Work, *, appointment_id: int, units: int) -> int:
    """How many units the visit takes, of as many authorizations as it needs; gives back the former number."""
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    refuse_if_any(
        []
        if 1 <= units <= 999
        else [Finding("Enter how many units the visit takes, from 1 to 999.", "units")]
    )
    before = _wanted(work, appointment_id)
    row = work.session.scalar(select(VisitCoverage).where(VisitCoverage.appointment_id == appointment_id))
    if row is None:
        work.add(VisitCoverage(appointment_id=appointment_id, units=units))
    else:
        row.units = units
    work.flush()
    _give_back(work, [use for use in _live(work, appointment_id) if use.state is UnitState.BOOKED])
    settle(work, visit)
    return before


def settle_patient(work: Work, patient_id: int) -> int:
    """Coming visits take what they need of what there is now; how many units were taken."""
    visits = work.session.scalars(
        select(Appointment)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.starts >= datetime.combine(work.today, time()),
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    return sum(settle(work, visit) for visit in visits if occupies(visit.lifecycle))


@dataclass(frozen=True, slots=True)
class Forecast:
    """Whether a visit that is about to be booked would have its authorization."""

    needs: bool
    number: str
    """Of the authorization that it would take its unit from; empty where there is none."""
    remaining: int
    """Before the booking."""


@query(permission="registration.view")
def forecast(work: Work, *, patient_id: int, visit_type_id: int, day: date, provider_id: int) -> Forecast:
    """What booking a visit on a day would take; nothing is taken by asking."""
    kind = work.get(VisitType, visit_type_id)
    if not kind.needs_authorization or self_pay.in_force(work, patient_id, day) is not None:
        return Forecast(needs=False, number="", remaining=0)
    payers = {line.payer for line in coverages.in_force(work, patient_id, day)}
    found = [
        grant
        for grant in authorizations.of_patient(work, patient_id)
        if grant.holds_on(day, provider_id) and grant.remaining > 0 and grant.payer in payers
    ]
    if not found:
        return Forecast(needs=True, number="", remaining=0)
    first = min(
        found, key=lambda grant: (not _is_meant(grant, kind), grant.valid_until or date.max, grant.id)
    )
    return Forecast(needs=True, number=first.number, remaining=first.remaining)


def numbers_of(work: Work, appointment_ids: Collection[int]) -> dict[int, dict[GrantKind, str]]:
    """The numbers under which visits hold units, by kind; one statement."""
    rows = work.session.execute(
        select(VisitAuthorization.appointment_id, AuthorizationGrant.kind, AuthorizationGrant.number)
        .join(AuthorizationUse, AuthorizationUse.id == VisitAuthorization.use_id)
        .join(AuthorizationGrant, AuthorizationGrant.id == AuthorizationUse.grant_id)
        .where(
            VisitAuthorization.appointment_id.in_(sorted(appointment_ids)),
            AuthorizationUse.state != UnitState.RELEASED,
        )
        .order_by(AuthorizationUse.id.desc())
    )
    found: dict[int, dict[GrantKind, str]] = {}
    for appointment_id, kind, number in rows:
        found.setdefault(appointment_id, {})[kind] = number
    return found


def follow(work: Work, appointment: Appointment, before: Standing | None, after: Standing) -> None:
    """Keeps a visit's units in step with what happened to it."""
    if before is None or _place(before) != _place(after):
        settle(work, appointment)


def settle(work: Work, appointment: Appointment) -> int:
    """Gives back what the visit no longer needs, and takes what it lacks as far as there is any."""
    needs, holds = _needs_and_holds(work, appointment)
    if not (needs or holds):
        return 0
    live = _live(work, appointment.id)
    booked = [use for use in live if use.state is UnitState.BOOKED]
    used = sum(use.units for use in live) - sum(use.units for use in booked)
    if not occupies(appointment.lifecycle):
        _give_back(work, booked)
        return 0
    day = appointment.starts.date()
    known = {grant.id: grant for grant in authorizations.by_id(work, [use.grant_id for use in booked])}
    pays = self_pay.in_force(work, appointment.patient_id, day) is None
    payers = {line.payer for line in visit_payers.lines_of(work, appointment)} if pays else set()
    stays = [
        use
        for use in booked
        if known[use.grant_id].payer in payers and known[use.grant_id].holds_on(day, appointment.provider_id)
    ]
    for use in stays:
        use.for_day = day
    _give_back(work, [use for use in booked if use not in stays])
    if not needs or not payers:
        return 0
    lacks = _wanted(work, appointment.id) - used - sum(use.units for use in stays)
    _trim(work, stays, -lacks)
    return _take(work, appointment, lacks, UnitState.BOOKED)


def charged(work: Work, appointment_id: int, units_of: Mapping[str, int]) -> None:
    """The charges of a visit were entered (units by code): what was promised to it is used.

    Counted in visits, a visit uses what it holds; counted in units, as many as the charges of its codes
    say, the rest of another authorization where one has too few.
    """
    visit = work.get(Appointment, appointment_id)
    booked = [use for use in _live(work, appointment_id) if use.state is UnitState.BOOKED]
    if not booked:
        return
    grants = {grant.id: grant for grant in authorizations.locked(work, [use.grant_id for use in booked])}
    lacks = 0
    for use in booked:
        grant = grants[use.grant_id]
        billed = _billed(grant, units_of) if grant.counts is UnitKind.UNITS else use.units
        if billed == 0:
            use.state = UnitState.RELEASED
            continue
        can = min(billed, grant.remaining + use.units)
        lacks = max(lacks, billed - can)
        use.units, use.state = can, UnitState.USED
        work.flush()
    work.flush()
    _take(work, visit, lacks, UnitState.USED)


def uncharged(work: Work, appointment_id: int) -> None:
    """The charges were taken back: what was used is promised again, or given back where no visit is."""
    visit = work.get(Appointment, appointment_id)
    used = [use for use in _live(work, appointment_id) if use.state is UnitState.USED]
    for use in used:
        use.state = UnitState.BOOKED if occupies(visit.lifecycle) else UnitState.RELEASED
    work.flush()
    if used:
        settle(work, visit)


def _take(work: Work, visit: Appointment, lacks: int, state: UnitState) -> int:
    """Takes units for a visit, the authorization that ends first before the others; how many it got."""
    if lacks <= 0:
        return 0
    day = visit.starts.date()
    kind = work.get(VisitType, visit.visit_type_id)
    payers = {line.payer for line in visit_payers.lines_of(work, visit)}
    found = [
        grant
        for grant in authorizations.open_on(work, visit.patient_id, day, visit.provider_id)
        if grant.payer in payers
    ]
    found.sort(key=lambda grant: not _is_meant(grant, kind))
    taken = 0
    for grant in found:
        units = min(grant.remaining, lacks - taken)
        if units <= 0:
            break
        use = work.add(AuthorizationUse(grant_id=grant.id, units=units, state=state, for_day=day))
        work.flush()
        work.add(VisitAuthorization(appointment_id=visit.id, use_id=use.id))
        taken += units
    work.flush()
    return taken


def _give_back(work: Work, uses: list[AuthorizationUse]) -> None:
    for use in uses:
        use.state = UnitState.RELEASED
    if uses:
        work.flush()


def _trim(work: Work, uses: list[AuthorizationUse], surplus: int) -> None:
    """Gives back what a visit holds beyond its need, of the authorization taken last first."""
    for use in reversed(uses):
        if surplus <= 0:
            break
        back = min(surplus, use.units)
        if back == use.units:
            use.state = UnitState.RELEASED
        else:
            use.units -= back
        surplus -= back
    work.flush()


def _live(work: Work, appointment_id: int) -> list[AuthorizationUse]:
    asked = (
        select(AuthorizationUse)
        .join(VisitAuthorization, VisitAuthorization.use_id == AuthorizationUse.id)
        .where(
            VisitAuthorization.appointment_id == appointment_id,
            AuthorizationUse.state != UnitState.RELEASED,
        )
        .order_by(AuthorizationUse.id)
    )
    return list(work.session.scalars(asked))


def _is_meant(grant: Grant, kind: VisitType) -> bool:
    """For this type of visit, or for whatever is done."""
    return not grant.what_for or fold(kind.name) in fold(grant.what_for)


def _needs_and_holds(work: Work, visit: Appointment) -> tuple[bool, bool]:
    """Whether a visit needs an authorization, and whether units are promised to it; one statement.

    It needs one where its type does, or where somebody said that it is blocked for want of one.
    """
    wanted = {"visit": visit.id, "visit_type": visit.visit_type_id}
    ((needs, holds),) = _NEEDS_AND_HOLDS.rows(work.session, wanted)
    return needs, holds


_NEEDS_AND_HOLDS: Final = Prepared(
    select(
        or_(
            VisitType.needs_authorization,
            exists().where(
                Readiness.appointment_id == bindparam("visit"),
                Readiness.item == ReadinessItem.AUTHORIZATION,
                Readiness.state == ReadinessState.BLOCKED,
            ),
        ),
        exists().where(
            VisitAuthorization.appointment_id == bindparam("visit"),
            VisitAuthorization.use_id == AuthorizationUse.id,
            AuthorizationUse.state == UnitState.BOOKED,
        ),
    ).where(VisitType.id == bindparam("visit_type"))
)


def _wanted(work: Work, appointment_id: int) -> int:
    asked = select(VisitCoverage.units).where(VisitCoverage.appointment_id == appointment_id)
    return work.session.scalar(asked) or 1


def _billed(grant: Grant, units_of: Mapping[str, int]) -> int:
    return sum(units for code, units in units_of.items() if not grant.codes or code in grant.codes)


def _place(at: Standing) -> tuple[object, ...]:
    place = at.place
    if place is None or place.starts is None:
        return (occupies(at.lifecycle),)
    return (occupies(at.lifecycle), place.starts.date(), place.provider_id)
