"""The line above the affected: who is out until when, how far the desk has come, and what does it for all."""

from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.services.schedule.absences import Absence
from frontdesk.services.schedule.affected import Affected, AffectedVisit, State
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.indicators import ReadinessBar, StepState
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class ReplanHead(Frame):
    """Shows an absence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self._who = Label("", "section")
        self._when = EndingLabel("", "secondary", "text-2")
        self._progress = Label("", "strong")
        self._bar = ReadinessBar()
        self._bar.setFixedWidth(theme().px(190))
        self.back_button = Button("", "ghost", icon="undo-2")
        self.again_button = Button(tr("Look again"), icon="refresh-cw", keys="F5")
        self.text_button = Button("", icon="message-square", keys="Ctrl+T")
        self.all_button = Button("", "primary", icon="calendar-check", keys="Ctrl+Enter")
        self._may_come_back = True
        whole = row(gap=12, margins=(14, 8, 12, 8))
        who = QWidget()
        who.setLayout(column(self._who, self._when, gap=1))
        progress = QWidget()
        progress.setLayout(column(self._progress, self._bar, gap=5))
        whole.addWidget(who, 1)
        for widget in (
            progress,
            self.back_button,
            self.again_button,
            self.text_button,
            self.all_button,
        ):
            whole.addWidget(widget)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the keys and the command field do without the buttons."""
        super().resizeEvent(event)
        set_shown(self.again_button, self.width() > theme().px(820))
        set_shown(self.back_button, self._may_come_back and self.width() > theme().px(820))
        set_shown(self._bar, self.width() > theme().px(620))

    def show_absence(self, absence: Absence, found: Affected, now: datetime) -> None:
        over = absence.ends <= now
        self._who.setText(
            tr("{provider} was out", provider=absence.provider)
            if over
            else tr("{provider} is out", provider=absence.provider)
            if absence.starts <= now
            else tr("{provider} will be out", provider=absence.provider)
        )
        same = absence.starts.date() == absence.ends.date()
        last = "" if same else f"{weekday_date(absence.ends.date())}, "
        first = f"{weekday_date(absence.starts.date())}, {us_time(absence.starts)}"
        when = f"{first} – {last}{us_time(absence.ends)}"
        self._when.setText("  ·  ".join(part for part in (when, absence.reason) if part))
        self._progress.setText(
            tr(
                "{done} of {all} settled, {told} told",
                done=found.replanned,
                all=len(found.visits),
                told=found.told,
            )
        )
        self._bar.show_steps(tuple(_step(visit) for visit in found.visits))
        self._bar.setAccessibleName(self._progress.text())
        self.back_button.setText(tr("{provider} is back", provider=absence.provider))
        self._may_come_back = not over
        set_shown(self.back_button, not over and self.width() > theme().px(820))
        self.back_button.updateGeometry()

    def show_count(self, count: int, texts: int, *, is_searched: bool) -> None:
        """How many could be moved now, and how many be texted their new time."""
        self.text_button.setText(counted(texts, "Text {count} patient", "Text {count} patients"))
        self.text_button.updateGeometry()
        set_shown(self.text_button, texts > 0 and count == 0)
        self.all_button.setText(
            counted(count, "Move {count} patient", "Move {count} patients")
            if count or is_searched
            else tr("Looking for times…")
        )
        self.all_button.setVisible(count > 0 or not is_searched)
        self.all_button.setEnabled(count > 0)
        self.all_button.updateGeometry()


def _step(visit: AffectedVisit) -> StepState:
    if visit.state in (State.TOLD, State.REBOOKED, State.CALLED_OFF, State.SEEN):
        return "done"
    return "empty" if visit.state in (State.HERE, State.TO_REPLAN) else "open"
