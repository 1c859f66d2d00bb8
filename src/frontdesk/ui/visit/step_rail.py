"""The left side of the check-in page: the way back, the steps, and what to tell the patient."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule import late
from frontdesk.services.schedule.simulation import ON_TIME_WITHIN
from frontdesk.services.visit.check_in import CheckIn, Stage
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.checklist import Checklist, Step
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.label import IconLabel, Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.since_band import SinceBand

FINISH = "finish"
_STEP_HEIGHT = 66
_WIDTH = 224


class StepRail(Frame):
    """Tells the step that is looked at, and the one to be worked on."""

    back_wanted = Signal()
    looked_at = Signal(str)
    opened = Signal(str)
    told_wanted = Signal()
    rebook_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("column", parent=parent)
        self._visit: CheckIn | None = None
        self.setFixedWidth(theme().px(_WIDTH))
        back = Button(tr("Back to board"), "ghost", icon="arrow-left", keys="Esc")
        back.clicked.connect(self.back_wanted)
        self.steps = Checklist(says=tr("Steps of the check-in"))
        self.steps.setFixedHeight(theme().px(6 * _STEP_HEIGHT) + 2)
        self.steps.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.chosen.connect(self.looked_at)
        self.steps.opened.connect(self.opened)
        self.steps.clicked.connect(self._clicked)
        self.slip_box, self.label_box = CheckBox(tr("Routing slip")), CheckBox(tr("Label"))
        for box, says in (
            (self.slip_box, tr("Routing slip when ready")),
            (self.label_box, tr("Label when ready")),
        ):
            box.setAccessibleName(says)
            box.setToolTip(says)
        slip = QWidget()
        slip.setLayout(row(self.slip_box, self.label_box, None, margins=(14, 6, 8, 6)))
        self.since = SinceBand()
        self._to_say = self._make_to_say()
        self._arrived = Label("", "secondary", "text-2")
        self._started = Label("", "secondary", "text-2")
        foot = QWidget()
        foot.setLayout(
            column(
                Rule(),
                row(IconLabel("clock", "text-3"), self._arrived, None, margins=(12, 8, 12, 0)),
                row(IconLabel("user", "text-3"), self._started, None, margins=(12, 4, 12, 10)),
                gap=0,
            )
        )
        body = QWidget()
        body.setLayout(column(self.steps, slip, Rule(), self._to_say, self.since, None, foot, gap=0))
        self.setLayout(column(row(back, None, margins=(4, 7, 8, 7)), Rule(), scrolled(body), gap=0))

    def show_visit(self, visit: CheckIn, now: datetime) -> None:
        self._visit = visit
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
            Step(FINISH, tr("Finish"), _finish(visit), "done" if _is_over(visit) else "todo", keys="Alt+6")
        )
        self.steps.blockSignals(True)  # the same step stays chosen: nobody went anywhere
        self.steps.show_steps(steps)
        self.steps.blockSignals(False)
        self._show_delay(visit)
        self.since.show_since(visit.since_last)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """The minutes go on without a question to the database."""
        visit = self._visit
        if visit is None:
            return
        if visit.arrived_at is None:
            self._arrived.setText(tr("Has not arrived"))
        else:
            minutes = int((now - visit.arrived_at).total_seconds() // 60)
            said = tr("Arrived {at}, here {minutes} min", at=clock_time(visit.arrived_at), minutes=minutes)
            self._arrived.setText(said)
        if visit.started_at is None:
            self._started.setText(tr("Not started"))
        elif visit.started_by:
            at = clock_time(visit.started_at)
            self._started.setText(tr("Started by {who} at {at}", who=visit.started_by, at=at))
        else:
            self._started.setText(tr("Check-in started {at}", at=clock_time(visit.started_at)))

    def go_to(self, name: str) -> None:
        """Marks the step, and tells that it is looked at."""
        self.steps.choose(name)

    @property
    def words(self) -> str:
        """What the patient is told, as it is spoken."""
        return self._say.text().strip("“”")

    def _show_delay(self, visit: CheckIn) -> None:
        expected = visit.expected_in
        minutes = (expected - visit.starts) // timedelta(minutes=1) if expected is not None else 0
        if expected is not None:
            self._say.setText(
                tr(
                    "“{provider} is running about {minutes} minutes late. We expect you in at {at}. "
                    "Is that all right?”",
                    provider=visit.provider,
                    minutes=minutes,
                    at=clock_time(expected),
                )
            )
        beyond = timedelta(minutes=late.TELL_BEYOND)
        is_told = bool(expected and visit.told_for and abs(expected - visit.told_for) <= beyond)
        if visit.told_at is not None:
            self._told.setText(tr("Told {at}", at=clock_time(visit.told_at)))
        set_shown(self._told_line, is_told)
        set_shown(self.told_button, not is_told and visit.arrived_at is not None)
        set_shown(self.rebook_button, visit.stage in (Stage.ARRIVED, Stage.CHECKING_IN))
        set_shown(self._to_say, minutes >= ON_TIME_WITHIN)

    def _make_to_say(self) -> QWidget:
        self._say = Label("", "body", "text-2", wrap=True)
        self._told = Label("", "medium", "ok-tx")
        self._told_line = QWidget()
        self._told_line.setLayout(row(IconLabel("check", "ok"), self._told, None, gap=6))
        self.told_button = Button(tr("Told patient"), height="small")
        self.told_button.clicked.connect(self.told_wanted)
        self.rebook_button = Button(tr("Offer rebook"), height="small")
        self.rebook_button.clicked.connect(self.rebook_wanted)
        to_say = QWidget()
        to_say.setLayout(
            column(
                Label(tr("Say to the patient"), "caption", "text-3"),
                self._say,
                row(self._told_line, self.told_button, self.rebook_button, None, gap=6),
                gap=6,
                margins=(12, 12, 8, 8),
            )
        )
        return to_say

    def _clicked(self, _index: object) -> None:
        step = self.steps.currentIndex().row()
        names = ("identity", "demographics", "insurance", "consents", "payment", FINISH)
        if 0 <= step < len(names):
            self.opened.emit(names[step])


def _is_over(visit: CheckIn) -> bool:
    return visit.stage not in (Stage.EXPECTED, Stage.ARRIVED, Stage.CHECKING_IN)


def _finish(visit: CheckIn) -> str:
    if _is_over(visit):
        return tr("{provider}'s team knows", provider=visit.provider)
    must = [step for step in visit.open_steps if step.must]
    if must:
        return tr("Not before: {what}", what=must[0].result.lower())
    return tr("Tell {provider}'s team", provider=visit.provider)
