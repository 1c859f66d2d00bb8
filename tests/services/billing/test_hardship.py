"""Hardship by a second person, and small balances under one approval."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.billing.hardship import Hardship
from frontdesk.services.billing import balances, hardship_scale, hardships, small_balances
from frontdesk.services.billing.hardship_scale import Band, Scale
from frontdesk.services.billing.hardships import Application, HardshipState
from tests.builders.billing import at_work, charged, paid
from tests.builders.collections import account, today
from tests.builders.office import site
from tests.builders.refunds import MANAGER
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office
from tests.refusal import refusal


def applied(office: Office, account_id: int) -> int:
    return office.do(
        hardships.apply, application=Application(account_id, 4, 3_200_000, "Two pay stubs of March")
    )


def test_a_second_person_grants_and_the_debts_are_lowered(office: Office) -> None:
    dani = danielle(office)
    charged(office, dani)
    whose = account(office, dani)
    made = applied(office, whose)
    until = today(office) + timedelta(days=180)
    with refusal("You entered this application yourself. A second person decides on it."):
        office.do(hardships.grant, hardship_id=made, percent=50, expires_on=until, because="Poor", version=1)
    given_up = office.database.do(
        MANAGER,
        hardships.grant,
        hardship_id=made,
        percent=50,
        expires_on=until,
        because="Under 150% of the guideline",
        version=1,
    ).result
    assert given_up == 6500
    assert office.ask(balances.of_account, account_id=whose).patient_cents == 6500
    with refusal("Everything this household owes was lowered before."):
        office.do(hardships.lower_new, hardship_id=made)
    charged(office, dani)
    assert office.do(hardships.lower_new, hardship_id=made) == 6500
    (shown,) = office.ask(hardships.of_account, account_id=whose)
    assert (shown.state, shown.percent, shown.is_in_force) == (HardshipState.GRANTED, 50, True)
    with pytest.raises(Conflict, match="decided on already"):
        office.database.do(MANAGER, hardships.refuse, hardship_id=made, because="No", version=2)
    office.do(hardships.end, hardship_id=made, because="Found work", version=2)
    with refusal("This hardship is not in force. Enter a new application."):
        office.do(hardships.lower_new, hardship_id=made)


SCALE = Scale(1_500_000, 500_000, (Band(100, 100), Band(150, 75), Band(200, 40)))


@pytest.mark.parametrize(
    ("people", "income_cents", "share", "lowers"),
    [
        (1, 0, 0, 100),
        (1, 1_500_000, 100, 100),
        (1, 1_500_001, 101, 75),
        (3, 3_750_000, 150, 75),
        (4, 6_000_000, 200, 40),
        (4, 6_000_001, 201, 0),
    ],
)
def test_the_scale_proposes_by_income_and_people(
    people: int, income_cents: int, share: int, lowers: int
) -> None:
    said = hardship_scale.proposal(SCALE, people, income_cents)
    assert (said.income_percent, said.lower_percent) == (share, lowers)


def test_an_application_that_waits_shows_what_the_scale_says(office: Office) -> None:
    dani = danielle(office)
    charged(office, dani)
    whose = account(office, dani)
    applied(office, whose)
    assert office.ask(hardships.of_account, account_id=whose)[0].proposal is None
    done = office.done(hardship_scale.set_scale, scale=SCALE)
    said = office.ask(hardships.of_account, account_id=whose)[0].proposal
    assert said is not None
    assert (said.guideline_cents, said.income_percent, said.lower_percent, said.set_on) == (
        3_000_000,
        107,
        75,
        today(office),
    )
    other = Scale(2_000_000, 0, (Band(300, 10),))
    office.do(hardship_scale.set_scale, scale=other)
    kept = office.ask(hardship_scale.in_force)
    assert kept is not None
    assert (kept.first_cents, kept.bands) == (2_000_000, other.bands)
    office.do(hardship_scale.set_scale, scale=SCALE)
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(hardship_scale.in_force) is None


def test_a_scale_rises_in_income_and_falls_in_help(office: Office) -> None:
    site(office)
    wrong = Scale(10, 6_000_000, (Band(150, 50), Band(100, 60), Band(0, 101)))
    with pytest.raises(Refused) as refused:
        office.do(hardship_scale.set_scale, scale=wrong)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [
        ("first_cents", "The income of one person is $1,000.00 to $100,000.00."),
        ("further_cents", "Each further person adds at most $50,000.00."),
        ("up_to_3", "A step reaches to 1% to 1,000%."),
        ("lower_3", "A step lowers by 1% to 100%."),
        ("up_to_2", "Each step reaches higher than the one before."),
        ("lower_2", "Each step lowers less than the one before."),
        ("up_to_3", "Each step reaches higher than the one before."),
        ("lower_3", "Each step lowers less than the one before."),
    ]
    with refusal("A scale has one to 5 steps."):
        office.do(hardship_scale.set_scale, scale=Scale(1_500_000, 0, ()))


def test_no_card_number_enters_with_hardship(office: Office) -> None:
    whose = account(office, danielle(office))
    sentence = "That looks like a card number. Enter only its last four digits."
    with refusal(sentence):
        office.do(hardships.apply, application=Application(whose, 4, 0, "Paid with 4111 1111 1111 1111"))
    made = applied(office, whose)
    with refusal(sentence):
        office.database.do(
            MANAGER, hardships.refuse, hardship_id=made, because="Card 4111-1111-1111-1111", version=1
        )


def test_an_application_is_complete_and_waits_once(office: Office) -> None:
    dani = danielle(office)
    charged(office, dani)
    whose = account(office, dani)
    with refusal("Write what was shown, such as two pay stubs."):
        office.do(hardships.apply, application=Application(whose, 1, 0, " "))
    with refusal("1 to 30 people live on the income."):
        office.do(hardships.apply, application=Application(whose, 0, 0, "Stub"))
    with refusal("Enter the income of a year before taxes."):
        office.do(hardships.apply, application=Application(whose, 1, -1, "Stub"))
    made = applied(office, whose)
    with refusal("An application of this household waits already. Decide on it first."):
        applied(office, whose)
    until = today(office)
    with refusal("A debt is lowered by 1 to 100 percent."):
        office.database.do(
            MANAGER,
            hardships.grant,
            hardship_id=made,
            percent=0,
            expires_on=until,
            because="Yes",
            version=1,
        )
    with refusal("Hardship is granted for at most a year from today."):
        office.database.do(
            MANAGER,
            hardships.grant,
            hardship_id=made,
            percent=10,
            expires_on=until - timedelta(days=1),
            because="Yes",
            version=1,
        )
    with refusal("Say why it is decided so."):
        office.database.do(MANAGER, hardships.refuse, hardship_id=made, because=" ", version=1)
    with pytest.raises(IntegrityError, match="two_persons"), at_work(office) as work:
        work.session.execute(
            update(Hardship).values(
                state=HardshipState.REFUSED,
                decided_at=work.now,
                decided_by=office.actor.name,
                because="No",
            )
        )


def test_small_balances_go_under_one_approval_and_come_back_as_one(office: Office) -> None:
    dani, walter = danielle(office), patient(office, "Walter", "Harris")
    for one, left in ((dani, 300), (walter, 501)):
        (line,) = charged(office, one)
        paid(office, one, 13000 - left, line=line)
    (row,) = office.ask(small_balances.worklist).rows
    assert (row.name, row.owed_cents) == ("Danielle Foster", 300)
    both = (account(office, dani), account(office, walter))
    with refusal("Give the reason."):
        office.do(small_balances.write_off, account_ids=both, reason=" ")
    made = office.do(small_balances.write_off, account_ids=both, reason="Not worth the stamp")
    assert (made.accounts, made.cents) == (1, 300)
    assert office.ask(balances.of_account, account_id=both[0]).total_cents == 0
    with refusal("None of these balances can be written off as small. Look at the list again."):
        office.do(small_balances.write_off, account_ids=both, reason="Again")
    office.do(small_balances.take_back, posting_ids=made.posting_ids)
    assert office.ask(balances.of_account, account_id=both[0]).patient_cents == 300


def test_no_small_balance_where_a_claim_or_a_credit_is_open(office: Office) -> None:
    dani, walter = danielle(office), patient(office, "Walter", "Harris")
    (line,) = charged(office, dani)
    paid(office, dani, 12700, line=line)
    paid(office, dani, 100)  # ahead, on no line
    (other,) = charged(office, walter)
    paid(office, walter, 12700, line=other)
    coverage(office, walter)
    charged(office, walter)
    assert office.ask(small_balances.worklist).rows == ()
