"""The steps of a page: number, tick or `!` in a circle, one line of result each, a key each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.cell import paint_ground
from frontdesk.ui.kit.rows import Index, RowKeeper
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

State = Literal["todo", "done", "problem"]
_STEP_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Step:
    """`name` knows it again; `result` says in one line how it stands."""

    name: str
    title: str
    result: str = ""
    state: State = "todo"
    keys: str = ""


class _StepModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()

    def show(self, steps: Sequence[Step]) -> None:
        self.beginResetModel()
        self.steps = tuple(steps)
        self.endResetModel()

    def key_at(self, row: int) -> str:
        return self.steps[row].name

    def row_of(self, key: object) -> int:
        return next((n for n, step in enumerate(self.steps) if step.name == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        step = self.steps[index.row()]
        if role == _STEP_ROLE:
            return step
        if role == Qt.ItemDataRole.DisplayRole:
            return step.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = {"todo": tr("open"), "done": tr("done"), "problem": tr("needs work")}[step.state]
            return f"{index.row() + 1}, {step.title}, {said}, {step.result}"
        return None


class Checklist(QListView):
    """Tells the name of the step that is gone to."""

    chosen = Signal(str)
    opened = Signal(str)
    """Enter or a double click: to the work itself."""

    def __init__(self, *, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._model = _StepModel(self)
        self._keeper = RowKeeper(self, self._model, self._model)
        self._keeper.chosen.connect(self._tell)
        self._keeper.opened.connect(self._tell_opened)
        self._delegate = _StepDelegate(self._keeper, self)
        self.setItemDelegate(self._delegate)
        theme().changed.connect(self.scheduleDelayedItemsLayout)

    def show_steps(self, steps: Sequence[Step]) -> None:
        self._model.show(steps)

    def choose(self, name: str) -> None:
        self._keeper.choose(self._model.row_of(name))

    def _tell_opened(self, row: int) -> None:
        self.opened.emit(self._model.steps[row].name)

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self._model.steps[row].name)


class _StepDelegate(QStyledItemDelegate):
    def __init__(self, keeper: RowKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._keeper = keeper

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().px(180), theme().px(66))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px = theme().px
        rect: QRect = option.rect
        step = index.data(_STEP_ROLE)
        assert isinstance(step, Step)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, rect, selected=selected, hovered=self._keeper.hovered == index.row())
        if selected:
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), theme().color("accent"))
        draw_mark(
            painter, QRect(rect.x() + px(11), rect.y() + px(9), px(22), px(22)), step.state, index.row() + 1
        )
        inner = rect.adjusted(px(44), px(7), -px(12), 0)
        line = QRect(inner.x(), inner.y(), inner.width(), px(18))
        if step.keys:
            right = Qt.AlignmentFlag.AlignRight
            used = draw.words(painter, line, draw.key_text(step.keys), "caption", "text-3", right)
            line.setRight(line.right() - used - px(6))
        draw.words(painter, line, step.title, "strong", "text")
        painter.setFont(theme().font("secondary"))
        painter.setPen(theme().color("text-2"))
        below = QRect(inner.x(), line.bottom() + 2, inner.width(), px(34))
        painter.drawText(below, Qt.TextFlag.TextWordWrap, step.result)
        view = self.parent()
        if isinstance(view, QWidget) and view.hasFocus() and self._keeper.current() == index.row():
            draw.focus_ring(painter, rect, radius=2)


def draw_mark(painter: QPainter, rect: QRect, state: State, number: int) -> None:
    """The circle of a step: its number, a tick, or a `!`."""
    color = theme().color
    tone = {"todo": "", "done": "ok", "problem": "warn"}[state]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color(tone or "line-strong"), 1.5))
    painter.setBrush(color(f"{tone}-bg" if tone else "surface"))
    painter.drawEllipse(QRectF(rect).adjusted(1, 1, -1, -1))
    painter.restore()
    if state == "done":
        draw.icon(painter, rect, "check", "ok-tx", 14)
        return
    text, ink = ("!", "warn-tx") if state == "problem" else (str(number), "text-2")
    draw.words(painter, rect, text, "caption", ink, Qt.AlignmentFlag.AlignHCenter, elide=False)
