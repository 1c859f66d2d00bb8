"""What a collection agency collected, posted: receipts, its fee given up, the stage of who paid all.

The household is credited with all that it paid. Of a payment to the agency the receipt holds what the
agency passes on, and the fee that it keeps is written off beside it, so that receipts are what reaches
the bank. Of a payment to the office the desk's own receipt stands; the fee that the agency holds back
for it lowers what should arrive at the bank and no household's balance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.agency_payment import AgencyPayment, AgencyRemittance
from frontdesk.models.billing.journal import EntryKind, Party, PostingKind
from frontdesk.models.billing.receipts import CashDrawer
from frontdesk.services.billing import (
    agency_lines,
    balances,
    collection_steps,
    journal,
    old_debt,
    parties,
    payments,
    statement_rules,
)
from frontdesk.services.billing.agency_lines import LineState, PaidTo, WrittenLine, said_remittance
from frontdesk.services.billing.agency_lines import Payment as AgencyPaid
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.tenders import NOTE_LENGTH, Payment, Tender, TenderKind
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration import accounts
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_agency_remittance", "An agency's list stays as it was posted. Void a receipt instead.")
says("append_only_agency_payment", "An agency's payment stays as it was posted. Void its receipt instead.")
says("uq_agency_remittance_file_sha256", "This file was posted at another desk a moment ago.")
says("uq_agency_payment_receipt_id", "This receipt belongs to another line of an agency already.")

_VOIDED = "Void the receipt of a payment with a reason; the fee is taken back with it."
_DRAWER = "Collection agency"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not posted, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Posted:
    """What a list made."""

    number: str
    payments: int
    collected_cents: int
    """What households paid, to whomever."""
    fee_cents: int
    bank_cents: int
    """What should arrive at the bank."""
    refused: tuple[Refusal, ...]


@query(permission="billing.collect")
def posted_as(work: Work, *, file_sha256: str) -> str:
    """Where a file was posted before, in a sentence; empty where it was not."""
    row = work.session.scalar(select(AgencyRemittance).where(AgencyRemittance.file_sha256 == file_sha256))
    if row is None:
        return ""
    return f"This file was posted on {us_date(row.posted_on)} as {said_remittance(row.number)}."


@command("Post agency's payments", permission="billing.collect", undo=irreversible(_VOIDED))
def post(work: Work, *, lines: tuple[WrittenLine, ...], file_sha256: str, ready: tuple[int, ...]) -> Posted:
    """Post the lines that are ready, all or none; `ready` are those that were seen to be."""
    if before := posted_as(work, file_sha256=file_sha256):
        raise Refused(Finding(f"{before} Nothing was posted."))
    found = agency_lines.preview(work, lines=lines)
    good = [each.payment for each in found.lines if each.payment is not None]
    if found.ready != ready:
        raise Conflict("Something has changed since you looked. Look at the list again; nothing was posted.")
    if not good:
        raise Refused(Finding("No line of this file can be posted. Each says why."))
    refused = tuple(
        Refusal(each.line, each.words) for each in found.lines if each.state is not LineState.READY
    )
    return _post(work, good, file_sha256, refused)


@command("Record agency's payment", permission="billing.collect", undo=irreversible(_VOIDED))
def record(
    work: Work,
    *,
    account_id: int,
    paid_on: date,
    amount_cents: int,
    fee_cents: int,
    paid_to: PaidTo,
    is_another: bool = False,
) -> Posted:
    """One payment by hand; `is_another`: it is a second one like one that was posted before."""
    payment = AgencyPaid(0, account_id, paid_on, amount_cents, fee_cents, paid_to)
    findings = []
    if not collection_steps.was_placed(work, account_id):
        findings.append(
            Finding("This household was never placed with an agency. Take the payment at the desk.")
        )
    if paid_on > work.today:
        findings.append(Finding(f"{us_date(paid_on)} has not come yet.", "paid_on"))
    if amount_cents <= 0:
        findings.append(Finding("Enter an amount above zero.", "amount_cents"))
    elif not 0 <= fee_cents < amount_cents:
        findings.append(Finding("The fee is a part of what was paid, or nothing.", "fee_cents"))
    refuse_if_any(findings)
    owed = old_debt.owed_on_lines(work, (account_id,)).get(account_id, 0)
    if problem := agency_lines.owed_problem(owed, payment):
        findings.append(Finding(problem, "fee_cents"))
    if (number := agency_lines.recorded_in(work, payment)) and not is_another:
        findings.append(
            Finding(f"The same payment was posted before, in {number}. Say that it is another.", "is_another")
        )
    receipt_id = agency_lines.own_receipt(work, payment) if paid_to is PaidTo.OFFICE else None
    if paid_to is PaidTo.OFFICE and receipt_id is None:
        findings.append(
            Finding(
                f"The office has no receipt of {dollars(amount_cents)} near that day. "
                "Take the payment at the desk first.",
                "amount_cents",
            )
        )
    refuse_if_any(findings)
    given = AgencyPaid(0, account_id, paid_on, amount_cents, fee_cents, paid_to, receipt_id)
    return _post(work, [given], None, ())


def _post(
    work: Work, good: Sequence[AgencyPaid], file_sha256: str | None, refused: tuple[Refusal, ...]
) -> Posted:
    agency = statement_rules.rules(work).agency or "Collection agency"
    bank = sum(each.amount_cents * (each.paid_to is PaidTo.AGENCY) - each.fee_cents for each in good)
    remittance = work.add(
        AgencyRemittance(
            number=work.next_number("agency_remittance"),
            agency=agency,
            file_sha256=file_sha256,
            posted_on=journal.open_day(work),
            posted_at=work.now,
            posted_by=work.actor.name,
            bank_cents=bank,
        )
    )
    work.flush()
    drawer = _drawer(work)
    for done, each in enumerate(good):
        work.step(done, len(good))
        work.concerns(*parties.billed_patients(work, each.account_id))
        receipt_id = each.receipt_id or _received(work, each, agency, drawer)
        work.add(
            AgencyPayment(
                remittance_id=remittance.id,
                line=each.line,
                account_id=each.account_id,
                paid_on=each.paid_on,
                amount_cents=each.amount_cents,
                fee_cents=each.fee_cents,
                paid_to=each.paid_to,
                receipt_id=receipt_id,
            )
        )
        work.flush()
        collection_steps.settle_paid(work, each.account_id, f"Paid in full through {agency}.")
    return Posted(
        number=said_remittance(remittance.number),
        payments=len(good),
        collected_cents=sum(each.amount_cents for each in good),
        fee_cents=sum(each.fee_cents for each in good),
        bank_cents=bank,
        refused=refused,
    )


def _received(work: Work, paid: AgencyPaid, agency: str, drawer: CashDrawer) -> int:
    """The receipt of what the agency passes on, oldest line first, and its fee given up on what follows."""
    net, fee = paid.amount_cents - paid.fee_cents, paid.fee_cents
    lines = [
        line
        for line in reversed(balances.lines_of_account(work, account_id=paid.account_id, only_open=True))
        if line.patient_cents > 0
    ]
    owed = sum(line.patient_cents for line in lines)
    if problem := agency_lines.owed_problem(owed, paid):
        raise Refused(Finding(problem, "fee_cents"))
    to_pay = min(net, owed - fee)
    ahead, fees = net - to_pay, list[tuple[int, int]]()
    allocations = []
    for line in lines:
        pays = min(to_pay, line.patient_cents)
        gives_up = min(fee, line.patient_cents - pays)
        to_pay, fee = to_pay - pays, fee - gives_up
        if pays:
            allocations.append(Allocation("line", pays, charge_line_id=line.charge_line_id))
        if gives_up:
            fees.append((line.charge_line_id, gives_up))
    patient_id = lines[0].patient_id if lines else _somebody(work, paid.account_id)
    if ahead:
        allocations.append(Allocation("prepayment", ahead))
    said = f"Paid to {agency} on {us_date(paid.paid_on)}"
    taken = payments.record(
        work,
        Payment(patient_id, (Tender(TenderKind.AGENCY, net),), tuple(allocations), note=said[:NOTE_LENGTH]),
        paid.account_id,
        drawer,
    )
    reason = f"Fee of {agency} on {dollars(paid.amount_cents)} paid on {us_date(paid.paid_on)}"
    journal.post_all(
        work,
        [
            Draft(
                PostingKind.WRITE_OFF,
                (Entry(EntryKind.WRITE_OFF, -cents, Party.PATIENT, charge_line_id=charge_line_id),),
                reason=reason,
                receipt_id=taken.receipt_id,
            )
            for charge_line_id, cents in fees
        ],
    )
    return taken.receipt_id


def _somebody(work: Work, account_id: int) -> int:
    """Under whose name a household's money is taken that owes nothing any more."""
    account = accounts.view(work, account_id)
    found = account.holder_patient_id or next(iter(account.member_ids), None)
    if found is None:
        raise Refused(Finding("This household has no patient any more. Return the money to the agency."))
    return found


def _drawer(work: Work) -> CashDrawer:
    """What no drawer holds: the agency's money comes to the bank, so nobody counts it."""
    found = work.session.scalar(select(CashDrawer).where(CashDrawer.name == _DRAWER))
    if found is None:
        found = work.add(CashDrawer(name=_DRAWER, station_id=None, is_active=False))
        work.flush()
    return found
