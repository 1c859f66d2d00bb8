"""A check that came back, entered at the ledger and at the receipt; the next check is asked about."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services.billing import asking, balances, receipts, statement_rules
from frontdesk.services.billing.payments import Tender
from frontdesk.services.billing.returned_checks import ReturnReason
from frontdesk.services.billing.statement_rules import StatementRules
from frontdesk.services.registration import accounts
from frontdesk.ui.billing.ledger_page import LedgerPage
from frontdesk.ui.billing.returned_check_dialog import PaidAfterAllDialog, ReturnedCheckDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.visit.payment_page import PaymentPage
from tests.builders.billing import charged, paid
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]
PATIENTLY = 20_000


@pytest.fixture
def dani(file_office: Office) -> int:
    """Danielle paid $80.00 of $130.00 by check, three days ago."""
    who = danielle(file_office)
    (line,) = charged(file_office, who)
    check = Tender(TenderKind.CHECK, 8000, check_number="1042", check_bank="Harbor Bank")
    paid(file_office, who, 8000, line=line, tender=check)
    file_office.do(statement_rules.set_rules, rules=StatementRules(returned_check_cents=2500))
    file_office.clock.advance(days=3)
    return who


def opened(kind: type[Dialog]) -> Dialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind))


def is_open(kind: type[Dialog]) -> bool:
    return any(isinstance(each, kind) for each in QApplication.topLevelWidgets())


def owed(office: Office, who: int) -> int:
    account = office.ask(accounts.account_of, patient_id=who)
    assert account is not None
    return office.ask(balances.of_account, account_id=account.id).patient_cents


def test_the_ledger_takes_it_back_charges_the_fee_and_takes_no_more(
    shown: Callable[[type[LedgerPage]], LedgerPage],
    dani: int,
    file_office: Office,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    page = shown(LedgerPage)
    page.open_with(Errand("ledger", patient_id=dani))
    qtbot.waitUntil(lambda: page.line_model.rowCount() > 0, timeout=PATIENTLY)
    assert page.check_button.isVisible()
    assert not page.no_checks.isVisible()
    page.return_check()
    qtbot.waitUntil(lambda: is_open(ReturnedCheckDialog), timeout=PATIENTLY)
    settle()
    dialog = opened(ReturnedCheckDialog)
    assert isinstance(dialog, ReturnedCheckDialog)
    assert dialog.check.currentText() == "1042 over $80.00, 03/17/2026, Danielle Foster"
    assert dialog.fee.isChecked()
    dialog.because.set_value(ReturnReason.CLOSED)
    dialog.no_checks.setChecked(True)
    dialog.go()
    qtbot.waitUntil(lambda: owed(file_office, dani) == 15500, timeout=PATIENTLY)
    qtbot.waitUntil(lambda: page.no_checks.isVisible(), timeout=PATIENTLY)
    assert not page.check_button.isVisible()
    page.take_checks_again()
    qtbot.waitUntil(lambda: not page.no_checks.isVisible(), timeout=PATIENTLY)
    assert file_office.ask(asking.ask_for, patient_id=dani).no_checks == ""


@pytest.fixture
def page(desk: Desk, dani: int, qtbot: QtBot, settle: Settle) -> PaymentPage:
    made = PaymentPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 820)
    made.show()
    made.open_with(Errand("pay", dani))
    settle()
    return made


def press(page: PaymentPage, name: str) -> None:
    next(each for each in page.receipts.findChildren(Button) if each.accessibleName() == name).click()


def test_the_receipt_says_that_it_came_back_and_that_it_was_paid_after_all(
    page: PaymentPage, dani: int, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    press(page, "The check of receipt R-000001 came back")
    settle()
    dialog = opened(ReturnedCheckDialog)
    assert isinstance(dialog, ReturnedCheckDialog)
    dialog.because.set_value(ReturnReason.OTHER)
    dialog.go()
    settle()
    assert dialog.form.row("note").error == "Write what the bank says."
    dialog.note.set_value("Refer to maker")
    dialog.fee.setChecked(False)
    dialog.no_checks.setChecked(True)
    dialog.go()
    qtbot.waitUntil(lambda: owed(file_office, dani) == 13000, timeout=PATIENTLY)
    settle()
    page.reload()
    settle()
    (row,) = file_office.ask(receipts.of_patient, patient_id=dani)
    assert row.returned == "Check 1042 came back"
    assert not page.payment.no_checks.isVisible()
    page.payment.pay_by(TenderKind.CHECK)
    assert page.payment.no_checks.isVisible()
    page.payment.pay_by(TenderKind.CASH)
    assert not page.payment.no_checks.isVisible()

    press(page, "The check of receipt R-000001 was paid after all")
    settle()
    after = opened(PaidAfterAllDialog)
    assert isinstance(after, PaidAfterAllDialog)
    after.reason.set_value("The bank paid it the second time")
    after.go()
    qtbot.waitUntil(lambda: owed(file_office, dani) == 5000, timeout=PATIENTLY)
    settle()
