"""Patients from a file in the window: columns, dry run, import, and what a person decides about."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.registration import import_review
from frontdesk.services.registration.search import search
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.registration.import_page import ImportPage
from tests.builders.registration import danielle
from tests.office import Office

HEADER = "Number,Given,Family,Geburtstag,Cell\n"
LINES = (
    "1,Walter,Harris,02/09/1951,5035550164\n"
    "2,June,Harris,05/02/1953,5035550165\n"
    "3,Danielle,Foster,06/14/1982,5035550199\n"
    "4,Bad,Date,31/31/1990,\n"
)


@pytest.fixture
def page(file_office: Office, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> ImportPage:
    danielle(file_office)
    made = ImportPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    settle()
    return made


def choose(page: ImportPage, name: str, field: str) -> None:
    assert page.columns._file is not None
    combo = page.columns.combos[page.columns._file.header.index(name)]
    combo.set_value(field)
    combo.chosen.emit(field)


def test_columns_are_chosen_tried_and_taken_over(
    page: ImportPage, file_office: Office, tmp_path: Path, settle: Callable[[], None]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + LINES, encoding="utf-8")
    page.take_in(path)
    settle()
    missing = "Choose the column of the first name, the last name, the birth date."
    assert page.columns.problem.text == missing
    assert page.columns.import_button.isEnabled() is False
    for name, field in (
        ("Number", "identifier"),
        ("Given", "first"),
        ("Family", "last"),
        ("Geburtstag", "born_on"),
    ):
        choose(page, name, field)
    assert page.columns.problem.text == ""
    assert [line.line for line in page.columns.preview()] == [2, 3, 4, 5]

    page.try_out()
    settle()
    assert page.columns.form.row("system").error == "Name the system that the file comes from."
    QTest.keyClicks(page.columns.system, "Old programme")
    page.try_out()
    settle()
    assert page.report.head.text() == "2 patients would be registered"
    assert page.report.figures.text() == (
        "0 here already · 1 look like somebody who is registered · 1 refused"
    )
    assert file_office.ask(search, typed="harris").patients == ()

    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.report.head.text() == "2 patients registered"
    assert len(file_office.ask(search, typed="harris").patients) == 2
    assert [row.reason for row in page.report.model.rows()] == [
        "The birth date “31/31/1990” is not a date. Write it as MM/DD/YYYY."
    ]

    page.take_in(path)
    settle()
    assert page.columns.problem.text == "", "the columns are remembered"
    assert page.columns.system.value() == "Old programme"


def test_who_looks_alike_is_decided_with_one_key(
    page: ImportPage, file_office: Office, tmp_path: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "First name,Last name,DOB,Phone\nDanielle,Foster,06/14/1982,5035550199\nDani,Foster,06/14/1982,\n",
        encoding="utf-8",
    )
    page.take_in(path)
    settle()
    QTest.keyClicks(page.columns.system, "List")
    page.start()
    settle()
    assert page.report.review.isVisible()
    page.show_review()
    settle()
    qtbot.waitUntil(lambda: len(page.review.alike.model().rows()) == 1)  # type: ignore[attr-defined]
    QTest.keyClick(page.review.table, Qt.Key.Key_S)
    settle()
    qtbot.waitUntil(lambda: len(page.review.model.rows()) == 1)

    QTest.keyClick(page.review.table, Qt.Key.Key_N)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, Dialog)
    QTest.keyClick(asked, Qt.Key.Key_Return)
    settle()
    assert "Say why this is somebody else" in asked.form.row("reason").error  # type: ignore[attr-defined]
    QTest.keyClicks(asked.reason, "Cousin")  # type: ignore[attr-defined]
    QTest.keyClick(asked, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page.nothing)
    assert file_office.ask(import_review.waiting) == ()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. Choose a CSV file whose first line names its columns."),
        (b"PK\x03\x04", "This is no text file. In the spreadsheet, choose Save as, CSV (UTF-8)."),
        (b"\xd0\xcf\x11\xe0", "This is no text file. In the spreadsheet, choose Save as, CSV (UTF-8)."),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(
    page: ImportPage, tmp_path: Path, settle: Callable[[], None], content: bytes, sentence: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    page.take_in(path)
    settle()
    assert page.banner.text == sentence
    assert page._stack.currentWidget() is page.nothing
