"""A patient without insurance: the estimate that the law asks for, written, given, and prepaid in part."""

from PySide6.QtCore import Qt

from frontdesk.services.billing import asking, estimate_list, estimates
from frontdesk.services.billing.estimate_list import EstimateLineOfWork, Standing
from frontdesk.ui.visit.estimates_page import EstimatesPage
from frontdesk.ui.visit.payment_page import PaymentPage
from tests.e2e.checking_in import shown_pdf
from tests.e2e.tour import Tour

_AHEAD_CENTS = 5_000


def is_due(tour: Tour) -> str:
    """The list says for whom, by when, and why."""
    hands = tour.driver
    hands.press("Ctrl+2")
    hands.workplace.go("estimates", None)
    hands.settle()
    page = _page(tour)
    found = hands.desk.database.ask(hands.desk.actor, estimate_list.work_list)
    line = next(
        each for each in found if each.standing is Standing.DUE and each.starts and not each.is_written
    )
    tour.remembers["estimated"] = line
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    hands.click_row(line.patient, page.table)
    hands.expect("business day", page.detail)
    return f"{len(found)} to see to; {line.patient}: {line.because}"


def is_written(tour: Tour) -> str:
    """Enter: the expected codes are there with the office's fees; a code of nobody is refused."""
    hands = tour.driver
    hands.press("Return")
    hands.expect("Good-faith estimate for", hands.dialog)
    hands.enter({"Code of line 2": "99999", "To be scheduled separately": "Blood test"}, hands.dialog)
    hands.click_button("Write", hands.dialog)
    hands.expect("99999 is not among the office's codes", hands.dialog)
    tour.look("a code that the office does not have")
    hands.enter({"Code of line 2": "93000", "Diagnosis of line 2": "R00.2"}, hands.dialog)
    tour.look("an estimate is written")
    hands.click_button("Write", hands.dialog)
    told = tour.keep_paper("estimate.pdf", shown_pdf(tour))
    tour.look("the estimate on paper")
    hands.press("Esc")
    return told


def is_given(tour: Tour) -> str:
    """G: handed over on paper; the clock stops."""
    hands, page = tour.driver, _page(tour)
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press("G")
    hands.expect("How was the estimate given?", hands.dialog)
    hands.press("Return")
    line = _line(tour)
    found = hands.desk.database.ask(hands.desk.actor, estimate_list.work_list, with_given=True)
    now = next(each for each in found if each.appointment_id == line.appointment_id)
    assert now.standing is Standing.GIVEN, now.standing
    assert now.estimate_id is not None
    shown = hands.desk.database.ask(hands.desk.actor, estimates.estimate, estimate_id=now.estimate_id)
    return f"{now.number} given {shown.newest.given[0].way.value}"


def is_prepaid_in_part(tour: Tour) -> str:
    """F7: the estimate is offered as a payment ahead; fifty dollars of it, by check."""
    hands, line = tour.driver, _line(tour)
    hands.workplace.focus_patient(line.patient_id)
    hands.settle()
    hands.press("F7")
    page = hands.page
    assert isinstance(page, PaymentPage)
    hands.expect("Ahead, estimate", page.payment)
    hands.click_button("Ahead, estimate", page.payment)
    hands.press("Alt+K")
    hands.enter({"Amount": "50", "Check number": "2207"}, page.payment)
    tour.look("a part of the estimate is paid ahead")
    hands.press("Ctrl+Return")
    shown_pdf(tour)
    hands.press("Esc")
    ask = hands.desk.database.ask(hands.desk.actor, asking.ask_for, patient_id=line.patient_id)
    assert ask.credit_cents >= _AHEAD_CENTS
    hands.press("Esc")
    return f"$50.00 ahead, {hands.workplace.status.said}"


def _page(tour: Tour) -> EstimatesPage:
    assert isinstance(tour.driver.page, EstimatesPage)
    return tour.driver.page


def _line(tour: Tour) -> EstimateLineOfWork:
    found = tour.remembers["estimated"]
    assert isinstance(found, EstimateLineOfWork)
    return found
