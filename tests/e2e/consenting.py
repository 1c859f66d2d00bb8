"""Consents: a guardian for a child, a form that goes out on paper and comes back, one that is taken back."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from frontdesk.services.records import standing
from frontdesk.services.records.standing import Standing
from frontdesk.services.schedule import consents_due
from frontdesk.services.schedule.day import DayVisit, day_sheet
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.records.dialogs import Revoke
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.print_forms import PrintForms
from frontdesk.ui.records.scan_found import RecordScan
from frontdesk.ui.records.signing_window import SigningWindow
from frontdesk.ui.visit.check_in_page import CheckInPage
from frontdesk.ui.visit.consents_due_page import ConsentsDuePage
from tests.builders.scans import scanned
from tests.e2e.checking_in import shown_pdf
from tests.e2e.tour import Tour

_CHILD, _ADULT = "Herrera, Tomás", "Alvarez, Sofia"
_TREATMENT = "consent_to_treat"


def a_guardian_signs(tour: Tour) -> str:
    """The child's form on the patient's own window; the guardian on file signs by their authority."""
    hands = tour.driver
    visit = _visit(tour, _CHILD)
    card = _check_in(tour, visit).consents
    hands.until(lambda: card.signing.isVisible(), "nothing is to be signed")
    assert card.who.isVisible(), "no guardian is asked for"
    guardian = card.who.name.value()
    assert guardian, "no guardian is on file"
    hands.click_button("Send to tablet", card)
    window = next(each for each in _windows() if each.isVisible())
    hands.until(lambda: bool(window.sheet._title.text()), "the form is not shown")
    _draw(tour, window.sheet.pad)
    tour.look("the patient's own window: the desk says how far it is")
    window.grab().save(str(tour.out / "the-window-of-the-patient.png"))
    window.sheet.sign_button.click()
    hands.until(lambda: _standing(tour, visit.patient_id) is Standing.SIGNED, "it is not signed")
    window.take_back()
    hands.settle()
    return f"{guardian} for {visit.patient}"


def a_form_goes_out(tour: Tour) -> str:
    """The list of what is due at the next visits; P prints the forms of one patient, each with its code."""
    hands = tour.driver
    hands.workplace.go("consents_due")
    page = hands.page
    assert isinstance(page, ConsentsDuePage)
    hands.until(lambda: bool(page.model.rows()), "nothing is due")
    chosen = next(row for row in page.model.rows() if not row.form.needs_guardian)
    page.table.choose(chosen.key)
    page.table.setFocus()
    hands.press("P")
    assert isinstance(hands.dialog, PrintForms)
    hands.settle()
    pdf = shown_pdf(tour)
    told = tour.keep_paper("forms-to-sign.pdf", pdf)
    hands.press("Esc")
    hands.until(lambda: _due(tour, chosen.key).print_id is not None, "it was not printed")
    page.table.choose(chosen.key)
    page.table.setFocus()
    hands.press("H")
    hands.until(lambda: _due(tour, chosen.key).is_handed_out, "it was not handed out")
    tour.remembers["paper"] = (chosen, pdf)
    return f"{chosen.patient}, {told}"


def it_comes_back(tour: Tour) -> str:
    """A poor scan, lying on its side, is dropped on the tray: the code says whose form it is."""
    hands = tour.driver
    chosen, pdf = _paper(tour)
    scan = tour.out / "scan-of-a-form.jpg"
    scan.write_bytes(scanned(pdf, turned=90, askew=1.5))
    hands.workplace.go("records")
    page = hands.page
    assert isinstance(page, RecordsPage)
    page.open_chart(None)
    page.bringing.take([Path(scan)])
    found = page.preview.scan
    hands.until(lambda: found.next_to_record() is not None, "the code was not found")
    tour.look("the scan is known by its code")
    hands.press("Ctrl+R")
    assert isinstance(hands.dialog, RecordScan)
    hands.press("Return")
    hands.until(
        lambda: _standing(tour, chosen.patient_id, chosen.form.key) is Standing.SIGNED, "it was not recorded"
    )
    hands.settle()
    return f"{chosen.form.title} of {chosen.patient}"


def one_is_taken_back(tour: Tour) -> str:
    """The patient takes a consent back by phone; the sealed sheet stays, and check-in asks again."""
    hands = tour.driver
    visit = _visit(tour, _ADULT)
    asked = hands.desk.database.ask(hands.desk.actor, standing.required_for, patient_id=visit.patient_id)
    consent_id = next(each.consent_id for each in asked if each.key == _TREATMENT)
    hands.workplace.go("records", Errand("chart", visit.patient_id))
    page = hands.page
    assert isinstance(page, RecordsPage)
    hands.until(lambda: page.table.choose((None, consent_id)), "the consent is not in the chart")
    hands.until(lambda: page.preview.consent_foot.consent is not None, "the consent is not shown")
    hands.click_button("Check all seals", page)
    hands.until(lambda: "hold" in page.preview.consent_foot.verdict.text, "the seals were not looked at")
    hands.click_button("Revoke…", page)
    assert isinstance(hands.dialog, Revoke)
    hands.enter({"What the patient said": "Called: wants to speak with Dr. Okafor first"}, hands.dialog)
    hands.click_button("Revoke consent", hands.dialog)
    hands.until(lambda: _standing(tour, visit.patient_id) is Standing.REVOKED, "it is not revoked")
    card = _check_in(tour, visit).consents
    hands.until(lambda: "1 signature needed" in card.chip.text(), "check-in does not ask again")
    hands.expect("Revoked", card)
    return f"{visit.patient}: {card.chip.text()}"


def _visit(tour: Tour, name: str) -> DayVisit:
    hands = tour.driver
    sheet = hands.desk.database.ask(hands.desk.actor, day_sheet, day=hands.desk.today)
    return next(visit for visit in sheet.visits if visit.patient == name)


def _check_in(tour: Tour, visit: DayVisit) -> CheckInPage:
    hands = tour.driver
    hands.workplace.go("check_in_visit", Errand("check_in", visit.patient_id, visit.id))
    hands.settle()
    assert isinstance(hands.page, CheckInPage)
    return hands.page


def _standing(tour: Tour, patient_id: int, key: str = _TREATMENT) -> Standing:
    hands = tour.driver
    asked = hands.desk.database.ask(hands.desk.actor, standing.required_for, patient_id=patient_id)
    return next(each.standing for each in asked if each.key == key)


def _due(tour: Tour, key: tuple[int, str]) -> consents_due.DueForm:
    hands = tour.driver
    found = hands.desk.database.ask(hands.desk.actor, consents_due.due)
    return next(each for each in found.forms if each.key == key)


def _paper(tour: Tour) -> tuple[consents_due.DueForm, bytes]:
    found = tour.remembers["paper"]
    assert isinstance(found, tuple)
    chosen, pdf = found
    assert isinstance(chosen, consents_due.DueForm)
    assert isinstance(pdf, bytes)
    return chosen, pdf


def _windows() -> list[SigningWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, SigningWindow)]


def _draw(tour: Tour, pad: SignaturePad) -> None:
    left = Qt.MouseButton.LeftButton
    start = QPoint(pad.width() // 6, pad.height() // 2)
    QTest.mousePress(pad, left, pos=start)
    for step in range(1, 16):
        QTest.mouseMove(pad, start + QPoint(step * pad.width() // 40, (step % 3) * pad.height() // 9))
    QTest.mouseRelease(pad, left, pos=start + QPoint(16 * pad.width() // 40, 0))
    tour.driver.settle()
