"""Any amount, in words that sum to it."""

import pytest

from frontdesk.services.billing import charges, explain
from frontdesk.services.billing.explain import Explanation, Sentence
from tests.builders.billing import TODAY, answered, charged, paid, visit
from tests.builders.registration import coverage, danielle
from tests.office import Office


def test_a_visit_explains_itself(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    appointment = visit(office, dani)
    paid(office, dani, 3000, copay_of=appointment)
    (line,) = charged(office, dani, appointment_id=appointment)
    answered(office, line, payer_cents=1736, contract_cents=2844, patient_cents=8420)

    told = office.ask(explain.balance, patient_id=dani)
    label = "Office visit, low"
    service = f"{label} (99213)"
    assert [(s.text, s.amount_cents) for s in told.sentences] == [
        ("On 03/17/2026 the patient paid $30.00, receipt R-000001.", -3000),
        (f"03/17/2026: {service} for Danielle Foster cost $130.00, sent to BCBS.", 13000),
        (f"On 03/17/2026 BCBS paid $17.36 for {service} of 03/17/2026.", -1736),
        (
            f"On 03/17/2026 BCBS's contract lowered the price of {service} of 03/17/2026 by $28.44.",
            -2844,
        ),
        (
            f"On 03/17/2026 BCBS left $84.20 of {label} of 03/17/2026 to the patient: deductible.",
            0,
        ),
    ]
    assert told.conclusion == "The patient owes $54.20."
    assert told.total_cents == sum(s.amount_cents for s in told.sentences) == 5420


def test_what_was_taken_back_is_not_told_twice(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    fee = office.do(charges.add_fee, patient_id=dani, label="Missed visit", amount_cents=2500, on=TODAY)
    paid(office, dani, 5000, line=line)
    office.do(charges.void, charge_line_id=line, reason="Wrong patient")
    told = office.ask(explain.balance, patient_id=dani)
    assert [s.text for s in told.sentences] == [
        "03/17/2026: a fee of $25.00 was charged: Missed visit.",
        "On 03/17/2026 the patient paid $50.00, receipt R-000001.",
    ]
    assert told.conclusion == "The patient has $25.00 to their credit."
    of_line = office.ask(explain.line, charge_line_id=fee)
    assert of_line.conclusion == "The patient owes $25.00."
    assert office.ask(explain.line, charge_line_id=line).conclusion == "Nothing is open."


def test_a_line_tells_what_was_paid_on_it(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 5000, line=line)
    told = office.ask(explain.line, charge_line_id=line)
    assert [(s.text, s.amount_cents) for s in told.sentences] == [
        (
            "03/17/2026: Office visit, low (99213) for Danielle Foster cost $130.00, owed by the patient.",
            13000,
        ),
        ("On 03/17/2026 $50.00 of receipt R-000001 went to Office visit, low of 03/17/2026.", -5000),
    ]


@pytest.mark.parametrize(
    ("cents", "settled"), [((5, -5, 7), 2), ((5, -5, 3, -3, 7), 4), ((5, 7), 0), ((5, -5), 0), ((), 0)]
)
def test_what_cancels_out_before_the_rest_is_counted(cents: tuple[int, ...], settled: int) -> None:
    sentences = tuple(Sentence("Said.", each) for each in cents)
    assert Explanation(sentences, "Left.", sum(cents)).settled == settled
