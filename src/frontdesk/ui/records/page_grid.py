"""The pages of a document as small pictures, each in or out: Space, a click, or a range that is typed."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from frontdesk.formats.page_thumbs import PageThumb
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.rows import Index
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

PICTURE_WIDTH, PICTURE_HEIGHT = 132, 172
_CELL_WIDTH, _CELL_HEIGHT = 156, 214
_ROOT = QModelIndex()
_PAGE_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class _Pages(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = 0
        self.chosen: frozenset[int] = frozenset()
        self.pictures: dict[int, QImage] = {}

    def show(self, count: int) -> None:
        self.beginResetModel()
        self.count, self.pictures, self.chosen = count, {}, frozenset()
        self.endResetModel()

    def choose(self, pages: Iterable[int]) -> None:
        self.chosen = frozenset(pages)
        self._tell_all()

    def put(self, pictures: Iterable[PageThumb]) -> None:
        for each in pictures:
            image = QImage(each.rgb, each.width, each.height, 3 * each.width, QImage.Format.Format_RGB888)
            self.pictures[each.page] = image.copy()  # the bytes go, the picture stays
        self._tell_all()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.count

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        page = index.row() + 1
        if role == _PAGE_ROLE:
            return page
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            goes = tr("goes") if page in self.chosen else tr("stays")
            return tr("Page {page}, {goes}", page=page, goes=goes)
        return None

    def _tell_all(self) -> None:
        if self.count:
            self.dataChanged.emit(self.index(0), self.index(self.count - 1))


class PageGrid(QListView):
    """Arrows walk, Shift marks several, Space turns what is marked in or out."""

    toggled = Signal(object)
    """The pages, from 1, that are to go now."""
    opened = Signal(int)
    """A page to be seen large."""

    def __init__(self, *, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages(self)
        self._may_choose = True
        self.setModel(self._pages)
        self.setAccessibleName(says)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_PageDelegate(self))
        self._fit()
        theme().changed.connect(self._fit)

    def show_pages(self, count: int, chosen: Sequence[int], *, may_choose: bool) -> None:
        """A document's pages, without their pictures yet."""
        self._may_choose = may_choose
        self._pages.show(count)
        self._pages.choose(chosen)
        if count:
            self.setCurrentIndex(self._pages.index(0))

    def show_chosen(self, chosen: Sequence[int]) -> None:
        self._pages.choose(chosen)

    def show_pictures(self, pictures: Iterable[PageThumb]) -> None:
        self._pages.put(pictures)

    @property
    def chosen(self) -> tuple[int, ...]:
        return tuple(sorted(self._pages.chosen))

    @property
    def may_choose(self) -> bool:
        return self._may_choose

    def is_chosen(self, page: int) -> bool:
        return page in self._pages.chosen

    def picture(self, page: int) -> QImage | None:
        return self._pages.pictures.get(page)

    def toggle(self) -> None:
        """What is marked goes in; where all of it is in already, out."""
        marked = {index.row() + 1 for index in self.selectedIndexes()}
        if not marked and self.currentIndex().isValid():
            marked = {self.currentIndex().row() + 1}
        if not marked or not self._may_choose:
            return
        now = set(self._pages.chosen)
        now = now - marked if marked <= now else now | marked
        self.toggled.emit(tuple(sorted(now)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.currentIndex().row() + 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the mark of a page turns it; elsewhere it only marks the page."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = not event.modifiers() and event.button() == Qt.MouseButton.LeftButton
        if (
            index.isValid()
            and is_plain
            and _mark_of(self.visualRect(index)).contains(event.position().toPoint())
        ):
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.toggle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.row() + 1)

    def _fit(self) -> None:
        self.setGridSize(QSize(theme().px(_CELL_WIDTH), theme().px(_CELL_HEIGHT)))


def _mark_of(cell: QRect) -> QRect:
    side = theme().px(24)
    return QRect(cell.x() + theme().px(6), cell.bottom() - side - theme().px(2), cell.width(), side)


class _PageDelegate(QStyledItemDelegate):
    def __init__(self, grid: PageGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().px(_CELL_WIDTH), theme().px(_CELL_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px = theme().px
        cell: QRect = option.rect
        page = index.data(_PAGE_ROLE)
        assert isinstance(page, int)
        goes = self._grid.is_chosen(page)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell.adjusted(px(2), px(2), -px(2), -px(2)), theme().color("accent-soft"))
        room = QRect(cell.x() + px(12), cell.y() + px(8), px(PICTURE_WIDTH), px(PICTURE_HEIGHT))
        self._paint_sheet(painter, room, self._grid.picture(page), goes=goes)
        mark = _mark_of(cell)
        icon, color = ("square-check", "accent") if goes else ("square", "text-3")
        if not self._grid.may_choose and not goes:
            icon, color = "minus", "text-off"
        slot = QRect(mark.x() + px(6), mark.y(), px(18), mark.height())
        draw.icon(painter, slot, icon, color)
        mark.setLeft(slot.right() + px(6))
        draw.words(
            painter,
            mark,
            tr("Page {page}", page=page),
            "strong" if goes else "body",
            "text" if goes else "text-2",
        )
        if self._grid.hasFocus() and self._grid.currentIndex().row() == index.row():
            draw.focus_ring(painter, cell.adjusted(px(2), px(2), -px(2), -px(2)), radius=4)

    def _paint_sheet(self, painter: QPainter, room: QRect, picture: QImage | None, *, goes: bool) -> None:
        if picture is None:
            painter.fillRect(room, theme().color("sunken"))
            return
        size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, picture)
        if not goes:
            veil = QColor(theme().color("surface"))
            veil.setAlpha(150)
            painter.fillRect(place, veil)
        painter.setPen(theme().color("accent" if goes else "line-2"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.restore()
