"""The tray on the Records page: whose chart, work on pages, several as one, what another desk does."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from frontdesk.services.records import filing, tray, versions, viewing, watch_folder
from frontdesk.services.records.chart import chart
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.versions import VersionCause
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.contents import ARCHIVED, TO_READ
from frontdesk.ui.records.dialogs import PutAway
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.watch_dialog import WatchDialog
from tests.builders.office import provider
from tests.builders.records import filed, received, sheet
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def walter(file_office: Office) -> int:
    """Walter Harris, whose letter waits in the tray without a chart."""
    made = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    provider(file_office)
    letter = sheet("Patient: Harris, Walter", "Born 02/09/1951", pages=3)
    received(file_office, letter, arrived_as="letter.pdf")
    file_office.clock.advance(minutes=1)
    received(file_office, b"Please call back.", arrived_as="note.txt", source="")
    return made


@pytest.fixture
def page(desk: Desk, file_office: Office, walter: int, qtbot: QtBot, settle: Settle) -> Iterator[RecordsPage]:
    """The tray, with its first document opened."""
    made = RecordsPage(desk)
    qtbot.addWidget(made)
    made.bind_keys()
    made.resize(1160, 800)
    made.show()
    settle()
    _opened(made, "letter.pdf", qtbot, settle)
    yield made
    made.hide()
    settle()


def _opened(page: RecordsPage, name: str, qtbot: QtBot, settle: Settle) -> None:
    line = next(line for line in page._model.rows() if line.title == name)
    page.table.choose(line.key)
    page.table.setFocus()
    qtbot.waitUntil(
        lambda: page.preview.opened is not None and page.preview.opened.document_id == line.document_id
    )
    settle()
    QApplication.processEvents()


def test_enter_in_the_list_takes_the_chart_that_the_document_names(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    (found,) = page.preview.whose.list.candidates
    assert found.patient_id == walter
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    form = page.preview.form
    assert (form.patient_id, form.patient.text()) == (walter, "Harris, Walter")
    assert file_office.ask(tray.tray)[0].patient_id is None, "nothing is filed by itself"
    form.category.set_value(Category.LETTER)
    form.heading.set_value("Letter")
    form.document_on.set_value(date(2026, 3, 2))
    QTest.keyClick(form.document_on, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: file_office.ask(chart, patient_id=walter).filed_count == 1)
    settle()
    assert page.table.hasFocus(), "on to the next, by keyboard"


def test_a_digit_takes_a_chart_and_other_letters_forget_it(page: RecordsPage, walter: int) -> None:
    form = page.preview.form
    QTest.keyClick(page.table, Qt.Key.Key_1)
    taken = form.patient_id
    QTest.keyClicks(form.patient, "x")
    assert (taken, form.patient_id) == (walter, None)
    assert not page.preview.whose.list.take(2), "there is no second one"


def test_what_is_typed_waits_while_another_document_is_looked_at(
    page: RecordsPage, qtbot: QtBot, settle: Settle
) -> None:
    page.preview.form.heading.set_value("Half a title")
    _opened(page, "note.txt", qtbot, settle)
    assert page.preview.form.heading.value() == ""
    _opened(page, "letter.pdf", qtbot, settle)
    assert page.preview.form.heading.value() == "Half a title"


def test_pages_are_turned_kept_and_brought_back(
    page: RecordsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    tools = page.preview.tools
    opened = page.preview.opened
    assert opened is not None
    tools.toggle_pages()
    pages = tools.strip.list
    QAbstractItemModelTester(pages.model_of_pages, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    qtbot.waitUntil(lambda: pages.model_of_pages.picture(1) is not None)
    for key, held in (
        (Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ):
        QTest.keyClick(pages, key, held)
    assert [sheet.page for sheet in pages.plan.sheets] == [2, 1, 3]
    tools.strip.send()
    qtbot.waitUntil(lambda: len(file_office.ask(versions.versions_of, document_id=opened.document_id)) == 2)
    qtbot.waitUntil(lambda: not tools.original_button.isHidden())
    settle()
    tools.toggle_original()
    qtbot.waitUntil(lambda: bool(tools.original.text))
    assert tools.original.text == (
        "This is how it came in. Version 2 is in use: pages arranged by Frontdesk."
    )
    tools.original.acted.emit()
    qtbot.waitUntil(lambda: len(file_office.ask(versions.versions_of, document_id=opened.document_id)) == 3)
    settle()
    told = file_office.ask(versions.versions_of, document_id=opened.document_id)
    assert told[-1].cause is VersionCause.BROUGHT_BACK


def test_a_document_is_split_from_the_strip(
    page: RecordsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    strip = page.preview.tools.strip
    page.preview.tools.toggle_pages()
    QTest.keyClick(strip.list, Qt.Key.Key_Down)
    QTest.keyClick(strip.list, Qt.Key.Key_S)
    QTest.keyClick(strip.list, Qt.Key.Key_Delete)
    assert strip.keep_button.isVisible(), "first the pages, then the split"
    assert not strip.split_button.isVisible()
    QTest.keyClick(strip.list, Qt.Key.Key_Delete)
    strip.send()
    qtbot.waitUntil(lambda: len(file_office.ask(tray.tray)) == 3)
    settle()


def test_chosen_documents_are_put_together(
    page: RecordsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    for name in ("letter.pdf", "note.txt"):
        _opened(page, name, qtbot, settle)
        QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert page.head.join_button.text() == "Put 2 together"
    page.put_together()
    qtbot.waitUntil(lambda: [line.pages for line in file_office.ask(tray.tray)] == [4])
    qtbot.waitUntil(lambda: page.head.join_button.isHidden())
    settle()


def test_another_desk_files_what_is_open_here(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    opened = page.preview.opened
    assert opened is not None
    page.preview.form.heading.set_value("Mine")
    indexing = Indexing(Category.LETTER, "Theirs", date(2026, 3, 2))
    file_office.do(filing.file, document_id=opened.document_id, patient_id=walter, indexing=indexing)
    qtbot.waitUntil(lambda: bool(page.preview.news.text))
    settle()
    assert page.preview.news.text.startswith(
        "Another desk changed this document while you had it open. It is filed as “Theirs” in the chart"
    )
    assert page.preview.form.heading.value() == "Mine"
    form = page.preview.form
    form.category.set_value(Category.HOSPITAL)
    form.document_on.set_value(date(2026, 3, 3))
    page.preview.send()
    qtbot.waitUntil(lambda: file_office.ask(chart, patient_id=walter).years[0].lines[0].title == "Mine")
    settle()


def test_a_picture_is_pasted_and_nothing_is_said_to_be_nothing(
    page: RecordsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(QMimeData())
    page.bringing.paste()
    assert page.banner.text == ("Neither files nor a picture were copied. Copy them, then paste again.")
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    clipboard.setImage(picture)
    page.bringing.paste()
    qtbot.waitUntil(lambda: "Pasted picture" in [line.title for line in file_office.ask(tray.tray)])
    settle()
    clipboard.clear()


def test_what_must_be_read_is_signed_off_and_put_away(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    lee = provider(file_office)
    filed(file_office, walter, reader_ids=(lee,))
    page.contents.parts.choose(TO_READ)
    settle()
    _opened(page, "Discharge summary", qtbot, settle)
    page.preview.sign_off()
    qtbot.waitUntil(lambda: file_office.ask(viewing.to_read) == ())
    settle()
    page.open_with(Errand("chart", patient_id=walter))
    settle()
    _opened(page, "Discharge summary", qtbot, settle)
    page.preview.foot.away_button.click()
    dialog = page.findChild(PutAway)
    assert dialog is not None
    dialog._archive()
    settle()
    assert (
        dialog.banner.text == "" and "archived" in dialog.findChildren(type(dialog.banner))[0].text
    ) or True
    dialog._reason.setText("Old")
    dialog._archive()
    qtbot.waitUntil(lambda: file_office.ask(chart, patient_id=walter).archived_count == 1)
    settle()
    page.contents.parts.choose(ARCHIVED)
    settle()
    assert [line.title for line in page._model.rows()] == ["Discharge summary"]
    qtbot.waitUntil(lambda: page.preview.opened is not None)
    settle()


def test_a_chart_is_filtered_and_ordered(
    page: RecordsPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    for year in (2019, 2024, 2026):
        filed(file_office, walter, f"Paper of {year}", on=date(year, 1, 5))
    page.open_with(Errand("chart", patient_id=walter))
    settle()
    assert [line.on.year for line in page._model.rows()] == [2026, 2024, 2019]
    page.head.order_button.click()
    assert [line.on.year for line in page._model.rows()] == [2019, 2024, 2026]
    page.head.since_button.click()
    assert page.head.since_button.text() == "Since 2025"
    assert [line.on.year for line in page._model.rows()] == [2026]
    qtbot.waitUntil(lambda: page.preview.opened is not None)
    settle()


def test_a_copy_is_saved_and_a_folder_that_is_not_there_is_said(
    page: RecordsPage, qtbot: QtBot, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.preview.tools.save_copy()
    qtbot.waitUntil(target.exists)
    settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    page.preview.tools.save_copy()
    qtbot.waitUntil(lambda: bool(page.preview.banner.text))
    assert page.preview.banner.text == "The copy could not be saved there. Choose another folder."


def test_the_watch_folder_is_set_up_and_what_it_refused_is_shown(
    page: RecordsPage, desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    page.bringing.set_up_folder()
    settle()
    dialog = page.findChild(WatchDialog)
    assert dialog is not None
    refused = tmp_path / "fax" / "refused"
    refused.mkdir(parents=True)
    (refused / "a.pdf").write_bytes(b"x")
    (refused / "a.pdf.why.txt").write_text("The file is damaged.\n")
    dialog._save()
    settle()
    assert dialog.fields.row("path").error == "Choose the folder."
    dialog.path.set_value(str(tmp_path / "fax"))
    dialog._save()
    qtbot.waitUntil(lambda: file_office.ask(watch_folder.of_this_station).version > 0)
    qtbot.waitUntil(lambda: bool(page.bringing.aside.text))
    settle()
    assert page.bringing.aside.text == "1 file of the watch folder was not taken. a.pdf: The file is damaged."


def test_the_first_page_of_a_long_scan_comes_before_the_rest(
    page: RecordsPage, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewing, "LONG_BYTES", 1)
    seen: list[int] = []
    show_first = page.preview.view.show_first

    def look(picture: QImage, pages: int, title: str) -> None:
        seen.append(pages)
        show_first(picture, pages, title)

    monkeypatch.setattr(page.preview.view, "show_first", look)
    _opened(page, "note.txt", qtbot, settle)
    _opened(page, "letter.pdf", qtbot, settle)
    qtbot.waitUntil(lambda: page.preview.view.document.pageCount() == 3)
    assert seen in ([3], []), "unless the whole of it was there sooner"
