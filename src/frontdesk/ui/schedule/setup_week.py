"""A week of rules, painted: a row per weekday, hours as white, kept time as the day shows it."""

from datetime import date, time

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.schedule.setup_rules import DAY_NAMES, Rule, What, holds_on
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEAD, _AXIS, _ROW = 96, 22, 26
_FIRST, _LAST = 7, 19


class WeekStrip(QWidget):
    """Shows what holds on a day's week; a click chooses a rule. The table says the same in words."""

    chosen = Signal(object)
    """The Rule under the click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Rule, ...] = ()
        self._current: tuple[What, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The week as it is now"))

    def show_rules(self, rules: tuple[Rule, ...], on: date) -> None:
        """What holds on a day; lunch and urgent time over the hours."""
        standing = [rule for rule in rules if holds_on(rule, on)]
        self._rules = tuple(sorted(standing, key=lambda rule: rule.what is What.KEPT))
        self.setAccessibleDescription("; ".join(f"{rule.title}, {rule.when}" for rule in self._rules))
        self.update()

    def mark(self, rule: Rule | None) -> None:
        """The rule that is chosen in the table."""
        self._current = (rule.what, rule.id) if rule else None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(480), theme().px(_AXIS + 7 * _ROW) + 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        under = [rule for rule in self._rules if self._rect(rule).contains(event.position().toPoint())]
        if under:
            self.chosen.emit(under[-1])

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        ground = QRect(px(_HEAD), px(_AXIS), self.width() - px(_HEAD), px(7 * _ROW))
        painter.fillRect(ground, color("band-lunch"))
        for rule in self._rules:
            self._paint_rule(painter, rule)
        every = 1 if self._x(time(9)) - self._x(time(8)) >= px(46) else 2
        for hour in range(_FIRST, _LAST + 1):
            x = self._x(time(hour))
            painter.fillRect(x, px(_AXIS), 1, px(7 * _ROW), color("line"))
            if hour < _LAST and hour % every == 0:
                words = f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"
                place = QRect(x + px(4), 0, px(60), px(_AXIS))
                draw.words(painter, place, words, "secondary", "text-2", elide=False)
        for day, name in enumerate(DAY_NAMES):
            top = px(_AXIS + day * _ROW)
            painter.fillRect(0, top, self.width(), 1, color("line"))
            place = QRect(px(12), top, px(_HEAD - 16), px(_ROW))
            draw.words(painter, place, tr(name), "secondary", "text")
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))
        painter.end()

    def _paint_rule(self, painter: QPainter, rule: Rule) -> None:
        px, color = theme().px, theme().color
        rect = self._rect(rule)
        if rule.kept is None:
            painter.fillRect(rect, color("surface"))
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), color("accent"))
        else:
            token = look.KEPT_TOKEN[rule.kept.value]
            painter.fillRect(rect, color(token))
            if rule.kept.value in look.KEPT_HATCHED or rule.kept.value in ("lunch", "charting"):
                draw.hatch(painter, rect, color(f"{token}-h"), px(8))
            words = rect.adjusted(px(4), 0, -px(2), 0)
            if words.width() >= draw.role_width(rule.title, "secondary"):
                draw.words(painter, words, rule.title, "secondary", "text-2")
        if (rule.what, rule.id) == self._current:
            draw.focus_ring(painter, rect, 4, "accent")

    def _rect(self, rule: Rule) -> QRect:
        px, weekly = theme().px, rule.weekly
        assert weekly is not None, "only weekly rules are painted"
        left, right = self._x(weekly.starts), self._x(weekly.ends)
        return QRect(left, px(_AXIS + weekly.weekday * _ROW) + 1, max(2, right - left), px(_ROW) - 1)

    def _x(self, at: time) -> int:
        minutes = min(max(at.hour * 60 + at.minute, _FIRST * 60), _LAST * 60) - _FIRST * 60
        room = self.width() - theme().px(_HEAD)
        return theme().px(_HEAD) + round(room * minutes / ((_LAST - _FIRST) * 60))
