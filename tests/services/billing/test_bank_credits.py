"""Money at the bank: what should arrive, what did, and what differs."""

from datetime import timedelta

from sqlalchemy import update

from frontdesk.models.billing.bank_credit import BankCredit
from frontdesk.services.billing import bank_credits, counting
from frontdesk.services.billing.bank_credits import Due, NotArrived
from frontdesk.services.billing.counting import Count, Pieces
from tests.builders.billing import TODAY
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.test_day_close import taken_today
from tests.services.billing.test_seal import refused

DEPOSIT = Due(deposit_on=TODAY)


def _counted(office: Office) -> None:
    count = Count(taken_today(office), TODAY, (Pieces(10000, 2), Pieces(1000, 3)), 2500, 7500)
    office.do(counting.count, count=count)


def test_a_days_deposit_is_expected_until_it_is_found(office: Office) -> None:
    assert office.ask(bank_credits.expected, since=TODAY, until=TODAY) == ()
    _counted(office)
    (waiting,) = office.ask(bank_credits.expected, since=TODAY, until=TODAY)
    assert (waiting.what, waiting.amount_cents, waiting.credit_id) == (
        "Deposit of Tuesday, March 17",
        5500,
        None,
    )
    assert bank_credits.not_arrived((waiting,)) == NotArrived(1, 5500)
    done = office.done(bank_credits.find, due=DEPOSIT, seen_on=TODAY, amount_cents=5500)
    (found,) = office.ask(bank_credits.expected, since=TODAY, until=TODAY)
    assert (found.seen_on, found.off_cents) == (TODAY, 0)
    assert bank_credits.not_arrived((found,)) == NotArrived(0, 0)
    with refusal("This was found on the statement already."):
        office.do(bank_credits.find, due=DEPOSIT, seen_on=TODAY, amount_cents=5500)
    assert refused(office, update(BankCredit).values(amount_cents=1)) == (
        "What was read on the statement stays. Withdraw it and enter it again."
    )
    office.do(bank_credits.withdraw, credit_id=done.result)
    with refusal("This entry was withdrawn already."):
        office.do(bank_credits.withdraw, credit_id=done.result)
    (again,) = office.ask(bank_credits.expected, since=TODAY, until=TODAY)
    assert again.credit_id is None


def test_another_amount_wants_a_note(file_office: Office) -> None:
    _counted(file_office)
    with refusal("$55.00 was expected. Say why it is another amount."):
        file_office.do(bank_credits.find, due=DEPOSIT, seen_on=TODAY, amount_cents=5000)
    file_office.do(
        bank_credits.find, due=DEPOSIT, seen_on=TODAY, amount_cents=5000, note="A bill was counterfeit"
    )
    (found,) = file_office.ask(bank_credits.expected, since=TODAY, until=TODAY)
    assert (found.off_cents, found.note) == (-500, "A bill was counterfeit")


def test_what_cannot_be_is_refused(file_office: Office) -> None:
    _counted(file_office)
    with refusal("It cannot have arrived before 03/17/2026."):
        file_office.do(bank_credits.find, due=DEPOSIT, seen_on=TODAY - timedelta(days=1), amount_cents=5500)
    with refusal("Wednesday, March 18 has not come yet."):
        file_office.do(bank_credits.find, due=DEPOSIT, seen_on=TODAY + timedelta(days=1), amount_cents=5500)
    with refusal("Nothing is expected here any more. Look at the list again."):
        file_office.do(bank_credits.find, due=Due(remittance_id=5), seen_on=TODAY, amount_cents=5500)
