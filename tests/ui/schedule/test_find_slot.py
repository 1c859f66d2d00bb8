"""Finding a slot: a booking by phone in few keys, the hold behind it, and every way it can fail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.schedule import holds, visits
from frontdesk.services.schedule.slot import Slot
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.shell.undo import UndoList
from tests.builders import schedule
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
MOST_KEYS = 12
"""A routine booking by phone, after the name."""


@pytest.fixture
def page(show: Show[FindSlotPage]) -> FindSlotPage:
    opened = show(FindSlotPage)
    opened.request.patient.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def press(*keys: Qt.Key) -> int:
    """To whatever has the focus, as a keyboard does."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    return len(keys)


def ask_for_danielle(page: FindSlotPage, qtbot: QtBot, settle: Settle) -> None:
    QTest.keyClicks(page.request.patient, "foster dan")
    qtbot.waitUntil(lambda: page.request.patient._found is not None)
    settle()
    press(Qt.Key.Key_Return, Qt.Key.Key_F)
    settle()


def test_a_booking_by_keys(page: FindSlotPage, practice: Office, qtbot: QtBot, settle: Settle) -> None:
    told: list[str] = []
    gone: list[tuple[str, Errand]] = []
    page.told.connect(told.append)
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    QTest.keyClicks(page.request.patient, "foster dan")
    qtbot.waitUntil(lambda: page.request.patient._found is not None)
    settle()
    used = press(Qt.Key.Key_Return)
    assert page.request.visit_type.hasFocus()
    used += press(Qt.Key.Key_F)
    settle()
    assert page.openings.openings[0].starts == at("10:45", TODAY)
    used += press(Qt.Key.Key_1)
    settle()
    focused = QApplication.focusWidget()
    assert focused is page.confirm.book
    QTest.keyClick(focused, Qt.Key.Key_Return, CTRL)
    used += 1
    settle()
    assert used <= MOST_KEYS
    booked = practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today
    assert [visit.starts for visit in booked] == [at("10:45", TODAY)]
    assert told == ["Held Tue 10:45 AM for 5 minutes", "Booked Danielle Foster, Tue 10:45 AM"]
    errand = Errand("show", danielle(practice), booked[0].id, starts=at("10:45", TODAY))
    assert gone == [("schedule", errand)]
    assert page.request.is_empty


def test_book_may_be_pressed_before_the_time_is_held(
    page: FindSlotPage, practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    ask_for_danielle(page, qtbot, settle)
    press(Qt.Key.Key_2)
    page.book()
    settle()
    settle()
    assert len(practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today) == 1


def test_what_is_missing_is_said_beside_its_field(page: FindSlotPage) -> None:
    page.book()
    assert page.request.form.row("patient_id").error == "Choose the patient."
    assert page.request.form.row("visit_type_id").error == "Choose the type of visit."


def test_nothing_picked_is_said(page: FindSlotPage, qtbot: QtBot, settle: Settle) -> None:
    ask_for_danielle(page, qtbot, settle)
    page.book()
    assert page.banner.text == "Pick an opening first: press its number."


def test_the_time_is_held_and_given_up_for_the_next(
    page: FindSlotPage, practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    ask_for_danielle(page, qtbot, settle)
    first = page.openings.openings[0]
    press(Qt.Key.Key_1)
    settle()
    assert page.holding.hold_id is not None
    assert page.confirm._held.text() == "Held for you until 10:47"
    press(Qt.Key.Key_2)
    settle()
    walter = schedule.walter(practice)
    kind = schedule.visit_type(practice)
    practice.do(holds.hold, patient_id=walter, slot=first.slot, visit_type_id=kind)


def test_a_time_that_went_in_the_meantime_is_said_and_searched_anew(
    page: FindSlotPage, practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    ask_for_danielle(page, qtbot, settle)
    picked = page.openings.openings[0]
    page.desk.changed.disconnect(page._heard)  # as if the notice were still on its way
    practice.do(
        holds.hold,
        patient_id=schedule.walter(practice),
        slot=picked.slot,
        visit_type_id=schedule.visit_type(practice),
    )
    press(Qt.Key.Key_1)
    settle()
    settle()
    assert "10:45" in page.banner.text
    assert picked.starts not in [
        each.starts for each in page.openings.openings if each.slot.provider_id == picked.slot.provider_id
    ]


def test_a_hold_that_is_undone_is_no_longer_shown(
    page: FindSlotPage, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    undo = UndoList(desk, page)
    ask_for_danielle(page, qtbot, settle)
    press(Qt.Key.Key_1)
    settle()
    undo.undo()
    settle()
    assert page.holding.hold_id is None
    assert page.confirm._held.text().startswith("No longer held.")


def test_a_hold_ends_by_the_clock(page: FindSlotPage, clock: SetClock, qtbot: QtBot, settle: Settle) -> None:
    ask_for_danielle(page, qtbot, settle)
    press(Qt.Key.Key_1)
    settle()
    clock.set(clock.now() + timedelta(minutes=6))
    page._tick()
    assert page.confirm._held.text().startswith("No longer held.")


def test_leaving_gives_the_time_up_and_parking_keeps_it(
    page: FindSlotPage, qtbot: QtBot, settle: Settle
) -> None:
    ask_for_danielle(page, qtbot, settle)
    page.openings.pick(0)
    settle()
    hold_id = page.holding.hold_id
    work = page.park()
    assert work is not None
    assert work.title == "Booking: Danielle Foster"
    assert page.request.is_empty
    page.hide()
    settle()
    page.show()
    page.take_up(work.state)
    settle()
    assert page.holding.hold_id == hold_id
    assert page.request.caller is not None
    assert page.confirm._held.text() == "Held for you until 10:47"
    page.hide()
    settle()
    assert page.holding.hold_id is None


def test_hold_only_leaves_and_the_day_goes_on_with_it(
    page: FindSlotPage, show: Show[DayPage], practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    told: list[str] = []
    gone: list[tuple[str, Errand]] = []
    page.told.connect(told.append)
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    ask_for_danielle(page, qtbot, settle)
    assert not page.confirm.hold.isEnabled()
    picked = page.openings.openings[0]
    press(Qt.Key.Key_1)
    settle()
    page.confirm.hold.click()
    assert told[-1] == "Tue 10:45 AM is held until 10:47"
    assert gone == [("schedule", Errand("show", starts=at("10:45", TODAY)))]
    assert page.request.is_empty
    page.hide()
    settle()

    day = show(DayPage)
    day.go.connect(lambda name, errand: gone.append((name, errand)))
    (held,) = [hold for column in day.grid.columns for hold in column.holds]
    assert (held.starts, held.until, held.is_own) == (at("10:45", TODAY), at("10:47", TODAY), True)
    day.grid.slot_opened.emit(Slot(picked.slot.provider_id, at("10:45", TODAY)))
    page.show()
    page.open_with(gone[-1][1])
    settle()
    settle()
    assert page.request.caller is not None
    assert page.holding.hold_id == held.id
    assert page.confirm._held.text() == "Held for you until 10:47"
    page.book()
    settle()
    booked = practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today
    assert [visit.starts for visit in booked] == [at("10:45", TODAY)]


def test_a_time_that_was_pointed_at_is_held_at_once(
    page: FindSlotPage, practice: Office, settle: Settle
) -> None:
    lee = schedule.doctor(practice)
    page.open_with(Errand("book", danielle(practice), provider_id=lee, starts=at("3:00", TODAY)))
    settle()
    assert page.request.visit_type.hasFocus()
    press(Qt.Key.Key_F)
    settle()
    settle()
    assert page._picked is not None
    assert page._picked.slot == Slot(lee, at("3:00", TODAY), 15)
    assert page.holding.hold_id is not None
    page.book()
    settle()
    booked = practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today
    assert [visit.starts for visit in booked] == [at("3:00", TODAY)]


def test_what_a_reason_lets_pass_warns_and_asks(page: FindSlotPage, practice: Office, settle: Settle) -> None:
    lee = schedule.doctor(practice)
    page.open_with(Errand("book", danielle(practice), provider_id=lee, starts=at("12:15", TODAY)))
    settle()
    press(Qt.Key.Key_F)
    settle()
    settle()
    assert page.confirm.warning.text.startswith("Dr. Lee sees patients from")
    page.book()
    settle()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible())
    reason = dialog.findChild(TextEdit)
    assert isinstance(reason, TextEdit)
    QTest.keyClicks(reason, "Works over lunch")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    settle()
    booked = practice.ask(visits.visits_of_patient, patient_id=danielle(practice)).today
    assert [visit.starts for visit in booked] == [at("12:15", TODAY)]


def test_the_patients_times_narrow_the_openings(page: FindSlotPage, qtbot: QtBot, settle: Settle) -> None:
    ask_for_danielle(page, qtbot, settle)
    page.request.times.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    settle()
    assert page.request.times.ticked == {(0, 2)}
    assert {each.starts.weekday() for each in page.openings.openings} == {2}
    assert all(each.ends.hour <= 12 for each in page.openings.openings)


def test_why_nothing_fits_is_said(page: FindSlotPage, practice: Office, qtbot: QtBot, settle: Settle) -> None:
    schedule.visit_type(practice, "Surgery", 700)
    settle()
    page.open_with(Errand("book", danielle(practice)))
    settle()
    press(Qt.Key.Key_S)
    settle()
    assert page.openings.openings == ()
    assert "700 free minutes" in page.openings.nothing._text.text()


def test_escape_goes_back_to_the_day(page: FindSlotPage, qtbot: QtBot, settle: Settle) -> None:
    gone: list[str] = []
    page.go.connect(lambda name, _: gone.append(name))
    ask_for_danielle(page, qtbot, settle)
    press(Qt.Key.Key_Escape)
    assert gone == ["schedule"]
    assert page.request.is_empty


def test_escape_closes_the_list_of_patients_first(page: FindSlotPage, qtbot: QtBot, settle: Settle) -> None:
    gone: list[str] = []
    page.go.connect(lambda name, _: gone.append(name))
    QTest.keyClicks(page.request.patient, "foster")
    qtbot.waitUntil(lambda: page.request.patient._found is not None)
    settle()
    press(Qt.Key.Key_Escape)
    assert gone == []
    press(Qt.Key.Key_Escape)
    assert gone == ["schedule"]


def test_only_the_newest_search_is_shown(page: FindSlotPage, qtbot: QtBot, settle: Settle) -> None:
    ask_for_danielle(page, qtbot, settle)
    page.request.times.show_ticked({(0, 2)})
    page.request.changed.emit()
    page.request.times.show_ticked({(2, 4)})
    page.request.changed.emit()
    settle()
    assert {each.starts.weekday() for each in page.openings.openings} == {4}
