"""Authorizations and referrals: what is allowed, what is promised, what is used, what is left."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.authorization import (
    AuthorizationGrant,
    AuthorizationUse,
    UnitState,
)
from frontdesk.models.registration.authorization import GrantKind as GrantKind
from frontdesk.models.registration.authorization import UnitKind as UnitKind
from frontdesk.models.registration.coverage import Coverage
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration.granted import Grant as Grant
from frontdesk.services.registration.granted import by_id as by_id
from frontdesk.services.registration.granted import grants_where
from frontdesk.services.registration.granted import locked as locked
from frontdesk.services.registration.granted import of_patient as of_patient
from frontdesk.services.registration.granted import open_on as open_on
from frontdesk.services.registration.rules import check_lengths
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "authorization_taken",
    "This authorization has fewer units left than that. Look at what is left, or ask the payer for more.",
    field="units",
)
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
    codes: str = ""
    """CPT and HCPCS codes with blanks or commas between; empty: whatever is done."""
    provider_id: int | None = None
    counts: UnitKind = UnitKind.VISITS


@query(permission="registration.view")
def grants(work: Work, *, patient_id: int) -> tuple[Grant, ...]:
    """The patient's authorizations that have not run out by date, the first to end first."""
    found = grants_where(
        work,
        Coverage.patient_id == patient_id,
        AuthorizationGrant.is_active.is_(True),
        func.coalesce(AuthorizationGrant.valid_until, work.today) >= work.today,
    )
    return tuple(sorted(found, key=lambda grant: (grant.valid_until or date.max, grant.id)))


def _add_undone(done: Performed) -> Undo:
    return Undo(withdraw, grant_id=done.result)


@command(
    "Add authorization",
    permission="registration.authorize",
    undo=_add_undone,
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
    elif draft.units > 9999:
        findings.append(Finding("An authorization has 9,999 units at most. Check the number.", "units"))
    codes, wrong = _codes(draft.codes)
    if wrong:
        findings.append(
            Finding(f"“{wrong}” is not a CPT or HCPCS code. A code has five letters and digits.", "codes")
        )
    if draft.valid_until is not None and draft.valid_until < draft.valid_from:
        findings.append(Finding("The authorization ends before it starts. Check both dates.", "valid_until"))
    refuse_if_any(findings)
    grant = AuthorizationGrant(
        coverage_id=coverage.id,
        kind=draft.kind,
        number=draft.number.strip(),
        what_for=draft.what_for.strip(),
        codes=" ".join(codes),
        provider_id=draft.provider_id,
        counts=draft.counts,
        units=draft.units,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
    )
    return work.add(grant).id


def _withdraw_undone(done: Performed) -> Undo:
    return Undo(reinstate, grant_id=done.arguments["grant_id"])


@command("Withdraw authorization", permission="registration.authorize", undo=_withdraw_undone)
def withdraw(work: Work, *, grant_id: int) -> None:
    """The payer took it back, or it was entered in error; what it was used for stays, what is booked goes."""
    grant = work.get(AuthorizationGrant, grant_id)
    work.concerns(work.get(Coverage, grant.coverage_id).patient_id)
    booked = select(AuthorizationUse).where(
        AuthorizationUse.grant_id == grant_id, AuthorizationUse.state == UnitState.BOOKED
    )
    for use in work.session.scalars(booked.order_by(AuthorizationUse.id)).all():
        use.state = UnitState.RELEASED
    grant.is_active = False


def _reinstate_undone(done: Performed) -> Undo:
    return Undo(withdraw, grant_id=done.arguments["grant_id"])


@command("Reinstate authorization", permission="registration.authorize", undo=_reinstate_undone)
def reinstate(work: Work, *, grant_id: int) -> None:
    """A withdrawn authorization counts again; visits take their units when they are settled anew."""
    grant = work.get(AuthorizationGrant, grant_id)
    work.concerns(work.get(Coverage, grant.coverage_id).patient_id)
    grant.is_active = True


def _extend_undone(done: Performed) -> Undo:
    before: Extent = done.result
    return Undo(
        extend, grant_id=done.arguments["grant_id"], units=before.units, valid_until=before.valid_until
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """How far an authorization went."""

    units: int
    valid_until: date | None


@command("Extend authorization", permission="registration.authorize", undo=_extend_undone)
def extend(work: Work, *, grant_id: int, units: int, valid_until: date | None) -> Extent:
    """The payer allows more or fewer, longer or shorter. Gives back how it was."""
    found = _locked(work, grant_id)
    row = work.get(AuthorizationGrant, grant_id)
    work.concerns(work.get(Coverage, row.coverage_id).patient_id)
    findings: list[Finding] = []
    taken = found.used + found.booked
    if units <= 0 or units > 9999:
        findings.append(Finding("Enter how many units or visits are allowed, from 1 to 9,999.", "units"))
    elif units < taken:
        findings.append(Finding(f"{taken} units are used or booked already. Enter no fewer.", "units"))
    if valid_until is not None and valid_until < row.valid_from:
        findings.append(Finding("The authorization ends before it starts. Check both dates.", "valid_until"))
    refuse_if_any(findings)
    before = Extent(row.units, row.valid_until)
    row.units, row.valid_until = units, valid_until
    return before


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
    if not found.is_active:
        findings.append(Finding(f"Authorization {found.number} was withdrawn. Choose another.", "grant_id"))
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


def _codes(typed: str) -> tuple[list[str], str]:
    """The codes in the order typed, and the first that is none."""
    words = list(dict.fromkeys(typed.upper().replace(",", " ").replace(";", " ").split()))
    return words, next((word for word in words if len(word) != 5 or not word.isalnum()), "")


def _locked(work: Work, grant_id: int) -> Grant:
    """The grant, held until the commit: two desks cannot both take the last unit."""
    work.get(AuthorizationGrant, grant_id)
    [found] = locked(work, (grant_id,))
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
