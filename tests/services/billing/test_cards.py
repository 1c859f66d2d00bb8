"""No card number enters by any field of a payment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kernel.errors import Refused
from frontdesk.services.billing import payments, receipts, waiving
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.cards import holds_card_number
from frontdesk.services.billing.payments import Payment, Tender, TenderKind
from tests.builders.billing import cash, visit
from tests.builders.registration import danielle
from tests.office import Office
from tests.refusal import refusal

CARD = "4111111111111111"  # the networks' public test number
SENTENCE = "That looks like a card number. Enter only its last four digits."
BLANK = Tender(TenderKind.CARD, 100, card_last4="4417", card_auth="081532")


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111  1111  1111  1111",
        "4111.1111.1111.1111",
        "4111\u20131111\u20131111\u20131111",
        "4111\u00a01111\u00a01111\u00a01111",
        "3782 822463 10005",
        "6759649826438453",
        "card 4111 1111 1111 1111 exp 12/28",
        "4111111111111111 081532",
        "081532 4111111111111111",
        ";4111111111111111=25121010000?",
        "41111111111111112512",
        "\u0664\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661",
        "501800000009",
    ],
)
def test_what_passes_as_a_card_number(text: str) -> None:
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "4417", "4111 1111 1111 1112", "R-000123", "(503) 555-0148", "03/17/2026 10:42", "check 1042, 1043"],
)
def test_what_does_not(text: str) -> None:
    assert not holds_card_number(text)


@given(st.text(alphabet="0123456789", min_size=11, max_size=18), st.data())
def test_any_number_with_its_check_digit_is_found_however_it_is_written(
    digits: str, data: st.DataObject
) -> None:
    doubled = [int(d) * (1 if place % 2 else 2) for place, d in enumerate(reversed(digits))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    number = digits + str(-total % 10)
    separators = st.sampled_from(["", "", "", " ", "-", "\u2013"])
    written = "".join(digit + data.draw(separators) for digit in number)
    before, after = data.draw(st.sampled_from([("", ""), ("no. ", ""), ("", ", thanks")]))
    assert holds_card_number(f"{before}{written}{after}")


@pytest.mark.parametrize(
    ("payment", "field"),
    [
        ({"tenders": (Tender(TenderKind.CARD, 100, card_last4=CARD, card_auth="1"),)}, "card_last4"),
        ({"tenders": (Tender(TenderKind.CARD, 100, card_last4="4417", card_auth=CARD),)}, "card_auth"),
        (
            {"tenders": (Tender(TenderKind.CARD, 100, card_brand=CARD, card_last4="4417", card_auth="1"),)},
            "card_brand",
        ),
        ({"tenders": (Tender(TenderKind.CHECK, 100, check_number=CARD),)}, "check_number"),
        ({"tenders": (Tender(TenderKind.CHECK, 100, check_number="1", check_bank=CARD),)}, "check_bank"),
        ({"tenders": (BLANK,), "note": f"Paid by {CARD}"}, "note"),
        ({"tenders": (BLANK,), "taken_because": f"Number {CARD}"}, "reason"),
    ],
)
def test_every_field_of_a_payment_refuses_one(
    file_office: Office, payment: dict[str, object], field: str
) -> None:
    dani = danielle(file_office)
    with pytest.raises(Refused) as refused:
        file_office.do(
            payments.take,
            payment=Payment(dani, allocations=(Allocation("prepayment", 100),), **payment),  # type: ignore[arg-type] # the part under test
        )
    assert [(f.message, f.field) for f in refused.value.findings] == [(SENTENCE, field)]


def test_the_reasons_of_a_void_and_a_waiver_refuse_one(file_office: Office) -> None:
    dani = danielle(file_office)
    appointment = visit(file_office, dani)
    copay = Allocation("copay", 100, appointment_id=appointment)
    taken = file_office.do(payments.take, payment=Payment(dani, (cash(100),), (copay,)))
    with refusal(SENTENCE):
        file_office.do(payments.void, receipt_id=taken.receipt_id, reason=f"Wrong card {CARD}")
    with refusal(SENTENCE):
        file_office.do(waiving.waive, patient_id=dani, parts=(copay,), reason=f"See {CARD}")
    assert not file_office.ask(receipts.of_patient, patient_id=dani)[0].is_void
