"""Set-up: the directory of outside offices, when the desk chases them, and who hears complaints."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_phone
from frontdesk.services.records import asking_rules, outside
from frontdesk.services.records.asking_rules import Asking
from frontdesk.services.records.outside import OfficeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.outside_office import OfficeDialog
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, Toolbar, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NumberEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr


class AskingPart(SetupPart):
    """Enter changes an office, Delete retires it, Ctrl+D the days of chasing."""

    topics = frozenset({"outside_office", "asking_rule"})
    new_words = "New office"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rules = Asking()
        self.model = TableModel[OfficeView](
            [
                Column("Office", _name),
                Column("Who answers", lambda each: each.draft.attention, width=150),
                Column("Fax", lambda each: us_phone(each.draft.fax), width=130),
                Column("Phone", lambda each: us_phone(each.draft.phone), width=130),
                Column("Secure e-mail", lambda each: each.draft.email, width=236),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Offices outside"))
        ColumnFit(
            self.table, self.model.columns, least=190, first_to_go=("Secure e-mail", "Who answers", "Phone")
        )
        self.table.opened.connect(lambda _: self.edit())
        self.said = EndingLabel("", "secondary", "text-2")
        self.days_button = Button(tr("Days…"), icon="calendar-clock", keys="Ctrl+D", height="small")
        self.days_button.clicked.connect(self.edit_days)
        line = row(self.said, self.days_button, margins=(12, 6, 12, 6))
        line.setStretchFactor(self.said, 1)
        self.new_button = Button(tr("New office…"), "primary", icon="plus", keys="Ctrl+N")
        self.new_button.clicked.connect(self.new)
        self.change_button = Button(tr("Change…"), icon="pencil", keys="Enter")
        self.change_button.clicked.connect(self.edit)
        self.retire_button = Button(tr("Retire"), icon="power", keys="Delete")
        self.retire_button.clicked.connect(self.retire)
        bar = Toolbar()
        bar.add(self.retire_button, self.change_button, self.new_button)
        self.table.chosen.connect(self._offer)
        self._nothing = EmptyState(
            "building-2",
            tr("No office outside is known yet"),
            tr("Records are asked of the offices that stand here, and sent to them."),
            action=tr("New office…"),
        )
        self._nothing.acted.connect(self.new)
        set_shown(self._nothing, False)
        self._offer(None)
        pieces = (bar, self.banner, Frame("bar", line), self.table, self._nothing)
        self.setLayout(column(*pieces, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Change the office")),
            Key("Delete", tr("Retire or bring back"), self.on_list(self.retire)),
            Key("Ctrl+D", tr("Days of chasing"), self.edit_days),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, outside.offices, with_retired=True)
        self.desk.ask(self, self._show_rules, asking_rules.asking)

    def new(self) -> None:
        """Ctrl+N."""
        OfficeDialog(self, self.desk, self._saved).open()

    def edit(self) -> None:
        """The chosen office."""
        chosen = self.table.current()
        if chosen is not None:
            OfficeDialog(self, self.desk, self._saved, office=chosen).open()

    def retire(self) -> None:
        """It is not offered any more; a retired one is offered again."""
        chosen = self.table.current()
        if chosen is not None and chosen.is_active:
            self.desk.do(self, self._changed, outside.retire, office_id=chosen.id)
        elif chosen is not None:
            self.desk.do(self, self._changed, outside.bring_back, office_id=chosen.id)

    def edit_days(self) -> None:
        """When calls are due, and who hears complaints."""
        DaysDialog(self, self.desk, self.rules, self.told.emit).open()

    def _show(self, offices: tuple[OfficeView, ...]) -> None:
        self.model.show(offices)
        show_instead(*((self.table, self._nothing) if offices else (self._nothing, self.table)))
        if offices and self.table.current() is None:
            self.table.choose_first()
        self._offer(self.table.current())

    def _offer(self, office: OfficeView | None) -> None:
        """Only what the chosen office allows."""
        set_shown(self.change_button, office is not None)
        set_shown(self.retire_button, office is not None)
        is_retired = office is not None and not office.is_active
        self.retire_button.setText(tr("Bring back") if is_retired else tr("Retire"))
        self.retire_button.updateGeometry()

    def _show_rules(self, rules: Asking) -> None:
        self.rules = rules
        self.said.setText(
            tr(
                "First call {first} after sending, then every {again}; needed {before} before the visit. "
                "Complaints: {whom}.",
                first=_days(rules.first_after_days),
                again=_days(rules.again_after_days),
                before=_days(rules.before_visit_days),
                whom=rules.complaints_to or tr("the privacy officer"),
            )
        )

    def _saved(self, _: int) -> None:
        self.told.emit(tr("Saved the office"))

    def _changed(self, _: None) -> None:
        self.told.emit(tr("Changed the directory"))


class DaysDialog(Dialog):
    """The office's own numbers."""

    def __init__(self, parent: QWidget, desk: Desk, rules: Asking, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("When is a request chased?"),
            tr("From the next request on. Complaints stand in letters about amendments."),
            icon="calendar-clock",
            icon_color="text-2",
            width=560,
        )
        self._desk, self._told = desk, told
        self.first = NumberEdit(least=1, most=60)
        self.again = NumberEdit(least=1, most=60)
        self.before = NumberEdit(least=0, most=30)
        self.first.set_value(rules.first_after_days)
        self.again.set_value(rules.again_after_days)
        self.before.set_value(rules.before_visit_days)
        self.to, self.phone = TextEdit(rules.complaints_to), PhoneEdit()
        self.phone.set_value(rules.complaints_phone or None)
        form = self.form = Form()
        form.add("first_after_days", tr("First call, days after"), self.first, span=4)
        form.add("again_after_days", tr("Then every"), self.again, span=4)
        form.add("before_visit_days", tr("Days before the visit"), self.before, span=4)
        form.add("complaints_to", tr("Complaints go to"), self.to, span=8)
        form.add("complaints_phone", tr("Phone"), self.phone, span=4)
        self.body.addWidget(form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.save = self.add_verb(tr("Save"), self._save, kind="primary", keys="Enter", closes=False)
        self.first.setFocus()

    def _save(self) -> None:
        if self.form.check():
            asking = Asking(
                first_after_days=self.first.value() or 0,
                again_after_days=self.again.value() or 0,
                before_visit_days=self.before.value() or 0,
                complaints_to=self.to.value(),
                complaints_phone=self.phone.value() or "",
            )
            self._desk.do(self, self._saved, asking_rules.set_asking, asking=asking)

    def _saved(self, _: Asking) -> None:
        self.accept()
        self._told(tr("Saved when requests are chased"))


def _days(count: int) -> str:
    return counted(count, "{count} day", "{count} days")


def _name(each: OfficeView) -> Cell:
    if each.is_active:
        return Cell(each.title, role="strong")
    return Cell(each.title, color="text-3", detail=tr("retired"))
