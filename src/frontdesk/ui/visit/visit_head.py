"""The head of a page about one visit: who, how far they are, and with whom when for what."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from frontdesk.kernel.text import clock_time, us_date
from frontdesk.services.registration.panel import Identity
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.services.visit.check_out import CheckOut
from frontdesk.services.visit.steps import StepKind
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.indicators import ReadinessBar
from frontdesk.ui.kit.label import Avatar, EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_OPEN = {
    StepKind.IDENTITY: "identity",
    StepKind.DEMOGRAPHICS: "details",
    StepKind.INSURANCE: "coverage",
    StepKind.CONSENTS: "signature",
    StepKind.PAYMENT: "copay",
}


_ROOMY, _TIGHT = 800, 520
"""Design pixels below which the bar gives way, and the avatar: the rail says how far each step is."""
_NAMED = 2
"""More open steps than these are counted, not named: they stand in the rail."""


class VisitHead(Frame):
    """Put buttons at its right end with `add`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self.setFixedHeight(theme().px(52))
        self._avatar = Avatar(size=36)
        self._name = EndingLabel("", "page")
        self._chip = Chip("")
        self._what = EndingLabel("", "secondary", "text-2")
        self.ready = _Ready()
        self._added: tuple[QWidget, ...] = ()
        self._row = row(
            self._avatar,
            column(row(self._name, self._chip, None, gap=8), self._what, gap=0),
            gap=10,
            margins=(12, 4, 12, 4),
        )
        self._row.setStretch(1, 1)
        self._row.addWidget(self.ready, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._row)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(360), theme().px(52))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """The name is cut last."""
        px = theme().px
        set_shown(self.ready, self.width() >= px(_ROOMY))
        for part in (self._avatar, self._chip):
            set_shown(part, self.width() >= px(_TIGHT))
        wanted = draw.text_width(self._name.text(), theme().font("page")) + px(4)
        shown = [each for each in (self._avatar, self.ready, *self._added) if each.isVisibleTo(self)]
        taken = sum(each.sizeHint().width() + self._row.spacing() for each in shown)
        if self._chip.isVisibleTo(self):
            taken += self._chip.sizeHint().width() + px(8)
        self._name.setMinimumWidth(max(0, min(wanted, self.width() - taken - px(24))))

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._row.addWidget(widget)
        self._added += widgets

    def show_visit(self, visit: CheckIn | CheckOut) -> None:
        patient: Identity = visit.patient
        self._avatar.show_initials(patient.initials)
        self._name.setText(patient.name)
        status: Status = visit.status
        self._chip.show_state(
            tr(look.STATUS_NAME[status]), look.STATUS_TONE[status], look.STATUS_ICON[status]
        )
        self._what.setText(
            tr(
                "{born} · {provider} {time}, {what}",
                born=us_date(patient.born_on),
                provider=visit.provider,
                time=clock_time(visit.starts),
                what=visit.what[:1].lower() + visit.what[1:],
            )
        )
        self._give_room()


class _Ready(QWidget):
    """ "3 of 5 ready", what is open, and the bar."""

    def __init__(self) -> None:
        super().__init__()
        self._count = Label("", "strong")
        self._open = EndingLabel("", "secondary", "warn-tx")
        self._open.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._bar = ReadinessBar()
        self.setLayout(column(row(self._count, None, self._open, gap=10), self._bar, gap=4))
        self.setFixedWidth(theme().px(290))

    def show_steps(self, visit: CheckIn) -> None:
        done = sum(step.is_done for step in visit.steps)
        self._count.setText(tr("{done} of {all} ready", done=done, all=len(visit.steps)))
        names = [tr(_OPEN[step.kind]) for step in visit.open_steps]
        said = ", ".join(names[:-1])
        said = tr("{some} and {last}", some=said, last=names[-1]) if said else "".join(names)
        if len(names) > _NAMED:
            said = tr("{count} steps", count=len(names))
        self._open.setText(tr("{what} open", what=said) if names else "")
        self._bar.show_steps(tuple("done" if step.is_done else "open" for step in visit.steps))
