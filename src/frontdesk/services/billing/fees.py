"""What the office asks for a code, and what a payer agreed to, by day."""

from datetime import date, timedelta

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.codes import Fee, FeeSchedule
from frontdesk.services.billing import modifiers
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.contract_prices import Contracts
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("no_overlap_fee", "This code already has a fee for those days.", field="code")
says("uq_fee_schedule_name", "There is a fee schedule of this name.", field="name")

KEPT = "A fee may already be on a visit; set a new one from a later day."


@query(permission="billing.view")
def amount(work: Work, *, code: str, on: date, payer_id: int | None = None) -> int | None:
    """What the office charges for one unit, in cents: the payer's own list, else the office's."""
    return work.session.scalar(
        select(Fee.amount_cents)
        .join(FeeSchedule, Fee.fee_schedule_id == FeeSchedule.id)
        .where(
            Fee.code == code.strip().upper(),
            Fee.in_force(on),
            FeeSchedule.in_force(on),
            FeeSchedule.is_contract.is_(False),
            or_(FeeSchedule.payer_id == payer_id, FeeSchedule.payer_id.is_(None)),
        )
        # The payer's own list goes before the office's, the newer list before the older.
        .order_by(FeeSchedule.payer_id.is_(None), FeeSchedule.effective_on.desc(), Fee.id)
        .limit(1)
    )


@query(permission="billing.view")
def allowed(work: Work, *, code: str, on: date, payer_id: int) -> int | None:
    """What the payer's contract allows for one unit, in cents; None where nothing is on file."""
    code = code.strip().upper()
    price = Contracts(work, payer_id=payer_id, code=code).price(payer_id, code, "", on)
    return price.unit_cents if price else None


@command("Add fee schedule", permission="billing.edit_fees", undo=irreversible(KEPT))
def add_schedule(
    work: Work,
    *,
    name: str,
    effective_on: date,
    payer_id: int | None = None,
    is_contract: bool = False,
    expires_on: date | None = None,
    base_id: int | None = None,
    percent_tenths: int | None = None,
) -> int:
    """Open a price list: the office's own (no payer), a payer's, or what a contract allows.

    A contract may pay a share of another list: 1200 tenths are 120 percent. Its own fees go before it.
    """
    findings = []
    if not name.strip():
        findings.append(Finding("Give the fee schedule a name.", "name"))
    elif work.session.scalar(select(FeeSchedule.id).where(FeeSchedule.name == name.strip())):
        findings.append(Finding("There is a fee schedule of this name.", "name"))
    if is_contract and payer_id is None:
        findings.append(Finding("A contract is with a payer. Choose the payer.", "payer_id"))
    if (base_id is None) is not (percent_tenths is None):
        findings.append(Finding("A share needs both the list and the percentage.", "percent"))
    elif base_id is not None and not is_contract:
        findings.append(Finding("Only a contract pays a share of another list.", "percent"))
    elif base_id is not None and work.get(FeeSchedule, base_id).base_id is not None:
        findings.append(Finding("That list is a share itself. Choose the list that it rests on.", "base_id"))
    if percent_tenths is not None and not 1 <= percent_tenths <= 10_000:
        findings.append(Finding("A share is 0.1 to 1,000 percent.", "percent"))
    if expires_on and expires_on < effective_on:
        findings.append(Finding("The last day must not be before the first.", "expires_on"))
    refuse_if_any(findings)
    row = FeeSchedule(
        name=name.strip(),
        payer_id=payer_id,
        is_contract=is_contract,
        effective_on=effective_on,
        expires_on=expires_on,
        base_id=base_id,
        percent_tenths=percent_tenths,
    )
    return work.add(row).id


@command("Set fee", permission="billing.edit_fees", undo=irreversible(KEPT))
def set_fee(work: Work, *, fee_schedule_id: int, code: str, amount_cents: int, effective_on: date) -> int:
    """Set the fee of a code, also with a modifier ("71046-26"), from a day on; the one before it ends."""
    work.get(FeeSchedule, fee_schedule_id)
    code = code.strip().upper()
    findings = [] if code else [Finding("Name the code.", "code")]
    bare, *given = code.split("-")
    findings += [Finding(why, "code") for why in modifiers.problems(work, given, bare, effective_on)]
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
