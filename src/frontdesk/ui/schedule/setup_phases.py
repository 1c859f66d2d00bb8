"""The phases of a kind of visit: which minutes need whom and what, in rows, and painted above them."""

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.schedule.words import PhaseKind, Role
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NumberEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Want = tuple[Role, str]
PROVIDER: Want = (Role.PROVIDER, "")
KIND_NAME = {
    PhaseKind.PREPARATION: "Preparation",
    PhaseKind.PROCEDURE: "Procedure",
    PhaseKind.RECOVERY: "Recovery",
    PhaseKind.CLEANING: "Cleaning",
}
_TONE = {PhaseKind.PREPARATION: "info", PhaseKind.PROCEDURE: "ok", PhaseKind.RECOVERY: "warn"}
_LONGEST_ABBREVIATION = 3
"""A device of a kind so short is said by its letters: ECG."""
_HEAD, _AXIS, _ROW = 132, 20, 26


def want_name(want: Want) -> str:
    """ "Provider", "Imaging room", "Ultrasound", "Sonographer"."""
    role, kind = want
    if role is Role.PROVIDER:
        return tr("Provider")
    name = kind.upper() if len(kind) <= _LONGEST_ABBREVIATION else kind[:1].upper() + kind[1:]
    return tr("{kind} room", kind=name) if role is Role.ROOM else name


class PhaseStrip(QWidget):
    """The minutes of a visit from left to right, a row for each thing that it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: tuple[PhaseDraft, ...] = ()
        self._minutes = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Minutes of the visit"))

    def show_phases(self, phases: tuple[PhaseDraft, ...], minutes: int | None) -> None:
        """Without any, the provider is needed from start to end."""
        length = minutes or 15
        self._phases = phases
        if not any(each.role is Role.PROVIDER for each in phases):
            self._phases = (PhaseDraft(Role.PROVIDER, 0, length), *phases)
        self._minutes = length
        self.setAccessibleDescription(
            "; ".join(
                f"{want_name((each.role, each.wanted))}, {tr(KIND_NAME[each.kind])}, "
                f"{each.offset_minutes} to {each.offset_minutes + each.minutes}"
                for each in self._phases
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(360), theme().px(_AXIS + _ROW * max(1, len(self._wants()))))

    def _wants(self) -> tuple[Want, ...]:
        return tuple(dict.fromkeys((each.role, each.wanted) for each in self._phases))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        last = max([self._minutes, *(each.offset_minutes + each.minutes for each in self._phases)])
        wants = self._wants()
        for at in range(0, last + 1, 15):
            x = self._x(at, last)
            painter.fillRect(x, px(_AXIS), 1, px(_ROW * len(wants)), color("line"))
            if at < last:
                draw.words(painter, QRect(x + px(3), 0, px(40), px(_AXIS)), str(at), "secondary", "text-3")
        for number, want in enumerate(wants):
            top = px(_AXIS + number * _ROW)
            painter.fillRect(0, top, self.width(), 1, color("line"))
            draw.words(painter, QRect(0, top, px(_HEAD - 8), px(_ROW)), want_name(want), "secondary")
            for each in self._phases:
                if (each.role, each.wanted) == want:
                    self._paint_phase(painter, each, top, last)
        end = self._x(self._minutes, last)
        painter.fillRect(end - 1, px(_AXIS), 2, px(_ROW * len(wants)), color("now"))
        painter.end()

    def _paint_phase(self, painter: QPainter, phase: PhaseDraft, top: int, last: int) -> None:
        px, color = theme().px, theme().color
        left = self._x(phase.offset_minutes, last)
        right = self._x(phase.offset_minutes + phase.minutes, last)
        rect = QRect(left + 1, top + px(3), max(px(4), right - left - 2), px(_ROW - 6))
        if phase.kind is PhaseKind.CLEANING:
            draw.hatch(painter, rect.adjusted(1, 1, -1, -1), color("line-2"))
            draw.box(painter, rect, None, color("line-2"))
        else:
            fill, _, mark = draw.tone_colors(_TONE[phase.kind])
            draw.box(painter, rect, fill, mark)
        words = tr(KIND_NAME[phase.kind])
        inner = rect.adjusted(px(6), 0, -px(2), 0)
        if inner.width() >= draw.role_width(words, "secondary"):
            draw.words(painter, inner, words, "secondary", "text")

    def _x(self, at: int, last: int) -> int:
        room = self.width() - theme().px(_HEAD) - 2
        return theme().px(_HEAD) + round(room * at / max(1, last))


class PhaseRows(QWidget):
    """A row for each phase: what part it is, whom or what it needs, from which minute, how long."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wants: tuple[Want, ...] = (PROVIDER,)
        self._rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(theme().px(4))
        for place, words in enumerate((tr("Part"), tr("Needs"), tr("From minute"), tr("Minutes"))):
            self._grid.addWidget(Label(words, "secondary", "text-2"), 0, place)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnStretch(2, 2)
        self._grid.setColumnStretch(3, 2)
        self.add = Button(tr("Add a phase"), icon="plus", height="small")
        self.add.clicked.connect(self.add_one)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._grid)
        whole.addLayout(row(self.add, None))

    def offer(self, wants: tuple[Want, ...]) -> None:
        """What there is to be needed."""
        self._wants = (PROVIDER, *wants)
        self.show_phases(self.value())

    def show_phases(self, phases: tuple[PhaseDraft, ...]) -> None:
        for old in self._rows:
            for widget in old.widgets():
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for phase in phases:
            self._append(phase)

    def value(self) -> tuple[PhaseDraft, ...]:
        return tuple(each.value() for each in self._rows)

    def problem(self) -> str:
        """What cannot be read in the rows."""
        for each in self._rows:
            for edit in (each.offset, each.minutes):
                if edit.problem() or edit.value() is None:
                    return tr("Each phase has a minute from which it is needed, and a length.")
        return ""

    def add_one(self) -> None:
        """After the last, for the provider."""
        end = max((each.value().offset_minutes + each.value().minutes for each in self._rows), default=0)
        self._append(PhaseDraft(Role.PROVIDER, end, 15))
        self._rows[-1].kind.setFocus()
        self.changed.emit()

    def _append(self, phase: PhaseDraft) -> None:
        wants = self._wants
        if (phase.role, phase.wanted) not in wants:
            wants = (*wants, (phase.role, phase.wanted))
        made = _Row(phase, wants)
        line = len(self._rows) + 1
        for place, widget in enumerate(made.widgets()):
            self._grid.addWidget(widget, line, place)
        made.kind.chosen.connect(self.changed)
        made.want.chosen.connect(self.changed)
        made.offset.value_changed.connect(self.changed)
        made.minutes.value_changed.connect(self.changed)
        made.remove.clicked.connect(lambda: self._remove(made))
        self._rows.append(made)

    def _remove(self, gone: "_Row") -> None:
        self.show_phases(tuple(each.value() for each in self._rows if each is not gone))
        self.add.setFocus()
        self.changed.emit()


class _Row:
    """The controls of one phase."""

    def __init__(self, phase: PhaseDraft, wants: tuple[Want, ...]) -> None:
        self.kind = Combo[PhaseKind](tuple((kind, tr(words)) for kind, words in KIND_NAME.items()))
        self.want = Combo[Want](tuple((want, want_name(want)) for want in wants))
        self.offset = NumberEdit(most=720)
        self.minutes = NumberEdit(least=1, most=720)
        self.remove = IconButton("x", tr("Remove this phase"))
        self.kind.set_value(phase.kind)
        self.want.set_value((phase.role, phase.wanted))
        self.offset.set_value(phase.offset_minutes)
        self.minutes.set_value(phase.minutes)
        for widget, name in (
            (self.kind, tr("Part")),
            (self.want, tr("Needs")),
            (self.offset, tr("From minute")),
            (self.minutes, tr("Minutes of the phase")),
        ):
            widget.setAccessibleName(name)

    def widgets(self) -> tuple[QWidget, ...]:
        return (self.kind, self.want, self.offset, self.minutes, self.remove)

    def value(self) -> PhaseDraft:
        role, wanted = self.want.value() or PROVIDER
        return PhaseDraft(
            role=role,
            offset_minutes=self.offset.value() or 0,
            minutes=self.minutes.value() or 0,
            wanted=wanted,
            kind=self.kind.value() or PhaseKind.PROCEDURE,
        )
