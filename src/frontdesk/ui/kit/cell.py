"""One cell of a table, and how it is painted."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.rows import RowKeeper
from frontdesk.ui.theme import Role, theme

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
GROUP_ROLE = int(Qt.ItemDataRole.UserRole) + 2
PADDING = 8
_GAP = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """Words with what may stand around them: an icon before, a quieter detail and a count after.

    `tone` puts the words into a chip of that tone; `spoken` is what is read aloud instead.
    """

    text: str = ""
    role: Role = "body"
    color: str = "text"
    icon: str = ""
    icon_color: str = "text-2"
    tone: str = ""
    detail: str = ""
    count: str = ""
    count_tone: str = draw.NEUTRAL
    spoken: str = ""

    def says(self) -> str:
        return self.spoken or " ".join(part for part in (self.text, self.detail, self.count) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """The line above rows that belong together."""

    title: str
    detail: str = ""
    icon: str = ""
    icon_color: str = "text-2"

    def says(self) -> str:
        return f"{self.title} {self.detail}".strip()


class CellDelegate(QStyledItemDelegate):
    """Paints cells and group lines; the selection bar on the first column in sight."""

    def __init__(self, keeper: RowKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._keeper = keeper

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().px(40), theme().px(30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        group = index.data(GROUP_ROLE)
        if isinstance(group, Group):
            _paint_group(painter, rect, group)
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, rect, selected=selected, hovered=self._keeper.hovered == index.row())
        if selected and rect.x() <= 0:
            painter.fillRect(rect.x(), rect.y(), theme().px(3), rect.height(), theme().color("accent"))
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            inner = rect.adjusted(theme().px(PADDING), 0, -theme().px(PADDING), -1)
            align = index.data(Qt.ItemDataRole.TextAlignmentRole)
            _paint_cell(painter, inner, cell, align)


def paint_ground(painter: QPainter, rect: QRect, *, selected: bool, hovered: bool) -> None:
    """The fill of a row and the line under it."""
    if selected or hovered:
        painter.fillRect(rect, theme().color("accent-soft" if selected else "hover"))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme().color("line"))


def _paint_group(painter: QPainter, rect: QRect, group: Group) -> None:
    px = theme().px
    painter.fillRect(rect, theme().color("subtle"))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme().color("line"))
    inner = rect.adjusted(px(PADDING), 0, -px(PADDING), 0)
    if group.icon:
        slot = QRect(inner.x(), inner.y(), px(14), inner.height())
        draw.icon(painter, slot, group.icon, group.icon_color, 14)
        inner.setLeft(slot.right() + px(_GAP))
    width = draw.words(painter, inner, group.title, "caption", "text-2")
    inner.setLeft(inner.left() + width + px(_GAP))
    draw.words(painter, inner, group.detail, "secondary", "text-3")


def _paint_cell(painter: QPainter, inner: QRect, cell: Cell, align: Qt.AlignmentFlag) -> None:
    px = theme().px
    if cell.tone:
        width = min(inner.width(), draw.chip_width(cell.text, cell.icon))
        height = px(draw.CHIP_HEIGHT)
        x = inner.right() + 1 - width if align & Qt.AlignmentFlag.AlignRight else inner.x()
        place = QRect(x, inner.center().y() - height // 2 + 1, width, height)
        draw.chip(painter, place, cell.text, cell.tone, cell.icon)
        inner.setLeft(place.right() + px(_GAP))
        draw.words(painter, inner, cell.detail, "body", cell.color)
        return
    if cell.icon:
        slot = QRect(inner.x(), inner.y(), px(16), inner.height())
        if not cell.text and align & Qt.AlignmentFlag.AlignHCenter:
            slot = inner
        draw.icon(painter, slot, cell.icon, cell.icon_color, 16)
        inner.setLeft(slot.right() + 1 + px(_GAP))
    if cell.detail or cell.count:
        # The words give way to the count: half a number would be a wrong one.
        whole = QRect(inner)
        if cell.count:
            inner.setRight(inner.right() - draw.badge_width(cell.count) - px(_GAP))
        inner.setLeft(inner.left() + draw.words(painter, inner, cell.text, cell.role, cell.color) + px(_GAP))
        if cell.detail:
            used = draw.words(painter, inner, cell.detail, "secondary", "text-3")
            inner.setLeft(inner.left() + used + px(_GAP))
        if cell.count:
            whole.setLeft(inner.left())
            draw.badge(painter, whole, cell.count, cell.count_tone)
        return
    draw.words(painter, inner, cell.text, cell.role, cell.color, align)
