"""What the marks on the cards mean: one quiet line under the grid."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.flags import SEVERITY, FlagKind
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_NAMES = {
    FlagKind.ELIGIBILITY: "Eligibility not verified",
    FlagKind.AUTHORIZATION: "Authorization missing",
    FlagKind.FORMS: "Form missing",
    FlagKind.FIRST_VISIT: "First visit",
    FlagKind.INTERPRETER: "Interpreter",
    FlagKind.BALANCE: "Balance",
    FlagKind.RECORDS: "Records awaited",
    FlagKind.PAPER: "Paper chart elsewhere",
}


class FlagLegend(QWidget):
    """As many of them as the width has room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(words for _, _, words in _entries()))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), theme().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        painter.fillRect(self.rect(), theme().color("subtle"))
        painter.fillRect(0, 0, self.width(), 1, theme().color("line"))
        x = px(12)
        for icon, color, words in _entries():
            width = px(19) + draw.role_width(words, "secondary")
            if x + width > self.width() - px(8):
                break
            draw.icon(painter, QRect(x, 0, px(14), self.height()), icon, color, 14)
            place = QRect(x + px(19), 0, width, self.height())
            draw.words(painter, place, words, "secondary", "text-2", elide=False)
            x += width + px(14)
        painter.end()


def _entries() -> list[tuple[str, str, str]]:
    statuses = (Status.SCHEDULED, Status.CONFIRMED)
    return [
        *((look.STATUS_ICON[each], look.STATUS_TONE[each], tr(look.STATUS_NAME[each])) for each in statuses),
        *(
            (look.FLAG_ICON[kind], look.SEVERITY_TOKEN[SEVERITY[kind]], tr(words))
            for kind, words in _NAMES.items()
        ),
    ]
