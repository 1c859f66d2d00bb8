"""Payment plans: agreed, asked for when due, missed, paid, ended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from frontdesk.services.billing import asking, payments, plans
from frontdesk.services.billing.asked import AskFor
from frontdesk.services.billing.instalments import DueState, spread_over
from frontdesk.services.billing.payments import Payment
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from tests.builders.billing import TODAY, at_work, cash, charged, paid
from tests.builders.registration import danielle, patient
from tests.office import Office
from tests.refusal import refusal


@given(
    st.integers(2, 60),
    st.sampled_from(list(Rhythm)),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.data(),
)
def test_instalments_add_up_and_never_come_twice_on_a_day(
    count: int, rhythm: Rhythm, first_on: date, data: st.DataObject
) -> None:
    total = data.draw(st.integers(count, 1_000_000))
    made = spread_over(total, count, rhythm, first_on)
    assert len(made) == count
    assert sum(each.amount_cents for each in made) == total
    assert max(each.amount_cents for each in made) - min(each.amount_cents for each in made) <= 1
    days = [each.due_on for each in made]
    assert days == sorted(set(days))
    assert days[0] == first_on


def test_what_is_previewed_is_what_is_agreed_and_no_plan_has_no_preview() -> None:
    draft = PlanDraft(1, (Part(7, 6001), Part(8, 4000)), 3, Rhythm.MONTH, TODAY)
    assert draft.total_cents == 10001
    assert draft.preview() == spread_over(10001, 3, Rhythm.MONTH, TODAY)
    for count in (0, 1, 61):
        assert replace(draft, count=count).preview() == ()
    assert replace(draft, parts=(Part(7, 2),)).preview() == (), "less than a cent for each"


def test_the_end_of_a_month_stays_the_end_of_a_month() -> None:
    made = spread_over(300, 3, Rhythm.MONTH, date(2026, 12, 31))
    assert [each.due_on for each in made] == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


def agreed(office: Office, who: int, line: int, *, count: int = 3, first_on: date = TODAY) -> int:
    return office.do(plans.agree, draft=PlanDraft(who, (Part(line, 13000),), count, Rhythm.MONTH, first_on))


def asked(office: Office, who: int) -> AskFor:
    return office.ask(asking.ask_for, patient_id=who)


def test_what_is_on_a_plan_is_asked_for_by_its_instalments(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    assert [item.label for item in asked(office, dani).items] == ["Balance, visit 03/17/2026"]
    plan = agreed(office, dani, line)
    (item,) = asked(office, dani).items
    assert (item.label, item.because, item.amount_cents, item.is_asked) == (
        "Plan P-000001, due 03/17/2026",
        "installment 1 of 3",
        4334,
        True,
    )
    taken = office.do(payments.take, payment=Payment(dani, (cash(4334),), item.allocations))
    (following,) = asked(office, dani).items
    assert (following.label, following.is_asked) == ("Plan P-000001, next due 04/17/2026", False)
    assert asked(office, dani).total_cents == 0
    seen = office.ask(plans.plan, plan_id=plan)
    assert [each.state for each in seen.instalments] == [DueState.PAID, DueState.AHEAD, DueState.AHEAD]
    assert seen.left_cents == 8666

    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    office.clock.advance(days=35)
    (item,) = asked(office, dani).items
    assert (item.because, item.amount_cents) == ("2 installments missed", 8667)
    paid(office, dani, 13000, line=line)
    assert asked(office, dani).items == ()
    assert office.ask(plans.plan, plan_id=plan).next is None


def test_a_plan_that_ends_leaves_the_rest_to_be_asked_for(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    plan = agreed(office, dani, line)
    paid(office, dani, 4334, line=line)
    with refusal("Say why the plan ends."):
        office.do(plans.end, plan_id=plan, reason=" ")
    office.do(plans.end, plan_id=plan, reason="Two missed")
    (item,) = asked(office, dani).items
    assert (item.label, item.amount_cents) == ("Balance, visit 03/17/2026", 8666)
    with refusal("Plan P-000001 has ended before."):
        office.do(plans.end, plan_id=plan, reason="Two missed")
    agreed_again = office.do(
        plans.agree, draft=PlanDraft(dani, (Part(line, 8666),), 2, Rhythm.TWO_WEEKS, TODAY)
    )
    assert office.ask(plans.plan, plan_id=agreed_again).number == "P-000002"
    with refusal("Another desk has just put this on a plan. Look at the account again."):
        office.do(plans.resume, plan_id=plan)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"count": 1}, "A plan has 2 to 60 installments."),
        ({"count": 61}, "A plan has 2 to 60 installments."),
        ({"first_on": TODAY - timedelta(days=1)}, "The first installment cannot be due in the past."),
        ({"first_on": TODAY + timedelta(days=93)}, "The first installment is due within three months."),
        ({"parts": ()}, "Tick what is paid in installments."),
    ],
)
def test_terms_that_make_no_sense(file_office: Office, change: dict[str, object], sentence: str) -> None:
    dani = danielle(file_office)
    (line,) = charged(file_office, dani)
    terms: dict[str, object] = {"parts": (Part(line, 13000),), "count": 3, "first_on": TODAY}
    with refusal(sentence):
        file_office.do(
            plans.agree,
            draft=PlanDraft(dani, rhythm=Rhythm.MONTH, **(terms | change)),  # type: ignore[arg-type] # the part under test
        )


def test_only_open_lines_of_the_household_go_on_a_plan(file_office: Office) -> None:
    dani, stranger = danielle(file_office), patient(file_office, "Walter", "Harris")
    (line,), (theirs,) = charged(file_office, dani), charged(file_office, stranger)
    with refusal("This charge belongs to another household."):
        agreed(file_office, dani, theirs)
    paid(file_office, dani, 1, line=line)
    with refusal("The patient owes $129.99 on Office visit, low. Plan no more."):
        agreed(file_office, dani, line)
    file_office.do(plans.agree, draft=PlanDraft(dani, (Part(line, 12999),), 3, Rhythm.MONTH, TODAY))
    with refusal("Office visit, low is on a plan already. End that plan first."):
        agreed(file_office, dani, line)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE payment_plan_instalment SET amount_cents = 1", "append_only_payment_plan_instalment"),
        ("DELETE FROM payment_plan_line", "append_only_payment_plan_line"),
        ("UPDATE payment_plan SET total_cents = 1", "append_only_payment_plan"),
        (
            "INSERT INTO payment_plan_instalment SELECT 1, id, 9, '2026-03-17', 5 FROM payment_plan",
            "payment_plan_is_agreed",
        ),
    ],
)
def test_what_was_agreed_is_not_changed_by_a_statement_either(
    office: Office, statement: str, constraint: str
) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    agreed(office, dani, line)
    with pytest.raises(DatabaseError, match=constraint), at_work(office) as work:
        work.session.execute(text(statement))


def test_a_plan_that_was_missed_begins_anew_with_what_is_left(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    first_on = TODAY + timedelta(days=7)
    plan = office.do(plans.agree, draft=PlanDraft(dani, (Part(line, 13000),), 4, Rhythm.MONTH, first_on))
    office.clock.advance(days=8)
    paid(office, dani, 3250, line=line)
    office.clock.advance(days=40)
    assert office.ask(plans.plan, plan_id=plan).missed == 1
    anew_on = office.clock.now().date() + timedelta(days=3)
    with refusal("Say why the plan ends."):
        office.do(plans.restart, plan_id=plan, first_on=anew_on, reason=" ")
    with refusal("The first installment cannot be due in the past."):
        office.do(plans.restart, plan_id=plan, first_on=TODAY, reason="Lost the job")
    assert office.ask(plans.plan, plan_id=plan).ended_because == ""
    made = office.do(plans.restart, plan_id=plan, first_on=anew_on, reason="Lost the job")
    anew = office.ask(plans.plan, plan_id=made)
    assert (anew.total_cents, anew.missed, anew.instalments[0].due_on) == (9750, 0, anew_on)
    assert [each.amount_cents for each in anew.instalments] == [3250, 3250, 3250]
    assert office.ask(plans.plan, plan_id=plan).ended_because == "Lost the job"
    with refusal("Plan P-000001 has ended before."):
        office.do(plans.restart, plan_id=plan, first_on=anew_on, reason="Again")
    paid(office, dani, 9750, line=line)
    with refusal("Nothing is left of plan P-000002."):
        office.do(plans.restart, plan_id=made, first_on=anew_on, reason="Again")
