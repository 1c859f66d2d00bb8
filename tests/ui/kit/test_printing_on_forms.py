"""A paper whose form is on the paper already: shown on it, printed without it, in its actual size."""

from pathlib import Path

import pypdfium2
from PIL import ImageChops
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from frontdesk.formats.pdf.cms1500 import cms1500_pdf, looked_at
from frontdesk.formats.pdf.cms1500_boxes import filled
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.pdf_view import PdfView
from tests.formats.pdf.cms1500_claim import CLAIM, DETAILS


def _ink(pdf: Path) -> tuple[int, int, float]:
    """Dark and red points of the first page, and how far from its left edge the ink begins, in points."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")
    red, green, _ = picture.split()
    dark = red.point([255 if value < 120 else 0 for value in range(256)])
    edges = dark.getbbox()
    assert edges is not None
    return dark.histogram()[255], sum(ImageChops.subtract(red, green).histogram()[60:]), edges[0] / 2


def test_the_printer_gets_the_letters_alone_where_the_form_has_its_boxes(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    kept = cms1500_pdf(filled(CLAIM, DETAILS).forms)
    view = PdfView(says="Form", actual_size=True)
    qtbot.addWidget(view)
    assert view.show_pdf(looked_at(kept), "cms1500.pdf")
    view.print_instead(kept)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setPageMargins(QMarginsF(0.5, 0.5, 0.5, 0.5), QPageLayout.Unit.Inch)
    view._print_to(printer)
    (tmp_path / "shown.pdf").write_bytes(looked_at(kept))
    (tmp_path / "kept.pdf").write_bytes(kept)
    _, on_the_screen, _ = _ink(tmp_path / "shown.pdf")
    _, _, begins = _ink(tmp_path / "kept.pdf")
    dark, red, printed_begins = _ink(tmp_path / "printed.pdf")
    assert on_the_screen > 1000
    assert dark > 1000
    assert red == 0
    assert abs(printed_begins - begins) < 1.5
