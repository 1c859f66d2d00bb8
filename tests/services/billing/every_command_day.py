"""The day's end: drawers counted, set aside, explained, and the day closed. Runs last."""

from frontdesk.services.billing import counting, day_close, drawer_differences, drawers
from frontdesk.services.billing.counting import Count
from tests.builders.billing import TODAY
from tests.office import Office


def run(office: Office) -> None:
    """For an office with one drawer that took money today."""
    (drawer,) = office.ask(drawers.drawers)
    office.do(drawers.set_float, drawer_id=drawer.id, float_cents=10000)
    office.do(drawers.set_float, drawer_id=drawer.id, float_cents=0)
    first = office.do(counting.count, count=Count(drawer.id, TODAY, (), 0, 0))
    office.do(
        drawer_differences.set_aside, drawer_count_id=first.drawer_count_id, reason="A receipt was missing"
    )
    second = office.do(counting.count, count=Count(drawer.id, TODAY, (), 0, 0))
    office.do(drawer_differences.explain, drawer_count_id=second.drawer_count_id, reason="Taken to the bank")
    office.do(day_close.close, on=TODAY)
