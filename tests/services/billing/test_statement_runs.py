"""Runs of statements: the office's rules and words, whom a run takes, and its archive."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Cancelled, Refused
from frontdesk.models.billing.patient_rules import DunningText
from frontdesk.services.billing import papers, statement_holds, statement_rules, statement_run, statements
from frontdesk.services.billing.statement_rules import StatementRules
from frontdesk.services.billing.statement_run import PlanFilter, RunFilters
from frontdesk.services.database import watched
from tests.builders.billing import at_work, charged
from tests.builders.collections import account
from tests.builders.registration import danielle, patient
from tests.office import Office
from tests.refusal import refusal


def test_an_archived_statement_prints_again_byte_for_byte(office: Office) -> None:
    dani = danielle(office)
    charged(office, dani)
    whose = account(office, dani)
    sent = office.do(statements.issue, account_id=whose)
    before = office.ask(papers.statement_pdf, statement_id=sent)
    rules = StatementRules(days_to_pay=10, return_address="PO Box 12\nPortland, OR 97201")
    office.do(statement_rules.set_rules, rules=rules)
    office.do(statement_rules.write_text, level=0, text="Please pay soon.", effective_on=date(2026, 3, 17))
    assert office.ask(papers.statement_pdf, statement_id=sent) == before
    later = office.do(statements.issue, account_id=whose)
    again = office.ask(statements.paper, statement_id=later)
    assert (again.message, again.due_on) == ("Please pay soon.", date(2026, 3, 27))
    assert again.return_address == "PO Box 12\nPortland, OR 97201"


def test_the_words_of_a_statement_are_the_offices_from_a_day_on(office: Office) -> None:
    with refusal("A text begins today or later; what was sent stays as it was."):
        office.do(statement_rules.write_text, level=0, text="Hello", effective_on=date(2026, 3, 16))
    with refusal("Write what the statement says."):
        office.do(statement_rules.write_text, level=0, text=" ", effective_on=date(2026, 3, 18))
    with refusal("A text has at most 400 characters. Shorten it."):
        office.do(statement_rules.write_text, level=0, text="x" * 401, effective_on=date(2026, 3, 18))
    with refusal("Choose the age of the debt."):
        office.do(statement_rules.write_text, level=4, text="Hello", effective_on=date(2026, 3, 18))
    office.do(statement_rules.write_text, level=3, text="Pay this week.", effective_on=date(2026, 3, 20))
    assert office.ask(statement_rules.texts)[3].since is None
    late = office.ask(statement_rules.texts, on=date(2026, 3, 20))[3]
    assert (late.words, late.since) == ("Pay this week.", date(2026, 3, 20))
    with pytest.raises(IntegrityError, match="append_only_dunning_text"), at_work(office) as work:
        work.session.execute(update(DunningText).values(text="Other"))


def test_rules_out_of_bounds_are_refused_each_at_its_field(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.do(statement_rules.set_rules, rules=StatementRules(0, 0, 0, -1, "x" * 121, 29, "x" * 301))
    assert [(each.field, each.message) for each in refused.value.findings] == [
        ("minimum_cents", "The smallest statement asks for $0.01 to $10,000.00."),
        ("cycle_days", "Between two statements are 1 to 365 days."),
        ("days_to_pay", "A statement gives 1 to 90 days to pay."),
        ("small_balance_cents", "A small balance is at most $100.00."),
        ("agency_days", "A debt is 30 to 3,650 days old before an agency gets it."),
        ("agency", "An agency's name has at most 120 characters."),
        ("return_address", "A return address has at most 300 characters."),
    ]


def test_a_run_is_narrowed_by_age_name_and_plan(office: Office) -> None:
    dani, walter = danielle(office), patient(office, "Walter", "Harris")
    charged(office, dani)
    charged(office, walter)

    def names(filters: RunFilters) -> list[str]:
        found = office.ask(statement_run.preview, filters=filters)
        without_address = [row for row in found.left_out if row.left_out == "No address to send it to"]
        return [row.name for row in (*found.asked, *without_address)]

    assert names(RunFilters()) == ["Danielle Foster", "Walter Harris"]
    assert names(RunFilters(names_from="G")) == ["Walter Harris"]
    assert names(RunFilters(names_to="f")) == ["Danielle Foster"]
    assert names(RunFilters(level=1)) == []
    assert names(RunFilters(minimum_cents=20000)) == []
    assert names(RunFilters(plan=PlanFilter.ONLY)) == []
    assert len(names(RunFilters(plan=PlanFilter.WITHOUT))) == 2
    with refusal("The names end before they begin. Turn the letters round."):
        names(RunFilters(names_from="M", names_to="A"))


def test_a_household_on_hold_is_left_out_with_the_reason(office: Office) -> None:
    dani = danielle(office)
    charged(office, dani)
    whose = account(office, dani)
    with refusal("Say why it gets no statement."):
        office.do(statement_holds.hold, account_id=whose, because=" ", until_on=None)
    with refusal("A hold ends today or later."):
        office.do(statement_holds.hold, account_id=whose, because="Moves", until_on=date(2026, 3, 16))
    held = office.do(statement_holds.hold, account_id=whose, because="Moves", until_on=date(2026, 3, 31))
    with refusal("Statements of this household are on hold already."):
        office.do(statement_holds.hold, account_id=whose, because="Moves", until_on=None)
    (row,) = office.ask(statement_run.preview, filters=RunFilters()).left_out
    assert row.left_out == "On hold until 03/31/2026: Moves"
    with refusal("None of these households is to be asked any more. Look at the list again."):
        office.do(statement_run.issue_all, account_ids=(whose,), filters=RunFilters())
    office.do(statement_holds.release, hold_id=held)
    with refusal("This hold was released before."):
        office.do(statement_holds.release, hold_id=held)
    office.do(statement_run.issue_all, account_ids=(whose,), filters=RunFilters())
    (made,) = office.ask(statement_run.runs)
    assert (made.number, made.made_by) == ("SR-00001", "Dana Brooks")
    assert (made.statements, made.total_cents) == (1, 13000)
    assert office.ask(statement_run.run_pdf, run_id=made.id).startswith(b"%PDF")


def test_two_desks_that_run_the_same_list_ask_each_household_once(office: Office) -> None:
    dani, walter = danielle(office), patient(office, "Walter", "Harris")
    charged(office, dani)
    charged(office, walter)
    hers, his = account(office, dani), account(office, walter)
    seen = (hers, his)
    office.do(statement_run.issue_all, account_ids=(hers,), filters=RunFilters())
    office.do(statement_run.issue_all, account_ids=seen, filters=RunFilters())
    assert [len(office.ask(statements.of_account, account_id=each)) for each in (hers, his)] == [1, 1]
    with refusal("None of these households is to be asked any more. Look at the list again."):
        office.do(statement_run.issue_all, account_ids=seen, filters=RunFilters())
    office.do(statement_run.issue_all, account_ids=(his,), filters=RunFilters(quiet_days=0))
    assert len(office.ask(statements.of_account, account_id=his)) == 2, "it was asked for"


def test_a_run_that_is_stopped_made_nothing(office: Office) -> None:
    dani, walter = danielle(office), patient(office, "Walter", "Harris")
    charged(office, dani)
    charged(office, walter)
    both = (account(office, dani), account(office, walter))

    def stop(done: int, of: int) -> None:
        if done == 1:
            raise Cancelled("Stopped. Nothing was changed.")

    with pytest.raises(Cancelled), watched(stop):
        office.do(statement_run.issue_all, account_ids=both, filters=RunFilters())
    assert office.ask(statement_run.runs) == ()
    assert office.ask(statements.of_account, account_id=both[0]) == ()
