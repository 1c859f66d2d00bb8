"""The request queue and the recall list as pages: keys, outcomes, and the way to a booking."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import lifecycle, recall, request_queue, visit_requests, waitlist
from frontdesk.services.schedule.recall import RecallOutcome
from frontdesk.services.schedule.visit_requests import RequestChannel, RequestDraft, RequestState
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.schedule.recall_page import RecallPage
from frontdesk.ui.schedule.request_dialog import RequestDialog
from frontdesk.ui.schedule.requests_page import RequestsPage
from frontdesk.ui.schedule.waitlist_dialog import WaitlistDialog
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at, book, visit_type, walter
from tests.office import Office
from tests.ui.schedule.conftest import Show


def taken(office: Office, urgency: Urgency = Urgency.TODAY) -> int:
    draft = RequestDraft(
        RequestChannel.PHONE, "Knee pain", walter(office), visit_type_id=visit_type(office), urgency=urgency
    )
    return office.do(visit_requests.take_down, draft=draft)


def front() -> QDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def test_one_is_taken_on_and_declined_by_its_keys(
    practice: Office, show: Show[RequestsPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    taken(practice)
    page = show(RequestsPage)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_K)
    settle()
    qtbot.waitUntil(lambda: [each.state for each in page.model.rows()] == [RequestState.WORKING])
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_D)
    QTest.keyClick(front(), Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: page.model.rows() == [])
    page.closed.setChecked(True)
    settle()
    qtbot.waitUntil(lambda: [each.state for each in page.model.rows()] == [RequestState.DECLINED])


def test_one_is_written_down(
    practice: Office, show: Show[RequestsPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = show(RequestsPage)
    page.write_down()
    settle()
    form = front()
    assert isinstance(form, RequestDialog)
    form.caller.set_value("Neil Grant")
    form.phone.set_value("5035550126")
    form.save.click()
    settle()
    qtbot.waitUntil(lambda: form.form.row("reason").error == "Write down what is asked for.")
    form.reason.set_value("Knee pain")
    form.save.click()
    settle()
    qtbot.waitUntil(lambda: [each.name for each in page.model.rows()] == ["Neil Grant"])


def test_a_request_is_searched_and_booked(
    practice: Office, show: Show[FindSlotPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    request = taken(practice)
    page = show(FindSlotPage)
    page.open_with(Errand("book_request", walter(practice), about_id=request))
    settle()
    qtbot.waitUntil(lambda: bool(page.openings.openings))
    assert page.request.wish().urgency is Urgency.TODAY
    page.openings.pick(0)
    settle()
    page.book()
    settle()
    settle()
    qtbot.waitUntil(lambda: practice.ask(request_queue.requests) == ())
    (closed,) = practice.ask(request_queue.requests, with_closed=True)
    assert closed.state is RequestState.BOOKED


def test_whoever_would_rather_wait_is_put_on_the_waitlist(
    practice: Office, show: Show[FindSlotPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = show(FindSlotPage)
    page.open_with(Errand("book_recall", walter(practice), about_id=visit_type(practice)))
    settle()
    qtbot.waitUntil(lambda: bool(page.openings.openings))
    page.openings.wait.click()
    settle()
    form = front()
    assert isinstance(form, WaitlistDialog)
    qtbot.waitUntil(lambda: form.draft() is not None)
    form.save.click()
    settle()
    qtbot.waitUntil(lambda: len(practice.ask(waitlist.entries)) == 1)


@pytest.fixture
def due(practice: Office) -> Office:
    """Danielle was seen a year ago."""
    practice.do(recall.add_rule, visit_type_id=visit_type(practice), months=12)
    visit = book(practice, at("10:45", TODAY), patient_id=danielle(practice))
    practice.do(lifecycle.arrive, appointment_id=visit)
    practice.do(lifecycle.complete, appointment_id=visit)
    practice.clock.advance(minutes=365 * 24 * 60)
    return practice


def test_an_outcome_is_one_key_and_not_now_asks_until_when(
    due: Office, show: Show[RecallPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = show(RecallPage)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_M)
    settle()
    qtbot.waitUntil(
        lambda: [each.outcome for each in page.model.rows()[0].contacts] == [RecallOutcome.MESSAGE_LEFT]
    )
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_N)
    dialog = front()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    until = QApplication.focusWidget()
    assert until is not None
    QTest.keyClicks(until, "04/30/2027")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: page.model.rows() == [])
    page.waiting.setChecked(True)
    settle()
    qtbot.waitUntil(lambda: len(page.model.rows()) == 1)


def test_booking_from_the_list_goes_to_find_a_slot(due: Office, show: Show[RecallPage], qtbot: QtBot) -> None:
    page = show(RecallPage)
    with qtbot.waitSignal(page.go) as went:
        page.find_slot()
    assert went.args == [
        "find_slot",
        Errand("book_recall", danielle(due), about_id=visit_type(due)),
    ]
