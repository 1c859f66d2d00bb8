"""Lists of rows: a title, lines under it, something at the end. Expected visits, categories, results."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.cell import paint_ground
from frontdesk.ui.kit.rows import Index, RowKeeper
from frontdesk.ui.theme import Role, theme

T = TypeVar("T")

ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a line, with an icon before it where it has one."""

    text: str
    color: str = "text-2"
    icon: str = ""
    icon_color: str = ""
    role: Role = "secondary"
    marks: draw.Marks = ()
    """What is underlined."""


@dataclass(frozen=True, slots=True)
class Item:
    """How one row looks. `lead` stands in a column of its own before the title: a time."""

    title: str
    lines: tuple[tuple[Words, ...], ...] = ()
    lead: str = ""
    icon: str = ""
    icon_color: str = "text-2"
    trailing: Words | None = None
    chip: str = ""
    chip_tone: str = draw.NEUTRAL
    chip_icon: str = ""
    strong: bool = False
    is_head: bool = False
    is_note: bool = False
    """Words in the place of a row, which nobody can choose."""
    marks: draw.Marks = ()
    """What of the title is underlined."""
    under_icon: bool = False
    """Whether the lines begin under the icon, where the room is narrow."""

    def says(self) -> str:
        """What is read aloud."""
        under = [piece.text for line in self.lines for piece in line]
        end = [self.trailing.text] if self.trailing else []
        return ", ".join(part for part in (self.lead, self.title, *under, *end, self.chip) if part)


class ListModel(QAbstractListModel, Generic[T]):
    """Rows of one kind; `look` says how each is shown, `key` knows it again in the next answer."""

    def __init__(
        self, look: Callable[[T], Item], *, key: Callable[[T], Hashable], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._key = key
        self._rows: list[T] = []

    def show(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rows(self) -> list[T]:
        return list(self._rows)

    def at(self, row: int) -> T | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def key_at(self, row: int) -> Hashable | None:
        found = self.at(row)
        return None if found is None else self._key(found)

    def row_of(self, key: Hashable) -> int:
        return next((n for n, row in enumerate(self._rows) if self._key(row) == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        item = self._look(self._rows[index.row()])
        if item.is_head or item.is_note:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._look(self._rows[index.row()])
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return item.says()
        return None


class RowList(QListView, Generic[T]):
    """One row chosen at a time; Enter and double click open it; typing jumps to a title."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        model: ListModel[T],
        *,
        says: str,
        lead_width: int = 46,
        lined: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self.setAccessibleName(says)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keeper = RowKeeper(self, model, model)
        self.keeper.chosen.connect(self._tell_chosen)
        self.keeper.opened.connect(self._tell_opened)
        self._delegate = ItemDelegate(self.keeper, lead_width, lined=lined, parent=self)
        self.setItemDelegate(self._delegate)
        theme().changed.connect(self.scheduleDelayedItemsLayout)

    def current(self) -> T | None:
        return self._rows.at(self.keeper.current())

    def choose(self, key: Hashable) -> bool:
        """Chooses the row of that key and says whether it is there."""
        row = self._rows.row_of(key)
        self.keeper.choose(row)
        return row >= 0

    def height_of_all(self) -> int:
        """The height at which nothing scrolls."""
        return sum(self.sizeHintForIndex(self._rows.index(n)).height() for n in range(self._rows.rowCount()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.keeper.current() < 0 and event.reason() != Qt.FocusReason.MouseFocusReason:
            selectable = Qt.ItemFlag.ItemIsSelectable
            rows = range(self._rows.rowCount())
            self.keeper.choose(
                next((n for n in rows if self._rows.flags(self._rows.index(n)) & selectable), -1)
            )
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not self._rows.rowCount():  # else the row shows it
            painter = QPainter(self.viewport())
            draw.focus_ring(painter, self.viewport().rect(), radius=2)
            painter.end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _tell_chosen(self, row: int) -> None:
        self.chosen.emit(self._rows.at(row))

    def _tell_opened(self, row: int) -> None:
        self.opened.emit(self._rows.at(row))


class ItemDelegate(QStyledItemDelegate):
    """Paints an Item: icon or lead, title, lines, what stands at the end."""

    def __init__(self, keeper: RowKeeper, lead_width: int, *, lined: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._lead_width = lead_width
        self._lined = lined

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item = index.data(ITEM_ROLE)
        assert isinstance(item, Item)
        height = 28 if not item.lines else 26 + 17 * len(item.lines) + 6
        return QSize(theme().px(120), theme().px(26 if item.is_head else height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px = theme().px
        rect: QRect = option.rect
        item = index.data(ITEM_ROLE)
        assert isinstance(item, Item)
        if item.is_head:
            self._paint_head(painter, rect, item)
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, selected=selected, hovered=self._keeper.hovered == index.row())
        inner = rect.adjusted(px(12), 0, -px(12), 0)
        line = QRect(inner.x(), inner.y(), inner.width(), px(28))
        if item.lines:
            line.moveTop(inner.y() + px(3))
            line.setHeight(px(22))
        if item.lead:
            draw.words(painter, line, item.lead, "strong", "text", elide=False)
            line.setLeft(line.left() + px(self._lead_width))
        elif item.icon:
            draw.icon(painter, QRect(line.x(), line.y(), px(16), line.height()), item.icon, item.icon_color)
            line.setLeft(line.left() + px(25))
        left = line.left()
        line.setRight(self._paint_end(painter, line, item))
        role: Role = "strong" if item.strong or item.lines or selected else "body"
        ink = "accent-text" if selected and not item.lines else "text"
        draw.marked(painter, line, item.title, item.marks, role, ink)
        for number, pieces in enumerate(item.lines):
            begins = inner.x() if item.under_icon else left
            under = QRect(begins, inner.y() + px(25 + 17 * number), inner.right() - begins, px(17))
            _paint_pieces(painter, under, pieces)
        view = self.parent()
        if isinstance(view, QWidget) and view.hasFocus() and self._keeper.current() == index.row():
            draw.focus_ring(painter, rect, radius=2)

    def _paint_head(self, painter: QPainter, rect: QRect, item: Item) -> None:
        painter.fillRect(rect, theme().color("subtle"))
        inner = rect.adjusted(theme().px(12), 0, -theme().px(12), 0)
        used = draw.words(painter, inner, item.title, "caption", "text-3")
        if item.trailing:
            inner.setLeft(inner.left() + used + theme().px(8))
            right = Qt.AlignmentFlag.AlignRight
            draw.words(painter, inner, item.trailing.text, "secondary", "text-3", right)

    def _paint_ground(self, painter: QPainter, rect: QRect, *, selected: bool, hovered: bool) -> None:
        if self._lined:
            paint_ground(painter, rect, selected=selected, hovered=hovered)
        elif selected or hovered:
            painter.fillRect(rect, theme().color("accent-soft" if selected else "hover"))
        if selected:
            painter.fillRect(rect.x(), rect.y(), theme().px(3), rect.height(), theme().color("accent"))

    def _paint_end(self, painter: QPainter, line: QRect, item: Item) -> int:
        """Paints the chip and the trailing words; gives the edge that the title may not cross."""
        edge = line.right()
        if item.chip:
            width = draw.chip_width(item.chip, item.chip_icon)
            height = theme().px(draw.CHIP_HEIGHT)
            place = QRect(edge - width, line.center().y() - height // 2, width, height)
            draw.chip(painter, place, item.chip, item.chip_tone, item.chip_icon)
            edge = place.left() - theme().px(8)
        if item.trailing and item.trailing.text:
            width = draw.text_width(item.trailing.text, theme().font(item.trailing.role)) + 1
            place = QRect(edge - width + 1, line.y(), width, line.height())
            draw.words(
                painter, place, item.trailing.text, item.trailing.role, item.trailing.color, elide=False
            )
            edge = place.left() - theme().px(8)
        return edge


def _paint_pieces(painter: QPainter, rect: QRect, pieces: Sequence[Words]) -> None:
    px = theme().px
    for piece in pieces:
        if rect.width() <= px(16):
            return
        if piece.icon:
            slot = QRect(rect.x(), rect.y(), px(14), rect.height())
            draw.icon(painter, slot, piece.icon, piece.icon_color or piece.color, 14)
            rect.setLeft(slot.right() + 1 + px(4))
        used = draw.marked(painter, rect, piece.text, piece.marks, piece.role, piece.color)
        rect.setLeft(rect.left() + used + px(8))
