"""What a type of visit takes: people, rooms, devices, minutes, and what the patient is told."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.words import PhaseKind, Role
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_LINE, _EDGE = 24, 6
_ICONS = {Role.PROVIDER: "user", Role.ROOM: "door-open", Role.DEVICE: "monitor", Role.STAFF: "users"}


class NeedsCard(QWidget):
    """One line each: icon, what, how long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_type(self, kind: VisitTypeView | None, provider: str) -> None:
        """Nothing is shown without a type."""
        self._lines = tuple(_lines(kind, provider)) if kind is not None else ()
        self.setAccessibleName("; ".join(f"{what} {long}".strip() for _, what, long in self._lines))
        set_shown(self, bool(self._lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        return QSize(px(200), px(_LINE) * len(self._lines) + px(2 * _EDGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        draw.box(painter, self.rect(), theme().color("subtle"), theme().color("line"), radius=6)
        for place, (icon, what, long) in enumerate(self._lines):
            line = QRect(px(10), px(_EDGE) + place * px(_LINE), self.width() - px(20), px(_LINE))
            ink = "warn-tx" if icon == "file-lock" else "text"
            mark = "warn" if icon == "file-lock" else "text-2"
            draw.icon(painter, QRect(line.x(), line.y(), px(16), line.height()), icon, mark)
            width = draw.text_width(long, theme().font("secondary"))
            right = Qt.AlignmentFlag.AlignRight
            draw.words(painter, line, long, "secondary", "text-2", right, elide=False)
            words = line.adjusted(px(25), 0, -width - px(8), 0)
            draw.words(painter, words, what, "body", ink)
        painter.end()


def _lines(kind: VisitTypeView, provider: str) -> list[tuple[str, str, str]]:
    who = provider or tr("Any provider")
    takes: dict[tuple[Role, str], list[int]] = {}
    if not kind.phases and kind.minutes:
        takes[Role.PROVIDER, ""] = [kind.minutes, 0]
    for phase in kind.phases:
        taken = takes.setdefault((phase.role, phase.wanted), [0, 0])
        taken[phase.kind is PhaseKind.CLEANING] += phase.minutes
    lines = []
    for (role, wanted), (minutes, clean) in takes.items():
        what = who if role is Role.PROVIDER else _thing(role, wanted)
        long = tr("{minutes} min", minutes=minutes)
        long = tr("{long} + {clean} clean", long=long, clean=clean) if clean else long
        lines.append((_ICONS[role], what, long))
    if kind.arrive_early_minutes:
        lines.append(("clock", tr("Arrive {minutes} min early", minutes=kind.arrive_early_minutes), ""))
    if kind.needs_authorization:
        lines.append(("file-lock", tr("Authorization needed"), _days(kind.authorization_days)))
    if kind.preparation:
        lines.append(("info", f"{kind.preparation[0].upper()}{kind.preparation[1:]}", ""))
    if kind.preparation_hours:
        lines.append(("bell", tr("Told in time"), tr("{hours} h before", hours=kind.preparation_hours)))
    return lines


def _days(days: int) -> str:
    return counted(days, "{count} day", "{count} days") if days else ""


def _thing(role: Role, wanted: str) -> str:
    words = wanted.replace("_", " ")
    return tr("{kind} room", kind=words.capitalize()) if role is Role.ROOM else words.capitalize()
