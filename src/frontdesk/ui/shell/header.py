"""The header: tabs with their digits and counts, the command field, connection, user, lock."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 44
_ROOMY = 1000
"""Below this many design pixels names and words give way to their icons."""


class Header(Frame):
    """Tells which tab was chosen, that the command field was asked for, that the desk is to be locked."""

    tab_chosen = Signal(str)
    search_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, tabs: Sequence[str], user_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__("header", parent=parent)
        px = theme().px
        self.setFixedHeight(px(_HEIGHT))
        self.setAccessibleName(tr("Header"))
        self._names = tuple(tabs)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(8), 0)
        row.setSpacing(0)
        row.addWidget(Logo())
        row.addSpacing(px(8))
        self._name = Label("Frontdesk", "section", "header-text")
        row.addWidget(self._name)
        row.addSpacing(px(12))
        for place, name in enumerate(self._names):
            tab = _Tab(tr(name), place + 1)
            self._group.addButton(tab, place)
            row.addWidget(tab)
        self._group.idClicked.connect(self._choose)
        row.addSpacing(px(20))
        row.addStretch(1)
        self._search = _SearchField()
        self._search.clicked.connect(self.search_wanted)
        row.addWidget(self._search, 4)
        row.addSpacing(px(12))
        self._connection_icon = IconLabel("hard-drive", "header-text")
        self._connection = Label("", "strong", "header-text")
        row.addWidget(self._connection_icon)
        row.addSpacing(px(7))
        row.addWidget(self._connection)
        row.addSpacing(px(12))
        self._user = _UserButton(user_menu)
        row.addWidget(self._user)
        row.addSpacing(px(4))
        lock = IconButton("lock", tr("Lock"), keys="Ctrl+L", color="header-text")
        lock.setProperty("place", "header")
        lock.clicked.connect(self.lock_wanted)
        row.addWidget(lock)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(480), theme().px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_roomy = self.width() >= theme().px(_ROOMY)
        self._name.setVisible(is_roomy)
        self._connection.setVisible(is_roomy)
        self._user.show_name(is_roomy)

    def show_tab(self, name: str) -> None:
        button = self._group.button(self._names.index(name))
        button.setChecked(True)

    def show_count(self, name: str, count: int) -> None:
        tab = self._group.button(self._names.index(name))
        assert isinstance(tab, _Tab)
        tab.show_count(count)

    def show_user(self, name: str, initials: str) -> None:
        self._user.show_user(name, initials)

    def show_connection(self, words: str, icon: str, *, is_well: bool = True) -> None:
        """Where the data is; in amber when it cannot be reached."""
        self._connection.setText(words)
        self._connection.recolor("header-text" if is_well else "badge")
        self._connection_icon.show_icon(icon, "header-text" if is_well else "badge", words)

    def _choose(self, place: int) -> None:
        self.tab_chosen.emit(self._names[place])


class Logo(QWidget):
    """The bell on its square."""

    def __init__(self, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = size
        self.setFixedSize(theme().px(size), theme().px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.box(painter, self.rect(), theme().color("focus-header"), radius=6)
        draw.icon(painter, self.rect(), "concierge-bell", "header", round(self._side * 0.67))
        painter.end()


class _Tab(QAbstractButton):
    """The chosen tab takes the toolbar's colour and joins the page."""

    def __init__(self, words: str, digit: int) -> None:
        super().__init__()
        self._digit = str(digit)
        self._count = ""
        self.setText(words)
        self.setCheckable(True)
        self.setProperty("place", "header")
        self.setToolTip(f"{words} (Ctrl+{digit})")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self._count = str(count) if count else ""
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        width = draw.text_width(self.text(), theme().font("strong")) + px(28 + 12)
        width += draw.badge_width(self._count) + px(6) if self._count else 0
        return QSize(width, px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen:
            top = self.rect().adjusted(0, px(8), 0, px(8))
            draw.box(painter, top, color("subtle"), radius=6)
        ink = "text" if chosen else "header-text" if self.underMouse() else "header-dim"
        inner = self.rect().adjusted(px(14), px(6), -px(6), 0)
        used = draw.words(painter, inner, self.text(), "strong", ink, elide=False)
        inner.setLeft(inner.left() + used + px(6))
        if self._count:
            pill = QRect(inner.x(), inner.y(), draw.badge_width(self._count), inner.height())
            self._paint_count(painter, pill)
            inner.setLeft(pill.right() + px(6))
        painter.setFont(theme().font("key"))
        painter.setPen(color("text-3" if chosen else "header-dim"))
        painter.drawText(inner.translated(0, -px(3)), Qt.AlignmentFlag.AlignVCenter, self._digit)
        painter.end()

    def _paint_count(self, painter: QPainter, pill: QRect) -> None:
        height = theme().px(17)
        place = QRect(pill.x(), pill.center().y() - height // 2, pill.width(), height)
        draw.box(painter, place, theme().color("badge"), radius=8.5)
        painter.setFont(theme().font("caption"))
        painter.setPen(theme().color("on-badge"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._count)


class _SearchField(QAbstractButton):
    """Looks like a field; the command field opens over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setText(tr("Find patient, phone, or type a command…"))
        self.setAccessibleName(tr("Search and command"))
        self.setProperty("place", "header")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme().px(380))
        self.setMinimumWidth(theme().px(120))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(380), theme().px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        draw.box(painter, self.rect(), color("header-2"), color("header-line"), radius=6)
        draw.icon(painter, QRect(px(9), 0, px(16), self.height()), "search", "header-dim")
        keys = "Ctrl K"
        width = draw.key_hint_width(keys)
        words = self.rect().adjusted(px(32), 0, -width - px(14), 0)
        draw.words(painter, words, self.text(), "body", "header-dim")
        cap = QRect(self.width() - width - px(7), 0, width, self.height())
        draw.key_hint(painter, cap, keys, color("header-dim"), color("header-line"))
        painter.end()


class _UserButton(QAbstractButton):
    """Initials and name; opens the user menu."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self._menu = menu
        self._initials = ""
        self._has_name = True
        self.setProperty("place", "header")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_user(self, name: str, initials: str) -> None:
        first, _, rest = name.partition(" ")
        self.setText(f"{first} {rest[:1]}." if rest else first)
        self.setAccessibleName(tr("User menu of {name}", name=name))
        self.setToolTip(name)
        self._initials = initials
        self.updateGeometry()
        self.update()

    def show_name(self, shown: bool) -> None:
        """The name beside the initials, where there is room."""
        self._has_name = shown
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = theme().px
        words = draw.text_width(self.text(), theme().font("body")) + px(4) if self._has_name else 0
        return QSize(px(32 + 14 + 8) + words, px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            draw.box(painter, self.rect(), theme().color("header-2"), radius=6)
        circle = QRect(px(2), (self.height() - px(22)) // 2, px(22), px(22))
        draw.box(painter, circle, theme().color("header-line"), radius=11)
        center = Qt.AlignmentFlag.AlignHCenter
        ink = "header" if theme().is_high_contrast else "header-text"  # there the circle is white itself
        draw.words(painter, circle, self._initials, "key", ink, center, elide=False)
        words = self.rect().adjusted(px(32), 0, 0, 0)
        text = self.text() if self._has_name else ""
        used = draw.words(painter, words, text, "body", "header-text", elide=False)
        arrow = QRect(words.x() + used + px(4), 0, px(14), self.height())
        draw.icon(painter, arrow, "chevron-down", "header-dim", 14)
        painter.end()

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
