"""The waitlist beside the day: who waits, and an offer from it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.database import Database
from frontdesk.services.schedule import booking, waitlist_entries, waitlist_offers
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import CancelledBy, Urgency
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.row_list import ITEM_ROLE
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.offer_dialog import OfferDialog
from frontdesk.ui.schedule.waitlist_dialog import WaitlistDialog, read_windows, windows_of
from frontdesk.ui.theme import theme
from tests.builders.schedule import TODAY, at, book, doctor, visit_type, walter
from tests.builders.waitlist import waits
from tests.office import DANA, KEY, Office
from tests.twin import file_of
from tests.ui.schedule.conftest import Show


def lines(page: DayPage) -> list[str]:
    model = page.waitlist.model
    return [model.index(row).data(ITEM_ROLE).says() for row in range(model.rowCount())]


def dialog(kind: type[OfferDialog] | type[WaitlistDialog]) -> OfferDialog | WaitlistDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_the_column_counts_and_says_where_each_fits(practice: Office, show: Show[DayPage]) -> None:
    waits(practice, reason="Back spasm", urgency=Urgency.TODAY)
    waits(practice, patient_id=walter(practice), reason="Refill")
    page = show(DayPage)
    assert lines(page) == [
        "Foster, Danielle, Back spasm, any provider, Fits Lee 10:45, open, Today",
        "Harris, Walter, Refill, any provider, Fits Lee 10:45, open, Routine",
    ]
    assert page.waitlist.count.accessibleName() == "2"
    assert page.waitlist.urgent.text() == "1 urgent"


def test_enter_keeps_the_time_and_a_yes_books_it(
    practice: Office, show: Show[DayPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    waits(practice, reason="Back spasm", urgency=Urgency.TODAY)
    page = show(DayPage)
    page.waitlist.list.setFocus()
    page.waitlist.list.choose(page.waitlist.model.rows()[0].id)
    QTest.keyClick(page.waitlist.list, Qt.Key.Key_Return)
    settle()
    offer = dialog(OfferDialog)
    assert isinstance(offer, OfferDialog)
    qtbot.waitUntil(lambda: offer.say.text.startswith("“A time has come free with Dr. Lee, today at 10:45"))
    assert offer.yes.text() == "Book 10:45"

    offer.yes.click()
    settle()
    qtbot.waitUntil(lambda: page.waitlist.model.rowCount() == 0)
    assert not page.waitlist.nobody.isHidden()


def test_a_click_on_the_fit_opens_the_offer_and_later_leaves_it_kept(
    practice: Office, show: Show[DayPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    waits(practice, reason="Back spasm")
    page = show(DayPage)
    rows = page.waitlist.list
    rect = rows.visualRect(page.waitlist.model.index(0))
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(40, theme().px(52))
    )
    settle()
    offer = dialog(OfferDialog)
    assert isinstance(offer, OfferDialog)
    qtbot.waitUntil(lambda: bool(offer.say.text))
    QTest.keyClick(offer, Qt.Key.Key_Escape)
    settle()
    qtbot.waitUntil(lambda: "Offered Lee 10:45, until 10:57" in lines(page)[0])


def test_the_other_desks_offer_shows_here_and_is_named_when_it_is_in_the_way(
    practice: Office,
    show: Show[DayPage],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    entry = waits(practice, reason="Back spasm")
    second = waits(practice, patient_id=walter(practice))
    page = show(DayPage)
    slot = Slot(doctor(practice), at("10:45", TODAY))
    page.waitlist.list.choose(second)
    line = page.waitlist.list.current()
    other = Database.open_file(file_of(practice.database), KEY, station="Front desk 1", clock=practice.clock)
    other.do(DANA, waitlist_offers.offer, entry_id=entry, slot=slot)
    other.close()
    page.waitlist.offer(line)
    settle()
    offer = dialog(OfferDialog)
    qtbot.waitUntil(lambda: offer.banner.text.startswith("Dana Brooks holds Dr. Lee from 10:45 to 11:00."))
    offer.reject()
    page.waitlist.reload()
    settle()
    assert "Offered Lee 10:45, until 10:57" in lines(page)[0]


def test_somebody_is_added_by_keyboard(
    practice: Office, show: Show[DayPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = show(DayPage)
    page.waitlist.add_somebody()
    settle()
    form = dialog(WaitlistDialog)
    assert isinstance(form, WaitlistDialog)
    QTest.keyClick(form, Qt.Key.Key_Return)
    assert form.form.row("patient_id").error == "Choose the patient."
    QTest.keyClicks(form.patient, "harris")
    qtbot.waitUntil(lambda: bool(form.patient.listed))
    QTest.keyClick(form.patient, Qt.Key.Key_Return)
    form.visit_type.set_value(visit_type(practice))
    QTest.keyClicks(form.reason, "Back spasm")
    form.save.click()
    settle()
    qtbot.waitUntil(lambda: page.waitlist.model.rowCount() == 1)
    assert page.waitlist.model.rows()[0].reason == "Back spasm"


def test_a_wish_is_read_back_into_the_form(
    practice: Office, show: Show[DayPage], settle: Callable[[], None], desk: object, qtbot: QtBot
) -> None:
    times = windows_of(frozenset({(0, 1), (2, 3)}), None, None)
    entry = waits(practice, windows=times, notice_minutes=45, provider_ids=(doctor(practice),))
    page = show(DayPage)
    form = WaitlistDialog(page, page.desk, print, entry_id=entry)
    form.open()
    settle()
    settle()
    qtbot.waitUntil(lambda: form.provider.value() == doctor(practice))
    known = practice.ask(waitlist_entries.entry, entry_id=entry)
    assert form.draft() == known.draft
    form.reject()


def test_windows_survive_the_form() -> None:
    for cells, after, before in (
        (frozenset({(0, 0), (2, 4)}), None, None),
        (frozenset(), at("11:30").time(), None),
        (frozenset(), None, at("2:00").time()),
    ):
        windows = windows_of(cells, after, before)
        assert windows_of(*read_windows(windows)) == windows


def test_a_time_that_comes_free_is_said_with_who_fits_it(
    practice: Office, show: Show[DayPage], settle: Callable[[], None], qtbot: QtBot
) -> None:
    waits(practice, patient_id=walter(practice), reason="Refill")
    visit = book(practice, at("2:00", TODAY))
    page = show(DayPage)
    assert page.waitlist.freed.isHidden()

    practice.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    settle()
    said = "1 person on the waitlist fits Lee 2:00, 15 min, first Harris, Walter."
    qtbot.waitUntil(lambda: page.waitlist.freed.text == said)
    with qtbot.waitSignal(page.go) as went:
        page.waitlist.offer_freed()
    assert went.args == [
        "waitlist",
        Errand("hole", provider_id=doctor(practice), starts=at("2:00", TODAY)),
    ]
    book(practice, at("2:00", TODAY), provider_id=doctor(practice))
    settle()
    qtbot.waitUntil(page.waitlist.freed.isHidden)
