"""The left side of the check-in page: the way back, the steps, and what to tell the patient."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.simulation import ON_TIME_WITHIN
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.checklist import Checklist, Step
from frontdesk.ui.kit.label import IconLabel, Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

FINISH = "finish"
_STEP_HEIGHT = 66


class StepRail(Frame):
    """Tells the step that is looked at, and the one to be worked on."""

    back_wanted = Signal()
    looked_at = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("column", parent=parent)
        self.setFixedWidth(theme().px(224))
        back = Button(tr("Back to board"), "ghost", icon="arrow-left", keys="Esc")
        back.clicked.connect(self.back_wanted)
        self.steps = Checklist(says=tr("Steps of the check-in"))
        self.steps.setFixedHeight(theme().px(6 * _STEP_HEIGHT) + 2)
        self.steps.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.chosen.connect(self.looked_at)
        self.steps.opened.connect(self.opened)
        self.steps.clicked.connect(self._clicked)
        self._say = Label("", "body", "text-2", wrap=True)
        self._to_say = QWidget()
        self._to_say.setLayout(
            column(
                Label(tr("Say to the patient"), "caption", "text-3"),
                self._say,
                gap=4,
                margins=(12, 12, 12, 0),
            )
        )
        self._arrived = Label("", "secondary", "text-2")
        self._started = Label("", "secondary", "text-2")
        self._foot = QWidget()
        self._foot.setLayout(
            column(
                Rule(),
                row(IconLabel("clock", "text-3"), self._arrived, None, margins=(12, 8, 12, 0)),
                row(IconLabel("user", "text-3"), self._started, None, margins=(12, 4, 12, 10)),
                gap=0,
            )
        )
        self.setLayout(
            column(
                row(back, None, margins=(4, 7, 8, 7)),
                Rule(),
                self.steps,
                self._to_say,
                None,
                self._foot,
                gap=0,
            )
        )

    def show_visit(self, visit: CheckIn, now: datetime) -> None:
        steps = [
            Step(
                step.kind.value,
                tr(step.title),
                step.result,
                "done" if step.is_done else "problem",
                f"Alt+{place}",
            )
            for place, step in enumerate(visit.steps, 1)
        ]
        steps.append(
            Step(
                FINISH, tr("Finish"), tr("Ready for {provider}’s team", provider=visit.provider), keys="Alt+6"
            )
        )
        self.steps.blockSignals(True)  # the same step stays chosen: nobody went anywhere
        self.steps.show_steps(steps)
        self.steps.blockSignals(False)
        self._show_delay(visit)
        waits = "" if visit.arrived_at is None else str(int((now - visit.arrived_at).total_seconds() // 60))
        at = clock_time(visit.arrived_at) if visit.arrived_at else ""
        self._arrived.setText(
            tr("Arrived {at}, here {minutes} min", at=at, minutes=waits) if at else tr("Has not arrived")
        )
        begun = clock_time(visit.started_at) if visit.started_at else ""
        self._started.setText(tr("Check-in started {at}", at=begun) if begun else tr("Not started"))

    def go_to(self, name: str) -> None:
        """Marks the step, and tells that it is looked at."""
        self.steps.choose(name)

    def _show_delay(self, visit: CheckIn) -> None:
        late = visit.expected_in is not None and visit.late_minutes >= ON_TIME_WITHIN
        if visit.expected_in is not None:
            self._say.setText(
                tr(
                    "“{provider} is running about {minutes} minutes late. We expect you in at {at}. "
                    "Is that all right?”",
                    provider=visit.provider,
                    minutes=visit.late_minutes,
                    at=clock_time(visit.expected_in),
                )
            )
        set_shown(self._to_say, late)

    def _clicked(self, _index: object) -> None:
        step = self.steps.currentIndex().row()
        names = ("identity", "demographics", "insurance", "consents", "payment", FINISH)
        if 0 <= step < len(names):
            self.opened.emit(names[step])
