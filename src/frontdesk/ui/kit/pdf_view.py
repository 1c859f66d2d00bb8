"""A document on the page: turn pages, zoom, print."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ZOOM_STEP = 1.25
_PRINT_DPI = 300


class PdfView(QWidget):
    """Shows the bytes of a PDF, fitted to its width.

    Printed, a page fills what the printer reaches; with `actual_size` it keeps its measures, for forms
    whose lines are on the paper already.
    """

    page_changed = Signal(int)
    printed = Signal(int)
    """How many pages went to the printer."""

    def __init__(
        self, *, says: str, prints: bool = True, actual_size: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actual_size = actual_size
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._printed: QPdfDocument | None = None
        self._says = says
        self._view = self._pages()
        self._first = _FirstPage()
        self._title = EndingLabel("", "strong")
        self._count = Label("", "secondary", "text-2")
        back = IconButton("chevron-left", tr("Page before"))
        on = IconButton("chevron-right", tr("Next page"))
        closer = IconButton("zoom-in", tr("Zoom in"))
        wider = IconButton("zoom-out", tr("Zoom out"))
        printed = IconButton("printer", tr("Print"), keys="Ctrl+P")
        back.clicked.connect(self.page_before)
        on.clicked.connect(self.next_page)
        closer.clicked.connect(self.zoom_in)
        wider.clicked.connect(self.zoom_out)
        printed.clicked.connect(self.print_out)
        bar = self._bar = QHBoxLayout()
        bar.setContentsMargins(theme().px(12), theme().px(4), theme().px(8), theme().px(4))
        bar.setSpacing(theme().px(4))
        bar.addWidget(self._title, 1)
        for widget in (self._count, back, on, closer, wider, printed):
            bar.addWidget(widget)
        set_shown(printed, prints)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(bar)
        self._first.hide()
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self._view, 1)
        self._middle.addWidget(self._first, 1)
        self._column.addLayout(self._middle, 1)
        theme().changed.connect(self._dress)

    def set_note(self, note: QWidget) -> None:
        """What stands between the bar and the pages: the state of the document."""
        self._column.insertWidget(1, note)

    @property
    def document(self) -> QPdfDocument:
        """For who draws its pages elsewhere: thumbnails."""
        return self._document

    def set_side(self, side: QWidget) -> None:
        """What stands left of the pages."""
        self._middle.insertWidget(0, side)

    def add_tools(self, *tools: QWidget) -> None:
        """More of what acts on the document, before the printer."""
        for tool in tools:
            self._bar.insertWidget(self._bar.count() - 1, tool)

    def show_first(self, picture: QImage, pages: int, title: str = "") -> None:
        """The first page of a long document as a picture, until `show_pdf` has all of it."""
        self.clear()
        self._first.show_picture(picture)
        self._title.setText(title)
        self._count.setText(tr("{page} of {pages}", page=1, pages=pages))
        self._show_picture(shown=True)

    def show_pdf(self, content: bytes | QByteArray, title: str = "") -> bool:
        """Shows the document; False when the bytes are no PDF that can be read."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(content if isinstance(content, QByteArray) else QByteArray(content))
        self._begin_pages()
        self._show_picture(shown=False)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._title.setText(title)
        self._show_place(0)
        return self._document.status() == QPdfDocument.Status.Ready

    def print_instead(self, content: bytes) -> None:
        """What goes to the printer, where the view shows it on a form that is on the paper already."""
        self._printed = QPdfDocument(self)
        buffer = QBuffer(self._printed)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._printed.load(buffer)

    def clear(self) -> None:
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray())
        self._first.show_picture(QImage())
        self._show_picture(shown=False)
        self._title.setText("")
        self._count.setText("")

    def go_to(self, page: int) -> None:
        """Show this page, counted from 1."""
        navigator = self._view.pageNavigator()
        if 0 < page <= self._document.pageCount():
            navigator.jump(page - 1, QPointF(), navigator.currentZoom())

    def page_before(self) -> None:
        self._turn(-1)

    def next_page(self) -> None:
        self._turn(1)

    def zoom_in(self) -> None:
        self._zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        self._zoom(1 / _ZOOM_STEP)

    def print_out(self) -> None:
        """Through the system's print dialog; each page drawn at 300 dots per inch on white."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if self._document.pageCount() and dialog.exec() == QDialog.DialogCode.Accepted:
            self._print_to(printer)
            self.printed.emit(self._document.pageCount())

    def _print_to(self, printer: QPrinter) -> None:
        printer.setFullPage(self._actual_size)
        document = self._printed or self._document
        painter = QPainter(printer)
        for page in range(document.pageCount()):
            if page:
                printer.newPage()
            points = document.pagePointSize(page)
            size = QSize(round(points.width() / 72 * _PRINT_DPI), round(points.height() / 72 * _PRINT_DPI))
            image = document.render(page, size, QPdfDocumentRenderOptions())
            target = QRectF(QPointF(0, 0), self._printed_size(printer, points))
            painter.fillRect(target, QColor(Qt.GlobalColor.white))
            painter.drawImage(target, image)
        painter.end()

    def _printed_size(self, printer: QPrinter, points: QSizeF) -> QSizeF:
        if self._actual_size:
            return points * (printer.resolution() / 72)
        room = printer.pageLayout().paintRectPixels(printer.resolution()).size()
        return points.scaled(room.toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)

    def _turn(self, by: int) -> None:
        navigator = self._view.pageNavigator()
        page = navigator.currentPage() + by
        if 0 <= page < self._document.pageCount():
            navigator.jump(page, QPointF(), navigator.currentZoom())

    def _zoom(self, by: float) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(4.0, max(0.25, self._view.zoomFactor() * by)))

    def _show_picture(self, *, shown: bool) -> None:
        self._view.setVisible(not shown)
        self._first.setVisible(shown)

    def _pages(self) -> QPdfView:
        view = QPdfView(self)
        view.setAccessibleName(self._says)
        view.setDocument(self._document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.pageNavigator().currentPageChanged.connect(self._show_place)
        _dress(view)
        return view

    def _begin_pages(self) -> None:
        """A view that holds nothing of the document before.

        QPdfView draws on a thread and takes what comes from it for a page of the document that it has by
        then: turned to the next patient's letter in the meantime, it would show the last one's.
        """
        before, self._view = self._view, self._pages()
        self._view.setZoomMode(before.zoomMode())
        self._view.setZoomFactor(before.zoomFactor())
        self._middle.replaceWidget(before, self._view)
        self.setTabOrder(before, self._view)
        self._view.show()
        if before.hasFocus():
            self._view.setFocus()
        before.hide()
        before.deleteLater()

    def _dress(self) -> None:
        _dress(self._view)

    def _show_place(self, page: int) -> None:
        pages = self._document.pageCount()
        self._count.setText(tr("{page} of {pages}", page=page + 1, pages=pages) if pages else "")
        self.page_changed.emit(page)


def _dress(view: QPdfView) -> None:
    """The ground around the pages; QPdfView takes it from the palette's Dark."""
    palette = view.palette()
    palette.setColor(QPalette.ColorRole.Dark, theme().color("canvas"))
    view.setPalette(palette)


class _FirstPage(QWidget):
    """The picture of a page, as wide as there is room, on the ground that the pages have."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("canvas"))
        if not self._picture.isNull():
            edge = theme().px(6)
            width = self.width() - 2 * edge
            height = round(width * self._picture.height() / self._picture.width())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(edge, edge, width, height), self._picture)
        painter.end()
