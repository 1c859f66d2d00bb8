"""A whole check-in by keyboard: refused, mended, paid, ready; and nothing half-written on the way."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import receipts
from frontdesk.services.billing.payments import TenderKind
from frontdesk.services.registration import edits, panel, payers
from frontdesk.services.visit import check_in, demographics
from frontdesk.services.visit.check_in import CheckIn, Stage
from frontdesk.services.visit.steps import StepKind
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.visit.card_dialogs import NewCardDialog
from frontdesk.ui.visit.check_in_page import CheckInPage, PutAside
from frontdesk.ui.visit.coverage_dialogs import PayWithoutInsurance
from frontdesk.ui.visit.reason_asked import ReasonAsked
from frontdesk.ui.visit.receipt_view import ReceiptView
from frontdesk.ui.visit.verify_dialog import VerifyCoverage
from tests.builders.records import library
from tests.builders.registration import coverage, danielle, plan
from tests.builders.schedule import walter
from tests.builders.visit import TODAY, at_the_desk, covered
from tests.office import Office

Settle = Callable[[], None]
CARD_NUMBER = "4111 1111 1111 1111"  # the networks' public test number


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> CheckInPage:
    """The page of Danielle Foster, just begun, her coverage verified, nothing signed."""
    library(file_office)
    visit = at_the_desk(file_office)
    covered(file_office)
    return opened(desk, qtbot, settle, danielle(file_office), visit)


def opened(desk: Desk, qtbot: QtBot, settle: Settle, patient_id: int, visit: int) -> CheckInPage:
    made = CheckInPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 820)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_with(Errand("check_in", patient_id, visit))
    settle()
    return made


def now(office: Office, page: CheckInPage) -> CheckIn:
    assert page._appointment_id is not None
    return office.ask(check_in.check_in, appointment_id=page._appointment_id)


def press(page: CheckInPage, keys: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    page.activateWindow()  # a dialog that closed took the window's place in front
    assert QTest.qWaitForWindowActive(page)
    QTest.keyClick(page, keys, modifiers)
    QApplication.processEvents()


def alt(page: CheckInPage, key: Qt.Key) -> None:
    press(page, key, Qt.KeyboardModifier.AltModifier)


def ctrl_enter(page: CheckInPage) -> None:
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def write(widget: QWidget, text: str) -> None:
    assert isinstance(widget, QLineEdit)
    widget.selectAll()
    QTest.keyClicks(widget, text) if text else widget.clear()


def sign(page: CheckInPage) -> None:
    pad, button = page.consents.pad, Qt.MouseButton.LeftButton
    left = pad.rect().center() - QPoint(80, 10)
    QTest.mousePress(pad, button, Qt.KeyboardModifier.NoModifier, left)
    for step in range(1, 20):
        QTest.mouseMove(pad, left + QPoint(step * 8, (step % 4) * 6))
    QTest.mouseRelease(pad, button, Qt.KeyboardModifier.NoModifier, left + QPoint(160, 0))


def test_a_whole_check_in_by_keyboard(page: CheckInPage, file_office: Office, settle: Settle) -> None:
    gone: list[str] = []
    page.go.connect(lambda name, _errand: gone.append(name))
    alt(page, Qt.Key.Key_1)
    assert page.identity.match_button.hasFocus()
    QTest.keyClick(page.identity.match_button, Qt.Key.Key_Space)
    settle()

    alt(page, Qt.Key.Key_2)
    pharmacy = page.demographics.form.row("pharmacy").control
    write(pharmacy, "Alder Street Drug")
    assert page.demographics.chip.text() == "Not saved yet"
    QTest.keyClick(page.demographics.confirm_button, Qt.Key.Key_Space)
    settle()
    assert page.demographics.chip.text() == "Confirmed with patient"

    alt(page, Qt.Key.Key_4)
    for _ in range(4):
        sign(page)
        page.consents.accept_signature()
        settle()

    alt(page, Qt.Key.Key_K)
    write(page.payment.tender.check, "1042")
    QTest.keyClick(page.payment.record_button, Qt.Key.Key_Space)
    settle()
    assert page.payment.receipt.words.text() == "Took $30.00, receipt R-000001."
    (receipt,) = page.window().findChildren(ReceiptView)
    receipt.accept()

    shown = now(file_office, page)
    assert shown.open_steps == ()
    ctrl_enter(page)
    settle()
    assert gone == ["check_in"]
    finished = file_office.ask(check_in.check_in, appointment_id=shown.appointment_id)
    assert finished.stage is Stage.READY


def test_open_items_are_asked_about_with_a_reason(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    ctrl_enter(page)
    settle()
    (asked,) = page.window().findChildren(ReasonAsked)
    assert asked.windowTitle() == "Mark ready with 4 items open?"
    asked.reject()
    assert now(file_office, page).stage is Stage.CHECKING_IN
    visit = now(file_office, page).appointment_id
    ctrl_enter(page)
    settle()
    asked = page.window().findChildren(ReasonAsked)[-1]
    asked.words.set_value("Doctor asked for her now")
    QTest.keyClick(asked.verb, Qt.Key.Key_Space)
    settle()
    done = file_office.ask(check_in.check_in, appointment_id=visit)
    assert (done.stage, done.not_today) == (Stage.READY, "Doctor asked for her now")


def test_a_missing_coverage_leads_to_its_card(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    visit = at_the_desk(file_office)
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    assert page.insurance._missing.text == "No coverage on file. Enter the card, or choose self-pay."
    ctrl_enter(page)
    settle()
    assert page.banner.text == ("Danielle Foster has no coverage on file. Add one, or choose self-pay.")
    assert page._look == StepKind.INSURANCE.value

    plan(file_office)
    page.insurance.desk.ask(page.insurance, page.insurance._show_plans, payers.plans)
    settle()
    page.insurance._plan.set_value(plan(file_office))
    write(page.insurance._member, "XQP 884 120 557")
    page.insurance._show_verbs()
    page.insurance.add()
    settle()
    shown = now(file_office, page)
    assert [each.line.member_id for each in shown.coverages] == ["XQP884120557"]
    assert page.insurance.chip.text() == "Not verified"


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("0", "Enter an amount above zero."),
        ("-0.01", "The amount cannot be less than zero."),
        ("thirty", "An amount in dollars and cents is expected: 30.00."),
        ("", "Enter an amount above zero."),
        ("10000000", "$10,000,000.00 is more than the ledger takes. Check the amount."),
    ],
)
def test_a_senseless_amount_is_refused_beside_its_field(
    page: CheckInPage, file_office: Office, settle: Settle, amount: str, sentence: str
) -> None:
    alt(page, Qt.Key.Key_A)
    page.payment.tender.amount.setText(amount)
    page.payment.tender.amount.textEdited.emit(amount)
    page.payment.record()
    settle()
    assert page.payment.tender.amount_form.row("amount_cents").error == sentence
    assert file_office.ask(receipts.of_day, on=TODAY) == ()


def test_a_card_number_is_refused_where_it_is_typed(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    alt(page, Qt.Key.Key_C)
    write(page.payment.tender.last4, CARD_NUMBER)
    write(page.payment.tender.auth, "081532")
    page.payment.record()
    settle()
    assert page.payment.tender.form.row("card_last4").error == (
        "That looks like a card number. Enter only its last four digits."
    )
    assert file_office.ask(receipts.of_day, on=TODAY) == ()
    write(page.payment.tender.last4, "4417")
    page.payment.receipt.prints.setChecked(False)
    page.payment.record()
    settle()
    assert [row.total_cents for row in file_office.ask(receipts.of_day, on=TODAY)] == [3000]


def test_cash_gives_change(page: CheckInPage, settle: Settle) -> None:
    alt(page, Qt.Key.Key_A)
    page.payment.receipt.prints.setChecked(False)
    write(page.payment.tender.tendered, "20")
    page.payment.record()
    settle()
    assert page.payment.tender.form.row("tendered_cents").error == "The cash handed over is $10.00 short."
    write(page.payment.tender.tendered, "40")
    assert page.payment.tender.change.text() == "$10.00"
    page.payment.record()
    settle()
    assert page.payment.receipt.give_back.text() == "Give $10.00 back."
    assert page.payment.chip.text() == "Nothing due"


def test_no_stroke_is_no_signature(page: CheckInPage, settle: Settle) -> None:
    page.consents.accept_signature()
    settle()
    assert page.consents.banner.text == "There is no signature yet. Have it drawn above the line."


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_half_saved(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    before = file_office.ask(demographics.on_file, patient_id=danielle(file_office))
    fields = page.demographics.form
    write(fields.row("legal_last").control, "F0ster")
    write(fields.row("pharmacy").control, "Alder Street Drug")
    write(fields.row("contact.name").control, "Ray Foster")
    write(fields.row("contact.phone").control, "5035550119")
    page.demographics.save()
    settle()
    assert fields.row("legal_last").error == "A name has no digits. Take “0” out of the legal last name."
    assert fields.row("contact.name").error == "Enter what the contact is to the patient, such as spouse."
    assert file_office.ask(demographics.on_file, patient_id=danielle(file_office)) == before
    ctrl_enter(page)
    settle()
    assert page.banner.text == "Some changes are not saved yet. Save or clear it, then mark ready."

    write(fields.row("legal_last").control, "Foster")
    write(fields.row("contact.name").control, "Ray Foster, spouse")
    page.demographics.save()
    settle()
    sheet = file_office.ask(demographics.on_file, patient_id=danielle(file_office)).sheet
    assert sheet.contact is not None
    assert (sheet.contact.name, sheet.details.pharmacy) == ("Ray Foster", "Alder Street Drug")
    assert page.demographics.typed == {}


def test_what_is_left_half_way_is_there_again(page: CheckInPage, file_office: Office, settle: Settle) -> None:
    visit = page._appointment_id
    other = at_the_desk(file_office, walter(file_office), minutes_from_now=33)
    write(page.demographics.form.row("city").control, "Portland")
    alt(page, Qt.Key.Key_K)
    write(page.payment.tender.check, "1042")
    page.back()
    page.open_with(Errand("check_in", walter(file_office), other))
    settle()
    assert page.demographics.form.row("legal_last").control.property("text") == "Harris"
    assert page.payment.tender.check.text() == ""
    page.open_with(Errand("check_in", danielle(file_office), visit))
    settle()
    assert page.demographics.typed == {"city": "Portland"}
    assert (page.payment.kind, page.payment.tender.check.text()) == (TenderKind.CHECK, "1042")


def test_parked_work_is_taken_up_where_it_was(page: CheckInPage, file_office: Office, settle: Settle) -> None:
    write(page.demographics.form.row("city").control, "Portland")
    parked = page.park()
    assert parked is not None
    assert parked.title == "Check-in: D. Foster"
    assert page.park() is None
    QApplication.processEvents()
    assert isinstance(parked.state, PutAside)
    page.take_up(parked.state)
    settle()
    assert page.demographics.typed == {"city": "Portland"}


def test_another_desks_change_is_seen_before_it_is_overwritten(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    patient = danielle(file_office)
    seen = file_office.ask(panel.demographics, patient_id=patient).details
    write(page.demographics.form.row("email").control, "dani@example.com")
    theirs = type(seen)(**{name: getattr(seen, name) for name in seen.__slots__} | {"pharmacy": "Harbor"})
    file_office.do(edits.change_details, patient_id=patient, before=seen, after=theirs)
    settle()
    page.demographics.save()
    settle()
    assert page.demographics.banner.text.startswith("Another desk changed the details of this patient.")
    page.reload()
    settle()
    assert page.demographics.form.row("pharmacy").control.property("text") == "Harbor"
    page.demographics.save()
    settle()
    now_on_file = file_office.ask(panel.demographics, patient_id=patient).details
    assert (now_on_file.email, now_on_file.pharmacy) == ("dani@example.com", "Harbor")


def test_the_payers_answer_is_written_down(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    visit = at_the_desk(file_office)
    coverage(file_office, danielle(file_office))
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    press(page, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    (dialog,) = page.window().findChildren(VerifyCoverage)
    dialog.record()
    settle()
    assert dialog.form.row("reference").error == "Enter the reference number of the call."
    dialog.reference.set_value("4471-90")
    dialog.said_by.set_value("Kim")
    dialog.copay.set_value(3000)
    dialog.record()
    settle()
    assert page.insurance.chip.text() == "Active, verified today 10:42"


def test_self_pay_is_chosen_and_taken_back(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    visit = at_the_desk(file_office)
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    page.insurance.pay_without()
    (dialog,) = page.window().findChildren(PayWithoutInsurance)
    dialog.reason.set_value("Has no insurance")
    dialog.choose()
    settle()
    assert page.insurance._paying.text == "Pays without insurance since 03/17/2026. Has no insurance."
    page.insurance._insure_again()
    settle()
    assert page.insurance._paying.text == ""


def test_an_unpaid_visit_waits_for_another_day(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    page.payment._ask_not_today()
    (asked,) = page.window().findChildren(ReasonAsked)
    QTest.keyClick(asked.verb, Qt.Key.Key_Space)
    settle()
    assert now(file_office, page).not_today == "Asks for a statement"
    assert page.payment.chip.text() == "Another day: Asks for a statement"


def test_a_card_typed_wrong_is_corrected(page: CheckInPage, file_office: Office, settle: Settle) -> None:
    write(page.insurance._member, "XQP 884 120 558")
    page.insurance.correct()
    settle()
    shown = now(file_office, page)
    assert shown.coverages[0].line.member_id == "XQP884120558"
    write(page.insurance._member, "NEW 000 111 222")
    page.insurance.replace()
    settle()
    (dialog,) = page.window().findChildren(NewCardDialog)
    dialog.save()
    settle()
    shown = now(file_office, page)
    assert (shown.coverages[0].line.member_id, shown.coverages[0].line.effective_from) == (
        "NEW000111222",
        TODAY,
    )
