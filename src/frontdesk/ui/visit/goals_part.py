"""Waiting goals in the check-in set-up: how long a patient should stay in each state."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule import waiting_goals
from frontdesk.services.schedule.waiting_goals import WaitingState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.edits import NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WORDS = {
    WaitingState.CHECKING_IN: "Checking in, until ready",
    WaitingState.READY: "Ready, until in a room",
    WaitingState.IN_ROOM: "In the room, until seen",
    WaitingState.CHECK_OUT: "Check-out, until out",
}


class GoalsPart(SetupPart):
    """Four figures in minutes; the board's clocks turn amber shortly before, and red after."""

    topics = frozenset({"waiting_goal"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown: dict[WaitingState, int] = {}
        self.form = Form()
        self.edits: dict[WaitingState, NumberEdit] = {}
        for state, words in _WORDS.items():
            edit = NumberEdit(least=0, most=9_999)
            self.edits[state] = edit
            self.form.add(state.value, tr(words), edit, span=6)
        self.form.setMaximumWidth(theme().px(420))
        self.save = Button(tr("Save goals"), "primary", keys="Ctrl+Enter")
        self.save.clicked.connect(self.save_goals)
        says = Label(
            tr("Minutes. In the visit itself the goal is the visit's own length."), "secondary", "text-2"
        )
        self.setLayout(
            column(
                self.banner,
                row(says, None, margins=(14, 12, 14, 10)),
                row(self.form, None, margins=(14, 0, 14, 12)),
                row(self.save, None, margins=(14, 0, 14, 0)),
                None,
                gap=0,
            )
        )

    def home(self) -> QWidget:
        return self.edits[WaitingState.CHECKING_IN]

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+Return", tr("Save goals"), self.save_goals),)

    def reload(self) -> None:
        self.desk.ask(self, self._show, waiting_goals.goals)

    def save_goals(self) -> None:
        """Those that were changed, each an act of its own."""
        self.clear_complaints()
        if not self.form.check():
            return
        for state, edit in self.edits.items():
            minutes = edit.value()
            if minutes is not None and minutes != self._shown.get(state):
                self.desk.do(
                    self,
                    lambda _: self.told.emit(tr("Saved the waiting goals")),
                    waiting_goals.set_goal,
                    state=state,
                    minutes=minutes,
                    before=self._shown[state],
                )

    def _show(self, goals: dict[WaitingState, int]) -> None:
        self._shown = goals
        for state, edit in self.edits.items():
            if not (edit.hasFocus() and edit.isModified()):
                edit.set_value(goals[state])
