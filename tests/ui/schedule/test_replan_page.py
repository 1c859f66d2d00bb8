"""Provider out on the screen: noted, re-planned by keys, told, and taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import absences, affected, booking, lifecycle, visits
from frontdesk.services.schedule.affected import State
from frontdesk.services.schedule.words import CancelledBy, Urgency
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.out_dialog import OutDialog
from frontdesk.ui.schedule.replan_page import ReplanPage
from frontdesk.ui.schedule.wish_dialog import WishDialog
from tests.builders.registration import danielle, patient
from tests.builders.reminders import sends
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, walter
from tests.office import Office
from tests.services.schedule.test_absences import out
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def absence(practice: Office) -> int:
    """Dr. Lee is out from 10:40; Danielle is at 2:00, Walter at 3:00, Ada is here since 10:42."""
    book(practice, at("2:00", TODAY))
    book(practice, at("3:00", TODAY), patient_id=walter(practice))
    here = book(practice, at("11:00", TODAY), patient_id=patient(practice, "Ada", "Young"))
    practice.do(lifecycle.arrive, appointment_id=here)
    return out(practice)


@pytest.fixture
def page(show: Show[ReplanPage], absence: int, settle: Settle) -> ReplanPage:
    assert absence
    opened = show(ReplanPage)
    wait(settle)
    opened.table.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def wait(settle: Settle) -> None:
    """An answer asks for the next one, and a change for all of them."""
    for _ in range(4):
        settle()
        QApplication.processEvents()


@contextmanager
def unheard(page: ReplanPage) -> Iterator[None]:
    """What another desk does is not heard before this one has acted."""
    page.desk.changed.disconnect(page._heard)
    try:
        yield
    finally:
        page.desk.changed.connect(page._heard)


def rows(page: ReplanPage) -> list[tuple[str, State]]:
    return [(line.visit.spoken, line.visit.state) for line in page.acts.lines]


def choose(page: ReplanPage, name: str) -> None:
    line = next(line for line in page.acts.lines if line.visit.spoken == name)
    assert page.table.choose(line.visit.id)


def press(widget: QWidget, key: Qt.Key, settle: Settle, *, ctrl: bool = False) -> None:
    QTest.keyClick(widget, key, CTRL if ctrl else Qt.KeyboardModifier.NoModifier)
    wait(settle)


def test_who_is_here_stands_first_and_everybody_has_an_offer(page: ReplanPage) -> None:
    assert rows(page) == [
        ("Ada Young", State.HERE),
        ("Danielle Foster", State.TO_REPLAN),
        ("Walter Harris", State.TO_REPLAN),
    ]
    assert all(line.opening is not None for line in page.acts.lines)
    assert page.head.all_button.text() == "Move 2 patients"
    assert page.which.currentText() == "Dr. Lee, Tue 10:40 – 5:00 PM"
    QAbstractItemModelTester(page.table.model())


def test_all_are_moved_by_one_key(page: ReplanPage, practice: Office, absence: int, settle: Settle) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    press(page.table, Qt.Key.Key_Return, settle, ctrl=True)
    assert told == ["Moved 2 patients to new times"]
    found = practice.ask(affected.affected, absence_id=absence)
    assert [visit.state for visit in found.visits] == [State.HERE, State.MOVED, State.MOVED]
    assert {visit.provider for visit in found.visits[1:]} == {"Dr. Okafor"}
    current = page.table.current()
    assert current is not None
    assert current.visit.spoken == "Danielle Foster"


def test_one_is_moved_told_and_the_next_is_up(
    page: ReplanPage, practice: Office, absence: int, settle: Settle
) -> None:
    press(page.table, Qt.Key.Key_Return, settle, ctrl=True)
    press(page.table, Qt.Key.Key_T, settle)
    current = page.table.current()
    assert current is not None
    assert current.visit.spoken == "Walter Harris"
    press(page.table, Qt.Key.Key_M, settle)
    found = practice.ask(affected.affected, absence_id=absence)
    assert {visit.spoken: visit.state for visit in found.visits} == {
        "Ada Young": State.HERE,
        "Danielle Foster": State.TOLD,
        "Walter Harris": State.MESSAGE_LEFT,
    }
    told = next(visit.told for visit in found.visits if visit.state is State.TOLD)
    assert told is not None
    assert told.said == (
        "Dr. Lee is out and cannot see you today. Your visit is now today at 2:00 PM with Dr. Okafor."
    )


def test_who_is_here_is_handed_over(page: ReplanPage, practice: Office, settle: Settle) -> None:
    choose(page, "Ada Young")
    assert page.panel.move_button.text() == "Hand over to Dr. Okafor, 11:00 AM"
    press(page.table, Qt.Key.Key_Return, settle)
    assert rows(page)[-1] == ("Ada Young", State.TOLD)
    seen = next(line.visit for line in page.acts.lines if line.visit.spoken == "Ada Young")
    assert practice.ask(visits.visit, appointment_id=seen.id).provider == "Dr. Okafor"


def test_another_time_is_offered_by_its_number_and_the_rest_makes_room(
    page: ReplanPage, settle: Settle
) -> None:
    choose(page, "Danielle Foster")
    wait(settle)
    press(page.table, Qt.Key.Key_2, settle)
    line = page.table.current()
    assert line is not None
    assert line.is_chosen
    assert line.opening == page.panel.openings[1]
    assert line.opening is not None
    assert line.say.startswith("Dr. Lee is out today. I can offer you ")
    press(page.table, Qt.Key.Key_Return, settle)
    current = page.table.current()
    assert current is not None
    assert (current.visit.state, current.visit.starts) == (State.MOVED, line.opening.starts)
    assert not current.is_chosen


def test_what_was_taken_meanwhile_is_named_and_proposed_anew(
    page: ReplanPage, practice: Office, settle: Settle
) -> None:
    before = {line.visit.spoken: line.opening for line in page.acts.lines}
    with unheard(page):
        book(
            practice,
            at("3:00", TODAY),
            patient_id=patient(practice, "Bo", "Young"),
            provider_id=doctor(practice, "Okafor"),
        )
        page.acts.move_all()
    wait(settle)
    assert page.banner.text.startswith("Walter Harris, Tue, Mar 17, 3:00 PM: Dr. Okafor is booked")
    after = {line.visit.spoken: line.opening for line in page.acts.lines}
    assert after["Walter Harris"] != before["Walter Harris"]
    assert rows(page)[1:] == [("Danielle Foster", State.TO_REPLAN), ("Walter Harris", State.TO_REPLAN)]


def test_a_visit_is_called_off_for_the_provider(page: ReplanPage, practice: Office, settle: Settle) -> None:
    choose(page, "Walter Harris")
    press(page.table, Qt.Key.Key_Delete, settle)
    gone = next(line.visit for line in page.acts.lines if line.visit.spoken == "Walter Harris")
    assert gone.state is State.CALLED_OFF
    assert practice.ask(visits.visit, appointment_id=gone.id).cancelled_by is CancelledBy.PROVIDER


def test_letters_do_nothing_to_who_is_here(
    page: ReplanPage, practice: Office, absence: int, settle: Settle
) -> None:
    choose(page, "Ada Young")
    for key in (Qt.Key.Key_T, Qt.Key.Key_M, Qt.Key.Key_N, Qt.Key.Key_Delete):
        press(page.table, key, settle)
    found = practice.ask(affected.affected, absence_id=absence)
    assert [(visit.spoken, visit.state) for visit in found.visits] == rows(page)
    assert found.visits[0].told is None


def test_nobody_left_to_move_is_said(page: ReplanPage, settle: Settle) -> None:
    press(page.table, Qt.Key.Key_Return, settle, ctrl=True)
    press(page.table, Qt.Key.Key_Return, settle, ctrl=True)
    assert page.banner.text == "There is nobody to move. Who is here is decided one by one, with Enter."


def test_the_provider_is_back(page: ReplanPage, practice: Office, settle: Settle) -> None:
    page.head.back_button.click()
    wait(settle)
    (left,) = practice.ask(absences.absences)
    assert left.ends == at("10:42", TODAY)
    assert page.head.back_button.isHidden()


def test_an_absence_is_noted_from_the_keyboard(
    show: Show[ReplanPage], practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    book(practice, at("2:00", TODAY), patient_id=danielle(practice))
    page = show(ReplanPage)
    wait(settle)
    page.open_with(Errand("provider_out", provider_id=doctor(practice)))
    wait(settle)
    dialog = page.window().findChild(OutDialog)
    assert isinstance(dialog, OutDialog)
    assert dialog.until_time.text() == "5:00 PM"
    assert dialog.reason.hasFocus() or dialog.provider.value() == doctor(practice)
    QTest.keyClicks(dialog.reason, "Ill")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    wait(settle)
    qtbot.waitUntil(lambda: len(page.acts.lines) == 1)
    (noted,) = practice.ask(absences.absences)
    assert (noted.provider, noted.starts, noted.ends, noted.reason) == (
        "Dr. Lee",
        at("10:42", TODAY),
        at("5:00", TODAY),
        "Ill",
    )


def test_who_is_out_must_be_said(show: Show[ReplanPage], settle: Settle) -> None:
    page = show(ReplanPage)
    wait(settle)
    dialog = page.note_absence()
    wait(settle)
    assert isinstance(dialog, OutDialog)
    dialog.note_it()
    assert dialog.form.row("provider_id").error == "Choose who is out."
    dialog.reject()
    wait(settle)


def test_with_everybody_in_the_page_says_so(show: Show[ReplanPage], settle: Settle) -> None:
    page = show(ReplanPage)
    wait(settle)
    assert page._stack.currentWidget() is page._nothing
    assert page.head.isHidden()


def test_another_desk_moves_a_patient_and_the_choice_stays(
    page: ReplanPage, practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    choose(page, "Walter Harris")
    other = next(line.visit for line in page.acts.lines if line.visit.spoken == "Danielle Foster")
    practice.do(booking.cancel, appointment_id=other.id, by=CancelledBy.PATIENT)
    qtbot.waitUntil(lambda: ("Danielle Foster", State.CALLED_OFF) in rows(page))
    wait(settle)
    current = page.table.current()
    assert current is not None
    assert current.visit.spoken == "Walter Harris"


def test_who_is_out_already_is_shown_not_asked_again(
    page: ReplanPage, practice: Office, settle: Settle
) -> None:
    later = out(practice, "8:00", "5:00", on=WEDNESDAY, last_name="Okafor")
    wait(settle)
    page.show_absence(later)
    wait(settle)
    page.open_with(Errand("provider_out", provider_id=doctor(practice)))
    wait(settle)
    assert page.which.currentText() == "Dr. Lee, Tue 10:40 – 5:00 PM"
    assert page.window().findChild(OutDialog) is None


def test_who_cannot_be_handed_over_is_sent_home(page: ReplanPage, practice: Office, settle: Settle) -> None:
    choose(page, "Ada Young")
    wait(settle)
    tomorrow = next(number for number, each in enumerate(page.panel.openings) if each.starts.date() > TODAY)
    page.panel.pick(tomorrow)
    wait(settle)
    assert page.panel.move_button.text().startswith("Send home, come Wed ")
    press(page.table, Qt.Key.Key_Return, settle)
    assert rows(page)[-1] == ("Ada Young", State.REBOOKED)


def test_the_head_of_a_column_leads_here(show: Show[DayPage], practice: Office, settle: Settle) -> None:
    gone: list[tuple[str, Errand]] = []
    page = show(DayPage)
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    menu = page.heads.menu_at(page.grid.column_lefts[0] + 20)
    assert menu is not None
    assert [entry.text() for entry in menu.actions()] == ["Dr. Lee is out…"]
    menu.actions()[0].trigger()
    assert gone == [("replan", Errand("provider_out", provider_id=doctor(practice)))]
    settle()


def test_all_who_take_texts_are_texted(
    page: ReplanPage, practice: Office, absence: int, settle: Settle
) -> None:
    sends(practice)
    press(page.table, Qt.Key.Key_Return, settle, ctrl=True)
    assert page.head.text_button.text() == "Text 1 patient"
    press(page.table, Qt.Key.Key_T, settle, ctrl=True)
    found = practice.ask(affected.affected, absence_id=absence)
    assert {visit.spoken: visit.state for visit in found.visits} == {
        "Ada Young": State.HERE,
        "Danielle Foster": State.TOLD,
        "Walter Harris": State.MOVED,
    }
    assert page.head.text_button.isHidden()
    press(page.table, Qt.Key.Key_T, settle, ctrl=True)
    assert page.banner.text == "There is nobody to text. Call who does not know the new time yet."


def test_when_a_patient_can_come_is_asked_with_one_key(
    page: ReplanPage, practice: Office, settle: Settle
) -> None:
    choose(page, "Danielle Foster")
    press(page.table, Qt.Key.Key_W, settle)
    dialog = page.window().findChild(WishDialog)
    assert isinstance(dialog, WishDialog)
    dialog.urgency.set_value(Urgency.THIS_WEEK)
    dialog.times.show_ticked({(2, 3)})
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    wait(settle)
    line = next(line for line in page.acts.lines if line.visit.spoken == "Danielle Foster")
    assert line.urgency is Urgency.THIS_WEEK
    assert line.opening is not None
    assert f"{line.opening.starts:%a %H}" == "Thu 13"
    wait(settle)
    assert {each.starts.weekday() for each in page.panel.openings} == {3}


def test_a_visit_that_has_begun_is_left_to_the_provider(
    page: ReplanPage, practice: Office, settle: Settle
) -> None:
    here = next(line.visit for line in page.acts.lines if line.visit.state is State.HERE)
    practice.do(lifecycle.with_provider, appointment_id=here.id)
    wait(settle)
    choose(page, "Ada Young")
    wait(settle)
    line = page.table.current()
    assert line is not None
    assert line.opening is None
    assert page.panel.list.isHidden()
    assert page.panel.move_button.isHidden()
    press(page.table, Qt.Key.Key_W, settle)
    assert page.window().findChild(WishDialog) is None
