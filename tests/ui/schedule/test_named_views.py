"""Kept views by keys: keep, open on Ctrl+F, rename, remove; and the columns of the day."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.office import sites
from frontdesk.services.schedule import named_views
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft
from frontdesk.services.schedule.status import Status
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.list_page import ListPage
from frontdesk.ui.schedule.month_page import MonthPage
from frontdesk.ui.schedule.named_view_dialogs import ChangeViewDialog, ColumnsDialog, KeepViewDialog
from frontdesk.ui.schedule.week_page import WeekPage
from tests.builders import schedule
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.services.office.every_command import PIER
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(practice: Office, show: Show[DayPage]) -> DayPage:
    okafor = schedule.doctor(practice, "Okafor")
    schedule.book(practice, at("1:00", TODAY))
    schedule.book(practice, at("2:00", TODAY), patient_id=schedule.walter(practice), provider_id=okafor)
    opened = show(DayPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def dialog_of(kind: type[Dialog]) -> Dialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def shown(page: DayPage) -> list[str]:
    return [column.said for column in page.grid._geometry.columns]


def keep(practice: Office, book_view: BookView, key: int = 1, **draft: object) -> int:
    kept = NamedViewDraft("Team", book_view, key, **draft)  # type: ignore[arg-type] # the test's own fields
    return practice.do(named_views.keep, draft=kept)


def entry_of(page: DayPage, words: str) -> None:
    next(each for each in page.named.menu().actions() if each.text() == words).trigger()


def test_columns_are_chosen_and_kept_under_a_name(
    page: DayPage, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    assert shown(page) == ["Dr. Lee", "Dr. Okafor"]
    entry_of(page, "Choose columns…")
    settle()
    columns = dialog_of(ColumnsDialog)
    assert isinstance(columns, ColumnsDialog)
    columns.boxes[schedule.doctor(practice, "Okafor")].click()
    QTest.keyClick(columns, Qt.Key.Key_Return)
    settle()
    assert shown(page) == ["Dr. Lee"]
    assert page._columns.text() == "1 column"
    assert page.toolbar.detail.text() == "1 visit"

    entry_of(page, "Keep this view…")
    asked = dialog_of(KeepViewDialog)
    assert isinstance(asked, KeepViewDialog)
    QTest.keyClicks(asked.name, "Lee alone")
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    settle()
    (view,) = practice.ask(named_views.named_views)
    lee = schedule.doctor(practice)
    assert (view.draft.name, view.keys, view.draft.provider_ids) == ("Lee alone", "Ctrl+F1", (lee,))

    page._columns.click()
    settle()
    assert shown(page) == ["Dr. Lee", "Dr. Okafor"]
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    qtbot.waitUntil(lambda: bool(page.named.views))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.grid, Qt.Key.Key_F1, CTRL)
    ((name, errand),) = gone
    assert (name, errand.about_id) == ("schedule", view.id)
    page.open_with(errand)
    settle()
    settle()
    assert shown(page) == ["Dr. Lee"]


def test_a_refused_name_is_said_in_the_dialog(page: DayPage, practice: Office, settle: Settle) -> None:
    entry_of(page, "Keep this view…")
    asked = dialog_of(KeepViewDialog)
    assert isinstance(asked, KeepViewDialog)
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    settle()
    assert asked.isVisible()
    assert practice.ask(named_views.named_views) == ()
    asked.reject()


def test_where_there_are_several_sites_the_location_is_asked(
    page: DayPage, practice: Office, settle: Settle
) -> None:
    entry_of(page, "Keep this view…")
    asked = dialog_of(KeepViewDialog)
    assert isinstance(asked, KeepViewDialog)
    settle()
    assert not asked.site.isVisible()
    asked.reject()
    practice.do(sites.add_site, draft=PIER)
    page.named.keep()
    asked = next(w for w in page.window().findChildren(KeepViewDialog) if w.isVisible())
    settle()
    assert asked.site.isVisible()
    asked.site.set_value(practice.made["site"])
    QTest.keyClicks(asked.name, "Main alone")
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    settle()
    (view,) = practice.ask(named_views.named_views)
    assert view.draft.site_id == practice.made["site"]


def test_a_view_is_renamed_and_removed(page: DayPage, practice: Office, settle: Settle, qtbot: QtBot) -> None:
    keep(practice, BookView.DAY)
    qtbot.waitUntil(lambda: bool(page.named.views))
    page.named.change(page.named.views[0])
    asked = dialog_of(ChangeViewDialog)
    assert isinstance(asked, ChangeViewDialog)
    asked.name.set_value("Early")
    asked.key_number.set_value(5)
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    settle()
    (view,) = practice.ask(named_views.named_views)
    assert (view.draft.name, view.keys) == ("Early", "Ctrl+F5")
    qtbot.waitUntil(lambda: page.named.views == (view,))
    page.named.change(view)
    asked = next(w for w in page.window().findChildren(ChangeViewDialog) if w.isVisible())
    asked.remove.click()
    settle()
    assert practice.ask(named_views.named_views) == ()


def test_the_day_shows_a_kept_status(page: DayPage, practice: Office, settle: Settle) -> None:
    id = keep(practice, BookView.DAY, only_status="confirmed")
    page.open_with(Errand("named_view", about_id=id))
    settle()
    assert page.counts.only is Status.CONFIRMED
    assert page._what_is_kept().only_status == "confirmed"


def test_each_view_of_the_book_takes_up_what_was_kept(
    practice: Office, show: Show[WeekPage | MonthPage | ListPage], settle: Settle
) -> None:
    lee, okafor = schedule.doctor(practice), schedule.doctor(practice, "Okafor")

    def opened(kind: type[QWidget], id: int) -> QWidget:
        page = show(kind)  # type: ignore[arg-type] # one of the three
        page.open_with(Errand("named_view", about_id=id))
        settle()
        settle()
        return page

    week = opened(WeekPage, keep(practice, BookView.WEEK, 2, provider_ids=(okafor,)))
    assert isinstance(week, WeekPage)
    assert week.toolbar.detail.text() == "Dr. Grace Okafor"
    month = opened(MonthPage, keep(practice, BookView.MONTH, 3, provider_ids=(okafor,)))
    assert isinstance(month, MonthPage)
    assert month._what_is_kept().provider_ids == (okafor,)
    several = keep(practice, BookView.LIST, 4, provider_ids=(lee, okafor), unconfirmed_only=True)
    listed = opened(ListPage, several)
    assert isinstance(listed, ListPage)
    kept = listed._what_is_kept()
    assert (kept.provider_ids, kept.unconfirmed_only) == ((lee, okafor), True)
    assert listed.filters.provider.currentText() == "2 providers"
