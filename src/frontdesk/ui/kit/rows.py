"""What tables and lists share: the chosen row and the scroll position outlive new answers."""

from collections.abc import Hashable
from typing import Protocol

from PySide6.QtCore import (
    SIGNAL,
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

Index = QModelIndex | QPersistentModelIndex


class Keyed(Protocol):
    """A model whose rows are known again by a key."""

    def key_at(self, row: int) -> Hashable | None: ...

    def row_of(self, key: Hashable) -> int: ...


_OPENED = ("opened(PyObject)", "opened(QString)")
"""How the views that have a keeper tell that a row is opened."""


class RowKeeper(QObject):
    """Chooses the same row again after `show`, keeps the scroll position, follows the pointer."""

    chosen = Signal(int)
    """The row number that became current; -1 when none is."""
    opened = Signal(int)

    def __init__(self, view: QAbstractItemView, model: QAbstractItemModel, keys: Keyed) -> None:
        super().__init__(view)
        self._view = view
        self._keys = keys
        self._kept: Hashable | None = None
        self._scroll = 0
        self._quiet = False
        self.hovered = -1
        view.setModel(model)  # first: the view forgets its choice on a reset before it is given back here
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        view.selectionModel().currentRowChanged.connect(self._changed)
        view.doubleClicked.connect(self._double_clicked)
        view.setMouseTracking(True)
        view.entered.connect(self._entered)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def choose(self, row: int) -> None:
        """Makes the row current and visible; -1 clears the choice."""
        model = self._view.model()
        selection = self._view.selectionModel()
        if 0 <= row < model.rowCount():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(model.index(row, 0), flags)
            self._view.scrollTo(model.index(row, 0))
        else:
            selection.clear()

    def current(self) -> int:
        index = self._view.currentIndex()
        return index.row() if index.isValid() and self._view.selectionModel().hasSelection() else -1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hovered = -1
            self._view.viewport().update()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            is_enter = plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and self.current() >= 0 and self._opens_rows():
                self.opened.emit(self.current())
                return True
        return False

    def _opens_rows(self) -> bool:
        """Whether anybody opens a row of the view; else Enter is the default verb of its dialog."""
        return any(self._view.receivers(SIGNAL(signal)) for signal in _OPENED)

    def _entered(self, index: QModelIndex) -> None:
        self.hovered = index.row()
        self._view.viewport().update()

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _changed(self, current: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(current.row() if current.isValid() else -1)

    def _remember(self) -> None:
        row = self.current()
        self._kept = self._keys.key_at(row) if row >= 0 else None
        self._scroll = self._view.verticalScrollBar().value()
        self._quiet = True

    def _restore(self) -> None:
        row = self._keys.row_of(self._kept) if self._kept is not None else -1
        if row >= 0:
            self.choose(row)
        self._view.verticalScrollBar().setValue(self._scroll)
        self._quiet = False
        self.chosen.emit(row)
