"""Lucide's line icons, drawn in any colour, size and device pixel ratio, each once."""

from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


@cache
def _archive() -> ZipFile:
    return ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes()))


@cache
def _drawing(name: str) -> bytes:
    return _archive().read(f"{name}.svg")


@cache
def _pixmap(name: str, rgb: str, size: int, ratio: float) -> QPixmap:
    coloured = _drawing(name).replace(b"currentColor", rgb.encode())
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(coloured)).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon `size` logical pixels wide. Raises KeyError for a name that Lucide does not have."""
    return _pixmap(name, color.name(), size, ratio)
