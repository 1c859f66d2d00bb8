"""The terminal's report beside the receipts: each difference is named by its receipt."""

import pytest

from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services.billing import card_batch, counting, drawers, payments
from frontdesk.services.billing.card_batch import BatchLine, Fit
from frontdesk.services.billing.counting import Count
from frontdesk.services.billing.payments import Tender
from tests.builders.billing import TODAY, paid
from tests.builders.registration import danielle
from tests.office import Office
from tests.refusal import refusal


def _card(cents: int, last4: str, approval: str) -> Tender:
    return Tender(TenderKind.CARD, cents, card_brand="Visa", card_last4=last4, card_auth=approval)


@pytest.fixture
def count(office: Office) -> int:
    """Four receipts by card, one of them void; the terminal said $157.00."""
    dani = danielle(office)
    for cents, last4, approval in (
        (7500, "4417", "081532"),
        (2500, "1881", "A12345"),
        (3000, "0005", "77Z001"),
    ):
        paid(office, dani, cents, tender=_card(cents, last4, approval))
    void = paid(office, dani, 900, tender=_card(900, "4417", "081599"))
    office.do(payments.void, receipt_id=void.receipt_id, reason="Paid twice")
    (drawer,) = office.ask(drawers.drawers)
    found = office.do(counting.count, count=Count(drawer.id, TODAY, (), 0, 15700))
    return found.drawer_count_id


def test_each_difference_is_listed_by_its_receipt(office: Office, count: int) -> None:
    report = "Batch 112\n081532 VISA *4417 57.00\nA12345  1881  $25.00\n99K100 2222 75.00\nTotal 157.00"
    found = office.ask(card_batch.match, drawer_count_id=count, report=report)
    assert [(row.fit, row.receipt and row.receipt.number, row.off_cents) for row in found.rows] == [
        (Fit.AMOUNT_DIFFERS, "R-000001", -1800),
        (Fit.NO_RECEIPT, None, 7500),
        (Fit.NOT_IN_BATCH, "R-000003", -3000),
        (Fit.SAME, "R-000002", 0),
    ]
    assert (found.batch_cents, found.receipts_cents) == (15700, 13000)
    assert sum(row.off_cents for row in found.rows) == 15700 - 13000


def test_without_codes_the_amounts_find_each_other(office: Office, count: int) -> None:
    found = office.ask(card_batch.match, drawer_count_id=count, report="25.00\n30.00\n75.00")
    assert {row.fit for row in found.rows} == {Fit.SAME}
    nothing = office.ask(card_batch.match, drawer_count_id=count, report="")
    assert [row.fit for row in nothing.rows] == [Fit.NOT_IN_BATCH] * 3


def test_a_report_with_a_card_number_or_without_amounts_is_refused() -> None:
    with refusal("That looks like a card number. Enter only its last four digits."):
        card_batch.parsed("4111 1111 1111 1111 25.00")
    with refusal("No line has an amount such as 25.00. Enter a sale on each line."):
        card_batch.parsed("Batch 112, Visa")
    assert card_batch.parsed("1,250.00 xxxx4417 081532") == (BatchLine(125000, "4417", "081532"),)
