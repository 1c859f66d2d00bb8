"""Every amount of an office against its explanation: the same to the cent, and the sum of its sentences."""

from datetime import date, timedelta
from typing import Literal

from sqlalchemy import select

from frontdesk.models.billing.day_close import DrawerCount
from frontdesk.models.billing.journal import JournalEntry
from frontdesk.services.billing import (
    aging,
    asking,
    balances,
    collection_calls,
    counting,
    credit_list,
    payer_accounts,
    plans,
    receipts,
    roll_forward,
    small_balances,
    statements,
)
from frontdesk.services.billing.aging import AGE_COLUMNS
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.instalments import DueState
from frontdesk.services.billing.refunds import RefundState
from frontdesk.services.billing.reports_filter import Wanted
from frontdesk.services.billing.roll_forward import Rolled
from tests.builders.billing import at_work
from tests.office import Office
from tests.services.billing.explained_reports import comes_to, everything_reported_is_explained


def everything_is_explained(office: Office, accounts: list[int], on: date) -> None:
    """Balances, lines, receipts, agreements, credits, statements, reports and the day's figures."""
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
        _asked(office, person)
    for account in accounts:
        _household(office, account, on)
    _credits(office)
    _day(office, on)
    everything_reported_is_explained(office, Wanted(on - timedelta(days=365), on))


def _asked(office: Office, person: int) -> None:
    """What the desk asks for, line by line, instalment by instalment."""
    asked = office.ask(asking.ask_for, patient_id=person)
    comes_to(office, Subject(About.ACCOUNT, asked.account_id, Part.CREDIT), asked.credit_cents)
    comes_to(office, Subject(About.ACCOUNT, asked.account_id, Part.FREE), asked.free_credit_cents)
    for item in (*asked.items, *asked.family):
        if item.plan_id is not None:
            comes_to(office, Subject(About.PLAN, item.plan_id, Part.ASKED), item.amount_cents)
            continue
        for each in item.allocations:
            if each.charge_line_id is not None:
                subject = Subject(About.LINE, each.charge_line_id, Part.ASKED)
                comes_to(office, subject, each.amount_cents)
            elif each.appointment_id is not None:
                part = {"copay": Part.COPAY, "deposit": Part.DEPOSIT}.get(each.purpose, Part.AHEAD)
                comes_to(office, Subject(About.VISIT, each.appointment_id, part), each.amount_cents)


def _credits(office: Office) -> None:
    """What is left of each credit, each refund, and what stands on payers' own accounts."""
    for credit in office.ask(credit_list.worklist):
        if credit.receipt_id is not None:
            its = Subject(About.RECEIPT, credit.receipt_id, Part.FREE, account_id=credit.account_id)
            comes_to(office, its, credit.left_cents)
        elif credit.charge_line_id is not None:
            its = Subject(About.LINE, credit.charge_line_id, Part.CREDIT, payer_id=credit.payer_id)
            comes_to(office, its, credit.left_cents)
        elif credit.payer_id is not None:
            comes_to(office, Subject(About.PAYER, credit.payer_id, Part.CREDIT), credit.left_cents)
    for refund in office.ask(credit_list.refund_list, states=tuple(RefundState)):
        comes_to(office, Subject(About.REFUND, refund.id), refund.amount_cents)
    for payer in office.ask(payer_accounts.accounts):
        comes_to(office, Subject(About.PAYER, payer.payer_id, Part.ON_ACCOUNT), payer.balance_cents)
        for item in office.ask(payer_accounts.items, payer_id=payer.payer_id):
            comes_to(office, Subject(About.MATTER, item.posting_id), item.open_cents)
    small = office.ask(small_balances.worklist).rows
    comes_to(office, Subject(About.SMALL), sum(each.owed_cents for each in small))


def _household(office: Office, account: int, on: date) -> None:
    balance = office.ask(balances.of_account, account_id=account)
    comes_to(office, Subject(About.ACCOUNT, account), balance.total_cents)
    due = balance.patient_cents - balance.credit_cents
    comes_to(office, Subject(About.ACCOUNT, account, Part.PATIENT), due)
    comes_to(office, Subject(About.ACCOUNT, account, Part.PAYER), balance.payer_cents)
    aged = office.ask(aging.aging, on=on, account_id=account).patient
    for column, cents in zip(AGE_COLUMNS, aged.columns, strict=True):
        comes_to(office, Subject(About.ACCOUNT, account, on=on, column=column), cents)
    for plan in office.ask(plans.of_account, account_id=account, only_standing=False):
        comes_to(office, Subject(About.PLAN, plan.id), plan.left_cents)
        comes_to(office, Subject(About.PLAN, plan.id, Part.CHARGED), plan.total_cents)
    standing = office.ask(plans.of_account, account_id=account)
    missed = [
        each.amount_cents - each.paid_cents
        for plan in standing
        for each in plan.instalments
        if each.state is DueState.MISSED
    ]
    comes_to(office, Subject(About.ACCOUNT, account, Part.MISSED), sum(missed))
    with at_work(office) as work:
        promised = collection_calls.promises(work, [account])
    for promise in promised.values():
        comes_to(office, Subject(About.PROMISE, promise.id), promise.amount_cents)
        comes_to(office, Subject(About.PROMISE, promise.id, Part.PAID), promise.paid_cents)
    for statement in office.ask(statements.of_account, account_id=account):
        comes_to(office, Subject(About.STATEMENT, statement.id), statement.balance_cents)


def _day(office: Office, on: date) -> None:
    with at_work(office) as work:
        counts = list(work.session.scalars(select(DrawerCount.id)))
        counted = [counting.counted_of(work, each) for each in counts]
    for count in counted:
        for part, cents in (
            (Part.CASH, count.expected_cash_cents),
            (Part.CHECK, count.expected_check_cents),
            (Part.CARD, count.expected_card_cents),
            (Part.COUNTED, count.counted_cash_cents),
            (Part.DEPOSIT, count.deposit_cents),
        ):
            comes_to(office, Subject(About.DRAWER, count.drawer_count_id, part), cents)
        whole = sum(each.deposit_cents for each in counted if each.on == count.on)
        comes_to(office, Subject(About.DAY, part=Part.DEPOSIT, on=count.on), whole)
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
            (Part.INCOME, figures.income_cents),
            (Part.REFUNDS, figures.refunds_cents),
            (Part.CORRECTIONS, figures.corrections_cents),
            (Part.CLOSING, figures.closing_cents),
        ):
            comes_to(office, Subject(About.DAY, part=part, on=on, side=side), cents)
    aged = office.ask(aging.aging, on=on)
    for about, of_side in ((About.PAYER, aged.payer), (About.ACCOUNT, aged.patient)):
        for column, cents in zip(AGE_COLUMNS, of_side.columns, strict=True):
            comes_to(office, Subject(about, on=on, column=column), cents)
