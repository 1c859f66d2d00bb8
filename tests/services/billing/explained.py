"""Every amount of an office against its explanation: the same to the cent, and the sum of its sentences."""

from datetime import date
from typing import Literal

from sqlalchemy import select

from frontdesk.models.billing.journal import JournalEntry
from frontdesk.services.billing import aging, balances, explain_amount, receipts, roll_forward, statements
from frontdesk.services.billing.aging import AGE_COLUMNS
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.roll_forward import Rolled
from tests.builders.billing import at_work
from tests.office import Office


def comes_to(office: Office, subject: Subject, cents: int) -> None:
    """The explanation is of this amount, and its sentences sum to it."""
    told = office.ask(explain_amount.amount, subject=subject)
    assert told.total_cents == cents, (subject, told)
    assert sum(each.amount_cents for each in told.sentences) == cents, (subject, told)
    assert told.title
    assert told.conclusion


def everything_is_explained(office: Office, accounts: list[int], on: date) -> None:
    """Balances, lines, receipts, ages, statements and the day's figures."""
    with at_work(office) as work:
        theirs = select(JournalEntry.patient_id).where(JournalEntry.patient_id.is_not(None)).distinct()
        people = [person for person in work.session.scalars(theirs) if person is not None]
    for person in people:
        balance = office.ask(balances.of_patient, patient_id=person)
        comes_to(office, Subject(About.PATIENT, person), balance.total_cents)
        comes_to(office, Subject(About.PATIENT, person, Part.CREDIT), balance.credit_cents)
        lines = office.ask(balances.lines_of_patient, patient_id=person, with_void=True)
        for line in lines:
            subject = Subject(About.LINE, line.charge_line_id)
            comes_to(office, subject, line.open_cents)
            its = (About.LINE, line.charge_line_id)
            comes_to(office, Subject(*its, Part.PATIENT), line.patient_cents)
            comes_to(office, Subject(*its, Part.PAYER), line.payer_cents)
            comes_to(office, Subject(*its, Part.CHARGED), 0 if line.is_void else line.charged_cents)
            comes_to(office, Subject(*its, Part.PAID), line.patient_paid_cents + line.payer_paid_cents)
        for visit in {line.appointment_id for line in lines} - {None}:
            assert visit is not None
            standing = office.ask(balances.lines_of_visit, appointment_id=visit)
            charged = sum(line.charged_cents for line in standing)
            comes_to(office, Subject(About.VISIT, visit, Part.CHARGED), charged)
        for receipt in office.ask(receipts.of_patient, patient_id=person):
            comes_to(office, Subject(About.RECEIPT, receipt.id), receipt.total_cents)
    for account in accounts:
        _household(office, account, on)
    _day(office, on)


def _household(office: Office, account: int, on: date) -> None:
    balance = office.ask(balances.of_account, account_id=account)
    comes_to(office, Subject(About.ACCOUNT, account), balance.total_cents)
    due = balance.patient_cents - balance.credit_cents
    comes_to(office, Subject(About.ACCOUNT, account, Part.PATIENT), due)
    comes_to(office, Subject(About.ACCOUNT, account, Part.PAYER), balance.payer_cents)
    aged = office.ask(aging.aging, on=on, account_id=account).patient
    for column, cents in zip(AGE_COLUMNS, aged.columns, strict=True):
        comes_to(office, Subject(About.ACCOUNT, account, on=on, column=column), cents)
    for statement in office.ask(statements.of_account, account_id=account):
        comes_to(office, Subject(About.STATEMENT, statement.id), statement.balance_cents)


def _day(office: Office, on: date) -> None:
    rolled = office.ask(roll_forward.by_party, on=on)
    sides: tuple[tuple[Literal["", "patient", "payer"], Rolled], ...] = (
        ("", rolled.together),
        ("patient", rolled.patient),
        ("payer", rolled.payer),
    )
    for side, figures in sides:
        for part, cents in (
            (Part.OPENING, figures.opening_cents),
            (Part.CHARGED, figures.charges_cents),
            (Part.PAID, figures.payments_cents),
            (Part.ADJUSTMENTS, figures.adjustments_cents),
            (Part.MOVED, figures.moved_cents),
            (Part.REFUNDS, figures.refunds_cents),
            (Part.CORRECTIONS, figures.corrections_cents),
            (Part.CLOSING, figures.closing_cents),
        ):
            comes_to(office, Subject(About.DAY, part=part, on=on, side=side), cents)
    aged = office.ask(aging.aging, on=on)
    for about, of_side in ((About.PAYER, aged.payer), (About.ACCOUNT, aged.patient)):
        for column, cents in zip(AGE_COLUMNS, of_side.columns, strict=True):
            comes_to(office, Subject(about, on=on, column=column), cents)
