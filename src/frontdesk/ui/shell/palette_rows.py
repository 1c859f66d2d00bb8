"""The lines of the command field's list, and how they are painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.rows import Index
from frontdesk.ui.theme import theme

_ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()
_BUTTON_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class RowVerb:
    """An act on the row, reached with Tab."""

    words: str
    keys: str
    perform: Callable[[], None]


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """Something found or something to do; `marks` are starts and lengths of what matches in the title.

    Without `perform` it is a heading.
    """

    title: str
    perform: Callable[[], None] | None = None
    marks: tuple[tuple[int, int], ...] = ()
    detail: str = ""
    below: str = ""
    below_marks: tuple[tuple[int, int], ...] = ()
    icon: str = ""
    icon_color: str = "text-2"
    keys: str = ""
    chip: str = ""
    chip_tone: str = draw.NEUTRAL
    chip_icon: str = ""
    verbs: tuple[RowVerb, ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.perform is None


class PaletteModel(QAbstractListModel):
    """The lines, the chosen one, and which of its verbs Tab has come to (-1: the row itself)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[PaletteRow, ...] = ()
        self.chosen = -1
        self.verb = -1

    def show(self, rows: Sequence[PaletteRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.chosen = self._from(-1, 1)
        self.verb = -1
        self.endResetModel()

    def step(self, by: int) -> None:
        found = self._from(self.chosen, by)
        if found >= 0:
            self.chosen, self.verb = found, -1
            self._tell()

    def next_verb(self) -> bool:
        """On to the row's next verb, then back to the row; False when the row has none."""
        row = self.current()
        if row is None or not row.verbs:
            return False
        self.verb = self.verb + 1 if self.verb + 1 < len(row.verbs) else -1
        self._tell()
        return True

    def choose(self, place: int) -> None:
        if 0 <= place < len(self.rows) and not self.rows[place].is_heading:
            self.chosen, self.verb = place, -1
            self._tell()

    def current(self) -> PaletteRow | None:
        return self.rows[self.chosen] if 0 <= self.chosen < len(self.rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.title, row.detail, row.below, row.chip) if part)
        return None

    def _from(self, place: int, by: int) -> int:
        place += by
        while 0 <= place < len(self.rows):
            if not self.rows[place].is_heading:
                return place
            place += by
        return -1

    def _tell(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))


class PaletteDelegate(QStyledItemDelegate):
    """Matches underlined; verbs on the chosen row; heading lines between groups."""

    def __init__(self, model: PaletteModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = self._model.rows[index.row()]
        return QSize(theme().px(400), theme().px(26 if row.is_heading else 44 if row.below else 34))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px = theme().px
        rect: QRect = option.rect
        row = self._model.rows[index.row()]
        inner = rect.adjusted(px(14), 0, -px(14), 0)
        if row.is_heading:
            painter.fillRect(rect, theme().color("subtle"))
            draw.words(painter, inner, row.title, "caption", "text-2")
            draw.words(painter, inner, row.detail, "secondary", "text-3", Qt.AlignmentFlag.AlignRight)
            return
        is_chosen = self._model.chosen == index.row()
        if is_chosen:
            painter.fillRect(rect, theme().color("accent-soft"))
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), theme().color("accent"))
        draw.icon(painter, QRect(inner.x(), inner.y(), px(18), inner.height()), row.icon, row.icon_color)
        inner.setLeft(inner.left() + px(27))
        end = self._paint_end(painter, inner, row, is_chosen=is_chosen)
        inner.setRight(end - px(8))
        line = QRect(inner) if not row.below else QRect(inner.x(), inner.y() + px(4), inner.width(), px(19))
        line.setLeft(line.left() + self._paint_title(painter, line, row) + px(8))
        draw.words(painter, line, row.detail, "secondary", "text-2")
        if row.below:
            under = QRect(inner.x(), inner.y() + px(22), inner.width(), px(17))
            draw.marked(painter, under, row.below, row.below_marks, "secondary", "text-2")

    def _paint_title(self, painter: QPainter, line: QRect, row: PaletteRow) -> int:
        if not row.marks:
            return draw.words(painter, line, row.title, "strong" if row.below else "body")
        plain, strong = theme().font("body"), theme().font("strong")
        x, at = line.x(), 0
        for start, length in row.marks:
            x += self._piece(painter, line, x, row.title[at:start], strong if row.below else plain)
            wide = self._piece(painter, line, x, row.title[start : start + length], strong)
            base = line.center().y() + theme().px(8)
            painter.fillRect(x, base, wide, theme().px(2), theme().color("accent"))
            x, at = x + wide, start + length
        x += self._piece(painter, line, x, row.title[at:], strong if row.below else plain)
        return x - line.x()

    def _piece(self, painter: QPainter, line: QRect, x: int, text: str, font: QFont) -> int:
        painter.setFont(font)
        painter.setPen(theme().color("text"))
        place = QRect(x, line.y(), max(0, line.right() - x), line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        return QFontMetrics(font).horizontalAdvance(text)

    def _paint_end(self, painter: QPainter, inner: QRect, row: PaletteRow, *, is_chosen: bool) -> int:
        """Verbs of the chosen row, else chip or keys; gives the edge the title may not cross."""
        px = theme().px
        edge = inner.right()
        if is_chosen and row.verbs:
            for place in reversed(range(len(row.verbs))):
                edge = self._paint_verb(painter, inner, edge, row.verbs[place], place == self._model.verb)
            return edge
        if row.chip:
            width = draw.chip_width(row.chip, row.chip_icon)
            height = px(draw.CHIP_HEIGHT)
            place_of = QRect(edge - width, inner.center().y() - height // 2, width, height)
            draw.chip(painter, place_of, row.chip, row.chip_tone, row.chip_icon)
            edge = place_of.left() - px(8)
        if row.keys:
            keys = draw.key_text(row.keys)
            width = draw.key_hint_width(keys)
            cap = QRect(edge - width, inner.y(), width, inner.height())
            draw.key_hint(painter, cap, keys, theme().color("text-2"), theme().color("line-2"))
            edge = cap.left() - px(8)
        return edge

    def _paint_verb(self, painter: QPainter, inner: QRect, edge: int, verb: RowVerb, is_on: bool) -> int:
        px = theme().px
        if verb.keys:
            keys = draw.key_text(verb.keys)
            width = draw.key_hint_width(keys)
            cap = QRect(edge - width, inner.y(), width, inner.height())
            draw.key_hint(painter, cap, keys, theme().color("text-2"), theme().color("line-2"))
            edge = cap.left() - px(4)
        width = draw.text_width(verb.words, theme().font("medium")) + px(14)
        box = QRect(edge - width, inner.center().y() - px(_BUTTON_HEIGHT) // 2, width, px(_BUTTON_HEIGHT))
        draw.box(painter, box, theme().color("surface"), theme().color("line-2"), radius=5)
        if is_on:
            draw.focus_ring(painter, box.adjusted(-2, -2, 2, 2), radius=6)
        center = Qt.AlignmentFlag.AlignHCenter
        draw.words(painter, box, verb.words, "medium", "text", center, elide=False)
        return box.left() - px(10)
