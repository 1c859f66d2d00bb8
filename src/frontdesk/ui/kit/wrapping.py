"""Rows that go on in the next line where there is no room: feet, filters, what acts."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSpacerItem, QWidget

from frontdesk.ui.kit.button import Button
from frontdesk.ui.theme import theme


class Wrapping(QLayout):
    """Like a row, in as many lines as the width asks for; what follows the stretch ends at the right edge.

    Before a line more is taken, the buttons leave out their keys; their tooltips have them.
    """

    def __init__(self, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__()
        px = theme().px
        self._items: list[QLayoutItem] = []
        self._ends: set[QLayoutItem] = set()
        self._is_at_end = False
        self.setSpacing(px(gap))
        self.setContentsMargins(px(margins[0]), px(margins[1]), px(margins[2]), px(margins[3]))

    def addStretch(self, _factor: int = 0) -> None:
        """What is added from now on ends at the right edge."""
        self._is_at_end = True

    def insert_first(self, widget: QWidget) -> None:
        """Before everything else, on the side that is being filled."""
        self.addWidget(widget)
        self._items.insert(0, self._items.pop())
        self.invalidate()

    # -- what Qt asks of a layout ---------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        if self._is_at_end:
            self._ends.add(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        taken = self._items.pop(index)
        self._ends.discard(taken)
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        left, top, right, bottom = self._edges()
        room = width - left - right
        lines = self._lines(room, with_keys=self._has_keys(room))
        heights = [max(item.sizeHint().height() for item in line) for line in lines]
        return sum(heights) + max(0, len(lines) - 1) * self.spacing() + top + bottom

    def sizeHint(self) -> QSize:
        """All in one line."""
        left, top, right, bottom = self._edges()
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(_wide(item, with_keys=True) for item in self._shown())
        width += max(0, len(sizes) - 1) * self.spacing()
        return QSize(width + left + right, max((s.height() for s in sizes), default=0) + top + bottom)

    def minimumSize(self) -> QSize:
        """As wide as the widest piece; the height follows from the width."""
        left, top, right, bottom = self._edges()
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width + left + right, max((s.height() for s in sizes), default=0) + top + bottom)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        left, top, right, _ = self._edges()
        y, room = rect.y() + top, rect.width() - left - right
        keys = self._has_keys(room)
        for item in self._items:
            if isinstance(button := item.widget(), Button):
                button.show_keys(keys)
        for line in self._lines(room, with_keys=keys):
            height = max(item.sizeHint().height() for item in line)
            ending = [item for item in line if item in self._ends]
            x = rect.x() + left
            for item in line:
                width = min(_wide(item, with_keys=keys), room)
                if ending and item is ending[0]:
                    taken = sum(min(_wide(each, with_keys=keys), room) for each in ending)
                    taken += (len(ending) - 1) * self.spacing()
                    x = max(x, rect.x() + left + room - taken)
                tall = min(item.sizeHint().height(), height)
                item.setGeometry(QRect(QPoint(x, y + (height - tall) // 2), QSize(width, tall)))
                x += width + self.spacing()
            y += height + self.spacing()

    # -- inside -----------------------------------------------------------------------

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _edges(self) -> tuple[int, int, int, int]:
        edges = self.contentsMargins()
        return edges.left(), edges.top(), edges.right(), edges.bottom()

    def _has_keys(self, room: int) -> bool:
        """Whether the keys cost no line."""
        return len(self._lines(room, with_keys=True)) <= len(self._lines(room, with_keys=False))

    def _lines(self, room: int, *, with_keys: bool) -> list[list[QLayoutItem]]:
        """What follows the stretch stays together, where a line has room for all of it."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        shown = self._shown()
        ends = [item for item in shown if item in self._ends]
        together = sum(_wide(item, with_keys=with_keys) + self.spacing() for item in ends) - self.spacing()
        for item in shown:
            width = _wide(item, with_keys=with_keys)
            needed = together if ends and item is ends[0] and together <= room else width
            if lines and needed <= left:
                lines[-1].append(item)
            else:
                lines.append([item])
                left = room
            left -= width + self.spacing()
        return lines


def _wide(item: QLayoutItem, *, with_keys: bool) -> int:
    button = item.widget()
    if isinstance(button, Button):
        return button.wish() if with_keys else button.wish_without_keys()
    return item.sizeHint().width()


def wrapped(
    *pieces: QWidget | QLayout | int | None,
    gap: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> Wrapping:
    """A row that wraps; gaps and margins in design pixels, None before what stands at the right edge."""
    layout = Wrapping(gap, margins)
    for piece in pieces:
        if piece is None:
            layout.addStretch()
        elif isinstance(piece, int):
            layout.addItem(QSpacerItem(theme().px(piece), 0))
        elif isinstance(piece, QWidget):
            layout.addWidget(piece)
        else:
            layout.addChildLayout(piece)
            layout.addItem(piece)
    return layout
