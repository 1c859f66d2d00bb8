"""A document that nobody remembers the title of: found by a word of its text, opened in its chart."""

from PySide6.QtWidgets import QLineEdit

from frontdesk.ui.records.access_page import AccessLogPage
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.search_page import SearchPage
from tests.e2e.tour import Tour


def found_by_a_word(tour: Tour) -> str:
    """Ctrl+K leads there; the line of the text that holds the word says why it was found."""
    hands = tour.driver
    hands.press("Ctrl+K")
    hands.write("find in doc")
    hands.press("Return")
    page = hands.page
    assert isinstance(page, SearchPage)
    hands.fill(hands.one(QLineEdit, page), "pneumonia")
    hands.until(lambda: bool(page._model.rows()), "nothing was found")
    hands.press("Down", "Space")
    hands.until(lambda: page.pane.pages.currentIndex() == 1, "its pages are not shown")
    found = page._model.rows()[0]
    tour.look("the line that holds the word, and the pages")
    assert "pneumonia" in found.snippet
    return f"{found.title}: {found.snippet}"


def opened_in_its_chart(tour: Tour) -> str:
    """Enter: the document in the chart that it belongs to."""
    hands = tour.driver
    hands.press("Return")
    page = hands.page
    assert isinstance(page, RecordsPage)
    hands.until(lambda: page.preview.opened is not None, "the document is not open")
    line = page.table.current()
    assert line is not None
    hands.expect("Walter Harris", page)
    return f"{line.title} of Walter Harris"


def who_used_it(tour: Tour) -> str:
    """From the chart to its access log: the looks of a moment ago stand on top."""
    hands = tour.driver
    hands.press("Ctrl+Shift+H")
    page = hands.page
    assert isinstance(page, AccessLogPage)
    hands.until(lambda: bool(page._model.rows()), "the log is empty")
    wanted = "Opened Hospital discharge summary"
    look = next((row for row in page._model.rows()[:5] if row.words == wanted), None)
    assert look is not None, [row.words for row in page._model.rows()[:5]]
    return f"{look.who}, {look.desk}: {look.words}"
