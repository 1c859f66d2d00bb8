"""Sub-tabs of a page: text, an accent underline, a count; those without room stand in a menu at the end."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.list_menu import Entry, ListMenu
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 44


class SubTabs(QWidget):
    """Tells which was chosen by its name; left and right move between them, the chosen one is in sight."""

    chosen = Signal(str)

    def __init__(
        self, tabs: tuple[tuple[str, str], ...], *, says: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._names = [name for name, _ in tabs]
        self._tabs = [_SubTab(words, self) for _, words in tabs]
        self._group = QButtonGroup(self)
        for place, tab in enumerate(self._tabs):
            self._group.addButton(tab, place)
        self._menu: ListMenu | None = None
        self._more = _MoreTab(self)
        self._more.clicked.connect(self.open_more)
        self._tabs[0].setChecked(True)
        self._group.idClicked.connect(self._announce)
        self._arrange()

    def value(self) -> str:
        return self._names[self._group.checkedId()]

    def set_value(self, name: str) -> None:
        """Shows the choice without announcing it."""
        self._group.button(self._names.index(name)).setChecked(True)
        self._arrange()

    def show_count(self, name: str, count: int, tone: str = draw.NEUTRAL) -> None:
        self._tabs[self._names.index(name)].show_count(count, tone)
        self._arrange()
        self.updateGeometry()

    def show_tab(self, name: str, shown: bool) -> None:
        """Whether there is anything behind a tab in this office."""
        self._tabs[self._names.index(name)].is_offered = shown
        self._arrange()
        self.updateGeometry()

    def offered(self) -> tuple[str, ...]:
        """The words of all that can be turned to, in sight or in the menu."""
        return tuple(tab.text() for tab in self._offered())

    def turn(self, by: int) -> None:
        """To the next one or the one before, from the last on to the first."""
        offered = self._offered()
        here = offered.index(self._chosen()) if self._chosen() in offered else 0
        offered[(here + by) % len(offered)].click()

    def open_more(self) -> ListMenu:
        """The menu of those that have no room."""
        return self._open_menu([tab for tab in self._offered() if not tab.isVisibleTo(self)])

    def open_all(self) -> ListMenu:
        """All of them below each other; typing jumps to a name."""
        return self._open_menu(self._offered())

    # -- what Qt asks ---------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(sum(tab.sizeHint().width() for tab in self._offered()), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The chosen one and the menu; no more than all of them."""
        needed = self._chosen().sizeHint().width() + self._more.width_for(self._offered())
        return QSize(min(needed, self.sizeHint().width()), theme().px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The tabs leave their arrows to it: past the last in sight stands the menu."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        shown = [tab for tab in self._offered() if tab.isVisibleTo(self)]
        here = next((place for place, tab in enumerate(shown) if tab.hasFocus()), len(shown))
        there = here + by
        if not by or there < 0 or not shown:
            super().keyPressEvent(event)
        elif here == len(shown):
            self._chosen().setFocus(Qt.FocusReason.OtherFocusReason)
        elif there == len(shown):
            self._more.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            shown[there].setFocus(Qt.FocusReason.OtherFocusReason)
            shown[there].click()

    # -- inside -----------------------------------------------------------------------

    def _offered(self) -> list["_SubTab"]:
        return [tab for tab in self._tabs if tab.is_offered]

    def _chosen(self) -> "_SubTab":
        return self._tabs[max(0, self._group.checkedId())]

    def _announce(self, place: int) -> None:
        self._arrange()
        self.chosen.emit(self._names[place])

    def _arrange(self) -> None:
        offered = self._offered()
        in_sight = self._fitting(offered)
        x = 0
        for tab in self._tabs:
            tab.setVisible(tab in in_sight)
            if tab in in_sight:
                tab.setGeometry(x, 0, tab.sizeHint().width(), self.height())
                x += tab.width()
        inside = [tab for tab in offered if tab not in in_sight]
        self._more.show_inside(inside)
        self._more.setGeometry(x, 0, self._more.sizeHint().width(), self.height())
        self._more.setVisible(bool(inside))

    def _fitting(self, offered: list["_SubTab"]) -> list["_SubTab"]:
        """Those in sight: all, or the first ones beside the chosen one and the menu."""
        if self.sizeHint().width() <= self.width():
            return offered
        chosen = self._chosen()
        room = self.width() - chosen.sizeHint().width() - self._more.width_for(offered)
        fitting = [chosen]
        for tab in offered:
            if tab is not chosen:
                room -= tab.sizeHint().width()
                if room < 0:
                    break
                fitting.append(tab)
        return [tab for tab in offered if tab in fitting]

    def _open_menu(self, tabs: list["_SubTab"]) -> ListMenu:
        entries = [Entry(tab.text(), tab.count, tab.isChecked(), tab.click) for tab in tabs]
        menu = ListMenu(self, entries, says=self.accessibleName())
        former, self._menu = self._menu, menu
        if former is not None:
            former.deleteLater()
        under = self._more if self._more.isVisible() else self._chosen()
        menu.open_below(under.mapTo(self.window(), QPoint(0, under.height())))
        return menu


class _SubTab(QAbstractButton):
    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_offered = True
        self.count = ""
        self.tone = draw.NEUTRAL
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_count(self, count: int, tone: str) -> None:
        self.count = str(count) if count else ""
        self.tone = tone
        self.setAccessibleName(f"{self.text()} {self.count}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_width(self.text(), self.count), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        checked = self.isChecked()
        ink = "accent-text" if checked else "text" if self.underMouse() else "text-2"
        _paint(painter, self.rect(), self.text(), self.count, self.tone, ink)
        if checked:
            line = QRect(0, self.height() - theme().px(2), self.width(), theme().px(2))
            painter.fillRect(line, theme().color("accent"))
        painter.end()


class _MoreTab(QAbstractButton):
    """How many have no room, and how much waits in them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count, self._tone = "", draw.NEUTRAL
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_inside(self, inside: Sequence[_SubTab]) -> None:
        self._count = _waiting(inside)
        self._tone = "warn" if any(tab.count and tab.tone == "warn" for tab in inside) else draw.NEUTRAL
        self.setText(tr("{count} more", count=len(inside)))
        names = ", ".join(f"{tab.text()} {tab.count}".strip() for tab in inside)
        self.setAccessibleName(tr("{count} more: {names}", count=len(inside), names=names))
        self.setToolTip(names)
        self.update()

    def width_for(self, tabs: Sequence[_SubTab]) -> int:
        """Enough for whichever of them are inside."""
        return _width(tr("{count} more", count=len(tabs)), _waiting(tabs)) + theme().px(16)

    def sizeHint(self) -> QSize:
        return QSize(_width(self.text(), self._count) + theme().px(16), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        ink = "text" if self.underMouse() or self.hasFocus() else "text-2"
        inner = self.rect().adjusted(0, 0, -px(16), 0)
        _paint(painter, inner, self.text(), self._count, self._tone, ink)
        sign = QRect(self.width() - px(24), 0, px(14), self.height())
        draw.icon(painter, sign, "chevron-down", ink, 14)
        painter.end()


def _waiting(tabs: Sequence[_SubTab]) -> str:
    waiting = sum(int(tab.count or 0) for tab in tabs)
    return str(waiting) if waiting else ""


def _width(words: str, count: str) -> int:
    px = theme().px
    width = draw.text_width(words, theme().font("strong")) + px(24)
    return width + (draw.badge_width(count) + px(8) if count else 0)


def _paint(painter: QPainter, rect: QRect, words: str, count: str, tone: str, ink: str) -> None:
    px = theme().px
    inner = rect.adjusted(px(12), 0, -px(12), 0)
    used = draw.words(painter, inner, words, "strong", ink, elide=False)
    if count:
        inner.setLeft(inner.left() + used + px(8))
        draw.badge(painter, inner, count, tone)
