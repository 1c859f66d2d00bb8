"""Old debts: stages, calls, promises, the agency."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict
from frontdesk.models.billing.collection import CollectionCall, CollectionStep
from frontdesk.services.billing import (
    account_transfers,
    agency_file,
    balances,
    call_hours,
    collection_calls,
    collection_list,
    collection_steps,
    explain_amount,
    overview,
    payments,
    plans,
    statement_run,
    statements,
)
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.collection_calls import CallOutcome, PromiseState
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.billing.explain_subject import Part as Amount
from frontdesk.services.billing.payments import Payment
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.services.registration import accounts
from frontdesk.services.registration.drafts import GuarantorDraft
from tests.builders.billing import at_work, cash, charged, paid
from tests.builders.collections import account, moved, owing, placed, seen_step, today, under_review
from tests.builders.refunds import MANAGER, asked
from tests.builders.registration import danielle, patient
from tests.office import Office
from tests.refusal import refusal


def mother(office: Office) -> int:
    """Another household's patient; the same one each time."""
    if "mother" not in office.made:
        office.made["mother"] = patient(office, "June", "Foster", date(1968, 4, 2))
    made: int = office.made["mother"]
    return made


def test_an_old_debt_is_listed_before_anybody_did_anything(office: Office) -> None:
    owing(office, danielle(office))
    (row,) = office.ask(collection_list.worklist)
    assert (row.name, row.owed_cents, row.stage, row.is_due) == ("Danielle Foster", 13000, None, False)


def test_each_stage_is_a_new_row_and_the_later_desk_is_told(office: Office) -> None:
    whose = owing(office, danielle(office))
    moved(office, whose, Stage.OPEN)
    moved(office, whose, Stage.FIRST_NOTICE)
    with pytest.raises(Conflict, match="Another desk has changed the stage of this household"):
        office.do(
            collection_steps.move,
            account_id=whose,
            stage=Stage.CALL,
            words="",
            next_on=today(office),
            seen_id=None,
        )
    (row,) = office.ask(collection_list.worklist)
    assert (row.stage, row.is_due) == (Stage.FIRST_NOTICE, True)
    shown = office.ask(collection_list.detail, account_id=whose)
    assert [step.stage for step in shown.steps] == [Stage.FIRST_NOTICE, Stage.OPEN]
    with pytest.raises(IntegrityError, match="append_only_collection_step"), at_work(office) as work:
        work.session.execute(update(CollectionStep).values(stage=Stage.SETTLED))


def test_a_step_says_when_it_is_looked_at_again(office: Office) -> None:
    whose = owing(office, danielle(office))

    def move(stage: Stage, words: str, days: int | None) -> None:
        office.do(
            collection_steps.move,
            account_id=whose,
            stage=stage,
            words=words,
            next_on=None if days is None else today(office) + timedelta(days=days),
            seen_id=None,
        )

    with refusal("Say when somebody looks at it again."):
        move(Stage.OPEN, "", None)
    with refusal("The next look is today or later."):
        move(Stage.OPEN, "", -1)
    with refusal("A note has at most 400 characters. Shorten it."):
        move(Stage.OPEN, "x" * 401, 1)
    with refusal("Say why."):
        move(Stage.SETTLED, " ", None)
    with refusal("An agency gets a household by approval, and gives it back by recall."):
        move(Stage.PLACED, "", 1)


def test_who_owes_nothing_is_not_collected_from(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 13000, line=line)
    with refusal("This household owes nothing. There is nothing to collect."):
        moved(office, account(office, dani), Stage.OPEN)


def test_an_agency_gets_only_old_debts_of_people_who_were_warned(office: Office) -> None:
    whose = owing(office, danielle(office), days=43)
    with refusal(
        "Send the final notice first. An agency gets only who was warned. "
        "No statement about a debt over 60 days was sent yet. Send one first. "
        "The oldest debt is 43 days old. An agency gets debts from 120 days on."
    ):
        moved(office, whose, Stage.AGENCY_REVIEW, "No answer")


def test_a_second_person_places_with_the_agency_and_statements_stop(office: Office) -> None:
    whose = owing(office, danielle(office))
    step = under_review(office, whose)
    mine = "You asked for this review yourself. A second person approves what goes to an agency."
    with refusal(mine):
        office.do(collection_steps.place, account_id=whose, seen_id=step)
    with pytest.raises(IntegrityError, match="two_persons"), at_work(office) as work:
        work.session.execute(
            insert(CollectionStep).values(
                id=work.new_id(),
                account_id=whose,
                follows_id=step,
                stage=Stage.PLACED,
                at=work.now,
                done_by=office.actor.name,
                words="",
                owed_cents=1,
            )
        )
    office.database.do(MANAGER, collection_steps.place, account_id=whose, seen_id=step)
    (left_out,) = office.ask(statement_run.preview, filters=RunFilters()).left_out
    assert left_out.left_out == "Placed with an agency"
    with refusal("This household is placed with an agency. Recall it before a statement is sent."):
        office.do(statements.issue, account_id=whose)
    with refusal("This household is placed with an agency. Recall it first."):
        moved(office, whose, Stage.CALL)
    office.do(collection_steps.recall, account_id=whose, reason="Pays here", seen_id=seen_step(office, whose))
    with refusal("This household is not placed with an agency."):
        office.do(collection_steps.recall, account_id=whose, reason="Again", seen_id=seen_step(office, whose))
    with refusal("Ask for the review first; then a second person approves."):
        office.do(collection_steps.place, account_id=whose, seen_id=seen_step(office, whose))


def test_the_agencys_file_has_the_columns_that_are_documented(office: Office) -> None:
    whose = owing(office, danielle(office))
    placed(office, whose)
    made = office.ask(agency_file.export)
    head, line = made.content.decode().splitlines()
    assert head == ",".join(name for name, _ in agency_file.COLUMNS)
    assert "Danielle Foster" in line
    assert line.endswith(",07/25/2026,03/17/2026,03/17/2026,130.00")
    assert (made.accounts, made.owed_cents) == (1, 13000)
    assert office.ask(agency_file.export, placed_since=today(office) + timedelta(days=1)).accounts == 0


def test_a_call_stays_in_the_log(office: Office) -> None:
    whose = owing(office, danielle(office))
    with refusal("Write what was said, or that nobody answered."):
        office.do(
            collection_calls.log_call,
            account_id=whose,
            outcome=CallOutcome.NO_ANSWER,
            words=" ",
            next_on=None,
        )
    next_on = today(office) + timedelta(days=3)
    office.do(
        collection_calls.log_call,
        account_id=whose,
        outcome=CallOutcome.VOICEMAIL,
        words="Asked to call back",
        next_on=next_on,
    )
    (row,) = office.ask(collection_list.worklist)
    assert (row.stage, row.next_on, row.last_call_on) == (Stage.CALL, next_on, today(office))
    with pytest.raises(IntegrityError, match="append_only_collection_call"), at_work(office) as work:
        work.session.execute(update(CollectionCall).values(words="Nothing"))


def test_receipts_keep_a_promise_and_a_void_breaks_it(office: Office) -> None:
    dani = danielle(office)
    whose = owing(office, dani)
    due_on = today(office) + timedelta(days=7)
    with refusal("The household owes $130.00. Note no more."):
        office.do(collection_calls.promise, account_id=whose, amount_cents=13001, due_on=due_on)
    with refusal("A promise is for the next three months; else agree on a plan."):
        office.do(
            collection_calls.promise,
            account_id=whose,
            amount_cents=100,
            due_on=due_on + timedelta(days=100),
        )
    with refusal("The day of a promise is today or later."):
        office.do(
            collection_calls.promise,
            account_id=whose,
            amount_cents=100,
            due_on=due_on - timedelta(days=100),
        )
    office.do(collection_calls.promise, account_id=whose, amount_cents=5000, due_on=due_on)

    def state() -> PromiseState | None:
        (row,) = office.ask(collection_list.worklist)
        return row.promise.state if row.promise else None

    assert state() is PromiseState.WAITING
    office.clock.advance(days=1)
    taken = paid(office, dani, 5000)
    assert state() is PromiseState.KEPT
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    assert state() is PromiseState.WAITING
    office.clock.advance(days=7)
    assert state() is PromiseState.BROKEN
    (row,) = office.ask(collection_list.worklist)
    assert row.is_due
    assert row.promise is not None
    office.do(collection_calls.take_back, promise_id=row.promise.id)
    assert state() is None
    with refusal("This promise does not stand any more."):
        office.do(collection_calls.take_back, promise_id=row.promise.id)


def test_a_promise_is_kept_under_the_account_that_followed(office: Office) -> None:
    dani = danielle(office)
    whose = owing(office, dani)
    due_on = today(office) + timedelta(days=7)
    office.do(collection_calls.promise, account_id=whose, amount_cents=5000, due_on=due_on)
    office.clock.advance(days=1)
    follows = GuarantorDraft(patient_id=mother(office))
    office.do(accounts.change_guarantor, patient_id=dani, guarantor=follows)
    other = paid(office, mother(office), 4000)

    def promise() -> tuple[PromiseState, int]:
        (row,) = [row for row in office.ask(collection_list.worklist) if row.account_id == whose]
        assert row.promise is not None
        kept = office.ask(explain_amount.amount, subject=Subject(About.PROMISE, row.promise.id, Amount.PAID))
        assert kept.total_cents == row.promise.paid_cents
        return row.promise.state, row.promise.paid_cents

    assert promise() == (PromiseState.WAITING, 0), "the mother's own money keeps nothing of it"
    assert office.do(payments.void, receipt_id=other.receipt_id, reason="Given back") is not None
    taken = paid(office, dani, 5000)
    assert promise() == (PromiseState.KEPT, 5000)
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    assert promise() == (PromiseState.WAITING, 0)


def test_what_another_household_pays_of_a_moved_debt_keeps_the_promise(office: Office) -> None:
    dani = danielle(office)
    whose = owing(office, dani)
    office.do(
        collection_calls.promise,
        account_id=whose,
        amount_cents=5000,
        due_on=today(office) + timedelta(days=7),
    )
    there = account(office, mother(office))
    (line,) = office.ask(balances.lines_of_account, account_id=whose)
    office.do(
        account_transfers.move_line,
        charge_line_id=line.charge_line_id,
        to_account_id=there,
        amount_cents=8000,
        reason="The mother pays",
    )
    (moved_line,) = office.ask(balances.lines_of_account, account_id=there)
    payment = Payment(
        mother(office),
        (cash(7000),),
        (Allocation("line", 6000, charge_line_id=moved_line.charge_line_id), Allocation("prepayment", 1000)),
    )
    office.do(payments.take, payment=payment)
    (row,) = [row for row in office.ask(collection_list.worklist) if row.account_id == whose]
    assert row.promise is not None
    assert (row.promise.state, row.promise.paid_cents) == (PromiseState.KEPT, 6000)


@pytest.mark.parametrize(
    ("hour", "state", "said"),
    [
        (17, "OR", ""),
        (14, "OR", "It is 7:00 AM where they live. Do not call before 8 AM."),
        (2, "NY", "It is 10:00 PM where they live. Do not call after 9 PM."),
        (13, "IN", ""),
        (12, "IN", "It is 7:00 AM where they live. Do not call before 8 AM."),
        (14, "", "It is 7:00 AM where they live. Do not call before 8 AM."),
    ],
)
def test_nobody_is_called_too_early_or_too_late(hour: int, state: str, said: str) -> None:
    now = datetime(2026, 3, 17, hour, tzinfo=UTC)
    assert call_hours.warning(now, state, ZoneInfo("America/Los_Angeles")) == said


def test_a_missed_instalment_brings_the_household_into_the_list(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    first_on = today(office) + timedelta(days=7)
    draft = PlanDraft(dani, (Part(line, 13000),), 2, Rhythm.MONTH, first_on)
    office.do(plans.agree, draft=draft)
    office.clock.advance(days=7)
    assert office.ask(collection_list.worklist) == ()
    office.clock.advance(days=1)
    (row,) = office.ask(collection_list.worklist)
    assert (row.missed_instalments, row.missed_cents, row.is_due) == (1, 6500, True)
    paid(office, dani, 6500, line=line)
    assert office.ask(collection_list.worklist) == ()


def test_a_plan_that_is_kept_keeps_the_agency_away(office: Office) -> None:
    dani = danielle(office)
    whose = owing(office, dani)
    office.do(statements.issue, account_id=whose)
    moved(office, whose, Stage.FINAL_NOTICE)
    (line,) = office.ask(balances.lines_of_account, account_id=whose)
    parts = (Part(line.charge_line_id, 13000),)
    draft = PlanDraft(dani, parts, 2, Rhythm.MONTH, today(office) + timedelta(days=7))
    office.do(plans.agree, draft=draft)
    with refusal("A payment plan stands and no installment is missed."):
        moved(office, whose, Stage.AGENCY_REVIEW, "No answer")


def test_the_sub_tab_counts_what_waits(office: Office) -> None:
    whose = owing(office, danielle(office))
    assert office.ask(overview.waiting).collections == 0
    moved(office, whose, Stage.OPEN)
    asked(office, paid(office, danielle(office), 100).receipt_id, 100)
    assert office.ask(overview.waiting).collections == 2
