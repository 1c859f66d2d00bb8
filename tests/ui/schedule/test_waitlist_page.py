"""The waitlist's page: rows, detail, offers with the time they have left, chains."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.services.schedule import booking, waitlist, waitlist_entries
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.kit.row_list import ITEM_ROLE
from frontdesk.ui.schedule.offer_dialog import OfferDialog
from frontdesk.ui.schedule.waitlist_dialog import WaitlistDialog
from frontdesk.ui.schedule.waitlist_page import WaitlistPage
from tests.builders.registration import patient
from tests.builders.schedule import TODAY, at, book, doctor, walter
from tests.builders.waitlist import offered, waits
from tests.office import Office
from tests.ui.schedule.conftest import Show


def said(page: WaitlistPage) -> list[str]:
    return [page.model.index(row).data(ITEM_ROLE).says() for row in range(page.model.rowCount())]


def front() -> OfferDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, OfferDialog)
    return found


def a_hole_and_a_chain(office: Office) -> None:
    """Today at 2:00 is canceled; Walter would move up from tomorrow at 9, Ann has no visit."""
    lee = doctor(office)
    gone = book(office, at("2:00", TODAY))
    own = book(office, "9:00", patient_id=walter(office))
    waits(office, patient_id=walter(office), appointment_id=own, provider_ids=(lee,), reason="Knee")
    waits(office, patient_id=patient(office, "Ann", "Grant"), provider_ids=(lee,), reason="Refill")
    office.do(booking.cancel, appointment_id=gone, by=CancelledBy.PATIENT)


def test_free_times_come_before_those_who_wait(practice: Office, show: Show[WaitlistPage]) -> None:
    a_hole_and_a_chain(practice)
    page = show(WaitlistPage)
    assert said(page) == [
        "Times that came free",
        "Lee 2:00, 15 min, 2 fit: Harris, Walter, canceled",
        "2 people wait",
        "Harris, Walter, Knee, Dr. Lee, any day, Fits Lee 10:45, open, Routine",
        "Grant, Ann, Refill, Dr. Lee, any day, Fits Lee 10:45, open, Routine",
    ]


def test_a_chain_is_called_through_step_by_step(
    practice: Office, show: Show[WaitlistPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    a_hole_and_a_chain(practice)
    page = show(WaitlistPage)
    page.list.choose(("hole", (doctor(practice), at("2:00", TODAY))))
    settle()
    assert page.hole.says.text() == "2 calls, 30 min filled, 1 day gained"

    page.hole.begin()
    settle()
    qtbot.waitUntil(lambda: front().chain.text() == "After a yes, keep Wed 9:00 AM for Ann Grant")
    qtbot.waitUntil(lambda: front().yes.text() == "Move to 2:00")
    front().yes.click()
    settle()
    qtbot.waitUntil(lambda: front().windowTitle() == "Call Ann Grant")
    qtbot.waitUntil(lambda: front().yes.text() == "Book 9:00")
    front().yes.click()
    settle()
    qtbot.waitUntil(lambda: practice.ask(waitlist.entries) == ())
    qtbot.waitUntil(lambda: page.offers.model.rowCount() == 2)


def test_an_offer_runs_out_before_the_eyes_without_a_question(
    practice: Office, show: Show[WaitlistPage], settle: Callable[[], None]
) -> None:
    offered(practice, waits(practice))
    page = show(WaitlistPage)
    item = page.offers.model.index(0).data(ITEM_ROLE)
    assert item.chip == "15 min left"
    practice.clock.advance(minutes=13)
    page.offers.tick()
    item = page.offers.model.index(0).data(ITEM_ROLE)
    assert (item.chip, item.chip_tone) == ("2 min left", "warn")
    practice.clock.advance(minutes=2)
    assert page.offers.model.index(0).data(ITEM_ROLE).chip == "Ran out"


def test_the_keys_change_and_take_off(
    practice: Office, show: Show[WaitlistPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    entry = waits(practice, urgency=Urgency.THIS_WEEK)
    page = show(WaitlistPage)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_E)
    settle()
    form = QApplication.activeModalWidget()
    assert isinstance(form, WaitlistDialog)
    qtbot.waitUntil(lambda: form.draft() is not None)
    form.reject()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_W)
    settle()
    asked = QApplication.activeModalWidget()
    assert asked is not None
    QTest.keyClick(asked, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    practice.do(waitlist_entries.put_back, entry_id=entry)
