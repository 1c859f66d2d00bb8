"""What else the caller asks for: not before an hour, not with somebody, from a day on; chips to take away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.kernel.text import us_time
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HOURS = range(8, 18)


@dataclass(frozen=True, slots=True)
class Limits:
    """Nothing set: no limits."""

    after: time | None = None
    before: time | None = None
    not_with: tuple[int, ...] = ()
    first_day: date | None = None


NO_LIMITS: Final = Limits()


class LimitChips(QWidget):
    """Each limit with a cross; a menu adds more."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = NO_LIMITS
        self._providers: dict[int, str] = {}
        self.add = Button(tr("Add limit"), icon="plus", height="small")
        self.add.clicked.connect(self.open_menu)
        self._chips: list[Chip] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme().px(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()

    @property
    def limits(self) -> Limits:
        return self._limits

    @property
    def chips(self) -> list[Chip]:
        return self._chips

    def problem(self) -> str:
        return ""

    def show_providers(self, providers: dict[int, str]) -> None:
        self._providers = providers
        self._lay_out()

    def show_limits(self, limits: Limits) -> None:
        """Without announcing it."""
        self._limits = limits
        self._lay_out()

    def set(self, **limits: object) -> None:
        """Change one of them, and say so."""
        self._limits = replace(self._limits, **limits)  # type: ignore[arg-type] # named by the fields
        self._lay_out()
        self.changed.emit()

    def open_menu(self) -> None:
        """Under the button."""
        self.menu().popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def menu(self) -> QMenu:
        """What can be added."""
        menu = QMenu(self)
        for title, field in ((tr("Not before"), "after"), (tr("Done by"), "before")):
            hours = menu.addMenu(title)
            for hour in _HOURS:
                at = time(hour)
                hours.addAction(_said(at), partial(self.set, **{field: at}))
        people = menu.addMenu(tr("Not with"))
        for id, name in self._providers.items():
            if id not in self._limits.not_with:
                people.addAction(name, partial(self.set, not_with=(*self._limits.not_with, id)))
        return menu

    def _lay_out(self) -> None:
        had_focus = any(chip.hasFocus() for chip in self._chips)
        while (item := self._lines.takeAt(0)) is not None:
            line = item.layout()
            while line is not None and (inner := line.takeAt(0)) is not None:
                if isinstance(widget := inner.widget(), Chip):
                    widget.deleteLater()
        self._chips = [self._chip(words, away) for words, away in self._each()]
        room, used = theme().px(268), 0
        line = self._new_line()
        for widget in (*self._chips, self.add):
            wide = widget.sizeHint().width()
            if used and used + wide > room:
                line.addStretch(1)
                line, used = self._new_line(), 0
            line.addWidget(widget)
            used += wide + theme().px(6)
        line.addStretch(1)
        if had_focus:
            self.add.setFocus()
        self.updateGeometry()

    def _new_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme().px(6))
        self._lines.addLayout(line)
        return line

    def _chip(self, words: str, away: Callable[[], object]) -> Chip:
        chip = Chip(words, "accent", "x", acts=True, tall=True)
        chip.setAccessibleName(tr("{limit}. Press to take it away", limit=words))
        chip.clicked.connect(lambda: away())
        return chip

    def _each(self) -> list[tuple[str, Callable[[], object]]]:
        limits = self._limits
        found: list[tuple[str, Callable[[], object]]] = []
        if limits.first_day is not None:
            day = limits.first_day
            said = tr("From {day}", day=f"{day:%a}, {day:%B} {day.day}")
            found.append((said, lambda: self.set(first_day=None)))
        if limits.after is not None:
            found.append((tr("After {time}", time=_said(limits.after)), lambda: self.set(after=None)))
        if limits.before is not None:
            found.append((tr("Done by {time}", time=_said(limits.before)), lambda: self.set(before=None)))
        for id in limits.not_with:
            others = tuple(each for each in limits.not_with if each != id)
            name = self._providers.get(id, "")
            found.append((tr("Not with {name}", name=name), partial(self.set, not_with=others)))
        return found


def _said(at: time) -> str:
    return us_time(datetime.combine(date.min, at))
