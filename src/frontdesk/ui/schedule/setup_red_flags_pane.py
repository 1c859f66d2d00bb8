"""The red-flag script: the clinicians' questions, what the desk does at a yes, and who stands for them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.schedule import red_flags
from frontdesk.services.schedule.red_flags import RedFlagDraft, RedFlagView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NoteEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr


class RedFlagsPane(Panel):
    """Every question in the order in which it is asked; one that is no longer asked stays in the list."""

    topics = frozenset({"red_flag"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[RedFlagView](
            [
                Column(tr("Order"), lambda each: str(each.draft.sort_order), width=60, align="right"),
                Column(tr("Question"), _question),
                Column(tr("At a yes"), lambda each: Cell(each.draft.what_to_do, color="text-2")),
                Column(tr("Reviewed"), _reviewed, width=210),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Questions before an urgent visit"))
        self.warning = Banner("warn")
        self.add = Button(tr("Add a question"), icon="plus")
        self.change = Button(tr("Change the question"), icon="pencil")
        self.switch = Button(tr("Stop asking it"), icon="ban")
        self.add.clicked.connect(self.new)
        self.change.clicked.connect(self.edit)
        self.switch.clicked.connect(self.turn)
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.edit())
        head = row(self.add, self.change, self.switch, None, margins=(12, 8, 12, 8))
        self.setLayout(column(self.banner, self.warning, head, self.table, gap=0))
        self._chose(None)

    def reload(self) -> None:
        self.desk.ask(self, self._show, red_flags.script, with_inactive=True)

    def new(self) -> None:
        """A question more, at the end."""
        last = max((each.draft.sort_order for each in self.model.rows()), default=0)
        dialog = RedFlagDialog(
            self, tr("Which question?"), tr("Add the question"), RedFlagDraft("", "", last + 1), self._add
        )
        dialog.open()

    def edit(self) -> None:
        """The chosen question in other words, or reviewed again."""
        chosen = self.table.current()
        if chosen is not None:
            dialog = RedFlagDialog(
                self,
                tr("What should it say?"),
                tr("Change the question"),
                chosen.draft,
                lambda dialog: self._change(dialog, chosen),
            )
            dialog.open()

    def turn(self) -> None:
        """Asked no longer, or again."""
        chosen = self.table.current()
        if chosen is None:
            return
        self.clear_complaints()
        told = tr("No longer asked") if chosen.is_active else tr("Asked again")
        self.desk.do(
            self,
            lambda _: self.told.emit(told),
            red_flags.set_active,
            red_flag_id=chosen.id,
            is_active=not chosen.is_active,
        )

    def _add(self, dialog: "RedFlagDialog") -> None:
        self.desk.do(
            dialog,
            lambda _: self._done(dialog, tr("Added a red-flag question")),
            red_flags.add,
            draft=dialog.draft(),
        )

    def _change(self, dialog: "RedFlagDialog", before: RedFlagView) -> None:
        self.desk.do(
            dialog,
            lambda _: self._done(dialog, tr("Changed a red-flag question")),
            red_flags.change,
            red_flag_id=before.id,
            draft=dialog.draft(),
            version=before.version,
        )

    def _done(self, dialog: Dialog, told: str) -> None:
        dialog.accept()
        self.told.emit(told)

    def _show(self, found: tuple[RedFlagView, ...]) -> None:
        self.model.show(found)
        unreviewed = sum(each.is_active and each.draft.reviewed_on is None for each in found)
        one, many = "{count} question that is asked", "{count} questions that are asked"
        self.warning.say(
            "warn",
            tr("No clinician has reviewed {which}.", which=counted(unreviewed, one, many))
            if unreviewed
            else "",
        )
        self._chose(self.table.current())

    def _chose(self, chosen: RedFlagView | None) -> None:
        for button in (self.change, self.switch):
            button.setEnabled(chosen is not None)
        is_asked = chosen is None or chosen.is_active
        self.switch.setText(tr("Stop asking it") if is_asked else tr("Ask it again"))


class RedFlagDialog(Dialog):
    """The words of a question, and who reviewed them when."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        verb: str,
        draft: RedFlagDraft,
        then: Callable[["RedFlagDialog"], object],
    ) -> None:
        super().__init__(parent, question, width=560)
        self._then = then
        self.question = TextEdit(draft.question)
        self.what_to_do = NoteEdit(draft.what_to_do)
        self.order = NumberEdit(least=0, most=99)
        self.order.set_value(draft.sort_order)
        self.reviewed_by = TextEdit(draft.reviewed_by)
        self.reviewed_on = DateEdit()
        self.reviewed_on.set_value(draft.reviewed_on)
        self.form = Form()
        self.form.add("question", tr("Question, as the desk asks it"), self.question)
        self.form.add("what_to_do", tr("What the desk says and does at a yes"), self.what_to_do)
        self.form.add("reviewed_by", tr("Reviewed by"), self.reviewed_by, span=6)
        self.form.add("reviewed_on", tr("On"), self.reviewed_on, span=4)
        self.form.add("sort_order", tr("Order"), self.order, span=2)
        self.body.addWidget(self.form)
        self.add_verb(verb, self._try, kind="primary", closes=False)
        self.add_verb(tr("Keep the script as it is"), keys="Esc")
        self.question.setFocus()

    def draft(self) -> RedFlagDraft:
        return RedFlagDraft(
            question=self.question.value(),
            what_to_do=self.what_to_do.value(),
            sort_order=self.order.value() or 0,
            reviewed_by=self.reviewed_by.value(),
            reviewed_on=self.reviewed_on.value(),
        )

    def _try(self) -> None:
        if self.form.check():
            self._then(self)


def _question(each: RedFlagView) -> Cell:
    if each.is_active:
        return Cell(each.draft.question, "strong")
    return Cell(each.draft.question, color="text-3", detail=tr("not asked"))


def _reviewed(each: RedFlagView) -> Cell:
    draft = each.draft
    if draft.reviewed_on is None:
        return Cell(tr("Not reviewed"), tone="warn", icon="triangle-alert")
    return Cell(tr("{who}, {day}", who=draft.reviewed_by, day=us_date(draft.reviewed_on)))
