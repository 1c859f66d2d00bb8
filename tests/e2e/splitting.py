"""F7 from anywhere: one receipt paid in cash and by card, a card number refused, and the receipt voided."""

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import balances, statement_run
from frontdesk.ui.visit.payment_page import PaymentPage
from tests.e2e.checking_in import shown_pdf
from tests.e2e.tour import Tour

_CASH, _GIVEN = "27", "50"
"""The twenty-seven dollars are in the drawer at night, though the receipt is void: nobody gave them back."""


def is_asked_for(tour: Tour) -> str:
    """Somebody comes to pay what is open, without a visit."""
    hands = tour.driver
    found = hands.desk.database.ask(
        hands.desk.actor, statement_run.preview, filters=statement_run.RunFilters()
    ).asked
    household = next(each for each in found if each.due_cents > 6000)
    lines = hands.desk.database.ask(
        hands.desk.actor, balances.lines_of_account, account_id=household.account_id, only_open=True
    )
    patient_id = max(lines, key=lambda line: line.patient_cents).patient_id
    tour.remembers["payer"] = patient_id
    hands.press("Ctrl+1")
    hands.workplace.focus_patient(patient_id)
    hands.settle()
    hands.press("F7")
    page = _page(tour)
    hands.expect("Total to take", page.payment)
    return f"{page.payment.asked.due / 100:,.2f} asked for"


def is_split(tour: Tour) -> str:
    """Twenty-seven in cash out of a fifty, the rest by card; a whole card number is refused."""
    hands, card = tour.driver, _page(tour).payment
    hands.press("Alt+A")
    hands.enter({"Amount": _CASH, "Cash given": _GIVEN}, card)
    hands.expect("$23.00", card.tender)
    hands.click_button("Pay the rest another way", card)
    hands.press("Alt+C")
    hands.enter({"Card ending": "4111 1111 1111 1111", "Approval code": "A71204"}, card)
    hands.press("Ctrl+Return")
    said = hands.refusals(card)
    assert said, "a card number was taken"
    tour.look("cash and card, and no card number")
    hands.enter({"Card ending": "4417"}, card)
    hands.press("Ctrl+Return")
    told = tour.keep_paper("split-receipt.pdf", shown_pdf(tour))
    hands.press("Esc")
    hands.expect("Give $23.00 back.", card)
    tour.look("the change to give")
    return f"{told}; refused first: {said[0]}"


def is_voided(tour: Tour) -> str:
    """A void is a reversal with a reason: all of it is owed again, the number stays used."""
    hands, page = tour.driver, _page(tour)
    owed = _owed(tour)
    number = hands.workplace.status.said.rpartition(" ")[2].rstrip(".")
    hands.click_button(f"Void receipt {number}", page.receipts)
    tour.look("why the receipt is voided")
    hands.click_button("Void it", hands.dialog)
    hands.expect("Voided receipt", hands.window)
    assert _owed(tour) > owed, "it is not owed again"
    hands.press("Esc")
    return f"{number} void, {dollars(_owed(tour))} owed again"


def _owed(tour: Tour) -> int:
    desk, patient_id = tour.driver.desk, tour.remembers["payer"]
    assert isinstance(patient_id, int)
    return desk.database.ask(desk.actor, balances.of_patient, patient_id=patient_id).patient_cents


def _page(tour: Tour) -> PaymentPage:
    assert isinstance(tour.driver.page, PaymentPage), "the payment is not open"
    return tour.driver.page
