"""The visits of a series as they would stand: what is in the way of each, and what is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule.series import Occurrence
from frontdesk.services.schedule.slot import Slot
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr


class Choice(StrEnum):
    """What is done about one visit."""

    AS_ASKED = "as_asked"
    INSTEAD = "instead"
    WITH_REASON = "with_reason"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Line:
    """One visit; `key` knows it again, `was` is where it stands now, if it does."""

    key: int
    was: datetime | None
    then: Occurrence


class OccurrenceList(QWidget):
    """Space turns to the next choice of a line; what is free needs none."""

    changed = Signal()
    line_chosen = Signal()

    def __init__(self, *, moves: bool, may_overbook: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moves, self._may_overbook = moves, may_overbook
        self._choices: dict[int, Choice] = {}
        columns = [
            Column[Line]("Visit", lambda line: Cell(_said(line.then.slot.starts), role="strong"), width=150),
            Column[Line]("In the way", _in_the_way),
            Column[Line]("What is done", self._done, width=196),
        ]
        if moves:
            columns.insert(
                0, Column[Line]("Now", lambda line: _said(line.was) if line.was else "", width=150)
            )
        self.model = TableModel[Line](columns, key=lambda line: line.key)
        self.table = Table(self.model, says=tr("Visits of the series"))
        self.table.opened.connect(lambda _: self.turn())
        self.table.chosen.connect(lambda _: self.line_chosen.emit())
        self.table.installEventFilter(self)
        self.setLayout(column(self.table, gap=0))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """New findings; each line begins with the gentlest way."""
        self._choices = {line.key: self._ways(line)[0] for line in lines}
        self.model.show(lines)
        blocked = next((line.key for line in lines if not line.then.is_free), None)
        if blocked is not None:
            self.table.choose(blocked)
        self.changed.emit()

    @property
    def chosen(self) -> list[tuple[Line, Slot]]:
        """The visits that are carried out, each with its place."""
        found = []
        for line in self.model.rows():
            choice = self._choices[line.key]
            if choice is Choice.INSTEAD and line.then.alternative is not None:
                found.append((line, line.then.alternative))
            elif choice in (Choice.AS_ASKED, Choice.WITH_REASON):
                found.append((line, line.then.slot))
        return found

    @property
    def said(self) -> str:
        """How many are in the way, and in full what is in the way of the chosen line."""
        line = self.table.current()
        count = counted(self.in_the_way, "{count} is not free as asked.", "{count} are not free as asked.")
        ways = tr("Space on a line turns to the next way.")
        if line is None or line.then.is_free:
            return f"{count} {ways}"
        found = " ".join(finding.message for finding in line.then.findings)
        return f"{_said(line.then.slot.starts)}: {found} {ways}"

    @property
    def needs_reason(self) -> bool:
        return Choice.WITH_REASON in self._choices.values()

    @property
    def in_the_way(self) -> int:
        """How many are not free as asked."""
        return sum(not line.then.is_free for line in self.model.rows())

    def turn(self) -> None:
        """The next way for the chosen line."""
        line = self.table.current()
        if line is None:
            return
        ways = self._ways(line)
        self._choices[line.key] = ways[(ways.index(self._choices[line.key]) + 1) % len(ways)]
        self.model.show(self.model.rows())
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key()
        if pressed == Qt.Key.Key_Space:
            self.turn()
            return True
        return super().eventFilter(watched, event)

    def _ways(self, line: Line) -> list[Choice]:
        if line.then.is_free:
            return [Choice.AS_ASKED, Choice.LEFT_OUT]
        ways = [Choice.INSTEAD] if line.then.alternative is not None else []
        ways.append(Choice.LEFT_OUT)
        if line.then.can_be_overridden and self._may_overbook:
            ways.append(Choice.WITH_REASON)
        return ways

    def _done(self, line: Line) -> Cell:
        choice = self._choices.get(line.key, Choice.AS_ASKED)
        if choice is Choice.INSTEAD and line.then.alternative is not None:
            at = line.then.alternative.starts
            same = at.date() == line.then.slot.starts.date()
            said = us_time(at) if same else _said(at)
            return Cell(tr("{time} instead", time=said), tone="info")
        if choice is Choice.LEFT_OUT:
            return Cell(tr("Stays as it was") if self._moves else tr("Left out"), tone="warn")
        if choice is Choice.WITH_REASON:
            return Cell(tr("With the reason"), tone="block")
        return Cell(tr("Moved") if self._moves else tr("Booked"), color="text-2")


def _said(at: datetime) -> str:
    """ "Wed 04/08 9:30 AM"."""
    return f"{at:%a %m/%d} {us_time(at)}"


def _in_the_way(line: Line) -> Cell:
    if line.then.is_free:
        return Cell(tr("Free"), icon="check", icon_color="ok", color="text-2")
    said = " ".join(finding.message for finding in line.then.findings)
    return Cell(said, icon="circle-alert", icon_color="warn")
