"""The list of visits by keys alone: filter, sort, jump, open, print."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import booking, confirmation
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.words import CancelledBy, Channel, Confirmation
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.schedule.list_page import ListPage
from frontdesk.ui.theme import theme
from tests.builders import claims, schedule
from tests.builders.registration import patient
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]
LETTERS = "abcdefghijkl"


@pytest.fixture
def sure(practice: Office) -> int:
    """Danielle with Dr. Lee today at 1:00 PM, confirmed."""
    visit_id = schedule.book(practice, at("1:00", TODAY))
    practice.do(
        confirmation.record,
        appointment_id=visit_id,
        channel=Channel.PHONE,
        outcome=Confirmation.CONFIRMED,
    )
    return visit_id


@pytest.fixture
def page(sure: int, practice: Office, show: Show[ListPage]) -> ListPage:
    okafor = schedule.doctor(practice, "Okafor")
    schedule.book(practice, at("2:00", TODAY), patient_id=schedule.walter(practice), provider_id=okafor)
    schedule.book(practice, at("9:00", TODAY + timedelta(1)), patient_id=schedule.walter(practice))
    opened = show(ListPage)
    opened.table.setFocus(Qt.FocusReason.TabFocusReason)
    return opened


def names(page: ListPage) -> list[str]:
    return [line.visit.patient for line in page.table.lines.rows()]


def test_the_day_is_listed_and_enter_opens_a_visit_on_it(page: ListPage, sure: int) -> None:
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    assert names(page) == ["Foster, Danielle", "Harris, Walter"]
    assert page.toolbar.detail.text() == "2 visits"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    ((name, errand),) = gone
    assert (name, errand.appointment_id, errand.starts) == ("schedule", sure, at("1:00", TODAY))


def test_typing_jumps_to_a_patient(page: ListPage) -> None:
    seen: list[object] = []
    page.patient_chosen.connect(seen.append)
    QTest.keyClicks(page.table, "har")
    line = page.table.current()
    assert line is not None
    assert line.visit.patient == "Harris, Walter"
    assert seen[-1] == line.visit.patient_id


def test_the_week_and_the_filters_by_keys(page: ListPage, settle: Settle) -> None:
    page.span.set_value(7)
    page.reload()
    settle()
    assert page.toolbar.title.text() == "March 16 – March 22"
    assert len(names(page)) == 3
    page.filters.unconfirmed.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.filters.unconfirmed, Qt.Key.Key_Space)
    settle()
    assert names(page) == ["Harris, Walter", "Harris, Walter"]
    assert page.toolbar.detail.text() == "2 of 3 visits"
    page.filters.provider.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.filters.provider, Qt.Key.Key_Down)
    settle()
    assert [line.provider for line in page.table.lines.rows()] == ["Dr. Lee"]


def test_filters_that_hide_everything_say_so(page: ListPage, settle: Settle) -> None:
    page.filters.status.set_value("done")
    page.reload()
    settle()
    assert page.nothing.isVisible()
    page._show_all()
    settle()
    assert page.table.hasFocus()
    assert len(names(page)) == 2


def test_a_day_without_visits(page: ListPage, settle: Settle) -> None:
    page.show_day(date(2026, 3, 22))
    settle()
    assert page.nothing.isVisible()
    QTest.keyClick(page, Qt.Key.Key_PageUp)
    settle()
    assert page.toolbar.title.text() == "Saturday, March 21"
    page.to_today()
    settle()
    assert len(names(page)) == 2


def test_another_desk_adds_a_visit_and_choice_and_scroll_stay(
    page: ListPage, practice: Office, qtbot: QtBot
) -> None:
    lee = schedule.doctor(practice)
    for quarter in range(12):
        person = patient(practice, "Ada", f"Quinn{LETTERS[quarter]}", date(1980, 1, 1 + quarter))
        starts = at("2:00", TODAY) + timedelta(minutes=15 * quarter)
        if starts < at("5:00", TODAY):
            schedule.book(practice, starts, patient_id=person, provider_id=lee)
    qtbot.waitUntil(lambda: len(names(page)) == 14)
    page.resize(1160, 300)
    QTest.keyClicks(page.table, "Quinnf")
    chosen = page.table.current()
    assert chosen is not None
    page.table.verticalScrollBar().setValue(90)
    practice.do(booking.cancel, appointment_id=chosen.visit.id, by=CancelledBy.PATIENT)
    qtbot.waitUntil(lambda: any(line.visit.status is Status.CANCELED for line in page.table.lines.rows()))
    now = page.table.current()
    assert now is not None
    assert now.visit.id == chosen.visit.id
    assert page.table.verticalScrollBar().value() == 90


def test_the_list_is_printed_as_it_is_filtered(
    page: ListPage, practice: Office, settle: Settle, tmp_path: Path
) -> None:
    claims.billing_office(practice)
    menu = page.prints.menu()
    assert [each.text() for each in menu.actions() if each.text()] == [
        "This list as it is filtered",
        "Day list",
        "Day list, a page for each provider",
        "Room list",
        "Routing slip of Foster, Danielle",
        "Routing slips of the day",
        "Preparation packet of Foster, Danielle…",
        "Preparation packets of the day",
    ]
    menu.actions()[0].trigger()
    settle()
    paper = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PaperDialog))
    assert paper.print_button.isEnabled()
    paper.save(tmp_path / "visits.pdf")
    settle()
    assert (tmp_path / "visits.pdf").read_bytes().startswith(b"%PDF")
    assert "visits-2026-03-17" in paper._file_name
    paper.reject()


def test_columns_give_way_where_it_is_narrow(page: ListPage) -> None:
    assert not page.table.isColumnHidden(7)
    page.resize(560, 420)
    assert page.table.isColumnHidden(7)
    assert not page.table.isColumnHidden(0)
    assert not page.table.isColumnHidden(4)


@pytest.mark.parametrize("width", [560, 780, 1000])
def test_other_columns_give_way_before_a_name_is_cut(page: ListPage, width: int) -> None:
    page.resize(width, 600)
    QApplication.processEvents()
    assert page.table.columnWidth(0) >= theme().px(150)
