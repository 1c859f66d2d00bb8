"""What a merge will do, before it is done: which chart stays, what wins, what collides, what is moved."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from frontdesk.services.visit import merging
from frontdesk.services.visit.merge_fields import FieldLine, Outcome
from frontdesk.services.visit.merge_plan import Collision, MergeDraft, Side
from frontdesk.services.visit.merging import MergeView, Preview
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.registration.fitted_area import FittedArea
from frontdesk.ui.registration.said_line import said
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_OUTCOMES = {
    Outcome.SAME: ("", ""),
    Outcome.KEPT: (tr("stays"), "text-2"),
    Outcome.FILLED: (tr("filled in"), "ok"),
    Outcome.TAKEN: (tr("taken over"), "info"),
    Outcome.ADDED: (tr("kept as an alias"), "ok"),
}
_ROWS = 7
_WIDTH = 900
_REST = 300


class MergeDialog(Dialog):
    """Space on a line takes the other chart's value. Nothing is moved before a second person agrees."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        draft: MergeDraft,
        charts: tuple[tuple[int, str], ...],
        then: Callable[[str], object],
        waiting: MergeView | None = None,
    ) -> None:
        approving = waiting is not None
        super().__init__(
            parent,
            tr("Merge these two charts?") if approving else tr("Make one chart of two"),
            tr("Prepared by {name}: {reason}", name=waiting.prepared_by, reason=waiting.draft.reason)
            if waiting is not None
            else tr(
                "Space takes a value from the other chart. A colleague with the right to merge approves it."
            ),
            icon="merge",
            icon_color="text-2",
            width=_WIDTH,
        )
        self._desk, self._draft, self._then, self._waiting = desk, draft, then, waiting
        self._shown: Preview | None = None
        self.stays = Segmented(charts, says=tr("Which chart stays"))
        self.stays.set_value(draft.stays_id)
        self.stays.chosen.connect(self._turn)
        self._title = Label("", "strong", wrap=True)
        self._model = TableModel[FieldLine](
            [
                Column("Field", lambda each: Cell(tr(each.label), color="text-2"), width=150),
                Column("The chart that stays", lambda each: _value(each.stays)),
                Column("The other chart", lambda each: _value(each.goes)),
                Column("Then", _result, width=270),
            ],
            key=lambda each: each.name,
        )
        self.fields = Table(self._model, says=tr("What both charts say"))
        self.collisions = QWidget()
        self._lines = column(gap=6)
        self.collisions.setLayout(self._lines)
        self.coverage_first = Segmented(
            ((Side.STAYS, tr("The chart that stays")), (Side.GOES, tr("The other chart"))),
            says=tr("Whose coverage pays first"),
        )
        self.address_from = Segmented(
            ((Side.STAYS, tr("The chart that stays")), (Side.GOES, tr("The other chart"))),
            says=tr("Whose address holds from today"),
        )
        self.choices = Form()
        self.choices.add("coverage_first", tr("Whose coverage pays first"), self.coverage_first, span=6)
        self.choices.add("address_from", tr("Whose address holds from today"), self.address_from, span=6)
        self.moved = Label("", "body", wrap=True)
        self.reason = TextEdit(hint=tr("Showed one driver's license, same insurance card, …"))
        self.form = Form()
        self.form.add(
            "reason",
            tr("Why they stay apart") if approving else tr("Why this is one person"),
            self.reason,
        )
        self._build(parent, approving)
        for choice in (self.coverage_first, self.address_from):
            choice.chosen.connect(self._choose)
        self._ask()
        (self.fields if approving else self.reason).setFocus()

    @property
    def draft(self) -> MergeDraft:
        """As it would be sent."""
        return self._draft

    def _build(self, parent: QWidget, approving: bool) -> None:
        self.area = FittedArea(
            parent.window(), _REST, _WIDTH - 60, self.fields, self.moved, self.collisions, self.choices
        )
        head = row(self._title, gap=10)
        head.setStretch(0, 1)
        if not approving:
            head.addWidget(Label(tr("Stays"), "secondary", "text-3"))
            head.addWidget(self.stays)
        self.body.addLayout(head)
        self.body.addWidget(self.area)
        self.body.addWidget(self.form)
        set_shown(self.choices, False)
        self.add_verb(tr("Close") if approving else tr("Leave both charts"), keys="Esc")
        if self._waiting is None:
            self.verb = self.add_verb(
                tr("Prepare merge"), self._prepare, kind="primary", keys="Ctrl+Return", closes=False
            )
            bound = QShortcut(QKeySequence(Qt.Key.Key_Space), self.fields)
            bound.setContext(Qt.ShortcutContext.WidgetShortcut)
            bound.activated.connect(self._toggle)
            self.fields.opened.connect(self._toggle)
            send = self._prepare
        else:
            self.add_verb(
                tr("Withdraw") if self._waiting.is_mine else tr("Send back"), self._withdraw, closes=False
            )
            self.verb = self.add_verb(
                tr("Merge charts"), self._approve, kind="primary", keys="Ctrl+Return", closes=False
            )
            self.verb.setEnabled(self._waiting.may_approve)
            if not self._waiting.may_approve:
                self.banner.say("info", tr("A second person with the right to merge approves this."))
            send = self._approve
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(send)

    # -- what is chosen -------------------------------------------------------

    def _turn(self) -> None:
        """The other chart stays: what was taken over is looked at anew."""
        if self.stays.value() == self._draft.stays_id:
            return
        self._draft = replace(
            self._draft, stays_id=self._draft.goes_id, goes_id=self._draft.stays_id, take=()
        )
        self._ask()

    def _choose(self) -> None:
        self._draft = replace(
            self._draft,
            coverage_first=self.coverage_first.value(),
            address_from=self.address_from.value(),
        )
        self._ask()

    def _toggle(self) -> None:
        line = self.fields.current()
        if line is None or line.outcome not in (Outcome.KEPT, Outcome.TAKEN) or not line.goes:
            return
        taken = set(self._draft.take)
        taken ^= {line.name}
        self._draft = replace(self._draft, take=tuple(sorted(taken)))
        self._ask()

    def _ask(self) -> None:
        self._desk.ask(
            self,
            self._show,
            merging.preview,
            draft=self._draft,
            merge_id=None if self._waiting is None else self._waiting.merge_id,
        )

    # -- what is shown --------------------------------------------------------

    def _show(self, shown: Preview) -> None:
        self._shown = shown
        self._title.setText(
            tr(
                "{goes} ({name}) goes into {stays}. Both numbers find it.",
                goes=shown.goes.chart_number,
                name=shown.goes.name,
                stays=shown.stays.chart_number,
            )
        )
        self._model.show([line for line in shown.fields if line.outcome is not Outcome.SAME])
        if self.fields.current() is None:
            self.fields.choose_first()
        rows = min(_ROWS, max(1, self._model.rowCount()))
        self.fields.setFixedHeight(theme().px(30 * rows + 30))
        moved = ", ".join(tr(each) for each in shown.counts) or tr("nothing but the person's data")
        words = tr("Moved: {what}.", what=moved)
        if shown.left:
            left = ", ".join(tr(each) for each in shown.left)
            words += " " + tr("Stays in the old chart's history: {what}.", what=left)
        self.moved.setText(words)
        self._show_collisions(shown.collisions)
        asked = {each.choice for each in shown.collisions} - {""}
        set_shown(self.choices, bool(asked) and self._waiting is None)
        for name, field in self.choices.fields().items():
            set_shown(field, name in asked)
        if shown.findings:
            self.banner.say("block", " ".join(finding.message for finding in shown.findings))
            self.verb.setEnabled(False)
        elif self._waiting is None:
            self.banner.say("block", "")
            self.verb.setEnabled(True)
        self.area.fit()

    def _show_collisions(self, collisions: tuple[Collision, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in collisions:
            self._lines.addWidget(
                said("triangle-alert", "warn", f"{tr(each.sentence)} {tr(each.resolution)}")
            )
        set_shown(self.collisions, bool(collisions))

    # -- what is sent ---------------------------------------------------------

    def _prepare(self) -> None:
        self.form.clear_errors()
        draft = replace(self._draft, reason=self.reason.value())
        self._desk.do(self, self._prepared, merging.prepare, draft=draft)

    def _prepared(self, merge_id: int) -> None:
        self.accept()
        self._then(tr("Prepared the merge; a second person approves it"))

    def _approve(self) -> None:
        if self._waiting is None or not self.verb.isEnabled():
            return
        self._desk.do(
            self,
            self._merged,
            merging.approve,
            merge_id=self._waiting.merge_id,
            version=self._waiting.version,
        )

    def _merged(self, rows: int) -> None:
        self.accept()
        assert self._shown is not None
        self._then(
            tr(
                "Merged {goes} into {stays}",
                goes=self._shown.goes.chart_number,
                stays=self._shown.stays.chart_number,
            )
        )

    def _withdraw(self) -> None:
        assert self._waiting is not None
        self.form.clear_errors()
        self._desk.do(
            self,
            self._withdrawn,
            merging.withdraw,
            merge_id=self._waiting.merge_id,
            reason=self.reason.value(),
        )

    def _withdrawn(self, _: MergeDraft) -> None:
        self.accept()
        self._then(tr("The charts stay apart"))


def _value(text: str) -> Cell:
    return Cell(text) if text else Cell(tr("blank"), color="text-3")


def _result(line: FieldLine) -> Cell:
    words, color = _OUTCOMES[line.outcome]
    return Cell(
        line.result,
        role="strong",
        icon={"ok": "plus", "info": "arrow-left-right"}.get(color, ""),
        icon_color=color or "text-2",
        detail=words,
    )
