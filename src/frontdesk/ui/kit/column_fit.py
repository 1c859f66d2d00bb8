"""Tables in a narrow window: the less important columns go before any amount is cut."""

from typing import Any

from PySide6.QtCore import QEvent, QObject

from frontdesk.ui.kit.table import Column, Table
from frontdesk.ui.theme import theme


class ColumnFit(QObject):
    """Hides columns in the given order until the one that takes the rest has its least width."""

    def __init__(
        self,
        table: Table[Any],  # Any: the rows do not matter here
        columns: tuple[Column[Any], ...],
        *,
        least: int,
        first_to_go: tuple[str, ...],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._least = least
        self._first_to_go = first_to_go
        table.viewport().installEventFilter(self)
        table.model().modelReset.connect(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        px = theme().px
        room = self._table.viewport().width()
        widths = [self._table.width_of(place) or px(self._least) for place in range(len(self._columns))]
        wanted = sum(widths)
        gone: set[str] = set()
        for title in self._first_to_go:
            if wanted <= room:
                break
            gone.add(title)
            wanted -= next(
                width for width, column in zip(widths, self._columns, strict=True) if column.title == title
            )
        for place, column in enumerate(self._columns):
            if self._table.isColumnHidden(place) != (column.title in gone):
                self._table.setColumnHidden(place, column.title in gone)
