"""A visit of a series goes elsewhere: this one, it and the following, or all; all findings in one panel."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.services.schedule import pinboard, series_changes
from frontdesk.services.schedule.checks import OVERBOOK
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.series_changes import Change, Placement, Scope
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.together import Happened
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.occurrence_list import Line, OccurrenceList
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class SeriesPanel(Dialog):
    """Enter moves what is chosen; Escape keeps every visit where it was."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        visit: DayVisit,
        to: Slot,
        question: str,
        then: Callable[[str], object],
        pin_id: int | None = None,
    ) -> None:
        super().__init__(
            parent, question, tr("It belongs to a series."), icon="repeat", icon_color="text-2", width=760
        )
        self._desk, self._visit, self._to, self._then = desk, visit, to, then
        self._pin_id = pin_id
        self._versions: dict[int, int] = {}
        self.scope = Segmented(
            (
                (Scope.THIS, tr("This visit")),
                (Scope.FOLLOWING, tr("This and following")),
                (Scope.ALL, tr("All to come")),
            ),
            says=tr("Which visits"),
        )
        self.lines = OccurrenceList(moves=True, may_overbook=desk.may(OVERBOOK))
        self.lines.table.setMinimumHeight(min(theme().px(180), parent.window().height() // 4))
        self.said = Label("", "secondary", "text-2", wrap=True)
        self.form = Form()
        self.reason = TextEdit()
        self.form.add("scope", tr("Which visits"), self.scope)
        self._reason_row = self.form.add("override_reason", tr("Why it is right all the same"), self.reason)
        self.body.addWidget(self.form)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.said)
        self.verb = self.add_verb(tr("Move visit"), self._move, kind="primary", keys="Return", closes=False)
        self.add_verb(tr("Keep them as they were"), keys="Esc")
        self.scope.chosen.connect(self._ask)
        self.lines.changed.connect(self._show_choices)
        self.lines.line_chosen.connect(self._show_choices)
        set_shown(self._reason_row, False)
        self._ask()

    def _ask(self, _: object = None) -> None:
        self.verb.setEnabled(False)
        self._desk.ask(
            self,
            self._show,
            series_changes.preview,
            appointment_id=self._visit.id,
            to=self._to,
            scope=self.scope.value(),
        )

    def _show(self, changes: tuple[Change, ...]) -> None:
        self._versions = {each.appointment_id: each.version for each in changes}
        self.lines.show_lines([Line(each.appointment_id, each.was, each.then) for each in changes])
        self.verb.setEnabled(True)
        self.verb.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choices(self) -> None:
        count = len(self.lines.chosen)
        self.verb.setText(counted(count, "Move {count} visit", "Move {count} visits"))
        blocked = self.lines.in_the_way
        free = tr("All of them are free. Space on a line leaves it where it is.")
        self.said.setText(self.lines.said or free if blocked else free)
        set_shown(self._reason_row, self.lines.needs_reason)
        self.adjustSize()

    def _move(self) -> None:
        self.banner.say("block", "")
        self.form.clear_errors()
        if self.lines.needs_reason and not self.reason.value():
            self.form.show_findings((Finding(tr("Say why, for whoever asks later."), "override_reason"),))
            return
        placements = tuple(
            Placement(line.key, slot, self._versions[line.key]) for line, slot in self.lines.chosen
        )
        why = self.reason.value() if self.lines.needs_reason else ""
        if self._pin_id is None:
            self._desk.do(self, self._done, series_changes.move, placements=placements, override_reason=why)
        else:
            self._desk.do(
                self,
                lambda put: self._done(put.moved),
                pinboard.put_down_series,
                pin_id=self._pin_id,
                placements=placements,
                override_reason=why,
            )

    def _done(self, moved: tuple[Happened, ...]) -> None:
        self.accept()
        self._then(counted(len(moved), "Moved {count} visit", "Moved {count} visits of the series"))
