"""The page of paper charts and the card of a chart, with the keyboard, on a real database."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from frontdesk.services.records import movements, paper_rule, volumes
from frontdesk.services.records.filing import Category
from frontdesk.services.records.paper_rule import FilingOrder, Paper
from frontdesk.services.visit import pull_list
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.records.index_dialog import IndexDialog
from frontdesk.ui.records.label_dialog import LabelDialog
from frontdesk.ui.records.packet_dialog import PacketDialog
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.paper_part import PaperPart
from frontdesk.ui.records.pull_bar import MISSING, OUT_NOW
from frontdesk.ui.records.pull_page import PaperChartsPage
from frontdesk.ui.records.volume_dialogs import HandDialog, NoteDialog, OpenVolumeDialog
from tests.builders.paper import paper, volume
from tests.builders.records import filed
from tests.builders.schedule import at, book, walter
from tests.office import Office

Settle = Callable[[], None]
DAY = date(2026, 3, 18)


@pytest.fixture
def one(file_office: Office) -> int:
    """Walter's volume, needed on Wednesday."""
    book(file_office, "9:30", patient_id=walter(file_office))
    return volume(file_office, walter(file_office))


@pytest.fixture
def page(one: int, desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[PaperChartsPage]:
    made = PaperChartsPage(desk)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.pulls, made)
    made.bind_keys()
    made.resize(1160, 800)
    made.open_with(Errand("show", starts=at("9:30")))
    made.show()
    settle()
    qtbot.waitUntil(lambda: made.pull_table.current() is not None)
    yield made
    made.hide()
    settle()


def _state(page: PaperChartsPage) -> str:
    index = page.pulls.index(0, 4)
    return str(page.pulls.data(index))


def _said(dialog: QDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def _dialog(page: PaperChartsPage | RecordsPage) -> QDialog | None:
    return next((each for each in page.window().findChildren(QDialog) if each.isVisible()), None)


def test_enter_is_the_next_step_and_a_scan_too(
    page: PaperChartsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    assert (_state(page), page.bar._count.text()) == ("Needed", "1 of 1 to pull")
    QTest.keyClick(page.pull_table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _state(page) == "Pulled")
    settle()
    QTest.keyClicks(page.bar.scan, "hp-00001-1\r")
    qtbot.waitUntil(lambda: _state(page) == "With provider")
    qtbot.waitUntil(lambda: told[-1] == "HP-00001, volume 1: at Dr. Lee's desk")
    assert page.detail.hand.text() == "Hand over"
    QTest.keyClicks(page.bar.scan, "nobody\r")
    settle()
    assert page.banner.text == "No volume bears this barcode. Scan it again, or type it."
    page._printed(1)
    qtbot.waitUntil(lambda: "printed" in page.bar._count.text())
    file_office.do(movements.bring_back, volume_id=file_office.ask(pull_list.out_now)[0].volume_id)


def test_handed_over_missing_searched_and_found(
    page: PaperChartsPage, file_office: Office, one: int, qtbot: QtBot, settle: Settle
) -> None:
    page.pull_table.setFocus()
    page.hand()
    dialog = _dialog(page)
    assert isinstance(dialog, HandDialog)
    qtbot.waitUntil(lambda: dialog.provider.count() > 0)
    dialog.out_for.set_value("a letter")
    dialog.send()
    settle()
    page.show_view(OUT_NOW)
    qtbot.waitUntil(lambda: page.out_table.current() is not None)
    page.note()
    missing = _dialog(page)
    assert isinstance(missing, NoteDialog)
    missing.send()
    settle()
    page.show_view(MISSING)
    qtbot.waitUntil(lambda: bool(page.detail._looks.rows()))
    page.detail.spots.choose(page.detail._looks.rows()[0].name)
    QTest.keyClick(page.detail.spots, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.detail._progress.text().startswith("1 of"))
    page.note()
    found = _dialog(page)
    assert isinstance(found, NoteDialog)
    found.send()
    settle()
    assert "Say where it was: the next search begins there." in _said(found)
    found.note.set_value("Under the scanner")
    found.send()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing)
    log = file_office.ask(movements.log, volume_id=one)
    assert [line.note for line in log][:1] == ["Under the scanner"]


def test_the_packet_of_a_visit_and_of_the_day(
    page: PaperChartsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    filed(file_office, walter(file_office))
    page.packet()
    dialog = _dialog(page)
    assert isinstance(dialog, PacketDialog)
    qtbot.waitUntil(dialog.verb.isEnabled)
    assert dialog.count.text() == "1 document ticked."
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.wanted.document_ids == ()
    dialog.make()
    qtbot.waitUntil(lambda: isinstance(_dialog(page), PaperDialog))
    one_visit = _dialog(page)
    assert isinstance(one_visit, PaperDialog)
    qtbot.waitUntil(one_visit.print_button.isEnabled)
    one_visit.reject()
    settle()
    page.packets()
    qtbot.waitUntil(lambda: isinstance(_dialog(page), PaperDialog))
    day = _dialog(page)
    assert isinstance(day, PaperDialog)
    qtbot.waitUntil(day.print_button.isEnabled)
    assert day._file_name == "packets-2026-03-18.pdf"
    day.reject()
    settle()


def test_a_volume_is_opened_for_the_patient_in_focus(
    page: PaperChartsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    page.open_with(Errand("open_volume", patient_id=walter(file_office)))
    qtbot.waitUntil(lambda: isinstance(_dialog(page), OpenVolumeDialog))
    dialog = _dialog(page)
    assert isinstance(dialog, OpenVolumeDialog)
    assert dialog.home_edit.value() == "Bay C, shelf 4, H-0917"
    dialog.send()
    qtbot.waitUntil(lambda: isinstance(_dialog(page), LabelDialog))
    label = _dialog(page)
    assert isinstance(label, LabelDialog)
    qtbot.waitUntil(label.print_button.isEnabled)
    label.reject()
    settle()
    assert [line.volume.number for line in page.pulls.rows()] == [2]


def test_what_stands_in_a_volume(
    page: PaperChartsPage, file_office: Office, one: int, qtbot: QtBot, settle: Settle
) -> None:
    filed(file_office, walter(file_office), category=Category.VISIT_NOTE)
    page.index()
    dialog = _dialog(page)
    assert isinstance(dialog, IndexDialog)
    qtbot.waitUntil(lambda: len(dialog.model.rows()) == 1)
    dialog.until_on.set_value(None)
    dialog.save()
    assert dialog.banner.text == "Enter the dates of the first and the last paper."
    dialog.from_on.set_value(date(2014, 9, 15))
    dialog.until_on.set_value(date(2019, 6, 28))
    dialog.save()
    qtbot.waitUntil(lambda: dialog.remove.isEnabled())
    settle()
    (part,) = file_office.ask(volumes.parts, volume_id=one)
    assert (part.category, part.until_on) == (Category.VISIT_NOTE, date(2019, 6, 28))
    said = dialog.model.data(dialog.model.index(0, 1))
    assert said == "Vol. 1: 09/15/2014 to 06/28/2019"
    dialog.take_out()
    qtbot.waitUntil(lambda: not dialog.remove.isEnabled())
    dialog.reject()
    settle()


def test_the_set_up_of_paper(file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    made = PaperPart(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    made.keeps.setChecked(True)
    made.order.set_value(FilingOrder.MIDDLE_DIGIT)
    made.save_rule()
    settle()
    assert file_office.ask(paper_rule.rule) == Paper(True, FilingOrder.MIDDLE_DIGIT)
    made.hide()


def test_an_office_without_paper_sees_nothing_of_it(
    file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    patient_id = walter(file_office)
    made = RecordsPage(desk)
    qtbot.addWidget(made)
    made.resize(1160, 800)
    made.open_with(Errand("chart", patient_id=patient_id))
    made.show()
    settle()
    qtbot.waitUntil(lambda: made.toolbar.title.text() == "Walter Harris")
    assert not made.paper.isVisible()
    tab = made.sub_tabs._group.button(made.sub_tabs._names.index("paper_charts"))
    assert not tab.isVisible()
    paper(file_office)
    made.reload()
    made.paper.reload()
    qtbot.waitUntil(lambda: made.paper.open_button.isVisible() and tab.isVisible())
    made.paper.open_volume()
    dialog = _dialog(made)
    assert isinstance(dialog, OpenVolumeDialog)
    dialog.send()
    settle()
    dialog.home_edit.set_value("Bay C, shelf 4, H-0917")
    dialog.send()
    qtbot.waitUntil(lambda: made.paper.home.text() == "Bay C, shelf 4, H-0917")
    qtbot.waitUntil(lambda: isinstance(_dialog(made), LabelDialog))
    new = _dialog(made)
    assert new is not None
    new.reject()
    (his,) = file_office.ask(volumes.paper_chart, patient_id=patient_id).volumes
    made.paper.do_next()
    hand = _dialog(made)
    assert isinstance(hand, HandDialog)
    hand.reject()
    made.paper.print_label()
    label = _dialog(made)
    assert isinstance(label, LabelDialog)
    qtbot.waitUntil(label.print_button.isEnabled)
    label.reject()
    settle()
    assert his.barcode == "HP-00001-1"
    made.hide()
    settle()
