"""The board's column of who is expected: narrowed by name while somebody stands at the desk."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import fold
from frontdesk.services.visit import board
from frontdesk.services.visit.board import Board, Card
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.label import Badge, Label
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.row_list import ListModel, RowList
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.text import counted, tr
from frontdesk.ui.visit import expected_rows


class ExpectedColumn(Frame):
    """Two hours ahead or the whole day; Enter in the field opens whoever is found first."""

    chosen = Signal(object)
    """Card."""
    opened = Signal(object)
    """Card."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("column", parent=parent)
        self._board: Board | None = None
        self._desk = desk
        self.arriving = SearchBox(tr("Name of who arrives"), keys="Ctrl+I", icon="scan-search")
        self.arriving.textChanged.connect(self._narrow)
        self.arriving.returnPressed.connect(self._open_first)
        self._model: ListModel[Card] = ListModel(
            lambda card: expected_rows.look_of(card, self._now()), key=lambda card: card.appointment_id
        )
        self.list: RowList[Card] = RowList(self._model, says=tr("Expected patients"))
        self._count = Badge()
        self._span: Segmented[str] = Segmented(
            (("soon", tr("Next 2 h")), ("day", tr("All day"))), says=tr("How far ahead")
        )
        self._span.chosen.connect(self._narrow)
        self._later = Label("", "secondary", "text-2")
        self.setLayout(
            column(
                row(self.arriving, margins=(12, 8, 12, 6)),
                row(
                    Label(tr("Expected"), "strong"),
                    self._count,
                    None,
                    self._span,
                    margins=(12, 4, 12, 6),
                ),
                self.list,
                row(self._later, None, margins=(12, 8, 12, 8)),
                gap=0,
            )
        )
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self.opened)

    def beside(self, views: QWidget) -> ListDetail:
        """Left of the lanes; where it is narrow, in their place while somebody is looked for."""
        return ListDetail(
            views,
            self,
            opens=(),
            back=tr("Board"),
            show=tr("Who is expected"),
            keys="Ctrl+I",
            detail_width=264,
            detail_leads=True,
            narrow_below=900,
        )

    def show_board(self, shown: Board) -> None:
        self._board = shown
        self._narrow()

    def find_arriving(self) -> None:
        """The field that narrows the list down."""
        self.arriving.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.arriving.selectAll()

    def _now(self) -> datetime:
        return self._desk.local_now

    def _narrow(self) -> None:
        if self._board is None:
            return
        typed = fold(self.arriving.text())
        found = self._board.expected if typed or self._span.value() == "day" else board.shortly(self._board)
        if typed:
            found = tuple(card for card in found if all(word in fold(card.name) for word in typed.split()))
        self._model.show(found)
        self._count.show_count(len(self._board.expected))
        later = len(self._board.expected) - len(found)
        self._later.setText(
            counted(later, "{count} more later today", "{count} more later today") if later else ""
        )

    def _chose(self, card: Card | None) -> None:
        if card is not None:
            self.chosen.emit(card)

    def _open_first(self) -> None:
        found = self._model.rows()
        if found:
            self.arriving.clear()
            self.opened.emit(found[0])
