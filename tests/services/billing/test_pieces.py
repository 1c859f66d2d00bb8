"""What bills and coins come to, before and after they are locked in a count."""

from datetime import date

from frontdesk.services.billing import counting
from frontdesk.services.billing.counting import Count, Pieces


def test_a_drawer_s_cash_is_its_pieces_times_their_value() -> None:
    cash = (Pieces(10000, 1), Pieces(2000, 3), Pieces(25, 7), Pieces(1, 0))
    assert [each.cents for each in cash] == [10000, 6000, 175, 0]
    assert counting.total(cash) == 16175
    assert Count(1, date(2026, 3, 17), cash, 0, 0).cash_cents == 16175
    assert counting.total(()) == 0
