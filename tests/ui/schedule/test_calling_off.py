"""Canceled or missed from the day, and the new time from the unscheduled list."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import balances, missed_fees
from frontdesk.services.schedule import booking, pinboard, unscheduled, visits
from frontdesk.services.schedule.words import CancelledBy, Confirmation, Lifecycle
from frontdesk.services.visit.calling_off import Next
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.calling_off_dialog import CallingOffDialog, Fee
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.schedule.unscheduled_page import CallDialog, LetGoDialog, UnscheduledPage
from tests.builders import schedule
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]


def open_dialog(kind: type[Dialog]) -> Dialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


@pytest.fixture
def day(practice: Office, show: Show[DayPage]) -> DayPage:
    practice.do(missed_fees.set_fees, late_cancel_cents=2500, no_show_cents=5000)
    practice.made["nine"] = schedule.book(practice, at("1:00", TODAY))
    page = show(DayPage)
    page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    page.grid.choose(practice.made["nine"])
    return page


def calling_off(page: DayPage, key: Qt.Key, settle: Settle) -> CallingOffDialog:
    QTest.keyClick(page.grid, key)
    settle()
    dialog = open_dialog(CallingOffDialog)
    assert isinstance(dialog, CallingOffDialog)
    return dialog


def test_a_late_cancellation_shows_the_fee_and_charges_it(
    day: DayPage, practice: Office, settle: Settle
) -> None:
    dialog = calling_off(day, Qt.Key.Key_Delete, settle)
    assert dialog.late.text() == "Late: less than 24 hours before the visit."
    assert dialog.fee.isVisible()
    dialog.by.set_value(CancelledBy.OFFICE)
    dialog.by.chosen.emit(CancelledBy.OFFICE)
    assert not dialog.fee.isVisible()
    dialog.by.set_value(CancelledBy.PATIENT)
    dialog.by.chosen.emit(CancelledBy.PATIENT)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert practice.ask(balances.receivable) == 2500
    assert [each.appointment_id for each in practice.ask(unscheduled.entries)] == [practice.made["nine"]]


def test_a_waiver_needs_its_reason(day: DayPage, practice: Office, settle: Settle) -> None:
    dialog = calling_off(day, Qt.Key.Key_Delete, settle)
    dialog.fee.set_value(Fee.WAIVE)
    dialog.fee.chosen.emit(Fee.WAIVE)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert dialog.form.row("waive_reason").error == "Say why the fee is waived."
    QTest.keyClicks(dialog.waive_reason, "Flood")
    dialog.next.set_value(Next.PINBOARD)
    QTest.keyClick(dialog.waive_reason, Qt.Key.Key_Return)
    settle()
    assert practice.ask(balances.receivable) == 0
    assert len(practice.ask(pinboard.pins)) == 1


def test_a_missed_visit_is_marked_with_two_keys_and_rebooked_at_once(
    day: DayPage, practice: Office, settle: Settle
) -> None:
    went: list[tuple[str, object]] = []
    day.go.connect(lambda name, errand: went.append((name, errand)))
    practice.clock.advance(minutes=180)
    dialog = calling_off(day, Qt.Key.Key_N, settle)
    dialog.next.set_value(Next.REBOOK)
    QTest.keyClick(dialog.verb, Qt.Key.Key_Return)
    settle()
    visit = practice.ask(visits.visit, appointment_id=practice.made["nine"])
    assert visit.lifecycle is Lifecycle.NO_SHOW
    assert went == [("find_slot", Errand("rebook", danielle(practice), visit.id))]


@pytest.fixture
def waiting(practice: Office, show: Show[UnscheduledPage]) -> UnscheduledPage:
    visit = practice.made["nine"] = schedule.book(practice, at("1:00", TODAY))
    practice.do(
        booking.cancel,
        appointment_id=visit,
        by=CancelledBy.PATIENT,
        reason="ill",
        wants_rebooking=True,
    )
    page = show(UnscheduledPage)
    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
    return page


def test_a_call_is_recorded_from_the_list(waiting: UnscheduledPage, practice: Office, settle: Settle) -> None:
    QTest.keyClick(waiting.table, Qt.Key.Key_C)
    dialog = open_dialog(CallDialog)
    assert isinstance(dialog, CallDialog)
    dialog.outcome.set_value(Confirmation.MESSAGE_LEFT)
    QTest.keyClicks(dialog.note, "with her son")
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    settle()
    (entry,) = practice.ask(unscheduled.entries)
    assert entry.last_call is not None
    assert (entry.last_call.outcome, entry.last_call.note) == (Confirmation.MESSAGE_LEFT, "with her son")


def test_what_is_no_longer_wanted_leaves_the_list(
    waiting: UnscheduledPage, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    QTest.keyClick(waiting.table, Qt.Key.Key_X)
    dialog = open_dialog(LetGoDialog)
    assert isinstance(dialog, LetGoDialog)
    QTest.keyClicks(dialog.reason, "Moved away")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert practice.ask(unscheduled.entries) == ()
    qtbot.waitUntil(waiting.empty.isVisible)


def test_the_new_time_is_found_and_linked(
    waiting: UnscheduledPage, practice: Office, show: Show[FindSlotPage], settle: Settle
) -> None:
    went: list[tuple[str, object]] = []
    waiting.go.connect(lambda name, errand: went.append((name, errand)))
    QTest.keyClick(waiting.table, Qt.Key.Key_Return)
    ((name, errand),) = went
    assert name == "find_slot"
    page = show(FindSlotPage)
    assert isinstance(errand, Errand)
    page.open_with(errand)
    settle()
    settle()
    page.openings.pick(0)
    settle()
    page.book()
    settle()
    old = practice.ask(visits.visit, appointment_id=practice.made["nine"])
    assert old.lifecycle is Lifecycle.RESCHEDULED
    assert practice.ask(unscheduled.entries) == ()
