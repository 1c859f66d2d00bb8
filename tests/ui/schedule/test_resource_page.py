"""The resources view: keys walk its rows, a bar is dragged or carried elsewhere, things go out of service."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from frontdesk.models.office.resources import RoomKind
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.schedule import downtime, lifecycle, named_views, visits
from frontdesk.services.schedule.day import day_sheet
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.out_of_service import OutOfServiceDialog
from frontdesk.ui.schedule.resource_page import ResourcePage
from frontdesk.ui.schedule.rows_dialog import RowsDialog
from frontdesk.ui.shell.undo import UndoList
from tests.builders import schedule
from tests.builders.office import device, room, staff_member
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show, in_the_way

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def scan(office: Office) -> int:
    """45 minutes of everything, then 15 of cleaning; there are two ultrasounds."""
    room(office, "Imaging", RoomKind.IMAGING)
    for name in ("Ultrasound 1", "Ultrasound 2"):
        device(office, name, "ultrasound")
    staff_member(office, "K. Ortega", "sonographer")
    things = ((Role.ROOM, "imaging"), (Role.DEVICE, "ultrasound"), (Role.STAFF, "sonographer"))
    cleaned = [PhaseDraft(role, 45, 15, what, PhaseKind.CLEANING) for role, what in things[:2]]
    return schedule.visit_type(office, "Scan", 45, *[PhaseDraft(r, 0, 45, w) for r, w in things], *cleaned)


@pytest.fixture
def visit(practice: Office) -> int:
    """Danielle's scan with Dr. Lee today at 1:00 PM."""
    return schedule.book(practice, at("1:00", TODAY), visit_type_id=scan(practice))


@pytest.fixture
def page(visit: int, practice: Office, show: Show[ResourcePage]) -> ResourcePage:
    opened = show(ResourcePage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def stands(practice: Office, visit_id: int) -> visits.VisitDetail:
    return practice.ask(visits.visit, appointment_id=visit_id)


def bar(page: ResourcePage, visit_id: int, name: str) -> QPoint:
    """The middle of a visit's bar in the row of that name, on the screen."""
    day = page.grid._geometry
    for placed in day.bars_of(visit_id):
        row = day.lines[placed.line].row
        if row is not None and row.name == name and not placed.bar.is_cleaning:
            return placed.rect.center() - page.grid._shift()
    raise AssertionError(name)


def row_y(page: ResourcePage, name: str) -> int:
    day = page.grid._geometry
    line = next(line for line in day.lines if line.row is not None and line.row.name == name)
    return line.rect.center().y() - page.grid._shift().y()


def drag(page: ResourcePage, start: QPoint, end: QPoint) -> None:
    viewport = page.grid.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + (end - start) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def test_the_page_says_what_is_double_booked(page: ResourcePage, practice: Office, settle: Settle) -> None:
    assert page._double.text() == "No double booking"
    schedule.book(
        practice,
        at("1:00", TODAY),
        patient_id=schedule.walter(practice),
        override_reason="Both agreed",
    )
    page.reload()
    settle()
    assert page._double.text() == "1 double booking"


def test_the_keys_walk_rows_and_visits(page: ResourcePage, visit: int) -> None:
    seen: list[object] = []
    page.patient_chosen.connect(seen.append)
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.row is not None
    assert (page.grid.row.name, page.grid.current and page.grid.current.id) == ("Dr. Lee", visit)
    assert "Dr. Lee, 1:00 to 1:45: 1:00, Foster, Danielle" in page.grid.accessibleDescription()
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert (page.grid.row.name, page.grid.current) == ("Dr. Okafor", None)
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.row.name == "K. Ortega"
    assert page.grid.current is not None
    assert len(seen) == 3


def test_a_bar_dragged_to_another_device_takes_the_visit_there(
    page: ResourcePage, visit: int, practice: Office, desk: Desk, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    undo = UndoList(desk, page)
    start = bar(page, visit, "Ultrasound 1")
    drag(page, start, QPoint(start.x(), row_y(page, "Ultrasound 2")))
    settle()
    assert "Ultrasound 2" in stands(practice, visit).things
    assert "Imaging" in stands(practice, visit).things
    assert told == ["Moved Danielle Foster to Ultrasound 2"]
    undo.undo()
    settle()
    assert "Ultrasound 1" in stands(practice, visit).things


def test_moving_one_bar_in_time_moves_everything(
    page: ResourcePage, visit: int, practice: Office, settle: Settle
) -> None:
    start = bar(page, visit, "Imaging")
    drag(page, start, start + QPoint(round(60 * page.grid._geometry.per_minute), 0))
    settle()
    assert stands(practice, visit).starts == at("2:00", TODAY)
    assert set(stands(practice, visit).things) == {"Imaging", "Ultrasound 1", "K. Ortega"}


def test_a_bar_of_the_provider_dragged_to_another_changes_who_sees_the_patient(
    page: ResourcePage, visit: int, practice: Office, settle: Settle
) -> None:
    start = bar(page, visit, "Dr. Lee")
    drag(page, start, QPoint(start.x(), row_y(page, "Dr. Okafor")))
    settle()
    assert stands(practice, visit).provider_id == schedule.doctor(practice, "Okafor")


def test_a_bar_stays_among_things_of_its_kind(
    page: ResourcePage, visit: int, practice: Office, settle: Settle
) -> None:
    start = bar(page, visit, "Ultrasound 1")
    drag(page, start, QPoint(start.x(), row_y(page, "Dr. Okafor")))
    settle()
    assert stands(practice, visit).starts == at("1:00", TODAY)
    assert stands(practice, visit).provider_id == schedule.doctor(practice)


def test_a_visit_is_carried_by_keys(page: ResourcePage, visit: int, practice: Office, settle: Settle) -> None:
    ultrasound = next(
        line.row.id for line in page.grid._geometry.lines if line.row and line.row.name == "Ultrasound 1"
    )
    page.grid.choose(visit, ultrasound)
    QTest.keyClick(page.grid, Qt.Key.Key_X, CTRL)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(page.grid, key)
    QTest.keyClick(page.grid, Qt.Key.Key_V, CTRL)
    settle()
    assert stands(practice, visit).starts == at("1:30", TODAY)
    assert "Ultrasound 2" in stands(practice, visit).things


def test_what_speaks_against_a_drop_is_said_at_once(
    page: ResourcePage, visit: int, practice: Office, settle: Settle
) -> None:
    imaging = room(practice, "Imaging")
    practice.do(
        downtime.take_out,
        resource_id=imaging,
        starts=at("3:00", TODAY),
        ends=at("4:00", TODAY),
        reason="Repair",
    )
    settle()
    start = bar(page, visit, "Dr. Lee")
    drag(page, start, start + QPoint(round(120 * page.grid._geometry.per_minute), 0))
    settle()
    assert "Imaging is out of service from 3:00 to 4:00 (Repair)." in in_the_way()
    assert stands(practice, visit).starts == at("1:00", TODAY)


def test_a_patient_in_a_room_is_dragged_to_another(
    practice: Office, show: Show[ResourcePage], settle: Settle
) -> None:
    first = room(practice, "Room 1")
    room(practice, "Room 2")
    here = schedule.book(practice, at("10:45", TODAY))
    practice.do(lifecycle.arrive, appointment_id=here)
    practice.do(lifecycle.ready, appointment_id=here)
    practice.do(lifecycle.room, appointment_id=here, room_id=first)
    page = show(ResourcePage)
    told: list[str] = []
    page.told.connect(told.append)
    start = bar(page, here, "Room 1")
    drag(page, start, QPoint(start.x(), row_y(page, "Room 2")))
    settle()
    (day,) = [visit for visit in practice.ask(day_sheet, day=TODAY).visits if visit.id == here]
    assert day.room == "Room 2"
    assert told == ["Moved Danielle Foster to Room 2"]


def test_chosen_rows_are_kept_in_a_view(
    page: ResourcePage, practice: Office, show: Show[ResourcePage], settle: Settle
) -> None:
    def rows(of: ResourcePage) -> list[str]:
        return [line.row.name for line in of.grid._geometry.lines if line.row]

    every = rows(page)
    page.choose_rows()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RowsDialog) and w.isVisible())
    for box in dialog.boxes.values():
        if box.text() not in ("Imaging", "Ultrasound 1"):
            box.click()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert rows(page) == ["Imaging", "Ultrasound 1"]
    assert page._rows.text() == "2 rows"
    draft = replace(page.named._shown(), name="Imaging")
    kept = practice.do(named_views.keep, draft=draft)
    page._rows.click()
    settle()
    assert rows(page) == every
    page.open_with(Errand("named_view", about_id=kept))
    settle()
    settle()
    assert rows(page) == ["Imaging", "Ultrasound 1"]


def test_a_thing_goes_out_of_service_and_comes_back(
    page: ResourcePage, visit: int, practice: Office, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    other = next(
        line.row.id for line in page.grid._geometry.lines if line.row and line.row.name == "Ultrasound 1"
    )
    page.grid.choose(None, other)
    QTest.keyClick(page.grid, Qt.Key.Key_O)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, OutOfServiceDialog))
    QTest.keyClicks(dialog.reason, "Calibration")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert dialog.banner.text.startswith("1 visit is booked on Ultrasound 1 then.") or dialog.form.row(
        "starts"
    ).error.startswith("1 visit is booked on Ultrasound 1 then.")
    QTest.keyClick(dialog._verb, Qt.Key.Key_Space)
    settle()
    page.activateWindow()
    settle()
    (out,) = practice.ask(downtime.downtimes, starts=at("8:00", TODAY), ends=at("5:00", TODAY))
    assert (out.name, out.visit_ids) == ("Ultrasound 1", (visit,))
    page.reload()
    settle()
    page.grid.choose(None, other)
    assert page.grid.row is not None
    assert page.grid.row.outages[0].words == "Out for calibration until 5:00 PM"
    page.turn_service()
    settle()
    assert told == ["Took Ultrasound 1 out of service", "Put Ultrasound 1 back into service"]


def test_a_double_click_on_a_providers_free_time_goes_to_book_it(
    page: ResourcePage, practice: Office
) -> None:
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    x = page.grid._geometry.x_of(at("3:05", TODAY)) - page.grid._shift().x()
    QTest.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, row_y(page, "Dr. Lee")))
    lee = schedule.doctor(practice)
    assert gone == [("find_slot", Errand("book", provider_id=lee, starts=at("3:00", TODAY)))]
