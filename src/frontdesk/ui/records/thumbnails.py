"""The pages of the shown document as small pictures, drawn one after another while they are in sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPen, QTransform
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.rows import Index
from frontdesk.ui.records.page_plan import PagePlan, Sheet
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_SHEET_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()
WIDTH, HEIGHT = 84, 104
"""The room of one page, its number below it included."""
_KEPT = 400


class PageModel(QAbstractListModel):
    """The sheets of a plan; asks for the picture of a page when it is looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.plan = PagePlan()
        self._document: QPdfDocument | None = None
        self._pictures: dict[int, QImage] = {}
        self._wanted: list[int] = []
        self._request = 0
        self._renderer: QPdfPageRenderer | None = None

    def show_document(self, document: QPdfDocument | None) -> None:
        """Its pages as they are kept; None: none."""
        self.beginResetModel()
        self._document = document
        self._pictures, self._wanted, self._request = {}, [], 0
        self._begin_drawing()
        self.plan = PagePlan(document.pageCount() if document is not None else 0)
        self.endResetModel()

    def change(self, act: Callable[[], list[int]]) -> list[int]:
        """Lets an act change the plan; the rows to be chosen then."""
        self.layoutAboutToBeChanged.emit()
        rows = act()
        self.layoutChanged.emit()
        return rows

    def picture(self, page: int) -> QImage | None:
        """The picture of a page, from 1; None until it is drawn."""
        found = self._pictures.get(page)
        if found is None and page not in self._wanted:
            self._wanted.append(page)
            self._draw_next()
        return found

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.plan.sheets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        sheet = self.plan.sheets[index.row()]
        if role == _SHEET_ROLE:
            return sheet
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _said(sheet)
        return None

    def _begin_drawing(self) -> None:
        """A renderer of its own for each document: one takes what it still draws for a page of the next."""
        if self._renderer is not None:
            self._renderer.pageRendered.disconnect(self._drawn)
            self._renderer.deleteLater()
            self._renderer = None
        if self._document is not None:
            self._renderer = QPdfPageRenderer(self)
            self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
            self._renderer.pageRendered.connect(self._drawn)
            self._renderer.setDocument(self._document)

    def _draw_next(self) -> None:
        if self._request or not self._wanted or self._document is None or self._renderer is None:
            return
        page = self._wanted[-1]  # what came into sight last is looked at now
        points = self._document.pagePointSize(page - 1)
        box = QSize(theme().px(WIDTH - 24), theme().px(HEIGHT - 32))
        size = points.toSize().scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        self._request = self._renderer.requestPage(page - 1, size.expandedTo(QSize(8, 8)))

    def _drawn(self, page: int, _size: QSize, image: QImage, _options: object, request: int) -> None:
        if request != self._request:
            return
        self._request = 0
        if page + 1 in self._wanted:
            self._wanted.remove(page + 1)
        if len(self._pictures) >= _KEPT:
            self._pictures.clear()
        self._pictures[page + 1] = _on_white(image)
        for row, sheet in enumerate(self.plan.sheets):
            if sheet.page == page + 1:
                self.dataChanged.emit(self.index(row), self.index(row))
        self._draw_next()


class Thumbnails(QListView):
    """Several can be chosen. R and Shift+R turn, Del leaves out, Alt with the arrows moves, S splits."""

    turned_to = Signal(int)
    """The page, from 1, that the cursor went to."""
    planned = Signal()
    """The plan changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PageModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_PageDelegate(self._model, self))
        self.setAccessibleName(tr("Pages"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setFixedWidth(theme().px(WIDTH + 14))
        self.selectionModel().currentChanged.connect(self._went)

    @property
    def model_of_pages(self) -> PageModel:
        return self._model

    @property
    def plan(self) -> PagePlan:
        return self._model.plan

    def show_document(self, document: QPdfDocument | None) -> None:
        self._model.show_document(document)
        if self._model.rowCount():
            self._choose([0])
        self.planned.emit()

    def chosen(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def turn(self, by: int) -> None:
        self._act(lambda: self.plan.turn(self.chosen(), by))

    def leave_out(self) -> None:
        self._act(lambda: self.plan.leave_out(self.chosen()))

    def shift(self, by: int) -> None:
        self._act(lambda: self.plan.move(self.chosen(), by))

    def split_here(self) -> None:
        self._act(lambda: self.plan.split_before(self.currentIndex().row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        is_plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_R and is_plain:
            self.turn(-90 if held else 90)
        elif key == Qt.Key.Key_S and not held:
            self.split_here()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not held:
            self.leave_out()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and held == Qt.KeyboardModifier.AltModifier:
            self.shift(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _act(self, act: Callable[[], list[int]]) -> None:
        if self._model.rowCount():
            self._choose(self._model.change(act))
            self.planned.emit()

    def _choose(self, rows: Sequence[int]) -> None:
        selection = self.selectionModel()
        selection.clearSelection()
        for row in rows:
            selection.select(self._model.index(row), QItemSelectionModel.SelectionFlag.Select)
        if rows:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            selection.setCurrentIndex(self._model.index(rows[0]), flag)

    def _went(self, current: QModelIndex) -> None:
        if current.isValid():
            self.turned_to.emit(self.plan.sheets[current.row()].page)


class _PageDelegate(QStyledItemDelegate):
    def __init__(self, model: PageModel, view: QListView) -> None:
        super().__init__(view)
        self._pages = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(WIDTH), theme().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        sheet = index.data(_SHEET_ROLE)
        assert isinstance(sheet, Sheet)
        px, color = theme().px, theme().color
        rect = QRect(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            draw.box(painter, rect.adjusted(px(2), px(2), -px(2), -px(2)), color("accent-soft"), radius=6)
        room = rect.adjusted(px(12), px(8), -px(12), -px(24))
        self._paint_page(painter, room, sheet)
        words = tr("{number}, left out", number=sheet.page) if sheet.is_out else str(sheet.page)
        below = QRect(rect.x(), rect.bottom() - px(22), rect.width(), px(18))
        draw.words(painter, below, words, "secondary", "text-2", Qt.AlignmentFlag.AlignHCenter)
        if sheet.starts:
            painter.setPen(QPen(color("accent"), px(2), Qt.PenStyle.DashLine))
            painter.drawLine(
                rect.left() + px(4), rect.top() + px(2), rect.right() - px(4), rect.top() + px(2)
            )
        if state & QStyle.StateFlag.State_HasFocus:
            draw.focus_ring(painter, rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_page(self, painter: QPainter, room: QRect, sheet: Sheet) -> None:
        picture = self._pages.picture(sheet.page)
        if picture is None:
            draw.box(painter, room, theme().color("sunken"), radius=2)
            return
        if sheet.turned:
            picture = picture.transformed(QTransform().rotate(sheet.turned))
        size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.setOpacity(0.3 if sheet.is_out else 1.0)
        painter.drawImage(place, picture)
        painter.setOpacity(1.0)
        painter.setPen(theme().color("line-strong"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        if sheet.is_out:
            draw.icon(painter, place, "x", "block", 28)


def _on_white(image: QImage) -> QImage:
    """QtPdf draws on nothing."""
    white = QImage(image.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, image)
    painter.end()
    return white


def _said(sheet: Sheet) -> str:
    parts = [tr("Page {number}", number=sheet.page)]
    if sheet.turned:
        parts.append(tr("turned {degrees} degrees", degrees=sheet.turned))
    if sheet.is_out:
        parts.append(tr("left out"))
    if sheet.starts:
        parts.append(tr("another document begins here"))
    return ", ".join(parts)
