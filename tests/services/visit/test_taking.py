"""More or less money than is asked for: what is over, what it could be for, and what goes into the ledger."""

import pytest

from frontdesk.services.billing import asked, tenders
from frontdesk.services.billing.amounts import LARGEST_CENTS
from frontdesk.services.billing.asked import Allocation, AskFor, AskItem
from frontdesk.services.billing.tenders import Tender, TenderKind
from frontdesk.services.visit.taking import Surplus, Taking

COPAY = AskItem("Copay", "Fixed", 3000, (Allocation("copay", 3000, appointment_id=1),))
LABORATORY = AskItem("Laboratory", "Left over", 4500, (Allocation("line", 4500, charge_line_id=7),))
AHEAD = AskItem("Ahead", "Estimate", 2000, (Allocation("prepayment", 2000),), is_asked=False)


def cash(cents: int, handed: int | None = None) -> Tender:
    return Tender(TenderKind.CASH, cents, handed)


def card(cents: int) -> Tender:
    return Tender(TenderKind.CARD, cents, card_last4="4417", card_auth="081532")


def test_what_is_left_shrinks_with_each_part_that_is_entered() -> None:
    both = (COPAY, LABORATORY)
    assert Taking((), both).left_cents == 7500
    assert Taking((card(3000),), both).left_cents == 4500
    assert Taking((card(3000), cash(5000)), both).left_cents == -500


def test_only_what_is_over_what_was_asked_for_is_a_surplus() -> None:
    assert Taking((card(2000),), (COPAY,)).surplus_cents == 0
    assert Taking((card(3000),), (COPAY,)).surplus_cents == 0
    assert Taking((card(3000), cash(500)), (COPAY,)).surplus_cents == 500


def test_a_payment_ahead_of_nothing_asked_is_no_surplus() -> None:
    assert Taking((card(3000),), ()).surplus_cents == 0


def test_an_amount_no_ledger_takes_is_refused_there_and_not_asked_about() -> None:
    assert Taking((card(LARGEST_CENTS + 1),), (COPAY,)).surplus_cents == 0


@pytest.mark.parametrize(
    ("parts", "can_be"),
    [
        ((cash(5000),), True),
        ((cash(5000), card(1000)), False),  # what came last is on a card
        ((card(4000), cash(500)), False),  # more is over than the cash that came
    ],
)
def test_change_is_offered_where_the_surplus_lies_in_the_last_cash(
    parts: tuple[Tender, ...], can_be: bool
) -> None:
    assert Taking(parts, (COPAY,)).can_be_change is can_be


def test_as_change_the_surplus_goes_back() -> None:
    paid = Taking((card(1000), cash(5000)), (COPAY,)).payment(5, 1, Surplus.CHANGE)
    assert paid.tenders == (card(1000), cash(2000, 5000))
    assert paid.tenders[-1].change_cents == 3000
    assert [(each.purpose, each.amount_cents) for each in paid.allocations] == [("copay", 3000)]


def test_for_others_the_surplus_goes_on_what_was_not_ticked() -> None:
    taking = Taking((cash(10000),), (COPAY,), (LABORATORY,))
    assert taking.on_others_cents == 4500
    paid = taking.payment(5, 1, Surplus.OTHERS)
    wanted = [("copay", 3000), ("line", 4500), ("prepayment", 2500)]
    assert [(each.purpose, each.amount_cents) for each in paid.allocations] == wanted


def test_what_is_not_said_otherwise_stays_as_a_payment_ahead() -> None:
    paid = Taking((cash(5000),), (COPAY,), (LABORATORY,)).payment(5, 1)
    assert paid.tenders == (cash(5000),)
    assert [(each.purpose, each.amount_cents) for each in paid.allocations] == [
        ("copay", 3000),
        ("prepayment", 2000),
    ]


def test_change_is_on_cash_that_was_handed_over() -> None:
    assert cash(3000).change_cents == 0
    assert cash(3000, 5000).change_cents == 2000
    assert cash(3000, 2000).change_cents == -1000
    assert tenders.total((cash(3000, 5000), card(1000))) == 4000


def test_what_is_asked_now_is_what_belongs_to_the_visit_ahead() -> None:
    ask_for = AskFor((COPAY, LABORATORY, AHEAD), 7500, 0, family=(LABORATORY, LABORATORY))
    assert ask_for.now_cents == 3000
    assert ask_for.family_cents == 9000
    assert asked.total(ask_for.items) == 9500


def test_only_a_balance_goes_on_a_plan_and_only_what_is_owed_is_waived() -> None:
    assert [item.is_charged for item in (COPAY, LABORATORY, AHEAD)] == [False, True, False]
    assert [item.can_be_waived for item in (COPAY, LABORATORY, AHEAD)] == [True, True, False]
