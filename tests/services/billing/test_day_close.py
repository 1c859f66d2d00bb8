"""The end of the day at the drawer and in the ledger."""

from datetime import UTC, datetime, timedelta

from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services.billing import counting, day_close, deposit, drawer_differences, drawers, payments
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.services.billing.payments import Tender
from tests.builders.billing import TODAY, charged, paid
from tests.builders.registration import danielle
from tests.office import Office
from tests.refusal import refusal

WEDNESDAY = TODAY + timedelta(days=1)


def taken_today(office: Office) -> int:
    """$130.00 charged; $30.00 cash, $25.00 by check, $75.00 by card taken; the drawer's id."""
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 3000, line=line)
    paid(office, dani, 2500, line=line, tender=Tender(TenderKind.CHECK, 2500, check_number="1042"))
    card = Tender(TenderKind.CARD, 7500, card_brand="Visa", card_last4="4417", card_auth="081532")
    paid(office, dani, 7500, line=line, tender=card)
    (drawer,) = office.ask(drawers.drawers)
    assert (drawer.name, drawer.is_here) == ("Front desk 2 drawer", True)
    office.do(drawers.set_float, drawer_id=drawer.id, float_cents=20000)
    return drawer.id


def test_a_drawer_that_is_right_needs_no_reason(office: Office) -> None:
    drawer = taken_today(office)
    counted = office.do(
        counting.count,
        count=Count(drawer, TODAY, (Pieces(10000, 2), Pieces(1000, 3)), 2500, 7500),
    )
    assert (counted.over_short_cents, counted.deposit_cents) == (0, 5500)
    slip = office.ask(deposit.slip, on=TODAY)
    assert (slip.cash_cents, slip.float_cents, slip.total_cents, slip.card_cents) == (3000, 20000, 5500, 7500)
    assert slip.checks == (deposit.SlipCheck("1042", 2500),)


def test_27_dollars_over_is_explained_before_the_seal(office: Office) -> None:
    drawer = taken_today(office)
    pieces = (Pieces(10000, 2), Pieces(1000, 5), Pieces(500, 1), Pieces(100, 2))
    counted = office.do(counting.count, count=Count(drawer, TODAY, pieces, 2500, 7500))
    assert (counted.over_short_cents, counted.is_open) == (2700, True)
    with refusal("Front desk 2 drawer was counted already for Tuesday, March 17."):
        office.do(counting.count, count=Count(drawer, TODAY, pieces, 2500, 7500, "Again"))
    with refusal("Front desk 2 drawer, Tuesday, March 17: The drawer is $27.00 over. Say why first."):
        office.do(day_close.close, on=TODAY)
    with refusal("Say why the drawer is over or short."):
        office.do(drawer_differences.explain, drawer_count_id=counted.drawer_count_id, reason=" ")
    office.do(
        drawer_differences.explain, drawer_count_id=counted.drawer_count_id, reason="Change not given back"
    )
    with refusal("This difference is explained already."):
        office.do(drawer_differences.explain, drawer_count_id=counted.drawer_count_id, reason="Again")
    office.do(day_close.close, on=TODAY)
    (shown,) = office.ask(day_close.state, on=TODAY).drawers
    assert shown.counted is not None
    assert (shown.counted.reason, shown.counted.explained_by) == ("Change not given back", office.actor.name)


def test_each_kind_of_money_has_its_own_difference(file_office: Office) -> None:
    drawer = taken_today(file_office)
    counted = file_office.do(
        counting.count, count=Count(drawer, TODAY, (Pieces(10000, 2), Pieces(1000, 2)), 0, 8000)
    )
    assert counting.said_differences(counted) == (
        "The drawer is $10.00 short.",
        "The checks are $25.00 short.",
        "The card batch is $5.00 over.",
    )


def test_a_count_is_set_aside_when_an_entry_was_wrong_and_counted_again(office: Office) -> None:
    drawer = taken_today(office)
    pieces = (Pieces(10000, 2), Pieces(1000, 5), Pieces(500, 1), Pieces(100, 2))
    first = office.do(counting.count, count=Count(drawer, TODAY, pieces, 2500, 7500))
    with refusal("Say why the drawer is counted again."):
        office.do(drawer_differences.set_aside, drawer_count_id=first.drawer_count_id, reason="")
    office.do(
        drawer_differences.set_aside, drawer_count_id=first.drawer_count_id, reason="A copay was missing"
    )
    with refusal("This count was set aside. Look at the one that stands."):
        office.do(drawer_differences.explain, drawer_count_id=first.drawer_count_id, reason="Too late")
    paid(office, danielle(office), 2700)
    again = office.do(counting.count, count=Count(drawer, TODAY, pieces, 2500, 7500))
    assert again.over_short_cents == 0
    office.do(day_close.close, on=TODAY)
    with refusal("Tuesday, March 17 is closed. Its count stays as it is."):
        office.do(drawer_differences.set_aside, drawer_count_id=again.drawer_count_id, reason="Late")


def test_a_count_that_agrees_has_nothing_to_explain(file_office: Office) -> None:
    drawer = taken_today(file_office)
    counted = file_office.do(
        counting.count, count=Count(drawer, TODAY, (Pieces(10000, 2), Pieces(1000, 3)), 2500, 7500)
    )
    with refusal("This drawer agrees. There is nothing to explain."):
        file_office.do(drawer_differences.explain, drawer_count_id=counted.drawer_count_id, reason="Why not")


def test_a_count_that_a_later_one_builds_on_stays(file_office: Office) -> None:
    drawer = taken_today(file_office)
    first = file_office.do(counting.count, count=Count(drawer, TODAY, (), 0, 0, "Stolen"))
    file_office.clock.set(datetime(2026, 3, 18, 17, 0, tzinfo=UTC))
    file_office.do(counting.count, count=Count(drawer, WEDNESDAY, (Pieces(10000, 2),), 0, 0))
    with refusal("This drawer was counted for Wednesday, March 18 since. Explain the difference instead."):
        file_office.do(drawer_differences.set_aside, drawer_count_id=first.drawer_count_id, reason="Found")


def test_a_count_that_cannot_be_is_refused(file_office: Office) -> None:
    drawer = taken_today(file_office)
    with refusal("There is no piece of $0.03. The number of pieces cannot be right. Count again."):
        file_office.do(counting.count, count=Count(drawer, TODAY, (Pieces(3, 1), Pieces(100, -1)), 0, 0))
    with refusal("A day to come cannot be counted."):
        file_office.do(counting.count, count=Count(drawer, WEDNESDAY, (), 0, 0))
    with refusal("This total cannot be right. Add it up again."):
        file_office.do(counting.count, count=Count(drawer, TODAY, (), -1, 0))


def test_cash_of_a_voided_receipt_is_expected_out_of_the_drawer(office: Office) -> None:
    drawer = taken_today(office)
    second = paid(office, danielle(office), 4000)
    office.do(payments.void, receipt_id=second.receipt_id, reason="Paid elsewhere")
    counted = office.do(
        counting.count,
        count=Count(drawer, TODAY, (Pieces(10000, 2), Pieces(1000, 3)), 2500, 7500),
    )
    assert counted.over_short_cents == 0


def test_the_day_closes_once_after_its_drawers_and_rolls_forward(office: Office) -> None:
    drawer = taken_today(office)
    with refusal("Front desk 2 drawer has money of Tuesday, March 17 and was not counted. Count it first."):
        office.do(day_close.close, on=TODAY)
    office.do(counting.count, count=Count(drawer, TODAY, (Pieces(10000, 2), Pieces(1000, 3)), 2500, 7500))
    assert office.ask(day_close.state, on=TODAY).can_close
    office.do(day_close.close, on=TODAY)
    rolled = office.ask(day_close.roll_forward, on=TODAY)
    assert (rolled.is_closed, rolled.opening_cents, rolled.charges_cents) == (True, 0, 13000)
    assert (rolled.patient_payments_cents, rolled.closing_cents) == (-13000, 0)
    with refusal("Tuesday, March 17 is closed already."):
        office.do(day_close.close, on=TODAY)
    with refusal("Monday, March 16 was sealed with Tuesday, March 17."):
        office.do(day_close.close, on=TODAY - timedelta(days=1))
    with refusal("Wednesday, March 18 has not come yet."):
        office.do(day_close.close, on=WEDNESDAY)


def test_what_comes_after_the_close_belongs_to_the_next_day(office: Office) -> None:
    drawer = taken_today(office)
    office.do(counting.count, count=Count(drawer, TODAY, (Pieces(10000, 2), Pieces(1000, 3)), 2500, 7500))
    office.do(day_close.close, on=TODAY)
    paid(office, danielle(office), 1000)
    office.clock.set(datetime(2026, 3, 18, 17, 0, tzinfo=UTC))
    state = office.ask(day_close.state, on=WEDNESDAY)
    assert [(d.receipts, d.counted) for d in state.drawers] == [(1, None)]
    assert state.roll_forward.patient_payments_cents == -1000
    counted = office.do(
        counting.count, count=Count(drawer, WEDNESDAY, (Pieces(10000, 2), Pieces(1000, 1)), 0, 0)
    )
    assert counted.over_short_cents == 0
