"""The check-out: paid or with a reason, and where its buttons lead."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import lifecycle
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import check_in, check_out
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.visit.check_out_page import CheckOutPage
from frontdesk.ui.visit.reason_asked import ReasonAsked
from tests.builders.office import room
from tests.builders.registration import danielle
from tests.builders.visit import at_the_desk, covered
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> CheckOutPage:
    """Danielle Foster was seen; her copay waits for the check-out."""
    covered(file_office)
    visit = at_the_desk(file_office)
    file_office.do(check_in.finish, appointment_id=visit, reason="Pays at check-out")
    file_office.do(lifecycle.room, appointment_id=visit, room_id=room(file_office))
    file_office.do(lifecycle.with_provider, appointment_id=visit)
    file_office.do(lifecycle.check_out_start, appointment_id=visit)
    made = CheckOutPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_with(Errand("check_out", danielle(file_office), visit))
    settle()
    return made


def status(office: Office, page: CheckOutPage) -> Status:
    assert page._appointment_id is not None
    return office.ask(check_out.check_out, appointment_id=page._appointment_id).status


def check_out_by_key(page: CheckOutPage) -> None:
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def test_the_copay_is_taken_and_the_patient_leaves(
    page: CheckOutPage, file_office: Office, settle: Settle
) -> None:
    assert page.payment.tender.last4.hasFocus()
    assert not page.payment.not_today_button.isVisible()
    page.payment.tender.last4.set_value("4417")
    page.payment.tender.auth.set_value("081532")
    page.payment.receipt.prints.setChecked(False)
    page.payment.record()
    settle()
    assert page.payment.chip.text() == "Nothing due"
    check_out_by_key(page)
    settle()
    assert status(file_office, page) is Status.DONE


def test_an_unpaid_copay_is_asked_about(page: CheckOutPage, file_office: Office, settle: Settle) -> None:
    check_out_by_key(page)
    settle()
    (asked,) = page.window().findChildren(ReasonAsked)
    assert asked.accessibleDescription() == "The copay of $30.00 is not paid."
    assert status(file_office, page) is Status.CHECK_OUT
    QTest.keyClick(asked.verb, Qt.Key.Key_Space)
    settle()
    assert status(file_office, page) is Status.DONE


def test_its_buttons_lead_to_the_superbill_and_to_the_next_visit(
    page: CheckOutPage, file_office: Office
) -> None:
    gone: list[tuple[str, Errand | None]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    page.bill_button.click()
    page.book_button.click()
    page.back()
    assert page._visit is not None
    assert [name for name, _ in gone] == ["superbills", "find_slot", "check_in"]
    bill, follow_up, _ = (errand for _, errand in gone)
    assert bill is not None
    assert bill.about_id == page._visit.superbill_id
    assert follow_up == Errand("find_slot", danielle(file_office))
    assert page._superbill.text() == "The sheet is with the provider's team."
    assert page._next.text() == "None is booked."
