"""Finding documents by their words: the page, the chart's own search, and the reader beside the window."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.records import filing
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.text_reading import read_all
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.search_page import SearchPage
from frontdesk.ui.records.text_timer import TextReader
from tests.builders.records import PNG, received, sheet
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def walter(file_office: Office) -> int:
    """Walter Harris with a summary from the hospital, and a scan of his card in the tray."""
    made = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    document = received(file_office, sheet("Community-acquired pneumonia."), patient_id=made)
    indexing = Indexing(Category.HOSPITAL, "Discharge summary", date(2026, 3, 12), "Cascade General")
    file_office.do(filing.file, document_id=document, patient_id=made, indexing=indexing)
    received(file_office, PNG, patient_id=made, arrived_as="pneumo card.png")
    return made


@pytest.fixture
def page(desk: Desk, file_office: Office, walter: int, qtbot: QtBot, settle: Settle) -> Iterator[SearchPage]:
    """The page, everything read."""
    assert walter
    read_all(file_office.database)
    made = SearchPage(desk)
    qtbot.addWidget(made)
    made.resize(1160, 800)
    made.show()
    settle()
    yield made
    made.hide()
    settle()


def test_what_is_found_says_why_and_opens_in_its_chart(
    page: SearchPage, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    QAbstractItemModelTester(page._model)
    assert page._unread.text() == "1 scan has no text; only titles are searched there."
    QTest.keyClicks(page.box, "pneumo")
    qtbot.waitUntil(lambda: len(page._model.rows()) == 2)
    settle()
    card, summary = (page._model._look(found) for found in page._model.rows())
    assert (card.title, card.chip, card.lines[1][0].text) == (
        "pneumo card.png",
        "Not filed",
        "Scan without text, found by its title",
    )
    assert summary.title == "Discharge summary"
    assert summary.lines[0][0].text == "Harris, Walter"
    assert "pneumonia" in summary.lines[1][0].text
    assert summary.lines[1][0].marks != ()

    assert page.pane.why_not.text() == "This scan has no text; only its title is searched."
    QTest.keyClick(page.box, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert "<b><u>pneumo</u></b>nia" in page.pane.where.text()
    before = len(file_office.database.log_after(0))
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.pane.pages.currentIndex() == 1)
    settle()
    seen = file_office.database.log_after(0)[before:]
    assert [entry.intent.command for entry in seen] == ["records.viewing.open_document"]
    with qtbot.waitSignal(page.go) as gone:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert gone.args is not None
    assert gone.args[0] == "records"
    assert (gone.args[1].patient_id, gone.args[1].about_id) == (walter, page._model.rows()[1].document_id)

    state = page.park()
    assert state is not None
    settle()
    assert page._model.rows() == []
    page.take_up(state.state)
    qtbot.waitUntil(lambda: len(page._model.rows()) == 2)
    page.box.clear()
    QTest.keyClicks(page.box, "zebra")
    qtbot.waitUntil(lambda: page._left.currentWidget() is page.nothing)
    assert page.nothing._title.text() == "No document holds these words"
    settle()


def test_a_chart_is_searched_by_text_and_says_where(
    desk: Desk, file_office: Office, walter: int, qtbot: QtBot, settle: Settle
) -> None:
    reader = TextReader(desk)
    reader.read()
    qtbot.waitUntil(lambda: not reader._is_reading)
    made = RecordsPage(desk)
    qtbot.addWidget(made)
    made.resize(1160, 800)
    made.show()
    made.open_with(Errand("chart", patient_id=walter))
    settle()
    made.contents.search.setText("community")
    made.contents.search.searched.emit("community")
    settle()
    qtbot.waitUntil(lambda: [line.title for line in made._model.rows()] == ["Discharge summary"])
    qtbot.waitUntil(lambda: "<u>Community</u>" in made.preview.text_note.where.text())
    made.contents.search.searched.emit("")
    settle()
    made.table.choose_first()
    qtbot.waitUntil(lambda: "no text" in made.preview.text_note.why_not.text())
    settle()
    reader.stop()
    made.hide()
    settle()
