"""A document that is left while it is drawn is not seen as the next one."""

import io

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.records.thumbnails import PageModel

RED, GREEN = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


def page(color: tuple[float, float, float], lines: int) -> bytes:
    """A page all of one color; many lines take long to draw."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(600, 800))
    canvas.setFillColorRGB(*color)
    canvas.setStrokeColorRGB(*color)
    canvas.rect(0, 0, 600, 800, fill=1, stroke=0)
    for line in range(lines):
        canvas.line(line % 600, 0, 600 - line % 600, 800)
    canvas.save()
    return written.getvalue()


def middle(picture: QImage) -> QColor:
    return picture.pixelColor(picture.rect().center())


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    made = PdfView(says="A letter")
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    return made


def test_a_page_that_comes_late_is_not_shown_for_the_next_document(view: PdfView, qtbot: QtBot) -> None:
    for wait in (0, 5, 20):
        view.show_pdf(page(RED, 3_000), "One patient's")
        view.grab()  # asks for its page
        qtbot.wait(wait)
        view.show_pdf(page(GREEN, 1), "Another's")
        qtbot.waitUntil(lambda: middle(view.grab().toImage()) == QColor("#00ff00"))
        qtbot.wait(300)  # what is late comes by then
        assert middle(view.grab().toImage()) == QColor("#00ff00")


def test_the_same_of_the_small_pages(view: PdfView, qtbot: QtBot) -> None:
    model = PageModel(view)
    for _ in range(5):
        view.show_pdf(page(RED, 3_000))
        model.show_document(view.document)
        model.picture(1)
        qtbot.wait(1)
        view.show_pdf(page(GREEN, 1))
        model.show_document(view.document)
        qtbot.waitUntil(lambda: model.picture(1) is not None)
        found = model.picture(1)
        assert found is not None
        assert middle(found) == QColor("#00ff00")


def test_the_zoom_and_the_keyboard_stay_with_the_next_document(view: PdfView, qtbot: QtBot) -> None:
    view.show_pdf(page(RED, 1))
    view.zoom_in()
    zoomed = view._view.zoomFactor()
    view._view.setFocus()
    qtbot.waitUntil(view._view.hasFocus)
    view.show_pdf(page(GREEN, 1))
    assert view._view.zoomFactor() == zoomed
    assert view._view.hasFocus()
