"""Recall: who is due for a visit again, and one key for what came of telling them."""

from functools import partial

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date, us_date_time
from frontdesk.services.schedule import recall
from frontdesk.services.schedule.recall import ContactLine, DueLine, RecallOutcome
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import IconLine, Section, SidePanel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import DetailWidth, ListOrNothing
from frontdesk.ui.schedule.recall_rules import RecallRulesDialog
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

OUTCOMES = {
    RecallOutcome.NO_ANSWER: (tr("No answer"), "A", "phone-missed"),
    RecallOutcome.MESSAGE_LEFT: (tr("Message left"), "M", "voicemail"),
    RecallOutcome.CARD_SENT: (tr("Card sent"), "C", "mail"),
    RecallOutcome.WILL_CALL: (tr("Will call us"), "W", "phone-incoming"),
    RecallOutcome.NOT_NOW: (tr("Not now"), "N", "calendar-clock"),
    RecallOutcome.DECLINED: (tr("Declined"), "D", "x"),
}
_BOOK = "schedule.book"


class RecallPage(WorklistPage):
    """Enter books; the outcomes have a letter each while the list has the focus."""

    title = "Recall"
    part = "recall"
    topics = frozenset({"recall_rule", "recall_contact", "appointment", "patient", "patient_phone"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.waiting = CheckBox(tr("Show who asked for later or declined"))
        self.waiting.toggled.connect(self.reload)
        self.rules = Button(tr("Recalls of this office"), icon="repeat")
        self.rules.clicked.connect(self.edit_rules)
        set_shown(self.rules, desk.may("schedule.edit_templates"))
        self.toolbar.add(self.waiting, self.rules)
        self.model = TableModel[DueLine](
            [
                Column("Due", _due, width=130),
                Column("Patient", lambda each: Cell(each.patient, role="strong")),
                Column("Visit", lambda each: each.visit_type, width=170),
                Column("Last seen", lambda each: us_date(each.last_on), width=100),
                Column("By", lambda each: each.provider, width=120),
                Column("Reached out", _reached, width=180),
            ],
            key=lambda each: (each.patient_id, each.rule_id),
        )
        self.table = Table(self.model, says=tr("Patients who are due, longest overdue first"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self.find_slot)
        self.detail = RecallDetail(self)
        ColumnFit(
            self.table,
            self.model.columns,
            least=150,
            first_to_go=(tr("Last seen"), tr("By"), tr("Reached out"), tr("Visit")),
        )
        self.nothing = EmptyState(
            "repeat",
            tr("Nobody is due"),
            tr("Set under Recalls of this office which visits come round again, and after how long."),
        )
        self.body = ListOrNothing(self.table, self.nothing, self.detail)
        self.set_content(self.body)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        outcomes = (
            Key(letter, words, partial(self._key, outcome))
            for outcome, (words, letter, _) in OUTCOMES.items()
        )
        return (
            Key("↑↓", tr("Patient")),
            Key("Return", tr("Book the visit")),
            *outcomes,
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.detail.contacts, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, recall.due, with_waiting=self.waiting.isChecked())

    def _show(self, found: tuple[DueLine, ...]) -> None:
        self.model.show(found)
        self.body.show_filled(bool(found))

    def _chose(self, chosen: DueLine | None) -> None:
        self.detail.show_due(chosen)
        if chosen is not None:
            self.patient_chosen.emit(chosen.patient_id)

    # -- what is done ---------------------------------------------------------

    def find_slot(self, chosen: DueLine | None = None) -> None:
        """To Find a slot with patient and type; once booked, the patient is no longer due."""
        chosen = chosen or self.table.current()
        if chosen is not None:
            errand = Errand("book_recall", chosen.patient_id, about_id=chosen.visit_type_id)
            self.go.emit("find_slot", errand)

    def note(self, outcome: RecallOutcome) -> None:
        """At once; not now and no more ask a word first."""
        chosen = self.table.current()
        if chosen is None or not self.desk.may(_BOOK):
            return
        self.clear_complaints()
        if outcome in (RecallOutcome.NOT_NOW, RecallOutcome.DECLINED):
            _LaterDialog(self, self.desk, chosen, outcome).open()
        else:
            self.desk.do(
                self,
                lambda _: self.say_noted(chosen, outcome),
                recall.note_contact,
                rule_id=chosen.rule_id,
                patient_id=chosen.patient_id,
                outcome=outcome,
            )

    def say_noted(self, due: DueLine, outcome: RecallOutcome) -> None:
        self.told.emit(tr("{name}: {outcome}", name=due.spoken, outcome=OUTCOMES[outcome][0]))

    def edit_rules(self) -> None:
        RecallRulesDialog(self, self.desk, self.told.emit).open()

    def _key(self, outcome: RecallOutcome) -> None:
        if self.table.hasFocus():
            self.note(outcome)


class RecallDetail(SidePanel):
    """What to say, the outcomes, and what was said before."""

    def __init__(self, page: RecallPage) -> None:
        super().__init__()
        DetailWidth(self)
        self._name = Label("", "section", wrap=True)
        self._visit = Label("", "body", "text-2", wrap=True)
        self._phones = Section(tr("Phones"))
        self._say = Banner("info", icon="message-square-quote")
        self.book = Button(tr("Book the visit"), "primary", icon="calendar-plus", keys="Enter")
        self.book.clicked.connect(lambda: page.find_slot())
        may = page.desk.may(_BOOK)
        buttons = []
        for outcome, (words, letter, icon) in OUTCOMES.items():
            button = Button(words, icon=icon, keys=letter)
            button.clicked.connect(lambda _checked=False, outcome=outcome: page.note(outcome))
            set_shown(button, may)
            buttons.append(button)
        set_shown(self.book, may)
        self._model: ListModel[ContactLine] = ListModel(_contact_item, key=lambda line: line.id)
        self.contacts = RowList(self._model, says=tr("What was said before"))
        self._none = Label(tr("Nobody has reached out yet."), "secondary", "text-3")
        pairs = [row(*buttons[start : start + 2], gap=6) for start in range(0, len(buttons), 2)]
        head = QWidget()
        head.setLayout(column(self._name, self._visit, gap=2, margins=(14, 12, 14, 12)))
        self.set_head(head)
        say = Section(tr("Say"))
        say.add(self._say)
        before = Section(tr("Since the last visit"))
        before.add(self._none)
        before.add(self.contacts)
        for section in (self._phones, say, before):
            self.add(section)
        foot = Frame("foot", column(self.book, *pairs, gap=6, margins=(12, 8, 12, 8)))
        set_shown(foot, may)
        self.set_foot(foot)

    def show_due(self, shown: DueLine | None) -> None:
        set_shown(self, shown is not None)
        if shown is None:
            return
        self._name.setText(shown.patient)
        self._visit.setText(tr("{visit}, due {date}", visit=shown.visit_type, date=us_date(shown.due_on)))
        self._phones.clear()
        self._phones.add(IconLine("phone", shown.phone or tr("No phone on file")))
        ago = counted(shown.months, "every month", "every {count} months")
        say = tr(
            "Your last {visit} was on {date}, and it comes round {ago}. Shall I find you a time?",
            visit=shown.visit_type.lower(),
            date=us_date(shown.last_on),
            ago=ago,
        )
        self._say.say("info", f"“{say}”", icon="message-square-quote")
        self._model.show(shown.contacts)
        self.contacts.setFixedHeight(
            self.contacts.height_of_all() + 2 * self.contacts.frameWidth() + theme().px(2)
        )
        set_shown(self.contacts, bool(shown.contacts))
        set_shown(self._none, not shown.contacts)


class _LaterDialog(Dialog):
    """From when on to call again, or why not at all."""

    def __init__(self, page: RecallPage, desk: Desk, due: DueLine, outcome: RecallOutcome) -> None:
        not_now = outcome is RecallOutcome.NOT_NOW
        super().__init__(
            page,
            tr("When may {name} be called again?", name=due.spoken)
            if not_now
            else tr("{name} does not want to come?", name=due.spoken),
            tr("Until then the list leaves them out.")
            if not_now
            else tr("The list leaves them out until the next visit of this type."),
            icon=OUTCOMES[outcome][2],
            icon_color="text-2",
        )
        self._page, self._desk, self._due, self._outcome = page, desk, due, outcome
        self.until = DateEdit()
        self.words = TextEdit(hint=tr("Away for the summer"))
        form = Form()
        if not_now:
            form.add("until", tr("Not before"), self.until, span=5)
        form.add("note", tr("What was said"), self.words)
        self.body.addWidget(form)
        self.form = form
        self.add_verb(tr("Keep as it was"), keys="Esc")
        verb = tr("Call later") if not_now else tr("Leave them out")
        self.add_verb(verb, self._save, kind="primary", keys="Return", closes=False)
        (self.until if not_now else self.words).setFocus()

    def _save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self._saved,
                recall.note_contact,
                rule_id=self._due.rule_id,
                patient_id=self._due.patient_id,
                outcome=self._outcome,
                until=self.until.value() if self._outcome is RecallOutcome.NOT_NOW else None,
                note=self.words.value(),
            )

    def _saved(self, _: int) -> None:
        self.accept()
        self._page.say_noted(self._due, self._outcome)


def _due(each: DueLine) -> Cell:
    words = us_date(each.due_on)
    return Cell(words, tone="warn", icon="clock-alert") if each.is_overdue else Cell(words)


def _reached(each: DueLine) -> str | Cell:
    if each.has_declined:
        return Cell(tr("Declined"), tone="neutral", icon="x")
    if each.waits_until is not None:
        return Cell(tr("not before {date}", date=us_date(each.waits_until)), tone="outline")
    if not each.contacts:
        return Cell(tr("not yet"), color="text-3")
    newest = each.contacts[0]
    return f"{OUTCOMES[newest.outcome][0]}, {us_date(newest.at.date())}"


def _contact_item(line: ContactLine) -> Item:
    words, _, icon = OUTCOMES[line.outcome]
    until = (Words(tr("not before {date}", date=us_date(line.until))),) if line.until else ()
    by = Words(tr("by {name}", name=line.by), "text-3")
    note = ((Words(line.note),),) if line.note else ()
    return Item(
        title=words,
        lines=((by, *until), *note),
        icon=icon,
        trailing=Words(us_date_time(line.at), "text-3"),
    )
