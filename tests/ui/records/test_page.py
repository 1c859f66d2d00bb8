"""The Records page with the keyboard and the mouse, on a real database."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records import viewing
from frontdesk.services.records.chart import chart
from frontdesk.services.records.filing import Category
from frontdesk.services.records.tray import tray
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.dialogs import WrongChart
from frontdesk.ui.records.page import RecordsPage
from tests.builders.office import provider
from tests.builders.records import PNG, filed, library, received, sheet, signed
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def walter(file_office: Office) -> int:
    """Walter Harris with a chart and two sheets that wait for it."""
    made = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    provider(file_office)
    library(file_office)
    filed(file_office, made, "Chest X-ray, 2 views", category=Category.IMAGING, on=date(2025, 10, 2))
    signed(file_office, made)
    received(file_office, sheet("first"), patient_id=made, arrived_as="first.pdf")
    received(file_office, sheet("second"), patient_id=made, arrived_as="second.pdf")
    return made


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> Iterator[RecordsPage]:
    """The page as the window shows it, at 1160 by 800."""
    made = RecordsPage(desk)
    qtbot.addWidget(made)
    made.bind_keys()
    made.resize(1160, 800)
    made.show()
    settle()
    yield made
    made.hide()
    settle()


def _open(page: RecordsPage, patient_id: int, qtbot: QtBot, settle: Settle) -> None:
    page.open_with(Errand("chart", patient_id=patient_id))
    settle()
    qtbot.waitUntil(lambda: page.preview.opened is not None)
    settle()


def _titles(page: RecordsPage) -> list[str]:
    return [line.title for line in page._model.rows()]


def _arrived_as(page: RecordsPage) -> str:
    return page.preview.opened.arrived_as if page.preview.opened is not None else ""


def test_a_chart_shows_what_waits_and_then_the_years(
    page: RecordsPage, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    assert page.toolbar.title.text() == "Walter Harris"
    assert _titles(page) == ["first.pdf", "second.pdf", "Consent to treat", "Chest X-ray, 2 views"]
    assert page.preview.whose.state.text.startswith("Not filed yet. Received 03/17/2026")


def test_a_document_is_filed_by_keyboard_and_the_next_one_follows(
    page: RecordsPage, desk: Desk, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    form = page.preview.form
    form.category.set_value(Category.HOSPITAL)
    form.heading.set_value("Discharge summary")
    QTest.keyClicks(form.document_on, "03122026")
    QTest.keyClick(form.document_on, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(
        lambda: page.preview.opened is not None and page.preview.opened.arrived_as == "second.pdf"
    )
    settle()
    assert [line.title for line in file_office.ask(tray)] == ["second.pdf"]
    shown = file_office.ask(chart, patient_id=walter)
    assert shown.years[0].lines[-1].title == "Discharge summary"
    assert shown.years[0].lines[-1].on == date(2026, 3, 12)


def test_what_is_missing_is_said_beside_its_field(
    page: RecordsPage, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    form = page.preview.form
    assert form.category.value() is Category.IMAGING, "as the sender's last paper was"
    assert form.row("title").error == "Enter a title, so that it is found again."
    assert form.row("document_on").error == "Enter the date of the document, not of its arrival."


def test_running_down_the_list_logs_only_where_one_stops(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    opened = viewing.open_document.__name__
    before = len(file_office.database.log_after(0))
    page.table.setFocus()
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.preview.opened is not None and page.preview.opened.is_filed)
    settle()
    entries = file_office.database.log_after(0)[before:]
    assert [entry.intent.command.split(".")[-1] for entry in entries] == [opened]


def test_a_part_and_a_word_narrow_the_list(
    page: RecordsPage, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    page.contents.parts.choose(Category.IMAGING.value)
    settle()
    assert _titles(page) == ["Chest X-ray, 2 views"]
    page.contents.parts.choose("all")
    QTest.keyClicks(page.contents.search, "consent")
    qtbot.waitUntil(lambda: _titles(page) == ["Consent to treat"])
    settle()


def test_a_signed_consent_shows_its_sheet_and_its_seal(
    page: RecordsPage, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    page.table.choose(next(line.key for line in page._model.rows() if line.consent_id is not None))
    qtbot.waitUntil(lambda: page.preview.consent_foot.consent is not None)
    settle()
    assert (
        page.preview.consent_foot.seal.text()
        == "The seal holds: words, signature and date are as they were given."
    )


def test_dropped_files_come_into_the_tray_of_the_open_chart(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    _open(page, walter, qtbot, settle)
    card, broken = tmp_path / "medicare_card.png", tmp_path / "broken.pdf"
    card.write_bytes(PNG)
    broken.write_bytes(b"")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(card)), QUrl.fromLocalFile(str(broken))])
    page.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: bool(page.banner.text))
    settle()
    assert page.banner.text == (
        "broken.pdf: The file is empty: it has 0 bytes. Nothing was kept. Ask the sender to send it again."
    )
    assert "Medicare card" in [line.title for line in file_office.ask(tray, patient_id=walter)]


def test_the_same_file_again_is_added_only_when_wanted(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    _open(page, walter, qtbot, settle)
    twin = tmp_path / "first.pdf"
    twin.write_bytes(sheet("first"))
    page.bringing.take([twin])
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert page.banner.text == ("first.pdf: This very file is here already, in this chart or in the tray.")
    page.banner.acted.emit()
    qtbot.waitUntil(lambda: len(file_office.ask(tray)) == 3)
    settle()


def test_a_document_without_a_chart_is_filed_from_the_tray(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    received(file_office, b"Refill is ready.", arrived_as="note.txt")
    page.open_chart(None)
    settle()
    page.table.choose(next(line.key for line in page._model.rows() if line.title == "note.txt"))
    qtbot.waitUntil(lambda: page.preview.opened is not None and page.preview.opened.patient_id is None)
    settle()
    form = page.preview.form
    form.category.set_value(Category.LETTER)
    form.heading.set_value("Call from the pharmacy")
    form.document_on.set_value(date(2026, 3, 16))
    page.preview.send()
    assert form.row("patient_id").error == "Choose the patient from the list below the field."
    form.patient.setFocus()
    QApplication.processEvents()
    QTest.keyClicks(form.patient, "harris")
    qtbot.waitUntil(lambda: bool(form.patient.listed))
    settle()
    QTest.keyClick(form.patient, Qt.Key.Key_Return)
    assert form.patient.patient is not None
    page.preview.send()
    settle()
    assert "Call from the pharmacy" in [
        line.title for year in file_office.ask(chart, patient_id=walter).years for line in year.lines
    ]


def test_a_document_moves_to_the_right_chart(
    page: RecordsPage, desk: Desk, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    marcus = patient(file_office, "Marcus", "Bell", date(1971, 3, 3))
    _open(page, walter, qtbot, settle)
    page.preview.foot.wrong_button.click()
    dialog = next(found for found in page.findChildren(WrongChart))
    dialog._move()
    assert dialog.findChildren(Form)[0].row("patient_id").error == (
        "Choose the patient from the list below the field."
    )
    QTest.keyClicks(dialog._patient, "bell")
    qtbot.waitUntil(lambda: bool(dialog._patient.listed))
    dialog._patient._choose(marcus)
    dialog._move()
    settle()
    assert [line.title for line in file_office.ask(tray, patient_id=marcus)] == ["first.pdf"]
    qtbot.waitUntil(lambda: _arrived_as(page) == "second.pdf")
    settle()


def test_a_parked_chart_comes_back_as_it_was(
    page: RecordsPage, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    page.table.choose(page._model.rows()[3].key)
    parked = page.park()
    settle()
    assert parked is not None
    assert parked.title == "Records: Walter Harris"
    assert page.toolbar.title.text() == "Incoming documents"
    page.take_up(parked.state)
    settle()
    line = page.table.current()
    assert line is not None
    assert line.title == "Chest X-ray, 2 views"
    qtbot.waitUntil(lambda: page.preview.opened is not None)
    settle()


def test_the_models_are_sound(page: RecordsPage, walter: int, qtbot: QtBot, settle: Settle) -> None:
    _open(page, walter, qtbot, settle)
    for model in (page._model, page.contents._model):
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        QAbstractItemModelTester(model, mode, page)
    page.reload()
    settle()


def test_a_narrow_page_keeps_the_parts_in_one_box(
    page: RecordsPage, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    _open(page, walter, qtbot, settle)
    page.resize(676, 500)
    QApplication.processEvents()
    assert not page.contents.isVisible()
    assert page.contents.narrow.isVisible()
    page.contents.narrow.setCurrentIndex(3)
    page.contents.narrow.activated.emit(3)
    settle()
    assert _titles(page) == ["Chest X-ray, 2 views"]
