"""Taking two merged charts apart: what goes back, what happened since and where each thing will be."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.visit import unmerging
from frontdesk.services.visit.merge_since import Chosen, Since
from frontdesk.services.visit.merging import MergeView
from frontdesk.services.visit.unmerging import Apart
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.registration.fitted_area import FittedArea
from frontdesk.ui.registration.said_line import said
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_ROWS = 6
_WIDTH = 820
_REST = 300


class UnmergeDialog(Dialog):
    """Space sends a thing to the other chart; Escape leaves the charts merged."""

    def __init__(self, parent: QWidget, desk: Desk, merge: MergeView, then: Callable[[str], object]) -> None:
        merged_on = "" if merge.merged_at is None else us_date(merge.merged_at.date())
        super().__init__(
            parent,
            tr(
                "Take {goes} out of {stays} again?",
                goes=merge.goes.chart_number,
                stays=merge.stays.chart_number,
            ),
            tr(
                "Merged on {day} by {name}: {reason}",
                day=merged_on,
                name=merge.merged_by,
                reason=merge.draft.reason,
            ),
            icon="split",
            icon_color="text-2",
            width=_WIDTH,
        )
        self._desk, self._merge, self._then = desk, merge, then
        self._goes: set[Chosen] = set()
        self.back = Label("", "body", wrap=True)
        self._head = Label("", "strong", wrap=True)
        self._model = TableModel[Since](
            [
                Column("Since the merge", lambda each: Cell(tr(each.kind), color="text-2"), width=130),
                Column("What", lambda each: Cell(each.words or tr("one entry"))),
                Column("Will be in", self._where, width=290),
            ],
            key=lambda each: (each.table, each.row_id),
        )
        self.since = Table(self._model, says=tr("What happened since the merge"))
        bound = QShortcut(QKeySequence(Qt.Key.Key_Space), self.since)
        bound.setContext(Qt.ShortcutContext.WidgetShortcut)
        bound.activated.connect(self._toggle)
        self.since.opened.connect(self._toggle)
        self._notes = QWidget()
        self._lines = column(gap=4)
        self._notes.setLayout(self._lines)
        self.different = CheckBox(tr("They are two persons: do not offer them as a pair again"), checked=True)
        self.reason = TextEdit(hint=tr("Father and son, twins, a mix-up of cards, …"))
        self.form = Form()
        self.form.add("reason", tr("Why they are two"), self.reason)
        self.area = FittedArea(
            parent.window(), _REST, _WIDTH - 60, self.back, self._head, self.since, self._notes
        )
        for widget in (self.area, self.different, self.form):
            self.body.addWidget(widget)
        self.add_verb(tr("Leave them merged"), keys="Esc")
        self.verb = self.add_verb(
            tr("Take apart"), self._send, kind="primary", keys="Ctrl+Return", closes=False
        )
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._send)
        self._ask()
        self.reason.setFocus()

    def _ask(self) -> None:
        self._desk.ask(
            self, self._show, unmerging.preview, merge_id=self._merge.merge_id, goes=self._chosen()
        )

    def _chosen(self) -> tuple[Chosen, ...]:
        return tuple(sorted(self._goes, key=lambda each: (each.table, each.row_id)))

    def _toggle(self) -> None:
        line = self.since.current()
        if line is None or not line.can_choose:
            return
        self._goes ^= {Chosen(line.table, line.row_id)}
        self._ask()

    def _show(self, shown: Apart) -> None:
        back = ", ".join(tr(each) for each in shown.back) or tr("nothing")
        self.back.setText(tr("Back to {chart}: {what}.", chart=shown.goes, what=back))
        self._head.setText(
            counted(
                len(shown.since),
                "{count} thing happened since. Space sends it to the other chart.",
                "{count} things happened since. Space sends one to the other chart.",
            )
            if shown.since
            else tr("Nothing happened in this chart since the merge.")
        )
        self._model.show(shown.since)
        set_shown(self.since, bool(shown.since))
        self.since.setFixedHeight(theme().px(30 * min(_ROWS, max(1, len(shown.since))) + 30))
        if shown.since and self.since.current() is None:
            self.since.choose_first()
        self._show_notes(shown)
        if shown.findings:
            self.banner.say("block", " ".join(finding.message for finding in shown.findings))
        self.verb.setEnabled(not shown.findings)
        self.area.fit()

    def _show_notes(self, shown: Apart) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for field in shown.fields:
            label, now, before = tr(field.label), field.now or tr("blank"), field.before or tr("blank")
            if field.changed_since:
                words = tr("{label} was changed since and stays {now}.", label=label, now=now)
                self._lines.addWidget(said("pencil", "warn", words))
            else:
                words = tr("{label} goes back to {before}.", label=label, before=before)
                self._lines.addWidget(said("undo-2", "text-2", words))
        for each in shown.moved_on:
            words = tr("Changed by hand since, and stays: {what}.", what=tr(each))
            self._lines.addWidget(said("pencil", "warn", words))
        for each in shown.never:
            self._lines.addWidget(said("info", "text-3", tr(each)))

    def _where(self, each: Since) -> Cell:
        chart = self._merge.goes.chart_number if each.goes else self._merge.stays.chart_number
        if not each.can_choose:
            return Cell(chart, color="text-2", icon="lock", icon_color="text-3", detail=tr(each.because))
        return Cell(chart, role="strong", icon="arrow-right" if each.goes else "", icon_color="info")

    def _send(self) -> None:
        if not self.verb.isEnabled():
            return
        self.form.clear_errors()
        self._desk.do(
            self,
            self._done,
            unmerging.take_apart,
            merge_id=self._merge.merge_id,
            reason=self.reason.value(),
            goes=self._chosen(),
            are_different=self.different.isChecked(),
        )

    def _done(self, _: int) -> None:
        self.accept()
        self._then(
            tr(
                "{goes} and {stays} are two charts again",
                goes=self._merge.goes.chart_number,
                stays=self._merge.stays.chart_number,
            )
        )
