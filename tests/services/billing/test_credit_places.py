"""Money of one receipt that lies in several places: for a visit, and for whatever comes."""

from frontdesk.models.billing.journal import Party
from frontdesk.services.billing import charges, credits, payments
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.payments import Payment
from frontdesk.services.registration import accounts
from tests.builders.billing import cash, charged, visit
from tests.builders.refunds import refunded
from tests.builders.registration import patient
from tests.office import Office


def places(office: Office, patient_id: int) -> list[tuple[int | None, int]]:
    """The visit (or none) and what is left of the money for it."""
    account = office.ask(accounts.account_of, patient_id=patient_id)
    assert account is not None
    return [
        (credit.appointment_id, credit.left_cents)
        for credit in office.ask(credits.of_account, account_id=account.id)
    ]


def copay_and_more(office: Office, patient_id: int, appointment_id: int) -> int:
    """$30.00 for the visit and $10.00 ahead, on one receipt; its id."""
    parts = (Allocation("copay", 3000, appointment_id=appointment_id), Allocation("prepayment", 1000))
    payment = Payment(patient_id, (cash(4000),), parts, taken_because="Wished it so")
    return office.do(payments.take, payment=payment).receipt_id


def test_free_money_comes_before_what_is_held_on_both_engines(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    appointment = visit(office, walter)
    receipt = copay_and_more(office, walter, appointment)
    assert places(office, walter) == [(None, 1000), (appointment, 3000)]
    refunded(office, receipt, 1500)
    assert places(office, walter) == [(appointment, 2500)]


def test_what_was_paid_too_much_goes_back_where_it_came_from(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    appointment = visit(office, walter)
    copay_and_more(office, walter, appointment)
    (line,) = charged(office, walter, appointment_id=appointment)
    assert places(office, walter) == [(None, 1000)]
    office.do(
        charges.correct,
        charge_line_id=line,
        responsible=Party.PATIENT,
        amount_cents=-10500,
        reason="Another price",
    )
    assert office.do(payments.free_overpaid, charge_line_id=line) == 500
    assert places(office, walter) == [(None, 1000), (appointment, 500)]
