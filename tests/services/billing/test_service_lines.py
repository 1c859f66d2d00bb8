"""A service while it is typed in: the fee of its units, unless another amount is typed."""

from frontdesk.services.billing import service_lines
from frontdesk.services.billing.service_lines import ServiceLine, of_entered, total_cents
from frontdesk.services.billing.superbills import EnteredLine

SHOT = ServiceLine("90471", "Shot, giving", 3600, units=2)


def _entered(units: int, amount_cents: int) -> EnteredLine:
    return EnteredLine(1, 1, "90471", "Shot, giving", "25", "A", units, amount_cents)


def test_a_line_costs_its_units_at_the_fee() -> None:
    assert (SHOT.total_cents, SHOT.at(7200), SHOT.at(None)) == (7200, SHOT, SHOT)
    assert total_cents((SHOT, SHOT.at(5000))) == 12_200


def test_without_a_fee_an_amount_is_typed() -> None:
    free = ServiceLine("99080", "Report", None)
    assert (free.is_priced, free.total_cents) == (False, 0)
    assert (free.at(2500).is_priced, free.at(2500).total_cents) == (True, 2500)


def test_what_was_entered_is_typed_over_by_the_unit() -> None:
    even, odd = of_entered(_entered(2, 7200)), of_entered(_entered(3, 10_000))
    assert (even.unit_cents, even.amount_cents, even.total_cents) == (3600, None, 7200)
    assert (odd.amount_cents, odd.total_cents) == (10_000, 10_000)
    assert service_lines.total_cents(()) == 0
