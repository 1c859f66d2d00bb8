"""A sealed day holds against whoever writes to the database: nothing is counted, taken or explained in it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Executable, insert, select, update
from sqlalchemy.exc import IntegrityError

from frontdesk.models.billing.day_close import DayClose, DrawerCount, DrawerExplanation
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing import counting, day_close, drawer_differences
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.services.engine_errors import ours
from frontdesk.services.work import Work
from tests.builders.billing import TODAY, at_work
from tests.office import Office
from tests.services.billing.test_day_close import taken_today

LATER = datetime(2026, 3, 17, 23, 0, tzinfo=UTC)


def refused(office: Office, *statements: Executable) -> str:
    """What the office says when statements go round the services."""
    with pytest.raises(IntegrityError) as no, at_work(office) as work:
        _run(work, statements)
    return str(ours(no.value))


def _run(work: Work, statements: tuple[Executable, ...]) -> None:
    for statement in statements:
        work.session.execute(statement)


@pytest.fixture
def counted(office: Office) -> int:
    """A drawer that is $27.00 over; the count's id."""
    pieces = (Pieces(10000, 2), Pieces(1000, 5), Pieces(500, 1), Pieces(100, 2))
    return office.do(
        counting.count, count=Count(taken_today(office), TODAY, pieces, 2500, 7500)
    ).drawer_count_id


def test_a_day_with_an_unexplained_difference_cannot_be_sealed(office: Office, counted: int) -> None:
    rolled = office.ask(day_close.roll_forward, on=TODAY)
    row = insert(DayClose).values(
        id=7,
        closed_on=TODAY,
        closed_at=LATER,
        closed_by="Nobody",
        opening_cents=rolled.opening_cents,
        charges_cents=rolled.charges_cents,
        patient_payments_cents=rolled.patient_payments_cents,
        payer_payments_cents=0,
        adjustments_cents=0,
        income_cents=0,
        refunds_cents=0,
        closing_cents=rolled.closing_cents,
    )
    sentence = "A drawer is over or short and nobody said why. Give the reason first."
    assert refused(office, row) == sentence


def test_nothing_of_the_drawer_changes_once_the_day_is_sealed(office: Office, counted: int) -> None:
    office.do(drawer_differences.explain, drawer_count_id=counted, reason="Change not given back")
    with at_work(office) as work:
        count = work.get(DrawerCount, counted)
        values = {column.key: getattr(count, column.key) for column in DrawerCount.__table__.columns}
        first = work.session.scalars(select(Receipt).order_by(Receipt.id)).first()
        assert first is not None
        receipt = {column.key: getattr(first, column.key) for column in Receipt.__table__.columns}
    change = update(DrawerExplanation).values(reason="Something else")
    assert refused(office, change) == "An explanation stays. Set the count aside to give another."
    assert refused(office, update(DrawerCount).values(counted_cash_cents=0)) == (
        "A count is not changed. Set it aside and count again."
    )
    office.do(day_close.close, on=TODAY)
    aside = {"set_aside_at": LATER, "set_aside_by": "Nobody", "set_aside_because": "Found"}
    assert refused(office, update(DrawerCount).values(aside)) == (
        "This count is set aside already, or a later one builds on it."
    )
    again = insert(DrawerCount).values(values | {"id": 7} | aside)
    assert refused(office, again) == "That day is closed. Count the drawer for the next open day."
    why = insert(DrawerExplanation).values(
        id=7, drawer_count_id=counted, reason="More", explained_at=LATER, explained_by="Nobody"
    )
    assert refused(office, why) == "That day is closed. Its count stays as it is."
    fresh = insert(CashDrawer).values(id=8, name="Another", float_cents=0, is_active=True)
    late = receipt | {"id": 6, "number": 999, "total_cents": 1, "drawer_id": 8}
    tender = {"id": 5, "receipt_id": 6, "kind": TenderKind.CASH, "amount_cents": 1, "tendered_cents": 1}
    statements = (fresh, insert(ReceiptTender).values(tender), insert(Receipt).values(late))
    assert refused(office, *statements) == ("That day is closed. The payment belongs on the next open day.")
