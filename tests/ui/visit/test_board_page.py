"""The flow board by keyboard: lanes, steps, rooms, and who is sent on to which page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from frontdesk.services.office.rooms import RoomState, rooms
from frontdesk.services.schedule import lifecycle
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import board
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.visit.board_page import BoardPage
from frontdesk.ui.visit.lane import Lane
from frontdesk.ui.visit.room_state_dialog import RoomStateDialog
from tests.builders.office import room
from tests.builders.registration import danielle
from tests.builders.schedule import walter
from tests.builders.visit import at_the_desk, due_today, in_room, with_doctor
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> BoardPage:
    made = BoardPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 820)
    return made


def shown(page: BoardPage, settle: Settle, qtbot: QtBot) -> BoardPage:
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return page


def chosen_in(lane: Lane) -> int | None:
    return lane.current.appointment_id if lane.current is not None else None


def lane_of(office: Office, visit: int) -> Status:
    return next(card.status for card in office.ask(board.board).cards if card.appointment_id == visit)


def test_an_empty_board_says_when_the_next_patient_comes(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    due_today(file_office, minutes_from_now=18)
    shown(page, settle, qtbot)
    assert page.nobody.isVisible()
    assert page.nobody._title.text() == "No one is waiting"
    assert page.nobody._text.text() == "The next visit is at 11:00."
    at_the_desk(file_office, walter(file_office), minutes_from_now=33)
    settle()
    assert not page.nobody.isVisible()


def test_the_arrows_go_through_all_lanes(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    visit = at_the_desk(file_office)
    seen = at_the_desk(file_office, walter(file_office), minutes_from_now=18)
    with_doctor(file_office, seen)
    shown(page, settle, qtbot)
    chosen: list[int | None] = []
    page.patient_chosen.connect(chosen.append)
    first, last = page.lanes[Status.CHECKING_IN], page.lanes[Status.IN_VISIT]
    first.setFocus()
    assert chosen_in(first) == visit
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert last.hasFocus()
    assert (chosen_in(last), chosen_in(first)) == (seen, None)
    QTest.keyClick(last, Qt.Key.Key_Left)
    QTest.keyClick(first, Qt.Key.Key_Left)
    assert page.expected.hasFocus()
    assert {danielle(file_office), walter(file_office)} <= set(chosen)


def test_space_takes_the_chosen_patient_on(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    visit = at_the_desk(file_office)
    in_room(file_office, visit)
    shown(page, settle, qtbot)
    lane = page.lanes[Status.IN_ROOM]
    lane.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Space)
    settle()
    assert lane_of(file_office, visit) is Status.IN_VISIT
    assert page.lanes[Status.IN_VISIT].hasFocus()
    QTest.keyClick(page, Qt.Key.Key_Space)
    settle()
    assert lane_of(file_office, visit) is Status.CHECK_OUT


def test_enter_opens_the_page_of_the_step(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    visit = at_the_desk(file_office)
    leaving = at_the_desk(file_office, walter(file_office), minutes_from_now=18)
    with_doctor(file_office, leaving)
    file_office.do(lifecycle.check_out_start, appointment_id=leaving)
    shown(page, settle, qtbot)
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    for status in (Status.CHECKING_IN, Status.CHECK_OUT):
        page.lanes[status].setFocus()
        QTest.keyClick(page.lanes[status], Qt.Key.Key_Return)
    assert gone == [
        ("check_in_visit", Errand("check_in", danielle(file_office), visit)),
        ("check_out", Errand("check_out", walter(file_office), leaving)),
    ]


def test_who_comes_is_found_and_checked_in_by_enter(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    visit = due_today(file_office)
    due_today(file_office, walter(file_office), minutes_from_now=18)
    shown(page, settle, qtbot)
    gone: list[str] = []
    page.go.connect(lambda name, _errand: gone.append(name))
    page.find_arriving()
    QTest.keyClicks(QApplication.focusWidget() or page, "fost")
    assert [card.appointment_id for card in page.expected_column._model.rows()] == [visit]
    QTest.keyClick(page.arriving, Qt.Key.Key_Return)
    settle()
    assert lane_of(file_office, visit) is Status.CHECKING_IN
    assert gone == ["check_in_visit"]


def test_a_payment_is_taken_from_who_has_not_come_yet(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    visit = due_today(file_office)
    shown(page, settle, qtbot)
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    page.open_with(Errand("pay", danielle(file_office)))
    settle()
    assert gone == [("check_in_visit", Errand("pay", danielle(file_office), visit))]
    assert lane_of(file_office, visit) is Status.SCHEDULED
    page.open_with(Errand("check_in", walter(file_office)))
    settle()
    assert page.banner.text == "This patient has no visit today that could be checked in. Book one first."


def test_a_room_is_cleaned_with_enter(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    visit = at_the_desk(file_office)
    with_doctor(file_office, visit)
    file_office.do(lifecycle.check_out_start, appointment_id=visit)
    room(file_office, "Room 2")
    shown(page, settle, qtbot)
    assert page.tiles._summary() == "0 free, 1 to clean: Enter when it is clean"
    assert page.tiles.property(DRAWS_OWN_FOCUS)
    page.tiles.setFocus()
    QTest.keyClick(page.tiles, Qt.Key.Key_Return)
    settle()
    assert [view.state.value for view in file_office.ask(rooms)] == ["free"]


def test_the_list_shows_everybody_and_acts_like_the_board(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    visit = at_the_desk(file_office)
    at_the_desk(file_office, walter(file_office), minutes_from_now=18)
    shown(page, settle, qtbot)
    QTest.keyClick(page.lanes[Status.CHECKING_IN], Qt.Key.Key_V)
    assert page.list.isVisible()
    assert not page.expected.isVisible()
    asked: list[str] = []
    page.go.connect(lambda name, errand: asked.append(f"{name} {errand.appointment_id}"))
    page.list.choose_first()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    settle()
    assert asked == [f"check_in_visit {visit}"]
    page.find_arriving()
    assert page.arriving.hasFocus(), "back on the board, where the field is"


def test_minutes_tick_without_a_question_to_the_database(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    at_the_desk(file_office)
    shown(page, settle, qtbot)
    asked: list[object] = []
    event.listen(
        page.desk.database.engines.read, "before_cursor_execute", lambda *told: asked.append(told[2])
    )
    page._tick()
    settle()
    assert asked == []


def test_a_room_is_blocked_with_its_reason(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    number = room(file_office, "Room 1")
    at_the_desk(file_office)
    shown(page, settle, qtbot)
    page.tiles.setFocus()
    QTest.keyClick(page.tiles, Qt.Key.Key_B)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RoomStateDialog)
    dialog.state.set_value(RoomState.BLOCKED)
    dialog._fit()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert dialog.form.row("reason").error == "Say why the room is blocked."
    QTest.keyClicks(dialog.reason, "Lamp broken")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    [blocked] = [each for each in file_office.ask(rooms) if each.id == number]
    assert (blocked.state, blocked.blocked_reason) == (RoomState.BLOCKED, "Lamp broken")


def test_the_wall_shows_initials_only(
    page: BoardPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    at_the_desk(file_office)
    shown(page, settle, qtbot)
    page.open_wall_screen()
    assert page._wall is not None
    wall = page._wall
    settle()
    described = wall.lanes[Status.CHECKING_IN].accessibleDescription()
    assert "D. F." in described
    assert "Foster" not in described
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert not wall.isVisible()
