"""What the office asks for a code, and what a payer agreed to, by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.codes import Fee, FeeSchedule
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("no_overlap_fee", "This code already has a fee for those days.", field="code")
says("uq_fee_schedule_name", "There is a fee schedule of this name.", field="name")

_KEPT = "A fee may already be on a visit; set a new one from a later day."


@dataclass(frozen=True, slots=True)
class Price:
    """The fee of one code in one schedule."""

    code: str
    amount_cents: int
    effective_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A price list with its fees."""

    id: int
    name: str
    payer_id: int | None
    is_contract: bool
    prices: tuple[Price, ...]


@query(permission="billing.view")
def schedules(work: Work, *, on: date) -> tuple[Schedule, ...]:
    """The price lists of a day, the office's own first."""
    lists = work.session.scalars(
        select(FeeSchedule)
        .where(FeeSchedule.effective_on <= on, _open(FeeSchedule, on))
        .order_by(FeeSchedule.payer_id.is_not(None), FeeSchedule.name)
    ).all()
    fees = work.session.scalars(
        select(Fee).where(Fee.effective_on <= on, _open(Fee, on)).order_by(Fee.code)
    ).all()
    return tuple(
        Schedule(
            row.id,
            row.name,
            row.payer_id,
            row.is_contract,
            tuple(
                Price(fee.code, fee.amount_cents, fee.effective_on, fee.expires_on)
                for fee in fees
                if fee.fee_schedule_id == row.id
            ),
        )
        for row in lists
    )


@query(permission="billing.view")
def amount(work: Work, *, code: str, on: date, payer_id: int | None = None) -> int | None:
    """What the office charges for one unit, in cents: the payer's own list, else the office's."""
    return _price(work, code, on, payer_id, contract=False)


@query(permission="billing.view")
def allowed(work: Work, *, code: str, on: date, payer_id: int) -> int | None:
    """What the payer's contract allows for one unit, in cents; None where nothing is on file."""
    return _price(work, code, on, payer_id, contract=True)


@command("Add fee schedule", permission="billing.edit_fees", undo=irreversible(_KEPT))
def add_schedule(
    work: Work,
    *,
    name: str,
    effective_on: date,
    payer_id: int | None = None,
    is_contract: bool = False,
    expires_on: date | None = None,
) -> int:
    """Open a price list: the office's own (no payer), a payer's, or what a contract allows."""
    findings = []
    if not name.strip():
        findings.append(Finding("Give the fee schedule a name.", "name"))
    elif work.session.scalar(select(FeeSchedule.id).where(FeeSchedule.name == name.strip())):
        findings.append(Finding("There is a fee schedule of this name.", "name"))
    if is_contract and payer_id is None:
        findings.append(Finding("A contract is with a payer. Choose the payer.", "payer_id"))
    if expires_on and expires_on < effective_on:
        findings.append(Finding("The last day must not be before the first.", "expires_on"))
    refuse_if_any(findings)
    row = FeeSchedule(
        name=name.strip(),
        payer_id=payer_id,
        is_contract=is_contract,
        effective_on=effective_on,
        expires_on=expires_on,
    )
    return work.add(row).id


@command("Set fee", permission="billing.edit_fees", undo=irreversible(_KEPT))
def set_fee(work: Work, *, fee_schedule_id: int, code: str, amount_cents: int, effective_on: date) -> int:
    """Set the fee of a code from a day on; the fee before it ends the day before."""
    work.get(FeeSchedule, fee_schedule_id)
    code = code.strip().upper()
    findings = [] if code else [Finding("Name the code.", "code")]
    findings += amount_finding(amount_cents, "amount_cents")
    refuse_if_any(findings)
    before = work.session.scalar(
        select(Fee)
        .where(Fee.fee_schedule_id == fee_schedule_id, Fee.code == code)
        .order_by(Fee.effective_on.desc())
        .limit(1)
    )
    if before is not None:
        if before.effective_on >= effective_on:
            raise Refused(
                Finding(
                    f"{code} already has a fee from {us_date(before.effective_on)}. Choose a later day.",
                    "effective_on",
                )
            )
        if before.expires_on is None or before.expires_on >= effective_on:
            before.expires_on = effective_on - timedelta(days=1)
            work.flush()
    row = Fee(
        fee_schedule_id=fee_schedule_id, code=code, amount_cents=amount_cents, effective_on=effective_on
    )
    return work.add(row).id


def _price(work: Work, code: str, on: date, payer_id: int | None, *, contract: bool) -> int | None:
    whose = FeeSchedule.payer_id == payer_id
    if not contract:
        whose = or_(whose, FeeSchedule.payer_id.is_(None))
    return work.session.scalar(
        select(Fee.amount_cents)
        .join(FeeSchedule, Fee.fee_schedule_id == FeeSchedule.id)
        .where(
            Fee.code == code.strip().upper(),
            Fee.effective_on <= on,
            _open(Fee, on),
            FeeSchedule.effective_on <= on,
            _open(FeeSchedule, on),
            FeeSchedule.is_contract.is_(contract),
            whose,
        )
        # The payer's own list goes before the office's, the newer list before the older.
        .order_by(FeeSchedule.payer_id.is_(None), FeeSchedule.effective_on.desc(), Fee.id)
        .limit(1)
    )


def _open(model: type[Fee] | type[FeeSchedule], on: date) -> ColumnElement[bool]:
    return or_(model.expires_on.is_(None), model.expires_on >= on)
