"""A household's ledger on the screen: charges and credits, and what the office does with them."""

from collections.abc import Callable

import shiboken6
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import balances, household_ledger
from frontdesk.services.billing.charges import Party
from frontdesk.services.registration import accounts
from frontdesk.ui.billing.frame import ReasonDialog
from frontdesk.ui.billing.ledger_dialogs import (
    CorrectDialog,
    FeeDialog,
    MoveDialog,
    TransferDialog,
    UseCreditDialog,
    WriteOffLineDialog,
)
from frontdesk.ui.billing.ledger_page import LedgerPage
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import PAGE_BEFORE, Errand
from tests.builders.billing import charged, paid
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[LedgerPage]], LedgerPage]
PATIENTLY = 20_000


def household(office: Office, patient_id: int) -> int:
    found = office.ask(accounts.account_of, patient_id=patient_id)
    assert found is not None
    return found.id


def opened(kind: type[Dialog]) -> Dialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind))


class Desk:
    """The page opened for a patient, and what is left on the household."""

    def __init__(self, shown: Show, office: Office, settle: Settle, qtbot: QtBot, patient_id: int) -> None:
        self.office, self.settle, self.qtbot = office, settle, qtbot
        self.account = household(office, patient_id)
        self.page = shown(LedgerPage)
        self.page.open_with(Errand("ledger", patient_id=patient_id))
        self.until(lambda: self.page.line_model.rowCount() > 0)

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=PATIENTLY)

    def confirm(self, dialog: Dialog) -> None:
        """The primary verb; the page shows what came of it."""
        assert isinstance(
            dialog,
            FeeDialog
            | WriteOffLineDialog
            | TransferDialog
            | CorrectDialog
            | UseCreditDialog
            | MoveDialog
            | ReasonDialog,
        )
        dialog._go() if isinstance(dialog, ReasonDialog) else dialog.go()
        self.until(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
        self.settle()

    def left(self) -> tuple[int, int, int]:
        found = self.office.ask(balances.of_account, account_id=self.account)
        return found.payer_cents, found.patient_cents, found.credit_cents


def test_a_self_pay_charge_is_lowered_written_off_paid_by_credit_and_voided(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    charged(file_office, dani)
    paid(file_office, dani, 5000)
    desk = Desk(shown, file_office, settle, qtbot, dani)
    page = desk.page
    QAbstractItemModelTester(page.lines.model())
    assert page._sums.text() == ("Insurers owe $0.00. Patients owe $130.00. Credit $50.00. Together $80.00.")
    assert not page.side.buttons["transfer"].isVisible()

    page.correct()
    dialog = opened(CorrectDialog)
    assert isinstance(dialog, CorrectDialog)
    dialog.amount.set_value(-1000)
    dialog.reason.set_value("Other price")
    desk.confirm(dialog)
    assert desk.left() == (0, 12000, 5000)

    desk.until(lambda: page.line_model.rows()[0].line.patient_cents == 12000)
    page.write_off()
    dialog = opened(WriteOffLineDialog)
    assert isinstance(dialog, WriteOffLineDialog)
    assert dialog.amount.value() == 12000
    dialog.amount.set_value(2000)
    dialog.reason.set_value("Hardship")
    desk.confirm(dialog)
    assert desk.left() == (0, 10000, 5000)

    desk.until(lambda: page.line_model.rows()[0].line.patient_cents == 10000)
    page.use_credit()
    dialog = opened(UseCreditDialog)
    assert isinstance(dialog, UseCreditDialog)
    assert dialog.amount.value() == 5000
    desk.confirm(dialog)
    assert desk.left() == (0, 5000, 0)

    desk.until(lambda: page.line_model.rows()[0].line.patient_cents == 5000)
    page.void()
    dialog = opened(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.set_value("Charged in error")
    desk.confirm(dialog)
    assert desk.left() == (0, 0, 5000)
    desk.until(lambda: page.line_model.rows()[0].line.is_void)
    assert not any(button.isVisible() for button in page.side.buttons.values())


def test_what_the_insurer_owes_is_moved_to_the_patient(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    coverage(file_office, dani)
    charged(file_office, dani)
    desk = Desk(shown, file_office, settle, qtbot, dani)
    desk.page.transfer()
    dialog = opened(TransferDialog)
    assert isinstance(dialog, TransferDialog)
    assert (dialog.to.value(), dialog.amount.value()) == (Party.PATIENT, 13000)
    dialog.amount.set_value(3000)
    dialog.reason.set_value("Deductible")
    desk.confirm(dialog)
    assert desk.left() == (10000, 3000, 0)


def test_a_refusal_stands_in_the_dialog(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    charged(file_office, dani)
    desk = Desk(shown, file_office, settle, qtbot, dani)
    desk.page.write_off()
    dialog = opened(WriteOffLineDialog)
    assert isinstance(dialog, WriteOffLineDialog)
    dialog.amount.set_value(13001)
    dialog.go()
    desk.until(lambda: bool(dialog.form.row("amount_cents").error))
    assert dialog.form.row("amount_cents").error == "The patient owes only $130.00 here."
    assert dialog.form.row("reason").error == "Give the reason."
    dialog.reject()


def test_a_fee_is_added_for_one_of_the_household(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    charged(file_office, dani)
    desk = Desk(shown, file_office, settle, qtbot, dani)
    desk.page.add_fee()
    dialog = opened(FeeDialog)
    assert isinstance(dialog, FeeDialog)
    dialog.label.set_value("Returned check")
    dialog.amount.set_value(3500)
    desk.confirm(dialog)
    assert desk.left() == (0, 16500, 0)


def test_a_debt_goes_to_another_household_and_comes_back(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    walter = patient(file_office, "Walter", "Vinterberg")
    charged(file_office, dani)
    desk = Desk(shown, file_office, settle, qtbot, dani)
    page = desk.page
    page.move_elsewhere()
    dialog = opened(MoveDialog)
    assert isinstance(dialog, MoveDialog)
    dialog.reason.set_value("He pays for her")
    dialog.go()
    assert dialog.form.row("to_account_id").error == "Choose a patient of the other household."
    dialog.propose(file_office.ask(household_ledger.household_of, patient_id=walter))
    desk.confirm(dialog)
    assert desk.left() == (0, 0, 0)
    desk.until(lambda: "Walter Vinterberg" in page.elsewhere.text)
    assert page.elsewhere.text == (
        "$130.00 for this patient is owed on account A-00002 of Walter Vinterberg."
    )
    page.turn_to_other()
    desk.until(lambda: page._sums.text().startswith("Insurers owe $0.00. Patients owe $130.00."))
    assert page.line_model.rows()[0].came_from == "A-00001"
    page.move_back()
    dialog = opened(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.set_value("He does not")
    desk.confirm(dialog)
    assert desk.left() == (0, 13000, 0)


def test_a_credit_goes_to_another_household(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    walter = patient(file_office, "Walter", "Vinterberg")
    charged(file_office, dani)
    paid(file_office, dani, 5000)
    desk = Desk(shown, file_office, settle, qtbot, dani)
    desk.page.credits.choose_first()
    settle()
    assert [verb for verb, button in desk.page.side.buttons.items() if button.isVisible()] == ["move"]
    desk.page.move_elsewhere()
    dialog = opened(MoveDialog)
    assert isinstance(dialog, MoveDialog)
    dialog.propose(file_office.ask(household_ledger.household_of, patient_id=walter))
    dialog.reason.set_value("It was his money")
    desk.confirm(dialog)
    assert desk.left() == (0, 13000, 0)


def test_a_household_by_its_number_and_back_to_where_one_was(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    charged(file_office, dani)
    page = shown(LedgerPage)
    page.open_with(Errand("ledger", about_id=household(file_office, dani)))
    qtbot.waitUntil(lambda: page.line_model.rowCount() == 1, timeout=PATIENTLY)
    assert page._name.text() == "A-00001, Danielle Foster"
    went: list[str] = []
    page.go.connect(lambda name, _: went.append(name))
    page.back()
    assert went == [PAGE_BEFORE]


def test_the_keys_reach_the_ledger_as_soon_as_it_is_shown(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(file_office)
    charged(file_office, dani)
    page = shown(LedgerPage)
    page.activateWindow()
    home = page.home()
    assert home is not None
    home.setFocus()
    page.open_with(Errand("ledger", dani))
    qtbot.waitUntil(page.lines.hasFocus, timeout=PATIENTLY)
    settle()
    assert page.side.chosen == page.lines.current()
    assert not page.side.buttons["back"].isVisible(), "nothing was moved"
