"""F7: split, family, change, too much, twice, plans, waivers, voids; by the same card everywhere."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import balances, plans, receipts
from frontdesk.services.billing.payments import TenderKind
from frontdesk.services.registration import accounts
from frontdesk.services.registration.drafts import GuarantorDraft
from frontdesk.services.visit.taking import Surplus
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.visit.overpaid import Overpaid
from frontdesk.ui.visit.payment_page import PaymentPage
from frontdesk.ui.visit.plan_dialog import PlanDialog
from frontdesk.ui.visit.reason_asked import ReasonAsked
from frontdesk.ui.visit.receipt_view import ReceiptView
from tests.builders.billing import charged, paid
from tests.builders.registration import danielle, patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def dani(file_office: Office) -> int:
    """Danielle owes $130.00 of a visit today."""
    who = danielle(file_office)
    charged(file_office, who)
    return who


@pytest.fixture
def page(desk: Desk, dani: int, qtbot: QtBot, settle: Settle) -> PaymentPage:
    made = PaymentPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 820)
    made.show()
    made.open_with(Errand("pay", dani))
    settle()
    made.payment.receipt.prints.setChecked(False)
    return made


def dialog(page: PaymentPage, kind: type[Dialog]) -> Dialog:
    """The one of this kind that is open."""
    return next(each for each in page.window().findChildren(kind) if each.isVisible())


def amount(page: PaymentPage, text: str) -> None:
    page.payment.tender.amount.setText(text)
    page.payment.tender.amount.textEdited.emit(text)


def owed(office: Office, who: int) -> int:
    return office.ask(balances.of_patient, patient_id=who).patient_cents


def test_a_payment_is_split_over_three_ways(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle
) -> None:
    page.payment.pay_by(TenderKind.CASH)
    assert not page.payment.split_button.isVisibleTo(page)
    amount(page, "50")
    page.payment.tender.tendered.setText("60")
    assert page.payment.tender.change.text() == "$10.00"
    assert page.payment.split_button.isVisibleTo(page)
    page.payment.split_button.click()
    assert page.payment.tender.amount.text() == "$80.00"
    page.payment.pay_by(TenderKind.CHECK)
    amount(page, "30")
    page.payment.tender.check.setText("1042")
    page.payment.split_button.click()
    page.payment.pay_by(TenderKind.CARD)
    page.payment.tender.last4.setText("4417")
    page.payment.tender.auth.setText("081532")
    assert page.payment.record_button.text() == "Record $130.00"
    page.payment.record()
    settle()
    (row,) = file_office.ask(receipts.of_patient, patient_id=dani)
    assert (row.total_cents, row.tenders) == (13000, "cash, check, card")
    assert page.payment.receipt.give_back.text() == "Give $10.00 back."
    assert owed(file_office, dani) == 0
    assert page.payment.split.tenders == ()


def test_its_keys_are_offered_once_a_patient_is_chosen(
    page: PaymentPage, desk: Desk, dani: int, qtbot: QtBot, settle: Settle
) -> None:
    def offered(which: PaymentPage) -> set[str]:
        return {key.keys for key in which.keys_now() if key.is_offered}

    assert {"Alt+C", "Ctrl+Return"} <= offered(page)
    fresh = PaymentPage(desk)
    qtbot.addWidget(fresh)
    fresh.show()
    assert offered(fresh) == {"F12", "Esc"}
    with qtbot.waitSignal(fresh.keys_changed):
        fresh.open_with(Errand("pay", dani))
    settle()
    assert {"Alt+C", "Ctrl+Return"} <= offered(fresh)


def test_a_part_taken_out_of_a_split_is_asked_for_again(page: PaymentPage) -> None:
    page.payment.pay_by(TenderKind.CASH)
    amount(page, "50")
    page.payment.split_off()
    page.payment.split._take_out(0)
    assert page.payment.tender.amount.text() == "$130.00"


@pytest.mark.parametrize(
    ("surplus", "total", "credit", "change"),
    [(Surplus.AHEAD, 15000, 2000, ""), (Surplus.CHANGE, 13000, 0, "Give $20.00 back.")],
)
def test_too_much_is_asked_about(
    page: PaymentPage,
    dani: int,
    file_office: Office,
    settle: Settle,
    surplus: Surplus,
    total: int,
    credit: int,
    change: str,
) -> None:
    page.payment.pay_by(TenderKind.CASH)
    amount(page, "150")
    page.payment.record()
    asked = dialog(page, Overpaid)
    assert isinstance(asked, Overpaid)
    assert asked.windowTitle() == "$20.00 more than is asked for"
    asked.choose(surplus)
    asked._go_on()
    settle()
    (row,) = file_office.ask(receipts.of_patient, patient_id=dani)
    assert row.total_cents == total
    assert file_office.ask(balances.of_patient, patient_id=dani).credit_cents == credit
    assert page.payment.receipt.give_back.text() == change


def test_the_same_payment_twice_is_asked_about(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle
) -> None:
    page.payment.pay_by(TenderKind.CASH)
    for _ in range(2):
        amount(page, "65")
        page.payment.record()
        settle()
    asked = dialog(page, ReasonAsked)
    assert isinstance(asked, ReasonAsked)
    assert len(file_office.ask(receipts.of_patient, patient_id=dani)) == 1
    asked._go_on()
    settle()
    assert len(file_office.ask(receipts.of_patient, patient_id=dani)) == 2
    assert owed(file_office, dani) == 0


def test_the_mother_pays_for_the_child_too(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    mia = patient(file_office, "Mia", "Foster", guarantor=GuarantorDraft(patient_id=dani))
    charged(file_office, mia)
    page.reload()
    settle()
    (box,) = [box for box in page.payment.asked._boxes if box.text().startswith("Mia Foster: ")]
    assert (box.isChecked(), page.payment.asked.total) == (False, 13000)
    box.setChecked(True)
    page.payment.pay_by(TenderKind.CASH)
    assert page.payment.record_button.text() == "Record $260.00"
    page.payment.record()
    settle()
    assert (owed(file_office, dani), owed(file_office, mia)) == (0, 0)
    assert len(file_office.ask(receipts.of_patient, patient_id=mia)) == 1


def test_a_plan_is_agreed_shown_and_ended(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    page.payment.plan_button.click()
    asked = dialog(page, PlanDialog)
    assert isinstance(asked, PlanDialog)
    asked.count.setText("1")
    asked._agree()
    settle()
    assert asked.form.row("count").error
    asked.count.setText("3")
    assert "04/17/2026 $43.34" in asked.preview.text()
    asked._agree()
    settle()
    dialog(page, PaperDialog).reject()
    qtbot.waitUntil(lambda: page.plans.isVisibleTo(page))
    assert page.payment.chip.text() == "Nothing due"
    account = file_office.ask(accounts.account_of, patient_id=dani)
    assert account is not None
    (plan,) = file_office.ask(plans.of_account, account_id=account.id)
    assert (plan.number, plan.total_cents) == ("P-000001", 13000)
    page.plans._ask_end(plan)
    ends = dialog(page, ReasonAsked)
    assert isinstance(ends, ReasonAsked)
    ends._go_on()
    settle()
    assert page.payment.asked.due == 13000


def test_what_is_ticked_is_waived_with_a_reason(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle
) -> None:
    page.payment.waive_button.click()
    asked = dialog(page, ReasonAsked)
    assert isinstance(asked, ReasonAsked)
    assert asked.windowTitle() == "Waive $130.00?"
    asked._go_on()
    settle()
    assert owed(file_office, dani) == 0


def test_a_receipt_is_opened_voided_and_owed_again(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle
) -> None:
    page.payment.pay_by(TenderKind.CASH)
    page.payment.record()
    settle()
    (row,) = file_office.ask(receipts.of_patient, patient_id=dani)
    page.receipts._ask_void(row)
    asked = dialog(page, ReasonAsked)
    assert isinstance(asked, ReasonAsked)
    asked.words.setText("Paid another way")
    asked._go_on()
    settle()
    assert file_office.ask(receipts.of_patient, patient_id=dani)[0].is_void
    assert owed(file_office, dani) == 13000


def test_the_credit_of_the_household_is_used(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle
) -> None:
    paid(file_office, dani, 5000)
    page.reload()
    settle()
    page.payment.use_credit()
    settle()
    assert owed(file_office, dani) == 8000
    assert page.payment.asked.total == 8000


def test_a_half_entered_payment_is_parked_without_a_card_number(
    page: PaymentPage, settle: Settle, qtbot: QtBot
) -> None:
    page.payment.pay_by(TenderKind.CARD)
    page.payment.tender.last4.setText("4111 1111 1111 1111")
    page.payment.tender.auth.setText("081532")
    parked = page.park()
    assert parked is not None
    assert "4111" not in repr(parked.state)
    page.take_up(parked.state)
    settle()
    assert page.payment.tender.auth.text() == "081532"
    assert page.payment.tender.last4.text() == ""


def test_a_printed_receipt_prints_again_as_a_copy(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle
) -> None:
    taken = paid(file_office, dani, 5000)
    view = ReceiptView(page, page.desk, taken.receipt_id, dani)
    view.open()
    settle()
    assert not view.mail_button.isVisibleTo(view)
    view.view.printed.emit(1)
    settle()
    assert file_office.ask(receipts.paper, receipt_id=taken.receipt_id).is_copy
    view.reject()


def test_record_by_the_keyboard(page: PaymentPage, dani: int, file_office: Office, settle: Settle) -> None:
    page.payment.pay_by(TenderKind.CHECK)
    page.payment.tender.check.setText("1042")
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert owed(file_office, dani) == 0


def test_what_was_left_on_another_household_is_said_and_paid_only_where_it_is_ticked(
    desk: Desk, dani: int, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    aunt = patient(file_office, "Ingrid", "Osterhout")
    file_office.clock.advance(days=1)
    guarantor = GuarantorDraft(patient_id=aunt)
    file_office.do(accounts.change_guarantor, patient_id=dani, guarantor=guarantor)
    page = PaymentPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 820)
    page.show()
    page.open_with(Errand("pay", dani))
    settle()
    page.payment.receipt.prints.setChecked(False)
    words = [label.text() for label in page.payment.findChildren(EndingLabel)]
    assert "Not asked for here, left on account A-00001 of Danielle Foster:" in words
    assert page.payment.asked.ticked == ()
    assert page.payment.asked.unticked == ()
    (box,) = page.payment.asked._boxes
    box.setChecked(True)
    assert page.payment.tender.amount.value() == 13000
    assert not page.payment.waive_button.isVisible()
    assert not page.payment.plan_button.isVisible()
    page.payment.pay_by(TenderKind.CASH)
    page.payment.record()
    settle()
    assert owed(file_office, dani) == 0
    assert page.payment.asked._boxes == []
