"""Fee schedules as the office keeps them: shown whole, raised by percent, copied to a new year, imported."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import cents_or_none
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.code_lists import HcpcsCode
from frontdesk.models.billing.codes import Fee, FeeSchedule, ProcedureCode
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import fees
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.work import Work

ROUNDINGS = (1, 5, 25, 100, 500)
"""To what multiple of cents a raised fee may be rounded."""
_MOST_TENTHS = 1_000


@dataclass(frozen=True, slots=True)
class FeeList:
    """A price list with how many fees it has on a day."""

    id: int
    name: str
    payer: str
    """Whose list it is; empty for the office's own."""
    is_contract: bool
    effective_on: date
    expires_on: date | None
    count: int
    share: str = ""
    """ "120 % of Medicare 2026", where a contract rests on another list."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """The fee of a code on a day, and the one that follows it."""

    code: str
    label: str
    amount_cents: int
    effective_on: date
    next_cents: int | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """A fee and what it would become."""

    code: str
    label: str
    amount_cents: int
    raised_cents: int


@dataclass(frozen=True, slots=True)
class Raise:
    """By how much all fees of a list change, and from when; 35 tenths are 3.5 percent."""

    fee_schedule_id: int
    tenths: int
    round_to_cents: int
    effective_on: date


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A line of a file of fees."""

    line: int
    code: str
    amount: str


@dataclass(frozen=True, slots=True)
class RefusedFee:
    """A line that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FeeImport:
    """What became of the lines of a file."""

    set: int
    unchanged: int
    refused: tuple[RefusedFee, ...]


@query(permission="billing.view")
def lists(work: Work, *, on: date) -> tuple[FeeList, ...]:
    """The price lists of a day and those to come: the office's own, then the payers', contracts last."""
    counted = (
        select(Fee.fee_schedule_id, func.count().label("count"))
        .where(Fee.in_force(on))
        .group_by(Fee.fee_schedule_id)
        .subquery()
    )
    base = aliased(FeeSchedule)
    found = work.session.execute(
        select(FeeSchedule, Payer.name, counted.c.count, base.name)
        .outerjoin(base, base.id == FeeSchedule.base_id)
        .outerjoin(Payer, Payer.id == FeeSchedule.payer_id)
        .outerjoin(counted, counted.c.fee_schedule_id == FeeSchedule.id)
        .where(or_(FeeSchedule.expires_on.is_(None), FeeSchedule.expires_on >= on))
        .order_by(
            FeeSchedule.payer_id.is_not(None), FeeSchedule.is_contract, FeeSchedule.name, FeeSchedule.id
        )
    )
    return tuple(
        FeeList(
            id=row.id,
            name=row.name,
            payer=payer or "",
            is_contract=row.is_contract,
            effective_on=row.effective_on,
            expires_on=row.expires_on,
            count=count or 0,
            share=f"{(row.percent_tenths or 0) / 10:g}% of {rests_on}" if rests_on else "",
        )
        for row, payer, count, rests_on in found
    )


@query(permission="billing.view")
def lines(work: Work, *, fee_schedule_id: int, on: date) -> tuple[FeeLine, ...]:
    """The fees of a list on a day, each with the next one that is set already; by code."""
    rows = work.session.scalars(
        select(Fee)
        .where(Fee.fee_schedule_id == fee_schedule_id, or_(Fee.expires_on.is_(None), Fee.expires_on >= on))
        .order_by(Fee.code, Fee.effective_on)
    ).all()
    labels = _labels(work, {_bare(row.code) for row in rows}, on)
    found: dict[str, FeeLine] = {}
    for row in rows:
        before = found.get(row.code)
        if before is None:
            found[row.code] = FeeLine(
                row.code, labels.get(_bare(row.code), ""), row.amount_cents, row.effective_on
            )
        elif before.next_on is None:
            found[row.code] = FeeLine(
                before.code,
                before.label,
                before.amount_cents,
                before.effective_on,
                row.amount_cents,
                row.effective_on,
            )
    return tuple(found.values())


@query(permission="billing.view")
def raised(work: Work, *, by: Raise) -> tuple[Raised, ...]:
    """What every fee would become, dearest code last as in the list; nothing is written."""
    refuse_if_any(_against(by))
    return _raised(work, by)


@command("Raise all fees", permission="billing.edit_fees", undo=irreversible(fees.KEPT))
def raise_all(work: Work, *, by: Raise) -> int:
    """Set the fees of a list anew from a day on, all or none; how many changed."""
    work.get(FeeSchedule, by.fee_schedule_id)
    refuse_if_any(_against(by))
    changed = [each for each in _raised(work, by) if each.raised_cents != each.amount_cents]
    if not changed:
        raise Refused(Finding("No fee would change. Choose another percentage or rounding.", "percent"))
    for each in changed:
        fees.set_fee(
            work,
            fee_schedule_id=by.fee_schedule_id,
            code=each.code,
            amount_cents=each.raised_cents,
            effective_on=by.effective_on,
        )
    return len(changed)


@command("Copy fee schedule", permission="billing.edit_fees", undo=irreversible(fees.KEPT))
def copy(work: Work, *, name: str, by: Raise) -> int:
    """Open the list that follows a list, with its fees raised; the list before ends the day before."""
    old = work.get(FeeSchedule, by.fee_schedule_id)
    findings = _against(by)
    if by.effective_on <= old.effective_on:
        findings.append(
            Finding(f"The new list must begin after {us_date(old.effective_on)}.", "effective_on")
        )
    refuse_if_any(findings)
    content = _raised(work, by)
    made = fees.add_schedule(
        work,
        name=name,
        effective_on=by.effective_on,
        payer_id=old.payer_id,
        is_contract=old.is_contract,
        expires_on=old.expires_on,
        base_id=old.base_id,
        percent_tenths=old.percent_tenths,
    )
    old.expires_on = by.effective_on - timedelta(days=1)
    work.flush()
    for each in content:
        work.add(
            Fee(
                fee_schedule_id=made,
                code=each.code,
                amount_cents=each.raised_cents,
                effective_on=by.effective_on,
            )
        )
    return made


@command("Import fees", permission="billing.edit_fees", undo=irreversible(fees.KEPT))
def import_fees(
    work: Work, *, fee_schedule_id: int, effective_on: date, rows: tuple[FeeRow, ...]
) -> FeeImport:
    """Set the fees of a file from a day on; a refused line keeps no other back."""
    work.get(FeeSchedule, fee_schedule_id)
    now = {
        line.code: line.amount_cents for line in lines(work, fee_schedule_id=fee_schedule_id, on=effective_on)
    }
    known = set(_labels(work, {_bare(row.code.strip().upper()) for row in rows}, effective_on))
    changed, unchanged, seen = 0, 0, dict[str, int]()
    refused: list[RefusedFee] = []
    for done, row in enumerate(rows):
        work.step(done, len(rows))
        code, cents = row.code.strip().upper(), cents_or_none(row.amount)
        if why := _row_problem(code, cents, row, known, seen):
            refused.append(RefusedFee(row.line, why))
            continue
        assert cents is not None
        seen[code] = row.line
        if now.get(code) == cents:
            unchanged += 1
            continue
        try:
            fees.set_fee(
                work,
                fee_schedule_id=fee_schedule_id,
                code=code,
                amount_cents=cents,
                effective_on=effective_on,
            )
            changed += 1
        except Refused as no:
            refused.append(RefusedFee(row.line, str(no)))
    return FeeImport(changed, unchanged, tuple(refused))


def _bare(code: str) -> str:
    """Without the modifier for which a contract has a price of its own: "71046-26"."""
    return code.partition("-")[0]


def _row_problem(code: str, cents: int | None, row: FeeRow, known: set[str], seen: dict[str, int]) -> str:
    if _bare(code) not in known:
        return f"{code or 'The line'} is not among the office's codes of that day."
    if cents is None:
        return f"{code}: “{row.amount}” is not an amount."
    if found := amount_finding(cents, "amount_cents"):
        return f"{code}: {found[0].message}"
    return f"{code} is listed before, in line {seen[code]}." if code in seen else ""


def _against(by: Raise) -> list[Finding]:
    found = []
    if not -_MOST_TENTHS < by.tenths <= _MOST_TENTHS:
        found.append(Finding("Enter a percentage from -99.9 to 100.", "percent"))
    if by.round_to_cents not in ROUNDINGS:
        found.append(Finding("Choose how the fees are rounded.", "round_to_cents"))
    return found


def _raised(work: Work, by: Raise) -> tuple[Raised, ...]:
    """Half a step goes up; no fee falls below one step."""
    return tuple(
        Raised(line.code, line.label, line.amount_cents, _stepped(line.amount_cents, by))
        for line in lines(work, fee_schedule_id=by.fee_schedule_id, on=by.effective_on)
    )


def _stepped(cents: int, by: Raise) -> int:
    scaled, step = cents * (1_000 + by.tenths), by.round_to_cents * 1_000
    return max(1, (2 * scaled + step) // (2 * step)) * by.round_to_cents


def _labels(work: Work, wanted: set[str], on: date) -> dict[str, str]:
    found: dict[str, str] = {}
    for model in (HcpcsCode, ProcedureCode):  # the office's own words go before the list's
        rows = work.session.execute(
            select(model.code, model.label).where(model.code.in_(sorted(wanted)), model.in_force(on))
        )
        found |= {row.code: row.label for row in rows}
    return found
