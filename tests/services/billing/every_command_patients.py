"""The patients' side of money: refunds, statements, old debts, hardship, small balances."""

from datetime import timedelta

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import (
    agency_payments,
    charges,
    collection_calls,
    collection_list,
    collection_steps,
    hardship_scale,
    hardships,
    refunds,
    small_balances,
    statement_holds,
    statement_mail,
    statement_rules,
    statement_run,
    using_credit,
)
from frontdesk.services.billing.agency_lines import PaidTo, WrittenLine
from frontdesk.services.billing.collection_calls import CallOutcome
from frontdesk.services.billing.hardship_scale import Band, Scale
from frontdesk.services.billing.hardships import Application
from frontdesk.services.billing.statement_rules import StatementRules
from frontdesk.services.billing.statement_run import RunFilters
from tests.builders.billing import TODAY, paid
from tests.builders.collections import account, placed, seen_step
from tests.builders.refunds import MANAGER, approved, asked, refunded
from tests.builders.registration import patient
from tests.builders.statement_mail import by_email, owing_reader, run_of
from tests.office import Office


def run(office: Office, patient_id: int) -> None:
    """For a patient with an account."""
    receipt = paid(office, patient_id, 6000).receipt_id
    office.do(refunds.withdraw, refund_id=asked(office, receipt, 500), reason="Stays as credit")
    turned_down = asked(office, receipt, 500)
    approved(office, turned_down)
    office.do(refunds.refuse, refund_id=turned_down, reason="The household owes more")
    office.do(refunds.void, refund_id=refunded(office, receipt, 500), reason="The check came back")
    asked(office, receipt, 300)
    approved(office, asked(office, receipt, 400))
    _old_debt(office)
    _by_email(office)
    _small_balance(office)
    paid(office, patient_id, 1000)
    office.do(using_credit.use_on_oldest, account_id=account(office, patient_id))
    office.do(statement_holds.hold, account_id=account(office, patient_id), because="Moves", until_on=None)


def _old_debt(office: Office) -> None:
    owing = patient(office, "Esther", "Vance")
    long_ago = TODAY - timedelta(days=150)
    office.do(charges.add_fee, patient_id=owing, label="Copies", amount_cents=9000, on=long_ago)
    whose = account(office, owing)
    office.do(statement_rules.write_text, level=0, text="Please pay.", effective_on=TODAY + timedelta(days=1))
    held = office.do(statement_holds.hold, account_id=whose, because="Moves", until_on=None)
    office.do(statement_holds.release, hold_id=held)
    office.do(statement_run.issue_all, account_ids=(whose,), filters=RunFilters())
    office.do(
        collection_calls.log_call,
        account_id=whose,
        outcome=CallOutcome.REACHED,
        words="Pays on Friday",
        next_on=TODAY,
    )
    promise = office.do(collection_calls.promise, account_id=whose, amount_cents=4000, due_on=TODAY)
    office.do(collection_calls.take_back, promise_id=promise)
    office.do(collection_calls.promise, account_id=whose, amount_cents=5000, due_on=TODAY)
    _hardship(office, owing, whose)
    placed(office, whose)
    _agency_pays(office, whose)
    office.do(collection_steps.recall, account_id=whose, reason="Pays here", seen_id=seen_step(office, whose))


def _agency_pays(office: Office, whose: int) -> None:
    office.do(
        agency_payments.record,
        account_id=whose,
        paid_on=TODAY,
        amount_cents=1000,
        fee_cents=300,
        paid_to=PaidTo.AGENCY,
    )
    number = next(
        row.account_number for row in office.ask(collection_list.worklist) if row.account_id == whose
    )
    lines = (WrittenLine(2, number, us_date(TODAY), "12.00", "3.60"),)
    office.do(agency_payments.post, lines=lines, file_sha256="a1", ready=(2,))


def _hardship(office: Office, owing: int, whose: int) -> None:
    scale = Scale(1_565_000, 550_000, (Band(100, 100), Band(200, 50)))
    office.do(hardship_scale.set_scale, scale=scale)
    office.do(hardship_scale.set_scale, scale=Scale(1_565_000, 550_000, (Band(150, 75),)))
    application = Application(whose, 2, 2_000_000, "Two pay stubs")
    refused = office.do(hardships.apply, application=application)
    office.database.do(MANAGER, hardships.refuse, hardship_id=refused, because="No proof", version=1)
    granted = office.do(hardships.apply, application=application)
    office.database.do(
        MANAGER,
        hardships.grant,
        hardship_id=granted,
        percent=25,
        expires_on=TODAY + timedelta(days=90),
        because="Income",
        version=1,
    )
    office.do(charges.add_fee, patient_id=owing, label="Form", amount_cents=1000, on=TODAY)
    office.do(hardships.lower_new, hardship_id=granted)
    office.do(hardships.end, hardship_id=granted, because="Found work", version=2)


def _by_email(office: Office) -> None:
    by_email(office)
    made = run_of(office, owing_reader(office, "Ida"), owing_reader(office, "Otto"))
    taken = office.do(statement_mail.take, run_id=made)
    assert taken is not None
    office.do(statement_mail.note, statement_id=taken.statement_id, is_sent=True, answer="Taken")
    office.do(statement_mail.give_up, run_id=made, because="The server took nothing")


def _small_balance(office: Office) -> None:
    owing = patient(office, "Ruben", "Ostrow")
    office.do(charges.add_fee, patient_id=owing, label="Parking", amount_cents=300, on=TODAY)
    whose = account(office, owing)
    made = office.do(small_balances.write_off, account_ids=(whose,), reason="Not worth the stamp")
    office.do(small_balances.take_back, posting_ids=made.posting_ids)
    office.do(small_balances.write_off, account_ids=(whose,), reason="Not worth the stamp")
    office.do(statement_rules.set_rules, rules=StatementRules(agency="Cascade Recovery"))
