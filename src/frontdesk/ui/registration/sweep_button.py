"""Looks through all patients for duplicates, some at a time; says how far it is and can be stopped."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.registration import duplicate_sweep
from frontdesk.services.registration.duplicate_sweep import Step, SweepState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr


class SweepButton(QWidget):
    """Between two steps the office goes on; what was found so far stays when it is stopped."""

    found = Signal(int)
    """A pass ended or was stopped; how many pairs it put on the list."""
    refusal = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_running = False
        self._found = 0
        self.words = EndingLabel("", "secondary", "text-3")
        self.button = Button(tr("Look for duplicates"), icon="scan-search", keys="F5")
        self.button.clicked.connect(self.press)
        set_shown(self.button, desk.may("registration.edit"))
        self.setLayout(row(self.words, self.button, gap=10))

    @property
    def is_running(self) -> bool:
        return self._is_running

    def ask(self) -> None:
        """How the last pass ended."""
        if not self._is_running:
            self._desk.ask(self, self._show_state, duplicate_sweep.state)

    def press(self) -> None:
        """Begin, or stop at the next step."""
        if not self._desk.may("registration.edit"):
            return
        if self._is_running:
            self._stop()
            return
        self._is_running, self._found = True, 0
        self.button.setText(tr("Stop"))
        self.button.show_icon("circle-stop")
        self.words.setText(tr("Looking…"))
        self._next()

    def refused(self, error: FrontdeskError) -> None:
        self._is_running = False
        self._dress()
        self.refusal.emit(error)

    def _next(self) -> None:
        self._desk.do(self, self._step_done, duplicate_sweep.step)

    def _step_done(self, step: Step) -> None:
        self._found += step.found
        if not self._is_running:
            return
        if step.left:
            self.words.setText(counted(step.left, "{count} patient left", "{count} patients left"))
            self._next()
        else:
            self._stop()

    def _stop(self) -> None:
        self._is_running = False
        self._dress()
        self.found.emit(self._found)
        self.ask()

    def _dress(self) -> None:
        self.button.setText(tr("Look for duplicates"))
        self.button.show_icon("scan-search")

    def _show_state(self, state: SweepState) -> None:
        if self._is_running:
            return
        if state.begun_at is None:
            self.words.setText(tr("Never looked through all patients"))
        elif state.finished_at is None:
            self.words.setText(
                counted(state.left, "Stopped; {count} patient left", "Stopped; {count} patients left")
            )
        else:
            at = state.finished_at
            is_today = at.date() == self._desk.today
            when = us_time(at) if is_today else us_date(at.date())
            changed = counted(state.left, "{count} changed since", "{count} changed since")
            self.words.setText(tr("Looked {when}", when=when) + (f", {changed}" if state.left else ""))
