"""Paper charts in the set-up: whether the office keeps any, and in which order they stand."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.records import paper_rule
from frontdesk.services.records.paper_rule import FilingOrder, Paper
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ORDERS = {
    FilingOrder.TERMINAL_DIGIT: ("Terminal digit", "HP-12-34-56 stands in section 56, there under 34."),
    FilingOrder.MIDDLE_DIGIT: ("Middle digit", "HP-12-34-56 stands in section 34, there under 12."),
    FilingOrder.STRAIGHT: ("Straight numeric", "HP-123456 stands between HP-123455 and HP-123457."),
    FilingOrder.ALPHABETIC: ("Alphabetic", "By last name, first name and birth date."),
}


class PaperPart(SetupPart):
    """A tick and a choice; lists, labels and the search for a missing chart follow at once."""

    topics = frozenset({"paper_rule"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown = paper_rule.NONE
        self.keeps = CheckBox(tr("This office keeps paper charts"))
        self.order: Combo[FilingOrder] = Combo(
            tuple((order, tr(words)) for order, (words, _) in _ORDERS.items())
        )
        self.order.chosen.connect(self._explain)
        self._example = Label("", "secondary", "text-2")
        self.form = Form()
        self.form.add("order", tr("Order on the shelves"), self.order, span=12)
        self.form.setFixedWidth(theme().px(300))
        self.save = Button(tr("Save paper charts"), "primary", keys="Ctrl+Enter")
        self.save.clicked.connect(self.save_rule)
        says = Label(
            tr("Without paper, its pages and cards are not shown. No volume is lost."), "secondary", "text-2"
        )
        self.setLayout(
            column(
                self.banner,
                row(self.keeps, None, margins=(14, 14, 14, 4)),
                row(says, None, margins=(14, 0, 14, 12)),
                row(self.form, None, margins=(14, 0, 14, 4)),
                row(self._example, None, margins=(14, 0, 14, 12)),
                row(self.save, None, margins=(14, 0, 14, 0)),
                None,
                gap=0,
            )
        )

    def home(self) -> QWidget:
        return self.keeps

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+Return", tr("Save paper charts"), self.save_rule),)

    def reload(self) -> None:
        self.desk.ask(self, self._show, paper_rule.rule)

    def save_rule(self) -> None:
        """At once for all desks."""
        self.clear_complaints()
        rule = Paper(self.keeps.isChecked(), self.order.value() or FilingOrder.TERMINAL_DIGIT)
        if rule != self._shown:
            self.desk.do(self, self._saved, paper_rule.set_rule, rule=rule, before=self._shown)

    def _saved(self, _: None) -> None:
        self.told.emit(tr("Saved how paper charts are kept"))

    def _show(self, rule: Paper) -> None:
        self._shown = rule
        self.keeps.setChecked(rule.keeps_paper)
        self.order.set_value(rule.filing_order)
        self._explain()

    def _explain(self, _: object = None) -> None:
        order = self.order.value()
        self._example.setText(tr(_ORDERS[order][1]) if order is not None else "")
