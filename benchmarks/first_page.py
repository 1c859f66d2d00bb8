"""The first page of a long scan, out of the encrypted store, against bare QtPdf on a plain file."""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Measure, compared
from frontdesk.services.database import Database
from frontdesk.services.records import content, tray, viewing
from frontdesk.services.work import SYSTEM
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.records.loading import picture_of

NAMES = ("first_page_300",)
PAGES = 300
PIXELS = (1700, 2200)
"""A letter page at 200 dots to the inch."""
WIDTH, HEIGHT = 900, 1100


def measures(wanted: set[str]) -> Iterator[Measure]:
    """Open and paint, without a screen."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        yield _measure(Path(folder))
    app.processEvents()


def _measure(folder: Path) -> Measure:
    scan = folder / "scan.pdf"
    write_scan(scan)
    database = Database.open_file(folder / "office.db", os.urandom(32))
    seen = content.store(database, scan)
    received = database.do(SYSTEM, tray.receive, sha256=seen.sha256, arrived_as="scan.pdf").result
    view = PdfView(says="Scan")
    view.resize(WIDTH, HEIGHT)
    ours_image, bare_image = (QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32) for _ in range(2))

    def ours() -> None:
        page = database.ask(SYSTEM, viewing.first_page, document_id=received, width=WIDTH)
        assert page is not None
        view.show_first(picture_of(page), page.pages)
        view.render(ours_image)

    def bare() -> None:
        document = QPdfDocument()
        document.load(str(scan))
        points = document.pagePointSize(0)
        page = document.render(0, QSize(WIDTH, round(WIDTH * points.height() / points.width())))
        painter = QPainter(bare_image)
        painter.fillRect(bare_image.rect(), QColor("white"))
        painter.drawImage(QRect(0, 0, page.width(), page.height()), page)
        painter.end()
        document.close()

    try:
        return compared("first_page_300", ours, bare, goal=1.5)
    finally:
        view.deleteLater()
        database.close()


def write_scan(path: Path, pages: int = PAGES) -> None:
    """Grey pages with a scanner's noise; each is a picture of its own, some 600 KB large."""
    picture = Image.effect_noise(PIXELS, 10).convert("L").point(lambda value: min(255, value + 100))
    pen = ImageDraw.Draw(picture)
    for line in range(60):
        pen.text((120, 100 + 33 * line), f"Line {line} of a chart that was scanned page by page.", fill=20)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=55)
    data, chance = out.getvalue(), Random(7)
    with path.open("wb") as file:
        places: list[int] = []

        def put(number: int, head: str, stream: bytes | None = None) -> None:
            assert number == len(places) + 1
            places.append(file.tell())
            length = f" /Length {len(stream)}" if stream is not None else ""
            file.write(f"{number} 0 obj\n<< {head}{length} >>\n".encode())
            if stream is not None:
                file.write(b"stream\n" + stream + b"\nendstream\n")
            file.write(b"endobj\n")

        file.write(b"%PDF-1.4\n")
        put(1, "/Type /Catalog /Pages 2 0 R")
        kids = " ".join(f"{3 + 3 * page} 0 R" for page in range(pages))
        put(2, f"/Type /Pages /Count {pages} /Kids [{kids}]")
        size = f"/Width {PIXELS[0]} /Height {PIXELS[1]} /ColorSpace /DeviceGray /BitsPerComponent 8"
        for page in range(pages):
            first = 3 + 3 * page
            used = f"/Resources << /XObject << /S {first + 2} 0 R >> >> /Contents {first + 1} 0 R"
            put(first, f"/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {used}")
            put(first + 1, "", b"612 0 0 792 0 0 cm /S Do")
            # A comment makes each picture other bytes without compressing it anew.
            scanned = data[:2] + b"\xff\xfe\x00\x12" + chance.randbytes(16) + data[2:]
            put(first + 2, f"/Type /XObject /Subtype /Image {size} /Filter /DCTDecode", scanned)
        end = file.tell()
        file.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
        file.writelines(f"{place:010} 00000 n \n".encode() for place in places)
        file.write(f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{end}\n%%EOF".encode())
