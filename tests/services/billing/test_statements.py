"""What households are asked to pay."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from frontdesk.models.billing.statements import Statement
from frontdesk.services.billing import statement_run, statements
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.services.registration import accounts
from tests.builders.billing import answered, at_work, charged, paid
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office
from tests.refusal import refusal


def account(office: Office, patient_id: int) -> int:
    found = office.ask(accounts.account_of, patient_id=patient_id)
    assert found is not None
    return found.id


def test_a_statement_is_frozen_as_it_was_sent(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=1736, contract_cents=2844, patient_cents=8420)
    sent = office.do(statements.issue, account_id=account(office, dani))
    paid(office, dani, 8420, line=line)

    paper = office.ask(statements.paper, statement_id=sent)
    assert (paper.number, paper.due_cents, paper.dunning_level) == ("S-000001", 8420, 0)
    assert paper.message == "Thank you for your visit. This is what remains after your insurance."
    assert (paper.guarantor.name, paper.guarantor.street) == ("Danielle Foster", "2218 Alder Court, Apt 4")
    (row,) = paper.lines
    assert (row.charged_cents, row.insurance_paid_cents, row.adjusted_cents) == (13000, 1736, -2844)
    with pytest.raises(IntegrityError), at_work(office) as work:
        work.session.execute(update(Statement).values(balance_cents=1))


def test_a_household_that_owes_nothing_gets_none(office: Office) -> None:
    dani = danielle(office)
    paid(office, dani, 500)
    with refusal("This household owes nothing; its balance is -$5.00. No statement is sent."):
        office.do(statements.issue, account_id=account(office, dani))


def test_a_run_takes_the_due_and_leaves_the_lately_asked(office: Office) -> None:
    dani, walter = danielle(office), patient(office, "Walter", "Harris")
    charged(office, dani)
    charged(office, walter)
    paid(office, walter, 12600)
    due = office.ask(statement_run.preview, filters=RunFilters())
    assert [(row.name, row.due_cents) for row in due.asked] == [("Danielle Foster", 13000)]
    assert [(row.name, row.left_out) for row in due.left_out] == [("Walter Harris", "Owes less than $5.00")]
    run = office.do(statement_run.issue_all, account_ids=(account(office, dani),), filters=RunFilters())
    assert len(office.ask(statements.of_run, run_id=run)) == 1
    later = office.ask(statement_run.preview, filters=RunFilters())
    assert [row.left_out for row in later.left_out] == ["Had one on 03/17/2026", "Owes less than $5.00"]
    office.clock.advance(days=65)
    (row,) = office.ask(statement_run.preview, filters=RunFilters()).asked
    assert row.dunning_level == 2
    assert office.ask(statements.preview, account_id=row.account_id).message == (
        "Your balance is past due by more than 60 days. Please pay now, or call us to arrange a plan."
    )
