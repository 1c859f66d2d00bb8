"""What a visit does to its provider's day, as a small table: before, and after."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule.preview import Preview
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import Role, theme

_LINE, _COLUMN, _EDGE = 27, 66, 8


class BeforeAfter(QWidget):
    """Booked time, and the longest wait that is predicted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_preview(self, preview: Preview | None) -> None:
        if preview is None:
            self._rows = ()
        else:
            title = tr("{name}, {day}", name=preview.provider, day=f"{preview.slot.starts:%A}")
            before, after = _hours(preview.booked_before), _hours(preview.booked_after)
            waits = (_minutes(preview.wait_before), _minutes(preview.wait_after))
            self._rows = (
                (title, tr("Before"), tr("After")),
                (tr("Booked time"), before, after),
                (tr("Predicted longest wait"), *waits),
            )
        said = (f"{what}: {before}, {after}" for what, before, after in self._rows[1:])
        self.setAccessibleName("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(280), theme().px(_LINE) * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter, px, color = QPainter(self), theme().px, theme().color
        painter.fillRect(0, 0, self.width(), px(_LINE), color("subtle"))
        for place, cells in enumerate(self._rows):
            line = QRect(px(_EDGE), place * px(_LINE), self.width() - px(2 * _EDGE), px(_LINE))
            painter.fillRect(0, line.bottom(), self.width(), 1, color("line-2"))
            role: Role = "caption" if place == 0 else "body"
            ink = "text-2" if place == 0 else "text"
            name = line.adjusted(0, 0, -px(2 * _COLUMN), 0)
            draw.words(painter, name, cells[0], role, ink)
            right = Qt.AlignmentFlag.AlignRight
            for column, words in enumerate(cells[1:]):
                cell = QRect(name.right() + column * px(_COLUMN), line.y(), px(_COLUMN), line.height())
                draw.words(painter, cell, words, role, ink, right, elide=False)
        painter.end()


def _hours(minutes: int) -> str:
    return tr("{hours} h {minutes}", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def _minutes(minutes: int) -> str:
    return tr("{minutes} min", minutes=minutes)
