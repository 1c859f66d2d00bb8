"""A household's credit put on what it owes: the oldest money first."""

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import balances, credits, parties
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.payment_checks import owes_only
from frontdesk.services.command import command, irreversible
from frontdesk.services.work import Work


def free_cents(work: Work, account_id: int) -> int:
    """What of a household's credit is held for no visit."""
    return sum(
        credit.left_cents
        for credit in credits.of_account(work, account_id=account_id)
        if credit.appointment_id is None
    )


@command(
    "Use credit",
    permission="billing.take_payment",
    undo=irreversible("The ledger keeps every entry. Voiding the receipt takes its money off every line."),
)
def use(work: Work, *, patient_id: int, parts: tuple[Allocation, ...]) -> int:
    """Put the household's free credit on open lines, in their order, as far as it goes; the cents used."""
    work.concerns(patient_id)
    account_id = parties.account_of(work, patient_id, work.today)
    wanted = [part for part in parts if part.charge_line_id is not None]
    findings = [] if wanted else [Finding("Tick a balance first: credit is used on what is owed.", "parts")]
    lines = balances.lines_by_id(work, tuple(part.charge_line_id or 0 for part in wanted))
    for part in wanted:
        line = lines.get(part.charge_line_id or 0)
        findings += amount_finding(part.amount_cents, "parts")
        if line is None:
            findings.append(Finding("This charge is no longer there. Open the payment again.", "parts"))
        elif work.get(ChargeLine, line.charge_line_id).account_id != account_id:
            findings.append(Finding("This charge belongs to another household.", "parts"))
        elif part.amount_cents > line.patient_cents:
            findings.append(owes_only(line))
    if not findings and not free_cents(work, account_id):
        findings.append(Finding(f"The household has {dollars(0)} to its credit that is free.", "parts"))
    refuse_if_any(findings)
    used = 0
    for part in wanted:
        line = lines[part.charge_line_id or 0]
        work.concerns(line.patient_id)
        left = part.amount_cents
        for credit in credits.of_account(work, account_id=account_id):
            cents = min(left, credit.left_cents) if credit.appointment_id is None else 0
            if cents > 0:
                credits.apply(work, credit, line, cents)
                left -= cents
                used += cents
        work.flush()
    return used


@command(
    "Use credit on open charges",
    permission="billing.take_payment",
    undo=irreversible("The ledger keeps every entry. Voiding the receipt takes its money off every line."),
)
def use_on_oldest(work: Work, *, account_id: int) -> int:
    """Put a household's free credit on what it owes, the oldest service first; the cents used."""
    work.get(Account, account_id)
    work.concerns(*parties.billed_patients(work, account_id))
    held_for = {credit.appointment_id for credit in credits.of_account(work, account_id=account_id)}
    waiting = credits.waiting_visits(work, [each for each in held_for if each is not None])
    used = 0
    for line in reversed(balances.lines_of_account(work, account_id=account_id, only_open=True)):
        left = line.patient_cents
        for credit in credits.of_account(work, account_id=account_id):
            cents = 0 if credit.appointment_id in waiting else min(left, credit.left_cents)
            if cents > 0:
                credits.apply(work, credit, line, cents)
                left -= cents
                used += cents
        work.flush()
    if not used:
        raise Refused(Finding("There is no free credit, or nothing that it could pay."))
    return used
