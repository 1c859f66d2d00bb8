"""Tables: columns declared once, rows shown as often as answers come."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.cell import CELL_ROLE, GROUP_ROLE, PADDING, Cell, CellDelegate, Group
from frontdesk.ui.kit.rows import Index, RowKeeper
from frontdesk.ui.theme import theme

T = TypeVar("T")
Align = Literal["left", "right", "center"]

_ALIGN: dict[str, Qt.AlignmentFlag] = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
_ROOT = QModelIndex()


@dataclass(frozen=True)  # without slots: Python 3.11 cannot make Column[T](...) of a frozen class with them
class Column(Generic[T]):
    """`value` gives the words of a row, or a Cell with more to it. `width` 0 takes what is left."""

    title: str
    value: Callable[[T], str | Cell]
    width: int = 0
    align: Align = "left"
    sort_by: Callable[[T], Any] | None = None  # any values that can be compared with each other


class TableModel(QAbstractTableModel, Generic[T]):
    """Rows of one kind, with or without groups; the key knows a row again in the next answer."""

    def __init__(
        self, columns: Sequence[Column[T]], *, key: Callable[[T], Hashable], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[T | Group] = []
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def show(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._sort()
        self.endResetModel()

    def show_groups(self, groups: Sequence[tuple[Group, Sequence[T]]]) -> None:
        """Each group's line, then its rows; groups are not sorted by the heads."""
        self.beginResetModel()
        self._rows = []
        for group, rows in groups:
            self._rows.append(group)
            self._rows.extend(rows)
        self.endResetModel()

    def rows(self) -> list[T]:
        return [row for row in self._rows if not isinstance(row, Group)]

    def at(self, row: int) -> T | None:
        """The row's object; None for a group's line and outside."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if isinstance(found, Group) else found

    def shown_in(self, place: int) -> Iterator[str]:
        """The words of a column, row by row."""
        value = self.columns[place].value
        for row in self.rows():
            cell = value(row)
            yield cell.text if isinstance(cell, Cell) else cell

    def group_lines(self) -> list[int]:
        return [number for number, row in enumerate(self._rows) if isinstance(row, Group)]

    def key_at(self, row: int) -> Hashable | None:
        found = self.at(row)
        return None if found is None else self._key(found)

    def row_of(self, key: Hashable) -> int:
        return next((n for n in range(len(self._rows)) if self.key_at(n) == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            return row if role == GROUP_ROLE else row.says() if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[index.column()]
        if role == CELL_ROLE:
            value = column.value(row)
            return value if isinstance(value, Cell) else Cell(value)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            value = column.value(row)
            return value.says() if isinstance(value, Cell) else value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column that says what to sort by; the others leave the order as it is."""
        if not 0 <= column < len(self.columns) or self.columns[column].sort_by is None:
            return
        self.beginResetModel()
        self._sorted_by = (column, order)
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        if self._sorted_by is None or self.group_lines():
            return
        column, order = self._sorted_by
        by = self.columns[column].sort_by
        assert by is not None
        ordered = sorted(self.rows(), key=by, reverse=order == Qt.SortOrder.DescendingOrder)
        self._rows = list(ordered)


class Table(QTableView, Generic[T]):
    """One row chosen at a time; Enter and double click open it."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self, model: TableModel[T], *, says: str, row_height: int = 30, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._row_height = row_height
        self._low: list[int] = []
        self._kept_rows = 0
        self._widths: dict[int, int] = {}
        self.setAccessibleName(says)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.keeper = RowKeeper(self, model, model)
        self.keeper.chosen.connect(self._tell_chosen)
        self.keeper.opened.connect(self._tell_opened)
        self._delegate = CellDelegate(self.keeper, self)
        self.setItemDelegate(self._delegate)
        model.modelReset.connect(self._span_groups)
        model.modelReset.connect(self._widen)
        if any(column.sort_by for column in model.columns):
            self.horizontalHeader().setSectionsClickable(True)
            self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self._order: dict[int, Qt.SortOrder] = {}
        self._fit()
        self._span_groups()
        theme().changed.connect(self._refit)

    def current(self) -> T | None:
        """The chosen row's object."""
        return self._rows.at(self.keeper.current())

    def choose(self, key: Hashable) -> bool:
        """Chooses the row of that key and says whether it is there."""
        row = self._rows.row_of(key)
        self.keeper.choose(row)
        return row >= 0

    def choose_near(self, row: int) -> None:
        """Chooses what stands now at that place, or next to it: where a line was that is gone."""
        rows = (*range(max(row, 0), self._rows.rowCount()), *range(row - 1, -1, -1))
        near = next((n for n in rows if self._rows.at(n) is not None), -1)
        if near >= 0:
            self.keeper.choose(near)

    def choose_first(self) -> None:
        first = next((n for n in range(self._rows.rowCount()) if self._rows.at(n) is not None), -1)
        self.keeper.choose(first)

    def keep_rows(self, rows: int) -> None:
        """In a low window the page scrolls before fewer rows than these are in sight."""
        self._kept_rows = rows
        self.setMinimumHeight(theme().px(28 + self._row_height * rows))

    def whole_height(self) -> int:
        """As high as its head and all rows are."""
        return theme().px(28 + self._row_height * max(1, self._rows.rowCount()))

    def width_of(self, place: int) -> int:
        """What a column of its own width takes: more than was declared where an amount wants it."""
        return self._widths.get(place, theme().px(self._rows.columns[place].width))

    def choose_one(self) -> None:
        """The first row, unless a row is chosen."""
        if self.current() is None:
            self.choose_first()

    def sizeHintForRow(self, row: int) -> int:
        return theme().px(self._row_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self.keeper.current()
        if self.hasFocus() and (current >= 0 or not self._rows.rowCount()):
            rect = self.viewport().rect()  # without a row all of it
            if current >= 0:
                rect = self.visualRect(self._rows.index(current, self.first_column()))
                rect.setLeft(0)
                rect.setRight(self.viewport().width() - 1)
            painter = QPainter(self.viewport())
            draw.focus_ring(painter, rect, radius=2)
            painter.end()

    def first_column(self) -> int:
        """The leftmost that is in sight: where it is narrow, others give way."""
        header = self.horizontalHeader()
        seen = (place for place in range(header.count()) if not header.isSectionHidden(place))
        return next(seen, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.keeper.current() < 0 and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        px = theme().px
        return QSize(px(320), px(28) + px(self._row_height) * min(8, max(3, self._rows.rowCount())))

    def _fit(self) -> None:
        px = theme().px
        header = self.horizontalHeader()
        header.setFixedHeight(px(28))
        header.setMinimumSectionSize(px(24))
        self.verticalHeader().setMinimumSectionSize(px(24))  # first: the size is held to the one before
        self.verticalHeader().setDefaultSectionSize(px(self._row_height))
        for number, column in enumerate(self._rows.columns):
            is_fixed = bool(column.width)
            mode = QHeaderView.ResizeMode.Interactive if is_fixed else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(number, mode)
        self._widths = {}
        self._widen()

    def _widen(self) -> None:
        """Amounts and counts, which stand right, are never cut: their column is as wide as its longest."""
        header = self.horizontalHeader()
        for place, column in enumerate(self._rows.columns):
            if not column.width:
                continue
            width = theme().px(column.width)
            if column.align == "right":
                longest = max(self._rows.shown_in(place), key=len, default="")
                width = max(width, draw.role_width(longest, "strong") + theme().px(2 * PADDING))
            if width != self._widths.get(place):
                self._widths[place] = width
                header.resizeSection(place, width)

    def _refit(self) -> None:
        """At another scale each row, too: only new ones take the default."""
        self._fit()
        for line in range(self._rows.rowCount()):
            self.setRowHeight(line, theme().px(self._row_height))
        self._span_groups()
        if self._kept_rows:
            self.keep_rows(self._kept_rows)

    def _span_groups(self) -> None:
        self.clearSpans()
        for line in self._low:  # a row may stand now where a group's line was
            self.setRowHeight(line, theme().px(self._row_height))
        self._low = self._rows.group_lines()
        if len(self._rows.columns) > 1:
            for line in self._rows.group_lines():
                self.setSpan(line, 0, 1, len(self._rows.columns))
                self.setRowHeight(line, theme().px(26))

    def _sort_by(self, column: int) -> None:
        before = self._order.get(column)
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        self._order = {column: down if before == up else up}
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(column, self._order[column])
        self._rows.sort(column, self._order[column])

    def _tell_chosen(self, row: int) -> None:
        self.chosen.emit(self._rows.at(row))

    def _tell_opened(self, row: int) -> None:
        found = self._rows.at(row)
        if found is not None:
            self.opened.emit(found)
