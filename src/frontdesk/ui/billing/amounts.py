"""The amounts of rows and panels by the names that the ledger explains them by."""

from datetime import date
from typing import Literal

from frontdesk.services.billing.aging import AGE_COLUMNS
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.credit_list import CreditRow
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.remittance_views import AnswerRow, RemittanceSheet
from frontdesk.services.billing.reports_behind import BehindRow
from frontdesk.services.billing.statement_run import Candidate
from frontdesk.ui.kit.explained import Amount
from frontdesk.ui.text import tr

Amounts = tuple[Amount, ...]


def of_claim(claim: ClaimRow | None) -> Amounts:
    """What a claim asks for, what came of it, and what is open on its lines."""
    if claim is None:
        return ()
    return (Amount(tr("Claim {number}", number=claim.number), claim.charge_cents, _claim(claim.id)),)


def _claim(claim_id: int) -> Subject:
    return Subject(About.CLAIM, claim_id, Part.CHARGED)


def of_household(account: Candidate | None) -> Amounts:
    """What a household owes."""
    if account is None:
        return ()
    return (owed_by(account.account_id, account.name, account.due_cents),)


def owed_by(account_id: int, name: str, cents: int) -> Amount:
    """What a household owes, less what is to its credit."""
    return Amount(tr("{name} owes", name=name), cents, Subject(About.ACCOUNT, account_id, Part.PATIENT))


def of_credit(credit: CreditRow | None) -> Amounts:
    """The receipt that a credit is left of, or the line on which it was paid; a payer's has its own page."""
    if credit is None:
        return ()
    if credit.receipt_id is not None:
        return (Amount(credit.about, credit.paid_cents, Subject(About.RECEIPT, credit.receipt_id)),)
    if credit.charge_line_id is not None:
        # What others still owe on the line is part of the story: the whole line is told.
        return (Amount(credit.about, credit.open_cents, Subject(About.LINE, credit.charge_line_id)),)
    return ()


def of_answer(answer: AnswerRow | None) -> Amounts:
    """What a payer says of a claim: billed, written off, left to the patient, other, paid."""
    if answer is None or not answer.id:
        return ()
    named = (
        (tr("Paid"), Part.PAID, answer.paid_cents),
        (tr("Billed"), Part.CHARGED, answer.charge_cents),
        (tr("Write-off"), Part.CONTRACT, answer.contract_cents),
        (tr("Patient's share"), Part.PATIENT, answer.patient_cents),
        (tr("Other"), Part.OTHER, answer.other_cents),
    )
    return tuple(
        Amount(
            tr("{what}, {whose}", what=what, whose=answer.patient),
            cents,
            Subject(About.ANSWER, answer.id, part),
        )
        for what, part, cents in named
        if cents or part is Part.PAID
    )


def of_remittance(sheet: RemittanceSheet | None) -> Amounts:
    """The equation of a remittance, and what posting does."""
    if sheet is None:
        return ()
    deposit, posted = sheet.deposit, sheet.when_posted
    named = (
        (tr("Deposit"), Part.OPEN, deposit.deposit_cents),
        (tr("To post"), Part.TO_POST, deposit.to_post_cents),
        (tr("No match"), Part.CREDIT, deposit.no_match_cents),
        (tr("Taken back"), Part.ADJUSTMENTS, deposit.taken_back_cents),
        (tr("Insurance payments"), Part.PAID, posted.payments_cents),
        (tr("Contract write-offs"), Part.CONTRACT, posted.contract_cents),
        (tr("Moved to patients"), Part.PATIENT, posted.moved_to_patients_cents),
        (tr("Open, denied or reviewed"), Part.OTHER, posted.open_cents),
    )
    return tuple(
        Amount(name, cents, Subject(About.REMITTANCE, sheet.row.id, part))
        for name, part, cents in named
        if cents or part is Part.OPEN
    )


_DAY_PARTS = (
    Part.OPENING,
    Part.CHARGED,
    Part.PAID,
    Part.ADJUSTMENTS,
    Part.MOVED,
    Part.REFUNDS,
    Part.CORRECTIONS,
    Part.CLOSING,
)
_SIDES: tuple[Literal["patient", "payer", ""], ...] = ("patient", "payer", "")


def of_day(on: date, name: str, line: int, side: int, cents: int) -> Amount:
    """A figure of a day's roll-forward by its line, and its side: patients, insurers, together."""
    whose = (tr("patients"), tr("insurers"), tr("together"))[side]
    words = tr("{what}, {whose}", what=name, whose=whose)
    return Amount(words, cents, Subject(About.DAY, part=_DAY_PARTS[line], on=on, side=_SIDES[side]))


def of_count(counted: Counted | None) -> Amounts:
    """What a drawer should have held; nothing before it is counted."""
    if counted is None:
        return ()
    named = (
        (tr("Cash expected"), Part.CASH, counted.expected_cash_cents),
        (tr("Checks expected"), Part.CHECK, counted.expected_check_cents),
        (tr("Cards expected"), Part.CARD, counted.expected_card_cents),
    )
    return tuple(
        Amount(name, cents, Subject(About.DRAWER, counted.drawer_count_id, part))
        for name, part, cents in named
    )


def of_behind(row: BehindRow | None) -> Amounts:
    """A row behind a report's bar: what of a line is so old, or what a claim asks for."""
    if row is None or row.subject is None:
        return ()
    return (Amount(row.who, row.cents, row.subject),)


def of_visit(appointment_id: int, name: str, charged_cents: int) -> Amounts:
    """What a visit cost."""
    subject = Subject(About.VISIT, appointment_id, Part.CHARGED)
    return (Amount(name, charged_cents, subject),) if charged_cents else ()


def of_receipt(receipt_id: int, number: str, cents: int) -> Amount:
    """What a person paid at once."""
    return Amount(tr("Receipt {number}", number=number), cents, Subject(About.RECEIPT, receipt_id))


def of_age(account_id: int, name: str, cents: int, place: int, on: date) -> Amount:
    """One column of a household's ages."""
    return Amount(name, cents, Subject(About.ACCOUNT, account_id, on=on, column=AGE_COLUMNS[place]))
