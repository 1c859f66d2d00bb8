"""A list and the detail of its chosen row: beside each other, or, where it is narrow, one for the other."""

from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key, Page
from frontdesk.ui.kit.row_list import RowList
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_MAX = 16777215
_SCROLLS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}

Lists = tuple[Table[Any] | RowList[Any], ...]  # Any: the kinds of rows do not matter here


class ListDetail(QWidget):
    """Enter or a click on a row of `opens` brings the detail in the list's place; Esc leads back.

    Give the width of the detail or of the list, in design pixels; the other takes the rest. Below
    `narrow_below` they take turns, and what stands `above` both belongs to the list. Hide the detail where no
    row is chosen. `keys` are what leads to the detail; with `detail_leads` it stands left of the list.
    """

    turned = Signal(bool)
    """Whether the detail stands in the list's place."""

    def __init__(
        self,
        lists: QWidget | QLayout,
        detail: QWidget,
        *,
        opens: Lists,
        back: str,
        show: str,
        narrow_below: int = 940,
        detail_width: int = 0,
        list_width: int = 0,
        above: QWidget | None = None,
        keys: str = "Enter",
        detail_leads: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._detail, self._opens = detail, opens
        self._narrow_below, self._detail_width, self._list_width = narrow_below, detail_width, list_width
        self.is_narrow = self.is_turned = False
        self._back_words = back
        self._place = Label("", "secondary", "text-2")
        self.back_button = Button(back, "ghost", icon="arrow-left", keys="Esc", height="small")
        self.back_button.clicked.connect(self.show_list)
        before = IconButton("chevron-up", tr("Row before"), keys="Ctrl+PgUp")
        after = IconButton("chevron-down", tr("Next row"), keys="Ctrl+PgDown")
        for step in (before, after):
            set_shown(step, bool(opens))
        before.clicked.connect(self._row_before)
        after.clicked.connect(self._next_row)
        self._bar = Frame(
            "bar", row(self.back_button, None, self._place, before, after, gap=6, margins=(4, 4, 8, 4))
        )
        self.open_button = Button(show, icon="arrow-right", keys=keys, height="small")
        self.open_button.clicked.connect(self.show_detail)
        self._cue = Frame("foot", row(None, self.open_button, margins=(8, 4, 8, 4)))
        self._above = QWidget()
        self._above.setLayout(column(*((above,) if above is not None else ()), gap=0))
        self._left = QWidget()
        left = column(gap=0)
        left.addWidget(lists, 1) if isinstance(lists, QWidget) else left.addLayout(lists, 1)
        left.addWidget(self._cue)
        self._left.setLayout(left)
        self._right = _Detail()
        right = column(self._bar, gap=0)
        right.addWidget(detail, 1)
        self._right.setLayout(right)
        beside = row(gap=0)
        beside.addWidget(self._left, 1 if detail_width else 0)
        beside.insertWidget(0 if detail_leads else 1, self._right, 0 if detail_width else 1)
        whole = column(self._above, gap=0)
        whole.addLayout(beside, 1)
        self.setLayout(whole)
        detail.installEventFilter(self)
        for view in opens:
            view.opened.connect(self.show_detail)
            view.keeper.chosen.connect(self._show_place)
            view.clicked.connect(self.show_detail)
        self._arrange()

    # -- turning --------------------------------------------------------------------

    def show_detail(self, _: object = None) -> None:
        """In a narrow window the detail takes the list's place; else it is there already."""
        if self.is_narrow and not self.is_turned and self._has_detail():
            self._turn(True)
            if not _is_in(self.window().focusWidget(), self._right):
                self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back to the list, at the row that is chosen."""
        if self.is_turned:
            self._turn(False)
            view = self._view()
            if view is not None:
                view.setFocus(Qt.FocusReason.OtherFocusReason)

    def reaches(self, part: QWidget) -> bool:
        """Whether the part would be there, if its side were in front."""
        side = next((side for side in (self._above, self._left, self._right) if _is_in(part, side)), None)
        return side is not None and self.isVisible() and part.isVisibleTo(side)

    def bring(self, part: QWidget) -> None:
        """The side that the part is on comes to the front; the focus is the caller's."""
        is_detail = _is_in(part, self._right)
        if self.is_narrow and self.is_turned != is_detail and (not is_detail or self._has_detail()):
            self._turn(is_detail)

    def _turn(self, to_detail: bool) -> None:
        self.is_turned = to_detail
        self._arrange()
        self._tell_page()
        self.turned.emit(to_detail)

    def _tell_page(self) -> None:
        page = _page_of(self)
        if page is not None:
            page.go_within(self._keys() if self.is_turned and self.isVisible() else ())

    def _keys(self) -> tuple[Key, ...]:
        back = Key("Esc", self._back_words, self.show_list)
        if not self._opens:
            return (back,)
        return (
            back,
            Key("Ctrl+PgUp", tr("Row before"), self._row_before),
            Key("Ctrl+PgDown", tr("Next row"), self._next_row),
        )

    # -- the rows, while the detail is in front ---------------------------------------

    def _row_before(self) -> None:
        self._walk(-1)

    def _next_row(self) -> None:
        self._walk(1)

    def _walk(self, by: int) -> None:
        view = self._view()
        rows = self._rows()
        if view is not None and view.keeper.current() in rows:
            there = rows.index(view.keeper.current()) + by
            if 0 <= there < len(rows):
                view.keeper.choose(rows[there])

    def _view(self) -> Table[Any] | RowList[Any] | None:
        """The list that is turned to."""
        return next((view for view in self._opens if view.isVisibleTo(self._left)), None)

    def _rows(self) -> list[int]:
        view = self._view()
        if view is None:
            return []
        model, can = view.model(), Qt.ItemFlag.ItemIsSelectable
        return [n for n in range(model.rowCount()) if model.flags(model.index(n, 0)) & can]

    def _show_place(self, _: int = -1) -> None:
        view, rows = self._view(), self._rows() if self.is_turned else []
        current = view.keeper.current() if view is not None else -1
        place = rows.index(current) + 1 if current in rows else 0
        self._place.setText(tr("{place} of {many}", place=place, many=len(rows)) if place else "")

    # -- inside -----------------------------------------------------------------------

    def _has_detail(self) -> bool:
        hidden = Qt.WidgetAttribute.WA_WState_Hidden, Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        return not all(self._detail.testAttribute(flag) for flag in hidden)

    def _arrange(self) -> None:
        px = theme().px
        has_detail = self._has_detail()
        for side, width in ((self._left, self._list_width), (self._right, self._detail_width)):
            fixed = bool(width) and not self.is_narrow
            side.setMinimumWidth(px(width) if fixed else 0)
            side.setMaximumWidth(px(width) if fixed else _MAX)
        set_shown(self._above, not self.is_turned)
        set_shown(self._left, not self.is_turned)
        set_shown(self._right, self.is_turned or (has_detail and not self.is_narrow))
        set_shown(self._bar, self.is_turned)
        set_shown(self._cue, self.is_narrow and has_detail)
        self._show_place()

    def minimumSizeHint(self) -> QSize:
        """As if they took turns: else both together would keep the window from becoming narrow."""
        above, left, right = (side.minimumSizeHint() for side in (self._above, self._left, self._right))
        width = max(above.width(), left.width(), right.width() if self._has_detail() else 0)
        shown = 0 if self.is_turned else above.height()
        return QSize(width, shown + (right.height() if self.is_turned else left.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(self._narrow_below)
        if is_narrow != self.is_narrow:
            self.is_narrow = is_narrow
            was_turned, self.is_turned = self.is_turned, False
            self._arrange()
            if was_turned:
                self._tell_page()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.is_turned:
            self._tell_page()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.is_turned and not event.spontaneous():
            self._tell_page()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page shows or hides the detail."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and watched is self._detail:
            if self.is_turned and not self._has_detail():
                self.show_list()
            else:
                self._arrange()
        return False


class _Detail(QWidget):
    """Arrows and page keys that nothing in it wants scroll it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _SCROLLS.get(Qt.Key(event.key()), 0)
        areas = [area for area in self.findChildren(QScrollArea) if area.isVisible()]
        bars = sorted((area.verticalScrollBar() for area in areas), key=lambda bar: bar.maximum())
        if by and bars and not event.modifiers():
            bars[-1].setValue(bars[-1].value() + by * theme().px(24))
        else:
            super().keyPressEvent(event)


def bring(part: QWidget) -> None:
    """Brings the side of its page to the front that the part is on, before it gets the focus."""
    above: QWidget | None = part
    while above is not None:
        if isinstance(above, ListDetail):
            above.bring(part)
        above = above.parentWidget()


def is_within_reach(part: QWidget) -> bool:
    """Whether it is on the screen, or only waits behind its list or detail."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, ListDetail) and above.reaches(part):
            return True
        above = above.parentWidget()
    return part.isVisible()


def focus(part: QWidget) -> None:
    """Puts the focus there, wherever it waits."""
    bring(part)
    part.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _is_in(part: QWidget | None, side: QWidget) -> bool:
    return part is not None and (part is side or side.isAncestorOf(part))


def _page_of(part: QWidget) -> Page | None:
    above = part.parentWidget()
    while above is not None and not isinstance(above, Page):
        above = above.parentWidget()
    return above if above is not None and shiboken6.isValid(above) else None
